package lockin

import (
	"encoding/json"
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing"
)

func drawInput(t *rapid.T) *Input {
	amount := func(name string, high int) pricing.Number {
		return number(float64(rapid.IntRange(0, high).Draw(t, name)), 0)
	}
	name := func(kind string) string { return fmt.Sprint(kind, rapid.IntRange(1, 4).Draw(t, kind)) }
	in := &Input{}
	for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
		l := Line{ID: fmt.Sprint("line", i), AnnualSpend: amount("spend", 1_000_000), Seller: name("seller"),
			Lab: name("lab"), Chips: []string{name("chip")}}
		for range rapid.IntRange(0, 4).Draw(t, "substitutes") {
			l.Substitutes = append(l.Substitutes, drawSubstitute(t))
		}
		in.Lines = append(in.Lines, l)
	}
	in.Lines[0].AnnualSpend = number(float64(rapid.IntRange(1, 1_000_000).Draw(t, "first spend")), 0)
	x := &in.Exit
	x.Seller, x.ExitDate, x.EUCustomer = in.Lines[0].Seller, rapid.SampledFrom([]string{"2027-01-11", "2027-01-12"}).
		Draw(t, "date"), rapid.Bool().Draw(t, "eu")
	x.Egress = Egress{GB: amount("gb", 100_000), FreeGB: amount("free", 1000),
		Tiers: []EgressTier{{UpToGB: literal("10000"), PerGB: literal("0.09")}, {PerGB: literal("0.05")}}}
	if rapid.Bool().Draw(t, "cost based") {
		x.Egress.CostBased = literal("0.02")
	}
	x.CommitRemaining, x.TerminationFee = amount("commitment", 1_000_000), amount("fee", 10_000)
	x.Time = Time{Engineers: literal("2"), Gbps: literal("1"), Utilisation: literal("0.5"),
		NoticeDays: amount("notice", 300)}
	return in
}

func drawSubstitute(t *rapid.T) Substitute {
	return Substitute{fmt.Sprint("seller", rapid.IntRange(1, 6).Draw(t, "other seller")),
		fmt.Sprint("lab", rapid.IntRange(1, 6).Draw(t, "other lab")),
		number(float64(rapid.IntRange(50, 150).Draw(t, "price"))/100, 2),
		number(float64(rapid.IntRange(90, 105).Draw(t, "quality"))/100, 2), rapid.Bool().Draw(t, "hard")}
}

func TestDrawnInputsAreAccepted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := drawInput(t).check("json", ""); err != nil {
			t.Fatal(err)
		}
	})
}

// A move from the first seller to the second lowers concentration as long as the second stays second; and the closed
// form of the change is the change.
func TestMovingSpendToTheSecondSellerNeverRaisesHHI(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		second := rapid.Int64Range(1, 1_000_000).Draw(t, "second")
		first := second + rapid.Int64Range(0, 1_000_000).Draw(t, "lead")
		moved := rapid.Int64Range(0, (first-second)/2).Draw(t, "moved")
		third := rapid.Int64Range(0, second).Draw(t, "third")
		total := frac(first+second+third, 1)
		of := func(a, b int64) *Layer {
			layer := spread{"a": frac(a, 1), "b": frac(b, 1), "c": frac(third, 1)}.layer(total)
			return &layer
		}
		before, after := of(first, second), of(first-moved, second+moved)
		if after.HHI.value.Cmp(before.HHI.value) > 0 {
			t.Fatalf("HHI rose from %s to %s", before.HHI, after.HHI)
		}
		points := func(v int64) *big.Rat { return quo(mul(frac(100, 1), frac(v, 1)), total) }
		if delta := DeltaHHI(points(first), points(second), points(moved)); delta.Cmp(
			sub(after.HHI.value, before.HHI.value)) != 0 {
			t.Fatalf("the closed form says %s, the difference is %s", delta, sub(after.HHI.value, before.HHI.value))
		}
	})
}

func TestMoreSubstitutesNeverRaiseTheIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		before := Assess(in)
		line := &in.Lines[rapid.IntRange(0, len(in.Lines)-1).Draw(t, "line")]
		line.Substitutes = append(line.Substitutes, drawSubstitute(t))
		if after := Assess(in); after.Index.value.Cmp(before.Index.value) > 0 {
			t.Fatalf("the index rose from %s to %s", before.Index, after.Index)
		}
	})
}

func TestAWaiverNeverRaisesCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		in.Exit.Egress.ExitWaiver = false
		before := Assess(in)
		in.Exit.Egress.ExitWaiver = true
		if after := Assess(in); after.Exit.CashCost.value.Cmp(before.Exit.CashCost.value) > 0 ||
			after.Index.value.Cmp(before.Index.value) > 0 {
			t.Fatalf("cost %s to %s, index %s to %s", before.Exit.CashCost, after.Exit.CashCost, before.Index,
				after.Index)
		}
	})
}

func TestStressIsNeverLessThanThePointValueAndScoresStayInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Assess(drawInput(t))
		if c := &a.Concentration.Chip; c.StressHHI.value.Cmp(c.HHI.value) < 0 {
			t.Fatalf("stress %s below %s", c.StressHHI, c.HHI)
		}
		for _, s := range []Figure{a.Scores.Concentration, a.Scores.SwitchingCost, a.Scores.Time,
			a.Scores.NonSubstitutability, a.Index} {
			if s.value.Sign() < 0 || s.value.Cmp(frac(100, 1)) > 0 {
				t.Fatalf("a score of %s", s)
			}
		}
	})
}

// FuzzParseInput: whatever is accepted is answered with JSON, and never panics.
func FuzzParseInput(f *testing.F) {
	for n := 1; n <= 3; n++ {
		f.Add([]byte(readVector(f, n).Input))
	}
	for _, text := range []string{``, `{}`, `{"lines":[{"":1}]}`,
		`{"lines":[{"id":"a","annual_spend_usd":1e-9}],"exit":{"seller":"a","exit_date":"2027-01-01","time":{"engineers":1e-60,"gbps":1,"utilisation":1}}}`, `[null]`,
		`{"lines":[{"id":"a","annual_spend_usd":0}],"exit":{"seller":"a","exit_date":"2027-01-01","time":{"engineers":1,"gbps":1,"utilisation":1}}}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := ParseInput(data)
		if err != nil {
			if pricing.Invalid(err) == nil {
				t.Fatalf("an error without paths: %v", err)
			}
			return
		}
		if _, err := json.Marshal(Assess(in)); err != nil {
			t.Fatal(err)
		}
	})
}
