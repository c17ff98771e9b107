package views

import (
	"github.com/a-h/templ"

	"headroom/views/table"
	"headroom/views/ui"
)

// UncertaintyPanel is where the ranges of a plan are drawn on its page: loaded after the answer by scripts, a link to a
// page of its own without.
type UncertaintyPanel struct {
	Ranges  string // "3 ranges"; "" when the plan has none
	URL     string // the page, and for scripts the content
	Of      string // of what plan: another one is drawn anew
	Waiting string // what takes a moment: "Drawing 5,000 samples"
}

// Uncertainty is a plan whose ranges were drawn.
type Uncertainty struct {
	Back    string     // address of the plan
	Panel   bool       // inside the page of the plan
	Problem *ui.Notice // why nothing could be drawn; the rest is empty then
	Fan     ui.Figure
	Walls   table.Table // when each limit stands, with what probability
	Months  table.Table // the same by month
	Bars    Tornado
	Samples []ui.Link // how many to draw
	Files   []ui.Link // what was drawn, by month
	Facts   []string  // how it was drawn, and what to know about it
}

// inPanel lets a link replace the content of the panel.
func inPanel(u Uncertainty, url string) templ.Attributes {
	if !u.Panel {
		return nil
	}
	return templ.Attributes{"hx-get": url, "hx-target": "#uncertainty-answer", "hx-swap": "innerHTML"}
}

// Tornado is what each range does to the result, the widest first.
type Tornado struct {
	Note string
	Bars []TornadoBar
}

// TornadoBar is one range. Places are on a scale of 0 to TornadoWidth; all texts come formatted.
type TornadoBar struct {
	Label, URL string // of the form's field; URL is "" for what the form does not show
	From, To   string // "8 %", "14 %"
	Low, High  string // users served at those ends, summed over the months
	Cash       string // what they cost: "$1.2 M to $1.9 M"
	At, Wide   string // place and width of the bar
	Middle     string // place of the plan with all ranges at their middle
}

// TornadoWidth is the length of the scale that bars are drawn on.
const TornadoWidth = 200
