package workspace

import (
	"testing"

	"headroom/pricing"
	"headroom/pricing/catalog"
	"headroom/pricing/limit"
)

func TestAmountsOfCapacityAreShort(t *testing.T) {
	for id, cases := range map[string]map[float64]string{
		"gpu:fleet":  {48: "48 GPUs", 2.1: "2.1 GPUs", 100: "100 GPUs", 1234.5: "1,234 GPUs"},
		"power:site": {0.06951: "69.51 kW", 0.5: "500 kW", 2: "2 MW", 12.25: "12.25 MW"},
	} {
		for capacity, want := range cases {
			if got := (LimitWords{a: &Answer{}}).Capacity(id, capacity); got != want {
				t.Errorf("%v of %s is %q, want %q", capacity, id, got, want)
			}
		}
	}
	for id, want := range map[string]string{"power:site": "10 kW", "gpu:fleet": "GPU",
		"quota_rpm:o": "1 request a minute"} {
		if _, one := (LimitWords{a: &Answer{}}).ShadowUnit(id); one != want {
			t.Errorf("a unit of %s is %q, want %q", id, one, want)
		}
	}
}

// TestEveryKindOfLimitHasItsWords writes each kind as the page does: in a table, inside of a sentence, in the headline,
// its capacity, and the step in which more of it is bought.
func TestEveryKindOfLimitHasItsWords(t *testing.T) {
	const growth, unserved = " your growth.", "not every request of chat finds a supply: "
	words := map[limit.Kind][5]string{
		limit.Power: {"Power at x", "the power at x", "the power at x stops" + growth, "3 MW", "10 kW"},
		limit.GPUs:  {"GPUs of x", "the GPUs of x", "the GPUs of x stop" + growth, "3 GPUs", "GPU"},
		limit.ProvisionedUnits: {"x provisioned capacity", "the x provisioned capacity",
			"x’s provisioned capacity stops" + growth, "3 tokens a minute", "unit (0 tokens a minute)"},
		limit.QuotaTPM: {"x token quota", "the x token quota", "x’s token quota stops" + growth,
			"3 tokens a minute", "1,000 tokens a minute"},
		limit.QuotaRPM: {"x request quota", "the x request quota", "x’s request quota stops" + growth,
			"3 requests a minute", "1 request a minute"},
		limit.SpendCap: {"x spend cap", "the x spend cap", "x’s spend cap stops" + growth,
			"$3.00 a month", "$1,000 a month"},
		limit.Budget: {"Budget", "the budget", "your budget stops" + growth, "$3.00 a month", "$1,000 a month"},
		limit.Margin: {"Lowest margin", "the lowest margin", "your lowest margin stops" + growth,
			"at least 300.0\u00a0%", "$1,000 a month"},
		limit.Cash: {"Lowest cash", "the lowest cash", "your cash stops" + growth,
			"at least $3.00", "$1,000 a month"},
		limit.Latency:   {"Chat: latency", "the Chat: latency", unserved + "latency."},
		limit.Context:   {"Chat: context length", "the Chat: context length", unserved + "context length."},
		limit.Residency: {"Chat: residency", "the Chat: residency", unserved + "residency."},
		limit.Modality:  {"Chat: modality", "the Chat: modality", unserved + "modality."},
		limit.Unrouted:  {"Chat: no supply", "the Chat: no supply", unserved + "no supply."},
	}
	w := LimitWords{a: &Answer{Plan: &pricing.Plan{}, Prices: &catalog.Snapshot{}}}
	w.a.Compare.Currency = "USD"
	for _, kind := range limit.Kinds() {
		id := kind.Of("x").String()
		if kind.PassFail() {
			id = kind.Of("chat/x").String()
		}
		want := words[kind]
		if got := [3]string{w.Name(id), w.The(id), w.Stops(id)}; got != [3]string(want[:3]) {
			t.Errorf("%s is %q, want %q", id, got, want[:3])
		}
		_, one := w.ShadowUnit(id)
		if got := [2]string{w.Capacity(id, 3), one}; !kind.PassFail() && got != [2]string(want[3:]) {
			t.Errorf("%s is measured in %q, want %q", id, got, want[3:])
		}
	}
}
