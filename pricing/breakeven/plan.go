package breakeven

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/capacity"
)

// Fragment is the part of a plan that these machines are: a pool of GPUs and the offer that they serve.
type Fragment struct {
	Pools  map[string]pricing.GPUPool `json:"gpu_pools"`
	Offers map[string]pricing.Offer   `json:"offers"`
	ID     string                     `json:"-"` // of both
}

// PlanFragment is the machines as a plan has them from a month on, false where they do not serve the model or a plan
// cannot hold one of their figures. A plan counts tokens in and out alike, so the pool's tokens a second are those of
// this mix; another mix needs another figure.
func (a *Answer) PlanFragment(from calendar.Month) (Fragment, bool) {
	if !a.Serves || a.Fleet.Fleet.Accelerators <= 0 {
		return Fragment{}, false
	}
	const id = "own-machines"
	holds := true
	number := func(v float64) pricing.Number {
		n, ok := planNumber(v)
		holds = holds && ok
		return n
	}
	perRequest := float64(a.Mix.Input + a.Mix.Output)
	pool := pricing.GPUPool{
		TokensPerSecondPerGPU: number(a.Throughput.Value / float64(a.Mix.Output) * perRequest / float64(a.Count)),
		MaxUtilization:        number(a.Utilization),
		Lots: []pricing.PoolLot{{From: from, GPUs: number(a.Fleet.Fleet.Accelerators),
			PricePerHour: number(a.each())}}}
	if a.Power.Known {
		pool.KWPerGPU = number(a.Power.KWEach)
	}
	offer := pricing.Offer{Kind: pricing.GPU, Provider: a.Machine.Seller, GPUPool: id, Chips: chips(a.Accelerator),
		Currency: "USD"}
	if a.Model.ContextTokens.Known {
		offer.ContextTokens = number(a.Model.ContextTokens.Value)
	}
	return Fragment{Pools: map[string]pricing.GPUPool{id: pool}, Offers: map[string]pricing.Offer{id: offer}, ID: id},
		holds
}

// chips are the chip as a plan names its maker's line; none where it has no word for it.
func chips(a *capacity.Accelerator) []string {
	switch {
	case a.Vendor == "NVIDIA", a.Vendor == "AMD":
		return []string{strings.ToLower(a.Vendor)}
	case strings.HasPrefix(a.Name, "Trainium"):
		return []string{"trainium"}
	case a.Vendor == "Google":
		return []string{"tpu"}
	}
	return nil
}

// JSON is the fragment as a merge patch on a plan, indented for people.
func (f Fragment) JSON() ([]byte, error) { return json.MarshalIndent(f, "", "  ") }

// Name is the machines in words: "Llama 3.3 70B on 8 × H100 SXM".
func (a *Answer) Name() string {
	return fmt.Sprintf("%s on %s × %s", a.Model.Name, short(a.Fleet.Fleet.Accelerators), a.Accelerator.Name)
}

// planNumber is a figure of a plan with six significant digits, more than the estimate deserves. It is false for what
// is no number of a plan: an infinite figure, or one beyond a plan's bounds.
func planNumber(v float64) (pricing.Number, bool) {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	n, err := pricing.ParseNumber(strconv.FormatFloat(rounded, 'f', -1, 64))
	return n, err == nil
}
