package capacity

import (
	"fmt"
	"strings"
)

// Mix is the mean request that a fleet serves.
type Mix struct {
	InputTokens    float64 // in context, cached ones included
	CacheReadShare float64 // of the input, 0 to 1
	OutputTokens   float64 // above 0
	UserRate       float64 // tokens a second that each user must get; 0: none
}

// PoolEstimate is what one accelerator of a machine serves of a mix, and the best way to fill the machine.
type PoolEstimate struct {
	Node NodeChoice
	// TokensPerSecond of one accelerator, normalised: input that is not cached and output, each counting once.
	TokensPerSecond Range
}

// EstimatePool fills a machine with replicas of a model. The error says what is not known, or why it does not serve.
func (m *Machines) EstimatePool(i *Instance, model *OpenModel, precision Precision, x Mix) (PoolEstimate, error) {
	chip, err := m.ChipOf(i.Accelerator)
	if err != nil {
		return PoolEstimate{}, err
	}
	if precision == "" {
		precision = UsualPrecision(chip)
	}
	r := Replica{Model: model, Accelerator: chip, Precision: precision, KVPrecision: BF16, InputTokens: x.InputTokens,
		CachedTokens: x.InputTokens * x.CacheReadShare, OutputTokens: x.OutputTokens, MinUserRate: x.UserRate}
	node, ok, err := DefaultConstants().FillNode(r, int(i.Count))
	if err != nil {
		return PoolEstimate{}, err
	}
	if !ok {
		return PoolEstimate{}, noFit(&r, &node)
	}
	perToken := (x.InputTokens*(1-x.CacheReadShare) + x.OutputTokens) / x.OutputTokens / i.Count
	t := node.Throughput()
	return PoolEstimate{node, Range{t.Low * perToken, t.Value * perToken, t.High * perToken}}, nil
}

// noFit says why a machine serves nothing of a model: memory, or the rate that each user must get.
func noFit(r *Replica, largest *NodeChoice) error {
	switch machine := fmt.Sprintf("%d × %s", largest.Count, r.Accelerator.Name); {
	case largest.Count == 0:
		return fmt.Errorf("the machine has only a part of an accelerator, %s: what that serves is not estimated; "+
			"choose a whole one", r.Accelerator.Name)
	case !largest.Estimate.Fits:
		return fmt.Errorf("%s at %s does not fit into %s: choose more memory or a smaller precision",
			r.Model.Name, r.Precision, machine)
	default:
		return fmt.Errorf("%s at %s gives no user as many tokens a second on %s: ask for fewer", r.Model.Name,
			r.Precision, machine)
	}
}

// UsualPrecision of weights on a chip: fp8 where it computes in it, else bf16.
func UsualPrecision(a *Accelerator) Precision {
	if a.FP8TFLOPS.Known {
		return FP8
	}
	return BF16
}

// MachineName is an instance in words: "8 × H100 SXM, aws p5.48xlarge, us-east-1".
func (m *Machines) MachineName(i *Instance) string {
	name := i.Accelerator
	if chip, err := m.ChipOf(i.Accelerator); err == nil {
		name = chip.Name
	}
	return fmt.Sprintf("%g × %s, %s %s, %s", i.Count, name, i.Seller, i.Type, i.Region)
}

// SearchInstances lists the machines whose accelerator has known figures and whose name has all words of a text, in any
// order: "8 x H100 aws us-east-1".
func (m *Machines) SearchInstances(text string) []*Instance {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == ',' || r == '×' })
	var found []*Instance
	for i := range m.Instances {
		instance := &m.Instances[i]
		if m.chips[instance.Accelerator] != "" && hasWords(strings.ToLower(m.MachineName(instance)),
			instance.Count, words) {
			found = append(found, instance)
		}
	}
	return found
}

// hasWords reports whether a name has all words. A plain number is the count of accelerators, x and "at" are fillers.
func hasWords(name string, count float64, words []string) bool {
	named := false
	for _, word := range words {
		switch {
		case word == "x" || word == "at" || word == "on" || word == "in":
		case word == fmt.Sprintf("%g", count):
		case strings.Trim(word, "0123456789") == "" || !strings.Contains(name, word):
			return false
		default:
			named = true
		}
	}
	return named
}
