package growth

// attribute says what each limit costs in revenue, and which heads the month.
func (r *Runner) attribute(m int) {
	o := &r.out
	for i := range o.Demand {
		price := r.p.Segments[i].Revenue[m]
		if l := o.Holder[i]; l != Nobody {
			o.Lost[l] += (o.Demand[i] - o.Stage1[i]) * price
			o.Sets[l] = true
		}
		if o.Head != Nobody {
			o.Lost[o.Head] += (o.Stage1[i] - o.Served[i]) * price
		}
	}
	o.Head = r.head(m)
	if o.Head != Nobody {
		o.Sets[o.Head] = true
	}
}

// head is the limit that heads the month: money that no scale satisfies, else the money that set the factor, else the
// physical limit that loses most revenue. Until it is called, Outcome.Head is the money limit that set the factor.
func (r *Runner) head(m int) int {
	o := &r.out
	unmet := Nobody
	for l := r.p.money; l < len(r.p.Limits); l++ {
		limit := &r.p.Limits[l]
		if !limit.Enforced || !limit.Exists(m) || !r.stage[l].Unsatisfiable {
			continue
		}
		if unmet == Nobody || below(r.own[l], r.own[unmet]) {
			unmet = l
		}
	}
	switch {
	case unmet != Nobody:
		return unmet
	case o.Head != Nobody:
		return o.Head
	}
	most := Nobody
	for l := range r.p.money {
		if o.Sets[l] && (most == Nobody || o.Lost[l] > o.Lost[most]*(1+1e-9)) {
			most = l
		}
	}
	return most
}
