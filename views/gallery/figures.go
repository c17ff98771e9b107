package gallery

import (
	"math"

	"headroom/views/table"
	"headroom/views/ui"
)

// monthSeries are fixtures with growth, the numbers of a chart and of its table twin at once.
type monthSeries struct {
	Name          string
	Start, Growth float64
}

func monthFigure(id, title, summary string, kind ui.ChartKind, list []monthSeries) ui.Figure {
	shown, iso := months(24)
	chart := ui.Chart{Kind: kind, Unit: "USD a month", Prefix: "$", Categories: shown}
	twin := table.Table{ID: id + "-table", Title: title,
		Columns: []table.Column{{Key: "month", Label: "Month", Kind: table.Month}}}
	for _, month := range iso {
		twin.Rows = append(twin.Rows, table.Row{Key: month, Cells: []table.Cell{{Text: month}}})
	}
	totals := make([]float64, len(iso))
	for i, s := range list {
		twin.Columns = append(twin.Columns, table.Column{Key: s.Name, Label: s.Name, Unit: "USD", Kind: table.Money})
		series := ui.ChartSeries{Name: s.Name, Strong: i == 0}
		for m := range iso {
			value := math.Round(s.Start*math.Pow(s.Growth, float64(m))*100) / 100
			totals[m] += value
			series.Values = append(series.Values, &value)
			series.Texts = append(series.Texts, table.Number(table.Money, value))
			twin.Rows[m].Cells = append(twin.Rows[m].Cells, table.Cell{Value: value})
		}
		chart.Series = append(chart.Series, series)
	}
	for _, total := range totals {
		chart.Totals = append(chart.Totals, table.Number(table.Money, total))
	}
	return ui.Figure{ID: id, Title: title, Summary: summary, Chart: chart, Table: twin}
}

func stackedFigure() ui.Figure {
	return monthFigure("g-stacked", "Chat on Azure is most of the cost and grows with demand",
		"Cost rises from $102,870.00 in Jan 2027 to $392,913.91 in Dec 2028. Azure is 84 % of it, Bedrock 12 %, "+
			"Vertex 4 %.",
		ui.StackedColumns, []monthSeries{{"Azure GPT-5.4", 86410, 1.06}, {"Bedrock Claude Sonnet 5", 12344, 1.06},
			{"Vertex Gemini 3.5 Flash", 4116, 1.06}})
}

func singleFigure() ui.Figure {
	return monthFigure("g-single", "Cost triples in two years", "Cost rises from $86,410.00 in Jan 2027 to "+
		"$330,043.76 in Dec 2028.",
		ui.StackedColumns, []monthSeries{{"Azure GPT-5.4", 86410, 1.06}})
}

func linesFigure() ui.Figure {
	return monthFigure("g-lines", "Bedrock overtakes Azure in the second year",
		"Azure starts at $86,410.00 and Bedrock at $60,000.00; Bedrock grows faster.",
		ui.Lines, []monthSeries{{"Azure", 86410, 1.04}, {"Bedrock", 60000, 1.07}, {"Groq", 8000, 1.1}})
}

func barsFigure() ui.Figure {
	names := []string{"Azure", "Azure, spill to Bedrock above the quota in-region", "Bedrock", "OpenAI direct",
		"Vertex", "Together", "Own GPUs"}
	totals := []float64{3880585.21, 4963112.9, 4281432.1, 4953001, 0, 1000812.4, 2334000}
	series := ui.ChartSeries{Name: "Total", Values: make([]*float64, len(names)), Texts: make([]string, len(names))}
	twin := table.Table{ID: "g-bars-table", Title: "Totals",
		Columns: []table.Column{{Key: "alternative", Label: "Alternative"},
			{Key: "total", Label: "Total", Unit: "USD", Kind: table.Money}}}
	for i, name := range names {
		cell := table.Cell{Value: totals[i]}
		if totals[i] == 0 { // the fixture's unknown one
			cell = table.Cell{State: table.Unknown, Reason: "no price for image input"}
		} else {
			series.Values[i], series.Texts[i] = &totals[i], table.Number(table.Money, totals[i])
		}
		twin.Rows = append(twin.Rows, table.Row{Key: name, Cells: []table.Cell{{Text: name}, cell}})
	}
	return ui.Figure{
		ID: "g-bars", Title: "Together costs least, a quarter of Azure",
		Summary: "Over 24 months Together costs $1,000,812.40 and Azure $3,880,585.21. Vertex is unknown: no price " +
			"for image input.",
		Chart: ui.Chart{Kind: ui.Bars, Unit: "USD", Prefix: "$", Categories: names, Series: []ui.ChartSeries{series},
			Baseline: "Azure", Best: "Together"}, Table: twin,
	}
}

func derivation() ui.Derivation {
	return ui.Derivation{
		Title: "Azure, cost per month in Jan 2027",
		Intro: "List price of the tokens that the plan sends to this offer in the month.",
		Formula: "requests × (input − cached) × input price + requests × cached × cache read price + requests × " +
			"output × output price",
		Steps: []ui.DerivationStep{
			{Label: "Requests", Expression: "54,000 users × 6 a day × 30.4167 days", Value: "9,855,000",
				Unit: "requests"},
			{Label: "Input price", Value: "2.50", Unit: "USD per 1 M tokens", Source: "LiteLLM",
				URL: "https://github.com/BerriAI/litellm", AsOf: "2026-08-01", Status: "in force"},
			{Label: "Batch price", Source: "LiteLLM", AsOf: "2026-08-01",
				Note: "Not in any source; the batch share is priced as if it were not batched."},
		},
		Result: "$86,109.56",
	}
}
