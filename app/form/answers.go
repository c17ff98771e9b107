package form

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"headroom/pricing/document"
)

// SameAt reports whether two documents say the same at keys.
func (d Document) SameAt(other Document, keys ...string) bool {
	mine, _ := d.Get(keys...)
	theirs, _ := other.Get(keys...)
	return document.Equal(mine, theirs)
}

// answerText is "yes", "no", or "" when the plan does not say.
func (s Spec) answerText(d Document) string {
	switch v, _ := d.Get(s.Keys...); {
	case v.IsTrue():
		return "yes"
	case v.IsFalse():
		return "no"
	}
	return ""
}

func (s Spec) writeAnswer(d Document, text string) error {
	switch text {
	case "yes", "no":
		d.Set(text == "yes", s.Keys...)
		return nil
	}
	return errors.New("choose yes, no or not said")
}

// writeDay reads "2027-01-12", "12 Jan 2027", or one of the words that the field allows.
func (s Spec) writeDay(d Document, text string) error {
	word := strings.ToLower(text)
	if slices.ContainsFunc(s.Options, func(o Option) bool { return o.Value == word }) {
		d.Set(word, s.Keys...)
		return nil
	}
	for _, layout := range []string{time.DateOnly, "2 Jan 2006", "2 January 2006", "2006/01/02"} {
		if day, err := time.Parse(layout, text); err == nil {
			d.Set(day.Format(time.DateOnly), s.Keys...)
			return nil
		}
	}
	return fmt.Errorf("“%s” is not a day: write it like 2027-01-12", text)
}

// none reports whether a list of the plan is stated and empty, where the field has a word for that.
func (s Spec) none(d Document) bool {
	items, stated := d.list(s.Keys...)
	return stated && len(items) == 0 && len(s.Options) > 0
}
