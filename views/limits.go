package views

import "strconv"

// WallWords are the limit that stops a plan: when, which, and what stands behind it. All texts come formatted.
type WallWords struct {
	When, Headline         string // "May 2027:", "Azure’s token quota stops your growth."
	End                    string // the last month: "December 2028"
	Wanted, Served         string // users in the last month
	Carried                bool   // in the last month everybody is served again
	Behind, Revenue, Share string // money behind the wall, of how much, and as a share; "" without revenue
	BehindHow              string // link to how Behind was computed
	Evidence               string // link to the published compute and revenue, with this plan beside them
}

// Heat is demand by month as a share of what each limit allows.
type Heat struct {
	Months []HeatMonth
	Rows   []HeatRow
	Notes  string
}

// HeatMonth is a narrow head: a letter, its name in full, and the year where one begins.
type HeatMonth struct{ Letter, Name, Year string }

// HeatRow is one limit. Note says that it only warns.
type HeatRow struct {
	Name, Note string
	Cells      []HeatCell
}

// HeatCell is a percentage, the step of colour (h0 to h4, hw over, hw1 the wall) and a word that says the same.
type HeatCell struct{ Class, Word, Text string }

// class widens the strip with the number of months.
func (h Heat) class() string {
	if len(h.Months) > 24 {
		return "heat heat-long"
	}
	return "heat"
}

func (h Heat) span() string { return strconv.Itoa(len(h.Months)) }

// Sentence is the headline in plain text: the wall with its month, or what the plan costs.
func (a Answer) Sentence() string {
	if a.Wall != nil {
		return a.Wall.When + " " + a.Wall.Headline
	}
	return a.Headline
}

// of is how much of all revenue stands behind the wall: "of $12.3 M (26 %)."
func (w WallWords) of() string {
	if w.Share == "" {
		return "of " + w.Revenue + "."
	}
	return "of " + w.Revenue + " (" + w.Share + ")."
}

// Ways are what can be done about the wall, the best first.
type Ways struct {
	Note    string // what the gain counts
	First   *Way   // the action to take first; nil when none is known
	Items   []Way
	More    []Way    // those behind a click
	Skipped []string // actions that were not proposed, and why
}

// Way is one action past the wall. All texts come formatted.
type Way struct {
	Name, Users, Cost string // "Raise the quota …", "+51,550", "$0" or "+$2,040/mo"
	Wall, Limit       string // what stands next: "wall Nov 2027", "your budget"
	Lead, OrderBy     string // "2 weeks", "16 Apr 2027"
	LeadSource        string
	LockIn            string // "lock-in worse: 41.5 → 47.0"; "" when it stays
	TooLate           bool   // OrderBy has passed
	NeedsEvaluation   bool   // another model, which nobody has tried on this work
	First, Tried      bool
	NotCounted        []string
	URL               string // adds it to the comparison
}

// facts is the sentence of the first action behind its name.
func (w Way) facts() string {
	text := w.Cost + ", " + w.Lead + ": " + w.order() + "."
	if w.Limit != "" {
		return text + " Next " + w.Wall + " (" + w.Limit + ")."
	}
	return text + " No later wall in this plan."
}

func (w Way) order() string {
	if w.TooLate {
		return "was to be ordered by " + w.OrderBy
	}
	return "order by " + w.OrderBy
}
