package capacity

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func machines(t testing.TB) *Machines {
	t.Helper()
	m, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// readVectors decodes a file of worked examples.
func readVectors(t *testing.T, name string, to any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, to); err != nil {
		t.Fatal(err)
	}
}

// near compares to a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(math.Abs(want), 1e-300)) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// answer runs one line through the public stream.
func answer(t testing.TB, line string) map[string]any {
	t.Helper()
	var out bytes.Buffer
	if err := Stream(strings.NewReader(line), &out, machines(t)); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	return got
}

type throughputVectors struct {
	Defaults     map[string]float64
	WeightBytes  map[Precision]float64 `json:"weight_bytes"`
	Accelerators map[string]struct {
		Mem, BW, BF16, Link, KW, TDP float64
		FP8, FP4                     *float64
	}
	Models     map[string]struct{ P, A, L, H, KV, Q, E, K float64 }
	Throughput []struct {
		Title    string
		Input    json.RawMessage
		Expected map[string]any
	}
	Others []struct {
		Title           string
		Input, Expected json.RawMessage
	} `json:"fleet_breakeven_power"`
}

func TestThroughputVectors(t *testing.T) {
	var v throughputVectors
	readVectors(t, "throughput.json", &v)
	for _, c := range v.Throughput {
		t.Run(c.Title, func(t *testing.T) {
			got := answer(t, strings.ReplaceAll(string(c.Input), "\n", " "))
			for field, want := range c.Expected {
				if number, ok := want.(float64); ok {
					value, _ := got[field].(float64)
					near(t, field, value, number, 1e-9)
				} else if got[field] != want {
					t.Errorf("%s: %v, want %v", field, got[field], want)
				}
			}
		})
	}
	if len(v.Throughput) < 7 {
		t.Errorf("only %d vectors", len(v.Throughput))
	}
}

// The constants, chips and models that the vectors state are those of the tables.
func TestTheVectorsConstantsAreOurs(t *testing.T) {
	var v throughputVectors
	readVectors(t, "throughput.json", &v)
	c := DefaultConstants()
	for name, got := range map[string]float64{"u": c.UsableMemory, "reserve_gb": c.ReserveGB, "t0": c.StepSeconds,
		"c_seq": c.SequenceSeconds,
		"alpha": c.AllReduceSeconds, "e_w_dense": c.WeightsDense, "e_w_moe": c.WeightsMoE, "e_kv": c.KV,
		"e_dec":       c.Decode,
		"e_pre_dense": c.PrefillDense, "e_pre_moe": c.PrefillMoE, "bcap_per_acc": c.ConcurrencyPerAccelerator} {
		near(t, name, got, v.Defaults[name], 1e-12)
	}
	for p, want := range v.WeightBytes {
		got, err := p.weightBytes()
		if near(t, string(p), got, want, 1e-12); err != nil {
			t.Error(err)
		}
	}
	for name, want := range v.Accelerators {
		a, err := machines(t).Accelerator(name)
		if err != nil {
			t.Fatal(err)
		}
		near(t, name+" memory", a.MemoryGB, want.Mem, 1e-12)
		near(t, name+" bandwidth", a.BandwidthGBs*1e9, want.BW, 1e-12)
		near(t, name+" bf16", a.peak(BF16), want.BF16, 1e-12)
		near(t, name+" fp8", a.peak(FP8), *want.FP8, 1e-12)
		near(t, name+" link", a.LinkGBs.Value*1e9, want.Link, 1e-12)
		near(t, name+" kW", a.AllInKW.Value, want.KW, 1e-12)
		near(t, name+" TDP", a.TDPWatts.Value, want.TDP, 1e-12)
		if a.FP4TFLOPS.Known != (want.FP4 != nil) {
			t.Errorf("%s fp4: %+v", name, a.FP4TFLOPS)
		}
	}
	for name, want := range v.Models {
		model, err := machines(t).Model(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := model.Shape()
		wanted := Shape{want.P * 1e9, want.A * 1e9, want.L, want.H, want.Q, want.E, want.K, want.KV * 2}
		if err != nil || math.Abs(got.Total-wanted.Total) > 1 || got.Layers != wanted.Layers ||
			got.Hidden != wanted.Hidden ||
			got.Query != wanted.Query || got.Experts != wanted.Experts || got.TopK != wanted.TopK ||
			got.KVBytesBF16 != wanted.KVBytesBF16 {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, wanted)
		}
	}
}

func TestFleetPowerAndBreakEvenVectors(t *testing.T) {
	var v throughputVectors
	readVectors(t, "throughput.json", &v)
	seen := 0
	for _, c := range v.Others {
		t.Run(c.Title, func(t *testing.T) {
			var want map[string]any
			if err := json.Unmarshal(c.Expected, &want); err != nil {
				t.Fatal(err)
			}
			got := computed(t, v, c.Title, c.Input)
			for name, w := range want {
				switch w := w.(type) {
				case float64:
					near(t, name, got[name], w, 1e-9)
				case bool:
					if (got[name] == 1) != w {
						t.Errorf("%s: %v, want %v", name, got[name] == 1, w)
					}
				case map[string]any:
					near(t, name, got[name], w["arr_usd_m_per_mw_year"].(float64), 1e-9)
				}
				seen++
			}
		})
	}
	if seen < 40 {
		t.Errorf("only %d figures compared", seen)
	}
}

