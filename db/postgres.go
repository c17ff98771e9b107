package db

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// postgresConnections is what one replica opens at most; PostgreSQL's default allows 100 in all.
const postgresConnections = 8

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

func (s *Store) openPostgres(dsn string) error {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return err
	}
	handle := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(scanUTC))
	handle.SetMaxOpenConns(postgresConnections)
	handle.SetMaxIdleConns(postgresConnections)
	handle.SetConnMaxIdleTime(5 * time.Minute)
	s.write, err = gorm.Open(postgres.New(postgres.Config{Conn: handle}), s.gormConfig())
	if err != nil {
		_ = handle.Close()
		return err
	}
	s.read = s.write
	return nil
}

// scanUTC makes times come back in UTC, as they do from SQLite; pgx gives local time by default.
func scanUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}
