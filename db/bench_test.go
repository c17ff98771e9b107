package db

import (
	"path/filepath"
	"strings"
	"testing"
)

// The yardstick is a row of 20 kB of JSON in an SQLite file on the same disk.

func benchmarkStore(b *testing.B) (*TeamStore, string, Plan) {
	b.Helper()
	store, err := Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	if err := store.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	user, team, err := store.CreateAccount(b.Context(), NewAccount{Email: "a@example.org", Name: "A", TeamName: "T"})
	if err != nil {
		b.Fatal(err)
	}
	large := content("P")
	large.Body = `{"x":"` + strings.Repeat("x", 20_000) + `"}`
	plan, err := store.Team(team.ID).CreatePlan(b.Context(), user.ID, large, "")
	if err != nil {
		b.Fatal(err)
	}
	return store.Team(team.ID), user.ID, plan
}

// BenchmarkSavePlan is one transaction: the plan, its version and a line of the log.
func BenchmarkSavePlan(b *testing.B) {
	team, user, plan := benchmarkStore(b)
	for b.Loop() {
		saved, err := team.SavePlan(b.Context(), user, plan.ID, plan.Version, plan.PlanContent, "")
		if err != nil {
			b.Fatal(err)
		}
		plan = saved
	}
}

func BenchmarkLoadPlan(b *testing.B) {
	team, _, plan := benchmarkStore(b)
	for b.Loop() {
		if _, err := team.Plan(b.Context(), plan.ID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkListOf100Plans(b *testing.B) {
	team, user, plan := benchmarkStore(b)
	for range 99 {
		if _, err := team.CreatePlan(b.Context(), user, plan.PlanContent, ""); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := team.Plans(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFindSession(b *testing.B) {
	team, _, _ := benchmarkStore(b)
	sessions := team.store.Sessions()
	if err := sessions.Commit("token", []byte("data"), team.store.now().AddDate(0, 0, 30)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, found, err := sessions.Find("token"); err != nil || !found {
			b.Fatal(found, err)
		}
	}
}
