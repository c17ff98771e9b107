package pricelist

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"

	"headroom/pricing/catalog"
)

//go:embed first-listed.csv
var firstListedCSV string

// firstListed is the week in which LiteLLM first listed a model, for models whose release no source states.
var firstListed = sync.OnceValue(func() map[string]catalog.Date {
	r := csv.NewReader(strings.NewReader(firstListedCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic("pricelist: embedded list: " + err.Error())
	}
	days := make(map[string]catalog.Date, len(rows))
	for _, f := range rows {
		days[f[0]] = catalog.Date(f[1])
	}
	return days
})

// ListedSince is the model's release, or else the week in which a price list first had it; "" is unknown.
func ListedSince(m *catalog.Model) catalog.Date {
	if m.Released != "" {
		return m.Released
	}
	return firstListed()[m.ID]
}
