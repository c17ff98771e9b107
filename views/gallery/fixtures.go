package gallery

import (
	"fmt"

	"github.com/a-h/templ"

	"headroom/views/table"
	"headroom/views/ui"
)

func fieldErrors() []ui.FieldError {
	return []ui.FieldError{
		{ID: "g-users-bad", Label: "Users at the start", Message: "“1.200” can mean 1,200 or 1.2: type it without " +
			"the point"},
		{ID: "g-cache-bad", Label: "Cache read share", Message: "130 % is above 100 %"},
		{Label: "Plan", Message: "alternatives[3].routes names the offer “azuer-gpt”, which is not in offers"},
	}
}

func emptyState() ui.Empty {
	return ui.Empty{
		Title: "No plans in this team yet",
		Text: "A plan holds one product's demand and its suppliers. Start from the example to see a comparison " +
			"at once.",
		Actions: []ui.Button{
			{Label: "Open the example", URL: "/", Look: "primary"}, {Label: "Start empty", URL: "/?preset=empty"},
			{Label: "Import a file", URL: "/plans/import"},
		},
	}
}

func noMatch() ui.Empty {
	return ui.Empty{
		Title:   "No offer matches 4 filters",
		Text:    "66 pairs of model and seller are hidden by lab, scope, weights and “conflicts only”.",
		Actions: []ui.Button{{Label: "Clear the filters", URL: "/prices"}},
	}
}

func failure(status int) templ.Component {
	return ui.FailureView(ui.Failure{Status: status, RequestID: "0d9c2f61-5b1e-7c7e-9a53-1d2f3a4b5c6d"})
}

func refused() templ.Component {
	return ui.FailureView(ui.Failure{
		Status: 422, RequestID: "0d9c2f61-5b1e-7c7e-9a53-1d2f3a4b5c6d",
		Fields: []ui.FieldMessage{{Path: "demand.curves[0].growth.rate", Message: "want a number from -0.5 to 2"}},
	})
}

func numberFieldList() []ui.Field {
	return []ui.Field{
		{ID: "g-users", Name: "users", Label: "Users at the start", Unit: "users", Value: "54k",
			Echo: "= 54,000 in Jan 2027", Default: "40,000", Range: "1 to 100 million", Changed: true,
			ResetURL: "?users=40k"},
		{ID: "g-revenue", Name: "revenue", Label: "Revenue", Prefix: "$", Unit: "/user/month", Value: "4.50",
			Help: "Before tax.", Default: "4.00", Range: "0 to 100,000"},
		{ID: "g-cache", Name: "cache", Label: "Cache read share", Unit: "of input", Value: "30 %",
			Echo: "= 450 of 1,500 tokens", Default: "30 %", Range: "0 to 100 %", Quiet: true},
		{ID: "g-off", Name: "off", Label: "Not with this offer", Unit: "tokens", Value: "400", Disabled: true},
	}
}

func invalidFieldList() []ui.Field {
	return []ui.Field{
		{ID: "g-users-bad", Name: "users", Label: "Users at the start", Unit: "users", Value: "1.200",
			Error: "Did you mean 1,200 or 1.2? Type it without the point.", Default: "40,000",
			Range: "1 to 100 million"},
		{ID: "g-cache-bad", Name: "cache", Label: "Cache read share", Unit: "of input", Value: "130 %",
			Error: "Enter 0 to 100 %."},
	}
}

func modelField() ui.Field {
	return ui.Field{ID: "g-model", Name: "model", Label: "Model", Echo: "4 sellers", Options: []ui.Option{
		{Value: "openai/gpt-5.4", Label: "GPT-5.4", Note: "OpenAI", Group: "Closed weights", Selected: true},
		{Value: "anthropic/claude-sonnet-5", Label: "Claude Sonnet 5", Note: "Anthropic", Group: "Closed weights"},
		{Value: "openai/gpt-oss-120b", Label: "gpt-oss-120b", Note: "OpenAI", Group: "Open weights"},
	}}
}

