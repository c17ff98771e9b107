package cli

import (
	"context"
	"fmt"
	"io"
	"time"

	"headroom/app/api"
	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
)

type lockinCommand struct {
	database
	Input string `arg:"" help:"A plan, or params, lines and exit; - for standard input."`
	AsOf  string `help:"The day of the assessment, such as 2026-11-24; today if absent." placeholder:"DATE"`
}

func (c *lockinCommand) Run(s streams) error {
	ctx := context.Background()
	base, err := lockinBase(c.AsOf)
	if err != nil {
		return err
	}
	file, err := s.open(c.Input)
	if err != nil {
		return err
	}
	defer file.Close()
	// One byte over the bound is enough for the reader to say so.
	text, err := io.ReadAll(io.LimitReader(file, pricing.MaxPlanBytes+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", c.Input, err)
	}
	evaluate := evaluateCommand{database: c.database}
	answer, err := api.Lockin(ctx, text, evaluate.snapshot, base)
	if err != nil {
		return err
	}
	return writeJSON(s.out, answer)
}

// lockinBase makes what assessments share, as of a day or of today.
func lockinBase(day string) (func(*catalog.Snapshot) (*lockin.Base, error), error) {
	today := calendar.DayOf(time.Now())
	if day != "" {
		var err error
		if today, err = catalog.ParseDate(day); err != nil {
			return nil, fmt.Errorf("--as-of: %w", err)
		}
	}
	return func(prices *catalog.Snapshot) (*lockin.Base, error) { return lockin.NewBase(prices, today) }, nil
}
