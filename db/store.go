// Package db keeps accounts, teams, saved plans, imported price snapshots, sessions and the audit log, in an SQLite
// file or in PostgreSQL.
//
// A plan is one row: the columns that SQL searches, and the plan document as text, byte for byte as it was saved.
// Everything that belongs to a team is read and written through one type, [TeamStore], which adds the team to every
// statement; another team's plan is [ErrNotFound]. Writes to a plan name the version that they were made from; if the
// plan moved on meanwhile the answer is [ErrStale] and nothing is written.
//
// Times are UTC with microseconds, the finer of what both databases keep. The clock and the ids come from outside.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"headroom/pricing/catalog"
)

// slowStatement is how long a statement may take before it is logged (text only, never its values).
const slowStatement = 500 * time.Millisecond

// Options are what a store takes from outside. The zero value uses the system clock, UUIDv7 ids and no log.
type Options struct {
	Now   func() time.Time
	NewID func() string
	Log   *slog.Logger
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	write, read *gorm.DB // the same handle on PostgreSQL
	clock       func() time.Time
	newID       func() string
	log         *slog.Logger
	catalogs    *lru.Cache[string, *catalog.Snapshot]
}

// Open opens the database that dsn names: "postgres://..." or "postgresql://...", else an SQLite file by its path or
// as "sqlite:PATH". It creates a missing file, readable by its owner only, and does not migrate: see Migrate.
func Open(ctx context.Context, dsn string) (*Store, error) { return OpenWith(ctx, dsn, Options{}) }

// OpenWith is Open with a given clock, ids and log.
func OpenWith(ctx context.Context, dsn string, o Options) (*Store, error) {
	s := &Store{clock: o.Now, newID: o.NewID, log: o.Log}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.newID == nil {
		s.newID = newUUID
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if s.catalogs, err = lru.New[string, *catalog.Snapshot](catalogsKept); err != nil {
		return nil, err
	}
	open := s.openSQLite
	if isPostgres(dsn) {
		open = s.openPostgres
	}
	if err := open(dsn); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), s.Close())
	}
	if err := s.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), s.Close())
	}
	return s, nil
}

// Ping reports whether both handles answer.
func (s *Store) Ping(ctx context.Context) error {
	for _, handle := range s.handles() {
		if err := handle.PingContext(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Close closes the database; a store cannot be used after it.
func (s *Store) Close() error {
	var err error
	for _, handle := range s.handles() {
		err = errors.Join(err, handle.Close())
	}
	return err
}

// Dialect is "sqlite" or "postgres".
func (s *Store) Dialect() string { return s.write.Name() }

func (s *Store) handles() []*sql.DB {
	var handles []*sql.DB
	for _, g := range []*gorm.DB{s.write, s.read} {
		if g == nil || (g == s.read && s.read == s.write && len(handles) > 0) {
			continue
		}
		if handle, err := g.DB(); err == nil {
			handles = append(handles, handle)
		}
	}
	return handles
}

// now is read once per transaction, so that all rows of one write carry the same time.
func (s *Store) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

// transaction runs fn in one transaction of the writing handle.
func (s *Store) transaction(ctx context.Context, operation string, fn func(tx *gorm.DB, now time.Time) error) error {
	return translate(operation,
		s.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return fn(tx, s.now()) }))
}

func (s *Store) reader(ctx context.Context) *gorm.DB { return s.read.WithContext(ctx) }

// gormConfig is the same for both databases. Statements are logged without values: they hold hashes and plans.
func (s *Store) gormConfig() *gorm.Config {
	return &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,
		NowFunc:                s.now,
		Logger: logger.NewSlogLogger(s.log, logger.Config{
			SlowThreshold: slowStatement, LogLevel: logger.Warn,
			IgnoreRecordNotFoundError: true, ParameterizedQueries: true,
		}),
	}
}

// newUUID is a UUIDv7: it sorts by creation time. Without randomness nothing may go on.
func newUUID() string { return uuid.Must(uuid.NewV7()).String() }
