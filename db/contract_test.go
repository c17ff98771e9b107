package db

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

// PostgreSQL comes from HEADROOM_TEST_POSTGRES: the URL of a server on which databases can be created. Without it half
// of the contract would go unproved, so the tests fail, unless HEADROOM_SKIP_POSTGRES=1 says that this is known.
const (
	postgresEnv     = "HEADROOM_TEST_POSTGRES"
	skipPostgresEnv = "HEADROOM_SKIP_POSTGRES"
)

// testClock is a clock that moves only when told.
type testClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// counter gives id-1, id-2, ...
type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) next() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return fmt.Sprintf("id-%d", c.n)
}

// fixture is an empty, migrated store with a clock at 2026-11-24 10:00 in a zone that is not UTC.
type fixture struct {
	*Store
	clock *testClock
	dsn   string
}

// onBoth runs a test of the contract on a fresh SQLite file and on a fresh PostgreSQL database.
func onBoth(t *testing.T, test func(t *testing.T, f fixture)) {
	t.Helper()
	for _, dialect := range []string{"sqlite", "postgres"} {
		t.Run(dialect, func(t *testing.T) {
			f := openFixture(t, freshDSN(t, dialect))
			if err := f.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			test(t, f)
		})
	}
}

func openFixture(t *testing.T, dsn string) fixture {
	t.Helper()
	zone := time.FixedZone("elsewhere", 2*60*60)
	clock := &testClock{now: time.Date(2026, 11, 24, 10, 0, 0, 123456789, zone)}
	store, err := OpenWith(t.Context(), dsn, Options{Now: clock.Now, NewID: new(counter).next})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return fixture{Store: store, clock: clock, dsn: dsn}
}

func freshDSN(t *testing.T, dialect string) string {
	t.Helper()
	if dialect == "sqlite" {
		return filepath.Join(t.TempDir(), "odd name? 100%.db")
	}
	server := os.Getenv(postgresEnv)
	if server == "" {
		if os.Getenv(skipPostgresEnv) == "1" {
			t.Skip(skipPostgresEnv + "=1")
		}
		t.Fatalf("%s is not set: give the URL of a PostgreSQL server, run make test, or set %s=1", postgresEnv,
			skipPostgresEnv)
	}
	return freshPostgres(t, server)
}

func freshPostgres(t *testing.T, server string) string {
	t.Helper()
	admin, err := Open(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	name := "headroom_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := admin.write.Exec("CREATE DATABASE " + name).Error; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := admin.write.Exec("DROP DATABASE " + name + " WITH (FORCE)").Error; err != nil {
			t.Error(err)
		}
		_ = admin.Close()
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// account makes a user with a team; the name makes the address.
func (f fixture) account(t *testing.T, name string) (User, *TeamStore) {
	t.Helper()
	user, team, err := f.CreateAccount(t.Context(), NewAccount{
		Email: name + "@Example.org", Name: name, TeamName: name + "'s team", PasswordHash: "$argon2id$fake",
	})
	if err != nil {
		t.Fatal(err)
	}
	return user, f.Team(team.ID)
}

// join lets a user into a team by an invitation of its admin.
func (f fixture) join(t *testing.T, team *TeamStore, admin, user User, role Role) {
	t.Helper()
	token := "token for " + user.ID + " in " + team.id
	if _, err := team.Invite(t.Context(), admin.ID, role, token); err != nil {
		t.Fatal(err)
	}
	if _, err := f.AcceptInvitation(t.Context(), token, user.ID); err != nil {
		t.Fatal(err)
	}
}

func content(name string) PlanContent {
	cost := 3_880_584.812
	return PlanContent{
		Name: name, Body: `{"schema":"headroom.plan/v1","name":"` + name + `","x":1.50}`,
		View:  "period=year&sort=-total",
		Start: "2026-09", Months: 36, CatalogSnapshot: "2026-08-01",
		PlanFigures: PlanFigures{Cost: &cost, Currency: "USD", Wall: "Azure token quota", WallMonth: "2027-05"},
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
