package importer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// azurePage is meters of the Azure Retail Prices API as it answered on 2025-08-25, in the API's envelope.
const azurePage = `{"BillingCurrency": "USD", "Items": [
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.002,"armRegionName":"eastus","effectiveStartDate":"2025-04-01T00:00:00Z","meterName":"gpt 4.1 Inp glbl Tokens","unitOfMeasure":"1K","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.008,"armRegionName":"eastus","effectiveStartDate":"2025-04-01T00:00:00Z","meterName":"gpt 4.1 Outp glbl Tokens","unitOfMeasure":"1K","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.0005,"armRegionName":"eastus","effectiveStartDate":"2025-04-01T00:00:00Z","meterName":"gpt 4.1 cached Inp glbl Tokens","unitOfMeasure":"1K","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.001,"armRegionName":"eastus","effectiveStartDate":"2025-04-01T00:00:00Z","meterName":"gpt 4.1 Batch Inp glbl Tokens","unitOfMeasure":"1K","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.0022,"armRegionName":"eastus","effectiveStartDate":"2025-04-01T00:00:00Z","meterName":"gpt 4.1 Inp Data Zone Tokens","unitOfMeasure":"1K","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":1.375,"armRegionName":"eastus","effectiveStartDate":"2025-08-01T00:00:00Z","meterName":"GPT 5 Rsng Inpt DZone 1M Tokens","unitOfMeasure":"1M","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":11.0,"armRegionName":"eastus","effectiveStartDate":"2025-08-01T00:00:00Z","meterName":"GPT 5 Rsng outpt DZone 1M Tokens","unitOfMeasure":"1M","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.00242,"armRegionName":"swedencentral","effectiveStartDate":"2025-04-01T00:00:00Z","meterName":"gpt 4.1 Inp regnl Tokens","unitOfMeasure":"1K","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.00968,"armRegionName":"swedencentral","effectiveStartDate":"2025-04-01T00:00:00Z","meterName":"gpt 4.1 Outp regnl Tokens","unitOfMeasure":"1K","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":1.0,"armRegionName":"eastus","effectiveStartDate":"2024-11-01T00:00:00Z","meterName":"Provisioned Managed Global Unit","unitOfMeasure":"1/Hour","type":"Consumption"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":1.7,"armRegionName":"eastus","effectiveStartDate":"2025-04-01T00:00:00Z","meterName":"gpt-4.1-ft hosting global Unit","unitOfMeasure":"1 Hour","type":"Consumption"}
]}`

func TestAzureRetailReadsMetersAndListsTheOthers(t *testing.T) {
	in, err := AzureRetail(strings.NewReader(azurePage), "2025-08-25")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, o := range in.Offers {
		got[o.ID()+" "+o.Scope+" since "+string(o.Rows[0].From)+" "+o.Model] = figures(o)
	}
	want := map[string][]string{
		"azure/gpt-4.1 default since 2025-04-01 openai/" +
			"gpt-4-1": {"input 2", "output 8", "cache_read 0.5", "input batch 1"},
		"azure/gpt-4.1 region:swedencentral since 2025-04-01 openai/gpt-4-1": {"input 2.42", "output 9.68"},
		"azure/gpt-5 datazone:us since 2025-08-01 openai/gpt-5":              {"input 1.375", "output 11"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"Provisioned Managed", "gpt-4.1-ft hosting", "azure/gpt-4.1 datazone:us"} {
		found := false
		for _, w := range in.Warnings {
			found = found || strings.Contains(w.Path, text)
		}
		if !found {
			t.Errorf("no warning about %s: %+v", text, in.Warnings)
		}
	}
}

func TestMeterNames(t *testing.T) {
	tests := []struct{ name, meter, region, want string }{
		{"a priority meter without the word gpt", "5.4 pp inp Gl 1M Tokens", "eastus2",
			"gpt-5.4 input priority default 0"},
		{"long context", "5.6 sol LongCo Inp Std DZ", "swedencentral", "gpt-5.6-sol input standard datazone:eu 272000"},
		{"cached, with hyphens", "gpt-5-codex-ccchd-inp-glbl", "eastus", "gpt-5-codex cache_read standard default 0"},
		{"a batch of cached input in a data zone", "GPT 5 Mini Batch Inpt cchd Dzone 1M Tokens", "westeurope",
			"gpt-5-mini cache_read batch datazone:eu 0"},
		{"a release date is not part of the name", "gpt-4o-mini-0718-Inp-regnl Tokens", "southeastasia",
			"gpt-4o-mini input standard region:southeastasia 0"},
		{"an open model", "gpt-oss-120B Inp glbl Tokens", "eastus", "gpt-oss-120b input standard default 0"},
		{"the government's region is its own", "gpt-oss-120B Inp glbl Tokens", "usgovarizona",
			"gpt-oss-120b input standard region:usgovarizona 0"},
		{"a name without a scope is not read", "Phi-3.5-Mini-128K-Instruct-Output Tokens", "eastus",
			"it does not say whether it is global, of a data zone or regional"},
		{"a data zone elsewhere is not read", "gpt 4.1 Inp Data Zone Tokens", "koreacentral",
			"the data zone of region koreacentral is not known"},
		{"hosting is not read", "gpt-4.1-ft hosting global Unit", "eastus", "it meters ft"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, reason := parseMeter(tt.meter, tt.region)
			got := reason
			if reason == "" {
				got = m.model + " " + string(m.dimension) + " " + string(m.tier) + " " + m.scope + " " + itoa(m.above)
			}
			if got != tt.want {
				t.Errorf("%q reads as %q, want %q", tt.meter, got, tt.want)
			}
		})
	}
}

