package form

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"headroom/app/typed"
	"headroom/pricing/document"
	"headroom/pricing/limit"
)

// yesNo are the choices of a Flag.
func yesNo() []Option { return []Option{{"no", "no"}, {"yes", "yes"}} }

// readOther is the text of the kinds that are neither a figure nor a schedule; false for all others.
func (s Spec) readOther(d Document) (string, bool) {
	switch s.Kind {
	case Flag:
		if v, _ := d.Get(s.Keys...); v.IsTrue() {
			return "yes", true
		}
		return "no", true
	case Answer:
		return s.answerText(d), true
	case Day:
		return d.Text(s.Keys...), true
	case List:
		if s.none(d) {
			return "none", true
		}
		return strings.Join(d.texts(s.Keys...), ", "), true
	case Inflows:
		return s.inflowsText(d), true
	case Enforcement:
		return enforcementOf(d), true
	}
	return "", false
}

// writeOther reads the text of these kinds; false for all others. A text that means what the document says changes
// nothing.
func (s Spec) writeOther(d Document, text string) (bool, error) {
	if !slices.Contains([]Kind{Flag, List, Inflows, Enforcement, Answer, Day}, s.Kind) {
		return false, nil
	}
	if was, _ := s.readOther(d); was == text {
		return true, nil
	}
	switch s.Kind {
	case Flag:
		return true, s.writeFlag(d, text)
	case Answer:
		return true, s.writeAnswer(d, text)
	case Day:
		return true, s.writeDay(d, text)
	case List:
		return true, s.writeList(d, text)
	case Inflows:
		return true, s.writeInflows(d, text)
	}
	return true, writeEnforcement(d, text)
}

func (s Spec) writeFlag(d Document, text string) error {
	switch text {
	case "yes":
		d.Set(true, s.Keys...)
	case "no":
		d.Delete(s.Keys...)
	default:
		return errors.New("choose yes or no")
	}
	return nil
}

// writeList reads names between commas.
func (s Spec) writeList(d Document, text string) error {
	if len(text) > typed.MaxText {
		return fmt.Errorf("this is longer than %d characters", typed.MaxText)
	}
	if strings.EqualFold(text, "none") && len(s.Options) > 0 {
		d.Set([]any{}, s.Keys...)
		return nil
	}
	var items []any
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			items = append(items, name)
		}
	}
	if len(items) == 0 {
		d.Delete(s.Keys...)
		return nil
	}
	d.Set(items, s.Keys...)
	return nil
}

// texts are the strings of the list at keys.
func (d Document) texts(keys ...string) []string {
	items, _ := d.list(keys...)
	var list []string
	for _, item := range items {
		if item.Kind() == document.String {
			list = append(list, item.Text())
		}
	}
	return list
}

var inMonth = regexp.MustCompile(`(?i)^(.*?)\s*,?\s*\b(?:in|from)\s+(.+)$`)

// writeInflows reads "500k in 2027-06; 1M in 2028-01": each is money of exactly one month.
func (s Spec) writeInflows(d Document, text string) error {
	var rows []any
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		m := inMonth.FindStringSubmatch(part)
		if m == nil {
			return fmt.Errorf("“%s” needs its month, such as %s in 2027-06", part, part)
		}
		month, err := parseMonth(strings.TrimSpace(m[2]))
		if err != nil {
			return err
		}
		q, err := s.quantity(d, m[1])
		if err != nil {
			return err
		}
		if q.Range {
			return errors.New("this field takes figures, not ranges")
		}
		rows = append(rows, map[string]any{"from": month, "value": number(q.Value)})
	}
	if len(rows) == 0 {
		return typed.ErrEmpty
	}
	d.Set(rows, s.Keys...)
	return nil
}

func (s Spec) inflowsText(d Document) string {
	rows, _ := d.list(s.Keys...)
	var parts []string
	for _, row := range rows {
		if value, ok := toDecimal(row.Member("value")); ok {
			parts = append(parts, s.figure(value)+" in "+row.Member("from").Text())
		}
	}
	return strings.Join(parts, "; ")
}

// enforcements are the choices of which limits hold users back; "custom" is a list that only a file states.
func enforcements(d Document) []Option {
	options := []Option{
		{"usual", "all but margin and cash"}, {"margin", "all but cash"}, {"cash", "all but margin"},
		{"all", "all"}, {"none", "none: warn only"},
	}
	if enforcementOf(d) == "custom" {
		options = append(options, Option{"custom", "those that the file lists"})
	}
	return options
}

// enforced is the list of kinds of a choice: those that hold users back by default, all or none, or the default ones
// and the one that the choice is called after.
func enforced(choice string) []string {
	return slices.DeleteFunc(limit.Enforceable(), func(id string) bool {
		kind, _ := limit.ParseKind(id)
		return choice == "none" || choice != "all" && !kind.HoldsByDefault() && choice != id
	})
}

func enforcementOf(d Document) string {
	if _, stated := d.Get("finance", "enforce"); !stated {
		return "usual"
	}
	stated := d.texts("finance", "enforce")
	slices.Sort(stated)
	for _, choice := range []string{"margin", "cash", "all", "none", "usual"} {
		kinds := enforced(choice)
		slices.Sort(kinds)
		if slices.Equal(kinds, stated) {
			return choice
		}
	}
	return "custom"
}

func writeEnforcement(d Document, choice string) error {
	switch choice {
	case "usual":
		d.Delete("finance", "enforce")
		return nil
	case "margin", "cash", "all", "none":
		kinds := []any{}
		for _, kind := range enforced(choice) {
			kinds = append(kinds, kind)
		}
		d.Set(kinds, "finance", "enforce")
		return nil
	}
	return errors.New("choose one of the list")
}
