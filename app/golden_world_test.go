package app_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"headroom/app"
	"headroom/app/web"
	"headroom/db"
	"headroom/pricing/catalog"
)

// goldenDay is when every journey begins. The session library reads the real clock and gives a session 30 days, so the
// real clock must not be more than 30 days before this.
var goldenDay = time.Date(2026, time.November, 24, 9, 0, 0, 0, time.UTC)

// world is a server over a store of its own, with a clock and ids that are the same in every run.
type world struct {
	t       *testing.T
	record  *record
	journey string
	store   *db.Store
	server  *app.Server
	names   map[string]string // what {name} in a path or a form stands for

	mu  sync.Mutex
	now time.Time
	ids int
}

func newWorld(t *testing.T, r *record, journey string, change ...func(*web.Config)) *world {
	t.Helper()
	w := &world{t: t, record: r, journey: journey, names: map[string]string{}, now: goldenDay}
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	dsn := filepath.Join(t.TempDir(), "headroom.db")
	if w.store, err = db.OpenWith(t.Context(), dsn, db.Options{Now: w.clock, NewID: w.nextID, Log: log}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.store.Close() })
	if err := w.store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	config := web.DefaultConfig()
	config.HashMemory, config.Version, config.Dev = 64, "golden", true
	for _, f := range change {
		f(&config)
	}
	w.server = app.New(web.Deps{
		Store: w.store, Catalog: prices, Now: w.clock, NewID: w.nextID, Log: log, Config: config,
	})
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) nextID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids++
	return fmt.Sprintf("id-%04d", w.ids)
}

// let gives a value a name, so that the names of requests say "/plans/{chat}" and not an id or a long address.
func (w *world) let(name, value string) {
	w.t.Helper()
	if value == "" {
		w.t.Fatalf("%s: nothing to call %q", w.journey, name)
	}
	w.names["{"+name+"}"] = value
}

func (w *world) expand(text string) string {
	for name, value := range w.names {
		text = strings.ReplaceAll(text, name, value)
	}
	return text
}

// encode is a form with what its values stand for.
func (w *world) encode(form url.Values) string {
	sent := url.Values{}
	for name, values := range form {
		for _, value := range values {
			sent.Add(name, w.expand(value))
		}
	}
	return sent.Encode()
}

// reader is one person with a browser of their own, who follows no redirect unless told.
type reader struct {
	w       *world
	name    string
	cookies map[string]string
}

func (w *world) reader(name string) *reader {
	return &reader{w: w, name: name, cookies: map[string]string{}}
}

// question is one request; what is empty is as usual.
type question struct {
	method, path string
	note         string // tells it from others of the same path in the record
	form         url.Values
	body, mime   string
	header       map[string]string
	still        bool // no time passes
	quiet        bool // not recorded
}

// reply is what was answered.
type reply struct {
	w        *world
	name     string
	status   int
	header   http.Header
	location string
	body     string
	page     *goquery.Document // nil until document reads it
}

