package lockin

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"headroom/pricing/calendar"
	"headroom/pricing/words"
)

// DeadlineKind says what a day is about.
type DeadlineKind string

// The kinds.
const (
	DeadlineExit        DeadlineKind = "exit"        // the exit that is assessed, and when it has to begin
	DeadlineNotice      DeadlineKind = "notice"      // the last day to tell a seller
	DeadlineReservation DeadlineKind = "reservation" // a term of capacity ends
	DeadlineCommitment  DeadlineKind = "commitment"  // a term of promised spend ends
	DeadlineCredit      DeadlineKind = "credit"      // the last day on which a credit pays
	DeadlineRetirement  DeadlineKind = "retirement"  // a model is no longer served
	DeadlineSeller      DeadlineKind = "seller"      // a date that is on file about a seller
	DeadlineLaw         DeadlineKind = "law"
	DeadlineRehearsal   DeadlineKind = "rehearsal" // the exit test is a year old
)

// Deadline is one day to know. ID stays the same while the plan names the same thing, whatever its day.
type Deadline struct {
	ID     string       `json:"id"`
	Day    calendar.Day `json:"day"`
	Kind   DeadlineKind `json:"kind"`
	Title  string       `json:"title"`
	Detail string       `json:"detail"`
	Passed bool         `json:"passed,omitzero"` // before the day of the assessment
	Source string       `json:"source"`          // "this plan", a page, a law
	AsOf   string       `json:"as_of,omitzero"`
	Doubt  string       `json:"doubt,omitzero"` // why the date may be wrong: from memory, old
}

const thisPlan = "this plan"

// deadlinesOf are the days of an alternative, first to last.
func deadlinesOf(v *view) []Deadline {
	list := slices.Concat(exitDays(v), commitmentDays(v), reservationDays(v), creditDays(v), retirementDays(v),
		factDays(v), lawDays(v), rehearsalDays(v))
	list = slices.DeleteFunc(list, func(d Deadline) bool { return d.Day == "" })
	for i := range list {
		d := &list[i]
		d.Passed = d.Day < v.market.today
		d.Source = cmp.Or(d.Source, thisPlan)
	}
	slices.SortFunc(list, func(a, b Deadline) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) })
	return some(list)
}

// exitDays are the exit date, and the days that lie as long before it as the exit and the notice take.
func exitDays(v *view) []Deadline {
	x := &v.in.Exit
	list := []Deadline{{ID: "exit", Day: calendar.Day(x.ExitDate), Kind: DeadlineExit,
		Title: "Out of " + v.market.sellerName(x.Seller), Detail: "the exit date of this assessment"}}
	if days := v.a.Time.TimeToExit; days.Known() {
		list = append(list, Deadline{ID: "begin", Day: before(x.ExitDate, days.Float()), Kind: DeadlineExit,
			Title: "Begin the exit from " + v.market.sellerName(x.Seller),
			Detail: fmt.Sprintf("%s days before %s; what binds: %s", days, x.ExitDate,
				strings.ReplaceAll(v.a.Time.Binding, "_", " "))})
	}
	if notice := x.Time.NoticeDays; notice.Float() > 0 {
		list = append(list, Deadline{ID: "notice", Day: before(x.ExitDate, notice.Float()), Kind: DeadlineNotice,
			Title:  "Give notice to " + v.market.sellerName(x.Seller),
			Detail: notice.String() + " days before " + x.ExitDate})
	}
	for _, d := range list[1:] {
		if d.Day == "" {
			list[0].Detail += fmt.Sprintf("; “%s” would lie before any calendar: %s", d.Title, d.Detail)
		}
	}
	return list
}

// mostDays bounds a distance to another day: the 9,999 years in which a day is four digits, two and two.
const mostDays = 9999 * 366

// before is the day that lies some days before another, "" if no calendar has it.
func before(day string, days float64) calendar.Day {
	then, err := time.Parse(time.DateOnly, day)
	if err != nil || math.Abs(days) > mostDays {
		return ""
	}
	return written(then.AddDate(0, 0, -int(days)))
}