const ownTable = `provider,id,scope,from,service_tier,above,input,output,cache_read,url,note
azure,gpt-5.5,datazone:us,2026-09-01,,,4.4,26.4,0.44,https://example.com/contract,20 % off
azure,gpt-5.5,datazone:us,2026-09-01,batch,,2.2,13.2,,,
azure,gpt-5.5,datazone:us,2026-06-01,,,5,30,,,
bedrock,us.anthropic.claude-opus-5,,,,,5,25,,,
groq,,,,,,1,1,,,
groq,x,,someday,,,1,1,,,
groq,x,,,,,,,,,
groq,x,,,,,-1,1,,,
`

func TestOwnPricesBeatTheShippedOnes(t *testing.T) {
	in, err := CSV(strings.NewReader(ownTable), "2026-09-15")
	if err != nil {
		t.Fatal(err)
	}
	wantWarnings := []string{"line 6", "line 7", "line 8", "line 9"}
	var gotWarnings []string
	for _, w := range in.Warnings {
		gotWarnings = append(gotWarnings, w.Path)
	}
	if diff := cmp.Diff(wantWarnings, gotWarnings); diff != "" {
		t.Errorf("%s: %+v", diff, in.Warnings)
	}
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := catalog.Build(shipped, &in)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, id, scope string
		day             calendar.Day
		input, batch    string
		status          catalog.Status
	}{
		{"the list before the contract", "azure/gpt-5.5", "datazone:us", "2026-05-01", "5.5", "0", catalog.InForce},
		{"the first contract", "azure/gpt-5.5", "datazone:us", "2026-07-01", "5", "0", catalog.Own},
		{"the second, with its batch price", "azure/gpt-5.5", "datazone:us", "2026-10-01", "4.4", "2.2", catalog.Own},
		{"another scope keeps the list", "azure/gpt-5.5", "default", "2026-10-01", "5", "0", catalog.InForce},
		{"a row without a day counts from the import", "bedrock/us.anthropic.claude-opus-5", "", "2026-09-15",
			"5", "0", catalog.Own},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, err := s.Offer(tt.id, tt.scope)
			if err != nil {
				t.Fatal(err)
			}
			row, _ := o.RowAt(tt.day)
			rates := row.RatesFor(0)
			if rates.Input.String() != tt.input || rates.Batch.Input.String() != tt.batch || row.Status != tt.status {
				t.Errorf("%s, batch %s, %s, want %s, %s, %s", rates.Input, rates.Batch.Input, row.Status,
					tt.input, tt.batch, tt.status)
			}
		})
	}
}
