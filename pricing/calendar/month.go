// Package calendar is the two types of time that plans, prices and rules know: a Month and a Day. It knows no clock:
// the day is given to whoever needs it.
package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Month counts calendar months: 12 x year + (month - 1). The zero Month is not a month of any plan.
type Month int

// ErrMonth says that a text is not a month.
var ErrMonth = errors.New(`want a month such as "2027-01", from 1900-01 to 2999-12`)

// ParseMonth reads "YYYY-MM", or returns an error that wraps ErrMonth.
func ParseMonth(text string) (Month, error) {
	if len(text) != 7 || text[4] != '-' {
		return 0, fmt.Errorf("%q: %w", text, ErrMonth)
	}
	year, errYear := strconv.ParseUint(text[:4], 10, 16)
	month, errMonth := strconv.ParseUint(text[5:], 10, 8)
	if errYear != nil || errMonth != nil || year < 1900 || year > 2999 || month < 1 || month > 12 {
		return 0, fmt.Errorf("%q: %w", text, ErrMonth)
	}
	return Month(int(year)*12 + int(month) - 1), nil
}

// String is "YYYY-MM".
func (m Month) String() string { return string(m.appendTo(nil)) }

// appendTo appends "YYYY-MM". Every price of every month asks for it, so it does without package fmt.
func (m Month) appendTo(b []byte) []byte {
	year := int(m) / 12
	b = appendTwoDigits(b, year/100)
	b = appendTwoDigits(b, year%100)
	return appendTwoDigits(append(b, '-'), int(m)%12+1)
}

// appendTwoDigits appends n, 0 to 99.
func appendTwoDigits(b []byte, n int) []byte { return append(b, byte('0'+n/10%10), byte('0'+n%10)) }

// MarshalText is "YYYY-MM".
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads "YYYY-MM".
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMonth(string(text))
	return err
}

// MonthOf is the month of an instant in UTC.
func MonthOf(t time.Time) Month { return Month(t.UTC().Year()*12 + int(t.UTC().Month()) - 1) }

// Date is the year and the month of it, for words and for package time.
func (m Month) Date() (year int, month time.Month) { return int(m) / 12, time.Month(int(m)%12 + 1) }

// Start is the beginning of the month in UTC.
func (m Month) Start() time.Time {
	year, month := m.Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// Season is the calendar month as an index: 0 is January.
func (m Month) Season() int { return int(m) % 12 }

// Days is the length of the calendar month.
func (m Month) Days() int {
	return time.Date(int(m)/12, time.Month(int(m)%12+2), 0, 0, 0, 0, 0, time.UTC).Day()
}

// LastDay is the last day of the month as "2006-01-02".
func (m Month) LastDay() string {
	return string(appendTwoDigits(append(m.appendTo(make([]byte, 0, len("2006-01-02"))), '-'), m.Days()))
}

// DayCount says how many days a month has.
type DayCount int8

const (
	Actual   DayCount = iota // days of the calendar month
	Thirty                   // 30
	Hours730                 // 365/12, so that a month has 730 hours
)

// Days is the length of month m in days under the day count.
func (c DayCount) Days(m Month) float64 {
	switch c {
	case Thirty:
		return 30
	case Hours730:
		return 365.0 / 12
	default:
		return float64(m.Days())
	}
}
