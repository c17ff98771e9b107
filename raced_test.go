package main

import (
	"go/ast"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// TestWhatStartsGoroutinesIsRaced: `make gotest` uses the race detector for some packages only. A package that starts a
// goroutine, in its code or in its tests, has to be one of them.
func TestWhatStartsGoroutinesIsRaced(t *testing.T) {
	raced := racedPackages(t)
	starting := map[string]bool{}
	for _, s := range allSources(t) {
		if s.file == nil || !startsGoroutine(s.file) {
			continue
		}
		folder := "./" + path.Dir(s.path)
		if starting[folder] = true; !slices.Contains(raced, folder) {
			t.Errorf("%s starts a goroutine: add %s to RACED in the Makefile", s.path, folder)
		}
	}
	if len(starting) < 5 {
		t.Errorf("only %d packages start goroutines: this tests nothing", len(starting))
	}
}

// racedPackages are the packages that the Makefile runs under the race detector.
func racedPackages(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	list := []string{"./pricing"} // with those of its tests that have words for it in their names
	for line := range strings.Lines(string(text)) {
		if names, ok := strings.CutPrefix(line, "RACED := "); ok {
			list = append(list, strings.Fields(names)...)
		}
	}
	return list
}

// startsGoroutine reports whether a file has a go statement or calls a method Go, as those of sync.WaitGroup and
// errgroup.Group are. Benchmarks are never raced.
func startsGoroutine(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			return !strings.HasPrefix(node.Name.Name, "Benchmark")
		case *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			method, ok := node.Fun.(*ast.SelectorExpr)
			found = found || ok && method.Sel.Name == "Go"
		}
		return true
	})
	return found
}