// after is the same day some months later, or the last of that month if it is shorter; "" if no calendar has it.
func after(day string, months float64) calendar.Day {
	then, err := time.Parse(time.DateOnly, day)
	if err != nil || months > mostDays/28 {
		return ""
	}
	first := time.Date(then.Year(), then.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	return written(first.AddDate(0, 0, min(then.Day(), first.AddDate(0, 1, -1).Day())-1))
}

// written is a day of the years 1 to 9999, else "": other years neither sort as text nor fit a calendar file.
func written(day time.Time) calendar.Day {
	if day.Year() < 1 || day.Year() > 9999 {
		return ""
	}
	return calendar.DayOf(day)
}

// lastDay is the last day of a term of months that begins with a month.
func lastDay(from calendar.Month, months int) calendar.Day {
	return calendar.Day((from + calendar.Month(months-1)).LastDay())
}

func commitmentDays(v *view) []Deadline {
	var list []Deadline
	for _, c := range v.plan.Commitments {
		for i, p := range c.Periods {
			if p.Months > 0 {
				list = append(list, Deadline{ID: fmt.Sprintf("commitment-%s-%d", c.ID, i+1),
					Day: lastDay(p.From, p.Months), Kind: DeadlineCommitment, Title: "Commitment " + c.ID + " ends",
					Detail: fmt.Sprintf("%s promised from %s to %s, %s", p.Amount, p.From,
						p.From+calendar.Month(p.Months-1),
						or1(words.List(sellerNames(v, c.Providers)), "every seller"))})
			}
		}
	}
	return list
}

// sellerNames are the names of providers.
func sellerNames(v *view, ids []string) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = v.market.sellerName(id)
	}
	return names
}

// reservationDays are the ends of terms, and the day before which a term that renews by itself has to be ended.
func reservationDays(v *view) []Deadline {
	var list []Deadline
	for i := range v.lines {
		l := &v.lines[i]
		for n, lot := range l.offer.Lots {
			if lot.Months == 0 {
				continue
			}
			id, ends := fmt.Sprintf("lot-%s-%d", l.ID, n+1), lastDay(lot.From, lot.Months)
			list = append(list, Deadline{ID: id, Day: ends, Kind: DeadlineReservation, Title: "Reservation of " +
				l.ID + " ends", Detail: lot.Units.String() + " units at " + v.market.sellerName(l.Seller)})
			list = append(list, renewals(v, l.Seller, id, ends)...)
		}
	}
	for n, p := range statedReservations(v) {
		if months := p.MonthsLeft.Float(); months >= 1 {
			list = append(list, Deadline{ID: fmt.Sprintf("provisioned-%d", n+1), Day: after(v.in.Exit.ExitDate, months),
				Kind:   DeadlineReservation,
				Title:  fmt.Sprintf("Reservation %d at %s ends", n+1, v.market.sellerName(v.in.Exit.Seller)),
				Detail: p.Monthly.String() + " a month, " + p.MonthsLeft.String() + " months left at the exit"})
		}
	}
	for _, id := range sortedKeys(v.plan.GPUPools) {
		for n, lot := range v.plan.GPUPools[id].Lots {
			if lot.Months > 0 {
				list = append(list, Deadline{ID: fmt.Sprintf("pool-%s-%d", id, n+1), Day: lastDay(lot.From, lot.Months),
					Kind: DeadlineReservation, Title: "GPU lot of " + id + " ends",
					Detail: lot.GPUs.String() + " GPUs"})
			}
		}
	}
	return list
}

// statedReservations are those that `dependencies` lists; those of the plan's lots have their own days.
func statedReservations(v *view) []Provisioned {
	if slices.ContainsFunc(v.assumed, func(n Note) bool { return n.Path == exitPath+"provisioned" }) {
		return nil
	}
	return v.in.Exit.Provisioned
}

// renewals is the last day to opt out where a fact says that terms renew by themselves.
func renewals(v *view, seller, id string, ends calendar.Day) []Deadline {
	for _, f := range v.facts.Of(seller, "commitment") {
		found := regexp.MustCompile(`auto-renew opt-out (\d+) days before`).FindStringSubmatch(f.Value)
		if found == nil {
			continue
		}
		days, _ := strconv.Atoi(found[1])
		return []Deadline{
			fromFact(v, &f, Deadline{ID: id + "-renewal", Day: before(string(ends), float64(days)),
				Kind: DeadlineNotice, Title: "Stop the renewal at " + v.market.sellerName(seller),
				Detail: fmt.Sprintf("%d days before the term ends on %s", days, ends)})}
	}
	return nil
}