func periodField() ui.Field {
	return ui.Field{ID: "g-period", Name: "g-period", Label: "Period", Options: []ui.Option{
		{Value: "total", Label: "24 months", Selected: true}, {Value: "year", Label: "Year"},
		{Value: "month", Label: "Month"},
	}}
}

func scopeField() ui.Field {
	return ui.Field{ID: "g-scope", Name: "scope", Label: "Scope", Options: []ui.Option{
		{Value: "global", Label: "Global", Note: "31", Selected: true},
		{Value: "in-region", Label: "In-region", Note: "18"},
		{Value: "default", Label: "Seller states none", Note: "23"},
	}}
}

func periodLinks() []ui.Link {
	return []ui.Link{{Label: "24 months", URL: "?period=total", Current: true}, {Label: "Year", URL: "?period=year"},
		{Label: "Per 1,000 requests", URL: "?period=unit"}}
}

func columnChooser() ui.ChooserForm {
	return ui.ChooserForm{
		ID: "g-columns", Label: "Columns", Legend: "Columns of the comparison", Action: "/dev/gallery", Name: "column",
		Options: []ui.Option{{Value: "total", Label: "Total", Selected: true},
			{Value: "difference", Label: "Against baseline", Selected: true}, {Value: "margin", Label: "Margin"}},
		Keep: []ui.Option{{Label: "preset", Value: "chatbot"}},
	}
}

func tiles() []ui.Tile {
	last := table.Cell{Value: 201798.4}
	low := table.Cell{State: table.Unknown, Reason: "limits are not yet evaluated"}
	return []ui.Tile{
		{Label: "Cost per month", Kind: table.Money,
			Cell: table.Cell{Value: 102870, How: "/explain/cost", Note: "USD, Jan 2027 to Dec 2028"}, To: &last,
			ToWord: " rising to ", Short: true, Currency: "USD"},
		{Label: "Cost per 1,000 requests", Kind: table.Unit,
			Cell: table.Cell{Value: 8.3506, How: "/explain/unit", Note: "chat 8.738, 84 % of cost"}, Unit: "USD"},
		{Label: "Gross margin", Kind: table.Percent,
			Cell: table.Cell{Value: 0.5767, Note: "after list prices, before credits"}},
		{Label: "Growth it can carry", Cell: low},
	}
}

func comparisonColumns() []table.Column {
	return []table.Column{
		{Key: "alternative", Label: "Alternative", Kind: table.Text},
		{Key: "total", Label: "Total", Unit: "USD", Kind: table.Money, Sortable: true, Sort: "ascending",
			SortURL: "?sort=-total", Help: "Cost over 24 months"},
		{Key: "difference", Label: "Against baseline", Unit: "USD", Kind: table.Money, Sortable: true,
			SortURL: "?sort=difference"},
		{Key: "difference_share", Label: "Difference", Kind: table.Percent},
		{Key: "per_1k", Label: "Per 1,000 requests", Unit: "USD", Kind: table.Unit, Sortable: true,
			SortURL: "?sort=per_1k"},
		{Key: "margin", Label: "Margin", Kind: table.Percent},
		{Key: "as_of", Label: "Prices of", Kind: table.Date},
		{Key: "price_source", Label: "Source", Kind: table.Text, ExportOnly: true},
	}
}

