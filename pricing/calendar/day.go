package calendar

import (
	"errors"
	"fmt"
	"time"
)

// Day is a day "2006-01-02"; days compare as strings. "" is no day.
type Day string

// ErrDay says that a text is not a day.
var ErrDay = errors.New(`want a day such as "2027-01-31"`)

// ParseDay reads "YYYY-MM-DD" of a day that the calendar has, or returns an error that wraps ErrDay.
func ParseDay(text string) (Day, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Format(time.DateOnly) != text {
		return "", fmt.Errorf("%q: %w", text, ErrDay)
	}
	return Day(text), nil
}

// DayOf is the day of an instant in UTC.
func DayOf(t time.Time) Day { return Day(t.UTC().Format(time.DateOnly)) }

// Time is the beginning of the day in UTC, false for a text that is no day.
func (d Day) Time() (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, string(d))
	return day, err == nil
}
