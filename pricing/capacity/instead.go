package capacity

import (
	"github.com/shopspring/decimal"

	"headroom/pricing/money"
)

// UnitInstead is what a team pays for a unit of a seller where a plan pays price for an hour or a month of one: the
// row whose published price that is and whose price the team has corrected. Nil where there is none.
func (m *Machines) UnitInstead(seller, currency string, price decimal.Decimal, hourly bool) *UnitPrice {
	for _, p := range m.FindUnitPrices(seller, "") {
		for _, c := range m.Own(UnitPricesKind, p.Key()) {
			rate, err := money.ParseRate(c.Published)
			if err != nil || p.Currency != currency {
				continue
			}
			was := *p
			was.Price.Rate = rate
			if stated, byHour := was.LotPrice(); byHour == hourly && stated.Equal(price) {
				return p
			}
		}
	}
	return nil
}

// MachineInstead is the machine that a team pays its own price for where a plan pays each, in USD, for an hour of one
// of its accelerators: the one of a seller and region that is published at that price, and that the team has
// corrected. An empty region is any. Nil where there is none.
func (m *Machines) MachineInstead(seller, region string, each decimal.Decimal) *Instance {
	if len(m.own) == 0 {
		return nil
	}
	for i := range m.Instances {
		instance := &m.Instances[i]
		if instance.Seller != seller || region != "" && region != instance.Region {
			continue
		}
		for _, c := range m.Own(InstancesKind, instance.key(OnDemandTerm)) {
			if rate, err := money.ParseRate(c.Published); err == nil && instance.shareOf(rate).Equal(each) {
				return instance
			}
		}
	}
	return nil
}

// LotPrice is USD for an hour of one accelerator as a lot of a plan states it, to four places; 0 if the price is
// unknown.
func (i *Instance) LotPrice() decimal.Decimal { return i.shareOf(i.Hourly.Rate) }

// shareOf is one accelerator's part of a price of the machine.
func (i *Instance) shareOf(hourly money.Rate) decimal.Decimal {
	return hourly.Decimal().Div(decimal.NewFromFloat(i.Count)).Round(4)
}
