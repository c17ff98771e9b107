package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"headroom/app/sitetest"
)

func TestTheAPIEvaluatesAPlan(t *testing.T) {
	s := sitetest.PlannerSite(t)
	response, answer := s.Call("/api/v1/evaluate", "application/json",
		sitetest.VectorPlan(t, "growth-01-quota-then-budget.json"))
	var result struct {
		Schema       string
		Alternatives []struct {
			Months []struct {
				ListCost float64 `json:"list_cost"`
			}
		}
	}
	if err := json.Unmarshal([]byte(answer), &result); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v: %s", response.StatusCode, err, answer)
	}
	if result.Schema != "headroom.result/v1" || len(result.Alternatives) != 1 ||
		result.Alternatives[0].Months[0].ListCost != 9672 {
		t.Errorf("result %+v, want list cost 9672 in the first month", result)
	}
}

func TestTheAPIRefusesWhatItCannotUse(t *testing.T) {
	s := sitetest.PlannerSite(t)
	tests := []struct {
		name, path, contentType, body string
		status                        int
		says                          string
	}{
		{"a field that is missing is named", "/api/v1/evaluate", "application/json", `{"schema":"headroom.plan/v1"}`,
			422, `"path":"months"`},
		{"text that is not JSON says where", "/api/v1/evaluate", "application/json", `{"schema":`, 422, "line 1"},
		{"a snapshot that is not here is named", "/api/v1/evaluate", "",
			strings.Replace(sitetest.VectorPlan(t, "growth-01-quota-then-budget.json"), `{`,
				`{"catalog_snapshot":"1999-01-01",`, 1), 422, `"path":"catalog_snapshot"`},
		{"a body over its bound", "/api/v1/evaluate", "application/json", strings.Repeat(" ", 7<<20),
			413, "at most 5 MB"},
		{"another media type", "/api/v1/evaluate", "text/csv", "a,b", 415, "Unsupported format"},
		{"an address that does not exist", "/api/v1/nothing", "application/json", "{}", 404, "Not found"},
		{"usage that is not JSON", "/api/v1/cost", "application/x-ndjson", "nonsense", 422, "line 1"},
		{"a day that is none", "/api/v1/cost?as_of=tomorrow", "application/x-ndjson", "{}", 422, "as_of"},
		{"what is no plan is not called one", "/api/v1/cost", "application/x-ndjson", "nonsense", 422,
			"The input cannot be used"},
		{"nor are machines", "/api/v1/throughput", "application/x-ndjson", "nonsense", 422, "The input cannot be used"},
		{"nor are lines to assess", "/api/v1/lockin", "application/json", `{"lines":[]}`, 422,
			"The input cannot be used"},
		{"a plan is", "/api/v1/lockin", "application/json", `{"schema":"headroom.plan/v1"}`, 422,
			"The plan cannot be used"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			response, answer := s.Call(tt.path, tt.contentType, tt.body)
			if response.StatusCode != tt.status || !strings.Contains(answer, tt.says) {
				t.Errorf("status %d, want %d with %q: %s", response.StatusCode, tt.status, tt.says, answer)
			}
			if got := response.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("content type %q, want %s", got, "application/problem+json")
			}
		})
	}
}

func TestTheAPIPricesUsageLineByLine(t *testing.T) {
	s := sitetest.PlannerSite(t)
	response, answer := s.Call("/api/v1/cost", "application/x-ndjson",
		`{"provider":"openai","model":"gpt-5.5","usage":{"input":1500,"output":400}}`+"\n"+
			`{"provider":"nobody","model":"x","usage":{}}`)
	lines := strings.Split(strings.TrimSpace(answer), "\n")
	if response.StatusCode != http.StatusOK || len(lines) != 2 ||
		!strings.Contains(lines[0], `"usd":"0.0195"`) || !strings.Contains(lines[1], `"error"`) {
		t.Errorf("status %d: %s", response.StatusCode, answer)
	}
}

func TestTheAPIIsForPagesOfOthersToo(t *testing.T) {
	s := sitetest.PlannerSite(t)
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Server.URL+"/api/v1/evaluate",
		strings.NewReader("{}"))
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusUnprocessableEntity || len(response.Cookies()) > 0 {
		t.Errorf("status %d with cookies %v, want 422 without", response.StatusCode, response.Cookies())
	}
}
