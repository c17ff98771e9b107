package pricing

import (
	"context"
	"testing"

	"headroom/pricing/growth"
)

// uncertainLargePlan is the plan of 10 workloads x 20 offers x 36 months with every kind of limit, and 12 ranges of the
// kinds that a form offers by default: growth, tokens, caching, peaks and prices.
func uncertainLargePlan(t testing.TB) *Plan {
	p := limitedLargePlan(t)
	o := p.Offers["offer-10"]
	o.PriceDeclinePerYear = Num("0.2")
	p.Offers["offer-10"] = o
	p.Uncertainty = &Uncertainty{Samples: 5000, Seed: Num("1"), Inputs: map[string]Distribution{
		"segments.users.users.monthly_growth":    {"lognormal1p", Num("0.03"), Num("0.05"), Num("0.08")},
		"segments.others.users.rate":             {"lognormal", Num("0.1"), Num("0.2"), Num("0.3")},
		"offers.offer-10.price_decline_per_year": {"logitnormal", Num("0.1"), Num("0.2"), Num("0.4")},
		"workloads.workload-00.peak_to_average":  {"lognormal", Num("1.5"), Num("2"), Num("3")},
		"workloads.workload-00.output_tokens":    {"lognormal", Num("300"), Num("400"), Num("700")},
		"workloads.workload-01.output_tokens":    {"lognormal", Num("300"), Num("400"), Num("700")},
		"workloads.workload-02.output_tokens":    {"lognormal", Num("300"), Num("400"), Num("700")},
		"workloads.workload-03.output_tokens":    {"lognormal", Num("300"), Num("400"), Num("700")},
		"workloads.workload-00.input_tokens":     {"lognormal", Num("1000"), Num("1500"), Num("2500")},
		"workloads.workload-01.input_tokens":     {"lognormal", Num("1000"), Num("1500"), Num("2500")},
		"workloads.workload-00.cache_read_share": {"logitnormal", Num("0.1"), Num("0.3"), Num("0.5")},
		"workloads.workload-01.cache_read_share": {"logitnormal", Num("0.1"), Num("0.3"), Num("0.5")},
	}, Correlations: []Correlation{{"workloads.workload-00.output_tokens", "workloads.workload-01.output_tokens",
		Num("0.5")}}}
	if err := p.check(); err != nil {
		t.Fatal(err)
	}
	return p
}

// BenchmarkSimulate: 5,000 samples from a plan in memory to its quantiles, and one sample by itself: filling the
// program with other numbers, and serving its months.
func BenchmarkSimulate(b *testing.B) {
	p := uncertainLargePlan(b)
	b.Run("5000 samples", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Simulate(context.Background(), p, nil, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	var out problems
	s := newSampler(p.variants(&out)[0], nil, sortedKeys(p.Uncertainty.Inputs))
	b.Run("one sample", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			s.draw(1, n%5000)
			if err := s.run(func(int, *growth.Outcome) {}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("filling", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			s.draw(1, n%5000)
			s.numbers.publish()
			s.refill(&s.changed, &out)
		}
	})
}
