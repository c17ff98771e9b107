package app

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"headroom/pricing/catalog"
)

// A browser drops the answer that it no longer needs when its reader types on: that is no error of ours.
func TestAReaderWhoLeftIsNoErrorInTheLog(t *testing.T) {
	var log strings.Builder
	site := plannerSite(t)
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	server := New(Deps{Store: site.store, Catalog: shipped, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(&log, nil)), Config: DefaultConfig()})
	gone, leave := context.WithCancel(t.Context())
	leave()
	server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, http.MethodGet, "/", nil))
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log:\n%s", log.String())
	}
	server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/nowhere", nil))
	if !strings.Contains(log.String(), "status=404") {
		t.Errorf("a request that was answered is not in the log:\n%s", log.String())
	}
}

func TestAWrongMethodIsToldTheRightOnes(t *testing.T) {
	s := plannerSite(t)
	tests := []struct{ name, method, path, allow string }{
		{"the API is posted to", "GET", "/api/v1/evaluate", "POST"},
		{"the API deletes nothing", "DELETE", "/api/v1/cost", "POST"},
		{"a page is not put", "PUT", "/prices", "GET"},
		{"an address of a form is not opened", "GET", "/plans/1/rename", "POST"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answer := s.browser().send(tt.method, tt.path, nil).is(http.StatusMethodNotAllowed)
			if got := answer.header.Get("Allow"); !strings.Contains(got, tt.allow) || strings.Contains(got, tt.method) {
				t.Errorf("Allow is %q, want %s and not %s", got, tt.allow, tt.method)
			}
			wantType := "text/html"
			if strings.HasPrefix(tt.path, "/api/") {
				wantType = "application/problem+json"
			}
			if got := answer.header.Get("Content-Type"); !strings.HasPrefix(got, wantType) {
				t.Errorf("content type %q, want %s", got, wantType)
			}
		})
	}
}

func TestTooManyRequestsAreToldWhenToComeBack(t *testing.T) {
	s := plannerSite(t)
	tests := []struct {
		name      string
		send      func() *reply
		tries     int
		min, most int // seconds
	}{
		{"the API, also at an address that is not there", func() *reply { return s.browser().post("/api/v1/nothing") }, 1000, 1, 1},
		{"sign-in", func() *reply { return s.browser().post("/sign-in", "email", "a@example.org", "password", "x") }, 12, 10, 12},
		{"new accounts", func() *reply { return s.browser().post("/sign-up", "name", "") }, 22, 170, 180},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answer := tt.send()
			for n := 1; n < tt.tries && answer.status != http.StatusTooManyRequests; n++ {
				answer = tt.send()
			}
			answer.is(http.StatusTooManyRequests)
			seconds, err := strconv.Atoi(answer.header.Get("Retry-After"))
			if err != nil || seconds < tt.min || seconds > tt.most {
				t.Errorf("Retry-After is %q, want %d to %d seconds", answer.header.Get("Retry-After"), tt.min, tt.most)
			}
		})
	}
}

func TestAVisitorWhoseAddressIsUnknownStaysSignedIn(t *testing.T) {
	newSite(t).member("Ada").get("/nowhere").is(http.StatusNotFound).says(".avatar", "A")
}

func TestEveryErrorPageHasOneSentenceAndTheWaysOn(t *testing.T) {
	s := newSite(t)
	member := s.member("Ada")
	tests := []struct {
		name, path, from string
		by               *browser
		want             map[string]string // of the buttons
	}{
		{"a visitor may have to sign in to see it, and comes back then", "/plan-42", "", s.browser(),
			map[string]string{"Back to your plan": "/", "See the prices": "/prices", "Sign in": "/sign-in?next=%2Fplan-42"}},
		{"the plan is in the address that the reader came from", "/nowhere", "/?from=chatbot&d=%7B%22months%22%3A12%7D", s.browser(),
			map[string]string{"Back to your plan": "/?from=chatbot&d=%7B%22months%22%3A12%7D"}},
		{"another site is no way back", "/nowhere", "https://elsewhere.example/?from=chatbot", s.browser(),
			map[string]string{"Back to your plan": "/"}},
		{"who is signed in is not asked to", "/plans/none", "/plans/other", member, map[string]string{"Back to your plan": "/plans/other", "Sign in": ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.HasPrefix(tt.from, "/") {
				tt.from = s.server.URL + tt.from
			}
			tt.by.header.Set("Referer", tt.from)
			answer := tt.by.get(tt.path).is(http.StatusNotFound).says(".problem .src", "404 · request")
			got := map[string]string{}
			answer.page.Find(".problem .btn").Each(func(_ int, b *goquery.Selection) { got[strings.TrimSpace(b.Text())] = b.AttrOr("href", "") })
			for label, url := range tt.want {
				if got[label] != url {
					t.Errorf("%q leads to %q, want %q", label, got[label], url)
				}
			}
		})
	}
	if first := s.browser().get("/prices/models/none/none").is(404).page.Find(".problem .btn").First().Text(); strings.TrimSpace(first) != "See the prices" {
		t.Errorf("among the prices the first way on is %q", first)
	}
}
