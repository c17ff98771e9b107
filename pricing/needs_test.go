package pricing

import (
	"fmt"
	"strings"
	"testing"
)

func needsPlan(needs, facts string) string {
	return fmt.Sprintf(`{"schema":"headroom.plan/v1","start":"2027-01","months":1,"segments":{"all":{"users":{"curve":"exponential","start":100},"revenue_per_user":2}},
	  "workloads":{"w":{"segment":"all","requests_per_user_day":1,"input_tokens":1,"output_tokens":1,"needs":{%s},"routes":[{"offer":"a","share":0.25},{"offer":"b","share":0.75}]}},
	  "offers":{"a":{"kind":"on_demand","prices":[{"from":"2027-01","input":1,"output":1}]%s},"b":{"kind":"on_demand","prices":[{"from":"2027-01","input":1,"output":1}],
	    "context_tokens":1000000,"scope":"region:eu-west-1","modalities":["text","image"],"tools":true,"seconds_to_first_token":0.1,"tokens_per_second":500}}}`, needs, facts)
}

func TestNeedsPassFailOrAreUnknown(t *testing.T) {
	for _, tc := range []struct{ name, needs, facts, binding, warns string }{
		{"a large enough context passes", `"min_context_tokens":1000`, `,"context_tokens":1000`, "", ""},
		{"a small context fails", `"min_context_tokens":1000`, `,"context_tokens":999`, "context:w/a", ""},
		{"an unknown context warns and serves", `"min_context_tokens":1000`, ``, "",
			"workloads.w.needs.min_context_tokens"},
		{"a slow first token fails", `"max_seconds_to_first_token":1`, `,"seconds_to_first_token":1.5`,
			"latency:w/a", ""},
		{"slow tokens fail", `"min_tokens_per_second":50`, `,"tokens_per_second":20`, "latency:w/a", ""},
		{"unknown speed warns", `"min_tokens_per_second":50`, ``, "", "workloads.w.needs.min_tokens_per_second"},
		{"the EU data zone is in the EU", `"residency":["eu"]`, `,"scope":"datazone:eu"`, "", ""},
		{"a region in the EU is in the EU", `"residency":["eu"]`, `,"scope":"region:swedencentral"`, "", ""},
		{"London is not", `"residency":["eu"]`, `,"scope":"region:eu-west-2"`, "residency:w/a", ""},
		{"Zurich is not", `"residency":["eu"]`, `,"region":"europe-west6"`, "residency:w/a", ""},
		{"global never is", `"residency":["eu"]`, `,"scope":"global","region":"eu-west-1"`, "residency:w/a", ""},
		{"default is unknown", `"residency":["eu"]`, `,"scope":"default"`, "", "workloads.w.needs.residency"},
		{"in-region is its region", `"residency":["eu"]`, `,"scope":"in-region","region":"eu-north-1"`, "", ""},
		{"Mumbai lies in APAC", `"residency":["eu","apac"]`, `,"scope":"region:ap-south-1"`, "", ""},
		{"a region that nobody knows is unknown", `"residency":["eu"]`, `,"region":"moon-1"`, "",
			"workloads.w.needs.residency"},
		{"a missing modality fails", `"modalities":["image"]`, `,"modalities":["text"]`, "modality:w/a", ""},
		{"no tools count as modality", `"tools":true`, `,"tools":false`, "modality:w/a", ""},
		{"unknown tools warn", `"tools":true`, ``, "", "workloads.w.needs.tools"},
		{"the first that fails names the refusal", `"tools":true,"min_context_tokens":1000,"min_tokens_per_second":50`,
			`,"tools":false,"context_tokens":10,"tokens_per_second":20`, "latency:w/a", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := evaluateText(t, needsPlan(tc.needs, tc.facts)).Alternatives[0]
			m := a.Months[0]
			binding := ""
			if m.Binding != nil {
				binding = *m.Binding
			}
			if binding != tc.binding {
				t.Errorf("%q binds, want %q", binding, tc.binding)
			}
			served := 200.0
			if tc.binding != "" {
				served = 150
				if lost, _ := m.LostRevenue.Get(tc.binding); !near(float64(lost), 50) || m.Shadow != nil ||
					m.UsersServed != 100 {
					t.Errorf("lost %v, shadow %v, served %v", lost, m.Shadow, m.UsersServed)
				}
			}
			check(t, "revenue", m.Revenue, served)
			warned := ""
			for _, w := range a.Warnings {
				if strings.HasPrefix(w.Path, "workloads.w.needs") {
					warned = w.Path
				}
			}
			if warned != tc.warns {
				t.Errorf("warned at %q, want %q: %v", warned, tc.warns, a.Warnings)
			}
		})
	}
}
