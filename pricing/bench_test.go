package pricing

import (
	"context"
	"fmt"
	"testing"

	"headroom/pricing/growth"
)

// largePlan has 10 workloads, 20 offers and 20 alternatives over 36 months, with volume tiers on every offer.
func largePlan(t testing.TB) *Plan {
	t.Helper()
	p := presetToChange(t, "empty")
	p.Months = 36
	p.Segments["users"] = Segment{Users: Curve{Curve: "exponential", Start: Num("20000"), MonthlyGrowth: Num("0.05")},
		RevenuePerUser: Constant(Num("9"))}
	p.Offers, p.Workloads = map[string]Offer{}, map[string]Workload{}
	for i := range 20 {
		p.Offers[fmt.Sprintf("offer-%02d", i)] = Offer{Kind: OnDemand, Provider: "azure",
			Prices:      []PriceRow{{From: p.Start, Input: Num("2.5"), CacheRead: Num("0.25"), Output: Num("15")}},
			VolumeTiers: []VolumeTier{{Num("1000"), Num("1")}, {Num("5000"), Num("0.9")}, {Number{}, Num("0.8")}}}
	}
	for w := range 10 {
		p.Workloads[fmt.Sprintf("workload-%02d", w)] = Workload{Segment: "users", RequestsPerUserDay: Num("3"),
			InputTokens:  Num("1500"),
			OutputTokens: Num("400"), CacheReadShare: Num("0.3"), CacheWriteShare: Num("0.1"), BatchShare: Num("0.2"),
			Routes: twoRoutes(w)}
	}
	for a := range 20 {
		routes := map[string][]Route{}
		for w := range 10 {
			routes[fmt.Sprintf("workload-%02d", w)] = twoRoutes(a + w)
		}
		p.Alternatives = append(p.Alternatives, Alternative{ID: fmt.Sprintf("alternative-%02d", a), Routes: routes})
	}
	return p
}

func compileAll(p *Plan) ([]*compiled, error) {
	var list []*compiled
	err := p.each(nil, func(c *compiled) error {
		list = append(list, c)
		return nil
	})
	return list, err
}

func twoRoutes(i int) []Route {
	return []Route{{fmt.Sprintf("offer-%02d", i%20), Constant(Num("0.7"))},
		{fmt.Sprintf("offer-%02d", (i+7)%20), Constant(Num("0.3"))}}
}

// BenchmarkEvaluate is the whole way from a plan to a result; BenchmarkPrograms only the months, without compiling.
func BenchmarkEvaluate(b *testing.B) {
	p := largePlan(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Evaluate(context.Background(), p, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPrograms(b *testing.B) {
	programs, err := compileAll(largePlan(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range programs {
			if _, err := c.run(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkCostOnly is the month loop alone: loads, tiers, cost, revenue and teams of 20 alternatives, no result
// written.
func BenchmarkCostOnly(b *testing.B) {
	programs, err := compileAll(largePlan(b))
	if err != nil {
		b.Fatal(err)
	}
	state, users := growth.NewState(programs[0].program), make([]float64, 1)
	balance := programs[0].program.Terms.NewBalance(0)
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range programs {
			for m := range c.months {
				users[0] = c.program.Segments[0].Users[m]
				c.program.Evaluate(m, users, balance, state)
			}
		}
	}
}

// BenchmarkBareLoop is the yardstick: the same multiplications in a plain loop over arrays, with nothing else.
func BenchmarkBareLoop(b *testing.B) {
	const alternatives, months, workloads, routes = 20, 36, 10, 2
	users, perUser := make([]float64, months), make([]float64, workloads*months)
	share, batch := make([]float64, alternatives*workloads*routes), make([]float64, workloads)
	price, tokens := make([]float64, alternatives*workloads*routes*4), make([]float64, workloads*4)
	for _, list := range [][]float64{users, perUser, share, batch, price, tokens} {
		for i := range list {
			list[i] = 1 + float64(i%7)
		}
	}
	sink := 0.0
	b.ReportAllocs()
	for b.Loop() {
		for a := range alternatives {
			for m := range months {
				for w := range workloads {
					for r := range routes {
						i := (a*workloads+w)*routes + r
						cost := 0.0
						for k := range 4 {
							cost += price[i*4+k] * tokens[w*4+k]
						}
						requests := users[m] * perUser[w*months+m] * share[i]
						sink += requests * ((1-batch[w])*cost + batch[w]*cost*0.5)
					}
				}
			}
		}
	}
	if sink == 0 {
		b.Fatal("nothing was computed")
	}
}

// BenchmarkRank prices one workload on every offer of the shipped catalogue over 36 months.
func BenchmarkRank(b *testing.B) {
	c := shipped(b)
	p := presetToChange(b, "chatbot")
	p.Months = 36
	for _, tc := range []struct{ name, growth string }{{"fixed tokens", "0"}, {"growing tokens", "0.02"}} {
		b.Run(tc.name, func(b *testing.B) {
			w := p.Workloads["chat"]
			w.InputTokensGrowth = Num(tc.growth)
			p.Workloads["chat"] = w
			b.ReportAllocs()
			for b.Loop() {
				list, err := Rank(p, "chat", c)
				if err != nil || len(list) != len(c.Offers) {
					b.Fatal(err, len(list))
				}
			}
		})
	}
}

func BenchmarkParsePlan(b *testing.B) {
	data := largePlan(b).Canonical()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParsePlan(data); err != nil {
			b.Fatal(err)
		}
	}
}
