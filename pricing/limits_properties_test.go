package pricing

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"headroom/pricing/document"
	"headroom/pricing/growth"
	"headroom/pricing/limit"
)

// served runs all months and keeps copies of what the properties compare.
type servedMonth struct {
	factor, revenue          float64
	users                    []float64
	holder                   []int
	shadow                   growth.Shadow
	windows                  []growth.Window
	refused                  []float64
	unmet                    bool
	headIndex                int
	demand                   []float64
	offers                   []growth.OfferMonth
	segmentRevenue, ceilings []float64
}

func runAll(p *growth.Program) []servedMonth {
	var list []servedMonth
	r := growth.NewRunner(p, true)
	for range p.Months {
		o := r.Next()
		x := servedMonth{factor: o.Factor, revenue: o.State.Revenue, users: slices.Clone(o.Served),
			holder: slices.Clone(o.Holder), shadow: o.Shadow,
			windows: slices.Clone(o.Windows), refused: slices.Clone(o.State.Refused), headIndex: o.Head,
			demand: slices.Clone(o.Demand),
			offers: slices.Clone(o.State.Offers), unmet: slices.Contains(o.Unmet, true),
			segmentRevenue: slices.Clone(o.State.SegmentRevenue)}
		for l := range o.Windows {
			x.ceilings = append(x.ceilings, o.Windows[l].High*o.Users[l])
		}
		list = append(list, x)
	}
	return list
}

func total(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum
}

// withCapacity is a program in which limits have another capacity; provisioned offers follow their limit.
func withCapacity(p *growth.Program, change func(l, m int, capacity float64) float64) *growth.Program {
	q := *p
	q.Limits, q.Offers = slices.Clone(p.Limits), slices.Clone(p.Offers)
	for l := range q.Limits {
		one := &q.Limits[l]
		one.Capacity = slices.Clone(one.Capacity)
		for m := range one.Capacity {
			one.Capacity[m] = change(l, m, one.Capacity[m])
		}
		if one.Kind == limit.ProvisionedUnits {
			offer := &q.Offers[one.Subject]
			offer.Capacity = slices.Clone(offer.Capacity)
			for m := range offer.Capacity {
				offer.Capacity[m] = change(l, m, offer.Capacity[m])
			}
		}
	}
	return &q
}

func isMoney(p *growth.Program, l int) bool {
	return l != growth.Nobody && !p.Limits[l].Kind.Physical()
}

func TestPartsOfLimitedPlansAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := limitedPlan{drawnPlan{t}}.text()
		result := evaluateText(t, text)
		a := result.Alternatives[0]
		lostTotal := 0.0
		for _, m := range a.Months {
			teams, offers, lost := 0.0, 0.0, 0.0
			for _, x := range m.Teams {
				teams += float64(x.Value)
			}
			for _, o := range m.Offers {
				offers += o.Usage + o.Fixed
			}
			for _, x := range m.LostRevenue {
				lost += float64(x.Value)
			}
			lostTotal += lost
			if !near(teams, m.ListCost) || !near(offers, m.ListCost) || !near(m.ListCost-m.Discount+m.Shortfall,
				m.AccrualCost) || !near(m.AccrualCost-m.CreditsUsed, m.CashCost) {
				t.Fatalf("%s: teams %v, offers %v, list %v, accrual %v, cash %v\n%s", m.Month, teams,
					offers, m.ListCost, m.AccrualCost, m.CashCost, text)
			}
			if m.UsersServed > m.UsersDemanded*(1+1e-9) || m.ListCost > m.ListCostAtDemand*(1+1e-9)+1e-6 &&
				len(m.Unsatisfiable) == 0 && !hasTiers(text) {
				t.Fatalf("%s: %v served of %v, list cost %v of %v at demand\n%s", m.Month, m.UsersServed,
					m.UsersDemanded, m.ListCost, m.ListCostAtDemand, text)
			}
		}
		if !near(lostTotal, a.Totals.RevenueAtDemand-a.Totals.Revenue) {
			t.Fatalf("lost %v, demand would pay %v more\n%s", lostTotal, a.Totals.RevenueAtDemand-a.Totals.Revenue,
				text)
		}
	})
}

func hasTiers(text string) bool { return bytes.Contains([]byte(text), []byte("volume_tiers")) }

func TestTheOrderOfMembersAndTheNumberOfProcessorsChangeNoByte(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	rapid.Check(t, func(t *rapid.T) {
		text := limitedPlan{drawnPlan{t}}.text()
		var out problems
		root := shuffled(t, document.ReadInto([]byte(text), &out.list))
		runtime.GOMAXPROCS(1)
		one, err := json.Marshal(evaluateText(t, text))
		runtime.GOMAXPROCS(4)
		two, _ := json.Marshal(evaluateText(t, string(root.JSON())))
		if err != nil || !bytes.Equal(one, two) {
			t.Fatalf("%v: the order of members matters:\n%s\n%s", err, one, two)
		}
	})
}

