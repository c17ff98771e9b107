package capacity

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"headroom/pricing/catalog"
)

func TestEveryRowOfTheShippedDataIsRead(t *testing.T) {
	m := machines(t)
	for _, table := range []struct {
		name      string
		got, want int
	}{
		{"accelerators", len(m.Accelerators), 26}, {"open models", len(m.OpenModels), 40},
		{"instances", len(m.Instances), 1066},
		{"rentals", len(m.Rentals), 27}, {"units", len(m.Units), 32 + 15}, {"unit prices", len(m.UnitPrices), 42},
		{"quotas", len(m.Quotas), 58}, {"measurements", len(m.Measured), 12}, {"deals", len(m.Deals), 34},
		{"series", len(m.Series), 3}, {"trends", len(m.Trends), 14},
	} {
		if table.got != table.want {
			t.Errorf("%d %s, want %d", table.got, table.name, table.want)
		}
	}
}

func TestEveryInstanceIsPlausible(t *testing.T) {
	for _, i := range machines(t).Instances {
		each, known := i.HourlyEach()
		if known && (each < 0.05 || each > 60) {
			t.Errorf("%s %s in %s: %v USD an accelerator-hour", i.Seller, i.Type, i.Region, each)
		}
		if i.Hourly.Known && i.Spot.Known && i.Spot.Rate > i.Hourly.Rate {
			t.Errorf("%s %s in %s: spot %s above on demand %s", i.Seller, i.Type, i.Region, i.Spot.Rate, i.Hourly.Rate)
		}
		if !i.Hourly.Known && i.Hourly.Reason == "" || !i.Spot.Known && i.Spot.Reason == "" {
			t.Errorf("%s %s in %s: unknown without a reason", i.Seller, i.Type, i.Region)
		}
	}
	for _, r := range machines(t).Rentals {
		if r.HourlyEach == 0 || r.Hourly.Float()/r.Count-r.HourlyEach.Float() > 0.001 {
			t.Errorf("%s %s: %s of %v is not %s each", r.Seller, r.Type, r.Hourly, r.Count, r.HourlyEach)
		}
	}
}

// The list prices of one 8-GPU H100 node, as the traps in the sources ask for.
func TestListPricesOfOneChip(t *testing.T) {
	tests := []struct {
		seller, region string
		want           float64
	}{
		{"nebius", "eu-north1", 2.95}, {"aws", "us-east-1", 6.88}, {"aws", "ap-south-1", 8.26},
		{"oci", "global-list", 10.00},
		{"gcp", "us-central1", 11.06}, {"gcp", "asia-south1", 11.52}, {"gcp", "asia-south2", 13.29},
		{"azure", "eastus", 12.29}, {"azure", "westeurope", 15.98},
	}
	for _, tt := range tests {
		t.Run(tt.seller+" "+tt.region, func(t *testing.T) {
			for _, i := range machines(t).
				FindInstances(InstanceFilter{Accelerator: "H100 SXM", Seller: tt.seller, Region: tt.region}) {
				// Azure sells an 8-GPU node without the fast network too.
				if each, known := i.HourlyEach(); known && i.Count == 8 && i.Type != "Standard_ND96is_H100_v5" {
					near(t, i.Type, each, tt.want, 1e-3)
					return
				}
			}
			t.Error("no 8-GPU node")
		})
	}
}

func TestSpotThatIsABoundIsNoMarket(t *testing.T) {
	refused := map[string]int{}
	for _, i := range machines(t).Instances {
		if strings.HasPrefix(i.Spot.Reason, "no usable spot") {
			refused[i.Seller]++
		}
	}
	if refused["aws"] != 7 || refused["runpod"] != 2 || len(refused) != 2 {
		t.Errorf("spot prices refused: %v, want 7 of aws and 2 of runpod", refused)
	}
}

