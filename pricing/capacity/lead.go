package capacity

// Lead is how long something takes from the order until it helps.
type Lead struct {
	Action string // "raise-quota", "gpus": the words of package ways
	Days   int    // calendar days, above 0
	Source string // why; most are assumed, since sellers publish no time
}

func readLead(r *record) Lead {
	l := Lead{Action: r.Need("action"), Days: r.Whole("days"), Source: r.Need("source")}
	if l.Days == 0 {
		r.Fail("days", "want more than 0")
	}
	return l
}

// Lead is the lead time of an action, false where the table has none.
func (m *Machines) Lead(action string) (Lead, bool) {
	for _, l := range m.Leads {
		if l.Action == action {
			return l, true
		}
	}
	return Lead{}, false
}

// Assumption is a share that nobody publishes and that a proposal needs.
type Assumption struct {
	Name   string  // "cache_read_share"
	Share  float64 // above 0 to 1
	Source string  // what it rests on
}

func readAssumption(r *record) Assumption {
	a := Assumption{Name: r.Need("name"), Share: r.Number("value"), Source: r.Need("source")}
	if a.Share <= 0 || a.Share > 1 {
		r.Fail("value", "want a share above 0 to 1")
	}
	return a
}

// Assumed is an assumption by its name, false where the table has none.
func (m *Machines) Assumed(name string) (Assumption, bool) {
	for _, a := range m.Assumptions {
		if a.Name == name {
			return a, true
		}
	}
	return Assumption{}, false
}
