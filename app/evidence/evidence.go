package evidence

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/listing"
	"headroom/app/web"
	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/evidence"
	"headroom/pricing/words"
	"headroom/views"
	"headroom/views/sheet"
	"headroom/views/table"
	"headroom/views/ui"
)

// After ten seconds on the page a reader can say: "At one lab revenue grew as fast as compute, about 10 million USD for
// a megawatt and year; these are three points and no law, and my own plan makes so much of a megawatt."

// published is the series of the one lab that told its compute and its revenue, with its fit.
type published struct {
	machines *capacity.Machines
	points   []capacity.ComputePoint
	years    []capacity.RevenueYear // those of points
	fit      capacity.ComputeFit
	own      *evidence.Point // nil: the page was opened without a plan
	currency string
	day      string
}

const (
	publishedCompany = "OpenAI"
	billion          = 1e9
)

func (s *Pages) readPublished() (*published, error) {
	machines, err := capacity.Shipped()
	if err != nil {
		return nil, err
	}
	e := &published{machines: machines, points: machines.SeriesPoints(publishedCompany), day: string(s.Day())}
	for _, y := range machines.Series {
		if y.Company == publishedCompany && y.ComputeGW.Known && y.ARRBillion.Known {
			e.years = append(e.years, y)
		}
	}
	e.fit, err = capacity.FitCompute(e.points)
	return e, err
}

// Show is the page. With the state of a plan in its address the plan's own point stands beside the series.
func (s *Pages) Show(c echo.Context) error {
	e, err := s.readPublished()
	if err != nil {
		return err
	}
	back := ""
	if c.Param("id") != "" || len(c.QueryParams()) > 0 {
		if back, err = s.addOwnPoint(c, e); err != nil {
			return err
		}
	}
	page := s.Shell(c, "How compute and revenue moved together")
	page.Nav = "machines"
	page.Description = "The published compute and revenue of a lab, what they say and what they do not, and a plan's " +
		"own point beside them."
	return s.Render(c, http.StatusOK, views.EvidencePage(page, e.view(back)))
}

// addOwnPoint evaluates the plan of the address; back is where it is shown.
func (s *Pages) addOwnPoint(c echo.Context, e *published) (back string, err error) {
	a, err := s.ReadAnswer(c)
	if err != nil {
		return "", err
	}
	if own, ok := a.Own(); ok {
		point := evidence.PointOf(a.Plan, own)
		e.own, e.currency = &point, a.Compare.Currency
	}
	return a.State.URL(), nil
}

// Series is the series of compute and revenue as CSV.
func (s *Pages) Series(c echo.Context) error {
	return s.evidenceCSV((*published).seriesTable)(c)
}

// Deals is the list of deals on compute as CSV.
func (s *Pages) Deals(c echo.Context) error {
	return s.evidenceCSV((*published).dealsTable)(c)
}

func (s *Pages) evidenceCSV(build func(*published) table.Table) echo.HandlerFunc {
	return func(c echo.Context) error {
		e, err := s.readPublished()
		if err != nil {
			return err
		}
		t := build(e)
		return s.SendTable(c, "headroom-"+t.ID+".csv", web.TypeCSV, t,
			func(w io.Writer, t table.Table) error { return sheet.WriteCSV(w, t, web.PricesProfile(c)) })
	}
}

func (e *published) view(back string) views.Evidence {
	v := views.Evidence{
		Headline: fmt.Sprintf("At %s revenue grew as fast as compute: about %s USD for a megawatt and year",
			publishedCompany, words.Amount(e.fit.Proportional*1e6)),
		Lead: fmt.Sprintf("1 %% more compute went with %s %% more revenue, over %d points. They describe one "+
			"company; they are no law.",
			table.Number(table.Unit, e.fit.Elasticity), len(e.points)),
		Quote:   "Our ability to serve customers, as measured by revenue, directly tracks available compute.",
		QuoteBy: e.years[0].Source,
		Figure:  e.figure(), Caveats: e.caveats(), Deals: e.dealsTable(), Back: back,
		SeriesCSV: "/evidence/series.csv", DealsCSV: "/evidence/deals.csv",
	}
	if e.own != nil {
		v.Own, v.OwnNote = e.ownTiles(), e.ownNote()
	}
	return v
}

func (e *published) caveats() []string {
	list := make([]string, 0, 8)
	for _, text := range capacity.FitCaveats() {
		list = append(list, cells.Capitalised(text)+".")
	}
	return append(list, "Two trends: any two series that grow fit a line on such axes, so the fit says nothing "+
		"about cause.",
		fmt.Sprintf("Recognised revenue of a year is lower than the run-rate at its end: %s billion USD for %d.",
			e.years[len(e.years)-1].Recognised, e.years[len(e.years)-1].Year),
		fmt.Sprintf("Between neighbours the elasticity was %s.", words.List(e.arcs())))
}

