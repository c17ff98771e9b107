package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

const (
	maxFileLines     = 400
	maxFunctionLines = 70
	medianFunction   = 15  // half of the functions are shorter
	maxColumns       = 120 // a tab counts four
	maxPackageFiles  = 40
	maxMethods       = 60 // of one type
)

// source is one file that people wrote.
type source struct {
	path  string
	text  []byte
	lines int
	raw   map[int]bool // lines that a raw string of Go takes
	file  *ast.File    // nil for other languages than Go
	set   *token.FileSet
}

// ownSources reads the files of the repository that people wrote: no tests, nothing generated or built.
func ownSources(t *testing.T) []source {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(allSources(t)), func(s source) bool {
		return strings.HasSuffix(s.path, "_test.go") || strings.Contains(s.path, ".spec.")
	})
}

// allSources are ownSources and the tests.
func allSources(t *testing.T) []source {
	t.Helper()
	all, err := readOnce()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d source files found: this tests nothing", len(all))
	}
	return all
}

var readOnce = sync.OnceValues(readSources)

func readSources() (all []source, err error) {
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name := entry.Name(); path != "." &&
				(name[0] == '.' || slices.Contains([]string{"node_modules", "testdata", "dist", "out"}, name)) {
				return fs.SkipDir
			}
			return nil
		}
		if s, ok, err := readSource(path); err != nil {
			return err
		} else if ok {
			all = append(all, s)
		}
		return nil
	})
	return all, err
}

// readSource reads a file if it is one that the limits hold for.
func readSource(path string) (source, bool, error) {
	if !slices.Contains([]string{".go", ".templ", ".js", ".mjs", ".css"}, filepath.Ext(path)) {
		return source{}, false, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return source{}, false, err
	}
	s := source{path: path, text: text, lines: bytes.Count(text, []byte("\n")), set: token.NewFileSet()}
	if filepath.Ext(path) != ".go" {
		return s, true, nil
	}
	if s.file, err = parser.ParseFile(s.set, path, text, parser.ParseComments); err != nil {
		return s, false, err
	}
	s.raw = rawLines(s)
	return s, !ast.IsGenerated(s.file), nil
}

// rawLines are the lines that raw strings stand on.
func rawLines(s source) map[int]bool {
	lines := map[int]bool{}
	ast.Inspect(s.file, func(node ast.Node) bool {
		if text, ok := node.(*ast.BasicLit); ok && strings.HasPrefix(text.Value, "`") {
			for line := s.set.Position(text.Pos()).Line; line <= s.set.Position(text.End()).Line; line++ {
				lines[line] = true
			}
		}
		return true
	})
	return lines
}

func TestFilesStayReadable(t *testing.T) {
	for _, s := range ownSources(t) {
		if s.lines > maxFileLines {
			t.Errorf("%s has %d lines, the limit is %d", s.path, s.lines, maxFileLines)
		}
	}
}

func TestFunctionsStayShort(t *testing.T) {
	var lengths []int
	for _, s := range ownSources(t) {
		if s.file == nil {
			continue
		}
		for _, declaration := range s.file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok {
				continue
			}
			first, last := s.set.Position(function.Pos()), s.set.Position(function.End())
			length := last.Line - first.Line + 1
			lengths = append(lengths, length)
			if length > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, the limit is %d", first, function.Name.Name, length, maxFunctionLines)
			}
		}
	}
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median >= medianFunction {
		t.Errorf("half of the %d functions have %d lines or more, want under %d", len(lengths), median, medianFunction)
	}
}

// TestLinesStayNarrow holds for tests too. Raw strings are left out: their line ends are part of the text.
func TestLinesStayNarrow(t *testing.T) {
	seen := 0
	for _, s := range allSources(t) {
		for i, line := range bytes.Split(s.text, []byte("\n")) {
			seen++
			columns := utf8.RuneCount(line) + 3*bytes.Count(line, []byte("\t"))
			if columns > maxColumns && !s.raw[i+1] {
				t.Errorf("%s:%d has %d columns, the limit is %d", s.path, i+1, columns, maxColumns)
			}
		}
	}
	if seen < 10_000 {
		t.Errorf("only %d lines found", seen)
	}
}

