package app_test

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"

	"headroom/app/cli"
)

// cliJourney asks the commands that answer a plan or lines on the command line; --as-of stands for their clock.
func cliJourney(w *world) {
	day := "--as-of=" + goldenDay.Format("2006-01-02")
	for _, name := range append(filesOf(w, "../pricing/presets/*.json"), "testdata/golden/everything.json") {
		for _, args := range [][]string{{"evaluate"}, {"evaluate", "--csv", day}, {"lockin", day}} {
			w.command(filepath.Base(name), "", append(args, name)...)
		}
	}
	everything := everythingPlan(w)
	w.command("everything", everything, "simulate", "-")
	w.command("no ranges", smallPlan("40000"), "simulate", "-")
	w.command("no plan", "{}", "evaluate", "-")
	w.command("no such file", "", "evaluate", "testdata/golden/nothing.json")
	w.command("", "", "sellers", "anthropic/claude-sonnet-4-5", "meta/llama-3-3-70b")
	w.command("", "", "sellers", "nobody/nothing")
	w.command("a line", `{"provider":"azure","model":"gpt-5.4","usage":{"input":1000,"output":300}}`, "cost", "-")
	w.command("no line", "nonsense", "cost", "-")
	w.command("a line", throughputQuestion, "throughput", "-")
	w.command("", "", "--help")
	w.command("", "", "nothing")
}

// command runs a command and records its status and both streams.
func (w *world) command(note, in string, args ...string) {
	w.t.Helper()
	var out, errs bytes.Buffer
	status := cli.Main(args, strings.NewReader(in), &out, &errs)
	shown := make([]string, len(args))
	for i, arg := range args {
		shown[i] = filepath.Base(arg)
	}
	name := w.journey + ": headroom " + strings.Join(shown, " ")
	if note != "" {
		name += " # " + note
	}
	w.record.add(name, "exit "+strconv.Itoa(status), "stdout\n"+out.String()+"\nstderr\n"+errs.String())
}
