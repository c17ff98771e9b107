package app

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestBigPlansOfPagesWaitForAPlace(t *testing.T) {
	s := &Server{bigPlans: make(places, 1)}
	big, small := make([]byte, bigPlan), make([]byte, bigPlan-1)
	free, err := s.placeFor(t.Context(), big)
	if err != nil {
		t.Fatal(err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := s.placeFor(gone, big); !errors.Is(err, context.Canceled) {
		t.Errorf("a second big plan whose reader is gone got %v, want that it gives up", err)
	}
	if _, err := s.placeFor(gone, small); err != nil {
		t.Errorf("an ordinary plan got %v, want that it never waits", err)
	}
	free()
	if _, err := s.placeFor(t.Context(), big); err != nil {
		t.Errorf("after a place is free a big plan got %v", err)
	}
}

func TestAPageGivesItsPlaceBack(t *testing.T) {
	s := plannerSite(t)
	note := strings.Repeat("x", 32<<10)
	for range 2 + 1 {
		page := s.browser().post("/plan", "from", "chatbot", "d", `{"note":"`+note+`"}`)
		if page.status != http.StatusSeeOther {
			t.Fatalf("status %d, want that the plan became a draft", page.status)
		}
	}
}

func TestHeadIsAnsweredAsGet(t *testing.T) {
	s := plannerSite(t)
	for path, want := range map[string]int{"/": http.StatusOK, "/prices": http.StatusOK, "/nothing": http.StatusNotFound} {
		response, err := http.Head(s.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("HEAD %s gave %d, want %d", path, response.StatusCode, want)
		}
	}
}
