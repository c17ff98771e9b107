package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"time"

	"headroom/db"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/cost"
)

// dayFlag is a date on the command line.
type dayFlag string

var dayPattern = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// Validate refuses anything but a day that exists.
func (d dayFlag) Validate() error {
	if d == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, string(d)); err != nil || !dayPattern.MatchString(string(d)) {
		return fmt.Errorf("%q is no date; want YYYY-MM-DD", string(d))
	}
	return nil
}

type costCommand struct {
	AsOf  dayFlag `help:"Prices in force on this day; the snapshot's date if absent."`
	Usage string  `arg:"" help:"Usage, a JSON object a line, or - for standard input."`
}

func (c *costCommand) Run(s streams) error {
	shipped, err := catalog.Shipped()
	if err != nil {
		return err
	}
	file, err := s.open(c.Usage)
	if err != nil {
		return err
	}
	defer file.Close()
	return cost.Stream(file, s.out, shipped, calendar.Day(c.AsOf))
}

type sellersCommand struct {
	Models []string `arg:"" optional:"" help:"Canonical model ids such as anthropic/claude-sonnet-4-5; none: all."`
}

func (c *sellersCommand) Run(s streams) error {
	shipped, err := catalog.Shipped()
	if err != nil {
		return err
	}
	return Sellers(s.out, shipped, c.Models)
}

type catalogCommand struct {
	Import importCommand `cmd:"" help:"Read a price file into a new snapshot on top of another."`
	Diff   diffCommand   `cmd:"" help:"List what changed between two snapshots."`
}

type importCommand struct {
	database
	From string  `help:"Format of the file: litellm, models.dev, azure-retail or csv." required:"" enum:"litellm,models.dev,azure-retail,csv"`
	AsOf dayFlag `help:"Day on which the file showed the source's prices; today if absent."`
	Onto string  `help:"Snapshot to put the file on: shipped, none or an id." default:"shipped"`
	Out  string  `help:"Write the snapshot to this file instead of the database."`
	File string  `arg:"" help:"Price file, or - for standard input."`
}

func (c *importCommand) Run(s streams) error {
	ctx := context.Background()
	base, err := c.base(ctx)
	if err != nil {
		return err
	}
	file, err := s.open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	asOf := calendar.Day(c.AsOf)
	if asOf == "" {
		asOf = calendar.DayOf(time.Now())
	}
	snapshot, report, err := CatalogImport(file, c.From, asOf, base)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if err := c.keep(ctx, snapshot); err != nil {
		return err
	}
	return writeJSON(s.out, report)
}

func (c *importCommand) base(ctx context.Context) (*catalog.Snapshot, error) {
	if c.Onto == "none" {
		return nil, nil
	}
	return loadSnapshot(ctx, c.Database, c.Onto)
}

// keep stores the snapshot, or writes it to a file: so the shipped one is made.
func (c *importCommand) keep(ctx context.Context, snapshot *catalog.Snapshot) error {
	if c.Out != "" {
		file, err := os.Create(c.Out)
		if err != nil {
			return err
		}
		return errors.Join(catalog.Encode(file, snapshot), file.Close())
	}
	store, err := openMigrated(ctx, c.Database, db.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	return store.SaveCatalog(ctx, snapshot)
}

type diffCommand struct {
	database
	A string `arg:"" help:"Id of the older snapshot; shipped names the one in the binary."`
	B string `arg:"" help:"Id of the newer snapshot."`
}

func (c *diffCommand) Run(s streams) error {
	ctx := context.Background()
	a, err := loadSnapshot(ctx, c.Database, c.A)
	if err != nil {
		return err
	}
	b, err := loadSnapshot(ctx, c.Database, c.B)
	if err != nil {
		return err
	}
	return CatalogDiff(s.out, a, b)
}

// loadSnapshot finds the shipped snapshot, or an imported one in a database that exists.
func loadSnapshot(ctx context.Context, dsn, id string) (*catalog.Snapshot, error) {
	shipped, err := catalog.Shipped()
	if err != nil || id == "shipped" || id == shipped.ID {
		return shipped, err
	}
	store, err := openExisting(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if store == nil {
		return nil, fmt.Errorf("no snapshot %q: the shipped one is %q and %s does not exist", id, shipped.ID, dsn)
	}
	defer store.Close()
	snapshot, err := store.LoadSnapshot(ctx, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, fmt.Errorf("no snapshot %q in %s; the shipped one is %q", id, dsn, shipped.ID)
	}
	return snapshot, err
}

// openMigrated opens a database, made or brought up to date if need be.
func openMigrated(ctx context.Context, dsn string, options db.Options) (*db.Store, error) {
	store, err := db.OpenWith(ctx, dsn, options)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := store.Migrate(ctx); err != nil {
		store.Close()
		return nil, fmt.Errorf("migrate database: %w", err)
	}
	return store, nil
}
