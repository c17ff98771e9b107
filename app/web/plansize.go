package web

import (
	"encoding/json"
	"strconv"

	"headroom/pricing"
)

// outline is what of a plan, or of a patch, tells how large its result is. It is read before the plan is, so that
// nothing but its text is in memory while it waits for a place.
type outline struct {
	Months      json.RawMessage            `json:"months"`
	Segments    map[string]json.RawMessage `json:"segments"`
	Offers      map[string]json.RawMessage `json:"offers"`
	Pools       map[string]json.RawMessage `json:"gpu_pools"`
	Sites       map[string]json.RawMessage `json:"sites"`
	Caps        map[string]json.RawMessage `json:"spend_caps"`
	Workloads   map[string]outlinedRoutes  `json:"workloads"`
	Uncertainty struct {
		Samples json.RawMessage `json:"samples"`
	} `json:"uncertainty"`
	Alternatives []struct {
		Patch  outline                      `json:"patch"`
		Routes map[string][]json.RawMessage `json:"routes"`
	} `json:"alternatives"`
}

type outlinedRoutes struct {
	Routes []json.RawMessage `json:"routes"`
}

// PlanSize says how large a plan's result is: rows are priced routes of a month, figures the numbers of a month in the
// result, both of the largest alternative at most.
type PlanSize struct {
	bytes, months, alternatives, rows, figures, samples int64
}

// SizeOf estimates a plan from its text. What is no plan is small: its reader refuses it.
func SizeOf(body []byte) PlanSize {
	var o outline
	// A member of a wrong type is left out here and refused by the reader of the plan.
	_ = json.Unmarshal(body, &o)
	size := PlanSize{bytes: int64(len(body)), months: o.months(), alternatives: max(1, int64(len(o.Alternatives)))}
	size.samples = number(o.Uncertainty.Samples, pricing.DefaultSamples, pricing.MaxSamples)
	rows, figures := o.counts()
	size.rows, size.figures = rows, figures
	for i := range o.Alternatives {
		a := &o.Alternatives[i]
		r, f := a.Patch.counts()
		for _, routes := range a.Routes {
			r += int64(len(routes))
		}
		size.rows, size.figures = max(size.rows, rows+r), max(size.figures, figures+f)
		size.months = max(size.months, a.Patch.months())
		size.samples = max(size.samples, number(a.Patch.Uncertainty.Samples, 0, pricing.MaxSamples))
	}
	return size
}

func (o *outline) months() int64 { return number(o.Months, 0, pricing.MaxMonths) }

// number is a whole number of a plan: absent where nothing is stated, most where it is larger or no whole number.
func number(text json.RawMessage, absent, most int64) int64 {
	if len(text) == 0 {
		return absent
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || n < 0 {
		return most
	}
	return min(n, most)
}

// counts are the rows and the figures of a month. An offer has six figures, and a ceiling for either rate of its quota.
func (o *outline) counts() (rows, figures int64) {
	workloads := int64(len(o.Workloads))
	rows = workloads
	for _, w := range o.Workloads {
		rows += int64(len(w.Routes))
	}
	figures = int64(2*len(o.Segments)+8*len(o.Offers)+2*(len(o.Pools)+len(o.Sites)+len(o.Caps))) + workloads
	return rows, figures
}

// lightWork is the rows and figures up to which a plan is light: evaluated in about 10 ms, its result below 5 MB.
const lightWork = 200_000

// Light reports whether a plan never waits for the places of large ones.
func (z PlanSize) Light() bool {
	return z.bytes < 1<<20 && z.months*z.alternatives*(z.rows+z.figures) < lightWork
}

// Evaluated is the memory in bytes that a plan takes while one alternative after the other is evaluated: a growth.Row
// of 96 bytes for each row, some 40 bytes for each figure and its text, both for every month and doubled, because the
// collector lets garbage grow to as much again; and some twenty times the text of the plan. Measured with plans at
// every bound, as peak of the process less what it has at rest: 184 MB where this says 172 for a plan of 0.3 MB, 224 MB
// where it says 230 for one of 3.2 MB.
func (z PlanSize) Evaluated() int64 { return 2*z.months*(100*z.rows+40*z.figures) + 20*z.bytes }

// Kept is the memory in bytes of the results of all alternatives, for what keeps them all.
func (z PlanSize) Kept() int64 { return 40 * z.months * z.alternatives * z.figures }

// Drawn is the memory in bytes that a simulation takes: pricing.Simulate keeps 5 figures a month and sample.
func (z PlanSize) Drawn() int64 { return z.Evaluated() + 5*8*z.months*z.samples }
