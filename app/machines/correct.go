package machines

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"headroom/app/form"
	"headroom/app/typed"
	"headroom/app/web"
	"headroom/db"
	"headroom/pricing/capacity"
	"headroom/views"
	"headroom/views/table"
	"headroom/views/ui"
)

// A member says in a minute: "At our price, from our contract of that day, and the published one stays beside it."

// correction is what the form holds.
type correction struct {
	kind, row string
	typed     url.Values
	problems  map[string]string
	values    map[string]string // of the fields that were filled, as decimals
}

func readCorrection(typed url.Values) *correction {
	return &correction{kind: typed.Get("table"), row: typed.Get("row"), typed: typed, problems: map[string]string{},
		values: map[string]string{}}
}

// check reads the figures and their source; nothing is kept unless all of it can be read.
func (r *correction) check(today string) {
	for _, f := range capacity.CorrectableFields(r.kind) {
		text := strings.TrimSpace(r.typed.Get(f.Key))
		if text == "" {
			continue
		}
		n := compareNumber{unit: f.Unit, low: 1e-9, high: f.High}
		v, err := n.read(text)
		if err != nil {
			r.problems[f.Key] = form.Sentence(err.Error())
			continue
		}
		r.values[f.Key] = v.Round(9).String()
	}
	if fields := capacity.CorrectableFields(r.kind); len(r.values)+len(r.problems) == 0 {
		r.problems[fields[0].Key] = "Enter the figure that your team has."
	}
	if message := typed.TextProblem(strings.TrimSpace(r.typed.Get("source")),
		"Say where the figure is from, such as your contract or a measurement.", maxSource); message != "" {
		r.problems["source"] = message
	}
	if day, err := time.Parse(time.DateOnly, strings.TrimSpace(r.typed.Get("as_of"))); err != nil {
		r.problems["as_of"] = "Enter a day such as " + today + "."
	} else if day.Format(time.DateOnly) > today {
		r.problems["as_of"] = "Enter a day that is not in the future."
	}
}

// ShowCorrection asks for the team's own figures of one row.
func (s *Pages) ShowCorrection(c echo.Context, a *web.Account) error {
	return s.showCorrection(c, 200, readCorrection(c.QueryParams()))
}

// showCorrection is the form; a row that no table has is not found.
func (s *Pages) showCorrection(c echo.Context, status int, r *correction) error {
	machines, _, err := s.MachinesFor(c)
	if err != nil {
		return err
	}
	fields := capacity.CorrectableFields(r.kind)
	title, published, ok := rowOf(machines, r.kind, r.row)
	if len(fields) == 0 || !ok {
		return web.ErrNotFound
	}
	f := views.Form{ID: "correct", Title: "Your team's own figure", Lead: title, Action: "/machines/correct",
		Submit: "Keep for the team",
		Hidden: []views.HiddenValue{{Name: "table", Value: r.kind}, {Name: "row", Value: r.row},
			{Name: "back", Value: r.back()}},
		Other: []ui.Link{{Label: "Cancel", URL: r.back()}}}
	for _, field := range fields {
		input := ui.Field{ID: field.Key, Name: field.Key, Label: field.Label, Unit: field.Unit,
			Value: r.typed.Get(field.Key), Error: r.problems[field.Key], Help: "Nothing is published."}
		if text := published[field.Key]; text != "" {
			input.Help = "Published: " + text + "."
		}
		f.Fields = append(f.Fields, input)
	}
	asOf := r.typed.Get("as_of")
	if !r.typed.Has("as_of") {
		asOf = string(s.Day())
	}
	f.Fields = append(f.Fields,
		ui.Field{ID: "source", Name: "source", Label: "Where it is from", Type: "text", Autocomplete: "off",
			Value: r.typed.Get("source"), MaxLength: maxSource, Error: r.problems["source"],
			Help: "Such as a contract, a quote or a measurement."},
		ui.Field{ID: "as_of", Name: "as_of", Label: "Of which day", Type: "date", Value: asOf,
			Error: r.problems["as_of"]})
	page := s.Shell(c, f.Title)
	page.Nav = "machines"
	return s.Render(c, status, views.FormPage(page, f))
}

