package assets

import (
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(path, encoding string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestFilesThatAreNotAssetsAreNotServed(t *testing.T) {
	for _, path := range []string{"/assets/", "/assets/manifest.json", "/assets/.keep", "/assets/../assets.go",
		"/assets/app-0000000000.js", "/assets/dist/app.js"} {
		if got := get(path, "gzip").StatusCode; got != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, got)
		}
	}
}

func TestGzipIsChosenOnlyWhenAccepted(t *testing.T) {
	for header, want := range map[string]bool{
		"gzip": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "gzip;q=0.0": false, "": false, "br": false,
		"gzip; q=1": true,
	} {
		if got := acceptsGzip(header); got != want {
			t.Errorf("%q: got %t, want %t", header, got, want)
		}
	}
}

// built skips where the browser files were not built: the program must work without them, so they are no test failure.
func built(t *testing.T) {
	t.Helper()
	if Path("app.css") == "" {
		t.Skip("no browser files: run `make assets`")
	}
}

func TestServedFilesAreImmutableAndEqualInBothEncodings(t *testing.T) {
	built(t)
	for _, name := range []string{"app.css", "app.js", "chart.js"} {
		plain, packed := get(Path(name), ""), get(Path(name), "gzip")
		if plain.StatusCode != 200 || packed.Header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s: status %d, encoding %q", name, plain.StatusCode, packed.Header.Get("Content-Encoding"))
		}
		if !strings.Contains(plain.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: not cached for good", name)
		}
		reader, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := io.ReadAll(plain.Body)
		got, err := io.ReadAll(reader)
		if err != nil || string(got) != string(want) || len(want) == 0 {
			t.Errorf("%s: the compressed file differs from the plain one", name)
		}
	}
}

// Budgets of the first page: everything but the lazily loaded charts must stay small. HTML is measured in a browser.
func TestScriptsAndStylesStayWithinTheirBudget(t *testing.T) {
	built(t)
	for name, most := range map[string]int64{"app.js": 45 << 10, "app.css": 25 << 10, "chart.js": 260 << 10} {
		about, err := fs.Stat(dist, "dist/"+strings.TrimPrefix(Path(name), Prefix)+".gz")
		if err != nil {
			t.Fatal(err)
		}
		if about.Size() > most {
			t.Errorf("%s is %d bytes gzip, budget %d", name, about.Size(), most)
		}
	}
}

func TestLicencesOfWhatIsInsideAreShipped(t *testing.T) {
	built(t)
	text, err := io.ReadAll(get(Path("LEGAL.txt"), "").Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"htmx.org", "echarts", "zrender", "tslib"} {
		if !strings.Contains(string(text), "==== "+name+" ") {
			t.Errorf("LEGAL.txt does not name %s", name)
		}
	}
}
