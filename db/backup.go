package db

import (
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"gorm.io/gorm"
)

// backupFormat is the first word of a backup, gzip around JSON lines: rows as Go holds them, so that a file from SQLite
// restores into PostgreSQL and back. gzip's checksum tells a damaged file.
const backupFormat = "headroom.backup/v1"

// ErrNotEmpty says that a backup can only be restored into a database that nobody has used.
var ErrNotEmpty = errors.New("the database is in use: restore into an empty one")

type backupHeader struct {
	Format, Schema string // Schema is the id of the newest migration that the database has seen
	Made           time.Time
}

// backupLine is a row with the table that it belongs to.
type backupLine struct {
	Table string
	Row   json.RawMessage
}

// userRow is a User whose password hash shows: everywhere else JSON hides it.
type userRow struct {
	ID, Email, EmailKey, PasswordHash, Name, Theme, Locale string
	CreatedAt, UpdatedAt                                   time.Time
}

// backupTable writes and reads the rows of one table.
type backupTable struct {
	name string
	save func(tx *gorm.DB, write func(row any) error) error
	load func(tx *gorm.DB, row json.RawMessage) error
}

// backupTables are in an order in which rows can be written back: a table comes after those that it refers to. Sessions
// are left out, so that a stolen backup signs nobody in.
func backupTables() []backupTable {
	return []backupTable{
		rowsOf[userRow]("users"), rowsOf[Team]("teams"), rowsOf[Membership]("memberships"), rowsOf[Plan]("plans"),
		rowsOf[PlanVersion]("plan_versions"), rowsOf[Snapshot]("snapshots"), rowsOf[AuditEntry]("audit_log"),
		rowsOf[Invitation]("invitations"),
		rowsOf[MachineCorrection]("machine_corrections"),
	}
}

func rowsOf[Row any](name string) backupTable {
	save := func(tx *gorm.DB, write func(any) error) error {
		rows, err := tx.Table(name).Rows()
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var row Row
			if err := tx.ScanRows(rows, &row); err != nil {
				return err
			}
			if err := write(row); err != nil {
				return err
			}
		}
		return rows.Err()
	}
	load := func(tx *gorm.DB, text json.RawMessage) error {
		var row Row
		if err := json.Unmarshal(text, &row); err != nil {
			return err
		}
		return tx.Table(name).Create(&row).Error
	}
	return backupTable{name, save, load}
}

// Backup writes everything but the sessions, as of one moment, while others go on writing.
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	packed := gzip.NewWriter(w)
	encoder := json.NewEncoder(packed)
	snapshot := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	err := s.reader(ctx).Transaction(func(tx *gorm.DB) error {
		var schema string
		if err := tx.Table("migrations").Select("max(id)").Scan(&schema).Error; err != nil {
			return err
		}
		if err := encoder.Encode(backupHeader{backupFormat, schema, s.now()}); err != nil {
			return err
		}
		for _, table := range backupTables() {
			err := table.save(tx, func(row any) error {
				text, err := json.Marshal(row)
				return errors.Join(err, encoder.Encode(backupLine{table.name, text}))
			})
			if err != nil {
				return fmt.Errorf("%s: %w", table.name, err)
			}
		}
		return nil
	}, snapshot)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return packed.Close()
}

// Restore fills an empty, migrated database from a backup, all of it or nothing. A database in use is ErrNotEmpty.
func (s *Store) Restore(ctx context.Context, r io.Reader) error {
	packed, err := gzip.NewReader(r)
	if err != nil {
		return fmt.Errorf("restore: not a backup of Headroom: %w", err)
	}
	decoder := json.NewDecoder(packed)
	err = s.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := checkRestore(tx, decoder); err != nil {
			return err
		}
		return loadRows(tx, decoder)
	})
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

func checkRestore(tx *gorm.DB, decoder *json.Decoder) error {
	var header backupHeader
	if err := decoder.Decode(&header); err != nil || header.Format != backupFormat {
		return errors.Join(errors.New("not a backup of Headroom"), err)
	}
	if header.Schema != newestSchema() {
		return fmt.Errorf("the backup has schema %s and this version %s: restore it with the version that made it, "+
			"then upgrade", header.Schema, newestSchema())
	}
	for _, table := range backupTables() {
		var rows int64
		if err := tx.Table(table.name).Count(&rows).Error; err != nil {
			return err
		}
		if rows > 0 {
			return ErrNotEmpty
		}
	}
	return nil
}

func loadRows(tx *gorm.DB, decoder *json.Decoder) error {
	tables := map[string]backupTable{}
	for _, table := range backupTables() {
		tables[table.name] = table
	}
	for {
		var line backupLine
		if err := decoder.Decode(&line); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("the file is cut off or damaged: %w", err)
		}
		table, ok := tables[line.Table]
		if !ok {
			return fmt.Errorf("the file has a table %q that is not known", line.Table)
		}
		if err := table.load(tx, line.Row); err != nil {
			return fmt.Errorf("%s: %w", line.Table, err)
		}
	}
}

func newestSchema() string {
	list := migrations()
	return list[len(list)-1].ID
}
