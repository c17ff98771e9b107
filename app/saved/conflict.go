package saved

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/web"
	"headroom/app/workspace"
	"headroom/db"
	"headroom/pricing"
	"headroom/views"
	"headroom/views/table"
)

// showConflict answers a save that came second: what is saved, what was not, and where they differ from the version
// that both began from.
func (s *Pages) showConflict(c echo.Context, a *web.Account, id string, base int, mine draft) error {
	ctx := c.Request().Context()
	d, theirs, err := s.conflictDocuments(ctx, a, id, base, mine)
	if err != nil {
		return err
	}
	rows, err := d.rows()
	if err != nil {
		return err
	}
	conflict := views.PlanConflict{
		ID: id, Name: theirs.Name, Base: base, Theirs: theirs.Version, Rows: rows,
		Mine: views.PlanDraft{Name: mine.Name, Plan: mine.Plan, View: mine.View, Note: mine.Note},
	}
	if theirs.AuthorID != a.ID {
		author, err := s.Deps.Store.User(ctx, theirs.AuthorID)
		if err != nil {
			return err
		}
		conflict.Author = author.Name
	}
	return s.Render(c, http.StatusConflict, views.PlanConflictPage(s.Shell(c, "Two versions of "+theirs.Name),
		conflict))
}

// documents are the three plans of a conflict, and the merge patches from the start to the other two.
type documents struct {
	start, theirs, mine []byte
	theirPatch, myPatch []byte
}

func (s *Pages) conflictDocuments(ctx context.Context, a *web.Account, id string, base int, mine draft) (documents,
	db.Plan, error) {
	var d documents
	theirs, err := s.Team(a).Plan(ctx, id)
	if err != nil {
		return d, theirs, err
	}
	start, err := s.Team(a).Version(ctx, id, base)
	if errors.Is(err, db.ErrNotFound) {
		// A version that never was: there is no common start, so everything that differs is a difference of both.
		start, err = db.PlanVersion{PlanContent: db.PlanContent{Body: "{}"}}, nil
	}
	if err != nil {
		return d, theirs, err
	}
	err = d.fill(start.PlanContent, theirs.PlanContent, db.PlanContent{Name: mine.Name, Body: mine.Plan})
	return d, theirs, err
}

// fill gives each document the name that it is saved under, so that only a changed name is a difference.
func (d *documents) fill(start, theirs, mine db.PlanContent) (err error) {
	for _, part := range []struct {
		to   *[]byte
		from db.PlanContent
	}{{&d.start, start}, {&d.theirs, theirs}, {&d.mine, mine}} {
		if *part.to, err = workspace.NamedDocument(part.from.Body, part.from.Name); err != nil {
			return err
		}
	}
	if d.theirPatch, err = pricing.DiffPatch(d.start, d.theirs); err != nil {
		return err
	}
	d.myPatch, err = pricing.DiffPatch(d.start, d.mine)
	return err
}

// rows lists every field that either side changed, with its value in the three plans.
func (d documents) rows() ([]views.ConflictRow, error) {
	paths, err := changedPaths(d.theirPatch, d.myPatch)
	if err != nil {
		return nil, err
	}
	var parsed [3]form.Document
	for i, text := range [][]byte{d.start, d.theirs, d.mine} {
		if parsed[i], err = form.ParseDocument(text); err != nil {
			return nil, err
		}
	}
	words := wordsOf(parsed[:]...)
	var rows []views.ConflictRow
	for _, path := range paths {
		start, theirs, mine := valueAt(d.start, path), valueAt(d.theirs, path), valueAt(d.mine, path)
		text, err := json.Marshal(path)
		if err != nil {
			return nil, err
		}
		rows = append(rows, views.ConflictRow{
			Path: string(text), Field: words.label(path), By: changedBy(start, theirs, mine),
			Start: words.cell(parsed[0], path, start), Theirs: words.cell(parsed[1], path, theirs),
			Mine: words.cell(parsed[2], path, mine),
		})
	}
	return rows, nil
}

func changedBy(start, theirs, mine string) views.ChangedBy {
	switch {
	case theirs == mine:
		return views.Alike
	case theirs == start:
		return views.ByMe
	case mine == start:
		return views.ByThem
	}
	return views.ByBoth
}

// merge is theirs with my changes on top, but for the fields whose value is to stay theirs.
func (d documents) merge(stayTheirs [][]string) ([]byte, error) {
	patch, err := d.myPatch, error(nil)
	for _, path := range stayTheirs {
		if patch, err = without(patch, path); err != nil {
			return nil, err
		}
	}
	return pricing.MergePatch(d.theirs, patch)
}

// without is a document that does not state the field at path, nor anything below it.
func without(document []byte, path []string) ([]byte, error) {
	members, isObject, err := membersOf(document)
	if err != nil || !isObject || len(path) == 0 || members[path[0]] == nil {
		return document, err
	}
	if len(path) == 1 {
		delete(members, path[0])
	} else if members[path[0]], err = without(members[path[0]], path[1:]); err != nil {
		return nil, err
	}
	return json.Marshal(members)
}

// mergeChoices makes the draft of a conflict page into the merged plan. The form names the version that both began
// from, and for each field that both changed whose value to keep.
func (s *Pages) mergeChoices(c echo.Context, a *web.Account, id string, d *draft) error {
	base, err := strconv.ParseInt(c.FormValue("base"), 10, 32)
	if err != nil {
		return web.ErrBadRequest
	}
	documents, _, err := s.conflictDocuments(c.Request().Context(), a, id, int(base), *d)
	if err != nil {
		return err
	}
	choices, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	var stayTheirs [][]string
	for name, values := range choices {
		number, isPath := strings.CutPrefix(name, "path-")
		if !isPath {
			continue
		}
		keep := choices.Get("keep-" + number)
		var path []string
		if json.Unmarshal([]byte(values[0]), &path) != nil || keep != "theirs" && keep != "mine" {
			return web.ErrBadRequest
		}
		if keep == "theirs" {
			stayTheirs = append(stayTheirs, path)
		}
	}
	merged, err := documents.merge(stayTheirs)
	d.Plan = string(merged)
	return err
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
