package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"
)

// migrations is append-only: a released step is never edited. Each step works on its own copy of the tables' structs
// (schema_NNNN.go), so that a later change of a live struct cannot change what an old step did. The resulting schemas
// are kept in testdata/schema.sqlite.sql and testdata/schema.postgres.sql.
func migrations() []*gormigrate.Migration {
	return []*gormigrate.Migration{
		{ID: "0001", Migrate: createSchema0001},
		{ID: "0002", Migrate: createSchema0002},
		{ID: "0003", Migrate: addFigures0003},
		{ID: "0004", Migrate: createSchema0004},
	}
}

// migrationLock is the key of PostgreSQL's advisory lock around Migrate: "headroom" in ASCII.
const migrationLock int64 = 0x68656164726f6f6d

// Migrate brings the schema to the newest version, in one transaction. Several replicas may call it at once. It
// refuses a database that a newer Headroom has migrated.
func (s *Store) Migrate(ctx context.Context) (err error) {
	unlock, err := s.lockMigration(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer func() { err = errors.Join(err, unlock()) }()
	options := *gormigrate.DefaultOptions
	options.UseTransaction = true
	options.ValidateUnknownMigrations = true
	if err := gormigrate.New(s.write.WithContext(ctx), &options, migrations()).Migrate(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// lockMigration keeps other replicas out. SQLite needs no lock of its own: the transaction starts with BEGIN IMMEDIATE.
func (s *Store) lockMigration(ctx context.Context) (unlock func() error, err error) {
	if s.Dialect() != "postgres" {
		return func() error { return nil }, nil
	}
	handle, err := s.write.DB()
	if err != nil {
		return nil, err
	}
	conn, err := handle.Conn(ctx) // the lock belongs to a connection
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrationLock)
		return errors.Join(err, conn.Close())
	}, nil
}

// createTables creates the tables in the order given: a table comes after those that it refers to.
func createTables(tx *gorm.DB, tables ...any) error {
	for _, table := range tables {
		if err := tx.Migrator().CreateTable(table); err != nil {
			return err
		}
	}
	return nil
}