// computed is our answer to a vector, under the vector's names.
func computed(t *testing.T, v throughputVectors, title string, input json.RawMessage) map[string]float64 {
	t.Helper()
	switch {
	case strings.HasPrefix(title, "fleet"):
		return fleetFigures(t, v, input)
	case strings.HasPrefix(title, "breakeven"):
		return breakEvenFigures(t, input)
	case title == "power":
		return powerFigures(t, input)
	case title == "openai_series":
		got := map[string]float64{}
		years := []string{"2023", "2024", "2025"}
		for i, p := range machines(t).SeriesPoints("OpenAI") {
			got[years[i]] = p.RevenuePerMWYear()
		}
		return got
	}
	t.Fatalf("no test for %q", title)
	return nil
}

func fleetFigures(t *testing.T, v throughputVectors, input json.RawMessage) map[string]float64 {
	t.Helper()
	var in struct {
		Demand      float64 `json:"demand_output_tokens_per_second"`
		Peak        float64 `json:"peak_to_average"`
		Utilization float64 `json:"max_utilization"`
		Replica     string
		Each        int `json:"accelerators_per_replica"`
		Accelerator string
		Price       float64 `json:"price_per_accelerator_hour"`
	}
	if err := json.Unmarshal(input, &in); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(v.Throughput, func(c struct {
		Title    string
		Input    json.RawMessage
		Expected map[string]any
	}) bool {
		return c.Title == in.Replica
	})
	r, err := machines(t).ParseReplica(v.Throughput[i].Input)
	if err != nil {
		t.Fatal(err)
	}
	e, err := DefaultConstants().Estimate(&r)
	if err != nil {
		t.Fatal(err)
	}
	chip, err := machines(t).Accelerator(in.Accelerator)
	if err != nil {
		t.Fatal(err)
	}
	f, err := (&FleetInput{OutputTokensPerSecond: in.Demand, PeakToAverage: in.Peak, Utilization: in.Utilization,
		Throughput: e.OutputTokensPerSecond, Accelerators: in.Each, HourlyEach: in.Price, KWEach: chip.AllInKW.Value}).
		Size()
	if err != nil {
		t.Fatal(err)
	}
	if f.Few.Replicas != 24 || f.Many.Replicas != 44 {
		t.Errorf("at the ends of the range %v and %v replicas, want 24 and 44", f.Few.Replicas, f.Many.Replicas)
	}
	return map[string]float64{"peak_output_tok_s": f.Fleet.PeakTokensPerSecond, "replicas": f.Fleet.Replicas,
		"accelerators": f.Fleet.Accelerators, "mw": f.Fleet.MW, "usd_hour": f.Fleet.Hourly,
		"usd_month": f.Fleet.Monthly}
}

func breakEvenFigures(t *testing.T, input json.RawMessage) map[string]float64 {
	t.Helper()
	var in map[string]float64
	if err := json.Unmarshal(input, &in); err != nil {
		t.Fatal(err)
	}
	s := SelfHost{NodeHourly: in["node_price_per_hour"], Nodes: in["nodes"],
		OperationsPerMonth: in["operations_per_month"],
		InputTokens:        in["input_tokens"], OutputTokens: in["output_tokens"], APIInput: in["api_input_price"],
		APIOutput:    in["api_output_price"],
		NodeRequests: Measured(in["node_requests_per_second"]), Utilization: in["max_utilization"]}
	b, err := s.BreakEven()
	if err != nil {
		t.Fatal(err)
	}
	can := 0.0
	if b.OwnCanWin {
		can = 1
	}
	return map[string]float64{"self_usd_month": b.OwnPerMonth, "api_usd_per_request": b.APIPerRequest,
		"breakeven_requests_month": b.Requests,
		"capacity_requests_month":  b.CapacityRequests, "breakeven_share_of_capacity": b.Share,
		"self_host_wins_possible":           can,
		"self_usd_per_m_tokens_at_capacity": b.OwnPerMTokens}
}

