package form

import (
	"errors"
	"fmt"
	"slices"

	"headroom/pricing/document"
)

// errOnlyRoute says that an offer is all that a list of routes has.
var errOnlyRoute = errors.New("the only route")

// RemoveOffer takes an offer out of the plan. What went there goes to the offer that took its excess, else to the other
// routes of the workload; the only offer of a workload stays, and the error says so.
func RemoveOffer(d Document, id string) error {
	for _, workload := range d.Names("workloads") {
		if err := d.leave([]string{"workloads", workload, "routes"}, id); err != nil {
			return fmt.Errorf("%s goes only there: choose another seller for it first", workload)
		}
	}
	for i := range d.Len("alternatives") {
		for _, workload := range d.Names("alternatives", Item(i), "routes") {
			if err := d.leave([]string{"alternatives", Item(i), "routes", workload}, id); err != nil {
				return fmt.Errorf("alternative %s sends %s only there: remove it first",
					d.Text("alternatives", Item(i), "id"), workload)
			}
		}
	}
	for _, other := range d.Names("offers") {
		for _, member := range []string{"spill_to", "successor"} {
			if d.Text("offers", other, member) == id {
				d.Delete("offers", other, member)
			}
		}
	}
	d.Delete("offers", id)
	forgetLostRanges(d)
	return nil
}

// leave takes an offer out of a list of routes.
func (d Document) leave(keys []string, id string) error {
	routes, _ := d.list(keys...)
	if !slices.ContainsFunc(routes, func(r *document.Value) bool { return offerOfRoute(r) == id }) {
		return nil
	}
	spill := d.Text("offers", id, "spill_to")
	kept := make([]*document.Value, 0, len(routes))
	taken := slices.ContainsFunc(routes, func(r *document.Value) bool { return offerOfRoute(r) == spill })
	for _, route := range routes {
		switch {
		case offerOfRoute(route) != id:
			kept = append(kept, route)
		case spill != "" && !taken:
			kept = append(kept, route.With("offer", spill))
		}
	}
	if len(kept) == 0 {
		return errOnlyRoute
	}
	if len(kept) < len(routes) {
		if rest, ok := restOf(kept[1:]); ok {
			kept[0] = kept[0].With("share", rest)
		}
	}
	d.Set(kept, keys...)
	return nil
}

func offerOfRoute(route *document.Value) string { return route.Member("offer").Text() }

// RemovePool takes a GPU pool and the offers on it out of the plan.
func RemovePool(d Document, pool string) error {
	for _, id := range OffersOn(d, pool) {
		if err := RemoveOffer(d, id); err != nil {
			return err
		}
	}
	d.Delete("gpu_pools", pool)
	forgetLostRanges(d)
	return nil
}

// OffersOn are the offers that run on a GPU pool.
func OffersOn(d Document, pool string) []string {
	return slices.DeleteFunc(d.Names("offers"),
		func(id string) bool { return d.Text("offers", id, "gpu_pool") != pool })
}

// RemoveSite takes a site out of the plan; its pools then have power without limit.
func RemoveSite(d Document, site string) {
	for _, pool := range d.Names("gpu_pools") {
		if d.Text("gpu_pools", pool, "site") == site {
			d.Delete("gpu_pools", pool, "site")
		}
	}
	d.Delete("sites", site)
	forgetLostRanges(d)
}

// UsePool adds an offer that runs on a pool, for a pool that no offer names.
func UsePool(d Document, pool string) {
	o := Outcome{Document: d}
	d.Set(map[string]any{"kind": "gpu", "provider": "own", "gpu_pool": pool}, "offers", o.freeID(pool))
}
