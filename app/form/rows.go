package form

import (
	"fmt"
	"slices"

	"headroom/pricing/document"
)

// tidyRows drops rows that say nothing, and completes new ones: a lot or period without a month begins with the plan, a
// period lasts a year, a commitment or credit has an id.
func tidyRows(d Document) {
	for _, offer := range d.Names("offers") {
		d.tidy("units", "offers", offer, "lots")
	}
	for _, pool := range d.Names("gpu_pools") {
		d.tidy("gpus", "gpu_pools", pool, "lots")
	}
	for _, site := range d.Names("sites") {
		d.tidy("megawatts", "sites", site, "lots")
	}
	for i := range d.Len("commitments") {
		d.tidy("amount", "commitments", Item(i), "periods")
		for j := range d.Len("commitments", Item(i), "periods") {
			d.complete(document.Num("12"), "commitments", Item(i), "periods", Item(j), "months")
		}
	}
	d.keep(exitKeys("provisioned"), func(row *document.Value) bool { return row.Member("monthly").Stated() })
	d.purses("commitments", "commitment", "discount", "periods")
	d.purses("credits", "credit", "amount")
}

// tidy keeps the rows of a list that state the member that counts, and gives them a month.
func (d Document) tidy(member string, keys ...string) {
	d.keep(keys, func(row *document.Value) bool { return row.Member(member).Stated() })
	for i := range d.Len(keys...) {
		d.complete(d.Text("start"), append(slices.Clone(keys), Item(i), "from")...)
	}
}

// purses keeps the commitments or credits that state any of these members, and gives new ones an id.
func (d Document) purses(list, name string, members ...string) {
	d.keep([]string{list}, func(row *document.Value) bool {
		return slices.ContainsFunc(members, func(m string) bool { return row.Member(m).Stated() })
	})
	taken := map[string]bool{}
	for i := range d.Len(list) {
		taken[d.Text(list, Item(i), "id")] = true
	}
	for i := range d.Len(list) {
		n := i + 1
		for taken[fmt.Sprintf("%s-%d", name, n)] {
			n++
		}
		id := fmt.Sprintf("%s-%d", name, n)
		if d.Text(list, Item(i), "id") == "" {
			taken[id] = true
			d.Set(id, list, Item(i), "id")
		}
	}
}

// keep drops the rows of a list that fail the test, and the list when none is left. A list without one to drop is not
// touched.
func (d Document) keep(keys []string, test func(row *document.Value) bool) {
	rows, ok := d.list(keys...)
	if !ok {
		return
	}
	kept := rows[:0:0]
	for _, row := range rows {
		if row.Kind() != document.Object || test(row) {
			kept = append(kept, row)
		}
	}
	switch {
	case len(kept) == len(rows):
	case len(kept) == 0:
		d.Delete(keys...)
	default:
		d.Set(kept, keys...)
	}
}

// complete sets a member that is absent.
func (d Document) complete(value any, keys ...string) {
	if _, ok := d.Get(keys...); !ok {
		d.Set(value, keys...)
	}
}
