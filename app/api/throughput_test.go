package api_test

import (
	"net/http"
	"strings"
	"testing"

	"headroom/app/sitetest"
)

func TestTheAPIEstimatesThroughput(t *testing.T) {
	s := sitetest.PlannerSite(t)
	good := `{"model":"meta/llama-3-3-70b","accelerator":"H100","count":2,"precision":"fp8","kv_precision":"fp8","input_tokens":1000,"output_tokens":1000}`
	response, answer := s.Call("/api/v1/throughput", "application/x-ndjson", good+"\n"+`{"model":"Nobody 1B"}`)
	lines := strings.Split(strings.TrimSpace(answer), "\n")
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "application/x-ndjson" ||
		len(lines) != 2 ||
		!strings.Contains(lines[0], `"max_concurrency":268,`) || !strings.Contains(lines[0], `_range":{"low":`) ||
		!strings.Contains(lines[1], `{"error":`) {
		t.Errorf("status %d: %s", response.StatusCode, answer)
	}
	for _, refused := range []struct {
		contentType, body string
		status            int
		says              string
	}{{"application/x-ndjson", good + "\nnonsense", 422, `"path":"line 2"`}, {"text/csv", "a", 415, "Unsupported"}} {
		if response, answer := s.Call("/api/v1/throughput", refused.contentType,
			refused.body); response.StatusCode != refused.status || !strings.Contains(answer, refused.says) {
			t.Errorf("status %d, want %d with %q: %s", response.StatusCode, refused.status, refused.says, answer)
		}
	}
}
