package api_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/app/sitetest"
)

func TestTheAPIAssessesLockIn(t *testing.T) {
	s := sitetest.PlannerSite(t)
	text, err := os.ReadFile("../../pricing/lockin/testdata/lockin-02.json")
	if err != nil {
		t.Fatal(err)
	}
	var vector struct {
		Input    json.RawMessage
		Expected any
	}
	if err := json.Unmarshal(text, &vector); err != nil {
		t.Fatal(err)
	}
	response, answer := s.Call("/api/v1/lockin", "application/json", string(vector.Input))
	var got any
	if err := json.Unmarshal([]byte(answer), &got); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v: %s", response.StatusCode, err, answer)
	}
	if diff := cmp.Diff(vector.Expected, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheAPIAssessesAPlan(t *testing.T) {
	s := sitetest.PlannerSite(t)
	preset, err := os.ReadFile("../../pricing/presets/chatbot.json")
	if err != nil {
		t.Fatal(err)
	}
	response, answer := s.Call("/api/v1/lockin", "application/json", string(preset))
	var got struct {
		Alternatives []struct {
			ID         string
			Assessment struct{ Exit struct{ Seller string } }
			Rules      []struct{ Rule, Status string }
			Fired      []struct{ Rule, Severity, Evidence, Remedy string } `json:"rules_fired"`
		}
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v: %s", response.StatusCode, err, answer)
	}
	if len(got.Alternatives) == 0 || len(got.Alternatives[0].Rules) != 36 || len(got.Alternatives[0].Fired) == 0 ||
		got.Alternatives[0].Assessment.Exit.Seller != "azure" {
		t.Errorf("%+v", got)
	}
}

func TestTheAPIRefusesLockInByPath(t *testing.T) {
	s := sitetest.PlannerSite(t)
	for body, path := range map[string]string{
		`{"exit":{"seller":"a","exit_date":"soon"}}`:             "exit.exit_date",
		`{"lines":[{"id":"a","annual_spend_usd":-1}],"exit":{}}`: "lines[0].annual_spend_usd",
		`{"schema":"headroom.plan/v1"}`:                          "months",
		`{"lines":`:                                              "",
	} {
		response, answer := s.Call("/api/v1/lockin", "application/json", body)
		if response.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer, `"path":"`+path+`"`) {
			t.Errorf("%s: status %d: %s", body, response.StatusCode, answer)
		}
	}
}
