package capacity

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// estimated is what the estimator gives for a measurement; an MLPerf figure is the best of replicas of 1, 2, 4 and 8.
func estimated(t *testing.T, c Constants, row *Measurement) (rate float64, mixture bool) {
	t.Helper()
	m := machines(t)
	model, err := m.Model(row.Model)
	if err != nil {
		t.Fatal(err)
	}
	chip, err := m.Accelerator(row.Accelerator)
	if err != nil {
		t.Fatal(err)
	}
	r := Replica{Model: model, Accelerator: chip, Count: row.Count, Precision: row.Precision,
		KVPrecision: row.KVPrecision,
		InputTokens: row.InputTokens, OutputTokens: row.OutputTokens, Concurrency: row.Concurrency}
	shape, err := model.Shape()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(row.Source, "mlcommons") {
		best, ok, err := c.FillNode(r, row.Count)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		return best.Throughput().Value, shape.mixture()
	}
	e, err := c.Estimate(&r)
	if err != nil || !e.Fits {
		t.Fatalf("%+v, %v", e, err)
	}
	return e.OutputTokensPerSecond.Value, shape.mixture()
}

// accuracy is the median relative error and the shares of ratios (estimated / measured) within a factor and the range.
type accuracy struct{ medianError, medianRatio, within2 float64 }

func accuracyOf(ratios []float64) accuracy {
	var errors []float64
	within := 0.0
	for _, r := range ratios {
		errors = append(errors, math.Abs(r-1))
		if r >= 0.5 && r <= 2 {
			within++
		}
	}
	return accuracy{median(errors), median(ratios), within / float64(len(ratios))}
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}

func TestTheEstimatorIsAsGoodAsItSays(t *testing.T) {
	var all, dense, mixture, plain []float64
	for i := range machines(t).Measured {
		row := &machines(t).Measured[i]
		rate, isMixture := estimated(t, DefaultConstants(), row)
		ratio := rate / row.OutputTokensPerSecond
		t.Logf("%-16s %d x %-7s %-5s %5.0f in %5.0f out: measured %6.0f, estimated %6.0f, ratio %.2f",
			row.Model, row.Count, row.Accelerator, row.Precision, row.InputTokens, row.OutputTokens,
			row.OutputTokensPerSecond, rate, ratio)
		all = append(all, ratio)
		if isMixture {
			mixture = append(mixture, ratio)
		} else {
			dense = append(dense, ratio)
		}
		full := Constants{UsableMemory: 1, WeightsDense: 1, WeightsMoE: 1, KV: 1, Decode: 1, PrefillDense: 1,
			PrefillMoE: 1, ConcurrencyPerAccelerator: 512}
		rate, _ = estimated(t, full, row)
		plain = append(plain, rate/row.OutputTokensPerSecond)
	}
	for _, part := range []struct {
		name   string
		ratios []float64
		error  float64 // the median error may be at most
		within float64 // and this share within 2x
	}{{"all", all, 0.20, 1}, {"dense", dense, 0.15, 1}, {"mixture of experts", mixture, 0.30, 1}} {
		a := accuracyOf(part.ratios)
		t.Logf("%s, %d rows: median error %.1f %%, median ratio %.2f, within 2x %.0f %%",
			part.name, len(part.ratios), a.medianError*100, a.medianRatio, a.within2*100)
		if len(part.ratios) < 4 || a.medianError > part.error || a.within2 < part.within {
			t.Errorf("%s: median error %.3f and %.2f within 2x, want at most %.2f and at least %.2f",
				part.name, a.medianError, a.within2, part.error, part.within)
		}
	}
	a := accuracyOf(plain)
	t.Logf("the plain roofline, for comparison: median ratio %.2f, within 2x %.0f %%", a.medianRatio, a.within2*100)
	if a.medianError < 2*accuracyOf(all).medianError {
		t.Errorf("the constants no longer earn their place: the plain roofline's median error is %.2f", a.medianError)
	}
}
