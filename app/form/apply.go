package form

import (
	"encoding/json"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"headroom/pricing/catalog"
)

// FieldError is a message beside a field.
type FieldError struct{ Name, Label, Message string }

// Outcome is a form read into a plan.
type Outcome struct {
	Document Document // the base with every text that could be read
	Errors   []FieldError
	Typed    map[string]string // the texts as typed, by field name, to show them again
}

// Apply reads a posted form into a copy of base. Fields that were not posted stay as they are; a text that cannot be
// read leaves its field as it was and adds an error.
func Apply(base Document, posted url.Values, prices *catalog.Snapshot) Outcome {
	out := Outcome{Document: base.Clone(), Typed: map[string]string{}}
	for _, spec := range append(AllSpecs(base), QualitySpecs(base, prices)...) {
		out.field(spec, base, posted)
	}
	for _, id := range base.Names("workloads") {
		out.routes(RoutesOf(base, prices, id), posted, prices)
	}
	for i := range base.Len("alternatives") {
		out.alternative(i, posted, prices)
	}
	out.newCurves(base)
	out.Document.dropEmptyRows()
	dropEmptyPrices(out.Document)
	tidyRows(out.Document)
	forgetLostRanges(out.Document)
	return out
}

// field reads one text. The text that the field showed changes nothing: a range keeps its middle, a file its digits.
func (o *Outcome) field(spec Spec, base Document, posted url.Values) {
	values, ok := posted[spec.Name()]
	if !ok || len(values) == 0 {
		return
	}
	o.Typed[spec.Name()] = values[0]
	if values[0] != "" && values[0] == spec.Read(base) {
		return
	}
	if err := spec.Write(o.Document, values[0]); err != nil {
		o.fail(spec.Name(), spec.Label, err)
	}
}

func (o *Outcome) fail(name, label string, err error) {
	o.Errors = append(o.Errors, FieldError{Name: name, Label: label, Message: Sentence(err.Error())})
}

// Sentence begins a message with a capital and ends it with a point.
func Sentence(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
		text += "."
	}
	return text
}

// newCurves gives a segment whose curve was changed the parameters of its new curve: the users at the start stay, the
// rest begins with defaults that the person sees and can change.
func (o *Outcome) newCurves(base Document) {
	for _, id := range base.Names("segments") {
		keys := []string{"segments", id, "users"}
		old, chosen := base.Text(append(keys, "curve")...), o.Document.Text(append(keys, "curve")...)
		if old != chosen {
			o.Document.Set(curveDefaults(o.Document, keys, chosen), keys...)
		}
	}
}

func curveDefaults(d Document, keys []string, curve string) map[string]any {
	start, ok := d.Decimal(append(keys, "start")...)
	if !ok || !start.IsPositive() {
		start = decimal.NewFromInt(1000)
	}
	ten := start.Mul(decimal.NewFromInt(10))
	users := map[string]any{"curve": curve, "start": number(start)}
	switch curve {
	case "exponential":
		users["monthly_growth"] = json.Number("0.06")
	case "logistic":
		users["ceiling"], users["rate"] = number(ten), json.Number("0.15")
	case "bass":
		users["market"], users["innovation"], users["imitation"] = number(ten), json.Number("0.0025"),
			json.Number("0.0317")
	case "table":
		months, _ := d.Decimal("months")
		values := make([]any, min(120, max(1, months.IntPart())))
		for i := range values {
			values[i] = number(start)
		}
		return map[string]any{"curve": curve, "values": values}
	}
	return users
}

// dropEmptyPrices gives own price rows without a month the plan's first one, and removes rows that state no price.
func dropEmptyPrices(d Document) {
	for _, id := range d.Names("offers") {
		rows, ok := d.list("offers", id, "prices")
		if !ok || len(rows) == 0 {
			continue
		}
		kept, changed := rows[:0:0], false
		for _, row := range rows {
			dated := row.Member("from") != nil
			if len(row.Members()) == 0 || dated && len(row.Members()) == 1 {
				continue
			} else if !dated {
				row = row.With("from", d.Text("start"))
				changed = true
			}
			kept = append(kept, row)
		}
		if len(kept) == 0 {
			d.Delete("offers", id, "prices")
		} else if changed || len(kept) != len(rows) {
			d.Set(kept, "offers", id, "prices")
		}
	}
}

// Note adds the error of an action beside a field; nil adds nothing.
func (o *Outcome) Note(name, label string, err error) {
	if err != nil {
		o.fail(name, label, err)
	}
}
