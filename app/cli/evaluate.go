package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"headroom/app/planner"
	"headroom/app/workspace"
	"headroom/db"
	"headroom/pricing"
	"headroom/pricing/catalog"
)

type evaluateCommand struct {
	database
	Plan string `arg:"" help:"Plan file, or - for standard input."`
	CSV  bool   `help:"Print the comparison table instead of the result."`
	AsOf string `help:"The day of the table's columns about lock-in, such as 2026-11-24; today if absent." placeholder:"DATE"`
}

func (c *evaluateCommand) Run(s streams) error {
	ctx := context.Background()
	base, err := lockinBase(c.AsOf)
	if err != nil {
		return err
	}
	plan, err := c.read(s)
	if err != nil {
		return err
	}
	snapshot, err := c.snapshot(ctx, plan.CatalogSnapshot)
	if err != nil {
		return err
	}
	result, err := pricing.Evaluate(ctx, plan, snapshot)
	if err != nil {
		return err
	}
	if c.CSV {
		return planner.WriteComparisonCSV(s.out, plan, snapshot, result, base)
	}
	return writeJSON(s.out, result)
}

func (c *evaluateCommand) read(s streams) (*pricing.Plan, error) {
	file, err := s.open(c.Plan)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	// One byte over the bound is enough for ParsePlan to say so.
	text, err := io.ReadAll(io.LimitReader(file, pricing.MaxPlanBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", c.Plan, err)
	}
	return pricing.ParsePlan(text)
}

// snapshot finds the prices that the plan is pinned to. The database is opened only for a plan that names an imported
// snapshot, and never created.
func (c *evaluateCommand) snapshot(ctx context.Context, id string) (*catalog.Snapshot, error) {
	shipped, err := catalog.Shipped()
	if err != nil {
		return nil, err
	}
	if id == "" || id == shipped.ID {
		return shipped, nil
	}
	store, err := openExisting(ctx, c.Database)
	if err != nil {
		return nil, err
	}
	if store != nil {
		defer store.Close()
	}
	return workspace.SnapshotFor(ctx, store, shipped, id)
}

// openExisting opens a database, or gives nil when an SQLite file of that name does not exist.
func openExisting(ctx context.Context, dsn string) (*db.Store, error) {
	if db.IsFile(dsn) {
		if _, err := os.Stat(dsn); errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
	}
	return db.Open(ctx, dsn)
}

func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
