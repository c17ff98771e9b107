package lockin

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing"
)

func TestANumberIsReadExactly(t *testing.T) {
	for _, text := range []string{"0", "-0.5", "0.30", "12", "1e3", "2.5e-7", "999999999999999", "0.000000000000000001",
		"123456789012.123456789012", "-7.10"} {
		want, _ := new(big.Rat).SetString(text)
		if got := rat(pricing.Num(text)); got.Cmp(want) != 0 {
			t.Errorf("%s was read as %s", text, got)
		}
	}
	if got := rat(pricing.Number{}); got.Sign() != 0 {
		t.Errorf("a number that is not stated was read as %s", got)
	}
}

func TestSumsProductsAndQuotientsAreExact(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) *big.Rat {
		return big.NewRat(rapid.Int64Range(-50, 50).Draw(t, "n"), rapid.Int64Range(1, 9).Draw(t, "d"))
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(draw, 1, 4).Draw(t, "numbers")
		sum, product := new(big.Rat), big.NewRat(1, 1)
		for _, v := range list {
			sum.Add(sum, v)
			product.Mul(product, v)
		}
		if add(list...).Cmp(sum) != 0 || mul(list...).Cmp(product) != 0 {
			t.Fatalf("sum %s, product %s of %v", add(list...), mul(list...), list)
		}
		if b := list[0]; b.Sign() != 0 && quo(sum, b).Cmp(new(big.Rat).Quo(sum, b)) != 0 {
			t.Fatalf("%s / %s is %s", sum, b, quo(sum, b))
		}
	})
}
