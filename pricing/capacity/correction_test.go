package capacity

import "testing"

func TestCorrectionsStandInPlaceOfWhatWasPublished(t *testing.T) {
	shipped, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	instance := shipped.Instances[2] // p5.48xlarge in us-east-1 at 55.04
	key := machineKey(instance.Seller, instance.Type, instance.Region, OnDemandTerm, instance.AsOf)
	quota, unit := shipped.Quotas[0].Key(), shipped.UnitPrices[0].Key()
	measured := MeasurementKey("Llama 3.3 70B", "H100 SXM", 8, FP8, FP8, 2000, 500)
	m, err := shipped.Correct([]Correction{
		{Kind: InstancesKind, Row: key, Field: "hourly", Value: "39.5", Source: "contract", AsOf: "2026-11-01"},
		{Kind: AcceleratorsKind, Row: "H100 SXM", Field: "kw", Value: "1.5", Source: "meter", AsOf: "2026-11-02"},
		{Kind: QuotasKind, Row: quota, Field: "tpm", Value: "7000000", Source: "portal", AsOf: "2026-11-03"},
		{Kind: UnitPricesKind, Row: unit, Field: "price", Value: "0.8", Source: "offer", AsOf: "2026-11-04"},
		{Kind: ThroughputKind, Row: measured, Field: "output_tokens_per_second", Value: "6000", Source: "test",
			AsOf: "2026-11-05"},
		{Kind: InstancesKind, Row: "gone", Field: "hourly", Value: "1"},
		{Kind: QuotasKind, Row: quota, Field: "colour", Value: "1"},
		{Kind: AcceleratorsKind, Row: "L4", Field: "kw", Value: "lots"},
	})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, l := range m.Listings() {
		if l.Key() == key {
			found++
			if l.Hourly.Rate.String() != "39.5" || l.Source != "contract" || l.AsOf != "2026-11-01" {
				t.Errorf("the listing is %+v", l)
			}
		}
	}
	if found != 1 {
		t.Errorf("%d listings have the key, want 1", found)
	}
	if own := &m.Instances[2]; own.Hourly.Rate.String() != "39.5" || own.Source != "contract" ||
		own.Spot != instance.Spot {
		t.Errorf("the instance is %+v", own)
	}
	for _, l := range m.Listings() {
		if l.Term == SpotTerm && l.Source == "contract" {
			t.Errorf("the spot price is said to be from the contract: %+v", l)
		}
	}
	chip, _ := m.Accelerator("H100")
	if chip.AllInKW.Value != 1.5 || m.Quotas[0].TPM.Value != 7e6 || m.UnitPrices[0].Price.Rate.String() != "0.8" {
		t.Errorf("%+v, %+v, %+v", chip.AllInKW, m.Quotas[0].TPM, m.UnitPrices[0].Price)
	}
	for _, c := range []struct{ kind, row, published string }{{InstancesKind, key, instance.Hourly.Rate.String()},
		{AcceleratorsKind, "H100 SXM", "1.73"},
		{QuotasKind, quota, shipped.Quotas[0].TPM.Text},
		{UnitPricesKind, unit, shipped.UnitPrices[0].Price.Rate.String()}, {ThroughputKind, measured, ""}} {
		own := m.Own(c.kind, c.row)
		if len(own) != 1 || own[0].Published != c.published {
			t.Errorf("%s %s: %+v, want one in place of %q", c.kind, c.row, own, c.published)
		}
	}
	if len(m.OwnMeasurements()) != 1 || len(m.Own(AcceleratorsKind, "L4")) != 0 || len(m.own) != 5 {
		t.Errorf("own are %+v", m.own)
	}
	again, _ := Shipped()
	if chip, _ := again.Accelerator("H100"); chip.AllInKW.Value != 1.73 || len(again.own) != 0 {
		t.Error("the shipped figures were changed")
	}
}

func TestEveryListingHasAKeyOfItsOwn(t *testing.T) {
	m, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, l := range m.Listings() {
		if seen[l.Key()] || len(l.Key()) > 300 {
			t.Errorf("%s is not unique or too long", l.Key())
		}
		seen[l.Key()] = true
		if _, ok := l.HourlyEach(); !ok && l.Hourly.Reason == "" {
			t.Errorf("%s has neither a price nor a reason", l.Key())
		}
	}
}
