package catalog

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"headroom/pricing/calendar"
)

// conflictPermille is the difference between two sources' figures above which they are in conflict: 0.5 %.
const conflictPermille = 5

// rank orders sources: the user's own prices, official feeds, curated corrections, LiteLLM, models.dev. Lower wins; an
// unknown source is ranked as LiteLLM's equal and beats it by no rule.
func rank(source string) int {
	switch source {
	case "own":
		return 0
	case "azure-retail":
		return 1
	case curated:
		return 2
	case "models.dev":
		return 4
	}
	return 3
}

// Build puts imports on top of base, which may be nil, and decides again which row of each offer is in force: own
// prices, official feeds, curated corrections, LiteLLM, models.dev, with the exceptions of corrections.json. Every
// source's figure is kept; those that differ by more than 0.5 % become conflicts. A source's newer row ends the older
// one, which stays for earlier dates. The id of the snapshot is its newest date and a hash of its content.
func Build(base *Snapshot, imports ...*Import) (*Snapshot, BuildReport, error) {
	rules, err := parseCorrections(correctionsJSON)
	if err != nil {
		return nil, BuildReport{}, err
	}
	b := newBuilder(base)
	warnings := []Warning{}
	for _, in := range imports {
		b.merge(in)
		warnings = append(warnings, in.Warnings...)
	}
	s := b.snapshot(rules)
	report := report(base, s)
	report.Warnings = warnings
	return s, report, nil
}

// offerKey is what makes two listings the same offer.
type offerKey struct{ provider, id, scope, variant, commitment string }

func keyOf(o *Offer) offerKey {
	return offerKey{o.Provider, o.NativeID, o.Scope, o.Variant, o.Commitment}
}

type builder struct {
	asOf    calendar.Day
	sources []Source
	sellers map[string]Seller
	labs    map[string]Lab
	models  map[string]Model
	offers  map[offerKey]*Offer
	order   []*Offer
}

func newBuilder(base *Snapshot) *builder {
	b := &builder{sellers: map[string]Seller{}, labs: map[string]Lab{}, models: map[string]Model{},
		offers: map[offerKey]*Offer{}}
	if base == nil {
		return b
	}
	b.asOf, b.sources = base.AsOf, slices.Clone(base.Sources)
	for _, v := range base.Sellers {
		b.sellers[v.ID] = v
	}
	for _, v := range base.Labs {
		b.labs[v.ID] = v
	}
	for _, v := range base.Models {
		b.models[v.ID] = v
	}
	for i := range base.Offers {
		o := base.Offers[i] // a copy: base stays as it is
		o.Rows, o.Conflicts, o.Evidence = nil, nil, slices.Clone(o.Evidence)
		b.add(&o)
	}
	return b
}

func (b *builder) add(o *Offer) {
	b.offers[keyOf(o)] = o
	b.order = append(b.order, o)
}

func (b *builder) merge(in *Import) {
	b.asOf = max(b.asOf, in.Source.AsOf)
	b.sources = slices.DeleteFunc(b.sources, func(s Source) bool { return s.ID == in.Source.ID })
	b.sources = append(b.sources, in.Source)
	for _, v := range in.Sellers {
		b.sellers[v.ID] = v
	}
	for _, v := range in.Labs {
		b.labs[v.ID] = v
	}
	for _, v := range in.Models {
		b.models[v.ID] = mergeModel(b.models[v.ID], v)
	}
	listed := map[rowKey]bool{}
	for i := range in.Offers {
		b.mergeOffer(&in.Offers[i], in.Source.AsOf, listed)
	}
	if in.Complete {
		b.withdrawUnlisted(in.Source, listed)
	}
}

// rowKey is one listing of one source.
type rowKey struct {
	offer       offerKey
	source, key string
}

func (b *builder) mergeOffer(in *Offer, asOf calendar.Day, listed map[rowKey]bool) {
	o := b.offers[keyOf(in)]
	if o == nil {
		fresh := *in
		fresh.Rows, fresh.Evidence, fresh.Aliases = nil, nil, slices.Clone(in.Aliases)
		o = &fresh
		b.add(o)
	} else {
		mergeFacts(o, in)
	}
	for _, row := range in.Rows {
		listed[rowKey{keyOf(in), row.Source, row.Key}] = true
		addEvidence(o, row)
	}
}

