package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/app/typed"
	"headroom/pricing/document"
	"headroom/pricing/simulate"
)

// quantiles are the P10, P50 and P90 of a range, as the plan has them.
type quantiles struct{ low, middle, high decimal.Decimal }

// shape is the scale on which a range of this field is drawn: growth rates, shares, and positive figures.
func (s Spec) shape() simulate.Shape {
	switch {
	case s.Kind == Percent && s.Min.IsNegative():
		return simulate.Lognormal1p
	case s.Kind == Percent && s.Max.Equal(hundred):
		return simulate.Logitnormal
	}
	return simulate.Lognormal
}

// middle is the P50 of a range of which only the ends are typed: halfway on its scale, to three digits, so that both
// sides spread alike.
func (s Spec) middle(low, high decimal.Decimal) (decimal.Decimal, error) {
	value, err := s.shape().Middle(low.InexactFloat64(), high.InexactFloat64())
	if err != nil {
		return decimal.Decimal{}, err
	}
	digits := int32(3)
	for size := decimal.NewFromFloat(value).Abs(); size.GreaterThanOrEqual(decimal.NewFromInt(1)); size = size.Shift(
		-1) {
		digits--
	}
	for size := decimal.NewFromFloat(value).Abs(); size.IsPositive() &&
		size.LessThan(dec("0.1")); size = size.Shift(1) {
		digits++
	}
	if s.Whole {
		digits = min(digits, 0)
	}
	return decimal.Min(decimal.Max(decimal.NewFromFloat(value).Round(digits), low), high), nil
}

func (s Spec) inputKeys() []string { return []string{"uncertainty", "inputs", s.Name()} }

// writeRange keeps a range as quantiles; the plan's own figure becomes its middle. A range that the document has
// already changes nothing, so that it keeps the shape and the figure that it came with.
func (s Spec) writeRange(d Document, q typed.Quantity) error {
	middle, err := s.middle(q.Low, q.High)
	if q.Middle {
		middle = q.Value
		_, err = simulate.NewDistribution(s.shape(), q.Low.InexactFloat64(), middle.InexactFloat64(),
			q.High.InexactFloat64())
	}
	if err != nil {
		return s.rangeError()
	}
	if r, ok := s.storedRange(d); ok && r.low.Equal(q.Low) && r.middle.Equal(middle) && r.high.Equal(q.High) {
		return nil
	}
	if current, ok := d.Decimal(s.Keys...); !ok || !current.Equal(middle) {
		d.Set(s.stored(middle), s.Keys...)
	}
	d.Set(map[string]any{
		"distribution": string(s.shape()), "p10": number(q.Low), "p50": number(middle), "p90": number(q.High),
	}, s.inputKeys()...)
	for name, standard := range map[string]json.Number{"samples": "5000", "seed": "1"} {
		if _, ok := d.Get("uncertainty", name); !ok {
			d.Set(standard, "uncertainty", name)
		}
	}
	return nil
}

// rangeError says what a range of this field may not touch.
func (s Spec) rangeError() error {
	switch s.shape() {
	case simulate.Logitnormal:
		return errors.New("a range of a share lies between 0 and 100 % and touches neither: write 1 to 20 %")
	case simulate.Lognormal:
		return fmt.Errorf("a range begins above 0: write 0.1 to 5%s, or one figure", s.sign())
	}
	return errors.New("a range of growth begins above −100 %")
}

// forgetRange drops the range, and the whole uncertainty when no range is left.
func (s Spec) forgetRange(d Document) {
	if _, ok := d.Get(s.inputKeys()...); !ok {
		return
	}
	forgetRanges(d, func(path string) bool { return path == s.Name() })
}

// forgetLostRanges drops the ranges of figures that the plan no longer has: of another curve, a workload or an offer.
func forgetLostRanges(d Document) {
	forgetRanges(d, func(path string) bool { return !leads(d.Root(), path) })
}

func forgetRanges(d Document, lost func(path string) bool) {
	before := len(d.Names("uncertainty", "inputs"))
	for _, path := range d.Names("uncertainty", "inputs") {
		if lost(path) {
			d.Delete("uncertainty", "inputs", path)
		}
	}
	switch len(d.Names("uncertainty", "inputs")) {
	case before:
	case 0:
		d.Delete("uncertainty")
	default:
		dropCorrelations(d, lost)
	}
}

// leads reports whether a path such as "offers.a.quota.tokens_per_minute[1].value" leads anywhere below v. At each step
// the longest name that begins the rest of the path wins, as in the plan format.
func leads(v *document.Value, path string) bool {
	path = strings.TrimPrefix(path, ".")
	if path == "" {
		return v.Stated()
	}
	switch v.Kind() {
	case document.Object:
		best := ""
		for _, name := range v.Names() {
			rest, begins := strings.CutPrefix(path, name)
			if begins && len(name) > len(best) && (rest == "" || rest[0] == '.' || rest[0] == '[') {
				best = name
			}
		}
		return best != "" && leads(v.Member(best), path[len(best):])
	case document.List:
		item, rest, _ := strings.Cut(path, "]")
		i, ok := document.Index(item + "]")
		return ok && i < len(v.Items()) && leads(v.Items()[i], rest)
	}
	return false
}

// storedRange is the range that the plan has for this field.
func (s Spec) storedRange(d Document) (quantiles, bool) {
	// A page asks for some hundred fields, mostly of plans without any range.
	if _, ranged := d.Get("uncertainty", "inputs"); !ranged {
		return quantiles{}, false
	}
	low, okLow := d.Decimal(append(s.inputKeys(), "p10")...)
	middle, okMiddle := d.Decimal(append(s.inputKeys(), "p50")...)
	high, okHigh := d.Decimal(append(s.inputKeys(), "p90")...)
	return quantiles{low, middle, high}, okLow && okMiddle && okHigh
}

// renameCorrelated gives a range another path in the correlations that name it.
func renameCorrelated(d Document, from, to string) {
	list, _ := d.list("uncertainty", "correlations")
	for i, row := range list {
		for j, part := range row.Items() {
			if part.Kind() == document.String && part.Text() == from {
				d.Set(to, "uncertainty", "correlations", Item(i), Item(j))
			}
		}
	}
}

// Ends are the P10 and P90 of a field's range as the field writes them.
func (s Spec) Ends(d Document) (low, high string) {
	r, _ := s.storedRange(d)
	return s.figure(r.low), s.figure(r.high)
}

// dropCorrelations takes out the correlations that name a dropped range.
func dropCorrelations(d Document, dropped func(path string) bool) {
	list, _ := d.list("uncertainty", "correlations")
	var kept []*document.Value
	for _, item := range list {
		parts := item.Items()
		named := false
		for _, part := range parts[:min(2, len(parts))] {
			named = named || dropped(part.Text())
		}
		if !named {
			kept = append(kept, item)
		}
	}
	switch {
	case len(kept) == len(list):
	case len(kept) == 0:
		d.Delete("uncertainty", "correlations")
	default:
		d.Set(kept, "uncertainty", "correlations")
	}
}
