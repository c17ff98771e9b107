// Package sitetest is a running server over a real store in a temporary file, and a browser without a window, for the
// tests of pages. It stands above app, so tests that use it are in packages of their own ("planner_test").
package sitetest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"headroom/app"
	"headroom/app/web"
	"headroom/db"
	"headroom/pricing/catalog"
)

// Site is a running server over a real store in a temporary SQLite file.
type Site struct {
	T      *testing.T
	Store  *db.Store
	Prices *catalog.Snapshot
	dsn    string
	Server *httptest.Server
	log    *strings.Builder
}

// NewSite is a running server over an empty store.
func NewSite(t *testing.T) *Site {
	t.Helper()
	s := &Site{T: t, dsn: filepath.Join(t.TempDir(), "headroom.db"), log: &strings.Builder{}}
	s.Start()
	return s
}

// FastConfig is the usual one with passwords that are quick to hash.
func FastConfig() web.Config {
	c := web.DefaultConfig()
	c.HashMemory = 64
	return c
}

// Logged ends the server, so that every request has been logged, and gives the log.
func (s *Site) Logged() string {
	s.Server.Close()
	return s.log.String()
}

// Start opens the database and serves; called again it is a restart.
func (s *Site) Start() {
	s.T.Helper()
	if s.Server != nil {
		s.Server.Close()
		if err := s.Store.Close(); err != nil {
			s.T.Fatal(err)
		}
	}
	// Sessions expire by the real clock inside of scs, so the site's clock is the real one too.
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	prices, err := catalog.Shipped()
	if err != nil {
		s.T.Fatal(err)
	}
	store, err := db.OpenWith(s.T.Context(), s.dsn, db.Options{Log: log})
	if err != nil {
		s.T.Fatal(err)
	}
	if err := store.Migrate(s.T.Context()); err != nil {
		s.T.Fatal(err)
	}
	s.Store, s.Prices = store, prices
	s.Server = httptest.NewServer(app.New(web.Deps{
		Store: store, Catalog: prices, Now: time.Now,
		NewID: func() string { return "unused" }, Log: log, Config: FastConfig(),
	}))
	s.T.Cleanup(func() {
		s.Server.Close()
		_ = store.Close()
	})
}

// Browser is one reader with cookies, who does not follow redirects.
type Browser struct {
	Site   *Site
	Client *http.Client
	Header http.Header // sent with each request
}

// Browser is a visitor with a cookie jar of their own.
func (s *Site) Browser() *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.T.Fatal(err)
	}
	return &Browser{Site: s, Header: http.Header{"Sec-Fetch-Site": {"same-origin"}}, Client: &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Reply is a response whose body has been read.
type Reply struct {
	t        *testing.T
	Status   int
	Location string
	Header   http.Header
	Body     string
	Page     *goquery.Document
}

// Send makes one request, as a browser of this site would.
func (b *Browser) Send(method, path string, form url.Values) *Reply {
	t := b.Site.T
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, b.Site.Server.URL+path,
		strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range b.Header {
		request.Header[name] = values
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := b.Client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	return &Reply{t, response.StatusCode, response.Header.Get("Location"), response.Header, string(body), page}
}

// Get opens an address.
func (b *Browser) Get(path string) *Reply { b.Site.T.Helper(); return b.Send("GET", path, nil) }

// Post sends a form given as name, value, name, value.
func (b *Browser) Post(path string, pairs ...string) *Reply {
	b.Site.T.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return b.Send("POST", path, form)
}

// Submit sends the page's form with that action as a browser would: with what its fields hold, but for the pairs.
func (b *Browser) Submit(a *Reply, action string, pairs ...string) *Reply {
	a.t.Helper()
	form := url.Values{}
	found := a.Page.Find(`form[action="` + action + `"]`).First()
	if found.Length() == 0 {
		a.t.Fatalf("no form posts to %s:\n%s", action, a.Body)
	}
	found.Find("input[name], textarea[name]").Each(func(_ int, field *goquery.Selection) {
		value, isInput := field.Attr("value")
		if !isInput {
			value = field.Text()
		}
		form.Set(field.AttrOr("name", ""), value)
	})
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return b.Send("POST", action, form)
}

// Is fails the test unless the status is the one given.
func (a *Reply) Is(status int) *Reply {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("status %d, want %d; location %q\n%s", a.Status, status, a.Location, a.Body)
	}
	return a
}

// To fails the test unless the answer is a redirect there.
func (a *Reply) To(location string) *Reply {
	a.t.Helper()
	if a.Is(http.StatusSeeOther); a.Location != location {
		a.t.Fatalf("redirect to %q, want %q", a.Location, location)
	}
	return a
}

// Says fails the test unless the texts are in what selector finds.
func (a *Reply) Says(selector string, texts ...string) *Reply {
	a.t.Helper()
	got := strings.Join(strings.Fields(a.Page.Find(selector).Text()), " ")
	for _, text := range texts {
		if !strings.Contains(got, text) {
			a.t.Fatalf("%s says %q, want %q in it\n%s", selector, got, text, a.Body)
		}
	}
	return a
}

// Holds fails the test unless the field has that value.
func (a *Reply) Holds(name, value string) *Reply {
	a.t.Helper()
	field := a.Page.Find(`[name="` + name + `"]`).First()
	got, isInput := field.Attr("value")
	if !isInput {
		got = field.Text()
	}
	if got != value {
		a.t.Fatalf("field %s holds %q, want %q\n%s", name, got, value, a.Body)
	}
	return a
}

const GoodPassword = "four words that rhyme"

// Member signs up in a browser of their own; the name makes the address.
func (s *Site) Member(name string) *Browser {
	s.T.Helper()
	b := s.Browser()
	b.Post("/sign-up", "name", name, "email", strings.ToLower(name)+"@example.org", "password", GoodPassword,
		"team", name+"'s team").To("/plans")
	return b
}