// addEvidence adds a source's row: an unchanged price is confirmed, a changed one begins a new row and ends the old
// one.
func addEvidence(o *Offer, row Row) {
	sortPrices(row.Prices)
	for i := len(o.Evidence) - 1; i >= 0; i-- {
		old := &o.Evidence[i]
		if old.Source != row.Source || old.Key != row.Key || old.Status != row.Status || old.Until != "" {
			continue
		}
		if slices.Equal(old.Prices, row.Prices) {
			old.AsOf, old.URL, old.Note = max(old.AsOf, row.AsOf), row.URL, row.Note
			return
		}
		if row.From > old.From {
			old.Until = row.From
		} else { // the same day again, or an older file: the file that was read last is believed
			o.Evidence = slices.Delete(o.Evidence, i, i+1)
		}
		break
	}
	o.Evidence = append(o.Evidence, row)
}

// withdrawUnlisted ends the rows of offers that a complete list no longer names.
func (b *builder) withdrawUnlisted(source Source, listed map[rowKey]bool) {
	for _, o := range b.order {
		for i := range o.Evidence {
			r := &o.Evidence[i]
			if r.Source == source.ID && r.Until == "" && !listed[rowKey{keyOf(o), r.Source, r.Key}] {
				r.Until = source.AsOf
			}
		}
	}
}

func (b *builder) snapshot(rules *corrections) *Snapshot {
	for _, o := range b.order {
		resolve(o, rules.Sources)
	}
	rules.correct(b.order)
	for _, o := range b.order {
		compare(o)
	}
	comparePeers(b.order)
	for _, o := range b.order {
		tidyConflicts(o)
	}
	slices.SortFunc(b.order, func(x, y *Offer) int {
		return cmp.Or(cmp.Compare(x.Provider, y.Provider), cmp.Compare(x.NativeID, y.NativeID),
			cmp.Compare(x.Scope, y.Scope), cmp.Compare(x.Variant, y.Variant), cmp.Compare(x.Commitment, y.Commitment))
	})
	s := &Snapshot{AsOf: b.asOf, Sources: withCurated(b.sources), Sellers: sorted(b.sellers), Labs: sorted(b.labs)}
	s.Models = usedModels(b.order, b.models)
	s.Offers = make([]Offer, len(b.order))
	for i, o := range b.order {
		s.Offers[i] = *o
		for j := range o.Rows {
			s.Offers[i].Rows[j].prepare()
		}
	}
	s.ID = string(s.AsOf) + "-" + contentHash(s)
	return s
}

func contentHash(s *Snapshot) string {
	sum := sha256.Sum256(encodeRaw(s))
	return hex.EncodeToString(sum[:4])
}

func sorted[T any](m map[string]T) []T {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := make([]T, len(keys))
	for i, k := range keys {
		out[i] = m[k]
	}
	return out
}

// withCurated names the corrections as a source, last.
func withCurated(sources []Source) []Source {
	sources = slices.DeleteFunc(slices.Clone(sources), func(s Source) bool { return s.ID == curated })
	return append(sources, Source{ID: curated, Name: "Headroom's curated corrections", AsOf: "2026-08-14",
		Licence: "Apache-2.0",
		Note:    "pricing/catalog/corrections.json: every entry has its evidence"})
}

// usedModels is every model that an offer points to, by id. One that no source names is named by its slug.
func usedModels(offers []*Offer, known map[string]Model) []Model {
	used := map[string]Model{}
	for _, o := range offers {
		if o.Model == "" {
			continue
		}
		m, ok := known[o.Model]
		if !ok {
			m = Model{ID: o.Model, Lab: o.Lab}
		}
		if m.Name == "" {
			_, m.Name, _ = strings.Cut(o.Model, "/")
		}
		used[o.Model] = m
	}
	return sorted(used)
}

func byFrom(a, b Row) int { return cmp.Compare(a.From, b.From) }

func sortPrices(prices []Price) {
	slices.SortStableFunc(prices, func(a, b Price) int {
		return cmp.Or(cmp.Compare(a.Above, b.Above), cmp.Compare(tierOrder(a.Tier), tierOrder(b.Tier)),
			cmp.Compare(dimensionOrder(a.Dimension), dimensionOrder(b.Dimension)),
			cmp.Compare(a.Dimension, b.Dimension))
	})
}

func tierOrder(t ServiceTier) int {
	return slices.Index([]ServiceTier{Standard, Batch, Flex, Priority, Fast}, t)
}

func dimensionOrder(d Dimension) int {
	order := []Dimension{Input, CacheRead, CacheWrite5m, CacheWrite1h, Output}
	if i := slices.Index(order, d); i >= 0 {
		return i
	}
	return len(order)
}
