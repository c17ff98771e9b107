package pricing

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"headroom/pricing/growth"
	"headroom/pricing/simulate"
)

// candidates are paths of numbers that may vary, of every kind that the drawn plans have.
var candidates = []string{"segments.s0.users.start", "segments.s0.users.monthly_growth", "segments.s0.users.values[2]",
	"segments.s0.revenue_per_user",
	"workloads.w0.requests_per_user_day", "workloads.w0.input_tokens", "workloads.w0.output_tokens",
	"workloads.w0.cache_read_share", "workloads.w0.cache_write_share", "fx.EUR", "workloads.w0.max_output_tokens",
	"workloads.w0.batch_share", "workloads.w0.peak_to_average", "workloads.w0.season[3]", "workloads.w1.output_tokens",
	"offers.d0.prices[0].input", "offers.d1.batch_multiplier", "offers.d1.volume_tiers[1].multiplier",
	"offers.d0.output_weight", "offers.d1.cached_input_weight",
	"offers.d0.quota.tokens_per_minute", "offers.d1.quota.tokens_per_minute[1].value",
	"offers.d2.quota.requests_per_minute",
	"offers.p0.lots[0].units", "offers.p0.lots[1].price_per_hour", "offers.p1.tokens_per_minute_per_unit",
	"offers.p0.output_weight",
	"gpu_pools.pool.tokens_per_second_per_gpu", "gpu_pools.pool.max_utilization", "gpu_pools.pool.lots[0].gpus",
	"gpu_pools.pool.pue", "sites.site.lots[0].megawatts",
	"finance.opening_cash", "finance.other_opex", "finance.monthly_budget", "finance.min_gross_margin",
	"finance.min_cash",
	"commitments[0].discount", "commitments[0].periods[1].amount", "credits[1].amount", "credits[1].monthly_cap",
	"spend_caps.vertex", "spend_caps.aws[0].value"}

// ranges draws some candidates that the plan states; width 0 is a point at the stated number.
func ranges(t *rapid.T, p *Plan, width float64) map[string]Distribution {
	inputs := map[string]Distribution{}
	for _, path := range candidates {
		found, problem := (&numbers{plan: p}).find(path)
		if problem != "" || !rapid.Bool().Draw(t, path) {
			continue
		}
		d := Distribution{P50: *found}
		v := found.Float()
		switch {
		case v > 0 && v < 1 && rapid.Bool().Draw(t, "as a share"):
			d.Distribution = string(simulate.Logitnormal)
		case v > 0:
			d.Distribution = string(simulate.Lognormal)
		case v > -1:
			d.Distribution = string(simulate.Lognormal1p)
		default:
			continue
		}
		d.P10, d.P90 = Num(strconv.FormatFloat(v-width*min(v/2, (1+v)/2), 'f', 12, 64)),
			Num(strconv.FormatFloat(v+width*min(v/2+0.001, (1-v)/2), 'f', 12, 64))
		if width == 0 {
			d.P10, d.P90 = d.P50, d.P50
		}
		inputs[path] = d
	}
	return inputs
}

// drawnLimitedPlan is a valid plan with ranges; false when the draw has none.
func drawnLimitedPlan(t *rapid.T, width float64) (*Plan, bool) {
	p, err := ParsePlan([]byte(limitedPlan{drawnPlan{t}}.text()))
	if err != nil {
		t.Fatal(err)
	}
	changed := *p
	p = &changed
	p.Uncertainty = &Uncertainty{Samples: 3, Seed: Num("7"), Inputs: ranges(t, p, width)}
	if err := p.check(); err != nil { // ends that their field does not allow
		for _, f := range Invalid(err).Fields {
			for path := range p.Uncertainty.Inputs {
				if under(f.Path, dot("uncertainty.inputs", path)) {
					delete(p.Uncertainty.Inputs, path)
				}
			}
		}
	}
	return p, len(p.Uncertainty.Inputs) > 0 && p.check() == nil
}

