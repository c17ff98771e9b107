package db

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// used is a store with a row in every table of a backup.
func used(t *testing.T, f fixture) {
	t.Helper()
	user, mine := f.account(t, "Ada")
	content := PlanContent{Name: "Plan", Body: "{\"note\": \"\u00e9\\n\"}", View: "period=year", Start: "2027-01",
		Months: 24, CatalogSnapshot: "s",
		PlanFigures: PlanFigures{Cost: new(float64), Currency: "USD", Wall: "none"}}
	must[Plan](t)(mine.CreatePlan(t.Context(), user.ID, content, "first"))
	must[Invitation](t)(mine.Invite(t.Context(), user.ID, Viewer, "a secret token"))
	must[MachineCorrection](t)(
		mine.CorrectMachine(t.Context(), user.ID, CorrectionContent{Kind: "quotas", RowKey: "azure",
			Field: "tpm", Value: "1", Source: "us", AsOf: "2026-11-01"}))
	noError(t, f.write.Create(&Snapshot{ID: "s", AsOf: "2026-08-01", SHA256: "0", Blob: []byte{0, 1, 255},
		CreatedAt: f.now()}).Error)
}

// contents are all rows of a backup by table, as they stand in it.
func contents(t *testing.T, backup []byte) map[string][]string {
	t.Helper()
	decoder := json.NewDecoder(must[*gzip.Reader](t)(gzip.NewReader(bytes.NewReader(backup))))
	var header backupHeader
	noError(t, decoder.Decode(&header))
	rows := map[string][]string{}
	for {
		var line backupLine
		if err := decoder.Decode(&line); err == io.EOF {
			break
		} else {
			noError(t, err)
		}
		rows[line.Table] = append(rows[line.Table], string(line.Row))
	}
	for _, list := range rows {
		slices.Sort(list)
	}
	return rows
}

func TestABackupShowsWhatOtherTextsHide(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		used(t, f)
		var backup bytes.Buffer
		noError(t, f.Backup(t.Context(), &backup))
		rows := contents(t, backup.Bytes())
		var hash string
		noError(t, f.read.Table("users").Select("password_hash").Scan(&hash).Error)
		if user := rows["users"][0]; hash == "" || !strings.Contains(user, hash) {
			t.Errorf("the password hash %q is not in %s", hash, user)
		}
		if plan := rows["plans"][0]; !strings.Contains(plan, `"Cost":0,`) {
			t.Errorf("a cost of 0 is not in %s", plan)
		}
	})
	user, row := reflect.TypeFor[User](), reflect.TypeFor[userRow]()
	for i := range user.NumField() {
		if field := user.Field(i).Name; i >= row.NumField() || row.Field(i).Name != field {
			t.Errorf("%s of a user is in no backup", field)
		}
	}
}

func TestABackupRestoresIntoEitherDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		used(t, f)
		var first bytes.Buffer
		noError(t, f.Backup(t.Context(), &first))
		for _, table := range backupTables() {
			if len(contents(t, first.Bytes())[table.name]) == 0 {
				t.Errorf("%s has no row: this proves nothing of it", table.name)
			}
		}
		for _, dialect := range []string{"sqlite", "postgres"} {
			other := openFixture(t, freshDSN(t, dialect))
			noError(t, other.Migrate(t.Context()))
			noError(t, other.Restore(t.Context(), bytes.NewReader(first.Bytes())))
			var second bytes.Buffer
			noError(t, other.Backup(t.Context(), &second))
			if diff := cmp.Diff(contents(t, first.Bytes()), contents(t, second.Bytes())); diff != "" {
				t.Errorf("into %s: %s", dialect, diff)
			}
		}
	})
}

func TestABackupHoldsEveryTable(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		tables := must[[]string](t)(f.write.Migrator().GetTables())
		var known = []string{"sessions", "migrations", "sqlite_sequence"}
		for _, table := range backupTables() {
			known = append(known, table.name)
		}
		for _, table := range tables {
			if !slices.Contains(known, table) {
				t.Errorf("%s is in no backup", table)
			}
		}
	})
}

func TestOnlyAWholeBackupRestoresAndOnlyIntoAnEmptyDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, f fixture) {
		used(t, f)
		var backup bytes.Buffer
		noError(t, f.Backup(t.Context(), &backup))
		if err := f.Restore(t.Context(), bytes.NewReader(backup.Bytes())); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("into a database in use: %v", err)
		}
		empty := openFixture(t, freshDSN(t, f.Dialect()))
		noError(t, empty.Migrate(t.Context()))
		for name, file := range map[string][]byte{
			"no backup": []byte("hello"), "nothing": nil, "cut off": backup.Bytes()[:backup.Len()*3/4],
			"cut off before the checksum": backup.Bytes()[:backup.Len()-8],
		} {
			if err := empty.Restore(t.Context(), bytes.NewReader(file)); err == nil {
				t.Errorf("%s was restored", name)
			}
		}
		var users int64
		noError(t, empty.write.Table("users").Count(&users).Error)
		if users != 0 {
			t.Errorf("a refused backup left %d users", users)
		}
	})
}
