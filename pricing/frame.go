package pricing

import (
	"math"
	"slices"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/growth"
)

// frame is everything of a plan that its routes do not change: ids in order, demand, requests and offers. Alternatives
// that only reroute share one frame.
type frame struct {
	plan      *Plan
	catalog   *catalog.Snapshot
	months    []calendar.Month
	segments  []string
	workloads []string
	offers    []string
	teams     []string
	pools     []string
	sites     []string
	providers []string                      // who bills
	limitIDs  []string                      // constraint ids of program.Limits
	amounts   []func(m int) (float64, bool) // by limit: how much there is in a month, and whether the limit exists then
	credits   []int                         // index in the plan's credits, in the order in which they pay
	supplies  []supply
	requests  []growth.Request // workload x month
	resolved  []int            // offer x month: what resolve answered, plus resolvedYet
	program   growth.Program   // without rows
}

// newFrame works out the frame of a valid plan. Catalogue entries that are not found are left in the supplies' faults.
func newFrame(p *Plan, c *catalog.Snapshot) *frame {
	f := &frame{plan: p, catalog: c, months: p.horizon(), segments: sortedKeys(p.Segments),
		workloads: sortedKeys(p.Workloads), offers: sortedKeys(p.Offers), pools: sortedKeys(p.GPUPools),
		sites: sortedKeys(p.Sites)}
	f.program = growth.Program{Months: p.Months, Profile: p.profile(), Minutes: make([]float64, p.Months)}
	days := p.dayCount()
	for m, month := range f.months {
		f.program.Minutes[m] = 1440 * days.Days(month)
	}
	f.addTeams()
	f.addSegments()
	f.addWorkloads()
	f.addSupplies()
	f.addProviders()
	f.addCapacity()
	f.addLimits()
	f.addFinance()
	f.program.Finish()
	return f
}

// teamOf is the team that pays for a workload; "-" when it names none.
func teamOf(w Workload) string {
	if w.Team == "" {
		return "-"
	}
	return w.Team
}

func (f *frame) addTeams() {
	for _, id := range f.workloads {
		f.teams = append(f.teams, teamOf(f.plan.Workloads[id]))
	}
	slices.Sort(f.teams)
	f.teams = slices.Compact(f.teams)
	f.program.Teams = len(f.teams)
}

func (f *frame) addSegments() {
	for i := range f.segments {
		out := growth.Segment{Users: make([]float64, len(f.months)), Revenue: make([]float64, len(f.months))}
		f.program.Segments = append(f.program.Segments, out)
		f.fillSegment(i)
	}
}

// fillSegment works out the users of a segment, and reports whether a valid plan may have them: a draw may be beyond
// that.
func (f *frame) fillSegment(i int) (possible bool) {
	possible = true
	s, out := f.plan.Segments[f.segments[i]], &f.program.Segments[i]
	curve := s.Users.growth()
	for m, month := range f.months {
		users := curve.At(m)
		possible = possible && possibleUsers(users)
		out.Users[m] = bounded(users)
		out.Revenue[m] = s.RevenuePerUser.Or(month, 0)
	}
	return possible
}

// possibleUsers reports whether a plan may have so many users in a month.
func possibleUsers(v float64) bool { return v >= 0 && v <= maxNumber }

func (f *frame) addWorkloads() {
	f.requests = make([]growth.Request, len(f.workloads)*len(f.months))
	for i, id := range f.workloads {
		w := f.plan.Workloads[id]
		segment, _ := slices.BinarySearch(f.segments, w.Segment)
		team, _ := slices.BinarySearch(f.teams, teamOf(w))
		out := growth.Workload{Segment: segment, Team: team, Requests: make([]float64, len(f.months)),
			Multipliers: floats(w.LoadMultipliers)}
		f.program.Workloads = append(f.program.Workloads, out)
		f.fillWorkload(i)
	}
}

