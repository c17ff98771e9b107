package form

import "github.com/shopspring/decimal"

// Kind says what a field holds and how its text is read.
type Kind int

const (
	Number      Kind = iota // a plain figure: tokens, users, requests
	Percent                 // a share or growth rate: "12 %" in the form is 0.12 in the plan
	Money                   // an amount in the plan's currency
	Price                   // money per 1,000,000 tokens: stays a decimal string in the plan
	Month                   // "2027-01"
	Text                    // free text
	Choice                  // one of Options
	Series                  // several figures: "100, 200, 300"
	Tiers                   // graduated volume discounts
	Schedule                // a figure, or figures with the month each begins: "180k; 300k from 2028-01"
	Shares                  // a schedule of percentages
	Amounts                 // a schedule of money
	Flag                    // yes or no
	List                    // names between commas
	Inflows                 // money of single months: "500k in 2027-06"
	Enforcement             // which kinds of limits hold users back
	Answer                  // yes, no, or nothing said
	Day                     // "2027-01-12", or a word of Options
)

// Option is a choice.
type Option struct{ Value, Label string }

// Spec describes one field of the form. Min and Max are in the field's own unit: percent for Percent, both ends
// allowed.
type Spec struct {
	Keys              []string
	Label, Unit, Help string
	Prefix            string // currency code that stands before the figure
	Kind              Kind
	Min, Max          decimal.Decimal
	Above             bool   // Min itself is not allowed
	Whole             bool   // no decimals
	Default           string // text of what counts when the plan says nothing; "" means the field is required
	Optional          bool   // an empty text removes the field from the plan
	Ranges            bool   // "2 to 5" is accepted and kept in the plan's uncertainty
	Options           []Option
}

// Name is the name of the form field: the path in the plan.
func (s Spec) Name() string { return Path(s.Keys...) }

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// limits are the bounds that several fields share.
var (
	zero    = dec("0")
	hundred = dec("100")
	large   = dec("1e12")
)

func (s Spec) between(low, high string) Spec {
	s.Min, s.Max = dec(low), dec(high)
	return s
}

// percent is a share of 0 to 100 %.
func percent(label, unit, help string, keys ...string) Spec {
	return Spec{Keys: keys, Label: label, Unit: unit, Help: help, Kind: Percent, Min: zero, Max: hundred,
		Default: "0", Optional: true, Ranges: true}
}

// growthRate is a change a month of −50 to 200 %.
func growthRate(label, help string, keys ...string) Spec {
	return Spec{Keys: keys, Label: label, Unit: "a month", Help: help, Kind: Percent, Default: "0", Optional: true,
		Ranges: true}.
		between("-50", "200")
}

// PlanSpecs are the fields of the plan as a whole.
func PlanSpecs(d Document) []Spec {
	specs := []Spec{
		{Keys: []string{"start"}, Label: "First month", Unit: "YYYY-MM", Kind: Month,
			Help: "Prices and schedules count from here."},
		Spec{Keys: []string{"months"}, Label: "Length", Unit: "months", Kind: Number, Whole: true}.between("1", "120"),
		{Keys: []string{"day_count"}, Label: "Days of a month", Kind: Choice, Default: "actual", Optional: true,
			Options: []Option{
				{"actual", "as in the calendar"}, {"30", "30 days"}, {"730h", "730 hours (365/12 days)"},
			}},
		Spec{Keys: []string{"load_profile"}, Label: "Load blocks", Unit: "of the minutes", Kind: Series,
			Optional: true, Default: "0.1; 0.9",
			Help: "Shares of a month's minutes, the busiest first, together 1."}.between("0", "1"),
	}
	return specs
}

// MoneySpecs are the plan's currency and, for a currency other than USD, its rate.
func MoneySpecs(d Document) []Spec {
	specs := []Spec{{Keys: []string{"currency"}, Label: "Currency of the plan", Kind: Choice, Default: "USD",
		Optional: true,
		Help:     "List prices are in USD; another currency needs a rate.", Options: currencies()}}
	if currency := Currency(d); currency != "USD" {
		specs = append(specs, Spec{Keys: []string{"fx", "USD"}, Label: "Exchange rate", Unit: currency + " for 1 USD",
			Kind: Schedule,
			Help: "One rate, or steps: 0.92; 0.90 from 2028-01."}.between("0.000001", "1000000"))
	}
	return specs
}

// Currency is the plan's currency, USD if it states none.
func Currency(d Document) string {
	if code := d.Text("currency"); code != "" {
		return code
	}
	return "USD"
}

func currencies() []Option {
	var options []Option
	for _, code := range []string{"USD", "EUR", "GBP", "CHF", "JPY", "INR", "CAD", "AUD", "BRL", "SEK",
		"NOK", "DKK", "PLN", "SGD"} {
		options = append(options, Option{code, code})
	}
	return options
}

// FinanceSpecs are limits of money, the purse of cash, and which limits hold users back.
func FinanceSpecs(d Document) []Spec { return append(BudgetSpecs(d), CashSpecs(d)...) }

// BudgetSpecs are limits of money, and which limits hold users back.
func BudgetSpecs(d Document) []Spec {
	return []Spec{
		{Keys: []string{"finance", "monthly_budget"}, Label: "Monthly budget", Prefix: Currency(d), Kind: Amounts,
			Min: zero, Max: large,
			Optional: true, Default: "none", Help: "On the cash cost: one amount, or steps: 180k; 300k from 2028-01."},
		{Keys: []string{"finance", "min_gross_margin"}, Label: "Lowest gross margin", Unit: "of revenue",
			Kind: Percent, Min: dec("-100"), Max: hundred,
			Optional: true, Default: "none"},
		{Keys: []string{"finance", "enforce"}, Label: "Limits that hold users back", Kind: Enforcement,
			Optional: true, Default: "usual", Options: enforcements(d)},
	}
}

// CashSpecs are the purse of cash.
func CashSpecs(d Document) []Spec {
	return []Spec{
		{Keys: []string{"finance", "opening_cash"}, Label: "Cash at the start", Prefix: Currency(d),
			Kind: Money, Min: zero, Max: large, Optional: true, Default: "0"},
		{Keys: []string{"finance", "min_cash"}, Label: "Lowest cash", Prefix: Currency(d), Kind: Money,
			Min: dec("-1e12"), Max: large, Optional: true, Default: "none",
			Help: "The balance that no month may end below."},
		{Keys: []string{"finance", "funding"}, Label: "Funding", Prefix: Currency(d), Kind: Inflows,
			Min: dec("-1e12"), Max: large, Optional: true, Default: "none",
			Help: "Money received in one month: 500k in 2027-06; 1M in 2028-01."},
		{Keys: []string{"finance", "other_opex"}, Label: "Other costs", Unit: "a month", Prefix: Currency(d),
			Kind: Amounts, Min: dec("-1e12"), Max: large, Optional: true, Default: "0",
			Help: "Leaves the cash; it is no part of the cost of serving."},
	}
}
