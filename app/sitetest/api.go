package sitetest

import (
	"encoding/json"
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
	request, err := http.NewRequestWithContext(s.T.Context(), http.MethodPost, s.Server.URL+path, strings.NewReader(body))
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