func TestInstancesByArea(t *testing.T) {
	m := machines(t)
	for _, area := range []Area{India, EU} {
		sellers := map[string]bool{}
		for _, i := range m.FindInstances(InstanceFilter{Area: area}) {
			sellers[i.Seller] = true
		}
		for _, want := range []string{"aws", "azure", "gcp"} {
			if !sellers[want] {
				t.Errorf("no %s instance in %s", want, area)
			}
		}
	}
	tests := []struct {
		name, seller, region string
		want                 Area
	}{
		{"London has left", "aws", "eu-west-2", Elsewhere}, {"Zurich never was", "gcp", "europe-west6", Elsewhere},
		{"Dublin is", "aws", "eu-west-1", EU}, {"Norway is not", "azure", "norwayeast", Elsewhere},
		{"Azure's names", "azure", "swedencentral", EU},
		{"Finland by a smaller seller", "nebius", "eu-north1", EU}, {"Mumbai", "aws", "ap-south-1", India},
		{"Delhi", "gcp", "asia-south2", India},
		{"a seller that names no region", "lambda", "unspecified", NoArea},
		{"a seller that names two", "jarvis-labs", "india/eu (provider is Indian; region set not given)", NoArea},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := AreaOf(tt.seller, tt.region); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestAnInstancesChipIsKnownOrSaidNotToBe(t *testing.T) {
	m := machines(t)
	unknown := map[string]bool{}
	for _, i := range m.Instances {
		if _, err := m.ChipOf(i.Accelerator); err != nil {
			unknown[i.Accelerator] = true
		}
	}
	for word := range unknown {
		if !strings.Contains(word, "PCIe") && !slices.Contains([]string{"A10", "T4", "L40", "GH200", "MI350X"}, word) {
			t.Errorf("%q has no figures", word)
		}
	}
	if a, err := m.ChipOf("H100-NVL-94GB"); err != nil || a.Name != "H100 NVL" {
		t.Errorf("NVL is %+v, %v: it is not the SXM part", a, err)
	}
	if _, err := m.ChipOf("abacus"); err == nil {
		t.Error("any word is a chip")
	}
}

func TestModelsAnswerToCanonicalIDs(t *testing.T) {
	m := machines(t)
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^[a-z]+/[a-z0-9-]+$`)
	sold := 0
	for i := range m.OpenModels {
		model := &m.OpenModels[i]
		if len(model.IDs) == 0 {
			t.Errorf("%s has no canonical id", model.Name)
		}
		for _, id := range model.IDs {
			if got, err := m.Model(id); err != nil || got != model || !form.MatchString(id) {
				t.Errorf("%q finds %v, %v", id, got, err)
			}
			if _, ok := shipped.Model(id); ok {
				sold++
			}
		}
	}
	if sold < 35 {
		t.Errorf("only %d ids are in the price catalogue", sold)
	}
	if got, err := m.Model("meta-llama/Llama-3.3-70B-Instruct"); err != nil || got.Name != "Llama 3.3 70B" {
		t.Errorf("another spelling finds %v, %v", got, err)
	}
}

func TestWhatIsNotKnownSaysWhy(t *testing.T) {
	m := machines(t)
	price, _ := m.FindUnitPrices("bedrock", "1K input TPM + 1K output TPM"), 0
	if len(price) != 1 || price[0].Price.Known || !strings.Contains(price[0].Price.Reason, "account team") {
		t.Errorf("%+v", price)
	}
	if _, ok := price[0].Monthly(); ok {
		t.Error("a price that nobody publishes has a monthly figure")
	}
	unit := m.FindUnits("azure-fireworks", "GLM-5")
	if len(unit) != 1 || unit[0].OutputWeight.Known || unit[0].RegionalMinimum.Known ||
		unit[0].RegionalMinimum.Reason() == "" {
		t.Errorf("%+v", unit)
	}
	tpu, err := m.Accelerator("TPU v6e")
	if err != nil || tpu.TDPWatts.Known || tpu.AllInKW.Reason() != "not published" {
		t.Errorf("%+v, %v", tpu, err)
	}
}

func TestRowsFromMemoryAreMarked(t *testing.T) {
	m := machines(t)
	marked := func(name string, all, want int) {
		t.Helper()
		if all != want {
			t.Errorf("%d %s from memory, want %d", all, name, want)
		}
	}
	prices, trends := 0, 0
	for _, p := range m.UnitPrices {
		if p.FromMemory {
			prices++
		}
	}
	for _, tr := range m.Trends {
		if tr.FromMemory {
			trends++
		}
	}
	marked("unit prices", prices, 5)
	marked("trends", trends, 1)
	if a, _ := m.Accelerator("H100 NVL"); !a.FromMemory {
		t.Error("H100 NVL is from memory")
	}
	if a, _ := m.Accelerator("A100-80GB"); a.FromMemory {
		t.Error("A100 80 GB was read")
	}
}

func TestQuotasAndUnitsForForms(t *testing.T) {
	m := machines(t)
	if q := m.FindQuotas("azure", "gpt-5", ""); len(q) != 6 || q[0].TPM.Value != 1e6 || q[0].RPM.Value != 10000 {
		t.Errorf("gpt-5 on Azure: %d quotas, %+v", len(q), q)
	}
	if q := m.FindQuotas("azure", "gpt-5.5", "tier 3 of 6"); len(q) != 1 || !q[0].TPM.Known || q[0].TPM.Value != 0 {
		t.Errorf("a quota of none is known: %+v", q)
	}
	spend := map[string]float64{}
	for _, q := range m.FindQuotas("anthropic", "all", "") {
		spend[q.Tier] = q.MonthlySpend.Value
	}
	if spend["Start"] != 500 || spend["Build"] != 1000 || spend["Scale"] != 200000 {
		t.Errorf("Anthropic's spend caps: %v", spend)
	}
	weights, soft := map[float64]int{}, 0
	for _, q := range m.Quotas {
		if q.OutputWeight.Known {
			weights[q.OutputWeight.Value]++
			if !q.ReservesMax {
				t.Errorf("%s: burndown without the reserve", q.Model)
			}
		}
		if q.MonthlyTokens.Known {
			soft++
		}
	}
	if weights[5] != 1 || weights[10] != 2 || weights[15] != 1 || soft != 10 {
		t.Errorf("burndown weights %v, %d soft limits", weights, soft)
	}
	if u := m.FindUnits("vertex", "claude-sonnet-5"); len(u) != 1 || u[0].Unit != "GSU" ||
		u[0].TokensPerMinute != 21000 || u[0].Minimum != 25 {
		t.Errorf("Claude Sonnet 5 on Vertex: %+v", u)
	}
	for _, p := range m.FindUnitPrices("openai", "") {
		if p.Model == "" {
			t.Errorf("%s names no model", p.Product)
		}
		if p.Product == "Scale Tier input gpt-5" {
			monthly, _ := p.Monthly()
			near(t, "75 a day", monthly, 75*730.0/24, 1e-12)
		}
	}
}

func TestATeamMayCorrectARow(t *testing.T) {
	m := machines(t)
	chips := slices.Clone(m.Accelerators)
	for i := range chips {
		if chips[i].Name == "H100 SXM" {
			chips[i].MemoryGB = 96
		}
	}
	own, err := m.With(chips, m.OpenModels)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := own.Accelerator("H100")
	b, _ := m.Accelerator("H100")
	if a.MemoryGB != 96 || b.MemoryGB != 80 {
		t.Errorf("%v in the team's, %v in the shipped", a.MemoryGB, b.MemoryGB)
	}
	twice := append(slices.Clone(m.OpenModels), OpenModel{Name: "llama 3.3 70b"})
	if _, err := m.With(chips, twice); err == nil {
		t.Error("two models of one name are taken")
	}
}

func TestABrokenTableNamesItsLine(t *testing.T) {
	_, err := readTable("accelerators.csv", "name,vendor,memory_gb\nH100,NVIDIA,lots\n", readAccelerator)
	if err == nil || !strings.Contains(err.Error(), "accelerators.csv line 2") ||
		!strings.Contains(err.Error(), "memory_gb: want a number, not lots") {
		t.Errorf("error %v", err)
	}
	if _, err := readTable("x.csv", "a,b\n1\n", readTrend); err == nil {
		t.Error("a short row is taken")
	}
}
