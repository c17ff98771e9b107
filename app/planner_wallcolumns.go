package app

import (
	"strings"

	"headroom/pricing"
	"headroom/pricing/limit"
	"headroom/views/table"
)

// wallColumns are what limits do to an alternative. The first two are usual where the plan has limits.
func wallColumns(a *answer) []compareColumn {
	usual := a.limited()
	last := shortMonth(a.compare.Last)
	return []compareColumn{
		{Column: table.Column{Key: "wall_month", Label: "Wall", Unit: "month, limit", Kind: table.Month}, Usual: usual, cell: wallCell},
		{Column: table.Column{Key: "users_served", Label: "Served", Unit: "users, " + last, Kind: table.Count}, Usual: usual, figure: "users_served",
			cell: func(_ *answer, r pricing.ComparisonRow, _ []entry) table.Cell { return table.Cell{Value: r.FinalUsers} }},
		{Column: table.Column{Key: "max_growth", Label: "Growth it can carry", Unit: "% a month", Kind: table.Percent}, figure: "max_growth", cell: growthCell},
		{Column: table.Column{Key: "headroom", Label: "Headroom", Unit: "%, " + shortMonth(a.compare.First), Kind: table.Percent}, figure: "headroom", cell: headroomCell},
		{Column: table.Column{Key: "revenue_behind_wall", Label: "Behind the wall", Unit: a.compare.Currency, Kind: table.Money}, figure: "revenue_behind_wall",
			cell: func(_ *answer, r pricing.ComparisonRow, _ []entry) table.Cell {
				return table.Cell{Value: r.LostRevenue()}
			}},
	}
}

// limitColumns are in files only: the wall's id and its ceiling, as `headroom evaluate --csv` names them.
func limitColumns() []compareColumn {
	return []compareColumn{
		{Column: table.Column{Key: "wall", Label: "Wall, limit", ExportOnly: true}, Usual: true,
			cell: func(_ *answer, r pricing.ComparisonRow, _ []entry) table.Cell { return table.Cell{Text: r.Wall} }},
		{Column: table.Column{Key: "ceiling", Label: "Ceiling at the wall", Unit: "users", Kind: table.Count, ExportOnly: true}, Usual: true,
			cell: func(_ *answer, r pricing.ComparisonRow, _ []entry) table.Cell {
				return figureCell(r.Ceiling(), "no wall")
			}},
		{Column: table.Column{Key: "quota_unknown", Label: "Quota unknown of", ExportOnly: true}, Usual: true,
			cell: func(a *answer, r pricing.ComparisonRow, _ []entry) table.Cell {
				return table.Cell{Text: strings.Join(withoutQuota(a, r), "; ")}
			}},
	}
}

// limited says that any alternative has limits.
func (a *answer) limited() bool {
	for i := range a.compare.Rows {
		if a.compare.Rows[i].Limited() {
			return true
		}
	}
	return false
}

// wallCell is the month of the wall with the limit below it. A quota that nobody entered is said, because its wall may
// come earlier.
func wallCell(a *answer, row pricing.ComparisonRow, _ []entry) table.Cell {
	cell := table.Cell{State: table.None, Text: "none"}
	if row.Wall != "" {
		cell = table.Cell{Text: row.WallMonth, Note: a.limits.name(row.Wall)}
	}
	if len(withoutQuota(a, row)) == 0 {
		return cell
	}
	note := "its quota is unknown"
	if wall, _ := limit.Parse(row.Wall); wall.Kind.Group() == limit.QuotaKinds {
		note = "another quota is unknown"
	}
	cell.Note = joinWords("; ", cell.Note, note)
	return cell
}

func growthCell(_ *answer, row pricing.ComparisonRow, _ []entry) table.Cell {
	growth, ok := row.Growth()
	switch {
	case !ok || growth.Status == "undefined":
		return table.Cell{State: table.Unknown, Reason: "a group of users starts at 0"}
	case growth.Status == "none":
		return table.Cell{State: table.None, Text: "none"}
	case !growth.Max.Known():
		return table.Cell{State: table.None, Text: "over 200\u00a0%"}
	}
	return table.Cell{Value: float64(growth.Max)}
}

func headroomCell(_ *answer, row pricing.ComparisonRow, _ []entry) table.Cell {
	headroom := row.Headroom()
	if !headroom.Known() {
		return table.Cell{State: table.None, Text: "no limit"}
	}
	return table.Cell{Value: float64(headroom), Signed: true}
}
