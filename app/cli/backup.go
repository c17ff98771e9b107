package cli

import (
	"context"
	"errors"
	"io"
	"os"

	"headroom/db"
)

type backupCommand struct {
	File string `arg:"" help:"File to write, \"-\" for standard output. An existing file is never overwritten."`
	database
}

func (c *backupCommand) Run(s streams) error {
	ctx := context.Background()
	// Not migrated: a backup is what one makes before an upgrade.
	store, err := db.Open(ctx, c.Database)
	if err != nil {
		return err
	}
	defer store.Close()
	if c.File == "-" {
		return store.Backup(ctx, s.out)
	}
	return writeNew(c.File, func(w io.Writer) error { return store.Backup(ctx, w) })
}

// writeNew writes a file that must not exist, readable by its owner only, and takes it away again when that fails: half
// a backup is none.
func writeNew(name string, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"Backup to read, \"-\" for standard input. The database must be empty."`
	database
}

func (c *restoreCommand) Run(s streams) error {
	ctx := context.Background()
	file, err := s.open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	store, err := openMigrated(ctx, c.Database, db.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	return store.Restore(ctx, file)
}
