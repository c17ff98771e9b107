package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"headroom/db"
)

func TestABackupMovesAccountsToAnEmptyDatabaseOnly(t *testing.T) {
	folder := t.TempDir()
	from, to, file := filepath.Join(folder, "from.db"), filepath.Join(folder, "to.db"),
		filepath.Join(folder, "all.backup")
	if status, _, errs := run(t, "", "migrate", "--database", from); status != exitDone {
		t.Fatal(errs)
	}
	store, err := db.Open(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	user, _, err := store.CreateAccount(t.Context(),
		db.NewAccount{Email: "ada@example.org", Name: "Ada", TeamName: "Engines", PasswordHash: "x"})
	if err != nil {
		t.Fatal(err)
	}
	store.Close()

	steps := []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"a backup is written", []string{"backup", "--database", from, file}, exitDone, ""},
		{"an existing file is never overwritten", []string{"backup", "--database", from, file}, exitInput, "exists"},
		{"a file that is none is refused", []string{"restore", "--database", to, from}, exitInput, "not a backup"},
		{"it fills an empty database", []string{"restore", "--database", to, file}, exitDone, ""},
		{"but not one in use", []string{"restore", "--database", to, file}, exitInput, "empty"},
		{"a file is asked for", []string{"backup", "--database", from}, exitUsage, "file"},
	}
	for _, step := range steps {
		if status, _, errs := run(t, "", step.args...); status != step.status || !strings.Contains(errs, step.says) {
			t.Errorf("%s: status %d, %q", step.name, status, errs)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup's mode: %v, %v", info, err)
	}
	restored, err := db.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	if teams, err := restored.TeamsOf(t.Context(), user.ID); err != nil || len(teams) != 1 ||
		teams[0].Name != "Engines" {
		t.Errorf("teams after the restore: %v, %v", teams, err)
	}
}
