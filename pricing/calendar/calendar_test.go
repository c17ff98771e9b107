package calendar

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestMonths(t *testing.T) {
	for _, tc := range []struct {
		text   string
		days   int
		season int
		last   string
	}{{"2027-01", 31, 0, "2027-01-31"}, {"2028-02", 29, 1, "2028-02-29"}, {"2027-02", 28, 1, "2027-02-28"},
		{"2100-02", 28, 1, "2100-02-28"}, {"2027-12", 31, 11, "2027-12-31"}} {
		m, err := ParseMonth(tc.text)
		if err != nil || m.String() != tc.text || m.Days() != tc.days || m.Season() != tc.season ||
			m.LastDay() != tc.last {
			t.Errorf("%s: %v %d days, season %d, last day %s, %v", tc.text, m, m.Days(), m.Season(), m.LastDay(), err)
		}
	}
	if december, _ := ParseMonth("2027-12"); (december + 1).String() != "2028-01" {
		t.Errorf("the month after December 2027 is %s", december+1)
	}
	for _, text := range []string{"", "2027", "2027-13", "2027-00", "27-01", "2027-1", "2027/01", "+027-01",
		"1899-12", "3000-01"} {
		if m, err := ParseMonth(text); err == nil {
			t.Errorf("%q was read as %s", text, m)
		}
	}
}

func TestDayCounts(t *testing.T) {
	january, _ := ParseMonth("2027-01")
	for count, want := range map[DayCount]float64{Actual: 31, Thirty: 30, Hours730: 730.0 / 24} {
		if got := count.Days(january); math.Abs(got-want) > 1e-9 {
			t.Errorf("day count %d: %v days, want %v", count, got, want)
		}
	}
}

func FuzzParseMonth(f *testing.F) {
	for _, seed := range []string{"2027-01", "1900-12", "2999-01", "2027-1", "-", "٢٠٢٧-٠١"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMonth(text)
		if err == nil && m.String() != text {
			t.Fatalf("%q was read as %s", text, m)
		}
		if err != nil && !strings.Contains(err.Error(), "want a month") {
			t.Fatalf("the error does not say what is right: %v", err)
		}
	})
}

func TestDays(t *testing.T) {
	for text, want := range map[string]bool{
		"2027-01-31": true, "2028-02-29": true, "2027-02-29": false, "2027-1-3": false, "": false, "2027-01-31 ": false,
	} {
		day, err := ParseDay(text)
		if (err == nil) != want || want && string(day) != text {
			t.Errorf("%q was read as %q, %v", text, day, err)
		}
		if _, known := Day(text).Time(); known != want {
			t.Errorf("%q has a beginning: %t", text, known)
		}
	}
}

func TestADayAndAMonthAreThoseInUTC(t *testing.T) {
	late := time.Date(2026, 12, 31, 23, 30, 0, 0, time.FixedZone("west", -2*60*60))
	if day := DayOf(late); day != "2027-01-01" {
		t.Errorf("the day is %s", day)
	}
	if month := MonthOf(late); month.String() != "2027-01" ||
		!month.Start().Equal(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("the month is %s", month)
	}
	if year, month := MonthOf(late).Date(); year != 2027 || month != time.January {
		t.Errorf("the month is %d-%d", year, month)
	}
}
