package simulate

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// number reads the vectors' decimal strings.
type number float64

func (n *number) UnmarshalText(text []byte) error {
	v, err := strconv.ParseFloat(string(text), 64)
	*n = number(v)
	return err
}

func floats(list []number) []float64 {
	var out []float64
	for _, n := range list {
		out = append(out, float64(n))
	}
	return out
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("../testdata/vectors/" + name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// check holds a figure against a vector's, which has nine digits after the point.
func check(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > max(1e-9, 1e-9*math.Abs(want)) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestDistributionsOfTheWorkedExample(t *testing.T) {
	var v struct {
		Input struct {
			Spec map[string]struct {
				Kind          Shape
				P10, P50, P90 number
			}
			Order    []string
			Corr     [][]number
			Quantile []number `json:"quantile_sample"`
		}
		Expected struct {
			Cholesky  [][]float64
			Draws     []map[string]any
			Quantiles map[string]float64              `json:"quantiles_type7"`
			Early     struct{ Elasticity, K float64 } `json:"fit_2023_2024"`
			Predicted float64                         `json:"predict_2025_at_1.9"`
			Error     float64                         `json:"error_vs_20"`
			All       float64                         `json:"fit_all_elasticity"`
		}
	}
	read(t, "distributions.json", &v)
	var matrix [][]float64
	for _, row := range v.Input.Corr {
		matrix = append(matrix, floats(row))
	}
	copula, err := NewCopula(matrix)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range v.Expected.Cholesky {
		for j, want := range row {
			check(t, "Cholesky", copula.Lower()[i][j], want)
		}
	}
	for _, draw := range v.Expected.Draws {
		var z, correlated []float64
		for _, x := range draw["z"].([]any) {
			z = append(z, x.(float64))
		}
		out := make([]float64, len(z))
		copula.Correlate(z, out)
		for _, x := range draw["correlated"].([]any) {
			correlated = append(correlated, x.(float64))
		}
		for i, id := range v.Input.Order {
			check(t, "correlated "+id, out[i], correlated[i])
			s := v.Input.Spec[id]
			d, err := NewDistribution(s.Kind, float64(s.P10), float64(s.P50), float64(s.P90))
			if err != nil {
				t.Fatal(id, err)
			}
			check(t, id, d.At(out[i]), draw[id].(float64))
		}
	}
	sample := floats(v.Input.Quantile)
	slices.Sort(sample)
	for p, want := range v.Expected.Quantiles {
		at, _ := strconv.ParseFloat(p, 64)
		check(t, "quantile "+p, Quantile(sample, at), want)
	}
	early, err := NewFit([]float64{0.2, 0.6}, []float64{2, 6})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "elasticity of two years", early.Elasticity, v.Expected.Early.Elasticity)
	check(t, "k of two years", early.K, v.Expected.Early.K)
	check(t, "the third year", early.Revenue(1.9), v.Expected.Predicted)
	check(t, "its error", early.Revenue(1.9)/20-1, v.Expected.Error)
	all, _ := NewFit([]float64{0.2, 0.6, 1.9}, []float64{2, 6, 20})
	check(t, "elasticity of all", all.Elasticity, v.Expected.All)
}

func TestThePublishedSeries(t *testing.T) {
	var v struct {
		Input struct {
			Compute []number `json:"compute_gw"`
			Revenue []number `json:"revenue_busd"`
		}
		Expected struct {
			LogLog       struct{ Elasticity, K, R2 float64 }
			Proportional float64            `json:"proportional_k_busd_per_gw"`
			PerGW        []float64          `json:"revenue_per_gw_busd"`
			Arc          []float64          `json:"arc_elasticity"`
			Predict      map[string]float64 `json:"predict_loglog_busd"`
			Needed       map[string]float64 `json:"gw_needed_for_revenue"`
			Compute      []float64          `json:"compute_growth"`
			Growth       []float64          `json:"revenue_growth"`
			HingedOf     struct {
				Share, BUSD float64
				GW          float64 `json:"gw_at_proportional_k"`
			} `json:"compute_hinged_revenue_of_280b"`
		}
	}
	read(t, "published-fit.json", &v)
	compute, revenue := floats(v.Input.Compute), floats(v.Input.Revenue)
	fit, err := NewFit(compute, revenue)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "elasticity", fit.Elasticity, v.Expected.LogLog.Elasticity)
	check(t, "k", fit.K, v.Expected.LogLog.K)
	check(t, "R2", fit.R2, v.Expected.LogLog.R2)
	check(t, "proportional", Proportional(compute, revenue), v.Expected.Proportional)
	for i, want := range v.Expected.Arc {
		check(t, "arc elasticity", ArcElasticity(compute, revenue)[i], want)
		check(t, "compute growth", compute[i+1]/compute[i], v.Expected.Compute[i])
		check(t, "revenue growth", revenue[i+1]/revenue[i], v.Expected.Growth[i])
	}
	for i, want := range v.Expected.PerGW {
		check(t, "revenue per GW", revenue[i]/compute[i], want)
	}
	for gw, want := range v.Expected.Predict {
		x, _ := strconv.ParseFloat(gw, 64)
		check(t, "revenue at "+gw, fit.Revenue(x), want)
	}
	for busd, want := range v.Expected.Needed {
		x, _ := strconv.ParseFloat(busd, 64)
		check(t, "compute for "+busd, fit.Compute(x), want)
	}
	if got := v.Expected.HingedOf.BUSD / Proportional(compute, revenue); math.Abs(got-v.Expected.HingedOf.GW) > 5e-4 {
		t.Errorf("%v GW for the hinged revenue, want %v", got, v.Expected.HingedOf.GW)
	}
}

func TestTheQuantilesOfADistributionAreItsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SampledFrom([]Shape{Lognormal, Lognormal1p, Logitnormal}).Draw(t, "shape")
		list := []float64{rapid.Float64Range(0.001, 0.999).Draw(t, "a"), rapid.Float64Range(0.001, 0.999).Draw(t, "b"), rapid.Float64Range(0.001, 0.999).Draw(t, "c")}
		slices.Sort(list)
		d, err := NewDistribution(shape, list[0], list[1], list[2])
		if err != nil {
			t.Fatal(err)
		}
		for i, z := range []float64{-z90, 0, z90} {
			if math.Abs(d.At(z)-list[i]) > 1e-9 {
				t.Fatalf("%s: quantile %v at %v, want %v", shape, d.At(z), z, list[i])
			}
		}
	})
}

