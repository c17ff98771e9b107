package pricing

import (
	"fmt"
	"math"
)

// wallFigures are the figures about limits that Explain opens, over the horizon or, those of a month, in one.
func wallFigures() []string {
	return []string{"users_served", "revenue_behind_wall", "ceiling", "max_growth", "headroom"}
}

// wall explains a figure about limits over the horizon.
func (e *explainer) wall(figure string) {
	switch figure {
	case "revenue_behind_wall":
		e.lost()
	case "max_growth":
		e.maxGrowth()
	case "headroom":
		e.headroomNow()
	case "ceiling":
		if i := e.row.WallIndex(); i >= 0 {
			e.ceilings(i)
			return
		}
		last := &e.row.Months[len(e.row.Months)-1]
		e.step("users who want to be served in "+last.Month.String(), "", last.UsersDemanded, "users")
		e.limits(last)
		e.finish("Users at the wall", "no limit binds in any month", Undefined(), "users")
	default:
		e.servedUsers(len(e.row.Months) - 1)
	}
}

func (e *explainer) lost() {
	demand := e.sum("revenue at demand", e.currency, func(m *MonthResult) float64 { return m.Revenue + m.LostIn() })
	var held []Step
	for i := range e.row.Months {
		m := &e.row.Months[i]
		if lost := m.LostIn(); lost > 0 {
			binding := "several limits"
			if m.Binding != nil {
				binding = *m.Binding
			}
			held = append(held, Step{Label: m.Month.String(), Expression: "held by " + binding, Value: Figure(lost),
				Unit: e.currency})
		}
	}
	if len(held) > 0 {
		e.step("revenue that limits hold back", "sum of the months that a limit holds back", e.row.LostRevenue(),
			e.currency).Parts = held
	}
	e.finish("Revenue behind the wall", "revenue at demand − revenue = "+num(demand)+" − "+num(e.row.Totals.Revenue),
		Figure(e.row.LostRevenue()), e.currency)
}

// servedUsers explains the users served in month i: what is asked, and the ceilings that stand below it.
func (e *explainer) servedUsers(i int) {
	m := &e.row.Months[i]
	e.step("users who want to be served", "", m.UsersDemanded, "users")
	e.limits(m)
	formula := "demand: no limit that is enforced stands below it"
	if m.Binding != nil {
		formula = "demand, held back by " + *m.Binding
	}
	e.finish("Users served in "+m.Month.String(), formula, Figure(m.UsersServed), "users")
}

// ceilings explains the ceiling of the limit that heads month i.
func (e *explainer) ceilings(i int) {
	m := &e.row.Months[i]
	e.step("users who want to be served", "", m.UsersDemanded, "users")
	e.limits(m)
	if m.Binding == nil {
		e.finish("Ceiling in "+m.Month.String(), "no limit binds", Undefined(), "users")
		return
	}
	ceiling, ok := m.Ceilings.Get(*m.Binding)
	if !ok {
		ceiling = Undefined()
	}
	e.finish("Ceiling in "+m.Month.String(), "capacity of "+*m.Binding+" / its load × the users that cause the load",
		ceiling, "users")
}

// limits lists the ceilings of a month.
func (e *explainer) limits(m *MonthResult) {
	for _, l := range m.Limits {
		expression := "capacity " + num(l.Capacity)
		if l.Headroom.Known() {
			expression += ", carries " + num(float64(l.Headroom)) + " times the demand"
		}
		if !l.Enforced {
			expression += "; a warning, it holds nobody back"
		}
		ceiling, ok := m.Ceilings.Get(l.ID)
		if !ok {
			ceiling = Undefined()
		}
		if !ceiling.Known() {
			continue // it never binds
		}
		e.step("ceiling of "+l.ID, expression, float64(ceiling), "users")
	}
}

// maxGrowth lists what every limit could carry. Where the closed form gives the same figure, its month is shown.
func (e *explainer) maxGrowth() {
	e.step("users at the start", "", e.row.Months[0].UsersDemanded, "users")
	all, ok := e.row.Growth()
	if !ok {
		e.finish("Growth it can carry", "no limit is entered", Undefined(), "share")
		return
	}
	for _, r := range e.row.MaxGrowth {
		if r.ID == allLimits || !r.Max.Known() {
			continue
		}
		e.step("growth that "+r.ID+" carries", e.closedForm(r), float64(r.Max), "share")
	}
	formula := "the highest monthly growth g, users = start × (1 + g)^month, at which no limit of any month is exceeded"
	if all.Status == "range" && !all.Max.Known() {
		formula += "; none is up to 200 % a month"
	}
	e.finish("Growth it can carry", formula, all.Max, "share")
}

// closedForm is (ceiling / users at the start)^(1/month) − 1 of the month that is the tightest, if that is the figure.
func (e *explainer) closedForm(r GrowthRange) string {
	start := e.row.Months[0].UsersDemanded
	best, text := math.Inf(1), ""
	for i := 1; i < len(e.row.Months) && start > 0; i++ {
		m := &e.row.Months[i]
		ceiling, ok := m.Ceilings.Get(r.ID)
		if !ok || !ceiling.Known() {
			continue
		}
		g := math.Pow(float64(ceiling)/start, 1/float64(i)) - 1
		if g < best {
			best = g
			text = fmt.Sprintf("%s: (%s / %s)^(1/%d) − 1", m.Month, num(math.Round(float64(ceiling))),
				num(math.Round(start)), i)
		}
	}
	if math.Abs(best-float64(r.Max)) > 1e-6 {
		return ""
	}
	return text
}

func (e *explainer) headroomNow() {
	m := &e.row.Months[0]
	e.step("users who want to be served", "", m.UsersDemanded, "users")
	e.limits(m)
	e.finish("Headroom in "+m.Month.String(), "ceiling of the tightest limit / demand of its users − 1",
		e.row.Headroom(), "share")
}
