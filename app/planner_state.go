package app

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"headroom/pricing"
)

// maxQuery bounds the query string of a page's address, in bytes. A plan that differs more from its base is kept as a
// draft in the session and offered for saving.
const maxQuery = 8 << 10

// planBase is what a page's plan is the difference from: a preset, a saved plan, or a draft of this session.
type planBase struct {
	Kind    baseKind
	ID      string // of the preset, the saved plan or the draft
	Name    string
	Body    []byte // headroom.plan/v1
	Version int    // of a saved plan: the one that Body is
	Newest  int    // of a saved plan: others may have saved since
	Team    string // of a saved plan
	CanEdit bool   // the reader may save a new version
	View    string // query string that a saved plan opens with
}

type baseKind int

const (
	presetBase baseKind = iota
	savedBase
	draftBase
)

// planState is everything that the address of the main page says.
type planState struct {
	Base  planBase
	Patch planPatch // from Base.Body to the plan
	View  planView
	// Undo is the query of the page before a preset was applied, so that nothing is lost by trying one.
	Undo string
	// Typed are texts that could not be read, by field. Links to another view of the page carry them along.
	Typed map[string]string
}

// planView is how the answer is shown. It never changes what is computed for an alternative.
type planView struct {
	Propose  []string // kinds of pricing.Proposal; nil: not stated
	Baseline string   // id of an alternative; "": the plan's own
	Sort     string   // column key
	Down     bool     // descending
	Columns  []string // keys of the shown columns; nil: the usual ones
	Period   string   // "total", "year", "month" or "1k"
	Sellers  []string // only alternatives on these providers; nil: all
	Diff     bool     // only what differs from the baseline
}

// The periods that costs are shown for.
const (
	periodTotal = "total"
	periodYear  = "year"
	periodMonth = "month"
	periodReq   = "1k"
)

// stateNames are the parameters that name a plan.
var stateNames = []string{"from", "draft", "v", "d"}

// viewNames are the parameters that a view consists of, for forms that keep them.
var viewNames = []string{"propose", "baseline", "sort", "cols", "period", "sellers", "diff"}

// parseView reads the view from a query or form. Unknown words are dropped: a view is never worth an error page.
func parseView(q url.Values) planView {
	v := planView{
		Propose: splitList(q["propose"]), Baseline: q.Get("baseline"), Columns: splitList(q["cols"]),
		Period: q.Get("period"), Sellers: splitList(q["sellers"]), Diff: q.Get("diff") == "1",
	}
	if !slices.Contains([]string{periodYear, periodMonth, periodReq}, v.Period) {
		v.Period = periodTotal
	}
	// The form sends "none" along with the boxes, so that none ticked differs from nothing said.
	if len(v.Propose) > 1 {
		v.Propose = slices.DeleteFunc(v.Propose, func(p string) bool { return p == "none" })
	}
	sort, direction, _ := strings.Cut(q.Get("sort"), ".")
	v.Sort, v.Down = sort, direction == "desc"
	// A view that no page of ours links to is not worth a draft either.
	if len(v.values().Encode()) > maxQuery/4 {
		return planView{Period: periodTotal}
	}
	return v
}

// splitList reads repeated and comma-separated values; boxes that are ticked repeat their name.
func splitList(values []string) []string {
	var list []string
	for _, value := range values {
		for part := range strings.SplitSeq(value, ",") {
			if part != "" && !slices.Contains(list, part) {
				list = append(list, part)
			}
		}
	}
	return list
}

// values are the parameters of the view that differ from the usual.
func (v planView) values() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("propose", strings.Join(v.Propose, ","))
	set("baseline", v.Baseline)
	if v.Sort != "" {
		set("sort", v.Sort+map[bool]string{true: ".desc"}[v.Down])
	}
	set("cols", strings.Join(v.Columns, ","))
	if v.Period != periodTotal {
		set("period", v.Period)
	}
	set("sellers", strings.Join(v.Sellers, ","))
	if v.Diff {
		set("diff", "1")
	}
	return q
}

// values are all parameters of the state in their shortest form.
func (s planState) values() url.Values {
	q := s.View.values()
	switch s.Base.Kind {
	case presetBase:
		if slices.Equal(s.View.Propose, []string{string(pricing.SameModel)}) {
			q.Del("propose") // what an example proposes anyway
		}
		if s.Base.ID != defaultPreset || !s.Patch.none() {
			q.Set("from", s.Base.ID)
		}
	case draftBase:
		q.Set("draft", s.Base.ID)
	case savedBase:
		// A difference is from one version, and stays so when somebody saves another; so does an older version itself.
		if !s.Patch.none() || s.Base.Version < s.Base.Newest {
			q.Set("v", strconv.Itoa(s.Base.Version))
		}
	}
	if !s.Patch.none() {
		q.Set("d", s.Patch.code)
	}
	if s.Undo != "" {
		q.Set("undo", s.Undo)
	}
	return q
}

// url is the address of the page, the same for the same state.
func (s planState) url() string { return address(s.path("/"), s.values()) }

func (s planState) typedValues() url.Values {
	typed := url.Values{}
	for field, text := range s.Typed {
		typed.Set(field, text)
	}
	return typed
}

// typedQuery is what links carry of the typed texts: "" for none, and for more than a link should.
func (s planState) typedQuery() string {
	if q := s.typedValues().Encode(); len(q) <= maxTyped {
		return q
	}
	return ""
}

// undoQuery is the query that brings this page back; it is never empty, and remembers no undo of its own.
func (s planState) undoQuery() string {
	q := s.values()
	q.Del("undo")
	switch s.Base.Kind {
	case presetBase:
		q.Set("from", s.Base.ID)
	case savedBase:
		q.Set("v", strconv.Itoa(s.Base.Version))
	}
	return q.Encode()
}

// path is a page of this plan: "/", "/how" and "/compare.csv", below /plans/ID for a saved plan.
func (s planState) path(page string) string {
	if s.Base.Kind != savedBase {
		return page
	}
	return strings.TrimSuffix("/plans/"+s.Base.ID+page, "/")
}

// link is the address of another page about this state, with more parameters.
func (s planState) link(page string, more ...string) string {
	q := s.values()
	q.Del("undo")
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return address(s.path(page), q)
}

// with is the address of this page with another view.
func (s planState) with(change func(*planView)) string {
	change(&s.View)
	q := s.values()
	if typed := s.typedQuery(); typed != "" {
		q.Set("typed", typed)
	}
	return address(s.path("/"), q)
}

func address(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// fits says whether the state is short enough for an address.
func (s planState) fits() bool { return len(s.values().Encode()) <= maxQuery }

// body is the plan itself: the base with the patch.
func (s planState) body() ([]byte, error) {
	if s.Patch.none() {
		return s.Base.Body, nil
	}
	return pricing.MergePatch(s.Base.Body, s.Patch.json())
}

// changedTo is the state whose plan is body.
func (s planState) changedTo(body []byte) (planState, error) {
	patch, err := pricing.DiffPatch(s.Base.Body, body)
	if err != nil {
		return s, err
	}
	s.Patch, s.Undo = newPatch(patch), ""
	return s, nil
}
