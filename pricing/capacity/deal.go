package capacity

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
	d := Deal{Date: r.Need("date"), Supplier: r.Need("party_supplier"), Customer: r.Need("party_customer"),
		Amount: r.Text("amount_usd"), Form: r.Need("form"), CapacityGW: r.quantity("capacity_gw"),
		Chips: r.Text("chips"),
		Term:  r.Text("term"), Status: r.Text("status"), Source: r.Need("source")}
	d.FromMemory = saysFromMemory(r.String())
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
	return RevenueYear{Company: r.Need("company"), Year: int(r.Number("year")),
		ComputeGW:  parseAbout(r.Text("compute_gw")),
		ARRBillion: parseAbout(r.Text("arr_usd_b")), Recognised: r.Text("recognised_revenue_usd_b"),
		Source: r.Need("source")}
}

// Trend is a published rate of change and the range that a plan may take from it.
type Trend struct {
	Driver string
	Figure string // what the source says
	Input  string // how a plan may use it; empty: not at all
	Origin
}

func readTrend(r *record) Trend {
	return Trend{Driver: r.Need("driver"), Figure: r.Need("figure"), Input: r.Text("as_model_input"),
		Origin: r.origin()}
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
	m := Measurement{Model: r.Need("model"), Accelerator: r.Need("accelerator"), Count: int(r.Number("count")),
		Precision: Precision(r.Need("precision")), KVPrecision: Precision(r.Need("kv_precision")),
		InputTokens: r.Number("input_len"), OutputTokens: r.Number("output_len"),
		OutputTokensPerSecond: r.Number("output_tok_s"), Note: r.Text("note"), Origin: r.origin()}
	if r.Need("concurrency") != "max" {
		m.Concurrency = r.Number("concurrency")
	}
	return m
}
