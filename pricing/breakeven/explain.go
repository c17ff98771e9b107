package breakeven

import (
	"errors"
	"fmt"
	"strings"

	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/words"
)

// Figures that Explain opens.
const (
	Throughput   = "throughput"
	Machines     = "machines"
	Megawatts    = "megawatts"
	OwnMonth     = "own_month"
	APIMonth     = "api_month"
	BreakEvenAt  = "break_even_requests"
	Share        = "share_of_capacity"
	RevenuePerMW = "revenue_per_mw"
)

// ErrFigure says that there is no such figure, or none for this answer.
var ErrFigure = errors.New("no such figure")

// Explain is how a figure came about. offer is the ID of an offer, for those figures that are of one.
func (a *Answer) Explain(figure, offer string, prices *catalog.Snapshot) (pricing.Derivation, error) {
	e := explainer{a, prices}
	if figure == Throughput && a.Serves {
		return e.throughput(), nil
	}
	if !a.Serves {
		return pricing.Derivation{}, ErrFigure
	}
	switch figure {
	case Machines:
		return e.machines(), nil
	case Megawatts:
		return e.megawatts()
	case OwnMonth:
		return e.ownMonth(), nil
	case RevenuePerMW:
		return e.revenue()
	}
	for i := range a.Offers {
		if o := &a.Offers[i]; o.ID() == offer {
			switch figure {
			case APIMonth:
				return e.apiMonth(o), nil
			case BreakEvenAt, Share:
				return e.breakEven(o, figure), nil
			}
		}
	}
	return pricing.Derivation{}, ErrFigure
}

type explainer struct {
	*Answer
	prices *catalog.Snapshot
}

func step(label string, value float64, unit, expression string) pricing.Step {
	return pricing.Step{Label: label, Value: pricing.Figure(value), Unit: unit, Expression: expression}
}

func (e explainer) throughput() pricing.Derivation {
	d := pricing.Derivation{Figure: Throughput, Title: "Output tokens a second of one machine",
		Result: pricing.Figure(e.Throughput.Value), Unit: "tokens/s"}
	if e.Measured > 0 {
		d.Formula = "the measured figure wins over any estimate"
		d.Steps = append(d.Steps, pricing.Step{Label: "measured", Value: pricing.Figure(e.Measured),
			Unit: "tokens/s", Source: e.MeasuredBy.Source, AsOf: e.MeasuredBy.AsOf, Status: "own"})
		if e.Estimated {
			x := e.Node.Throughput()
			d.Steps = append(d.Steps, step("the estimate would have been", x.Value, "tokens/s",
				fmt.Sprintf("%s to %s", short(x.Low), short(x.High))))
		}
		return d
	}
	n, est := e.Node, e.Node.Estimate
	d.Formula = "replicas × requests at a time × output tokens / (requests at a time × prefill + output tokens × step)"
	d.Steps = []pricing.Step{
		{Label: "accelerator", Value: pricing.Figure(e.Accelerator.BandwidthGBs), Unit: "GB/s of memory",
			Source: e.Accelerator.Source, Note: fmt.Sprintf("%s, %g GB, %g TFLOPS bf16", e.Accelerator.Name,
				e.Accelerator.MemoryGB, e.Accelerator.BF16TFLOPS)},
		{Label: "model", Value: pricing.Figure(e.Model.ActiveParams.Value), Unit: "billion parameters a token",
			Source: e.Model.Source, Note: fmt.Sprintf("%s, %g billion in all, %s", e.Model.Name,
				e.Model.TotalParams.Value, e.Precision)},
		step("replicas of a machine", n.Replicas, "",
			fmt.Sprintf("%d accelerators / %d of a replica", e.Count, n.Count)),
		step("requests at a time, each replica", est.Concurrency, "",
			fmt.Sprintf("at most %s fit into memory%s", short(est.MaxConcurrency), e.target())),
		step("one step, a token for each of them", est.StepMS, "ms", fmt.Sprintf("max(memory %s, compute %s) + "+
			"communication %s + engine", short(est.MemoryMS), short(est.ComputeMS), short(est.CommunicationMS))),
		step("reading one prompt", est.PrefillMS, "ms", short(float64(e.Mix.Input))+" tokens"),
		step("one replica gives", est.OutputTokensPerSecond.Value, "tokens/s",
			fmt.Sprintf("%s × %s a user", short(est.Concurrency), short(est.TokensPerSecondPerUser))),
		step("one machine gives", e.Throughput.Value, "tokens/s", fmt.Sprintf("%s replicas", short(n.Replicas))),
		step("at least", e.Throughput.Low, "tokens/s", "the low end of published measurements against the estimate"),
		step("at most", e.Throughput.High, "tokens/s", "the high end"),
	}
	return d
}