func TestWhatIsNoDistributionIsRefused(t *testing.T) {
	for _, tc := range []struct {
		name          string
		shape         Shape
		p10, p50, p90 float64
		want          error
	}{
		{"an unknown shape", "normal", 1, 2, 3, ErrShape},
		{"falling quantiles", Lognormal, 3, 2, 4, ErrQuantiles},
		{"a lognormal at 0", Lognormal, 0, 1, 2, ErrQuantiles},
		{"a share of 1", Logitnormal, 0.5, 0.9, 1, ErrQuantiles},
		{"growth of -100 %", Lognormal1p, -1, 0, 1, ErrQuantiles},
		{"a point is one", Lognormal, 2, 2, 2, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := NewDistribution(tc.shape, tc.p10, tc.p50, tc.p90); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func TestAMatrixThatIsNoneNamesThePair(t *testing.T) {
	_, err := NewCopula([][]float64{{1, 0.9, 0}, {0.9, 1, 0.9}, {0, 0.9, 1}})
	var matrix *MatrixError
	if !errors.As(err, &matrix) || matrix.I != 1 || matrix.J != 2 {
		t.Errorf("got %v, want inputs 1 and 2", err)
	}
}

func TestASampleDependsOnItsNumberAlone(t *testing.T) {
	source := rand.NewPCG(0, 0)
	one, again, other := make([]float64, 5), make([]float64, 5), make([]float64, 5)
	Normals(source, 7, 3, one)
	Normals(source, 7, 4, other)
	Normals(rand.NewPCG(9, 9), 7, 3, again)
	if !slices.Equal(one, again) || slices.Equal(one, other) {
		t.Errorf("%v, again %v, other %v", one, again, other)
	}
	if n := testing.AllocsPerRun(100, func() { Normals(source, 7, 3, one) }); n > 1 {
		t.Errorf("%v allocations a sample", n)
	}
}
