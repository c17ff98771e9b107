package cli

import (
	"context"
	"log/slog"
	"os/signal"
	"syscall"
	"time"

	"github.com/google/uuid"

	"headroom/app"
	"headroom/app/web"
	"headroom/db"
	"headroom/pricing/catalog"
)

// database is the flag that several commands share.
type database struct {
	Database string `help:"SQLite file, or postgres:// address." default:"headroom.db" env:"HEADROOM_DATABASE"`
}

type serveCommand struct {
	database
	Listen     string  `help:"Address to serve on." default:":8080" env:"HEADROOM_LISTEN"`
	Secure     bool    `help:"Cookies over HTTPS only; set it behind a TLS proxy." env:"HEADROOM_SECURE"`
	TrustProxy bool    `help:"Take the client address from X-Forwarded-For." env:"HEADROOM_TRUST_PROXY"`
	Dev        bool    `help:"Serve the component gallery at /dev/gallery." env:"HEADROOM_DEV"`
	APIRate    float64 `help:"API requests a second for one address." default:"50" env:"HEADROOM_API_RATE"`
}

func (c *serveCommand) Run(s streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(s.err, nil))
	store, err := openMigrated(ctx, c.Database, db.Options{Log: log})
	if err != nil {
		return err
	}
	defer store.Close()
	go store.PurgeEvery(ctx, time.Hour)
	shipped, err := catalog.Shipped()
	if err != nil {
		return err
	}
	return app.New(web.Deps{
		Store: store, Catalog: shipped, Now: func() time.Time { return time.Now().UTC() },
		NewID: newID, Log: log, Config: c.config(),
	}).Run(ctx)
}

func (c *serveCommand) config() web.Config {
	config := web.DefaultConfig()
	config.Listen, config.Secure, config.Dev, config.TrustProxy = c.Listen, c.Secure, c.Dev, c.TrustProxy
	config.APIRate, config.Version = c.APIRate, Version()
	return config
}

// newID is a UUIDv7: it sorts by creation in both databases.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

type migrateCommand struct{ database }

func (c *migrateCommand) Run(s streams) error {
	ctx := context.Background()
	store, err := openMigrated(ctx, c.Database, db.Options{})
	if err != nil {
		return err
	}
	return store.Close()
}