// fromFact adds where a day comes from.
func fromFact(v *view, f *Fact, d Deadline) Deadline {
	d.Source, d.AsOf, d.Doubt = f.Source, f.AsOf, f.Doubt(v.market.today)
	return d
}

func creditDays(v *view) []Deadline {
	var list []Deadline
	for _, c := range v.plan.Credits {
		if c.Expires != 0 {
			list = append(list, Deadline{ID: "credit-" + c.ID, Day: calendar.Day(c.Expires.LastDay()),
				Kind: DeadlineCredit, Title: "Credit " + c.ID + " expires",
				Detail: c.Amount.String() + " granted; after this day the bill is paid in cash"})
		}
	}
	return list
}

func retirementDays(v *view) []Deadline {
	var list []Deadline
	for i := range v.lines {
		l := &v.lines[i]
		if l.retires == "" {
			continue
		}
		d := Deadline{ID: "retires-" + l.ID, Day: l.retires, Kind: DeadlineRetirement,
			Title:  or1(v.market.modelName(l.model), l.ID) + " retires at " + v.market.sellerName(l.Seller),
			Detail: "line " + l.ID}
		if l.offer.Retires == 0 && l.entry != nil {
			if row, _ := l.entry.RowAt(v.market.today); row != nil {
				d.Source, d.AsOf = row.Source, string(row.AsOf)
			}
		}
		list = append(list, d)
	}
	return list
}

// datedFields are the facts whose dates are deadlines, in words.
func datedFields() map[string]string {
	return map[string]string{"api_sunset": "An interface closes at ", "ft_weight_export": "Fine-tuning changes at ",
		"ft_end_date":     "Fine-tuning ends at ",
		"commitment_exit": "Terms of reservations change at "}
}

// factDays are the days ahead that facts about the plan's sellers name.
func factDays(v *view) []Deadline {
	var list []Deadline
	for _, seller := range sellersOfPlan(v) {
		for _, field := range sortedKeys(datedFields()) {
			for _, f := range v.facts.Of(seller, field) {
				for _, day := range regexp.MustCompile(`\d{4}-\d{2}-\d{2}`).FindAllString(f.Value, -1) {
					if calendar.Day(day) >= v.market.today {
						list = append(list,
							fromFact(v, &f, Deadline{ID: "fact-" + seller + "-" + field + "-" + day,
								Day: calendar.Day(day), Kind: DeadlineSeller,
								Title: datedFields()[field] + v.market.sellerName(seller), Detail: f.Value}))
					}
				}
			}
		}
	}
	return list
}

// sellersOfPlan are the sellers of the lines, each once, by id.
func sellersOfPlan(v *view) []string {
	var list []string
	for i := range v.lines {
		list = append(list, v.lines[i].Seller)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// lawDays is the day from which switching is free of charge in the EU.
func lawDays(v *view) []Deadline {
	if v.market.today > dataActZero {
		return nil
	}
	whose := "applies to customers in the EU; this plan does not say that you are one"
	if v.in.Exit.EUCustomer {
		whose = "applies to you: the plan says that you are a customer in the EU"
	}
	return []Deadline{{ID: "law-data-act-29", Day: dataActZero, Kind: DeadlineLaw,
		Title:  "EU Data Act: switching charges end",
		Detail: whose + "; proportionate fees for leaving early stay lawful",
		Source: "Regulation (EU) 2023/2854, Article 29", AsOf: "2026-11-23"}}
}

// rehearsalDays is a year after the last exit test.
func rehearsalDays(v *view) []Deadline {
	last := v.answers.LastExitTest
	if last == "" || last == "never" {
		return nil
	}
	return []Deadline{{ID: "rehearsal", Day: before(last, -365), Kind: DeadlineRehearsal, Title: "Repeat the exit test",
		Detail: "the last one was on " + last}}
}