func TestAPlanOfPointMassesIsTheDeterministicPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, ok := drawnLimitedPlan(t, 0)
		if !ok {
			t.Skip("no range")
		}
		result, err := Evaluate(context.Background(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		simulated, err := Simulate(context.Background(), p, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		want, got := result.Alternatives[0], simulated.Alternatives[0]
		if len(got.Warnings) > 0 {
			t.Fatal(got.Warnings)
		}
		users := 0.0
		for m := range want.Months {
			w, g := &want.Months[m], &got.Months[m]
			users += w.UsersServed
			for _, f := range []struct {
				what string
				want float64
				got  Quantiles
			}{{"users", w.UsersServed, g.UsersServed}, {"cash cost", w.CashCost, g.CashCost},
				{"revenue", w.Revenue, g.Revenue},
				{"margin", float64(w.GrossMargin), g.GrossMargin}, {"cash", w.Cash, g.Cash}} {
				exact := Quantiles{Figure(f.want), Figure(f.want), Figure(f.want), f.got.Undefined}
				if fmt.Sprint(exact) != fmt.Sprint(f.got) || (f.got.Undefined > 0) == Figure(f.want).Known() {
					t.Fatalf("%s %s: %v, want %v", g.Month, f.what, f.got, f.want)
				}
			}
			any := 0.0
			for _, bound := range g.BindsBy {
				first, binds := want.FirstBinding.Get(bound.ID)
				binds = binds && first <= g.Month.String()
				if bound.Value != 0 && bound.Value != 1 || (bound.Value == 1) != binds {
					t.Fatalf("%s: %s binds by now with %v; the first month is %q", g.Month, bound.ID,
						bound.Value, first)
				}
				any = max(any, float64(bound.Value))
			}
			if g.AnyBindsBy != any {
				t.Fatalf("%s: any binds with %v, want %v", g.Month, g.AnyBindsBy, any)
			}
		}
		if got.Middle.UserMonths != users {
			t.Fatalf("middle %v, want %v", got.Middle.UserMonths, users)
		}
		for _, bar := range got.Tornado {
			if bar.Low != users || bar.High != users {
				t.Fatalf("%+v moves the plan from %v", bar, users)
			}
		}
	})
}

// What a sampler fills in place is what the plan with the drawn numbers is compiled to from scratch.
func TestASampleIsThePlanWithItsNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, ok := drawnLimitedPlan(t, 0.9)
		if !ok {
			t.Skip("no range, or one that its field does not allow")
		}
		var out problems
		s := newSampler(p.variants(&out)[0], nil, sortedKeys(p.Uncertainty.Inputs))
		for n := range 3 {
			s.draw(7, n)
			var got []float64
			if err := s.run(func(_ int, o *growth.Outcome) { got = append(got, figuresOf(o)...) }); err != nil {
				t.Fatal(err)
			}
			fresh := p.copy()
			fresh.Uncertainty = nil
			named := numbers{plan: fresh}
			for _, in := range s.inputs {
				number, problem := named.find(in.path)
				if problem != "" {
					t.Fatal(in.path, problem)
				}
				*number = Num(strconv.FormatFloat(in.number.Float(), 'g', -1, 64))
			}
			named.publish()
			program, found := compileVariant(fresh.variants(&out)[0], fresh, nil, map[*Plan]*frame{})
			if len(found.list) > 0 {
				t.Fatal(found.list)
			}
			var want []float64
			runner := growth.NewRunner(program.program, true)
			for range fresh.Months {
				want = append(want, figuresOf(runner.Next())...)
			}
			if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got)); diff != "" {
				t.Fatalf("sample %d with %s: %s", n, s.values(), diff)
			}
		}
	})
}

func figuresOf(o *growth.Outcome) []float64 {
	list := append([]float64{o.State.Accrual(), o.State.Statement.Credits, o.State.Revenue, o.Cash, float64(o.Head)},
		o.Served...)
	return append(append(list, o.Lost...), o.State.Refused...)
}

func TestCoresAndTheOrderOfMembersChangeNoByteOfASimulation(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	rapid.Check(t, func(t *rapid.T) {
		p, ok := drawnLimitedPlan(t, 0.9)
		if !ok {
			t.Skip("no range, or one that its field does not allow")
		}
		p.Uncertainty.Samples = 70
		var first []byte
		for _, cores := range []int{1, 2, 5} {
			runtime.GOMAXPROCS(cores)
			again, err := ParsePlan(p.Canonical()) // other maps
			if err != nil {
				t.Fatal(err)
			}
			result, err := Simulate(context.Background(), again, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(result)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = text
			}
			if diff := cmp.Diff(string(first), string(text)); diff != "" {
				t.Fatalf("%d cores: %s", cores, diff)
			}
		}
	})
}