func (e explainer) target() string {
	if e.MinUserRate <= 0 {
		return ""
	}
	return fmt.Sprintf("; each user gets at least %s tokens/s", short(e.MinUserRate))
}

func (e explainer) load() []pricing.Step {
	average := e.Requests * float64(e.Mix.Output) / secondsPerMonth
	return []pricing.Step{
		step("load", average, "output tokens/s on average",
			fmt.Sprintf("%s requests × %d tokens / (730 h × 3,600 s)", short(e.Requests), e.Mix.Output)),
		step("at its peak", e.Fleet.Fleet.PeakTokensPerSecond, "output tokens/s", fmt.Sprintf("× %g", e.PeakToAverage)),
		step("one machine carries", e.Throughput.Value*e.Utilization, "output tokens/s",
			fmt.Sprintf("%s × %g", short(e.Throughput.Value), e.Utilization)),
	}
}

func (e explainer) machines() pricing.Derivation {
	f := e.Fleet
	return pricing.Derivation{Figure: Machines, Title: "Machines for the load",
		Formula: "peak output tokens a second / (throughput of a machine × utilisation), rounded up",
		Result:  pricing.Figure(f.Fleet.Replicas), Unit: "machines", Steps: append(e.load(),
			step("accelerators", f.Fleet.Accelerators, "",
				fmt.Sprintf("%s machines × %d", short(f.Fleet.Replicas), e.Count)),
			step("with the fastest machines of the estimate", f.Few.Replicas, "machines", ""),
			step("with the slowest", f.Many.Replicas, "machines", ""))}
}

func (e explainer) megawatts() (pricing.Derivation, error) {
	if !e.Power.Known {
		return pricing.Derivation{}, ErrFigure
	}
	each := step("one accelerator, server and facility included", e.Power.KWEach, "kW", e.Power.Expression)
	each.Source = e.Power.Source
	if !e.Power.Published {
		each.Note = "No source states its provisioned power; this is built up from the chip's own."
	}
	return pricing.Derivation{Figure: Megawatts, Title: "Power for the machines", Formula: "accelerators × kW / 1,000",
		Result: pricing.Figure(e.Fleet.Fleet.MW), Unit: "MW",
		Steps: []pricing.Step{step("accelerators", e.Fleet.Fleet.Accelerators, "", ""), each,
			step("with the fastest machines of the estimate", e.Fleet.Few.MW, "MW", ""),
			step("with the slowest", e.Fleet.Many.MW, "MW", "")}}, nil
}

func (e explainer) ownMonth() pricing.Derivation {
	steps := []pricing.Step{e.machinePrice(),
		step("machines", e.Fleet.Fleet.Replicas, "", "whole ones: what is reserved is paid, used or not"),
		step("machines a month", e.Fleet.Fleet.Monthly, "USD",
			fmt.Sprintf("%s machines × %s USD × 730 h", short(e.Fleet.Fleet.Replicas), short(e.hourly()))),
		step("operations", e.OperationsPerMonth, "USD", "people and tools, as you entered"),
		step("with the fastest machines of the estimate", e.Own.Low, "USD", ""),
		step("with the slowest", e.Own.High, "USD", "")}
	return pricing.Derivation{Figure: OwnMonth, Title: "Own machines, a month",
		Formula: "machines × USD an hour × 730 h + operations", Steps: steps, Result: pricing.Figure(e.Own.Value),
		Unit: "USD"}
}

// machinePrice is the price of one machine with who states it.
func (e explainer) machinePrice() pricing.Step {
	m := &e.Machine
	s := step("one machine an hour", e.hourly(), "USD",
		fmt.Sprintf("%d × %s USD for an accelerator", e.Count, short(e.each())))
	s.Source, s.AsOf, s.Note = m.Source, m.AsOf, strings.Join([]string{m.Seller, m.Type, m.Region}, ", ")
	return s
}

