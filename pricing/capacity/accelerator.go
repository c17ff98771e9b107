package capacity

import (
	"fmt"
	"strings"
)

// Accelerator is one chip as a server holds it. Peaks are dense: vendors' sheets often print twice that, for sparse
// weights.
type Accelerator struct {
	Name, Vendor string
	MemoryGB     float64  // 1e9 bytes
	BandwidthGBs float64  // memory, 1e9 bytes a second
	BF16TFLOPS   float64  // peak, 1e12 a second
	FP8TFLOPS    Quantity // unknown: the chip has no such unit
	FP4TFLOPS    Quantity // unknown: the chip has no such unit
	TDPWatts     Quantity
	AllInKW      Quantity // provisioned power for one accelerator, server and facility included
	LinkGBs      Quantity // scale-up link, one way, 1e9 bytes a second; unknown: cannot be used in replicas of several
	LaunchYear   string
	Source       string
	FromMemory   bool // Source says which part
}

func readAccelerator(r *record) Accelerator {
	a := Accelerator{
		Name: r.Need("name"), Vendor: r.Need("vendor"), MemoryGB: r.Number("memory_gb"),
		BandwidthGBs: r.Number("hbm_bandwidth_gbps"), BF16TFLOPS: r.Number("dense_bf16_tflops"),
		FP8TFLOPS: r.quantity("dense_fp8_tflops"), FP4TFLOPS: r.quantity("dense_fp4_tflops"),
		TDPWatts: r.quantity("tdp_w"),
		AllInKW:  r.quantity("allin_provisioned_kw"), LinkGBs: r.quantity("scaleup_gbps_oneway"),
		LaunchYear: r.Text("launch_year"), Source: r.Need("source"),
	}
	a.FromMemory = saysFromMemory(a.Source)
	return a
}

// peak is the dense peak in FLOP/s of arithmetic at p: what a chip has no unit for runs on the next wider one.
func (a *Accelerator) peak(p Precision) float64 {
	fp8 := a.BF16TFLOPS
	if a.FP8TFLOPS.Known {
		fp8 = a.FP8TFLOPS.Value
	}
	teraflops := a.BF16TFLOPS
	switch {
	case p == FP8, p == MXFP4 && a.FP4TFLOPS.Known, p == FP4 && !a.FP4TFLOPS.Known:
		teraflops = fp8
	case p == FP4:
		teraflops = a.FP4TFLOPS.Value
	}
	return teraflops * 1e12
}

// Accelerator finds a chip by name, ignoring case and everything but letters and digits: exactly, else as name + SXM,
// else the only one whose name begins so. The error of a name that several begin with lists them.
func (m *Machines) Accelerator(name string) (*Accelerator, error) {
	key := nameKey(name)
	if key == "" {
		return nil, fmt.Errorf("%q is not a known accelerator", name)
	}
	var begin []*Accelerator
	for _, want := range [...]string{key, key + "sxm"} {
		for i := range m.Accelerators {
			if nameKey(m.Accelerators[i].Name) == want {
				return &m.Accelerators[i], nil
			}
		}
	}
	for i := range m.Accelerators {
		if strings.HasPrefix(nameKey(m.Accelerators[i].Name), key) {
			begin = append(begin, &m.Accelerators[i])
		}
	}
	switch len(begin) {
	case 0:
		return nil, fmt.Errorf("%q is not a known accelerator", name)
	case 1:
		return begin[0], nil
	}
	names := make([]string, len(begin))
	for i, a := range begin {
		names[i] = a.Name
	}
	return nil, fmt.Errorf("%q may be %s", name, strings.Join(names, ", "))
}
