package form

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"headroom/app/typed"
	"headroom/pricing/document"
	"headroom/pricing/words"
)

// step is one row of a schedule, in the field's unit.
type step struct {
	from  string // "" for a figure without a month
	value decimal.Decimal
}

var fromMonth = regexp.MustCompile(`(?i)^(.*?)\s*,?\s*\bfrom\s+(.+)$`)

// writeSchedule reads "180k" or "180k; 300k from 2028-01".
func (s Spec) writeSchedule(d Document, text string) error {
	steps, err := s.parseSteps(d, text)
	if err != nil {
		return err
	}
	if current, ok := s.steps(d); ok && sameSteps(current, steps, d.Text("start")) {
		return nil
	} else if standard, has := s.standard(); !ok && has && sameSteps([]step{{value: standard}}, steps, "") {
		return nil
	}
	if len(steps) == 1 && steps[0].from == "" {
		d.Set(number(steps[0].value), s.Keys...)
		return nil
	}
	rows := make([]any, len(steps))
	for i, st := range steps {
		if st.from == "" {
			st.from = d.Text("start")
		}
		rows[i] = map[string]any{"from": st.from, "value": number(st.value)}
	}
	d.Set(rows, s.Keys...)
	return nil
}

func (s Spec) parseSteps(d Document, text string) ([]step, error) {
	var steps []step
	for i, part := range strings.Split(text, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		var st step
		if m := fromMonth.FindStringSubmatch(part); m != nil {
			month, err := parseMonth(strings.TrimSpace(m[2]))
			if err != nil {
				return nil, err
			}
			st.from, part = month, m[1]
		} else if i > 0 {
			return nil, fmt.Errorf("“%s” needs the month it begins, such as %s from 2028-01", part, part)
		}
		q, err := s.quantity(d, part)
		if err != nil {
			return nil, err
		}
		if q.Range {
			return nil, errors.New("this field takes figures, not ranges")
		}
		st.value = q.Value
		if n := len(steps); n > 0 && st.from <= steps[n-1].from {
			return nil, errors.New("the months go upwards, each once")
		}
		steps = append(steps, st)
	}
	if len(steps) == 0 {
		return nil, typed.ErrEmpty
	}
	return steps, nil
}

// steps is the schedule in the document.
func (s Spec) steps(d Document) ([]step, bool) {
	if value, ok := d.Decimal(s.Keys...); ok {
		return []step{{value: value}}, true
	}
	rows, ok := d.list(s.Keys...)
	if !ok {
		return nil, false
	}
	var steps []step
	for _, row := range rows {
		value, ok := toDecimal(row.Member("value"))
		if !ok {
			return nil, false
		}
		steps = append(steps, step{row.Member("from").Text(), value})
	}
	return steps, len(steps) > 0
}

// sameSteps compares schedules; a figure without a month begins with the plan.
func sameSteps(a, b []step, start string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		sameFrom := a[i].from == b[i].from || len(a) > 1 && withStart(a[i].from, start) == withStart(
			b[i].from, start) ||
			b[i].from == "" && a[i].from <= start
		if !sameFrom || !a[i].value.Equal(b[i].value) {
			return false
		}
	}
	return true
}

func withStart(from, start string) string {
	if from == "" {
		return start
	}
	return from
}

// stepsText writes a schedule as it is typed.
func (s Spec) stepsText(d Document, write func(decimal.Decimal) string) string {
	steps, _ := s.steps(d)
	start := d.Text("start")
	parts := make([]string, len(steps))
	for i, st := range steps {
		parts[i] = write(st.value)
		if st.from != "" && (i > 0 || st.from > start) {
			parts[i] += " from " + st.from
		}
	}
	return strings.Join(parts, "; ")
}

// monthName is "Jan 2027" for "2027-01".
func monthName(month string) string {
	day, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return words.ShortMonth(day.Year(), day.Month())
}

// writeSeries reads "100; 200; 300".
func (s Spec) writeSeries(d Document, text string) error {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' })
	var items []*document.Value
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		q, err := s.quantity(d, part)
		if err != nil {
			return err
		}
		if q.Range {
			return errors.New("this field takes figures, not ranges")
		}
		items = append(items, number(q.Value))
	}
	if len(items) == 0 {
		return typed.ErrEmpty
	}
	if s.seriesText(d) != seriesText(items) {
		d.Set(items, s.Keys...)
	}
	return nil
}

func (s Spec) seriesText(d Document) string {
	items, _ := d.list(s.Keys...)
	return seriesText(items)
}

func seriesText(items []*document.Value) string {
	parts := make([]string, 0, len(items))
	for _, item := range items {
		if value, ok := toDecimal(item); ok {
			parts = append(parts, typed.Group(value))
		}
	}
	return strings.Join(parts, "; ")
}

// writeTiers reads "up to 1,000: 1; up to 5,000: 0.9; above: 0.8".
func (s Spec) writeTiers(d Document, text string) error {
	var tiers []*document.Value
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		tier, err := s.parseTier(d, part)
		if err != nil {
			return err
		}
		tiers = append(tiers, document.Of(tier))
	}
	if len(tiers) == 0 {
		return typed.ErrEmpty
	}
	if current, _ := d.list(s.Keys...); tiersText(current) != tiersText(tiers) {
		d.Set(tiers, s.Keys...)
	}
	return nil
}

func (s Spec) parseTier(d Document, part string) (map[string]any, error) {
	bound, factor, ok := strings.Cut(part, ":")
	if !ok {
		return nil, fmt.Errorf("“%s” is not a tier: write it like up to 1,000: 0.9", part)
	}
	q, err := s.quantity(d, factor)
	if err != nil {
		return nil, err
	}
	tier := map[string]any{"multiplier": number(q.Value)}
	bound = strings.TrimSpace(strings.ToLower(bound))
	if bound == "above" {
		return tier, nil
	}
	upTo, err := typed.ParseQuantity(strings.TrimPrefix(bound, "up to "))
	if err != nil {
		return nil, err
	}
	tier["up_to_mtok"] = number(upTo.Value)
	return tier, nil
}

func tiersText(tiers []*document.Value) string {
	parts := make([]string, 0, len(tiers))
	for _, tier := range tiers {
		bound := "above"
		if upTo, ok := toDecimal(tier.Member("up_to_mtok")); ok {
			bound = "up to " + typed.Group(upTo)
		}
		factor, _ := toDecimal(tier.Member("multiplier"))
		parts = append(parts, bound+": "+typed.Group(factor))
	}
	return strings.Join(parts, "; ")
}
