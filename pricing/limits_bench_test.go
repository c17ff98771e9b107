package pricing

import (
	"context"
	"fmt"
	"testing"

	"headroom/pricing/growth"
)

// limitedLargePlan is largePlan's first alternative with every kind of limit: 10 workloads, 20 offers, 36 months.
func limitedLargePlan(t testing.TB) *Plan {
	t.Helper()
	p := largePlan(t)
	p.Alternatives = nil
	p.Segments["others"] = Segment{Users: Curve{Curve: "logistic", Start: Num("5000"), Ceiling: Num("60000"),
		Rate: Num("0.2")}, RevenuePerUser: Constant(Num("4"))}
	for i := range 20 {
		id := fmt.Sprintf("offer-%02d", i)
		o := p.Offers[id]
		o.Quota = &Quota{TokensPerMinute: Constant(Num(fmt.Sprint(2_000_000 + 400_000*i))),
			RequestsPerMinute: Constant(Num("4000"))}
		o.Provider = []string{"azure", "bedrock", "vertex", "openai"}[i%4]
		switch {
		case i < 3:
			o.Kind, o.Prices, o.VolumeTiers, o.Quota = Provisioned, nil, nil, nil
			o.TokensPerMinutePerUnit, o.OutputWeight = Num("4750"), Num("8")
			o.Lots = []OfferLot{{From: p.Start, Units: Num("100"), PricePerMonth: Num("260")},
				{From: p.Start + 12, Units: Num("50"), PricePerMonth: Num("221")}}
			if i < 2 {
				o.SpillTo = "offer-10"
			}
		case i < 5:
			o.Kind, o.Prices, o.VolumeTiers, o.GPUPool, o.Provider = GPU, nil, nil, "pool", "colo"
		}
		p.Offers[id] = o
	}
	for w := range 10 {
		id := fmt.Sprintf("workload-%02d", w)
		x := p.Workloads[id]
		x.PeakToAverage, x.Team = Num("2"), fmt.Sprintf("team-%d", w%3)
		if w%2 == 1 {
			x.Segment = "others"
		}
		p.Workloads[id] = x
	}
	p.GPUPools = map[string]GPUPool{"pool": {TokensPerSecondPerGPU: Num("2500"), KWPerGPU: Num("1.3"),
		PUE: Num("1.2"), Site: "site",
		Lots: []PoolLot{{From: p.Start, GPUs: Num("64"), PricePerHour: Num("2.5")}}}}
	p.Sites = map[string]Site{"site": {Lots: []SiteLot{{From: p.Start, Megawatts: Num("0.1")}}}}
	p.SpendCaps = map[string]Schedule{"bedrock": Constant(Num("900000"))}
	p.Commitments = []Commitment{{ID: "macc", Providers: []string{"azure"}, Discount: Num("0.1"),
		CarryShare: Num("0.1"),
		Periods: []Period{{From: p.Start, Months: 12, Amount: Num("2000000")},
			{From: p.Start + 12, Months: 24, Amount: Num("6000000")}}}}
	p.Credits = []Credit{{ID: "founders", Providers: []string{"azure"}, Amount: Num("150000"), Expires: p.Start + 17,
		MaxShare: Num("0.5")}}
	p.Finance = &Finance{MonthlyBudget: Constant(Num("600000")), MinGrossMargin: Num("0.4"), OpeningCash: Num("500000"),
		MinCash: Num("100000"), OtherOpex: Constant(Num("90000"))}
	if err := p.check(); err != nil {
		t.Fatal(err)
	}
	return p
}

func limitedProgram(b *testing.B) *compiled {
	programs, err := compileAll(limitedLargePlan(b))
	if err != nil {
		b.Fatal(err)
	}
	return programs[0]
}

// BenchmarkLimits: the cost of the same plan in a plain float64 loop as the yardstick; months alone, as a sample of a
// simulation needs them; evaluation with ceilings, floors and shadow prices, written as a result; and with growth
// ranges and elasticities.
func BenchmarkLimits(b *testing.B) {
	c := limitedProgram(b)
	b.Run("bare cost loop", func(b *testing.B) {
		rows, users := c.program.Rows, make([]float64, len(c.program.Segments))
		sink := 0.0
		b.ReportAllocs()
		for b.Loop() {
			for m := range c.months {
				for i := range users {
					users[i] = c.program.Segments[i].Users[m]
				}
				for i := c.program.Starts[m]; i < c.program.Starts[m+1]; i++ {
					w := &c.program.Workloads[rows[i].Workload]
					sink += users[w.Segment] * w.Requests[m] * rows[i].Share * ((1-rows[i].Batch)*rows[i].Interactive +
						rows[i].Batch*rows[i].BatchCost)
				}
			}
		}
		if sink == 0 {
			b.Fatal("nothing was computed")
		}
	})
	b.Run("served months", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r := growth.NewRunner(c.program, false)
			for range c.months {
				r.Next()
			}
		}
	})
	b.Run("evaluation", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r := AlternativeResult{}
			c.serve(context.Background(), &r)
		}
	})
	b.Run("analysis", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := c.run(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("growth ranges", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.program.Sustainable()
		}
	})
}