func (e *published) arcs() []string {
	var list []string
	for i, arc := range e.fit.Arc {
		list = append(list, fmt.Sprintf("%s from %d to %d", table.Number(table.Unit, arc), e.years[i].Year,
			e.years[i+1].Year))
	}
	return list
}

// seriesTable is the series as it was published, with the fit beside it.
func (e *published) seriesTable() table.Table {
	t := table.Table{ID: "compute-and-revenue", Title: "Compute and revenue of " + publishedCompany,
		Columns: []table.Column{
			{Key: "year", Label: "Year"}, {Key: "compute_gw", Label: "Compute", Unit: "GW", Kind: table.Unit},
			{Key: "arr_usd_b", Label: "Annualised revenue", Unit: "billion USD", Kind: table.Unit},
			{Key: "usd_m_per_mw_year", Label: "For a megawatt and year", Unit: "million USD", Kind: table.Unit},
			{Key: "fit_usd_b", Label: "On the fit", Unit: "billion USD", Kind: table.Unit},
			{Key: "recognised_usd_b", Label: "Recognised in the year", Unit: "billion USD"},
			{Key: "source", Label: "Source"},
		}}
	for i, y := range e.years {
		t.Rows = append(t.Rows, table.Row{Key: fmt.Sprint(y.Year), Cells: []table.Cell{
			{Text: fmt.Sprint(y.Year)}, {Text: y.ComputeGW.Text, Value: y.ComputeGW.Value},
			{Text: y.ARRBillion.Text, Value: y.ARRBillion.Value},
			{Value: e.points[i].RevenuePerMWYear()}, {Value: e.fit.Revenue(y.ComputeGW.Value)},
			unknownText(y.Recognised, "not in these reports"), {Text: y.Source}}})
	}
	if e.plotted() {
		gw := float64(e.own.Megawatts) / 1000
		t.Rows = append(t.Rows, table.Row{Key: "plan", Baseline: true,
			Cells: []table.Cell{{Text: "This plan, " + cells.MonthWords(e.own.Month)}, {Value: gw},
				{Value: e.own.RevenuePerYear / billion}, {Value: float64(e.own.PerMegawatt) / 1e6},
				{Value: e.fit.Revenue(gw)}, {State: table.None}, {Text: "your plan"}}})
	}
	return t
}

func unknownText(text, reason string) table.Cell {
	if text == "" {
		return table.Cell{State: table.Unknown, Reason: reason}
	}
	return table.Cell{Text: text}
}

// dealsTable is what was agreed on compute, in the words of the sources.
func (e *published) dealsTable() table.Table {
	t := table.Table{ID: "compute-deals", Title: "Published deals on compute", Columns: []table.Column{
		{Key: "date", Label: "Date"}, {Key: "supplier", Label: "Supplier"}, {Key: "customer", Label: "Customer"},
		{Key: "amount_usd", Label: "Amount", Unit: "USD, as reported"},
		{Key: "form", Label: "Form"}, {Key: "capacity_gw", Label: "Capacity", Unit: "GW", Kind: table.Unit},
		{Key: "chips", Label: "Chips"},
		{Key: "status", Label: "Status"}, {Key: "source", Label: "Source"}}}
	for i := range e.machines.Deals {
		d := &e.machines.Deals[i]
		capacityCell := cells.QuantityCell(d.CapacityGW)
		if !d.CapacityGW.Known && d.CapacityGW.Text != "" {
			capacityCell.Reason = d.CapacityGW.Text
		}
		source := table.Cell{Text: d.Source}
		if d.FromMemory {
			source.Mark = "from memory"
		}
		t.Rows = append(t.Rows,
			table.Row{Key: fmt.Sprint(i + 1), Cells: []table.Cell{{Text: d.Date}, {Text: d.Supplier},
				{Text: d.Customer},
				unknownText(d.Amount, "not stated"), {Text: d.Form}, capacityCell, cells.TextCell(d.Chips),
				cells.TextCell(d.Status), source}})
	}
	return t
}

// figure is the series on logarithmic axes with its fit, and the plan's own point where there is one.
func (e *published) figure() ui.Figure {
	chart := ui.Chart{Kind: ui.Points, Prefix: "$", Unit: "annualised revenue against the power of the machines; " +
		"both axes are logarithmic"}
	series := ui.ChartSeries{Name: publishedCompany + ", published", Role: "published"}
	fit := ui.ChartSeries{Name: "Fit, elasticity " + table.Number(table.Unit, e.fit.Elasticity), Role: "fit"}
	for i, y := range e.years {
		chart.Categories, chart.X = append(chart.Categories, fmt.Sprint(y.Year)), append(chart.X, y.ComputeGW.Value)
		revenue, on := e.points[i].Revenue*billion, e.fit.Revenue(y.ComputeGW.Value)*billion
		series.Values, series.Texts = append(series.Values, &revenue),
			append(series.Texts, y.ARRBillion.Text+" billion")
		fit.Values, fit.Texts = append(fit.Values, &on), append(fit.Texts, words.Amount(on))
	}
	chart.Series = []ui.ChartSeries{series, fit}
	if e.plotted() {
		e.addPlan(&chart)
	}
	return ui.Figure{ID: "evidence", Title: "Revenue against compute", Summary: e.summary(), Chart: chart,
		Table: e.seriesTable(), Open: true}
}

