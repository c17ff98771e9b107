package capacity

import (
	"strings"
	"testing"
)

func TestLeadTimesAndAssumptionsHaveASource(t *testing.T) {
	m := machines(t)
	if len(m.Leads) < 16 || len(m.Assumptions) < 5 {
		t.Errorf("%d lead times, %d assumptions", len(m.Leads), len(m.Assumptions))
	}
	for _, l := range m.Leads {
		if found, ok := m.Lead(l.Action); !ok || found != l || l.Source == "" || l.Days < 1 {
			t.Errorf("%+v is found as %+v, %v", l, found, ok)
		}
	}
	for _, a := range m.Assumptions {
		if found, ok := m.Assumed(a.Name); !ok || found != a || a.Source == "" || a.Share <= 0 || a.Share > 1 {
			t.Errorf("%+v is found as %+v, %v", a, found, ok)
		}
	}
	if _, ok := m.Lead("wait"); ok {
		t.Error("there is a lead time of nothing")
	}
	if _, ok := m.Assumed("luck"); ok {
		t.Error("there is an assumption of nothing")
	}
}

func TestAWrongLeadTimeOrShareIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"action,days,source\ngpus,0,x\n":              "leads.csv line 2: days: want more than 0",
		"action,days,source\ngpus,soon,x\n":           "days: want a whole number, not soon",
		"action,days,source\ngpus,1,\n":               "source: empty",
		"action,days,source\ngpus,1,x\ngpus,2,y\n":    `leads.csv line 3: action: "gpus" stands on line 2 already`,
		"action,source\ngpus,x\n":                     "days: no such column",
		"value,source\n0.1,x\n":                       "name: no such column",
		"name,value,source\ndiscount,1.5,x\n":         "value: want a share above 0 to 1",
		"name,value,source\ndiscount,10 %,x\n":        "value: want a number, not 10 %",
		"name,value,source\ndiscount,0.1,from where?": "",
	} {
		var err error
		if strings.HasPrefix(text, "action") {
			_, err = readTable("leads.csv", text, readLead, "action")
		} else {
			_, err = readTable("assumptions.csv", text, readAssumption, "name")
		}
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
