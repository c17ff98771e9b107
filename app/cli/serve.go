package cli

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
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

	PlaceWait time.Duration `help:"How long a request waits for others." default:"10s" env:"HEADROOM_PLACE_WAIT"`

	MemoryLimit int64 `help:"Soft limit of memory in MB, 0 for none." default:"1024" env:"HEADROOM_MEMORY_LIMIT"`
}

func (c *serveCommand) Run(s streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(s.err, nil))
	if limit := c.memoryLimit(os.Getenv("GOMEMLIMIT")); limit > 0 {
		debug.SetMemoryLimit(limit)
	}
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
	config.PlaceWait = c.PlaceWait
	return config
}

// memoryLimit is the soft limit to set, in bytes: from here on the collector works harder instead of letting garbage
// grow to as much as is in use. It is 0 where none is wanted or where the Go runtime has read one from GOMEMLIMIT.
func (c *serveCommand) memoryLimit(fromRuntime string) int64 {
	if fromRuntime != "" {
		return 0
	}
	return max(0, c.MemoryLimit) << 20
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
