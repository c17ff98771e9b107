package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// planModel is what TestPlansAgainstAModel expects of the store: maps, nothing else.
type planModel struct {
	ctx   context.Context
	team  *TeamStore
	other *TeamStore
	user  string
	plans map[string]*modelPlan
	words int
}

type modelPlan struct {
	versions []string // bodies
	name     string
	deleted  bool
}

// TestPlansAgainstAModel drives a store through random creations, saves, renames, copies, deletions and restorations
// and compares what it holds with a map after each step.
func TestPlansAgainstAModel(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		var runs atomic.Int64
		rapid.Check(t, func(rt *rapid.T) {
			user, team := f.account(t, fmt.Sprintf("user%d", runs.Add(1)))
			_, other := f.account(t, fmt.Sprintf("other%d", runs.Load()))
			m := &planModel{ctx: t.Context(), team: team, other: other, user: user.ID, plans: map[string]*modelPlan{}}
			rt.Repeat(map[string]func(*rapid.T){
				"create": m.create, "save": m.save, "save stale": m.saveStale, "rename": m.rename, "copy": m.duplicate,
				"delete": m.remove, "restore": m.restore, "other team": m.otherTeam, "": m.check,
			})
		})
	})
}

// content gives each save its own body.
func (m *planModel) content(name string) PlanContent {
	m.words++
	c := content(name)
	c.Body = fmt.Sprintf("body %d", m.words)
	return c
}

// pick draws a plan in the given state, or skips the action.
func (m *planModel) pick(t *rapid.T, deleted bool) (string, *modelPlan) {
	var ids []string
	for id, plan := range m.plans {
		if plan.deleted == deleted {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		t.Skip("no such plan")
	}
	slices.Sort(ids)
	id := rapid.SampledFrom(ids).Draw(t, "plan")
	return id, m.plans[id]
}

func (m *planModel) create(t *rapid.T) {
	c := m.content(rapid.StringMatching(`[a-z é'"%_]{1,20}`).Draw(t, "name"))
	plan, err := m.team.CreatePlan(m.ctx, m.user, c, "")
	fatal(t, err)
	m.plans[plan.ID] = &modelPlan{versions: []string{c.Body}, name: c.Name}
}

func (m *planModel) save(t *rapid.T) {
	id, plan := m.pick(t, false)
	c := m.content(plan.name)
	_, err := m.team.SavePlan(m.ctx, m.user, id, len(plan.versions), c, "")
	fatal(t, err)
	plan.versions = append(plan.versions, c.Body)
}

func (m *planModel) saveStale(t *rapid.T) {
	id, plan := m.pick(t, false)
	wrong := len(plan.versions) + rapid.SampledFrom([]int{-1, 1, 7}).Draw(t, "off by")
	if _, err := m.team.SavePlan(m.ctx, m.user, id, wrong, m.content("x"), ""); !errors.Is(err, ErrStale) {
		t.Fatalf("save from version %d of %d: got %v, want ErrStale", wrong, len(plan.versions), err)
	}
}

func (m *planModel) rename(t *rapid.T) {
	id, plan := m.pick(t, false)
	plan.name = rapid.StringN(1, 50, -1).Filter(printable).Draw(t, "name")
	fatal(t, m.team.RenamePlan(m.ctx, m.user, id, plan.name))
}

// printable leaves out what PostgreSQL cannot keep in text: NUL.
func printable(s string) bool { return !slices.Contains([]rune(s), 0) }

func (m *planModel) duplicate(t *rapid.T) {
	id, plan := m.pick(t, false)
	made, err := m.team.CopyPlan(m.ctx, m.user, id, "copy")
	fatal(t, err)
	m.plans[made.ID] = &modelPlan{versions: []string{plan.versions[len(plan.versions)-1]}, name: "copy"}
}

func (m *planModel) remove(t *rapid.T) {
	id, plan := m.pick(t, false)
	fatal(t, m.team.DeletePlan(m.ctx, m.user, id))
	plan.deleted = true
}

func (m *planModel) restore(t *rapid.T) {
	id, plan := m.pick(t, true)
	fatal(t, m.team.RestorePlan(m.ctx, m.user, id))
	plan.deleted = false
}

func (m *planModel) otherTeam(t *rapid.T) {
	id, _ := m.pick(t, false)
	if err := m.other.DeletePlan(m.ctx, m.user, id); !errors.Is(err, ErrNotFound) {
		t.Fatalf("another team deletes: got %v, want ErrNotFound", err)
	}
}

// check compares the list and every plan with the model.
func (m *planModel) check(t *rapid.T) {
	type line struct {
		ID, Name, Body string
		Version        int
	}
	var want, got []line
	for id, plan := range m.plans {
		if !plan.deleted {
			want = append(want, line{id, plan.name, plan.versions[len(plan.versions)-1], len(plan.versions)})
		}
	}
	list, err := m.team.Plans(m.ctx)
	fatal(t, err)
	for _, info := range list {
		plan, err := m.team.Plan(m.ctx, info.ID)
		fatal(t, err)
		got = append(got, line{info.ID, info.Name, plan.Body, info.Version})
	}
	byID := func(a, b line) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(want, byID)
	slices.SortFunc(got, byID)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Fatalf("-model +store\n%s", diff)
	}
}

func fatal(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFailedConnectionDoesNotTellThePassword(t *testing.T) {
	for _, dsn := range []string{"postgres://headroom:topsecret@127.0.0.1:1/x",
		"postgres://headroom:topsecret@127.0.0.1:port/x?sslmode=maybe"} {
		_, err := Open(t.Context(), dsn)
		if err == nil || strings.Contains(err.Error(), "topsecret") {
			t.Errorf("got %v", err)
		}
	}
}

func TestPathsOfDatabaseFiles(t *testing.T) {
	tests := []struct {
		name, dsn string
		ok        bool
	}{
		{"a plain path is an SQLite file", "PATH", true},
		{"sqlite: in front of a path is allowed", "sqlite:PATH", true},
		{"an empty name is refused", "", false},
		{"a database in memory is refused, because two handles would see two of them", ":memory:", false},
		{"a folder that does not exist is refused", "PATH/no/such", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dsn := test.dsn
			if i := len(dsn) - len("PATH"); test.ok {
				dsn = dsn[:i] + filepath.Join(t.TempDir(), "a b?#%41.db")
			}
			store, err := Open(t.Context(), dsn)
			if (err == nil) != test.ok {
				t.Fatalf("got error %v", err)
			}
			if err == nil {
				noError(t, store.Close())
			}
		})
	}
}
