package workspace

import (
	"sync"
	"testing"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
)

func TestOneBaseASnapshotAndDay(t *testing.T) {
	var bases lockinBases
	of := func(id string, day calendar.Day) *lockin.Base {
		base, err := bases.of(&catalog.Snapshot{ID: id}, day)
		if err != nil {
			t.Fatal(err)
		}
		return base
	}
	first := of("a", "2026-11-24")
	for _, c := range []struct {
		name, id string
		day      calendar.Day
		same     bool
	}{
		{"the same snapshot on the same day", "a", "2026-11-24", true},
		{"another day", "a", "2026-11-25", false},
		{"another snapshot", "b", "2026-11-24", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := of(c.id, c.day) == first; got != c.same {
				t.Errorf("the same base: %t", got)
			}
		})
	}
	for _, id := range []string{"c", "d", "e", "f"} {
		of(id, "2026-11-24")
		of("a", "2026-11-24")
	}
	if bases.kept.Len() != basesKept || of("a", "2026-11-24") != first {
		t.Errorf("%d bases are kept; the one in use has to be among them", bases.kept.Len())
	}
}

func TestRequestsAtOnceShareABase(t *testing.T) {
	var bases lockinBases
	found := make([]*lockin.Base, 8)
	var wait sync.WaitGroup
	for i := range found {
		wait.Go(func() { found[i], _ = bases.of(&catalog.Snapshot{ID: "a"}, "2026-11-24") })
	}
	wait.Wait()
	for i, base := range found {
		if base == nil || base != found[0] {
			t.Errorf("request %d has a base of its own", i)
		}
	}
}
