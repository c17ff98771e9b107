package capacity

import "strings"

// Deal is one published agreement between those who have compute and those who want it. Amounts and capacities are the
// press's words: many are pledges, and many rest on one secondary page, which Source names.
type Deal struct {
	Date       string // a day, or what is known of it: "2025-11", "2026 (undated)"
	Supplier   string
	Customer   string
	Amount     string // USD, in the source's words; empty: none stated
	Form       string // cash, credits, equity, compute
	CapacityGW Quantity
	Chips      string
	Term       string
	Status     string
	Source     string
	FromMemory bool
}

func readDeal(r *record) Deal {
	d := Deal{Date: r.need("date"), Supplier: r.need("party_supplier"), Customer: r.need("party_customer"),
		Amount: r.text("amount_usd"), Form: r.need("form"), CapacityGW: r.quantity("capacity_gw"), Chips: r.text("chips"),
		Term: r.text("term"), Status: r.text("status"), Source: r.need("source")}
	d.FromMemory = saysFromMemory(strings.Join(r.cells, " "))
	return d
}

// RevenueYear is a company's compute and revenue in one year.
type RevenueYear struct {
	Company    string
	Year       int
	ComputeGW  Quantity // at the year's end; "~" in its text: about
	ARRBillion Quantity // USD, annualised at the year's end; "+" in its text: at least
	Recognised string   // revenue of the year in billion USD with its own source, as the table has it
	Source     string
}

// PerMW is annualised USD for a megawatt of the year's compute, false without either figure.
func (y *RevenueYear) PerMW() (float64, bool) {
	if !y.ComputeGW.Known || !y.ARRBillion.Known || y.ComputeGW.Value <= 0 {
		return 0, false
	}
	return y.ARRBillion.Value * 1e9 / (y.ComputeGW.Value * 1000), true
}

// LatestRevenue is the last year of the published series that has both figures, false if none has.
func (m *Machines) LatestRevenue() (latest RevenueYear, ok bool) {
	for _, y := range m.Series {
		if _, known := y.PerMW(); known && (!ok || y.Year > latest.Year) {
			latest, ok = y, true
		}
	}
	return latest, ok
}

func readRevenueYear(r *record) RevenueYear {
	return RevenueYear{Company: r.need("company"), Year: int(r.number("year")), ComputeGW: parseAbout(r.text("compute_gw")),
		ARRBillion: parseAbout(r.text("arr_usd_b")), Recognised: r.text("recognised_revenue_usd_b"), Source: r.need("source")}
}

// Trend is a published rate of change and the range that a plan may take from it.
type Trend struct {
	Driver string
	Figure string // what the source says
	Input  string // how a plan may use it; empty: not at all
	Origin
}

func readTrend(r *record) Trend {
	return Trend{Driver: r.need("driver"), Figure: r.need("figure"), Input: r.text("as_model_input"), Origin: r.origin()}
}

// Measurement is a published throughput, which the estimator is held against.
type Measurement struct {
	Model, Accelerator        string
	Count                     int
	Precision, KVPrecision    Precision
	InputTokens, OutputTokens float64
	Concurrency               float64 // 0: as many as fit ("max")
	OutputTokensPerSecond     float64 // of all Count accelerators
	Note                      string
	Origin
}

func readMeasurement(r *record) Measurement {
	m := Measurement{Model: r.need("model"), Accelerator: r.need("accelerator"), Count: int(r.number("count")),
		Precision: Precision(r.need("precision")), KVPrecision: Precision(r.need("kv_precision")),
		InputTokens: r.number("input_len"), OutputTokens: r.number("output_len"),
		OutputTokensPerSecond: r.number("output_tok_s"), Note: r.text("note"), Origin: r.origin()}
	if r.need("concurrency") != "max" {
		m.Concurrency = r.number("concurrency")
	}
	return m
}
