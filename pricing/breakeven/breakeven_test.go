package breakeven

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing/calendar"
	"headroom/pricing/capacity"
	"headroom/pricing/catalog"
	"headroom/pricing/money"
	"headroom/pricing/pricelist"
)

const today = calendar.Day("2026-11-24")

// llama is the worked example: Llama 3.3 70B in fp8 on a node of eight H100, 2,000 tokens in and 500 out, 30 tokens a
// second for each user, replicas of two, 60 % of a node to be counted on, 5,000 USD of operations, on nodes at so many
// USD an hour.
func llama(t *testing.T, hourly string, change func(*Question)) *Answer {
	t.Helper()
	machines, err := capacity.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	model, err := machines.Model("Llama 3.3 70B")
	if err != nil {
		t.Fatal(err)
	}
	chip, err := machines.Accelerator("H100")
	if err != nil {
		t.Fatal(err)
	}
	rate, err := money.ParseRate(hourly)
	if err != nil {
		t.Fatal(err)
	}
	q := &Question{Facts: machines, Model: model, Accelerator: chip, Count: 8, ReplicaSize: 2,
		Precision: capacity.FP8, KVPrecision: capacity.FP8,
		Machine: capacity.Listing{Seller: "nebius", Type: "8xH100", Chip: chip.Name, Count: 8,
			Hourly: capacity.Price{Rate: rate, Known: true}},
		Mix: pricelist.Mix{Input: 2000, Output: 500}, Requests: 14e6, PeakToAverage: 1, Utilization: 0.6,
		MinUserRate: 30, OperationsPerMonth: 5000}
	if change != nil {
		change(q)
	}
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	a, err := Ask(q, prices, today)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// bedrock is the offer at 0.72 USD in and out of the worked example.
func bedrock(t *testing.T, a *Answer) *Offer {
	t.Helper()
	for i := range a.Offers {
		o := &a.Offers[i]
		if r := o.Row.RatesFor(2000); o.Offer.Provider == "bedrock" && r.Input.String() == "0.72" &&
			r.Output.String() == "0.72" {
			return o
		}
	}
	t.Fatal("no offer of Bedrock at 0.72 USD in and out")
	return nil
}

func TestTheWorkedExampleIsReproducedFromCataloguePrices(t *testing.T) {
	for _, c := range []struct {
		name, hourly             string
		requests, capacity, part float64
		verdict                  capacity.Verdict
	}{
		{"AWS against Bedrock: the API, whatever the error", "55.04", 25.10e6, 14.80e6, 1.70, capacity.APIWins},
		{"Nebius against Bedrock: the error decides", "23.60", 12.35e6, 14.80e6, 0.83, capacity.Close},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := bedrock(t, llama(t, c.hourly, nil))
			b := o.BreakEven
			for name, pair := range map[string][2]float64{"break-even": {b.Requests, c.requests},
				"capacity": {b.CapacityRequests, c.capacity}, "share": {b.Share, c.part}} {
				if math.Abs(pair[0]/pair[1]-1) > 0.006 {
					t.Errorf("%s is %.4g, want %.4g", name, pair[0], pair[1])
				}
			}
			if b.Verdict != c.verdict {
				t.Errorf("verdict %s, want %s", b.Verdict, c.verdict)
			}
		})
	}
}

func TestTheFleetAndTheComparisonCostTheSame(t *testing.T) {
	a := llama(t, "23.60", func(q *Question) { q.Requests, q.PeakToAverage = 80e6, 2.5 })
	o := bedrock(t, a)
	if o.At.Own != a.Own.Value || o.At.OwnRange.High != a.Own.High || o.At.OwnRange.Low != a.Own.Low {
		t.Errorf("the comparison says %+v, the fleet %+v", o.At.OwnRange, a.Own)
	}
	if o.At.Nodes != a.Fleet.Fleet.Replicas || a.Fleet.Fleet.Accelerators != 8*a.Fleet.Fleet.Replicas {
		t.Errorf("%g nodes against %g machines of %g accelerators", o.At.Nodes, a.Fleet.Fleet.Replicas,
			a.Fleet.Fleet.Accelerators)
	}
	if want := a.Fleet.Fleet.Accelerators * 1.73 / 1000; math.Abs(a.Fleet.Fleet.MW-want) > 1e-12 {
		t.Errorf("%g MW, want %g", a.Fleet.Fleet.MW, want)
	}
}

func TestAMeasuredFigureWinsAndEndsTheDoubt(t *testing.T) {
	a := llama(t, "23.60", func(q *Question) { q.Measured = 6000 })
	if a.Throughput != capacity.Measured(6000) {
		t.Errorf("throughput %+v", a.Throughput)
	}
	if v := bedrock(t, a).BreakEven.Verdict; v == capacity.Close {
		t.Error("a measured figure leaves no error that could decide")
	}
}

