package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/db"
	"headroom/pricing"
	"headroom/views"
	"headroom/views/table"
)

// showConflict answers a save that came second: what is saved, what was not, and where they differ from the version
// that both began from.
func (s *Server) showConflict(c echo.Context, a *account, id string, base int, mine draft) error {
	ctx := c.Request().Context()
	theirs, err := s.team(a).Plan(ctx, id)
	if err != nil {
		return err
	}
	author, err := s.deps.Store.User(ctx, theirs.AuthorID)
	if err != nil {
		return err
	}
	conflict, err := s.compareDrafts(ctx, a, theirs, base, mine)
	if err != nil {
		return err
	}
	conflict.Author = author.Name
	return s.render(c, http.StatusConflict, views.PlanConflictPage(s.page(c, "Two versions of "+theirs.Name), conflict))
}

func (s *Server) compareDrafts(ctx context.Context, a *account, theirs db.Plan, base int, mine draft) (views.PlanConflict, error) {
	conflict := views.PlanConflict{
		ID: theirs.ID, Name: theirs.Name, Base: base, Theirs: theirs.Version,
		Mine: views.PlanDraft{Name: mine.Name, Plan: mine.Plan, View: mine.View, Note: mine.Note},
	}
	start, err := s.team(a).Version(ctx, theirs.ID, base)
	if errors.Is(err, db.ErrNotFound) {
		// A version that never was: there is no common start, so everything that differs is a difference of both.
		start, err = db.PlanVersion{PlanContent: db.PlanContent{Body: "{}"}}, nil
	}
	if err != nil {
		return conflict, err
	}
	d, err := namedDocuments(start.PlanContent, theirs.PlanContent, db.PlanContent{Name: mine.Name, Body: mine.Plan})
	if err != nil {
		return conflict, err
	}
	ours, err := pricing.DiffPatch(d.start, d.mine)
	if err != nil {
		return conflict, err
	}
	other, err := pricing.DiffPatch(d.start, d.theirs)
	if err != nil {
		return conflict, err
	}
	merged, err := pricing.MergePatch(d.theirs, ours)
	if err != nil {
		return conflict, err
	}
	conflict.Merged = string(merged)
	conflict.Changes, conflict.Both, err = conflictTable(d, other, ours)
	return conflict, err
}

// documents are the three plans of a conflict.
type documents struct{ start, theirs, mine []byte }

// namedDocuments gives each document the name that it is saved under, so that only a changed name is a difference.
func namedDocuments(start, theirs, mine db.PlanContent) (d documents, err error) {
	for _, part := range []struct {
		to   *[]byte
		from db.PlanContent
	}{{&d.start, start}, {&d.theirs, theirs}, {&d.mine, mine}} {
		if *part.to, err = namedDocument(part.from.Body, part.from.Name); err != nil {
			return d, err
		}
	}
	return d, nil
}

// conflictTable lists every field that either side changed, with its value in the three plans, and counts those that
// both changed to different values.
func conflictTable(d documents, theirPatch, ourPatch []byte) (table.Table, int, error) {
	t := table.Table{ID: "conflict", Title: "Where the two plans differ", Empty: "Both saves made the same changes", Columns: []table.Column{
		{Key: "field", Label: "Field"}, {Key: "start", Label: "Both began with"},
		{Key: "theirs", Label: "Saved"}, {Key: "mine", Label: "Yours"}, {Key: "who", Label: "Changed by"},
	}}
	paths, err := changedPaths(theirPatch, ourPatch)
	if err != nil {
		return t, 0, err
	}
	both := 0
	for _, path := range paths {
		start, theirs, mine := valueAt(d.start, path), valueAt(d.theirs, path), valueAt(d.mine, path)
		who := changedBy(start, theirs, mine)
		if who == byBoth {
			both++
		}
		name := strings.Join(path, ".")
		t.Rows = append(t.Rows, table.Row{Key: name, Cells: []table.Cell{
			{Text: name}, valueCell(start), valueCell(theirs), valueCell(mine), {Text: who},
		}})
	}
	return t, both, nil
}

const (
	byThem = "them"
	byMe   = "you"
	byBoth = "both"
	bySame = "both, alike"
)

func changedBy(start, theirs, mine string) string {
	switch {
	case theirs == mine:
		return bySame
	case theirs == start:
		return byMe
	case mine == start:
		return byThem
	}
	return byBoth
}

// changedPaths are the fields that the merge patches set or remove, in order, without what says nothing to people: the
// pinned prices and the schema. A path is a list of names, because an id may hold a point.
func changedPaths(patches ...[]byte) ([][]string, error) {
	var paths [][]string
	for _, patch := range patches {
		if err := leaves(nil, patch, &paths); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(paths, slices.Compare[[]string])
	paths = slices.CompactFunc(paths, slices.Equal[[]string])
	return slices.DeleteFunc(paths, func(path []string) bool {
		return len(path) == 1 && (path[0] == "catalog_snapshot" || path[0] == "schema")
	}), nil
}

// leaves adds the path of every value of document that is no object. A list is one value, as in a merge patch.
func leaves(path []string, document []byte, paths *[][]string) error {
	members, isObject, err := membersOf(document)
	if err != nil {
		return err
	}
	if !isObject {
		*paths = append(*paths, path)
	}
	for name, value := range members {
		if err := leaves(append(slices.Clone(path), name), value, paths); err != nil {
			return err
		}
	}
	return nil
}

func membersOf(document []byte) (members map[string]json.RawMessage, isObject bool, err error) {
	if document = bytes.TrimSpace(document); len(document) == 0 || document[0] != '{' {
		return nil, false, nil
	}
	err = json.Unmarshal(document, &members)
	return members, true, err
}

// valueAt is the JSON text at a path of a document, compact; "" when the document does not state it.
func valueAt(document []byte, path []string) string {
	value := json.RawMessage(document)
	for _, name := range path {
		members, _, err := membersOf(value)
		if err != nil || members[name] == nil {
			return ""
		}
		value = members[name]
	}
	var compact bytes.Buffer
	if json.Compact(&compact, value) != nil {
		return ""
	}
	return compact.String()
}

// valueCell is a value for people: text without its quotes, long lists cut, and words for what is not stated.
func valueCell(value string) table.Cell {
	if value == "" {
		return table.Cell{State: table.None, Text: "not stated"}
	}
	var text string
	if json.Unmarshal([]byte(value), &text) == nil {
		value = text
	}
	const longest = 80
	if runes := []rune(value); len(runes) > longest {
		value = string(runes[:longest]) + "…"
	}
	return table.Cell{Text: value}
}
