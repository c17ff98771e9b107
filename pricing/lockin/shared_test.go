package lockin

import (
	"strconv"
	"sync"
	"testing"
)

func TestALineIsLookedUpOnce(t *testing.T) {
	var c optionCache
	looked := 0
	find := func() []Option { looked++; return []Option{{Offer: "azure/red"}} }
	for range 3 {
		if got := c.of("a", find); len(got) != 1 || got[0].Offer != "azure/red" {
			t.Fatalf("%+v", got)
		}
	}
	c.of("b", find)
	if looked != 2 {
		t.Errorf("looked %d times for 2 lines", looked)
	}
}

func TestWhatIsRememberedOfLinesIsBounded(t *testing.T) {
	var c optionCache
	for i := range 3 * linesKept {
		c.of(strconv.Itoa(i), func() []Option { return nil })
	}
	if len(c.byLine) > linesKept {
		t.Errorf("%d lines are kept", len(c.byLine))
	}
}

func TestLinesMayBeLookedUpAtOnce(t *testing.T) {
	var c optionCache
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for n := range 100 {
				name := strconv.Itoa((i + n) % 10)
				if got := c.of(name, func() []Option { return []Option{{Offer: name}} }); got[0].Offer != name {
					t.Errorf("line %s got the options of %s", name, got[0].Offer)
				}
			}
		})
	}
	wait.Wait()
}