func comparison() table.Table {
	row := func(key, name, note, mark string, cells ...table.Cell) table.Row {
		first := table.Cell{Text: name, Note: note, Mark: mark}
		return table.Row{Key: key, Cells: append([]table.Cell{first}, cells...),
			Actions: []table.Action{{Label: "Compare with this", URL: "?baseline=" + key}}}
	}
	day := table.Cell{Text: "2026-08-01"}
	baseline := row("azure", "Azure", "GPT-5.4, Global", "", table.Cell{Value: 3880585.21, How: "/explain/azure/total"},
		table.Cell{State: table.None, Text: "baseline"}, table.Cell{State: table.None, Text: "baseline"},
		table.Cell{Value: 8.3506, How: "/explain/azure/per_1k"}, table.Cell{Value: 0.5767}, day)
	baseline.Baseline, baseline.Actions = true, nil
	return table.Table{
		ID: "g-compare", Title: "Comparison of alternatives", Columns: comparisonColumns(),
		Rows: []table.Row{
			row("together", "Together", "gpt-oss-120b, open weights", "not evaluated",
				table.Cell{Value: 1000812.4, Mark: "cheapest"},
				table.Cell{Value: -2879772.81, Signed: true, Word: "less"},
				table.Cell{Value: -0.7421, Signed: true, Word: "less"}, table.Cell{Value: 1.73},
				table.Cell{Value: 0.912}, day),
			baseline,
			row("bedrock", "Bedrock", "GPT-5.4, in-region", "conflict",
				table.Cell{Value: 4281432.1, How: "/explain/bedrock/total"},
				table.Cell{Value: 400846.89, Signed: true, Word: "more"},
				table.Cell{Value: 0.1033, Signed: true, Word: "more"}, table.Cell{Value: 9.05},
				table.Cell{Value: 0.541}, day),
			row("vertex", "Vertex", "Gemini 3.5 Flash", "stale",
				table.Cell{State: table.Unknown, Reason: "no price for image input"}, table.Cell{State: table.Unknown},
				table.Cell{State: table.Unknown}, table.Cell{Value: 0.000123456}, table.Cell{State: table.Unknown},
				table.Cell{Text: "2026-03-14"}),
		},
		Notes: []string{"The total of Vertex excludes 1 unknown price.", "Prices: LiteLLM, 1 Aug 2026."},
	}
}

func prices() table.Table {
	link := func(text, url string) table.Cell { return table.Cell{Text: text, URL: url} }
	price := func(exact string) table.Cell { return table.Cell{Exact: exact} }
	return table.Table{
		ID: "g-prices", Title: "GPT-5.4 at every seller", Caption: "USD per 1,000,000 tokens",
		Columns: []table.Column{
			{Key: "seller", Label: "Seller", Kind: table.Text, Sortable: true, SortURL: "?sort=seller"},
			{Key: "scope", Label: "Scope", Kind: table.Text},
			{Key: "input", Label: "Input", Unit: "USD per 1 M tokens", Kind: table.Unit, Sortable: true,
				SortURL: "?sort=input"},
			{Key: "cache_read", Label: "Cache read", Unit: "USD per 1 M tokens", Kind: table.Unit},
			{Key: "output", Label: "Output", Unit: "USD per 1 M tokens", Kind: table.Unit},
			{Key: "source", Label: "Source", Kind: table.Text},
			{Key: "as_of", Label: "As of", Kind: table.Date},
		},
		Rows: []table.Row{
			{Key: "azure", Cells: []table.Cell{link("Azure", "/prices/openai/gpt-5.4"), {Text: "Global"},
				{Exact: "2.5", Mark: "cheapest"}, price("0.25"), price("15"),
				link("LiteLLM", "https://github.com/BerriAI/litellm"), {Text: "2026-08-01"}}},
			{Key: "bedrock", Cells: []table.Cell{link("Bedrock", "/prices/openai/gpt-5.4"), {Text: "In-region"},
				{Exact: "2.75", Mark: "conflict"}, {State: table.Unknown, Reason: "not in the source"}, price("16.5"),
				link("LiteLLM", "https://github.com/BerriAI/litellm"), {Text: "2026-08-01", Mark: "stale"}}},
			{Key: "groq", Cells: []table.Cell{{Text: "Groq"}, {State: table.None}, price("0.0028"), price("0.000028"),
				price("12345.5"), {Text: "own"}, {Text: "2026-10-02"}}},
		},
	}
}

func emptyTable() table.Table {
	return table.Table{ID: "g-none", Title: "Prices", Empty: "No offer matches these filters", EmptyURL: "/prices",
		EmptyAction: "Clear the filters"}
}

// months are count months from January 2027.
func months(count int) (shown, iso []string) {
	for m := range count {
		key := fmt.Sprintf("%d-%02d", 2027+m/12, m%12+1)
		iso = append(iso, key)
		shown = append(shown, table.Display(table.Month, table.Cell{Text: key}))
	}
	return shown, iso
}
