package web_test

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

	"headroom/app"
	"headroom/app/sitetest"
	"headroom/app/web"
	"headroom/pricing/catalog"
)

// A browser drops the answer that it no longer needs when its reader types on: that is no error of ours.
func TestAReaderWhoLeftIsNoErrorInTheLog(t *testing.T) {
	var log strings.Builder
	site := sitetest.PlannerSite(t)
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	server := app.New(web.Deps{Store: site.Store, Catalog: shipped, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(&log, nil)), Config: web.DefaultConfig()})
	gone, leave := context.WithCancel(t.Context())
	leave()
	server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, http.MethodGet, "/", nil))
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log:\n%s", log.String())
	}
	server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet,
		"/nowhere", nil))
	if !strings.Contains(log.String(), "status=404") {
		t.Errorf("a request that was answered is not in the log:\n%s", log.String())
	}
}

func TestAWrongMethodIsToldTheRightOnes(t *testing.T) {
	s := sitetest.PlannerSite(t)
	tests := []struct{ name, method, path, allow string }{
		{"the API is posted to", "GET", "/api/v1/evaluate", "POST"},
		{"the API deletes nothing", "DELETE", "/api/v1/cost", "POST"},
		{"a page is not put", "PUT", "/prices", "GET"},
		{"an address of a form is not opened", "GET", "/plans/1/rename", "POST"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answer := s.Browser().Send(tt.method, tt.path, nil).Is(http.StatusMethodNotAllowed)
			if got := answer.Header.Get("Allow"); !strings.Contains(got, tt.allow) || strings.Contains(got, tt.method) {
				t.Errorf("Allow is %q, want %s and not %s", got, tt.allow, tt.method)
			}
			wantType := "text/html"
			if strings.HasPrefix(tt.path, "/api/") {
				wantType = "application/problem+json"
			}
			if got := answer.Header.Get("Content-Type"); !strings.HasPrefix(got, wantType) {
				t.Errorf("content type %q, want %s", got, wantType)
			}
		})
	}
}

func TestTooManyRequestsAreToldWhenToComeBack(t *testing.T) {
	s := sitetest.PlannerSite(t)
	tests := []struct {
		name      string
		send      func() *sitetest.Reply
		tries     int
		min, most int // seconds
	}{
		{"the API, also at an address that is not there",
			func() *sitetest.Reply { return s.Browser().Post("/api/v1/nothing") }, 1000, 1, 1},
		{"sign-in",
			func() *sitetest.Reply { return s.Browser().Post("/sign-in", "email", "a@example.org", "password", "x") },
			12, 10, 12},
		{"new accounts", func() *sitetest.Reply { return s.Browser().Post("/sign-up", "name", "") }, 22, 170, 180},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			answer := tt.send()
			for n := 1; n < tt.tries && answer.Status != http.StatusTooManyRequests; n++ {
				answer = tt.send()
			}
			answer.Is(http.StatusTooManyRequests)
			seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
			least := max(1, tt.min-int(time.Since(began).Seconds())) // what the tries took is waited for already
			if err != nil || seconds < least || seconds > tt.most {
				t.Errorf("Retry-After is %q, want %d to %d seconds", answer.Header.Get("Retry-After"), least, tt.most)
			}
		})
	}
}

func TestAVisitorWhoseAddressIsUnknownStaysSignedIn(t *testing.T) {
	sitetest.NewSite(t).Member("Ada").Get("/nowhere").Is(http.StatusNotFound).Says(".avatar", "A")
}

func TestEveryErrorPageHasOneSentenceAndTheWaysOn(t *testing.T) {
	s := sitetest.NewSite(t)
	member := s.Member("Ada")
	tests := []struct {
		name, path, from string
		by               *sitetest.Browser
		want             map[string]string // of the buttons
	}{
		{"a visitor may have to sign in to see it, and comes back then", "/plan-42", "", s.Browser(),
			map[string]string{"Back to your plan": "/", "See the prices": "/prices",
				"Sign in": "/sign-in?next=%2Fplan-42"}},
		{"the plan is in the address that the reader came from", "/nowhere", "/?from=chatbot&d=%7B%22months%22%3A12%7D",
			s.Browser(),
			map[string]string{"Back to your plan": "/?from=chatbot&d=%7B%22months%22%3A12%7D"}},
		{"another site is no way back", "/nowhere", "https://elsewhere.example/?from=chatbot", s.Browser(),
			map[string]string{"Back to your plan": "/"}},
		{"who is signed in is not asked to", "/plans/none", "/plans/other", member,
			map[string]string{"Back to your plan": "/plans/other", "Sign in": ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if strings.HasPrefix(tt.from, "/") {
				tt.from = s.Server.URL + tt.from
			}
			tt.by.Header.Set("Referer", tt.from)
			answer := tt.by.Get(tt.path).Is(http.StatusNotFound).Says(".problem .src", "404 · request")
			got := map[string]string{}
			answer.Page.Find(".problem .btn").
				Each(func(_ int, b *goquery.Selection) { got[strings.TrimSpace(b.Text())] = b.AttrOr("href", "") })
			for label, url := range tt.want {
				if got[label] != url {
					t.Errorf("%q leads to %q, want %q", label, got[label], url)
				}
			}
		})
	}
	if first := s.Browser().Get("/prices/models/none/none").Is(404).Page.Find(".problem .btn").First().
		Text(); strings.TrimSpace(first) != "See the prices" {
		t.Errorf("among the prices the first way on is %q", first)
	}
}
