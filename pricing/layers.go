package pricing

import (
	"slices"
	"strings"
)

// Layer is one of the layers of supply that a team may depend on.
type Layer string

const (
	CloudLayer Layer = "cloud" // who bills and hosts
	LabLayer   Layer = "lab"   // who made the model
	ChipLayer  Layer = "chip"  // what it runs on
)

// Layers are all layers.
func Layers() []Layer { return []Layer{ChipLayer, CloudLayer, LabLayer} }

// unstated is the group of the offers of which nobody states it.
const unstated = "unknown"

// group is the group of an offer in a layer. An offer on several chips is a group of its own: the shares are not known.
func (s Supply) group(layer Layer) string {
	name := ""
	switch layer {
	case CloudLayer:
		name = s.Provider
	case LabLayer:
		name = s.Lab
	case ChipLayer:
		chips := slices.Clone(s.Chips)
		slices.Sort(chips)
		name = strings.Join(chips, " or ")
	}
	if name == "" {
		return unstated
	}
	return name
}

// CostByLayer is the list cost by month of the groups of a layer, by name. Pools that no offer names are in no group.
func (row *ComparisonRow) CostByLayer(layer Layer) []Series {
	var list []Series
	for i, offer := range row.CostByOffer() {
		name := row.Supplies[i].group(layer)
		at := slices.IndexFunc(list, func(s Series) bool { return s.ID == name })
		if at < 0 {
			list = append(list, Series{ID: name, Values: make([]float64, len(row.Months))})
			at = len(list) - 1
		}
		for m, cost := range offer.Values {
			list[at].Values[m] += cost
		}
	}
	slices.SortFunc(list, func(a, b Series) int { return strings.Compare(a.ID, b.ID) })
	return list
}