// ask sends a request and records the answer. Each POST takes a minute, so that what it stores has its own time.
func (r *reader) ask(q question) *reply {
	w := r.w
	w.t.Helper()
	if q.method == http.MethodPost && !q.still {
		w.pass(time.Minute)
	}
	body, mime := q.body, q.mime
	if q.form != nil {
		body, mime = w.encode(q.form), "application/x-www-form-urlencoded"
	}
	request := httptest.NewRequest(q.method, w.expand(q.path), strings.NewReader(body))
	request.Host, request.RemoteAddr = "headroom.example", "192.0.2.1:1234"
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("X-Request-Id", "golden")
	if mime != "" {
		request.Header.Set("Content-Type", mime)
	}
	for name, value := range q.header {
		request.Header.Set(name, w.expand(value))
	}
	for _, name := range slices.Sorted(keys(r.cookies)) {
		request.AddCookie(&http.Cookie{Name: name, Value: r.cookies[name]})
	}
	answer := httptest.NewRecorder()
	w.server.ServeHTTP(answer, request)
	r.keepCookies(answer.Result().Cookies())
	return w.keep(r.name, q, request.URL.Path, answer)
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// keepCookies ignores when cookies end: their end is by the real clock.
func (r *reader) keepCookies(list []*http.Cookie) {
	for _, cookie := range list {
		if r.cookies[cookie.Name] = cookie.Value; cookie.Value == "" {
			delete(r.cookies, cookie.Name)
		}
	}
}

// keep records an answer.
func (w *world) keep(who string, q question, path string, answer *httptest.ResponseRecorder) *reply {
	w.t.Helper()
	header, body := answer.Header(), answer.Body.Bytes()
	kind := strings.TrimSpace(fmt.Sprint(answer.Code, " ", header.Get("Content-Type")))
	name := fmt.Sprintf("%s: %s %s %s", w.journey, who, q.method, readable(q.path))
	if q.note != "" {
		name += " # " + q.note
	}
	if !q.quiet {
		w.record.add(name, kind, transcript(w.t, answer.Code, header, body))
	}
	w.record.answered(q.method, path, answer.Code, w.server.Routes())
	return &reply{w: w, name: name, status: answer.Code, header: header,
		location: header.Get("Location"), body: answer.Body.String()}
}

// document is the page that was answered.
func (a *reply) document() *goquery.Document {
	a.w.t.Helper()
	if a.page == nil {
		page, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
		if err != nil {
			a.w.t.Fatal(err)
		}
		a.page = page
	}
	return a.page
}

// readable is an address for people: unescaped, on one line, and with a hash for each long value, such as a plan.
func readable(address string) string {
	path, query, asked := strings.Cut(address, "?")
	if !asked {
		return address
	}
	parts := strings.Split(query, "&")
	for i, part := range parts {
		if plain, err := url.QueryUnescape(part); err == nil {
			part = strings.Join(strings.Fields(plain), " ")
		}
		if name, value, _ := strings.Cut(part, "="); len(value) > 60 {
			sum := sha256.Sum256([]byte(value))
			part = name + "=~" + hex.EncodeToString(sum[:4])
		}
		parts[i] = part
	}
	return path + "?" + strings.Join(parts, "&")
}

// transcript is an answer as it is hashed and written into files: status, headers in order, and the body, normalised.
// The parts of an Excel workbook are unpacked, because a compressor may change.
func transcript(t *testing.T, status int, header http.Header, body []byte) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintln(&b, status)
	for _, name := range slices.Sorted(keys(header)) {
		for _, value := range header[name] {
			if name == "Set-Cookie" {
				value = cookieWithoutValue(value)
			}
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	b.WriteString("\n")
	switch kind := header.Get("Content-Type"); {
	case strings.HasSuffix(kind, "spreadsheetml.sheet"):
		unpack(t, &b, body)
	case strings.HasPrefix(kind, "text/css"), strings.HasPrefix(kind, "text/javascript"):
		b.WriteString("the file as it was built\n")
	default:
		b.Write(body)
	}
	return normalised(b.String())
}

// unpack writes the parts of an archive by name.
func unpack(t *testing.T, b *strings.Builder, body []byte) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(archive.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(b, "== %s\n%s\n", file.Name, strings.ReplaceAll(string(text), "><", ">\n<"))
	}
}

var (
	assetName  = regexp.MustCompile(`/assets/([A-Za-z]+)-[0-9a-f]{10}\.`)
	invitation = regexp.MustCompile(`(invitation(?:=|%3D|" value="))[A-Za-z0-9_-]{43}`)
	cookieEnd  = regexp.MustCompile(`; (Expires|Max-Age)=[^;]*`)
)

// normalised replaces what no run can repeat: the hashes of built files in their names, which change with every change
// of the style, and the random tokens of invitations.
func normalised(text string) string {
	text = assetName.ReplaceAllString(text, "/assets/$1.")
	return invitation.ReplaceAllString(text, "${1}TOKEN")
}

// cookieWithoutValue is a cookie without its end, which is by the real clock, and a session's without its random token.
func cookieWithoutValue(cookie string) string {
	cookie = cookieEnd.ReplaceAllString(cookie, "")
	value, attributes, _ := strings.Cut(cookie, ";")
	if name, token, _ := strings.Cut(value, "="); name == "headroom" && token != "" {
		value = name + "=TOKEN"
	}
	return value + ";" + attributes
}

// file is the body of a form with one file, and its type.
func file(t *testing.T, field, name, content string, pairs ...string) (body, mime string) {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	if err := form.SetBoundary("golden-boundary"); err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := form.WriteField(pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, content); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), form.FormDataContentType()
}
