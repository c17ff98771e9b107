package capacity

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// anyReplica draws a model that has a shape, a chip with a link, and a load.
func anyReplica(t *rapid.T, m *Machines) Replica {
	var models []*OpenModel
	for i := range m.OpenModels {
		if _, err := m.OpenModels[i].Shape(); err == nil {
			models = append(models, &m.OpenModels[i])
		}
	}
	var chips []*Accelerator
	for i := range m.Accelerators {
		if m.Accelerators[i].LinkGBs.Known {
			chips = append(chips, &m.Accelerators[i])
		}
	}
	chip := *rapid.SampledFrom(chips).Draw(t, "chip")
	return Replica{Model: rapid.SampledFrom(models).Draw(t, "model"), Accelerator: &chip,
		Count:       rapid.SampledFrom([]int{1, 2, 4, 8, 16}).Draw(t, "count"),
		Precision:   rapid.SampledFrom(Precisions()).Draw(t, "precision"),
		KVPrecision: rapid.SampledFrom([]Precision{BF16, FP8}).Draw(t, "kv"),
		InputTokens: rapid.Float64Range(0, 20000).Draw(t, "in"), OutputTokens: rapid.Float64Range(1, 4000).
				Draw(t, "out"),
		Concurrency: float64(rapid.IntRange(0, 2000).Draw(t, "concurrency"))}
}

func estimate(t *rapid.T, r Replica) Estimate {
	e, err := DefaultConstants().Estimate(&r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestMoreMemoryNeverLowersConcurrency(t *testing.T) {
	m := machines(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplica(t, m)
		before := estimate(t, r)
		bigger := *r.Accelerator
		bigger.MemoryGB *= rapid.Float64Range(1, 4).Draw(t, "more")
		r.Accelerator = &bigger
		if after := estimate(t, r); after.MaxConcurrency < before.MaxConcurrency || before.Fits && !after.Fits {
			t.Fatalf("%+v, then %+v", before, after)
		}
	})
}

func TestFasterChipsNeverLowerThroughput(t *testing.T) {
	m := machines(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplica(t, m)
		before := estimate(t, r)
		faster := *r.Accelerator
		switch rapid.IntRange(0, 2).Draw(t, "what") {
		case 0:
			faster.BandwidthGBs *= 2
		case 1:
			faster.BF16TFLOPS, faster.FP8TFLOPS.Value, faster.FP4TFLOPS.Value = faster.BF16TFLOPS*2,
				faster.FP8TFLOPS.Value*2, faster.FP4TFLOPS.Value*2
		case 2:
			faster.LinkGBs.Value *= 2
		}
		r.Accelerator = &faster
		after := estimate(t, r)
		if after.OutputTokensPerSecond.Value < before.OutputTokensPerSecond.Value*(1-1e-12) ||
			after.Concurrency != before.Concurrency {
			t.Fatalf("%+v, then %+v", before, after)
		}
	})
}

// More replicas, not more accelerators in one: communication can make a larger replica slower.
func TestMoreGPUsInANodeNeverLowerItsThroughput(t *testing.T) {
	m := machines(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplica(t, m)
		last := 0.0
		for _, node := range []int{1, 2, 4, 8, 16} {
			best, _, err := DefaultConstants().FillNode(r, node)
			if err != nil {
				t.Fatal(err)
			}
			if x := best.Throughput().Value; x < last {
				t.Fatalf("%d accelerators: %v after %v", node, x, last)
			} else {
				last = x
			}
		}
	})
}

func TestAStricterTargetNeverRaisesConcurrency(t *testing.T) {
	m := machines(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplica(t, m)
		r.Concurrency = 0
		r.MinUserRate = rapid.Float64Range(0.1, 200).Draw(t, "rate")
		loose := estimate(t, r)
		if !loose.Fits {
			return
		}
		if loose.Meets {
			if loose.TokensPerSecondPerUser < r.MinUserRate {
				t.Fatalf("target %v missed: %+v", r.MinUserRate, loose)
			}
			one := r
			one.MinUserRate, one.Concurrency = 0, loose.Concurrency+1
			if next := estimate(t, one); next.Concurrency == one.Concurrency &&
				next.Concurrency <= 512*float64(r.Count) && next.TokensPerSecondPerUser >= r.MinUserRate {
				t.Fatalf("%v requests would do too: %+v", one.Concurrency, next)
			}
		}
		r.MinUserRate *= 2
		if strict := estimate(t, r); strict.Concurrency > loose.Concurrency {
			t.Fatalf("%+v, then %+v", loose, strict)
		}
	})
}

func TestTheRangeHoldsTheFigure(t *testing.T) {
	m := machines(t)
	rapid.Check(t, func(t *rapid.T) {
		e := estimate(t, anyReplica(t, m))
		if x := e.OutputTokensPerSecond; e.Fits && !(x.Low < x.Value && x.Value < x.High && x.Low > 0) {
			t.Fatalf("%+v", x)
		}
	})
}

func TestUnitsCarryTheLoad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := rapid.Float64Range(0, 1e9).Draw(t, "load")
		per := rapid.Float64Range(100, 1e5).Draw(t, "per unit")
		least := float64(rapid.IntRange(0, 100).Draw(t, "minimum"))
		step := float64(rapid.IntRange(1, 50).Draw(t, "increment"))
		units := UnitsFor(load, per, least, step)
		fewer := max(least, units-step)
		if units*per < load*(1-1e-9) || units < least || units > least &&
			(math.Mod(units, step) != 0 || fewer*per >= load*(1+1e-9)) {
			t.Fatalf("%v units for %v at %v, from %v by %v", units, load, per, least, step)
		}
	})
}

func TestTheVerdictFollowsTheCosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(0.1, 100).Draw(t, "requests a second")
		s := SelfHost{NodeHourly: rapid.Float64Range(0, 100).Draw(t, "node"), Nodes: 1,
			OperationsPerMonth: rapid.Float64Range(0, 1e4).Draw(t, "operations"),
			InputTokens:        2000, OutputTokens: 500, APIInput: rapid.Float64Range(0.01, 5).Draw(t, "price"),
			APIOutput:    1,
			NodeRequests: spread(x, rapid.Bool().Draw(t, "mixture")), Utilization: 0.6}
		a, err := s.At(rapid.Float64Range(0, 1e9).Draw(t, "load"))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case a.Verdict == OwnWins && a.Own > a.API, a.Verdict == APIWins && a.Own <= a.API,
			a.OwnRange.Low > a.Own || a.Own > a.OwnRange.High, a.CapacityUsage > 1+1e-9:
			t.Fatalf("%+v", a)
		}
	})
}