// TestPackagesStaySmall: only the engine in the root of pricing is one large package.
func TestPackagesStaySmall(t *testing.T) {
	files := map[string]int{}
	for _, s := range ownSources(t) {
		if s.file != nil {
			files[filepath.Dir(s.path)]++
		}
	}
	for folder, n := range files {
		if n > maxPackageFiles && folder != "pricing" {
			t.Errorf("%s has %d files, the limit is %d", folder, n, maxPackageFiles)
		}
	}
}

func TestTypesHaveFewMethods(t *testing.T) {
	methods := map[string]int{}
	for _, s := range ownSources(t) {
		if s.file == nil {
			continue
		}
		for _, declaration := range s.file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv != nil {
				methods[filepath.Dir(s.path)+"."+receiver(function)]++
			}
		}
	}
	for name, n := range methods {
		if n > maxMethods {
			t.Errorf("%s has %d methods, the limit is %d", name, n, maxMethods)
		}
	}
}

// receiver is the name of the type that a method belongs to.
func receiver(method *ast.FuncDecl) string {
	name := ""
	ast.Inspect(method.Recv.List[0].Type, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok && name == "" {
			name = id.Name
		}
		return name == ""
	})
	return name
}

// TestNothingRunsBeforeMain: packages are values and functions; none registers itself.
func TestNothingRunsBeforeMain(t *testing.T) {
	for _, s := range ownSources(t) {
		if s.file == nil {
			continue
		}
		for _, declaration := range s.file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil && function.Name.Name == "init" {
				t.Errorf("%s: func init", s.set.Position(function.Pos()))
			}
		}
	}
}

// TestPackagesSayWhatTheyAre: every package has a comment that a reader meets first.
func TestPackagesSayWhatTheyAre(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range ownSources(t) {
		if s.file != nil {
			documented[filepath.Dir(s.path)] = documented[filepath.Dir(s.path)] || s.file.Doc != nil
		}
	}
	for folder, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment", folder)
		}
	}
}

// TestPricingAsksNoClockAndNoDice: the day and every random source are given to it.
func TestPricingAsksNoClockAndNoDice(t *testing.T) {
	seen := 0
	for _, s := range ownSources(t) {
		if s.file == nil || !strings.HasPrefix(s.path, "pricing"+string(filepath.Separator)) {
			continue
		}
		seen++
		for _, call := range impureCalls(s) {
			t.Error(call)
		}
	}
	if seen == 0 {
		t.Error("no file found in pricing")
	}
}

// impureCalls finds uses of the clock and of the random source that all goroutines share.
func impureCalls(s source) []string {
	clock := []string{"Now", "Since", "Until", "After", "Tick", "Sleep", "NewTimer", "NewTicker", "AfterFunc"}
	made := []string{"New", "NewPCG", "NewChaCha8", "NewSource", "NewZipf", "Rand", "Source", "PCG", "ChaCha8", "Zipf"}
	names := importNames(s.file)
	var found []string
	ast.Inspect(s.file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		name, ok := selector.X.(*ast.Ident)
		if !ok {
			return true
		}
		path := names[name.Name]
		global := strings.HasPrefix(path, "math/rand") && !slices.Contains(made, selector.Sel.Name)
		if path == "time" && slices.Contains(clock, selector.Sel.Name) || path == "crypto/rand" || global {
			found = append(found, fmt.Sprintf("%s: %s.%s", s.set.Position(node.Pos()), path, selector.Sel.Name))
		}
		return true
	})
	return found
}

// importNames maps the name that a file uses to the path that it imports.
func importNames(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has refused such a file already
		}
		name := strings.TrimSuffix(path, "/v2")
		name = name[strings.LastIndex(name, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = path
	}
	return names
}