func TestTwiceALinearCapacityIsTwiceTheCeiling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := compileText(t, limitedPlan{drawnPlan{t}}.text()).program
		if spillsAnywhere(p) {
			t.Skip("load that spills is not linear from zero")
		}
		p.LostUsersStay = false
		one := runAll(p)
		two := runAll(withCapacity(p, func(l, m int, c float64) float64 { return c * 2 }))
		for m := range one {
			for l := range p.Limits {
				a, b := one[m].ceilings[l], two[m].ceilings[l]
				if p.Limits[l].Kind.Physical() && a > 0 && !math.IsInf(b, 1) && math.Abs(b-2*a) > 1e-6*b {
					t.Fatalf("%s: ceiling %v, with twice the capacity %v", p.Limits[l].Kind, a, b)
				}
			}
		}
	})
}

func TestMorePhysicalCapacityNeverLowersServedRevenue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := limitedPlan{drawnPlan{t}}.text()
		p := compileText(t, text).program
		p.LostUsersStay = false
		one := runAll(p)
		two := runAll(withCapacity(p, func(l, m int, c float64) float64 {
			if p.Limits[l].Kind.Physical() {
				return c * 1.3
			}
			return c
		}))
		for m := range one {
			if isMoney(p, one[m].headIndex) || isMoney(p, two[m].headIndex) {
				continue
			}
			if two[m].revenue < one[m].revenue*(1-1e-9)-1e-9 {
				t.Fatalf("month %d: revenue %v falls to %v with more capacity\n%s", m, one[m].revenue,
					two[m].revenue, text)
			}
		}
	})
}

func TestComputeElasticityIsTheComputeBoundShare(t *testing.T) {
	checked := 0
	rapid.Check(t, func(t *rapid.T) {
		plain, err := document.MergePatch([]byte(limitedPlan{drawnPlan{t}}.text()),
			[]byte(`{"finance":null,"spend_caps":null,"lost_users_stay_lost":null,
		  "offers":{"p0":{"spill_to":null},"p1":{"spill_to":null}}}`))
		if err != nil {
			t.Fatal(err)
		}
		text := string(plain)
		p := compileText(t, text).program
		one := runAll(p)
		two := runAll(withCapacity(p, func(l, m int, x float64) float64 {
			if p.Limits[l].Kind.Physical() {
				return x * 1.01
			}
			return x
		}))
		for m := range one {
			if !slices.Equal(one[m].holder, two[m].holder) {
				return // a limit switches within the 1 %
			}
		}
		a := evaluateText(t, text).Alternatives[0]
		if !a.Elasticity.Compute.Known() {
			return
		}
		checked++
		if math.Abs(float64(a.Elasticity.Compute-a.Totals.ComputeBoundRevenueShare)) > 1e-6 {
			t.Fatalf("elasticity %v, compute-bound share %v\n%s", a.Elasticity.Compute,
				a.Totals.ComputeBoundRevenueShare, text)
		}
	})
	if checked == 0 {
		t.Errorf("only %d plans met the conditions", checked)
	}
}

// TestOneMoreUnitIsWorthItsShadowPrice changes the capacity of one month a little and serves it again.
func TestOneMoreUnitIsWorthItsShadowPrice(t *testing.T) {
	checked, kinks := map[bool]int{}, 0
	rapid.Check(t, func(t *rapid.T) {
		text := limitedPlan{drawnPlan{t}}.text()
		p := compileText(t, text).program
		one := runAll(p)
		for m, was := range one {
			l := was.headIndex
			if l == growth.Nobody || unit(p, l) == 0 || was.shadow.Users == 0 || was.shadow.ToNext < 1e-3 {
				continue
			}
			physical := p.Limits[l].Kind.Physical()
			if physical && total(was.refused) > 0 {
				continue // refusals of capacity that is not enforced move with the scale
			}
			delta := was.shadow.ToNext * 1e-3
			if !physical {
				delta = was.shadow.ToNext * 1e-5 // what the price itself looks at, when demand is next
			}
			if physical && !spillsAnywhere(p) {
				delta = was.shadow.ToNext / 2 // the load is linear
			}
			more := runAll(withCapacity(p, func(limit, month int, c float64) float64 {
				if limit == l && month == m {
					return c + unit(p, l)*delta
				}
				return c
			}))[m]
			if isMoney(p, more.headIndex) != !physical || more.unmet || physical && total(more.refused) > 0 {
				continue
			}
			users, revenue := (total(more.users)-total(was.users))/delta, (more.revenue-was.revenue)/delta
			checked[physical]++
			if !physical && kinky(users, was.shadow.Users) {
				kinks++
				continue
			}
			if math.Abs(users-was.shadow.Users) > 1e-4*was.shadow.Users ||
				math.Abs(revenue-was.shadow.Revenue) > 1e-4*math.Abs(was.shadow.Revenue)+1e-9 {
				t.Fatalf("month %d, %s: one unit is worth %v, the difference is %v users and %v revenue\n%s",
					m, p.Limits[l].Kind, was.shadow, users, revenue, text)
			}
		}
	})
	if kinks > 3+checked[false]/50 {
		t.Errorf("%d of %d prices of money are not the difference", kinks, checked[false])
	}
	if checked[true]+checked[false] == 0 {
		t.Errorf("too few prices were compared: %v", checked)
	}
}

