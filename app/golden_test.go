// The golden record holds what the program answers to a fixed, broad set of requests: every page, file and API answer,
// as one hash each in testdata/golden/record.txt. A change that moves code and means to change nothing leaves the
// record as it is. A change that means to change answers writes it anew with `make golden`; its commit says which and
// why.
//
//	go test ./app -run TestGolden                          compare with the record
//	go test ./app -run TestGolden -update                  write the record anew
//	GOLDEN_BODIES=dir go test ./app -run TestGolden        also keep every answer as a file: `diff -r` of two commits
//	GOLDEN_OUT=dir go test ./app -run TestGolden           where answers that differ are put, else testdata/golden/out
//
// The test knows the program by its front doors only: app.New, ServeHTTP and Routes, the command line, a store and the
// shipped prices. So it survives any change of what is behind them.
package app_test

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"headroom/views/assets"
)

var update = flag.Bool("update", false, "write testdata/golden/record.txt anew")

const recordFile = "testdata/golden/record.txt"

// recordHead begins the file, for people who open it.
const recordHead = "# Every answer of the golden record: request, status, type, hash. Written by `make golden`; see " +
	"golden_test.go.\n"

// journey is a fixed sequence of requests on a store of its own.
type journey struct {
	name string
	take func(w *world)
}

// TestGolden takes every journey and compares each answer with the record.
func TestGolden(t *testing.T) {
	if testing.Short() {
		t.Skip("asks one question after another")
	}
	if assets.Path("app.css") == "" {
		t.Skip("the pages of the record have their styles and scripts: run `make assets` first")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // a third less time, for memory that a test may have
	r := readRecord(t)
	all := journeys(t)
	t.Run("journey", func(t *testing.T) {
		for _, j := range all {
			t.Run(j.name, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, r, j.name)
				defer r.finish(t, j.name) // a journey that fails half-way shows what it has got so far
				j.take(w)
			})
		}
	})
	r.dropUnknown(t, all)
	if *update && !t.Failed() {
		r.write(t)
	}
	if len(r.taken) == len(all) && !t.Failed() {
		r.coversEveryRoute(t)
	}
}

// record is what was recorded, and what this run answers.
type record struct {
	mu     sync.Mutex
	want   map[string]string // name of a request -> status, type and hash
	got    map[string]string
	bodies map[string]string // name -> transcript, until its journey has been compared
	taken  []string          // journeys that came to their end
	routes map[string]bool   // "GET /plans/:id" -> it was answered with less than 400 at least once
}

func readRecord(t *testing.T) *record {
	t.Helper()
	r := &record{want: map[string]string{}, got: map[string]string{}, bodies: map[string]string{},
		routes: map[string]bool{}}
	file, err := os.Open(recordFile)
	if os.IsNotExist(err) && *update {
		return r
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if name, answer, ok := strings.Cut(lines.Text(), "\t"); ok {
			r.want[name] = answer
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return r
}

// add keeps an answer under its name; a name that is there already gets a number.
func (r *record) add(name, kind, transcript string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	unique := name
	for n := 2; r.got[unique] != ""; n++ {
		unique = fmt.Sprintf("%s (%d)", name, n)
	}
	sum := sha256.Sum256([]byte(transcript))
	r.got[unique] = kind + "\t" + hex.EncodeToString(sum[:16])
	r.bodies[unique] = transcript
}

// finish compares the answers of a journey and forgets their bodies.
func (r *record) finish(t *testing.T, journey string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taken = append(r.taken, journey)
	for _, name := range slices.Sorted(maps.Keys(r.got)) {
		if journeyOf(name) != journey {
			continue
		}
		if dir := os.Getenv("GOLDEN_BODIES"); dir != "" {
			keepBody(t, dir, name, r.bodies[name])
		}
		if !*update && r.got[name] != r.want[name] {
			t.Errorf("%s\n\tanswers  %s\n\trecorded %s\n\tsee %s", name, r.got[name], cmp.Or(r.want[name], "nothing"),
				keepBody(t, cmp.Or(os.Getenv("GOLDEN_OUT"), "testdata/golden/out"), name, r.bodies[name]))
		}
		delete(r.bodies, name)
	}
	for _, name := range slices.Sorted(maps.Keys(r.want)) {
		if journeyOf(name) == journey && r.got[name] == "" {
			if delete(r.want, name); !*update {
				t.Errorf("%s is in the record and was not asked", name)
			}
		}
	}
}

// dropUnknown fails for records of journeys that are no more; -update forgets them.
func (r *record) dropUnknown(t *testing.T, all []journey) {
	t.Helper()
	for name := range r.want {
		if slices.ContainsFunc(all, func(j journey) bool { return j.name == journeyOf(name) }) {
			continue
		}
		if delete(r.want, name); !*update {
			t.Errorf("%s is of a journey that is no more", name)
		}
	}
}

// write keeps the answers of this run, and of the journeys that were not taken what was recorded.
func (r *record) write(t *testing.T) {
	t.Helper()
	maps.Copy(r.want, r.got)
	var text strings.Builder
	text.WriteString(recordHead)
	for _, name := range slices.Sorted(maps.Keys(r.want)) {
		text.WriteString(name + "\t" + r.want[name] + "\n")
	}
	if err := os.WriteFile(recordFile, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d answers recorded", len(r.want))
}

// journeyOf is the journey that a name begins with.
func journeyOf(name string) string {
	journey, _, _ := strings.Cut(name, ": ")
	return journey
}

var notForFiles = regexp.MustCompile(`[^A-Za-z0-9._=,-]+`)

// keepBody writes a transcript into a folder and gives the path.
func keepBody(t *testing.T, dir, name, transcript string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(name)) // two names may look alike as files
	file := strings.Trim(notForFiles.ReplaceAllString(name, "_"), "_")
	file = file[:min(len(file), 110)] + "_" + hex.EncodeToString(sum[:4])
	path := filepath.Join(dir, file+".txt")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(transcript), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// answered notes that a route has been answered.
func (r *record) answered(method, path string, status int, routes []string) {
	route := routeOf(method, path, routes)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, known := range routes {
		r.routes[known] = r.routes[known]
	}
	if route != "" && status < 400 {
		r.routes[route] = true
	}
}

// coversEveryRoute fails for routes of the program that no request of the record reaches.
func (r *record) coversEveryRoute(t *testing.T) {
	t.Helper()
	if len(r.routes) < 50 {
		t.Errorf("the program has %d routes: this tests nothing", len(r.routes))
	}
	for _, route := range slices.Sorted(maps.Keys(r.routes)) {
		if !r.routes[route] {
			t.Errorf("no request of the golden record is answered by %s", route)
		}
	}
}

// routeOf finds the route that answers a request: of those that fit the one whose first fixed part is longest.
func routeOf(method, path string, routes []string) string {
	best, bestFixed := "", -1
	for _, route := range routes {
		of, pattern, _ := strings.Cut(route, " ")
		fixed, ok := fits(pattern, path)
		if of == method && ok && fixed > bestFixed {
			best, bestFixed = route, fixed
		}
	}
	return best
}

// fits reports whether a path is one of a pattern such as /plans/:id, and how many of its parts are fixed.
func fits(pattern, path string) (fixed int, ok bool) {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	for i, part := range want {
		switch {
		case part == "*":
			return fixed, true
		case i >= len(got):
			return 0, false
		case strings.HasPrefix(part, ":"):
		case part != got[i]:
			return 0, false
		default:
			fixed++
		}
	}
	return fixed, len(want) == len(got)
}
