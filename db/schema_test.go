package db

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-gormigrate/gormigrate/v2"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// TestSchemaIsTheGoldenOne makes every change of the schema show in a diff.
func TestSchemaIsTheGoldenOne(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		got := dumpSchema(t, f.Store)
		path := filepath.Join("testdata", "schema."+f.Dialect()+".sql")
		if *update {
			noError(t, os.WriteFile(path, []byte(got), 0o644))
		}
		want := must[[]byte](t)(os.ReadFile(path))
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("the schema changed; if on purpose, in a new migration, run go test ./db -update\n%s", diff)
		}
	})
}

func dumpSchema(t *testing.T, s *Store) string {
	t.Helper()
	if s.Dialect() == "sqlite" {
		statements := pluck(t, s,
			`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name`)
		for i := range statements {
			statements[i] = sortConstraints(statements[i])
		}
		return strings.Join(statements, ";\n") + ";\n"
	}
	columns := pluck(t, s, `SELECT format('%s.%s %s%s', table_name, column_name, data_type ||
		coalesce('(' || character_maximum_length || ')', ''), CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END)
		FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`)
	constraints := pluck(t,
		s, `SELECT format('%s CONSTRAINT %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
		FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY conrelid::regclass::text, conname`)
	indexes := pluck(t, s, `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname`)
	return strings.Join(append(append(columns, constraints...), indexes...), "\n") + "\n"
}

// sortConstraints puts the constraints of a table in order: GORM writes them in the order of a map.
func sortConstraints(statement string) string {
	parts := strings.Split(strings.TrimSuffix(statement, ")"), ",CONSTRAINT ")
	if len(parts) == 1 {
		return statement
	}
	slices.Sort(parts[1:])
	return strings.Join(parts, ",\n  CONSTRAINT ") + ")"
}

func pluck(t *testing.T, s *Store, query string) []string {
	t.Helper()
	var lines []string
	noError(t, s.reader(t.Context()).Raw(query).Scan(&lines).Error)
	return lines
}

// TestLiveStructsFitTheSchema: every column of a live struct is a column of the migrated table, and the other way
// round.
func TestLiveStructsFitTheSchema(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		for _, table := range []any{&User{}, &Team{}, &Membership{}, &Plan{}, &PlanVersion{}, &Snapshot{},
			&Session{}, &AuditEntry{}, &Invitation{}, &MachineCorrection{}} {
			g := f.reader(t.Context()).Model(table)
			noError(t, g.Statement.Parse(table))
			live := map[string]bool{}
			for _, field := range g.Statement.Schema.Fields {
				live[field.DBName] = true
			}
			types, err := f.write.Migrator().ColumnTypes(table)
			noError(t, err)
			for _, column := range types {
				if !live[column.Name()] {
					t.Errorf("%T lacks the column %s", table, column.Name())
				}
				delete(live, column.Name())
			}
			for name := range live {
				t.Errorf("%T has %s, the table has not", table, name)
			}
		}
	})
}

func TestMigrateTwiceChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		before := dumpSchema(t, f.Store)
		noError(t, f.Migrate(t.Context()))
		if after := dumpSchema(t, f.Store); after != before {
			t.Errorf("the schema changed: %s", cmp.Diff(before, after))
		}
	})
}

// A plan of the second release has no figures; nothing else of it changes.
func TestPlansOfAnOlderReleaseSurviveTheMigration(t *testing.T) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		t.Run(dialect, func(t *testing.T) {
			f := openFixture(t, freshDSN(t, dialect))
			options := *gormigrate.DefaultOptions
			noError(t, gormigrate.New(f.write, &options, migrations()[:2]).Migrate())
			ada, team := f.account(t, "Ada")
			want := content("Old")
			want.PlanFigures = PlanFigures{}
			for _, row := range []string{
				"INSERT INTO plans (id, team_id, name, version, start, months, catalog_snapshot, author_id, " +
					"created_at, updated_at, view, body) VALUES ('p', ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
				"INSERT INTO plan_versions (plan_id, team_id, name, number, start, months, catalog_snapshot, " +
					"author_id, created_at, note, view, body) VALUES ('p', ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
			} {
				var eighth any = f.now()
				if strings.Contains(row, "plan_versions") {
					eighth = "a note"
				}
				noError(t, f.write.Exec(row, team.id, want.Name, want.Start, want.Months, want.CatalogSnapshot,
					ada.ID, f.now(), eighth, want.View, want.Body).Error)
			}
			noError(t, f.Migrate(t.Context()))
			if got := must[Plan](t)(team.Plan(t.Context(), "p")); !cmp.Equal(got.PlanContent, want) || got.Kept() {
				t.Errorf("-want +got\n%s", cmp.Diff(want, got.PlanContent))
			}
			if got := must[PlanVersion](t)(team.Version(t.Context(), "p", 1)); !cmp.Equal(got.PlanContent, want) {
				t.Errorf("-want +got\n%s", cmp.Diff(want, got.PlanContent))
			}
			must[Plan](t)(team.SavePlan(t.Context(), ada.ID, "p", 1, content("New"), ""))
		})
	}
}

func TestReplicasMayMigrateAtOnce(t *testing.T) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		t.Run(dialect, func(t *testing.T) {
			dsn := freshDSN(t, dialect)
			failures := make([]error, 4)
			var group sync.WaitGroup
			for i := range failures {
				store := openFixture(t, dsn)
				group.Go(func() { failures[i] = store.Migrate(t.Context()) })
			}
			group.Wait()
			for _, err := range failures {
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestADatabaseOfANewerReleaseIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		noError(t, f.write.Exec("INSERT INTO migrations (id) VALUES ('9999')").Error)
		if err := f.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "migrate: ") {
			t.Errorf("got %v, want a refusal", err)
		}
	})
}

func TestAnSQLiteFileIsPrivateAndInWALMode(t *testing.T) {
	f := openFixture(t, freshDSN(t, "sqlite"))
	noError(t, f.Migrate(t.Context()))
	for _, suffix := range []string{"", "-wal"} {
		info := must[os.FileInfo](t)(os.Stat(f.dsn + suffix))
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, want 0600", filepath.Base(f.dsn)+suffix, info.Mode().Perm())
		}
	}
	wants := map[string]string{"journal_mode": "wal", "foreign_keys": "1", "synchronous": "1", "busy_timeout": "5000"}
	for pragma, want := range wants {
		if got := fmt.Sprint(pluck(t, f.Store, "PRAGMA "+pragma)); got != "["+want+"]" {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
	if err := f.reader(t.Context()).Exec("CREATE TABLE x (y)").Error; err == nil {
		t.Error("the reading handle can write")
	}
}
