package app

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

	"headroom/db"
	"headroom/pricing/catalog"
)

// site is a running server over a real store in a temporary SQLite file.
type site struct {
	t      *testing.T
	store  *db.Store
	prices *catalog.Snapshot
	dsn    string
	server *httptest.Server
	log    *strings.Builder
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, dsn: filepath.Join(t.TempDir(), "headroom.db"), log: &strings.Builder{}}
	s.start()
	return s
}

// testConfig is the usual one with passwords that are quick to hash.
func testConfig() Config {
	c := DefaultConfig()
	c.HashMemory = 64
	return c
}

// logged ends the server, so that every request has been logged, and gives the log.
func (s *site) logged() string {
	s.server.Close()
	return s.log.String()
}

// start opens the database and serves; called again it is a restart.
func (s *site) start() {
	s.t.Helper()
	if s.server != nil {
		s.server.Close()
		if err := s.store.Close(); err != nil {
			s.t.Fatal(err)
		}
	}
	// Sessions expire by the real clock inside of scs, so the site's clock is the real one too.
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	prices, err := catalog.Shipped()
	if err != nil {
		s.t.Fatal(err)
	}
	store, err := db.OpenWith(s.t.Context(), s.dsn, db.Options{Log: log})
	if err != nil {
		s.t.Fatal(err)
	}
	if err := store.Migrate(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	s.store, s.prices = store, prices
	s.server = httptest.NewServer(New(Deps{
		Store: store, Catalog: prices, Now: time.Now,
		NewID: func() string { return "unused" }, Log: log, Config: testConfig(),
	}))
	s.t.Cleanup(func() {
		s.server.Close()
		_ = store.Close()
	})
}

// browser is one reader with cookies, who does not follow redirects.
type browser struct {
	site   *site
	client *http.Client
	header http.Header // sent with each request
}

func (s *site) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{site: s, header: http.Header{"Sec-Fetch-Site": {"same-origin"}}, client: &http.Client{
		Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// reply is a response whose body has been read.
type reply struct {
	t        *testing.T
	status   int
	location string
	header   http.Header
	body     string
	page     *goquery.Document
}

func (b *browser) send(method, path string, form url.Values) *reply {
	t := b.site.t
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, b.site.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range b.header {
		request.Header[name] = values
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := b.client.Do(request)
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
	return &reply{t, response.StatusCode, response.Header.Get("Location"), response.Header, string(body), page}
}

func (b *browser) get(path string) *reply { b.site.t.Helper(); return b.send("GET", path, nil) }

// post sends a form given as name, value, name, value.
func (b *browser) post(path string, pairs ...string) *reply {
	b.site.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return b.send("POST", path, form)
}

// submit sends the page's form with that action as a browser would: with what its fields hold, but for the pairs.
func (b *browser) submit(a *reply, action string, pairs ...string) *reply {
	a.t.Helper()
	form := url.Values{}
	found := a.page.Find(`form[action="` + action + `"]`).First()
	if found.Length() == 0 {
		a.t.Fatalf("no form posts to %s:\n%s", action, a.body)
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
	return b.send("POST", action, form)
}

// is fails the test unless the status is the one given.
func (a *reply) is(status int) *reply {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d; location %q\n%s", a.status, status, a.location, a.body)
	}
	return a
}

// to fails the test unless the answer is a redirect there.
func (a *reply) to(location string) *reply {
	a.t.Helper()
	if a.is(http.StatusSeeOther); a.location != location {
		a.t.Fatalf("redirect to %q, want %q", a.location, location)
	}
	return a
}

// says fails the test unless the texts are in what selector finds.
func (a *reply) says(selector string, texts ...string) *reply {
	a.t.Helper()
	got := strings.Join(strings.Fields(a.page.Find(selector).Text()), " ")
	for _, text := range texts {
		if !strings.Contains(got, text) {
			a.t.Fatalf("%s says %q, want %q in it\n%s", selector, got, text, a.body)
		}
	}
	return a
}

// holds fails the test unless the field has that value.
func (a *reply) holds(name, value string) *reply {
	a.t.Helper()
	field := a.page.Find(`[name="` + name + `"]`).First()
	got, isInput := field.Attr("value")
	if !isInput {
		got = field.Text()
	}
	if got != value {
		a.t.Fatalf("field %s holds %q, want %q\n%s", name, got, value, a.body)
	}
	return a
}

const goodPassword = "four words that rhyme"

// member signs up in a browser of their own; the name makes the address.
func (s *site) member(name string) *browser {
	s.t.Helper()
	b := s.browser()
	b.post("/sign-up", "name", name, "email", strings.ToLower(name)+"@example.org", "password", goodPassword, "team", name+"'s team").to("/plans")
	return b
}
