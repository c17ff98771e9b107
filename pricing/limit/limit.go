// Package limit knows every kind of limit that a plan can meet: its id, what it is about, its unit and its noun. The
// set is closed: a switch over Kind, Group, Subject or Unit covers all of them or says what happens to the rest, which
// a test at the root of the repository checks. The package stands on nothing; the sentences of the pages are made by
// LimitWords of app/workspace.
package limit

// Kind is a kind of limit. Kinds are ordered as they resolve ties: what you run, what a seller lets through, money, and
// then the reasons for which an offer refuses requests. The zero Kind is no limit.
type Kind uint8

// The kinds, in order. Adding one means adding its row in table.
const (
	Power            Kind = iota + 1 // of a site
	GPUs                             // of a pool
	ProvisionedUnits                 // of an offer that spills nowhere
	QuotaTPM                         // tokens, normalised
	QuotaRPM                         // requests
	SpendCap                         // on what one provider bills
	Budget
	Margin  // the lowest gross margin
	Cash    // the lowest balance
	Latency // a need that the offer of a route does not meet, as the next three
	Context
	Residency
	Modality
	Unrouted // nothing serves the requests

	end // the number of kinds, and the zero one
)

// Count is the length of an array that has an entry for each Kind; the entry of the zero Kind is for no limit.
const Count = int(end)

// Group is a part of the kinds that the model treats alike. A switch may cover the kinds of one group only.
type Group uint8

// The groups, in the order of the kinds.
const (
	SupplyKinds  Group = iota + 1 // what you run or reserve
	QuotaKinds                    // what a seller lets through; the plan has them in an offer's "quota"
	MoneyKinds                    // what the plan may spend, or has to keep
	RefusalKinds                  // pass or fail, without a measure
)

// Subject is what a limit is about.
type Subject uint8

// The subjects.
const (
	OfSite Subject = iota + 1
	OfPool
	OfOffer
	OfProvider
	OfPlan
	OfRoute // "workload/offer"; the offer is "-" for requests that no route names
)

// Unit is how a limit and what it carries are measured.
type Unit uint8

// The units. Uncounted is that of a limit that passes or fails.
const (
	Uncounted Unit = iota
	Megawatts
	Accelerators
	TokensPerMinute // normalised
	RequestsPerMinute
	MoneyPerMonth // in the plan's currency
	Balance       // in the plan's currency
	Share         // of revenue
)

// row is what is known of one kind.
type row struct {
	id       string
	group    Group
	subject  Subject
	unit     Unit
	noun     string
	floor    bool // too few users may fail it too
	flagOnly bool // it holds nobody back unless the plan says so
}

// table has the facts of every kind. It is never written to.
var table = [Count]row{
	Power: {id: "power", group: SupplyKinds, subject: OfSite, unit: Megawatts, noun: "power"},
	GPUs:  {id: "gpu", group: SupplyKinds, subject: OfPool, unit: Accelerators, noun: "GPUs"},
	ProvisionedUnits: {id: "provisioned", group: SupplyKinds, subject: OfOffer, unit: TokensPerMinute,
		noun: "provisioned capacity"},
	QuotaTPM: {id: "quota_tpm", group: QuotaKinds, subject: OfOffer, unit: TokensPerMinute, noun: "token quota"},
	QuotaRPM: {id: "quota_rpm", group: QuotaKinds, subject: OfOffer, unit: RequestsPerMinute, noun: "request quota"},
	SpendCap: {id: "spend_cap", group: MoneyKinds, subject: OfProvider, unit: MoneyPerMonth, noun: "spend cap"},
	Budget:   {id: "budget", group: MoneyKinds, subject: OfPlan, unit: MoneyPerMonth, noun: "budget"},
	Margin: {id: "margin", group: MoneyKinds, subject: OfPlan, unit: Share, noun: "lowest margin",
		floor: true, flagOnly: true},
	Cash: {id: "cash", group: MoneyKinds, subject: OfPlan, unit: Balance, noun: "lowest cash",
		floor: true, flagOnly: true},
	Latency:   {id: "latency", group: RefusalKinds, subject: OfRoute, noun: "latency"},
	Context:   {id: "context", group: RefusalKinds, subject: OfRoute, noun: "context length"},
	Residency: {id: "residency", group: RefusalKinds, subject: OfRoute, noun: "residency"},
	Modality:  {id: "modality", group: RefusalKinds, subject: OfRoute, noun: "modality"},
	Unrouted:  {id: "unrouted", group: RefusalKinds, subject: OfRoute, noun: "no supply"},
}

