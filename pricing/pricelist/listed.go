package pricelist

import (
	_ "embed"
	"sync"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/facts"
)

//go:embed first-listed.csv
var firstListedCSV string

// firstListed is the week in which LiteLLM first listed a model, for models whose release no source states.
var firstListed = sync.OnceValue(func() map[string]calendar.Day {
	rows, err := facts.Read(facts.Table{File: "first-listed.csv", Text: firstListedCSV, Key: []string{"model"}},
		readListed)
	if err != nil {
		panic("pricelist: embedded list: " + err.Error())
	}
	days := make(map[string]calendar.Day, len(rows))
	for _, l := range rows {
		days[l.model] = l.first
	}
	return days
})

// listed is the week in which a model was first listed.
type listed struct {
	model string // canonical id
	first calendar.Day
}

func readListed(r *facts.Row) listed {
	first, err := catalog.ParseDate(r.Need("first_listed"))
	if err != nil {
		r.Fail("first_listed", err.Error())
	}
	return listed{r.Need("model"), first}
}

// ListedSince is the model's release, or else the week in which a price list first had it; "" is unknown.
func ListedSince(m *catalog.Model) calendar.Day {
	if m.Released != "" {
		return m.Released
	}
	return firstListed()[m.ID]
}
