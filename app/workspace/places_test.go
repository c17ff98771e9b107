package workspace_test

import (
	"net/http"
	"strings"
	"testing"

	"headroom/app/sitetest"
)

func TestAPageGivesItsPlaceBack(t *testing.T) {
	s := sitetest.PlannerSite(t)
	note := strings.Repeat("x", 32<<10)
	for range 2 + 1 {
		page := s.Browser().Post("/plan", "from", "chatbot", "d", `{"note":"`+note+`"}`)
		if page.Status != http.StatusSeeOther {
			t.Fatalf("status %d, want that the plan became a draft", page.Status)
		}
	}
}

func TestHeadIsAnsweredAsGet(t *testing.T) {
	s := sitetest.PlannerSite(t)
	for path, want := range map[string]int{"/": http.StatusOK, "/prices": http.StatusOK,
		"/nothing": http.StatusNotFound} {
		response, err := http.Head(s.Server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("HEAD %s gave %d, want %d", path, response.StatusCode, want)
		}
	}
}