// units has, for the units that a seller's quota may have, the field of the plan; and what pages write behind a figure.
var units = [...]struct {
	field, words, short string
	tokens              bool
}{
	Uncounted:         {},
	Megawatts:         {words: "MW"},
	Accelerators:      {words: "GPUs"},
	TokensPerMinute:   {"tokens_per_minute", "tokens a minute", "tokens/min", true},
	RequestsPerMinute: {"requests_per_minute", "requests a minute", "requests/min", false},
	MoneyPerMonth:     {words: "a month"},
	Balance:           {},
	Share:             {words: "of revenue"},
}

// String is the kind as ids and the plan's "finance.enforce" spell it; "" for the zero Kind.
func (k Kind) String() string { return table[k].id }

// Group is the group of the kind; 0 for the zero Kind.
func (k Kind) Group() Group { return table[k].group }

// Subject is what limits of the kind are about; 0 for the zero Kind.
func (k Kind) Subject() Subject { return table[k].subject }

// Unit is the unit of the limit's capacity, and of what it carries; Uncounted where it passes or fails.
func (k Kind) Unit() Unit { return table[k].unit }

// Noun is the limit in a word or two, in lower case: "token quota".
func (k Kind) Noun() string { return table[k].noun }

// Physical reports whether the limit cuts the segments that reach it; a limit of money cuts everybody.
func (k Kind) Physical() bool {
	group := table[k].group
	return group == SupplyKinds || group == QuotaKinds
}

// PassFail reports whether the limit has no capacity: an offer meets it or refuses the requests.
func (k Kind) PassFail() bool { return table[k].group == RefusalKinds }

// Floor reports whether too few users may fail the limit too.
func (k Kind) Floor() bool { return table[k].floor }

// HoldsByDefault reports whether the limit holds users back in a plan that does not list the kinds that do.
func (k Kind) HoldsByDefault() bool { return !table[k].flagOnly }

// CountsTokens reports whether the unit counts tokens, which each seller weighs in its own way.
func (u Unit) CountsTokens() bool { return units[u].tokens }

// Field is the field of a plan that states an amount of the unit, "tokens_per_minute"; "" where no quota has the unit.
func (u Unit) Field() string { return units[u].field }

// Words is the unit behind a figure, "tokens a minute"; "" where the figure says it itself.
func (u Unit) Words() string { return units[u].words }

// Short is the unit beside a field of a form, "tokens/min"; "" where no quota has the unit.
func (u Unit) Short() string { return units[u].short }

// Kinds lists all kinds of some groups, of all groups when none is named, in the order that resolves ties.
func Kinds(groups ...Group) []Kind {
	list := make([]Kind, 0, Count-1)
	for k := Kind(1); k < end; k++ {
		if len(groups) == 0 || contains(groups, table[k].group) {
			list = append(list, k)
		}
	}
	return list
}

func contains(groups []Group, group Group) bool {
	for _, g := range groups {
		if g == group {
			return true
		}
	}
	return false
}

// Enforceable lists the ids of the kinds that a plan may name in "finance.enforce": those that have a capacity.
func Enforceable() []string {
	var ids []string
	for _, k := range Kinds(SupplyKinds, QuotaKinds, MoneyKinds) {
		ids = append(ids, k.String())
	}
	return ids
}
