// Package assets holds the browser files that `make assets` built into dist: minified, named by content hash and
// compressed beforehand. A build without them is fine: Path then answers "" and every page works unstyled and
// without JavaScript.
package assets

import (
	"embed"
	"encoding/json"
	"net/http"
	"path"
	"strings"
	"sync"
)

// all: keeps the embed valid on a fresh clone, where dist holds only .keep.
//
//go:embed all:dist
var dist embed.FS

// Prefix is the URL path under which Handler must be mounted.
const Prefix = "/assets/"

// manifest maps a source name such as "app.js" to its hashed file name in dist; nil without a build.
var manifest = sync.OnceValue(func() map[string]string {
	data, err := dist.ReadFile("dist/manifest.json")
	if err != nil {
		return nil
	}
	var names map[string]string
	if json.Unmarshal(data, &names) != nil {
		return nil
	}
	return names
})

// Path is the URL of a built file ("app.css", "app.js", "chart.js"), or "" when the binary was built without assets.
func Path(name string) string {
	file, ok := manifest()[name]
	if !ok {
		return ""
	}
	return Prefix + file
}

// Handler serves the built files under Prefix: with a year of immutable caching, since a changed file has a changed
// name, and gzip-encoded when the client accepts it. Unknown names answer 404.
func Handler() http.Handler {
	return http.HandlerFunc(serve)
}

func serve(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Prefix)
	kind := contentType(name)
	if kind == "" || name != path.Base(name) {
		http.NotFound(w, r)
		return
	}
	body, encoding := read(name, acceptsGzip(r.Header.Get("Accept-Encoding")))
	if body == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// read finds the file, preferring its compressed twin; nil when there is none.
func read(name string, gzip bool) (body []byte, encoding string) {
	if gzip {
		if body, err := dist.ReadFile("dist/" + name + ".gz"); err == nil {
			return body, "gzip"
		}
	}
	body, err := dist.ReadFile("dist/" + name)
	if err != nil {
		return nil, ""
	}
	return body, ""
}

// contentType names what is served; "" for files that are not for browsers, such as the manifest.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return ""
}

// acceptsGzip reads an Accept-Encoding header; "gzip;q=0" refuses.
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(coding) == "gzip" {
			return strings.TrimLeft(strings.ReplaceAll(weight, " ", ""), "q=0.") != "" || weight == ""
		}
	}
	return false
}
