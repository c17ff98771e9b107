package catalog

import (
	"headroom/pricing/calendar"
)

// peerKey is what two listings of one thing share when the lists spell its id in two ways
// ("Meta-Llama-3_3-70B-Instruct" and "meta-llama-3_3-70b-instruct"): seller, model, scope, variant, commitment and the
// date in the id.
type peerKey struct {
	provider, model, scope, variant, commitment string
	release                                     calendar.Day
}

// comparePeers records as conflicts what another source says of the same thing under another id. A source that lists
// the offer itself is compared by compare already.
func comparePeers(offers []*Offer) {
	groups := map[peerKey][]*Offer{}
	for _, o := range offers {
		if o.Model != "" {
			k := peerKey{o.Provider, o.Model, o.Scope, o.Variant, o.Commitment, o.Release}
			groups[k] = append(groups[k], o)
		}
	}
	for _, o := range offers { // in the order of offers, not of the map
		if o.Model == "" {
			continue
		}
		for _, peer := range groups[peerKey{o.Provider, o.Model, o.Scope, o.Variant, o.Commitment, o.Release}] {
			if peer != o {
				comparePeer(o, peer)
			}
		}
	}
}

func comparePeer(o, peer *Offer) {
	row := lastPriced(o.Rows)
	if row == nil {
		return
	}
	for i := range peer.Evidence {
		r := &peer.Evidence[i]
		if r.Until == "" && r.Status == InForce && r.Source != row.Source && !o.listedBy(r.Source) {
			o.Conflicts = append(o.Conflicts, conflicts(o, row, r)...)
		}
	}
}

// listedBy reports whether a source lists the offer under its own id.
func (o *Offer) listedBy(source string) bool {
	for i := range o.Evidence {
		if o.Evidence[i].Source == source && o.Evidence[i].Until == "" {
			return true
		}
	}
	return false
}
