package lockin

import (
	"strings"
	"testing"
)

func TestDeadlinesOfAPlan(t *testing.T) {
	for _, c := range []struct{ name, patch, want string }{
		{"the exit itself", `{}`, "2028-01-01 exit this plan"},
		{"notice lies before it", exitPatch(`"time":{"notice_days":60}`), "2027-11-02 notice this plan"},
		{"the exit begins as long before it as it takes", exitPatch(`"time":{"notice_days":60}`),
			"2027-11-02 begin this plan"},
		{"the law, while it is ahead", `{}`, "2027-01-12 law-data-act-29 Regulation (EU) 2023/2854, Article 29"},
		{"a commitment",
			`{"commitments":[{"id":"macc","providers":["azure"],"periods":[{"from":"2027-01","months":6,"amount":1200}]}]}`, "2027-06-30 commitment-macc-1 this plan"},
		{"a reservation", `{"offers":{"one":{"lots":[{"from":"2027-01","months":3,"units":2,"price_per_month":10}]}}}`, "2027-03-31 lot-one-1 this plan"},
		{"a term that renews by itself",
			`{"offers":{"two":{"lots":[{"from":"2027-01","months":3,"units":2,"price_per_month":10}]}}}`,
			"2027-03-01 lot-two-1-renewal cloud.google.com purchase-provisioned-throughput"},
		{"a reservation that only the answers name", exitPatch(`"provisioned":[{"monthly":5,"months_left":2}]`),
			"2028-03-01 provisioned-1 this plan"},
		{"a reservation counts from the day of the exit",
			exitPatch(`"exit_date":"2027-12-31","provisioned":[{"monthly":5,"months_left":6}]`),
			"2028-06-30 provisioned-1 this plan"},
		{"GPUs",
			`{"gpu_pools":{"p":{"tokens_per_second_per_gpu":1,"lots":[{"from":"2027-01","months":2,"gpus":1,"price_per_hour":0}]}},"offers":{"one":{"kind":"gpu","gpu_pool":"p","catalog":null,"provider":"azure","lab":"openai"}}}`, "2027-02-28 pool-p-1 this plan"},
		{"a credit", `{"credits":[{"id":"grant","amount":100,"expires":"2027-04"}]}`, "2027-04-30 credit-grant this plan"},
		{"a retirement that the plan states", `{"offers":{"one":{"retires":"2027-07","successor":"two"}}}`,
			"2027-07-01 retires-one this plan"},
		{"a date on file about a seller", `{}`, "2027-02-01 fact-azure-commitment_exit-2027-02-01 " +
			"MicrosoftDocs/azure-docs exchange-and-refund-azure-reservations.md (2022-10-10 text; header " +
			"2026-07-22 seen)"},
		{"a team's own fact", `{"dependencies":{"facts":{` + sellerFact("azure", "api_sunset", "v1 closes 2027-05-05") +
			`}}}`, "2027-05-05 fact-azure-api_sunset-2027-05-05 our counsel"},
		{"a year after the exit test", `{}`, "2027-11-01 rehearsal this plan"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := assessed(t, c.patch)
			var got []string
			for _, d := range a.Deadlines() {
				got = append(got, string(d.Day)+" "+d.ID+" "+d.Source)
				if d.Title == "" || d.Detail == "" || d.Passed {
					t.Errorf("%+v", d)
				}
			}
			if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+c.want+"\n") {
				t.Errorf("no %q in\n%s", c.want, strings.Join(got, "\n"))
			}
		})
	}
}

func TestDeadlinesAreInOrderAndSayWhatHasPassed(t *testing.T) {
	a, _ := assessed(t, exitPatch(`"time":{"notice_days":600}`))
	list := a.Deadlines()
	if list[0].Day != "2026-05-11" || !list[0].Passed {
		t.Errorf("%+v", list[0])
	}
	for i := range list[1:] {
		if list[i+1].Day < list[i].Day {
			t.Errorf("%s after %s", list[i+1].Day, list[i].Day)
		}
	}
}

func TestADayThatNoCalendarHasIsSaidNotWritten(t *testing.T) {
	for _, days := range []string{"1000000000", "1e15"} {
		a, _ := assessed(t, exitPatch(`"time":{"notice_days":`+days+`}`))
		said := false
		for _, d := range a.Deadlines() {
			if len(d.Day) != len("2027-01-12") || d.ID == "notice" {
				t.Errorf("%s days: %+v", days, d)
			}
			said = said || d.ID == "exit" && strings.Contains(d.Detail, "before any calendar")
		}
		if !said {
			t.Errorf("%s days: the exit does not say why its notice has no day", days)
		}
	}
}