// plotted reports whether the plan has a point on axes in dollars and gigawatts.
func (e *published) plotted() bool {
	return e.own != nil && e.own.PerMegawatt.Known() && e.currency == "USD"
}

// addPlan puts the plan's own point and the fit below it into the chart.
func (e *published) addPlan(chart *ui.Chart) {
	gw, revenue := float64(e.own.Megawatts)/1000, e.own.RevenuePerYear
	on := e.fit.Revenue(gw) * billion
	chart.Categories, chart.X = append(chart.Categories, "This plan, "+cells.MonthWords(e.own.Month)),
		append(chart.X, gw)
	own := ui.ChartSeries{Name: "This plan", Role: "own", Values: slices.Repeat([]*float64{nil}, len(e.years)),
		Texts: slices.Repeat([]string{""}, len(e.years))}
	own.Values, own.Texts = append(own.Values, &revenue), append(own.Texts, words.Amount(revenue))
	chart.Series[0].Values, chart.Series[0].Texts = append(chart.Series[0].Values, nil),
		append(chart.Series[0].Texts, "")
	chart.Series[1].Values, chart.Series[1].Texts = append(chart.Series[1].Values, &on),
		append(chart.Series[1].Texts, words.Amount(on))
	chart.Series = append(chart.Series, own)
}

func (e *published) summary() string {
	var parts []string
	for _, y := range e.years {
		parts = append(parts, fmt.Sprintf("%s GW and %s billion USD at the end of %d", y.ComputeGW.Text,
			y.ARRBillion.Text, y.Year))
	}
	return fmt.Sprintf("%s. The fit on logarithms is %s billion USD × GW to the power of %s, R² %s; through the "+
		"origin it is %s billion USD for a gigawatt.",
		strings.Join(parts, "; "), table.Number(table.Unit, e.fit.K), table.Number(table.Unit, e.fit.Elasticity),
		table.Number(table.Unit, e.fit.R2), table.Number(table.Unit, e.fit.Proportional))
}

// ownTiles are the plan's own figures.
func (e *published) ownTiles() []ui.Tile {
	p := e.own
	megawatts := table.Cell{State: table.Unknown, Reason: p.Why}
	if p.Megawatts.Known() {
		megawatts = table.Cell{Value: float64(p.Megawatts), Note: "of the machines that its load needs"}
	}
	per := cells.KnownCell(float64(p.PerMegawatt), p.PerMegawatt.Known(), "needs revenue and power")
	return []ui.Tile{
		{Label: "Revenue", Kind: table.Money, Unit: e.currency + " a year", Short: true,
			Cell: table.Cell{Value: p.RevenuePerYear, Note: cells.MonthWords(p.Month) + " × 12"}},
		{Label: "Power of its own machines", Kind: table.Unit, Unit: "MW", Cell: megawatts},
		{Label: "For a megawatt and year", Kind: table.Money, Unit: e.currency, Short: true, Cell: per},
		{Label: "Compute elasticity", Kind: table.Unit,
			Cell: shareCell(p.Elasticity, table.Unit, "1 % more of every physical limit")},
		{Label: "Revenue limited by compute", Kind: table.Percent,
			Cell: shareCell(p.BoundShare, table.Percent, "of the plan's revenue")},
	}
}

func shareCell(v pricing.Figure, kind table.Kind, note string) table.Cell {
	if !v.Known() {
		return table.Cell{State: table.Unknown, Reason: "no revenue is entered"}
	}
	return table.Cell{Value: float64(v), Note: note, Text: listing.Word(kind == table.Unit && v == 0, "0")}
}

// ownNote says how to read the plan's figures beside the series.
func (e *published) ownNote() string {
	text := "An elasticity of 0 means that demand limits the plan, 1 that compute limits all of it; the published " +
		"series is a lab that says it was limited by compute."
	if !e.own.Megawatts.Known() {
		return text + " The plan has no point in the chart: " + e.own.Why + "."
	}
	if e.plotted() {
		return fmt.Sprintf("%s On the fit, the plan's power would go with %s USD a year.", text,
			words.Amount(e.fit.Revenue(float64(e.own.Megawatts)/1000)*billion))
	}
	return text
}