func TestWhatDoesNotFitIsSaidWithTheReason(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(*Question)
	}{
		{"weights that are too large", "The weights do not fit: 1 × H100 SXM lack 73 GB at bf16.", func(q *Question) {
			q.Machine.Count, q.Count, q.ReplicaSize, q.Precision = 1, 1, 0, capacity.BF16
		}},
		{"a target that no machine reaches", "Even alone on a machine a user gets fewer than 5000 tokens a second.",
			func(q *Question) { q.MinUserRate = 5000 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := llama(t, "23.60", c.change)
			if a.Serves || a.Why != c.want {
				t.Errorf("serves %v, %q; want %q", a.Serves, a.Why, c.want)
			}
			if a.Cheapest == nil {
				t.Error("the prices of the API are known all the same")
			}
		})
	}
}

func TestAQuestionThatCannotBeAskedIsRefused(t *testing.T) {
	a := llama(t, "23.60", nil)
	prices, _ := catalog.Shipped()
	q := a.Question
	q.Count = 12
	if _, err := Ask(&q, prices, today); err != ErrCount {
		t.Errorf("12 accelerators of a machine of 8: %v", err)
	}
	q.Count, q.ReplicaSize = 8, 16
	if _, err := Ask(&q, prices, today); err != ErrReplica {
		t.Errorf("a replica larger than the machine: %v", err)
	}
	q.ReplicaSize, q.Machine.Hourly = 2, capacity.Price{Reason: "not published"}
	if _, err := Ask(&q, prices, today); err != ErrNoPrice {
		t.Errorf("a machine without a price: %v", err)
	}
}

func TestEveryFigureOpensItsDerivation(t *testing.T) {
	a := llama(t, "23.60", func(q *Question) { q.RevenuePerMonth = 500_000 })
	prices, _ := catalog.Shipped()
	o := bedrock(t, a)
	for figure, want := range map[string]float64{
		Throughput: a.Throughput.Value, Machines: a.Fleet.Fleet.Replicas, Megawatts: a.Fleet.Fleet.MW,
		OwnMonth: a.Own.Value, APIMonth: o.At.API,
		BreakEvenAt: o.BreakEven.Requests, Share: o.BreakEven.Share, RevenuePerMW: 500_000 * 12 / a.Fleet.Fleet.MW,
	} {
		t.Run(figure, func(t *testing.T) {
			d, err := a.Explain(figure, o.ID(), prices)
			if err != nil {
				t.Fatal(err)
			}
			if float64(d.Result) != want || len(d.Steps) < 3 || d.Formula == "" {
				t.Errorf("%+v, want the result %g", d, want)
			}
			for _, s := range d.Steps {
				if strings.Contains(s.Label+s.Expression, "NaN") || strings.Contains(s.Expression, "%!") {
					t.Errorf("step %q: %q", s.Label, s.Expression)
				}
			}
		})
	}
	if _, err := a.Explain("colour", "", prices); err != ErrFigure {
		t.Errorf("an unknown figure: %v", err)
	}
}

func TestTheRevenueOfAMegawattStandsBesideAPublishedFigureWithItsSource(t *testing.T) {
	a := llama(t, "23.60", func(q *Question) { q.RevenuePerMonth = 500_000 })
	d, err := a.Explain(RevenuePerMW, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	s := d.Steps[len(d.Steps)-1]
	// 20 billion USD on 1.9 GW at the end of 2025.
	if want := 20e9 / 1900; math.Abs(float64(s.Value)-want) > 1e-6*want || s.Label != "OpenAI at the end of 2025" ||
		s.AsOf != "2025-12-31" || !strings.Contains(s.Source, "Friar") {
		t.Errorf("%+v, want %g", s, want)
	}
	a.Facts = nil
	if d, err = a.Explain(RevenuePerMW, "", nil); err != nil || len(d.Steps) != 2 {
		t.Errorf("without published figures %+v, %v", d.Steps, err)
	}
}

func TestAFigureThatNoPlanHoldsMakesNoPartOfAPlan(t *testing.T) {
	const month calendar.Month = 0
	a := llama(t, "23.60", func(q *Question) { q.Measured = 6000 })
	if part, ok := a.PlanFragment(month); !ok || part.Pools[part.ID].TokensPerSecondPerGPU.String() != "3750" {
		t.Errorf("%+v, %v", part, ok)
	}
	// 1e10 tokens out a second with 2,000,000 tokens in for each: 2.5e15 a second for a GPU are more than a plan can
	// say.
	a = llama(t, "23.60", func(q *Question) { q.Measured, q.Mix = 1e10, pricelist.Mix{Input: 2_000_000, Output: 1} })
	if part, ok := a.PlanFragment(month); ok {
		t.Errorf("a pool that serves %s tokens a second", part.Pools[part.ID].TokensPerSecondPerGPU)
	}
}

func TestPowerThatNobodyPublishesIsBuiltUpOrUnknown(t *testing.T) {
	machines, _ := capacity.Shipped()
	chip := func(name string) *capacity.Accelerator { a, _ := machines.Accelerator(name); return a }
	for _, c := range []struct {
		name  string
		q     Question
		want  float64
		known bool
	}{
		{"published", Question{Accelerator: chip("H100")}, 1.73, true},
		{"from the chip's own power", Question{Accelerator: chip("L40S")}, 350 * 1.822 * 1.25 / 1000, true},
		{"in India with India's facilities", Question{Accelerator: chip("L40S"),
			Machine: capacity.Listing{Area: capacity.India}}, 350 * 1.822 * 1.4 / 1000, true},
		{"not published at all", Question{Accelerator: chip("TPU v6e")}, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if p := powerOf(&c.q); p.Known != c.known || math.Abs(p.KWEach-c.want) > 1e-9 {
				t.Errorf("%+v, want %g", p, c.want)
			}
		})
	}
}

