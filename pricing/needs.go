package pricing

import (
	"cmp"
	"slices"
	"strings"

	"headroom/pricing/catalog"
	"headroom/pricing/limit"
)

// verdict is how an offer stands to one need.
type verdict int8

const (
	met verdict = iota
	failed
	unknown
)

// need is one need of a workload, and how an offer stands to it.
type need struct {
	kind    limit.Kind
	field   string // of the workload's needs
	fact    string // of the offer, when it is unknown
	verdict verdict
}

// against holds an offer against every stated need, in the order of the kinds.
func (n *Needs) against(s *supply) []need {
	if n == nil {
		return nil
	}
	list := []need{
		{limit.Latency, "max_seconds_to_first_token", "seconds_to_first_token",
			atMost(s.offer.SecondsToFirstToken, n.MaxSecondsToFirstToken)},
		{limit.Latency, "min_tokens_per_second", "tokens_per_second",
			atLeast(s.offer.TokensPerSecond.Float(), !s.offer.TokensPerSecond.IsZero(), n.MinTokensPerSecond)},
		{limit.Context, "min_context_tokens", "context_tokens", s.holdsContext(n.MinContextTokens)},
		{limit.Residency, "residency", "scope or region", n.stays(s)},
		{limit.Modality, "modalities", "modalities", n.takes(s)},
		{limit.Modality, "tools", "tools", n.callsTools(s)},
	}
	return slices.DeleteFunc(list, func(n need) bool { return n.verdict == met })
}

// fails is the first need that an offer certainly fails, and whether there is one.
func (n *Needs) fails(s *supply) (kind limit.Kind, ok bool) {
	for _, need := range n.against(s) {
		if need.verdict == failed {
			return need.kind, true
		}
	}
	return 0, false
}

func verdictOf(ok bool) verdict {
	if ok {
		return met
	}
	return failed
}

func atMost(fact, most Number) verdict {
	switch {
	case most.IsZero():
		return met
	case fact.IsZero():
		return unknown
	}
	return verdictOf(fact.Float() <= most.Float())
}

func atLeast(fact float64, known bool, least Number) verdict {
	switch {
	case least.IsZero():
		return met
	case !known:
		return unknown
	}
	return verdictOf(fact >= least.Float())
}

func (s *supply) holdsContext(least Number) verdict {
	if stated := s.offer.ContextTokens; !stated.IsZero() || s.entry == nil {
		return atLeast(stated.Float(), !stated.IsZero(), least)
	}
	return atLeast(float64(s.entry.ContextTokens), s.entry.ContextTokens > 0, least)
}

// takes reports whether the offer handles every modality, text and image say.
func (n *Needs) takes(s *supply) verdict {
	known := s.offer.Modalities
	if known == nil && s.entry != nil {
		known = slices.Concat(s.entry.InputModalities, s.entry.OutputModalities)
	}
	switch {
	case len(n.Modalities) == 0:
		return met
	case len(known) == 0:
		return unknown
	}
	return verdictOf(!slices.ContainsFunc(n.Modalities, func(m string) bool { return !slices.Contains(known, m) }))
}

func (n *Needs) callsTools(s *supply) verdict {
	switch {
	case !n.Tools:
		return met
	case s.offer.Tools != nil:
		return verdictOf(*s.offer.Tools)
	case s.entry == nil || s.entry.Tools == catalog.Unknown:
		return unknown
	}
	return verdictOf(s.entry.Tools == catalog.Yes)
}

// stays reports whether requests stay in one of the places that the workload allows.
func (n *Needs) stays(s *supply) verdict {
	if len(n.Residency) == 0 {
		return met
	}
	scope, best := s.offer.Scope, failed
	if scope == "" && s.entry != nil {
		scope = s.entry.Scope
	}
	for _, place := range n.Residency {
		switch within(place, scope, s.offer.Region) {
		case met:
			return met
		case unknown:
			best = unknown
		}
	}
	return best
}

// within reports whether an offer of that scope and region keeps requests in a place: an area such as eu, or a region.
// A global offer never does; a scope that the seller does not state is unknown unless the region is.
func within(place, scope, region string) verdict {
	kind, code, _ := strings.Cut(scope, ":")
	switch kind {
	case "global":
		return failed
	case "datazone", "geo":
		return verdictOf(code == place || slices.Contains(wider(code), place))
	case "region":
		region = code
	}
	if region == "" {
		return unknown
	}
	if region == place {
		return met
	}
	area := areaOf(region)
	if area == "" {
		return unknown
	}
	return verdictOf(area == place || slices.Contains(wider(area), place))
}

// wider are the areas that an area lies in.
func wider(area string) []string {
	switch area {
	case "jp", "au", "in", "kr", "sg":
		return []string{"apac"}
	default:
		return nil
	}
}

// areaOf is the area of a cloud region code of AWS, Azure or Google Cloud; empty when it is not known. The United
// Kingdom, Switzerland and Norway are not in the EU, whatever the code begins with.
func areaOf(region string) string {
	for _, rule := range areas() {
		if strings.HasPrefix(region, rule.prefix) {
			return rule.area
		}
	}
	return ""
}

type areaRule struct{ prefix, area string }

// areas maps region codes by their longest prefix first. Sources: the region lists of the three clouds.
func areas() []areaRule {
	list := []areaRule{
		{"eu-west-2", "uk"}, {"eu-central-2", "ch"}, {"eu-", "eu"}, {"us-gov-", "us-gov"}, {"us-", "us"}, {"ca-", "ca"},
		{"ap-northeast-1", "jp"}, {"ap-northeast-3", "jp"}, {"ap-northeast-2", "kr"}, {"ap-southeast-2", "au"},
		{"ap-southeast-4", "au"},
		{"ap-southeast-1", "sg"}, {"ap-south-", "in"}, {"ap-", "apac"}, {"sa-", "latam"}, {"me-", "me"},
		{"il-", "me"}, {"af-", "africa"},
		{"europe-west2", "uk"}, {"europe-west6", "ch"}, {"europe-", "eu"}, {"asia-northeast1", "jp"},
		{"asia-northeast2", "jp"},
		{"asia-northeast3", "kr"}, {"asia-southeast1", "sg"}, {"asia-south1", "in"}, {"asia-south2", "in"},
		{"asia-", "apac"},
		{"australia-", "au"}, {"northamerica-northeast", "ca"},
		{"westeurope", "eu"}, {"northeurope", "eu"}, {"france", "eu"}, {"germany", "eu"}, {"sweden", "eu"},
		{"italy", "eu"}, {"poland", "eu"},
		{"spain", "eu"}, {"austria", "eu"}, {"belgium", "eu"}, {"denmark", "eu"}, {"finland", "eu"}, {"greece", "eu"},
		{"uk", "uk"}, {"switzerland", "ch"}, {"norway", "no"}, {"usgov", "us-gov"}, {"eastus", "us"},
		{"westus", "us"}, {"centralus", "us"},
		{"northcentralus", "us"}, {"southcentralus", "us"}, {"westcentralus", "us"}, {"canada", "ca"},
		{"japan", "jp"}, {"australia", "au"},
		{"centralindia", "in"}, {"southindia", "in"}, {"westindia", "in"}, {"korea", "kr"}, {"brazil", "latam"},
	}
	slices.SortStableFunc(list, func(a, b areaRule) int { return cmp.Compare(len(b.prefix), len(a.prefix)) })
	return list
}
