package words

import "time"

const (
	daysOfWeek = 7
	weeksFrom  = 14 // days; what is less is said in days
	weeksTo    = 84 // days; what is more is said in days
)

// Month names a month of the calendar: "January 2027".
func Month(year int, month time.Month) string { return first(year, month).Format("January 2006") }

// ShortMonth names a month where room is scarce: "Jan 2027".
func ShortMonth(year int, month time.Month) string { return first(year, month).Format("Jan 2006") }

// Day names a day: "2 Jan 2026". It takes what time.Time.Date returns.
func Day(year int, month time.Month, day int) string {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format("2 Jan 2006")
}

// Days is a length of time: two to twelve whole weeks are said in weeks ("2 weeks"), all else in days ("1 day",
// "90 days").
func Days(days int) string {
	if days >= weeksFrom && days <= weeksTo && days%daysOfWeek == 0 {
		return Plural(days/daysOfWeek, "week", "weeks")
	}
	return Plural(days, "day", "days")
}

// AboutDays is a length of time that is an estimate: "about 2 weeks".
func AboutDays(days int) string { return "about " + Days(days) }

func first(year int, month time.Month) time.Time {
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}
