package lockin

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"headroom/pricing/calendar"
	"headroom/pricing/lockin"
)

func TestACalendarIsReadBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("abn ,;:\\\"ö€😀\n"))).Draw(t, "text")
		days := []lockin.Deadline{{ID: "one", Day: calendar.Day("2027-01-12"), Kind: lockin.DeadlineLaw,
			Title: "T" + text, Detail: "D" + text, Source: "S"},
			{ID: "two", Day: "2028-02-29", Kind: lockin.DeadlineExit, Title: "x", Detail: "y", Source: "z",
				AsOf: "2026-11-01"}}
		got := events(t, calendarFile("plan", "chatbot-azure", days, time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)))
		if len(got) != 2 || got[0]["SUMMARY"] != "T"+text || got[0]["DESCRIPTION"] != "D"+text+
			"\nPlan: plan\nSource: S" || got[0]["UID"] != "one.chatbot-azure@headroom" ||
			got[1]["DTSTART"] != "20280229" || got[1]["DTSTAMP"] != "20261124T120000Z" {
			t.Fatalf("%q", got)
		}
	})
}

// events reads a calendar strictly and shares nothing with the writer.
func events(t interface{ Fatalf(string, ...any) }, file string) []map[string]string {
	lines := strings.Split(strings.ReplaceAll(file, "\r\n ", ""), "\r\n")
	for _, line := range strings.Split(file, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Fatalf("%d octets: %q", len(line), line)
		}
	}
	var list []map[string]string
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok && line != "" {
			t.Fatalf("no property: %q", line)
		}
		switch {
		case line == "BEGIN:VEVENT":
			list = append(list, map[string]string{})
		case len(list) > 0 && !strings.HasPrefix(line, "END:"):
			name, _, _ = strings.Cut(name, ";")
			if bare := regexp.MustCompile(`\\[\\;,n]`).ReplaceAllString(value, ""); strings.ContainsAny(bare, `\;,`) {
				t.Fatalf("not escaped: %q", value)
			}
			list[len(list)-1][name] = regexp.MustCompile(`\\(.)`).ReplaceAllStringFunc(value,
				func(s string) string { return map[string]string{`\n`: "\n"}[s] + strings.TrimPrefix(s[1:], "n") })
		}
	}
	return list
}
