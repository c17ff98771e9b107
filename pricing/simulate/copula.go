package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Copula turns independent standard normals into correlated ones.
type Copula struct{ lower [][]float64 }

// MatrixError says that a correlation matrix is none: given the inputs before, the pair cannot be correlated like this.
type MatrixError struct{ I, J int }

func (e *MatrixError) Error() string {
	return fmt.Sprintf(
		"the correlations contradict each other at inputs %d and %d: the matrix is not positive definite", e.I, e.J)
}

// NewCopula is the Cholesky factor of a symmetric correlation matrix with ones on its diagonal. The error is a
// *MatrixError: the row in which the matrix fails, and its strongest partner before.
func NewCopula(correlation [][]float64) (Copula, error) {
	n := len(correlation)
	lower := make([][]float64, n)
	for i := range lower {
		lower[i] = make([]float64, n)
		for j := range i + 1 {
			sum := correlation[i][j]
			for k := range j {
				sum -= lower[i][k] * lower[j][k]
			}
			if i != j {
				lower[i][j] = sum / lower[j][j]
				continue
			}
			if sum <= 1e-12 {
				return Copula{}, &MatrixError{strongest(correlation[i][:i]), i}
			}
			lower[i][i] = math.Sqrt(sum)
		}
	}
	return Copula{lower}, nil
}

func strongest(row []float64) int {
	best := 0
	for i, v := range row {
		if math.Abs(v) > math.Abs(row[best]) {
			best = i
		}
	}
	return best
}

// Lower is the Cholesky factor.
func (c Copula) Lower() [][]float64 { return c.lower }

// Correlate writes into out the correlated normals of independent ones.
func (c Copula) Correlate(z, out []float64) {
	for i, row := range c.lower {
		sum := 0.0
		for j := range i + 1 {
			sum += row[j] * z[j]
		}
		out[i] = sum
	}
}

// Normals fills z with the standard normals of one sample. They depend on the seed and the number of the sample alone,
// so that samples may be drawn in any order and on any number of processors.
func Normals(source *rand.PCG, seed, sample uint64, z []float64) {
	source.Seed(seed, sample)
	r := rand.New(source)
	for i := range z {
		z[i] = r.NormFloat64()
	}
}
