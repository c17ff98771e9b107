package machines

import (
	"strconv"
	"strings"
	"unicode"

	"headroom/app/cells"
	"headroom/app/listing"
	"headroom/pricing/capacity"
	"headroom/views/table"
)

// sourceColumns end every table about machines: who says so, and of which day it is.
func sourceColumns(before ...table.Column) []table.Column {
	return append(before, table.Column{Key: "source", Label: "Source"},
		table.Column{Key: "as_of", Label: "As of", Kind: table.Date},
		table.Column{Key: "source_text", Label: "Source in full", ExportOnly: true})
}

// originCells are the cells of sourceColumns.
func originCells(o capacity.Origin) []table.Cell {
	source := table.Cell{Text: sourceShort(o.Source), URL: sourceURL(o.Source)}
	if o.FromMemory {
		source.Note = "in part from memory"
	}
	full := o.Source
	asOf := table.Cell{Text: o.AsOf}
	if at := strings.IndexAny(o.AsOf, ";("); at > 0 {
		asOf.Text, asOf.Note = strings.TrimSpace(o.AsOf[:at]), strings.Trim(o.AsOf[at:], "; ()")
		full += "; as of: " + o.AsOf
	}
	if o.AsOf == "" {
		asOf = table.Cell{State: table.Unknown, Reason: "the row is from memory"}
	}
	return []table.Cell{source, asOf, {Text: full}}
}

// sourceShort is a source where room is scarce: its first words; the whole stands below the table and in the files.
func sourceShort(source string) string {
	const most = 26
	text, _, _ := strings.Cut(source, ";")
	text = strings.Trim(strings.TrimSpace(text), `"`)
	if first, _, ok := strings.Cut(text, " "); ok && strings.Contains(first, "/") {
		text = first
	}
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimRight(string(runes[:most]), " ,") + "…"
	}
	return text
}

// sourceURL is the repository or page that a source begins with, "" where it begins with other words.
func sourceURL(source string) string {
	first, _, _ := strings.Cut(source, " ")
	host, path, ok := strings.Cut(strings.TrimRight(first, ":;,"), "/")
	plain := strings.IndexFunc(host+path, func(c rune) bool {
		return !strings.ContainsRune("-._/", c) && !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}) < 0
	switch {
	case !ok || path == "" || !plain:
		return ""
	case strings.Contains(host, "."):
		return "https://" + host + "/" + path
	case !strings.Contains(path, "/"):
		return "https://github.com/" + host + "/" + path
	}
	return ""
}

// machinePriceCell is an exact price, unknown with its reason.
func machinePriceCell(p capacity.Price) table.Cell {
	if !p.Known {
		return table.Cell{State: table.Unknown, Reason: p.Reason}
	}
	return table.Cell{Value: p.Rate.Float(), Exact: p.Rate.String()}
}

func machineRow(key, source string, facets map[string]string, cells []table.Cell, origin []table.Cell) machineLine {
	var words strings.Builder
	for i := range cells {
		words.WriteString(strings.ToLower(cells[i].Text + " " + cells[i].Note + " "))
	}
	return machineLine{key: key, facets: facets, source: source, words: words.String(), cells: append(cells, origin...)}
}

func instanceColumns() []table.Column {
	return sourceColumns(
		table.Column{Key: "seller", Label: "Seller"}, table.Column{Key: "type", Label: "Machine", ExportOnly: true},
		table.Column{Key: "accelerator", Label: "Accelerator"},
		table.Column{Key: "count", Label: "Accelerators of a machine", Kind: table.Count, ExportOnly: true},
		table.Column{Key: "region", Label: "Region"}, table.Column{Key: "area", Label: "Where", ExportOnly: true},
		table.Column{Key: "term", Label: "Commitment"},
		table.Column{Key: "each", Label: "Per GPU hour", Unit: "USD", Kind: table.Unit},
		table.Column{Key: "hourly", Label: "Machine", Unit: "USD an hour", Kind: table.Unit},
		table.Column{Key: "vcpus", Label: "vCPUs", Kind: table.Count, ExportOnly: true},
		table.Column{Key: "memory_gib", Label: "Memory", Unit: "GiB", Kind: table.Count, ExportOnly: true})
}

func listingFacets(l *capacity.Listing) map[string]string {
	return map[string]string{"accelerator": cells.FirstWord(l.Chip, l.Accelerator), "term": l.Term,
		"area": string(l.Area), "seller": l.Seller}
}

func listingLine(l *capacity.Listing, facets map[string]string) machineLine {
	each, known := l.HourlyEach()
	chip := facets["accelerator"]
	line := machineRow(l.Key(), l.Source, facets, []table.Cell{
		{Text: machineSeller(l.Seller), Note: l.Type}, {Text: l.Type}, {Text: chip, Note: countNote(l.Count)},
		{Value: l.Count}, regionCell(l), {Text: areaName(l.Area)},
		{Text: termName(l.Term)}, eachCell(each, known, l.Hourly.Reason), machinePriceCell(l.Hourly),
		countCell(l.VCPUs), countCell(l.MemoryGiB),
	}, originCells(l.Origin))
	if l.Chip != "" && known && l.Term != capacity.SpotTerm {
		line.actions = []table.Action{
			{Label: "Against the API", URL: "/machines/compare?machine=" + queryText(l.Key())}}
	}
	return line
}

func countNote(n float64) string {
	if n == 1 {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64) + " in one machine"
}

