package planner

import (
	"strings"

	"headroom/app/cells"
	"headroom/app/workspace"
	"headroom/pricing"
	"headroom/pricing/limit"
	"headroom/views/table"
)

// wallColumns are what limits do to an alternative. The first two are usual where the plan has limits.
func wallColumns(a *workspace.Answer) []compareColumn {
	usual := a.Limited()
	last := cells.ShortMonth(a.Compare.Last)
	return []compareColumn{
		{Column: table.Column{Key: "wall_month", Label: "Wall", Unit: "month, limit", Kind: table.Month},
			Usual: usual, cell: wallCell},
		{Column: table.Column{Key: "users_served", Label: "Served", Unit: "users, " + last, Kind: table.Count},
			Usual: usual, figure: "users_served",
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return table.Cell{Value: r.FinalUsers}
			}},
		{Column: table.Column{Key: "max_growth", Label: "Growth it can carry", Unit: "% a month", Kind: table.Percent},
			figure: "max_growth", cell: growthCell},
		{Column: table.Column{Key: "headroom", Label: "Headroom", Unit: "%, " + cells.ShortMonth(a.Compare.First),
			Kind: table.Percent}, figure: "headroom", cell: headroomCell},
		{Column: table.Column{Key: "revenue_behind_wall", Label: "Behind the wall", Unit: a.Compare.Currency,
			Kind: table.Money}, figure: "revenue_behind_wall",
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return table.Cell{Value: r.LostRevenue()}
			}},
	}
}

// limitColumns are in files only: the wall's id and its ceiling, as `headroom evaluate --csv` names them.
func limitColumns() []compareColumn {
	return []compareColumn{
		{Column: table.Column{Key: "wall", Label: "Wall, limit", ExportOnly: true}, Usual: true,
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return table.Cell{Text: r.Wall}
			}},
		{Column: table.Column{Key: "ceiling", Label: "Ceiling at the wall", Unit: "users", Kind: table.Count,
			ExportOnly: true}, Usual: true,
			cell: func(_ *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return cells.FigureCell(r.Ceiling(), "no wall")
			}},
		{Column: table.Column{Key: "quota_unknown", Label: "Quota unknown of", ExportOnly: true}, Usual: true,
			cell: func(a *workspace.Answer, r pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
				return table.Cell{Text: strings.Join(withoutQuota(a, r), "; ")}
			}},
	}
}

// wallCell is the month of the wall with the limit below it. A quota that nobody entered is said, because its wall may
// come earlier.
func wallCell(a *workspace.Answer, row pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
	cell := table.Cell{State: table.None, Text: "none"}
	if row.Wall != "" {
		cell = table.Cell{Text: row.WallMonth, Note: a.Limits.Name(row.Wall)}
	}
	if len(withoutQuota(a, row)) == 0 {
		return cell
	}
	note := "its quota is unknown"
	if wall, _ := limit.Parse(row.Wall); wall.Kind.Group() == limit.QuotaKinds {
		note = "another quota is unknown"
	}
	cell.Note = cells.JoinWords("; ", cell.Note, note)
	return cell
}

func growthCell(_ *workspace.Answer, row pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
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

func headroomCell(_ *workspace.Answer, row pricing.ComparisonRow, _ []workspace.Entry) table.Cell {
	headroom := row.Headroom()
	if !headroom.Known() {
		return table.Cell{State: table.None, Text: "no limit"}
	}
	return table.Cell{Value: float64(headroom), Signed: true}
}