// Correct keeps what the form says.
func (s *Pages) Correct(c echo.Context, a *web.Account) error {
	typed, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	r := readCorrection(typed)
	machines, _, err := s.MachinesFor(c)
	if err != nil {
		return err
	}
	if _, _, ok := rowOf(machines, r.kind, r.row); !ok || len(capacity.CorrectableFields(r.kind)) == 0 {
		return web.ErrNotFound
	}
	if r.check(string(s.Day())); len(r.problems) > 0 {
		return s.showCorrection(c, 422, r)
	}
	for _, f := range capacity.CorrectableFields(r.kind) {
		value, ok := r.values[f.Key]
		if !ok {
			continue
		}
		content := db.CorrectionContent{Kind: r.kind, RowKey: r.row, Field: f.Key, Value: value,
			Source: strings.TrimSpace(typed.Get("source")), AsOf: strings.TrimSpace(typed.Get("as_of"))}
		if _, err := s.Team(a).CorrectMachine(c.Request().Context(), a.ID, content); err != nil {
			return err
		}
	}
	return s.Said(c, r.back(), "Your team's figure is kept. The published one stands beside it.")
}

// RemoveCorrection takes a figure out of force and offers to undo it.
func (s *Pages) RemoveCorrection(c echo.Context, a *web.Account) error {
	id := c.Param("id")
	if err := s.Team(a).RemoveCorrection(c.Request().Context(), a.ID, id); err != nil {
		return err
	}
	back := web.LocalPath(c.FormValue("back"), "/machines")
	if err := s.Notify(c, ui.Notice{Text: "The published figure holds again.", Post: true,
		Action: ui.Link{Label: "Undo", URL: "/machines/corrections/" + id + "/restore"}, Name: "back",
		Value: back}); err != nil {
		return err
	}
	return web.SeeOther(c, back)
}

// RestoreCorrection brings back a figure of the team's own that was removed.
func (s *Pages) RestoreCorrection(c echo.Context, a *web.Account) error {
	if err := s.Team(a).RestoreCorrection(c.Request().Context(), a.ID, c.Param("id")); err != nil {
		return err
	}
	return s.Said(c, web.LocalPath(c.FormValue("back"), "/machines"), "Your team's figure is back.")
}

// rowOf names a row and gives what is published for its correctable fields.
func rowOf(m *capacity.Machines, kind, row string) (title string, published map[string]string, ok bool) {
	if kind == capacity.ThroughputKind {
		title, ok = measurementWords(m, row)
		return title, nil, ok
	}
	list := machineList{machines: m, state: machineState{Kind: kind}}
	list.find()
	at := slices.IndexFunc(list.all, func(l machineLine) bool { return l.key == row })
	if at < 0 {
		return "", nil, false
	}
	columns, published := list.kind().columns(), map[string]string{}
	for _, f := range capacity.CorrectableFields(kind) {
		if i := slices.IndexFunc(columns, func(c table.Column) bool { return c.Key == f.Key }); i >= 0 &&
			list.all[at].cells[i].State == table.Known {
			published[f.Key] = table.Display(columns[i].Kind, list.all[at].cells[i])
		}
	}
	for _, own := range m.Own(kind, row) {
		published[own.Field] = own.Published
	}
	return lineWords(&list.all[at]), published, true
}

// lineWords are the first texts of a line.
func lineWords(line *machineLine) string {
	var words []string
	for _, cell := range line.cells[:min(5, len(line.cells))] {
		if cell.Text != "" && !slices.Contains(words, cell.Text) {
			words = append(words, cell.Text)
		}
	}
	return strings.Join(words, ", ")
}

// measurementWords says what a measurement is of; false for a key that names no known model or accelerator.
func measurementWords(m *capacity.Machines, key string) (string, bool) {
	part := strings.Split(key, "|")
	if len(part) != 7 {
		return "", false
	}
	if _, err := m.Model(part[0]); err != nil {
		return "", false
	}
	if _, err := m.Accelerator(part[1]); err != nil {
		return "", false
	}
	for _, number := range []string{part[2], part[5], part[6]} {
		if _, err := decimal.NewFromString(number); err != nil {
			return "", false
		}
	}
	return part[0] + " on " + part[2] + " × " + part[1] + ", weights " + part[3] + ", cache " + part[4] +
		", " + part[5] + " tokens in and " + part[6] + " out", true
}

// back is the page that the form was opened from, else the row's table.
func (r *correction) back() string {
	return web.LocalPath(r.typed.Get("back"), "/machines?table="+r.kind)
}

// maxSource bounds the text of a source, in characters.
const maxSource = 500
