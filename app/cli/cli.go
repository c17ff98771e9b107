// Package cli is the command line of Headroom: every command reads a file or "-", writes JSON or JSON lines to standard
// output, says what is wrong on standard error, one line an error with the path of the field, and exits 0 (done),
// 1 (bad input) or 2 (bad usage).
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"

	"headroom/pricing"
)

// Exit codes, as plan-format promises.
const (
	exitDone  = 0
	exitInput = 1
	exitUsage = 2
)

// commands is the grammar; each field's Run method is the command.
type commands struct {
	Serve      serveCommand      `cmd:"" help:"Serve the web app."`
	Evaluate   evaluateCommand   `cmd:"" help:"Evaluate a plan: months, costs, revenue and margin of every alternative."`
	Cost       costCommand       `cmd:"" help:"Price lines of usage exactly, with source, date and conflicts; blank lines are passed over."`
	Lockin     lockinCommand     `cmd:"" help:"Assess lock-in: concentration, exit cost, time to exit, substitutes and rules."`
	Sellers    sellersCommand    `cmd:"" help:"List who sells a model, by scope, with prices."`
	Simulate   simulateCommand   `cmd:"" help:"Draw a plan's ranges: quantiles by month, when each limit stands, and which range matters most."`
	Throughput throughputCommand `cmd:"" help:"Estimate what a model gives on accelerators, with its range; blank lines are passed over."`
	Catalog    catalogCommand    `cmd:"" help:"Import price files and compare snapshots."`
	Migrate    migrateCommand    `cmd:"" help:"Bring the database to this version's schema."`
	Backup     backupCommand     `cmd:"" help:"Write all accounts, teams and plans to one file."`
	Restore    restoreCommand    `cmd:"" help:"Fill an empty database from a backup."`

	Version kong.VersionFlag `help:"Print the version."`
}

// streams are the three files of a command; nothing else of the process is touched.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// exited carries the status of --help and --version out of kong, which wants to end the process itself.
type exited int

// Main runs one command and returns its exit status.
func Main(args []string, in io.Reader, out, errs io.Writer) (status int) {
	defer func() {
		if r := recover(); r != nil {
			code, ok := r.(exited)
			if !ok {
				panic(r)
			}
			status = int(code)
		}
	}()
	parser, err := kong.New(&commands{}, kong.Name("headroom"),
		kong.Description("Shows the month in which compute stops your growth, what it costs to move that limit, "+
			"and how locked in you are."),
		kong.Vars{"version": Version()}, kong.Writers(out, errs), kong.UsageOnError(),
		kong.Exit(func(code int) { panic(exited(code)) }))
	if err != nil {
		return fail(errs, err, exitUsage)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return fail(errs, err, exitUsage)
	}
	if err := command.Run(streams{in, out, errs}); err != nil {
		return fail(errs, err, exitInput)
	}
	return exitDone
}

// fail prints an error, one line a field for an invalid plan.
func fail(errs io.Writer, err error, status int) int {
	var invalid *pricing.InvalidError
	if errors.As(err, &invalid) {
		for _, f := range invalid.Fields {
			fmt.Fprintf(errs, "headroom: %s\n", oneLine(f.Error()))
		}
		return status
	}
	fmt.Fprintf(errs, "headroom: %s\n", oneLine(err.Error()))
	return status
}

// oneLine keeps what an input quotes from ending the line or moving the terminal's cursor.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

// open gives the named file, or standard input for "-".
func (s streams) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(s.in), nil
	}
	return os.Open(name)
}
