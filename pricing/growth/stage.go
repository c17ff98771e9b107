package growth

// physical works out the windows of the physical limits at full demand.
func (r *Runner) physical(m int) {
	for l := range r.p.money {
		limit := &r.p.Limits[l]
		r.out.Windows[l] = Window{High: never()}
		if !limit.Exists(m) || limit.Kind.Physical() && !anyOf(r.affected(l)) {
			continue
		}
		seen, idle := r.seen(m, l)
		r.out.Windows[l] = seen.physical(limit)
		r.note(l, seen, idle)
	}
}

func anyOf(list []bool) bool {
	for _, yes := range list {
		if yes {
			return true
		}
	}
	return false
}

// note keeps the users that a window multiplies, and whether demand is beyond it. Where nobody asks, demand is 0: no
// ceiling is exceeded, and every floor is.
func (r *Runner) note(l int, seen *ray, idle bool) {
	w := r.out.Windows[l]
	r.out.Users[l] = reached(r.affected(l), seen.users)
	r.out.Unmet[l] = w.Unsatisfiable
	if idle {
		r.out.Exceeded[l] = w.Unsatisfiable || w.Low > 0 && r.out.Users[l] > 0
		return
	}
	r.out.Exceeded[l] = w.Unsatisfiable || w.High < 1-1e-9 || w.Low > 1+1e-9
}

// stage1 cuts every segment to the tightest enforced physical limit that affects it, each taken with all others at full
// demand.
func (r *Runner) stage1(m int) {
	o := &r.out
	for i := range r.scales {
		r.scales[i], o.Holder[i] = 1, Nobody
	}
	for l := range r.p.money {
		limit := &r.p.Limits[l]
		affected := r.affected(l)
		if !limit.Enforced || !limit.Exists(m) || reached(affected, o.Demand) == 0 {
			continue
		}
		for i, yes := range affected {
			if yes && below(o.Windows[l].High, r.scales[i]) {
				r.scales[i], o.Holder[i] = o.Windows[l].High, l
			}
		}
	}
	r.staged = r.full
	for i, demand := range o.Demand {
		o.Stage1[i] = demand * r.scales[i]
		if r.scales[i] < 1 {
			r.staged = r.cut
		}
	}
	if r.staged == r.cut {
		r.cut.aim(m, o.Stage1, r.balance)
	}
}

// flags works out the windows of the money limits at full demand.
func (r *Runner) flags(m int) {
	for l := r.p.money; l < len(r.p.Limits); l++ {
		r.out.Windows[l] = Window{High: never()}
		if !r.p.Limits[l].Exists(m) {
			continue
		}
		seen, idle := r.seen(m, l)
		r.out.Windows[l] = seen.money(l)
		r.note(l, seen, idle)
	}
}

// stage2 cuts everybody by one factor to the tightest enforced money limit. One that no scale satisfies is served as
// well as it can be.
func (r *Runner) stage2(m int) {
	o := &r.out
	o.Factor = 1
	setter := Nobody
	for l := r.p.money; l < len(r.p.Limits); l++ {
		limit := &r.p.Limits[l]
		if !limit.Enforced || !limit.Exists(m) {
			continue
		}
		r.stage[l] = r.staged.money(l)
		scale := r.stage[l].High
		if r.stage[l].Unsatisfiable {
			o.Unmet[l] = true
			r.own[l] = r.staged.best(limit)
			scale = r.own[l]
		}
		if below(scale, o.Factor) {
			o.Factor, setter = scale, l
		}
	}
	if setter != Nobody {
		o.Sets[setter] = true
		o.Head = setter
	}
}
