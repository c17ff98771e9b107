package lockin

import (
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/cells"
	"headroom/app/web"
	"headroom/pricing/lockin"
	"headroom/views"
	"headroom/views/table"
)

// calendar are the deadlines and today, in order.
func (p *assessed) calendar() []views.CalendarDay {
	var list []views.CalendarDay
	today := views.CalendarDay{Date: cells.DayWords(p.day), Day: p.day, Title: "Today",
		Detail: "prices of " + cells.DayWords(string(p.Prices.AsOf)), Now: true}
	said := false
	for _, d := range p.Deadlines() {
		if !said && !d.Passed {
			list, said = append(list, today), true
		}
		day := views.CalendarDay{ID: d.ID, Date: cells.DayWords(string(d.Day)), Day: string(d.Day), Title: d.Title,
			Detail: d.Detail, Mark: doubtMark(d.Doubt),
			Due: d.Kind == lockin.DeadlineNotice || d.Kind == lockin.DeadlineRetirement || d.ID == "begin"}
		if d.Source != "this plan" {
			day.Source = cells.JoinWords(", ", p.Prices.Source(d.Source).Name, factDate(d.AsOf))
		}
		if d.Passed {
			day.Mark = "passed"
		}
		list = append(list, day)
	}
	if !said {
		list = append(list, today)
	}
	return list
}

// deadlinesTable is the calendar as data.
func (p *assessed) deadlinesTable() table.Table {
	t := table.Table{ID: "deadlines", Title: "Deadlines",
		Columns: []table.Column{{Key: "day", Label: "Day", Kind: table.Date}, {Key: "kind", Label: "Kind"},
			{Key: "title", Label: "Deadline"},
			{Key: "detail", Label: "Detail"}, {Key: "source", Label: "Source"}, {Key: "as_of", Label: "As of"},
			{Key: "doubt", Label: "Doubt"}}}
	for _, d := range p.Deadlines() {
		t.Rows = append(t.Rows,
			table.Row{Key: d.ID, Cells: []table.Cell{{Text: string(d.Day)}, {Text: string(d.Kind)}, {Text: d.Title},
				{Text: d.Detail}, {Text: d.Source}, {Text: d.AsOf}, {Text: d.Doubt}}})
	}
	return t
}

// Calendar sends the deadlines as iCalendar (RFC 5545).
func (s *Pages) Calendar(c echo.Context) error {
	p, err := s.readAssessed(c)
	if err != nil {
		return err
	}
	plan := cells.JoinWords("-", web.FileName(p.State.Base.ID), web.FileName(p.alternative))
	file := calendarFile(p.Plan.Name, plan, p.Deadlines(), s.Deps.Now())
	return s.SendFile(c, p.Answer, "deadlines.ics", "text/calendar; charset=utf-8", []byte(file))
}

// calendarFile writes deadlines as all-day events. A deadline keeps its UID as long as the plan, which plan identifies,
// names it, so that a calendar that reads the file again moves the event and does not add another.
func calendarFile(name, plan string, days []lockin.Deadline, now time.Time) string {
	var b strings.Builder
	line := func(property, value string) { b.WriteString(folded(property + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Headroom//lock-in deadlines//EN")
	line("CALSCALE", "GREGORIAN")
	for _, d := range days {
		line("BEGIN", "VEVENT")
		line("UID", escaped(d.ID+"."+plan+"@headroom"))
		line("DTSTAMP", now.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE", strings.ReplaceAll(string(d.Day), "-", ""))
		line("SUMMARY", escaped(d.Title))
		line("DESCRIPTION",
			escaped(cells.JoinWords("\n", d.Detail, "Plan: "+name,
				"Source: "+cells.JoinWords(", ", d.Source, d.AsOf, d.Doubt))))
		line("CATEGORIES", escaped(string(d.Kind)))
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.String()
}

// escaped is a text as RFC 5545 (3.3.11) wants it; other control characters have no place in one.
func escaped(text string) string {
	text = strings.NewReplacer("\\", `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`).Replace(text)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// folded breaks a content line after at most 75 octets, never inside a character (3.1).
func folded(line string) string {
	var b strings.Builder
	octets := 0
	for _, r := range line {
		size := len(string(r))
		if octets+size > 75 {
			b.WriteString("\r\n ")
			octets = 1
		}
		b.WriteRune(r)
		octets += size
	}
	b.WriteString("\r\n")
	return b.String()
}
