package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// listedPackage is what `go list -json` says of one package.
type listedPackage struct {
	ImportPath string
	Standard   bool
	Imports    []string // direct, tests excluded
	Deps       []string // direct and indirect
	Module     *struct{ Path string }
}

// in reports whether the package is the named folder of this module or below it.
func (p listedPackage) in(folder string) bool { return within(p.ImportPath, "headroom/"+folder) }

// within reports whether path is root or below it.
func within(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

// listPackages asks the go command for every package of this module and all that they are built from.
func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps,Module", "./...")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaint.String())
	}
	var packages []listedPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listedPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// TestImportsPointOneWay holds the arrows main -> app -> views, db -> pricing, through any number of packages.
func TestImportsPointOneWay(t *testing.T) {
	const echo = "github.com/labstack/echo/v4"
	rules := []struct {
		name   string
		folder string
		never  []string // neither directly nor through another package
	}{
		{"pricing knows nothing of the rest", "pricing",
			[]string{"headroom/app", "headroom/db", "headroom/views", echo, "gorm.io", "github.com/a-h"}},
		{"views show what they are given", "views", []string{"headroom/app", "headroom/db", echo, "gorm.io"}},
		{"db stores and knows no page", "db", []string{"headroom/app", "headroom/views", echo, "github.com/a-h"}},
	}
	packages := listPackages(t)
	for _, rule := range rules {
		t.Run(rule.name, func(t *testing.T) {
			seen := 0
			for _, p := range packages {
				if !p.in(rule.folder) {
					continue
				}
				seen++
				for _, dep := range p.Deps {
					if slices.ContainsFunc(rule.never, func(root string) bool { return within(dep, root) }) {
						t.Errorf("%s is built from %s", p.ImportPath, dep)
					}
				}
			}
			if seen == 0 {
				t.Errorf("no package found in %s: the rule tests nothing", rule.folder)
			}
		})
	}
}

// pageGroups are the packages of app that answer requests, and the other groups that each may see.
var pageGroups = map[string][]string{
	"planner": nil, "prices": nil, "machines": nil, "evidence": nil, "gallery": nil, "saved": nil, "api": nil,
	"lockin":   {"planner"},
	"accounts": {"saved"},
}

// rooms are the other packages of app, and what each may see of app.
var rooms = map[string][]string{
	"typed":     {},
	"listing":   {"typed"},
	"form":      {"typed"},
	"web":       {"typed", "listing"},
	"cells":     {"typed", "listing"},
	"workspace": {"form", "cells", "web", "listing", "typed"},
}

// TestTheRoomsOfAppSeeOneWay holds app -> page groups -> workspace -> form, cells, web, listing -> typed. A new package
// of app is named above, or it fails.
func TestTheRoomsOfAppSeeOneWay(t *testing.T) {
	rooms := maps.Clone(rooms)
	for group, others := range pageGroups {
		rooms[group] = append([]string{"workspace", "form", "cells", "web", "listing", "typed"}, others...)
	}
	seen := 0
	for _, p := range listPackages(t) {
		room, ok := strings.CutPrefix(p.ImportPath, "headroom/app/")
		if !ok || room == "cli" || room == "sitetest" { // both stand above app
			continue
		}
		seen++
		allowed, known := rooms[room]
		if !known {
			t.Errorf("%s is no room of the plan: give it a line here and in docs/architecture.md", p.ImportPath)
		}
		for _, path := range p.Imports {
			other, ours := strings.CutPrefix(path, "headroom/app")
			if ours && !slices.Contains(allowed, strings.TrimPrefix(other, "/")) {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
	if seen < len(rooms) {
		t.Errorf("%d of %d rooms found: some rules test nothing", seen, len(rooms))
	}
}

// TestTheLeavesOfPricingStandOnNothing: what everybody may import imports nobody of Headroom.
func TestTheLeavesOfPricingStandOnNothing(t *testing.T) {
	leaves := []string{"calendar", "document", "limit", "words", "money", "facts"}
	allowed := map[string][]string{
		"growth":  {"calendar", "limit", "commitment"},
		"catalog": {"calendar", "money"},
	}
	for _, leaf := range leaves {
		allowed[leaf] = nil
	}
	seen := 0
	for _, p := range listPackages(t) {
		name, ok := strings.CutPrefix(p.ImportPath, "headroom/pricing/")
		may, listed := allowed[name]
		if !ok || !listed {
			continue
		}
		seen++
		for _, path := range p.Imports {
			other, ours := strings.CutPrefix(path, "headroom/")
			if ours && !slices.Contains(may, strings.TrimPrefix(other, "pricing/")) {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
	if seen != len(allowed) {
		t.Errorf("%d of %d packages found", seen, len(allowed))
	}
}

// TestOnlyAppImportsEcho keeps a change of the web framework inside one folder.
func TestOnlyAppImportsEcho(t *testing.T) {
	for _, p := range listPackages(t) {
		if !within(p.ImportPath, "headroom") || p.in("app") {
			continue
		}
		for _, path := range p.Imports {
			if within(path, "github.com/labstack") {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
}

// TestMainOnlyHandsOver: what the program can do is in app/cli, where it can be tested.
func TestMainOnlyHandsOver(t *testing.T) {
	for _, p := range listPackages(t) {
		if p.ImportPath != "headroom" {
			continue
		}
		for _, path := range p.Imports {
			if within(path, "headroom") && !within(path, "headroom/app") {
				t.Errorf("main imports %s", path)
			}
		}
	}
}

// TestPricingIsBuiltFromTheStandardLibrary allows decimals and a bounded cache as the only other modules, and no clock,
// file, network, database or log: the same plan gives the same answer everywhere.
func TestPricingIsBuiltFromTheStandardLibrary(t *testing.T) {
	forbidden := []string{"os", "os/exec", "net", "net/http", "database/sql", "log", "log/slog", "syscall", "unsafe"}
	allowed := []string{"headroom", "github.com/shopspring/decimal", "github.com/hashicorp/golang-lru/v2"}
	packages := listPackages(t)
	modules := map[string]string{}
	for _, p := range packages {
		if !p.Standard && p.Module != nil {
			modules[p.ImportPath] = p.Module.Path
		}
	}
	for _, p := range packages {
		if !p.in("pricing") {
			continue
		}
		for _, path := range p.Imports {
			if slices.Contains(forbidden, path) {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
		for _, dep := range p.Deps {
			if module, ok := modules[dep]; ok && !slices.Contains(allowed, module) {
				t.Errorf("%s is built from %s", p.ImportPath, dep)
			}
		}
	}
}
