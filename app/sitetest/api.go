package sitetest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
)

// VectorPlan is the plan of a worked example.
func VectorPlan(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../pricing/testdata/vectors/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var vector struct{ Plan json.RawMessage }
	if err := json.Unmarshal(text, &vector); err != nil {
		t.Fatal(err)
	}
	return string(vector.Plan)
}

// Call posts to the API without a cookie, as a script would, and gives the answer.
func (s *Site) Call(path, contentType, body string) (*http.Response, string) {
	s.T.Helper()
	request, err := http.NewRequestWithContext(s.T.Context(), http.MethodPost, s.Server.URL+path,
		strings.NewReader(body))
	if err != nil {
		s.T.Fatal(err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.T.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		s.T.Fatal(err)
	}
	return response, string(answer)
}

// LargePlan is a plan of one workload that all offers serve.
func LargePlan(offers, alternatives, months int) string {
	var sold, routes, others []string
	for i := range offers {
		sold = append(sold, fmt.Sprintf(`"offer-%03d":{"kind":"on_demand","provider":"p",
"prices":[{"from":"2027-01","input":1,"output":2}]}`, i))
		routes = append(routes, fmt.Sprintf(`{"offer":"offer-%03d","share":%v}`, i, 1/float64(offers)))
	}
	for i := range alternatives {
		others = append(others, fmt.Sprintf(`{"id":"a%d","patch":{"note":"%d"}}`, i, i))
	}
	return fmt.Sprintf(`{"schema":"headroom.plan/v1","start":"2027-01","months":%d,
"segments":{"all":{"users":{"curve":"exponential","start":1000,"monthly_growth":0.01},"revenue_per_user":1}},
"workloads":{"chat":{"segment":"all","requests_per_user_day":1,"input_tokens":1000,"output_tokens":100,"routes":[%s]}},
"offers":{%s},"alternatives":[%s]}`,
		months, strings.Join(routes, ","), strings.Join(sold, ","), strings.Join(others, ","))
}
