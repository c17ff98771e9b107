package sitetest

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// CompareURL asks the worked example with some parameters changed: name, value, ...
func CompareURL(path string, pairs ...string) string {
	q := url.Values{"model": {"Llama 3.3 70B"}, "in": {"2000"}, "out": {"500"}, "load": {"14M"}, "per": {"requests"},
		"peak": {"1"}, "use": {"60"}, "speed": {"30"},
		"precision": {"fp8"}, "kv": {"fp8"}, "replica": {"2"}, "ops": {"5000"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}

// Upload opens a plan file on the planner.
func (b *Browser) Upload(name, content string) *Reply {
	b.Site.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("plan", name)
	if err != nil {
		b.Site.T.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		b.Site.T.Fatal(err)
	}
	if err := form.Close(); err != nil {
		b.Site.T.Fatal(err)
	}
	return b.SendBody("/plan/open", form.FormDataContentType(), &body)
}

// Noise is text of about n bytes that hardly packs.
func Noise(n int) string {
	random, bytes := rand.New(rand.NewPCG(1, 2)), make([]byte, n*3/4)
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	return base64.RawURLEncoding.EncodeToString(bytes)
}

// Press sends the plan's form with one of its buttons.
func (b *Browser) Press(a *Reply, do string, pairs ...string) *Reply {
	a.t.Helper()
	if a.Page.Find(`#plan button[name="do"][value="`+do+`"]`).Length() != 1 {
		a.t.Fatalf("the form has no button %q", do)
	}
	return b.Change(a, append(pairs, "do", do)...)
}

// LineKeys are the keys of a table's lines, in the order shown.
func LineKeys(a *Reply, selector string) []string {
	var keys []string
	a.Page.Find(selector + " tbody tr").
		Each(func(_ int, row *goquery.Selection) { keys = append(keys, row.AttrOr("data-key", "")) })
	return keys
}

// FigureOf is the machine-readable figure of a line in a column.
func FigureOf(a *Reply, row, column string) string {
	a.t.Helper()
	at := a.Page.Find(`thead th[data-key="` + column + `"]`).First().Index()
	found := a.Page.Find(`tbody tr[data-key="` + row + `"]`).First().Children().Eq(at)
	if found.Length() == 0 {
		a.t.Fatalf("no cell %s of %s", column, row)
	}
	return found.AttrOr("data-value", strings.TrimSpace(found.Text()))
}

// SendBody posts a body as it is.
func (b *Browser) SendBody(path, mime string, body *bytes.Buffer) *Reply {
	t := b.Site.T
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, b.Site.Server.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", mime)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := b.Client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := goquery.NewDocumentFromReader(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	html, _ := page.Html()
	return &Reply{t, response.StatusCode, response.Header.Get("Location"), response.Header, html, page}
}
