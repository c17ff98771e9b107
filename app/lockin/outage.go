package lockin

import (
	"headroom/app/cells"
	"headroom/pricing/lockin"
	"headroom/views/table"
)

// carriedWords says how much of a seller's peak others carry.
func carriedWords(o *lockin.Outage) string {
	switch {
	case !o.Carried.Known():
		return "batch only, it can wait"
	case !o.NotCarried.Known() && o.Carried.Float() == 0:
		return "nobody is known to carry its peak"
	case !o.NotCarried.Known():
		return "at least " + sharePercent(o.Carried) + " carried, the rest unknown"
	}
	return sharePercent(o.Carried) + " carried, " + sharePercent(o.NotCarried) + " not"
}

// outageTable is each seller out for a day.
func (p *assessed) outageTable() table.Table {
	t := table.Table{ID: "outages", Title: "A seller is out for a day", Empty: "No line has spend.",
		Columns: []table.Column{{Key: "seller", Label: "Seller that is out"},
			{Key: "carried", Label: "Peak carried", Unit: "by stated capacity", Kind: table.Unit},
			{Key: "not_carried", Label: "Not carried", Kind: table.Unit},
			{Key: "day", Label: "A day there", Unit: p.Compare.Currency, Kind: table.Money},
			{Key: "carry", Label: "A day elsewhere", Unit: p.Compare.Currency, Kind: table.Money},
			{Key: "net", Label: "More or less", Unit: p.Compare.Currency, Kind: table.Money}}}
	for _, o := range p.Outages() {
		waits := !o.Carried.Known()
		carried, lost := figureText(o.Carried, "\u00a0%", "", ""),
			figureText(o.NotCarried, "\u00a0%", "quotas elsewhere are not known", "")
		if waits {
			carried, lost = table.Cell{State: table.None, Text: "waits", Note: "batch only"},
				table.Cell{State: table.None}
		}
		carry, net := moneyCell(o.CarryCost, "a carrier has no price", ""),
			moneyCell(o.NetCost, "a carrier has no price", "")
		if net.Signed = true; waits {
			carry, net = table.Cell{State: table.None}, table.Cell{State: table.None}
		}
		t.Rows = append(t.Rows,
			table.Row{Key: o.Seller,
				Cells: []table.Cell{{Text: p.seller(o.Seller), Note: "peak and prices of " + dayMonth(o.Month)},
					carried, lost,
					moneyCell(o.DayCost, "", ""), carry, net}})
	}
	t.Notes = []string{"Capacity that the plan states carries first, the cheapest first; the rest is asked of the " +
		"cheapest offer without a stated quota, and whether it can is unknown. Costs assume that it can."}
	return t
}

func dayMonth(month string) string { return table.Display(table.Month, table.Cell{Text: month}) }

// carrierTable is who could carry each line.
func (p *assessed) carrierTable() table.Table {
	t := table.Table{ID: "carriers", Title: "Who could carry each line", Empty: "Nobody else sells these models.",
		Columns: []table.Column{{Key: "line", Label: "Line"}, {Key: "carrier", Label: "Carrier"},
			{Key: "free", Label: "Room for", Unit: "% of the peak", Kind: table.Unit},
			{Key: "takes", Label: "Is given", Unit: "%", Kind: table.Unit},
			{Key: "cost", Label: "A day of all of it", Unit: p.Compare.Currency, Kind: table.Money},
			{Key: "source", Label: "Price from"}}}
	for _, o := range p.Outages() {
		for _, l := range o.Lines {
			if len(l.Carriers) == 0 {
				t.Rows = append(t.Rows,
					table.Row{Key: l.Line,
						Cells: []table.Cell{{Text: p.line(l.Line)},
							{Text: "nobody", Note: "no other seller of the model and no evaluated one"},
							{State: table.None}, {State: table.None}, {State: table.None}, {}}})
			}
			for _, c := range l.Carriers {
				t.Rows = append(t.Rows,
					table.Row{Key: l.Line + " " + c.Offer, Cells: []table.Cell{{Text: p.line(l.Line)},
						{Text: p.seller(c.Seller), Note: p.model(c.Model) + inPlanWords(&c)},
						figureText(c.Free, "", c.Unknown, ""), takesCell(&c), moneyCell(c.DayCost, "no price", ""),
						{Text: p.Prices.Source(c.Source).Name + ", " + cells.DayWords(string(c.AsOf))}}})
			}
		}
	}
	return t
}

func inPlanWords(c *lockin.Carrier) string {
	if c.InPlan {
		return ", in your plan"
	}
	return ""
}

func takesCell(c *lockin.Carrier) table.Cell {
	if !c.Takes.Known() {
		return table.Cell{State: table.Unknown}
	}
	return table.Cell{Text: c.Takes.String()}
}