// regionCell is the seller's code with the area that laws and customers ask for.
func regionCell(l *capacity.Listing) table.Cell {
	code, about, _ := strings.Cut(l.Region, " (")
	switch code {
	case "unspecified":
		return table.Cell{State: table.Unknown, Reason: "not stated"}
	case "all", "global-list":
		return table.Cell{Text: "all"}
	}
	cell := table.Cell{Text: code, Note: strings.TrimSuffix(about, ")")}
	if l.Area == capacity.EU || l.Area == capacity.India {
		cell.Note = areaName(l.Area)
	}
	return cell
}

// countCell is a quantity of a column of whole numbers.
func countCell(q capacity.Quantity) table.Cell {
	if !q.Known {
		return cells.QuantityCell(q)
	}
	return table.Cell{Value: q.Value}
}

// eachCell is the price of one accelerator, with at least cents.
func eachCell(each float64, known bool, reason string) table.Cell {
	cell := cells.KnownCell(each, known, reason)
	if known && each >= 0.1 && each < 1000 {
		cell.Text = table.Number(table.Money, each)
	}
	return cell
}

func acceleratorColumns() []table.Column {
	return []table.Column{
		{Key: "accelerator", Label: "Accelerator"}, {Key: "vendor", Label: "Vendor"},
		{Key: "memory_gb", Label: "Memory", Unit: "GB", Kind: table.Unit},
		{Key: "bandwidth_gb_s", Label: "Bandwidth", Unit: "GB/s", Kind: table.Count},
		{Key: "bf16_tflops", Label: "bf16", Unit: "TFLOPS, dense", Kind: table.Count},
		{Key: "fp8_tflops", Label: "fp8", Unit: "TFLOPS, dense", Kind: table.Count},
		{Key: "fp4_tflops", Label: "fp4", Unit: "TFLOPS, dense", Kind: table.Count},
		{Key: "tdp_w", Label: "TDP", Unit: "W", Kind: table.Count},
		{Key: "kw", Label: "Power", Unit: "kW, all in", Kind: table.Unit,
			Help: "Provisioned for one accelerator, server and facility included"},
		{Key: "link_gb_s", Label: "Link", Unit: "GB/s one way", Kind: table.Count},
		{Key: "launched", Label: "Launched"},
		{Key: "source", Label: "Source"}, {Key: "source_text", Label: "Source in full", ExportOnly: true},
	}
}

func acceleratorLine(a *capacity.Accelerator) machineLine {
	origin := originCells(capacity.Origin{Source: a.Source, AsOf: a.LaunchYear, FromMemory: a.FromMemory})
	return machineRow(a.Name, a.Source, map[string]string{"vendor": a.Vendor}, []table.Cell{
		{Text: a.Name}, {Text: a.Vendor}, cells.FigureOfTable(a.MemoryGB), {Value: a.BandwidthGBs},
		{Value: a.BF16TFLOPS}, unitCell(a.FP8TFLOPS),
		unitCell(a.FP4TFLOPS), countCell(a.TDPWatts), cells.QuantityCell(a.AllInKW), countCell(a.LinkGBs),
		cells.TextCell(a.LaunchYear),
	}, []table.Cell{origin[0], origin[2]})
}

// unitCell is the peak of an arithmetic unit; a chip that has none shows no figure, which is not the same as an unknown
// one.
func unitCell(q capacity.Quantity) table.Cell {
	if q.Text == "" {
		return table.Cell{State: table.None}
	}
	return countCell(q)
}

func modelColumns() []table.Column {
	return []table.Column{
		{Key: "model", Label: "Model"}, {Key: "ids", Label: "Canonical ids", ExportOnly: true},
		{Key: "shape", Label: "Shape"},
		{Key: "total", Label: "Parameters", Unit: "billion", Kind: table.Unit},
		{Key: "active", Label: "Active", Unit: "billion a token", Kind: table.Unit},
		{Key: "layers", Label: "Layers", Kind: table.Count}, {Key: "experts", Label: "Experts", Kind: table.Count},
		{Key: "kv_bytes", Label: "Cache", Unit: "bytes a token, bf16", Kind: table.Count},
		{Key: "context_tokens", Label: "Context", Unit: "tokens", Kind: table.Count},
		{Key: "estimate", Label: "Estimate", Help: "Whether throughput can be estimated from what is published"},
		{Key: "licence", Label: "Licence"}, {Key: "released", Label: "Released"},
		{Key: "kv_note", Label: "About the cache", ExportOnly: true},
		{Key: "source", Label: "Source"}, {Key: "source_text", Label: "Source in full", ExportOnly: true},
	}
}

func modelLine(m *capacity.OpenModel) machineLine {
	origin := originCells(capacity.Origin{Source: m.Source, AsOf: m.Released, FromMemory: m.FromMemory})
	shape, estimate := "dense", "yes"
	if m.Experts.Text != "" || m.TopK.Text != "" {
		shape = "mixture of experts"
	}
	if _, err := m.Shape(); err != nil {
		shape, estimate = cells.FirstWord(listing.Word(m.Layers.Known, shape), "not read"), "no"
	}
	line := machineRow(m.Name, m.Source, map[string]string{"shape": shape, "estimate": estimate}, []table.Cell{
		{Text: m.Name}, {Text: strings.Join(m.IDs, " ")}, {Text: shape}, cells.QuantityCell(m.TotalParams),
		cells.QuantityCell(m.ActiveParams), countCell(m.Layers),
		unitCell(m.Experts), countCell(m.KVBytesPerToken), countCell(m.ContextTokens), {Text: estimate},
		cells.TextCell(m.Licence), cells.TextCell(m.Released), cells.TextCell(m.KVNote),
	}, []table.Cell{origin[0], origin[2]})
	if estimate == "yes" && len(m.IDs) > 0 {
		line.actions = []table.Action{{Label: "Own or API", URL: "/machines/compare?model=" + queryText(m.Name)}}
	}
	return line
}