func (f *frame) fillWorkload(i int) {
	w, out, days := f.plan.Workloads[f.workloads[i]], &f.program.Workloads[i], f.plan.dayCount()
	if w.LoadMultipliers == nil {
		out.Multipliers = growth.Multipliers(out.Multipliers[:0], f.program.Profile, w.PeakToAverage.Or(1))
	}
	for m, month := range f.months {
		out.Requests[m] = w.RequestsPerUserDay.Float() * days.Days(month) * w.season(month)
		f.requests[i*len(f.months)+m] = w.request(m)
	}
}

// season is the factor of a calendar month; 1 without a season.
func (w Workload) season(m calendar.Month) float64 {
	if len(w.Season) == 0 {
		return 1
	}
	return w.Season[m.Season()].Float()
}

// request is what one request holds m months after the start.
func (w Workload) request(m int) growth.Request {
	return growth.Request{
		Input:      grow(w.InputTokens.Float(), w.InputTokensGrowth.Float(), m),
		Output:     grow(w.OutputTokens.Float(), w.OutputTokensGrowth.Float(), m),
		CacheRead:  w.CacheReadShare.Float(),
		CacheWrite: w.CacheWriteShare.Float(),
	}
}

func grow(start, rate float64, m int) float64 {
	if rate == 0 || start == 0 {
		return start
	}
	return bounded(start * math.Pow(1+rate, float64(m)))
}

// bounded takes what has shrunk to less than a billionth of a billionth for nothing, and so what is no number. A plan
// that is accepted never grows beyond the largest number; a draw of an uncertain one may, and stops there.
func bounded(v float64) float64 {
	if !(v >= minNumber) {
		return 0
	}
	return min(v, maxNumber)
}

func (f *frame) addSupplies() {
	f.resolved = make([]int, len(f.offers)*len(f.months))
	f.supplies = make([]supply, 0, len(f.offers))
	f.program.Offers = make([]growth.Offer, 0, len(f.offers))
	for _, id := range f.offers {
		s := newSupply(id, f.plan.Offers[id], f.catalog, f.plan.baseCurrency())
		f.supplies = append(f.supplies, s)
		f.program.Offers = append(f.program.Offers, growth.Offer{Tiers: s.offer.growthTiers(nil)})
	}
	for i := range f.supplies {
		if id := f.supplies[i].offer.Successor; id != "" {
			f.supplies[i].successor = f.offerIndex(id)
		}
	}
}

func (f *frame) offerIndex(id string) int {
	i, ok := slices.BinarySearch(f.offers, id)
	if !ok {
		return growth.Nobody
	}
	return i
}

// growthTiers appends the volume tiers as numbers; the last one has no end.
func (o *Offer) growthTiers(tiers []growth.Tier) []growth.Tier {
	for _, t := range o.VolumeTiers {
		tiers = append(tiers, growth.Tier{UpTo: t.UpToMtok.Or(math.Inf(1)), Multiplier: t.Multiplier.Float()})
	}
	return tiers
}

// resolve is the offer that serves a route to o in month m: itself, or the successor of a retired one; growth.Nobody
// when it is not yet available or retired without one that serves.
func (f *frame) resolve(o, m int) int {
	if o == growth.Nobody {
		return growth.Nobody
	}
	known := &f.resolved[o*len(f.months)+m]
	if *known == 0 {
		*known = f.follow(o, m) + resolvedYet
	}
	return *known - resolvedYet
}

// resolvedYet keeps an unresolved cell, 0, apart from offer 0 and from Nobody.
const resolvedYet = 2

// follow goes from a retired offer to its successor until one serves in month m.
func (f *frame) follow(o, m int) int {
	for o != growth.Nobody {
		s := &f.supplies[o]
		switch {
		case s.offer.AvailableFrom > f.months[m]:
			return growth.Nobody
		case s.retires != 0 && s.retires <= f.months[m]:
			o = s.successor
		default:
			return o
		}
	}
	return growth.Nobody
}