func powerFigures(t *testing.T, input json.RawMessage) map[string]float64 {
	t.Helper()
	var in struct {
		Accelerators  float64
		ProvisionedKW float64 `json:"provisioned_kw"`
		BottomUp      struct {
			TDP      float64 `json:"tdp_w"`
			Overhead float64 `json:"server_overhead"`
			PUE      float64
			Load     float64
		} `json:"bottom_up"`
		KWh float64 `json:"usd_kwh"`
		TCO float64 `json:"neocloud_tco_usd_h"`
	}
	if err := json.Unmarshal(input, &in); err != nil {
		t.Fatal(err)
	}
	b := BottomUp{in.Accelerators, in.BottomUp.TDP, in.BottomUp.Overhead, in.BottomUp.PUE, in.BottomUp.Load}
	if b.Overhead != ServerOverhead || b.PUE != PUEDefault || b.Load != ServingLoad {
		t.Errorf("our defaults are %v, %v, %v; the vector has %+v", ServerOverhead, PUEDefault, ServingLoad,
			in.BottomUp)
	}
	return map[string]float64{"provisioned_mw": ProvisionedMW(in.Accelerators, in.ProvisionedKW),
		"bottom_up_it_kw":       b.ITKW(),
		"bottom_up_facility_mw": b.FacilityMW(), "energy_mwh_year": b.EnergyMWhPerYear(),
		"energy_usd_year": b.EnergyCostPerYear(in.KWh),
		"usd_per_mw_year": CostPerMWYear(in.TCO, in.ProvisionedKW)}
}

func TestPublishedFitVector(t *testing.T) {
	var v struct {
		Expected struct {
			LogLog       struct{ Elasticity, K, R2 float64 }
			Proportional float64            `json:"proportional_k_busd_per_gw"`
			PerGW        []float64          `json:"revenue_per_gw_busd"`
			Arc          []float64          `json:"arc_elasticity"`
			Predict      map[string]float64 `json:"predict_loglog_busd"`
			Needed       map[string]float64 `json:"gw_needed_for_revenue"`
			ComputeRatio []float64          `json:"compute_growth"`
			RevenueRatio []float64          `json:"revenue_growth"`
			Hinged       struct {
				Share, BUSD float64
				GW          float64 `json:"gw_at_proportional_k"`
			} `json:"compute_hinged_revenue_of_280b"`
		}
	}
	readVectors(t, "published-fit.json", &v)
	points := machines(t).SeriesPoints("OpenAI")
	f, err := FitCompute(points)
	if err != nil || len(points) != 3 {
		t.Fatalf("%d points, %v", len(points), err)
	}
	const digits = 1e-9 // the vector is rounded at nine places
	want := v.Expected
	near(t, "elasticity", f.Elasticity, want.LogLog.Elasticity, digits)
	near(t, "k", f.K, want.LogLog.K, digits)
	near(t, "r2", f.R2, want.LogLog.R2, digits)
	near(t, "proportional", f.Proportional, want.Proportional, digits)
	for i := range points {
		near(t, "per GW", f.PerGW[i], want.PerGW[i], digits)
	}
	for i := range f.Arc {
		near(t, "arc", f.Arc[i], want.Arc[i], digits)
		near(t, "compute ratio", points[i+1].GW/points[i].GW, want.ComputeRatio[i], digits)
		near(t, "revenue ratio", points[i+1].Revenue/points[i].Revenue, want.RevenueRatio[i], digits)
	}
	for gw, revenue := range want.Predict {
		at, _ := strconv.ParseFloat(gw, 64)
		near(t, gw+" GW", f.Revenue(at), revenue, digits)
	}
	for revenue, gw := range want.Needed {
		at, _ := strconv.ParseFloat(revenue, 64)
		near(t, revenue+" billion", f.GWFor(at), gw, digits)
	}
	near(t, "share of 280", want.Hinged.Share*280, want.Hinged.BUSD, digits)
	near(t, "GW at the proportional rate", f.GWProportional(want.Hinged.BUSD), want.Hinged.GW, 5e-4)

	early, err := FitCompute(points[:2])
	if err != nil {
		t.Fatal(err)
	}
	near(t, "2025 from the two years before", early.Revenue(1.9), 19, 1e-9)
}

// TestFitOfTwoYearsAndOfThree holds the fit against the figures that stand beside the worked distributions.
func TestFitOfTwoYearsAndOfThree(t *testing.T) {
	var v struct {
		Expected struct {
			Early     struct{ Elasticity, K float64 } `json:"fit_2023_2024"`
			Predicted float64                         `json:"predict_2025_at_1.9"`
			Error     float64                         `json:"error_vs_20"`
			All       float64                         `json:"fit_all_elasticity"`
		}
	}
	readVectors(t, "../../testdata/vectors/distributions.json", &v)
	points := []ComputePoint{{GW: 0.2, Revenue: 2}, {GW: 0.6, Revenue: 6}, {GW: 1.9, Revenue: 20}}
	early, err := FitCompute(points[:2])
	if err != nil {
		t.Fatal(err)
	}
	near(t, "elasticity of two years", early.Elasticity, v.Expected.Early.Elasticity, 1e-9)
	near(t, "k of two years", early.K, v.Expected.Early.K, 1e-9)
	near(t, "the third year", early.Revenue(1.9), v.Expected.Predicted, 1e-9)
	near(t, "its error", early.Revenue(1.9)/20-1, v.Expected.Error, 1e-9)
	all, err := FitCompute(points)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "elasticity of three", all.Elasticity, v.Expected.All, 1e-9)
}