func spillsAnywhere(p *growth.Program) bool {
	return slices.ContainsFunc(p.Offers, func(o growth.Offer) bool {
		return slices.ContainsFunc(o.Spill, func(target int) bool { return target != growth.Nobody })
	})
}

// unit is the change of a limit's capacity that is one more unit: cash asks for less. A margin is no amount of
// anything.
func unit(p *growth.Program, l int) float64 {
	switch p.Limits[l].Kind {
	case limit.Margin:
		return 0
	case limit.Cash:
		return -1
	}
	return 1
}

// kinky reports whether a kink of the cost lies within the difference.
func kinky(a, b float64) bool { return math.Abs(a-b) > 1e-3*b }

// TestUnitsToNextEndTheBinding adds a little less and a little more than units_to_next.
func TestUnitsToNextEndTheBinding(t *testing.T) {
	checked := 0
	rapid.Check(t, func(t *rapid.T) {
		text := limitedPlan{drawnPlan{t}}.text()
		p := compileText(t, text).program
		for m, was := range runAll(p) {
			l := was.headIndex
			if l == growth.Nobody || unit(p, l) == 0 || was.unmet ||
				was.shadow.ToNext < 1e-6*math.Abs(p.Limits[l].Capacity[m]) || was.shadow.ToNext < 1e-6 {
				continue
			}
			add := func(share float64) servedMonth {
				return runAll(withCapacity(p, func(limit, month int, c float64) float64 {
					if limit == l && month == m {
						return c + unit(p, l)*share*was.shadow.ToNext
					}
					return c
				}))[m]
			}
			less, more := add(0.999), add(1.001)
			checked++
			if isMoney(p, l) {
				if less.headIndex != l || more.headIndex == l && more.factor < 1-1e-9 {
					t.Fatalf("month %d, %s: %v more ends the binding, but a little less leaves %d and a little more "+
						"%d at the head\n%s",
						m, p.Limits[l].Kind, was.shadow.ToNext, less.headIndex, more.headIndex, text)
				}
				continue
			}
			kept, freed := true, false
			for i, holder := range was.holder {
				if holder == l {
					kept = kept && less.holder[i] == l
					freed = freed || more.holder[i] != l
				}
			}
			if !kept || !freed {
				t.Fatalf("month %d, %s: %v more: held before %v, with a little less %v, with a little more %v\n%s",
					m, p.Limits[l].Kind, was.shadow.ToNext,
					was.holder, less.holder, more.holder, text)
			}
		}
	})
	if checked == 0 {
		t.Errorf("only %d prices were compared", checked)
	}
}

func TestProvisionedCostDoesNotDependOnUsers(t *testing.T) {
	_, plan := readVector(t, "growth-02-ptu-spillover.json")
	one, err := Evaluate(context.Background(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := plan.Segments["all"]
	s.Users = Curve{Curve: "exponential", Start: Num("7")}
	plan.Segments["all"] = s
	two, err := Evaluate(context.Background(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	for m := range one.Alternatives[0].Months {
		a, _ := one.Alternatives[0].Months[m].Offers.Get("gpt-5.2-dz-ptu")
		b, _ := two.Alternatives[0].Months[m].Offers.Get("gpt-5.2-dz-ptu")
		if a.Fixed == 0 || a.Fixed != b.Fixed {
			t.Errorf("month %d costs %v with few users and %v with many", m, b.Fixed, a.Fixed)
		}
	}
}

func TestABudgetJustAboveAndJustBelowTheFixedCostServeTheSame(t *testing.T) {
	var served []float64
	for _, budget := range []string{"33799.999999", "33800", "33800.000001"} {
		_, plan := readVector(t, "growth-06-unsatisfiable-unrouted.json")
		plan.Finance.MonthlyBudget = Constant(Num(budget))
		result, err := Evaluate(context.Background(), plan, nil)
		if err != nil {
			t.Fatal(err)
		}
		served = append(served, result.Alternatives[0].Months[2].UsersServed)
	}
	for _, users := range served {
		if math.Abs(users-10585.7142857) > 1e-3 {
			t.Errorf("served %v, want 10585.714 each time", served)
		}
	}
}

// More cached input never needs more provisioned units, when cached tokens weigh no more than others.
func TestCachingNeverRaisesTheNeed(t *testing.T) {
	share := rapid.Float64Range(0, 1)
	rapid.Check(t, func(t *rapid.T) {
		n := growth.Normalised{Input: rapid.Float64Range(0, 1e6).Draw(t, "in"), Output: 100, OutputWeight: 8,
			CachedWeight: share.Draw(t, "weight"), CacheRead: share.Draw(t, "share")}
		more := n
		more.CacheRead = n.CacheRead + (1-n.CacheRead)*share.Draw(t, "more")
		if more.Tokens() > n.Tokens()*(1+1e-12) {
			t.Fatalf("%v tokens become %v", n.Tokens(), more.Tokens())
		}
	})
}