func (e explainer) apiMonth(o *Offer) pricing.Derivation {
	return pricing.Derivation{Figure: APIMonth, Title: "The API, a month",
		Formula: "requests × (tokens in × input price + tokens out × output price) / 1,000,000",
		Steps:   e.apiSteps(o), Result: pricing.Figure(o.At.API), Unit: "USD"}
}

func (e explainer) apiSteps(o *Offer) []pricing.Step {
	r, source := o.Row.RatesFor(e.Mix.Input), e.prices.Source(o.Row.Source)
	price := func(label, exact string) pricing.Step {
		s := pricing.Step{Label: label, Exact: exact, Unit: "USD per 1 M tokens", Source: source.Name,
			URL: o.Row.URL, AsOf: string(o.Row.AsOf), Note: o.Offer.NativeID}
		if s.URL == "" {
			s.URL = source.URL
		}
		return s
	}
	return []pricing.Step{price("input price", r.Input.String()), price("output price", r.Output.String()),
		step("one request", o.APIPerRequest, "USD", fmt.Sprintf("(%d × %s + %d × %s) / 1,000,000", e.Mix.Input,
			r.Input, e.Mix.Output, r.Output)),
		step("requests a month", e.Requests, "", "")}
}

func (e explainer) breakEven(o *Offer, figure string) pricing.Derivation {
	b := &o.BreakEven
	steps := append(
		[]pricing.Step{e.machinePrice(), step("one machine and operations, a month", b.OwnPerMonth, "USD",
			fmt.Sprintf("%s × 730 h + %s", short(e.hourly()), short(e.OperationsPerMonth)))}, e.apiSteps(o)[:3]...)
	steps = append(steps, step("break-even", b.Requests, "requests a month", "own a month / one request"),
		step("one machine can serve", b.CapacityRequests, "requests a month",
			fmt.Sprintf("%s tokens/s / %d × %g / %g × 730 h × 3,600 s", short(e.Throughput.Value), e.Mix.Output,
				e.Utilization, e.PeakToAverage)),
		step("share of it at break-even", b.Share, "share", "above 100 % it is never cheaper"),
		step("with the fastest machine of the estimate", b.ShareRange.Low, "share", ""),
		step("with the slowest", b.ShareRange.High, "share", ""))
	d := pricing.Derivation{Figure: figure, Title: "From which load on one machine is cheaper",
		Formula: "(USD an hour × 730 h + operations) / price of a request on the API",
		Steps:   steps, Result: pricing.Figure(b.Requests), Unit: "requests a month"}
	if figure == Share {
		d.Title, d.Formula, d.Result, d.Unit = "The share of a machine that must be used",
			"break-even requests / requests that one machine can serve", pricing.Figure(b.Share), "share"
	}
	return d
}

func (e explainer) revenue() (pricing.Derivation, error) {
	per, ok := e.RevenuePerMW()
	if !ok {
		return pricing.Derivation{}, ErrFigure
	}
	d := pricing.Derivation{Figure: RevenuePerMW, Title: "Revenue per megawatt and year",
		Formula: "revenue a month × 12 / megawatts", Result: pricing.Figure(per), Unit: "USD",
		Steps: []pricing.Step{step("revenue a month", e.RevenuePerMonth, "USD", "as you entered"),
			step("power", e.Fleet.Fleet.MW, "MW", "")}}
	if e.Facts != nil {
		if y, ok := e.Facts.LatestRevenue(); ok {
			d.Steps = append(d.Steps, published(&y))
		}
	}
	return d, nil
}

// published is what a lab said of its own revenue and compute, for comparison.
func published(y *capacity.RevenueYear) pricing.Step {
	per, _ := y.PerMW()
	s := step(fmt.Sprintf("%s at the end of %d", y.Company, y.Year), per, "USD",
		fmt.Sprintf("for comparison: %s billion USD a year / %s GW", y.ARRBillion.Text, y.ComputeGW.Text))
	s.Source, s.AsOf = y.Source, fmt.Sprintf("%d-12-31", y.Year)
	return s
}

// short is a figure within an expression.
func short(v float64) string {
	if v == float64(int64(v)) && v < 1e15 {
		return words.Whole(v)
	}
	return words.Group(strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.4f", v), "0"), "."))
}