func TestOffersOfAllIdsOfAModelStandInOneOrder(t *testing.T) {
	machines, err := capacity.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	several := 0
	for i := range machines.OpenModels {
		model := &machines.OpenModels[i]
		if _, err := model.Shape(); err != nil || len(model.IDs) < 2 {
			continue
		}
		several++
		a := llama(t, "23.60", func(q *Question) { q.Model = model })
		seen := map[string]bool{}
		for i := range a.Offers {
			o := &a.Offers[i]
			if seen[o.ID()] {
				t.Errorf("%s: %s stands there twice", model.Name, o.ID())
			}
			seen[o.ID()] = true
			if i == 0 {
				continue
			}
			if before := &a.Offers[i-1]; o.Counts() && !before.Counts() || o.Counts() == before.Counts() &&
				o.Cost.Less(before.Cost) {
				t.Errorf("%s: %s stands behind %s, which is dearer", model.Name, o.ID(), before.ID())
			}
		}
	}
	if several == 0 {
		t.Fatal("no model has several ids")
	}
}

// TestTheVerdictFollowsBothEndsOfTheRange draws loads, prices and targets.
func TestTheVerdictFollowsBothEndsOfTheRange(t *testing.T) {
	base := llama(t, "23.60", nil).Question
	prices, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		q := base
		q.Requests = rapid.Float64Range(1, 1e12).Draw(t, "requests")
		q.PeakToAverage = rapid.Float64Range(1, 20).Draw(t, "peak")
		q.Utilization = rapid.Float64Range(0.01, 1).Draw(t, "utilisation")
		q.MinUserRate = rapid.Float64Range(0, 60).Draw(t, "target")
		q.ReplicaSize = rapid.SampledFrom([]int{0, 1, 2, 4, 8}).Draw(t, "replica")
		q.Machine.Hourly.Rate = money.Rate(rapid.Int64Range(1, 1e12).Draw(t, "price"))
		if rapid.Bool().Draw(t, "measured") {
			q.Measured = rapid.Float64Range(1, 1e6).Draw(t, "tokens a second")
		}
		a, err := Ask(&q, prices, today)
		if err != nil {
			t.Fatal(err)
		}
		if !a.Serves {
			if a.Why == "" {
				t.Fatal("no reason")
			}
			return
		}
		if !(a.Own.Low <= a.Own.Value && a.Own.Value <= a.Own.High) || a.Fleet.Few.Replicas > a.Fleet.Many.Replicas {
			t.Fatalf("own %+v, fleet %+v", a.Own, a.Fleet)
		}
		for i := range a.Offers {
			o := &a.Offers[i]
			want := capacity.Close
			switch {
			case o.OwnRange.High <= o.API:
				want = capacity.OwnWins
			case o.OwnRange.Low > o.API:
				want = capacity.APIWins
			}
			if o.At.Verdict != want || q.Measured > 0 && want == capacity.Close {
				t.Fatalf("verdict %s with own %+v against %g, measured %g", o.At.Verdict, o.OwnRange, o.API, q.Measured)
			}
			if math.Abs(o.Own-a.Own.Value) > 1e-9*a.Own.Value {
				t.Fatalf("the fleet costs %g, the comparison says %g", a.Own.Value, o.Own)
			}
		}
	})
}
