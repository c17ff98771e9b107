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
			Quantiles map[string]float64 `json:"quantiles_type7"`
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
}

func TestTheQuantilesOfADistributionAreItsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := rapid.SampledFrom([]Shape{Lognormal, Lognormal1p, Logitnormal}).Draw(t, "shape")
		list := []float64{rapid.Float64Range(0.001, 0.999).Draw(t, "a"), rapid.Float64Range(0.001, 0.999).Draw(t, "b"),
			rapid.Float64Range(0.001, 0.999).Draw(t, "c")}
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
