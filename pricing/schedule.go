package pricing

import (
	"encoding/json"
	"slices"

	"headroom/pricing/calendar"
)

// Schedule is a step function of the month: one number, or rows of which the last with From <= the month counts. The
// zero Schedule was not stated.
type Schedule struct {
	Constant Number
	Steps    []ScheduleRow // ascending From, each month once
}

// ScheduleRow is one row of a schedule.
type ScheduleRow struct {
	From  calendar.Month `json:"from"`
	Value Number         `json:"value"`
}

// Constant is a schedule of one number.
func Constant(n Number) Schedule { return Schedule{Constant: n} }

// IsZero reports whether the schedule was not stated.
func (s Schedule) IsZero() bool { return s.Constant.IsZero() && len(s.Steps) == 0 }

// With adds a row that begins in from, where the value changes; from is after the rows that there are.
func (s Schedule) With(from calendar.Month, value float64) Schedule {
	if n := NumberOf(value); len(s.Steps) == 0 || !s.Steps[len(s.Steps)-1].Value.Equal(n) {
		s.Steps = append(s.Steps, ScheduleRow{From: from, Value: n})
	}
	return s
}

// At is the value in force in month m; false before the first row, and for a schedule that was not stated.
func (s Schedule) At(m calendar.Month) (float64, bool) {
	if !s.Constant.IsZero() {
		return s.Constant.Float(), true
	}
	later, _ := slices.BinarySearchFunc(s.Steps, m+1,
		func(row ScheduleRow, m calendar.Month) int { return int(row.From - m) })
	if later == 0 {
		return 0, false
	}
	return s.Steps[later-1].Value.Float(), true
}

// Or is the value in force in month m, or standard where there is none.
func (s Schedule) Or(m calendar.Month, standard float64) float64 {
	if v, ok := s.At(m); ok {
		return v
	}
	return standard
}

// MarshalJSON is the number, or the rows.
func (s Schedule) MarshalJSON() ([]byte, error) {
	if !s.Constant.IsZero() {
		return json.Marshal(s.Constant)
	}
	return json.Marshal(s.Steps)
}
