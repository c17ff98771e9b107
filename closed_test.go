package main

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"headroom/pricing/limit"
)

const limitPath = "headroom/pricing/limit"

// closedSets are the constants of pricing/limit by name, each with those that a switch that names it has to cover: all
// of its type, and of the kinds those of its group.
func closedSets(sources []source) map[string][]string {
	sets := map[string][]string{}
	for _, s := range sources {
		if s.path != "pricing/limit/limit.go" {
			continue
		}
		for _, declaration := range s.file.Decls {
			if d, ok := declaration.(*ast.GenDecl); ok && d.Tok == token.CONST {
				addSet(sets, exportedNames(d))
			}
		}
	}
	return sets
}

func addSet(sets map[string][]string, names []string) {
	groups := map[limit.Group][]string{}
	group := func(int) limit.Group { return 0 }
	if slices.Contains(names, "Unrouted") {
		group = func(i int) limit.Group { return limit.Kinds()[i].Group() }
	}
	for i, name := range names {
		groups[group(i)] = append(groups[group(i)], name)
	}
	for i, name := range names {
		sets[name] = groups[group(i)]
	}
}

func exportedNames(d *ast.GenDecl) []string {
	var names []string
	for _, spec := range d.Specs {
		for _, name := range spec.(*ast.ValueSpec).Names {
			if name.IsExported() {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

// TestSwitchesCoverEveryKindOfLimit: a switch over kinds, groups, subjects or units of limits has a case for each, or a
// default; one over kinds may keep to whole groups. So a new kind shows where a decision is missing.
func TestSwitchesCoverEveryKindOfLimit(t *testing.T) {
	sources := ownSources(t)
	sets := closedSets(sources)
	if len(sets["Power"]) != 3 || len(sets["OfSite"]) != 6 || len(sets["Uncounted"]) < 8 {
		t.Fatalf("the sets of %s are not read: %v", limitPath, sets)
	}
	switches := 0
	for _, s := range sources {
		name, ok := importName(s.file, limitPath)
		if !ok {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if statement, ok := n.(*ast.SwitchStmt); ok {
				missing, found := uncovered(statement, name, sets)
				if found {
					switches++
				}
				if len(missing) > 0 {
					t.Errorf("%s: the switch lacks %s", s.set.Position(n.Pos()), strings.Join(missing, ", "))
				}
			}
			return true
		})
	}
	if switches < 10 {
		t.Errorf("only %d switches over limits were found: this tests nothing", switches)
	}
}

// uncovered lists the constants that a switch lacks, and reports whether it is one over limits. One with a default
// lacks none.
func uncovered(statement *ast.SwitchStmt, imported string, sets map[string][]string) (missing []string, found bool) {
	covered, closed := map[string]bool{}, true
	for _, clause := range statement.Body.List {
		values := clause.(*ast.CaseClause).List
		closed = closed && values != nil
		for _, value := range values {
			if name, ok := memberOf(value, imported); ok && sets[name] != nil {
				covered[name] = true
			}
		}
	}
	if !closed {
		return nil, len(covered) > 0
	}
	for name := range covered {
		for _, other := range sets[name] {
			if !covered[other] && !slices.Contains(missing, other) {
				missing = append(missing, other)
			}
		}
	}
	slices.Sort(missing)
	return missing, len(covered) > 0
}

// memberOf is the name of a member of an imported package.
func memberOf(value ast.Expr, imported string) (string, bool) {
	selector, ok := value.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	from, ok := selector.X.(*ast.Ident)
	return selector.Sel.Name, ok && from.Name == imported
}

// importName is the name under which a file imports a package; false when it does not, and for a file of another
// language.
func importName(file *ast.File, path string) (string, bool) {
	if file == nil {
		return "", false
	}
	for _, spec := range file.Imports {
		if spec.Path.Value != strconv.Quote(path) {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name, true
		}
		return path[strings.LastIndex(path, "/")+1:], true
	}
	return "", false
}

// TestIDsOfLimitsAreSpelledOnce: outside of pricing/limit no code writes the id of a limit, or of a kind of quota, as
// text.
func TestIDsOfLimitsAreSpelledOnce(t *testing.T) {
	for _, s := range ownSources(t) {
		if s.file == nil || strings.HasPrefix(s.path, "pricing/limit/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING && spellsLimit(text.Value) {
				t.Errorf("%s: %s is spelled in %s", s.set.Position(n.Pos()), text.Value, limitPath)
			}
			return true
		})
	}
}

func spellsLimit(literal string) bool {
	text, err := strconv.Unquote(literal)
	if err != nil {
		return false
	}
	kind, subject, colon := strings.Cut(text, ":")
	known, ok := limit.ParseKind(kind)
	return ok && (colon && !strings.HasPrefix(subject, " ") || known.Group() == limit.QuotaKinds)
}

// TestLimitsStandOnNothing: every package may know what kinds of limits there are.
func TestLimitsStandOnNothing(t *testing.T) {
	seen := false
	for _, p := range listPackages(t) {
		if p.ImportPath != limitPath {
			continue
		}
		seen = true
		for _, path := range p.Imports {
			if within(path, "headroom") {
				t.Errorf("%s imports %s", limitPath, path)
			}
		}
	}
	if !seen {
		t.Errorf("no package %s", limitPath)
	}
}
