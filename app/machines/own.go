package machines

import (
	"net/url"
	"slices"
	"strings"

	"headroom/app/cells"
	"headroom/app/listing"
	"headroom/pricing/capacity"
	"headroom/views/table"
)

// addOwn marks a line's figures that are the team's own, with the published ones beside, and lets an editor change
// them.
func (l *machineList) addOwn(line *machineLine, columns []table.Column) {
	own := l.machines.Own(l.state.Kind, line.key)
	said := table.Cell{State: table.None}
	for _, c := range own {
		for i := range columns {
			if columns[i].Key == c.Field || c.Field == "hourly" && columns[i].Key == "each" {
				markOwn(&line.cells[i], c, columns[i].Key == c.Field)
			}
		}
		said = table.Cell{Text: strings.TrimPrefix(said.Text+"; "+ownWords(c), "; ")}
		if l.editor {
			line.actions = append(line.actions,
				table.Action{Label: "Remove own", URL: "/machines/corrections/" + c.ID + "/remove", Name: "back",
					Value: l.state.url()})
		}
	}
	line.cells = append(line.cells, said)
	if l.editor && len(capacity.CorrectableFields(l.state.Kind)) > 0 && l.state.Kind != capacity.ThroughputKind {
		line.actions = append(line.actions,
			table.Action{Label: "Correct", URL: listing.Address("/machines/correct",
				url.Values{"table": {l.state.Kind}, "row": {line.key}, "back": {l.state.url()}})})
	}
}

func markOwn(cell *table.Cell, c capacity.Correction, stated bool) {
	cell.Mark = "own"
	if !stated {
		return
	}
	cell.Note = c.Source + ", " + table.Display(table.Date, table.Cell{Text: c.AsOf})
	if c.Published != "" {
		cell.Note = "published " + c.Published + "; " + cell.Note
	}
}

// ownWords are an own figure with its source in a file.
func ownWords(c capacity.Correction) string {
	text := c.Field + " " + c.Value
	if c.Published != "" {
		text += " instead of " + c.Published
	}
	return text + " (" + c.Source + ", " + c.AsOf + ")"
}

// ownColumn ends every table about machines: what the team put in place of published figures.
func ownColumn() table.Column {
	return table.Column{Key: "own", Label: "Own figures", ExportOnly: true}
}

func throughputColumns() []table.Column {
	return sourceColumns(table.Column{Key: "model", Label: "Model"},
		table.Column{Key: "accelerator", Label: "Accelerator"},
		table.Column{Key: "count", Label: "Count", Kind: table.Count}, table.Column{Key: "weights", Label: "Weights"},
		table.Column{Key: "cache", Label: "Cache"},
		table.Column{Key: "input_tokens", Label: "Input", Unit: "tokens", Kind: table.Count},
		table.Column{Key: "output_tokens", Label: "Output", Unit: "tokens", Kind: table.Count},
		table.Column{Key: "concurrency", Label: "At a time", Unit: "requests", Kind: table.Count},
		table.Column{Key: "output_tokens_per_second", Label: "Output tokens", Unit: "a second", Kind: table.Count},
		table.Column{Key: "note", Label: "Note", ExportOnly: true})
}

// throughputLines are the published measurements, and the team's own before them.
func (l *machineList) throughputLines() []machineLine {
	var all []machineLine
	for _, c := range l.machines.OwnMeasurements() {
		part := strings.Split(c.Row, "|")
		if len(part) != 7 {
			continue
		}
		cells := []table.Cell{{Text: part[0]}, {Text: part[1]}, numberCell(part[2]), {Text: part[3]},
			{Text: part[4]}, numberCell(part[5]), numberCell(part[6]),
			{State: table.None}, numberCell(c.Value), {State: table.None}}
		all = append(all, machineRow(c.Row, c.Source, map[string]string{"accelerator": part[1], "who": "own"},
			cells, originCells(capacity.Origin{Source: c.Source, AsOf: c.AsOf})))
	}
	return append(all, linesOf(l.machines.Measured, measuredLine)...)
}

func numberCell(text string) table.Cell {
	q := capacity.ParseQuantity(text)
	return cells.KnownCell(q.Value, q.Known, q.Reason())
}

func measuredLine(m *capacity.Measurement) machineLine {
	concurrency := table.Cell{Value: m.Concurrency}
	if m.Concurrency == 0 {
		concurrency = table.Cell{Text: "as many as fit", State: table.None}
	}
	key := capacity.MeasurementKey(m.Model, m.Accelerator, m.Count, m.Precision, m.KVPrecision, m.InputTokens,
		m.OutputTokens)
	key = strings.Join([]string{key, table.Plain(table.Count, concurrency),
		table.Number(table.Count, m.OutputTokensPerSecond), m.AsOf}, "|")
	return machineRow(key, m.Source, map[string]string{"accelerator": m.Accelerator, "who": "published"},
		[]table.Cell{{Text: m.Model, Note: m.Note}, {Text: m.Accelerator},
			{Value: float64(m.Count)}, {Text: string(m.Precision)}, {Text: string(m.KVPrecision)},
			{Value: m.InputTokens}, {Value: m.OutputTokens}, concurrency,
			{Value: m.OutputTokensPerSecond}, cells.TextCell(m.Note)}, originCells(m.Origin))
}

// finish gives every line its own figures and actions.
func (l *machineList) finish() {
	columns := l.kind().columns()
	for i := range l.all {
		l.all[i].cells = slices.Clip(l.all[i].cells)
		l.addOwn(&l.all[i], columns)
	}
}
