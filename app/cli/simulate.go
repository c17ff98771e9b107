package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"headroom/pricing"
)

type simulateCommand struct {
	database
	Plan string `arg:"" help:"Plan file with uncertainty, or - for standard input."`
}

func (c *simulateCommand) Run(s streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	source := evaluateCommand{database: c.database, Plan: c.Plan}
	plan, err := source.read(s)
	if err != nil {
		return err
	}
	snapshot, err := source.snapshot(ctx, plan.CatalogSnapshot)
	if err != nil {
		return err
	}
	result, err := pricing.Simulate(ctx, plan, snapshot, s.progress())
	if err != nil {
		return err
	}
	return writeJSON(s.out, result)
}

// progress tells a terminal, once a second, how far a simulation is; a file or a pipe is told nothing.
func (s streams) progress() pricing.Progress {
	if !isTerminal(s.err) {
		return nil
	}
	told := time.Now()
	return func(done, total int) {
		if time.Since(told) < time.Second {
			return
		}
		told = time.Now()
		fmt.Fprintf(s.err, "headroom: %d of %d samples\n", done, total)
	}
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
