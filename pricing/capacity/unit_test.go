package capacity

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestTheTermOfAUnitPriceInMonths(t *testing.T) {
	for term, want := range map[string]int{"1 month": 1, "3 months": 3, "1 year": 12, "2 years": 24, "1 week": 0,
		"hourly": 0, "": 0, "1 or 3 months": 0, "none / 1 month / 6 months": 0, "30 days min": 0, "0 months": 0,
		"-1 month": 0, "no commitment": 0} {
		if got := (&UnitPrice{Term: term}).Months(); got != want {
			t.Errorf("%q is %d months, want %d", term, got, want)
		}
	}
}

func TestTheLotPriceOfAUnit(t *testing.T) {
	m := machines(t)
	for _, c := range []struct {
		seller, unit string
		months       int
		want         string
		hourly       bool
	}{
		{"azure", "PTU", 12, "221", false}, {"azure", "PTU", 1, "260", false},
		{"vertex", "GSU", 12, "2.7397", true}, {"vertex", "GSU", 3, "3.2877", true},
		{"vertex", "GSU", 1, "3.6986", true},
	} {
		p := m.UnitTerm(c.seller, c.unit, c.months)
		if p == nil {
			t.Fatalf("no price of a %s for %d months", c.unit, c.months)
		}
		if got, hourly := p.LotPrice(); got.String() != c.want || hourly != c.hourly {
			t.Errorf("%s for %d months: %s, hourly %v", c.unit, c.months, got, hourly)
		}
	}
	if p := m.UnitTerm("azure", "PTU", 6); p != nil {
		t.Errorf("a term that is not sold has the price %+v", p)
	}
	day := UnitPrice{Price: known(24_000_000_000), Per: "day"}
	if got, hourly := day.LotPrice(); got.String() != "730" || hourly {
		t.Errorf("24 a day is %s a month, hourly %v", got, hourly)
	}
}

const globalHour = "azure/PTU Global/hourly/"

// The tables have the price of an hour twice, of two dates. A team that corrects the older row means its own price of
// the unit.
func TestATeamsPriceOfAUnitComesBeforeEveryPublishedOne(t *testing.T) {
	for _, asOf := range []string{"2026-06", "2025-08-25"} {
		m := correctedWith(t, Correction{Kind: UnitPricesKind, Row: globalHour + asOf, Field: "price", Value: "0.8",
			Source: "offer", AsOf: "2026-11-04"})
		found := 0
		for _, p := range m.UnitTerms("azure", "PTU") {
			if p.Product != "PTU Global" || p.Term != "hourly" {
				continue
			}
			found++
			if p.Price.Rate.String() != "0.8" || p.Source != "offer" || p.AsOf != "2026-11-04" ||
				p.Key() != globalHour+asOf {
				t.Errorf("%s: %+v", asOf, p)
			}
		}
		if found != 1 {
			t.Errorf("%d prices of an hour, want 1", found)
		}
	}
}

func TestAPublishedPriceOfAPlanLeadsToTheTeamsOwn(t *testing.T) {
	unit := correctedWith(t, Correction{Kind: UnitPricesKind, Row: "azure/PTU reservation/1 year/2026-06",
		Field: "price", Value: "1200", Source: "x", AsOf: "2026-11-04"})
	for _, c := range []struct {
		name, seller, currency, price string
		hourly, found                 bool
	}{
		{"a twelfth of the published year", "azure", "USD", "221", false, true},
		{"the published month, which stands", "azure", "USD", "260", false, false},
		{"the own price itself", "azure", "USD", "100", false, false},
		{"the same figure for an hour", "azure", "USD", "221", true, false},
		{"another currency", "azure", "EUR", "221", false, false},
		{"another seller", "vertex", "USD", "221", false, false},
	} {
		got := unit.UnitInstead(c.seller, c.currency, decimal.RequireFromString(c.price), c.hourly)
		if (got != nil) != c.found {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	machine := correctedWith(t, Correction{Kind: InstancesKind, Row: "aws/p5.48xlarge/us-east-1/on_demand/2026-07-20",
		Field: "hourly", Value: "39.5", Source: "x", AsOf: "2026-11-04"})
	each := decimal.RequireFromString("6.88")
	if i := machine.MachineInstead("aws", "us-east-1", each); i == nil || i.LotPrice().String() != "4.9375" {
		t.Errorf("the machine is %+v", i)
	}
	if machine.MachineInstead("aws", "us-west-2", each) != nil || machine.MachineInstead("gcp", "", each) != nil ||
		machine.MachineInstead("aws", "", decimal.NewFromInt(7)) != nil ||
		machines(t).MachineInstead("aws", "", each) != nil {
		t.Error("another machine has the team's price")
	}
}

func correctedWith(t *testing.T, c Correction) *Machines {
	t.Helper()
	m, err := machines(t).Correct([]Correction{c})
	if err != nil || len(m.Own(c.Kind, c.Row)) != 1 {
		t.Fatalf("%s has no row %s: %v", c.Kind, c.Row, err)
	}
	return m
}
