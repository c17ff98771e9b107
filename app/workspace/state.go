package workspace

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"headroom/app/form"
	"headroom/app/listing"
	"headroom/pricing"
	"headroom/pricing/document"
	"headroom/views/ui"
)

// MaxQuery bounds the query string of a page's address, in bytes. A plan that differs more from its base is kept as a
// draft in the session and offered for saving.
const MaxQuery = 8 << 10

// PlanBase is what a page's plan is the difference from: a preset, a saved plan, or a draft of this session.
type PlanBase struct {
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
	PresetBase baseKind = iota
	SavedBase
	DraftBase
)

// PlanState is everything that the address of the main page says.
type PlanState struct {
	Base  PlanBase
	Patch PlanPatch // from Base.Body to the plan
	View  PlanView
	// Undo is the query of the page before a preset was applied, so that nothing is lost by trying one.
	Undo string
	// Typed are texts that could not be read, by field. Links to another view of the page carry them along.
	Typed map[string]string
	docs  *documents // what base and patch were read as, shared by copies of the state
}

// PlanView is how the answer is shown. It never changes what is computed for an alternative.
type PlanView struct {
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
	PeriodTotal = "total"
	PeriodYear  = "year"
	PeriodMonth = "month"
	PeriodReq   = "1k"
)

// StateNames are the parameters that name a plan.
var StateNames = []string{"from", "draft", "v", "d"}

// ViewNames are the parameters that a view consists of, for forms that keep them.
var ViewNames = []string{"propose", "baseline", "sort", "cols", "period", "sellers", "diff"}

// ParseView reads the view from a query or form. Unknown words are dropped: a view is never worth an error page.
func ParseView(q url.Values) PlanView {
	v := PlanView{
		Propose: listing.SplitList(q["propose"]), Baseline: q.Get("baseline"), Columns: listing.SplitList(q["cols"]),
		Period: q.Get("period"), Sellers: listing.SplitList(q["sellers"]), Diff: q.Get("diff") == "1",
	}
	if !slices.Contains([]string{PeriodYear, PeriodMonth, PeriodReq}, v.Period) {
		v.Period = PeriodTotal
	}
	// The form sends "none" along with the boxes, so that none ticked differs from nothing said.
	if len(v.Propose) > 1 {
		v.Propose = slices.DeleteFunc(v.Propose, func(p string) bool { return p == "none" })
	}
	sort, direction, _ := strings.Cut(q.Get("sort"), ".")
	v.Sort, v.Down = sort, direction == "desc"
	// A view that no page of ours links to is not worth a draft either.
	if len(v.Values().Encode()) > MaxQuery/4 {
		return PlanView{Period: PeriodTotal}
	}
	return v
}

// Values are the parameters of the view that differ from the usual.
func (v PlanView) Values() url.Values {
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
	if v.Period != PeriodTotal {
		set("period", v.Period)
	}
	set("sellers", strings.Join(v.Sellers, ","))
	if v.Diff {
		set("diff", "1")
	}
	return q
}

// Values are all parameters of the state in their shortest form.
func (s PlanState) Values() url.Values {
	q := s.View.Values()
	switch s.Base.Kind {
	case PresetBase:
		if slices.Equal(s.View.Propose, []string{string(pricing.SameModel)}) {
			q.Del("propose") // what an example proposes anyway
		}
		if s.Base.ID != DefaultPreset || !s.Patch.None() {
			q.Set("from", s.Base.ID)
		}
	case DraftBase:
		q.Set("draft", s.Base.ID)
	case SavedBase:
		// A difference is from one version, and stays so when somebody saves another; so does an older version itself.
		if !s.Patch.None() || s.Base.Version < s.Base.Newest {
			q.Set("v", strconv.Itoa(s.Base.Version))
		}
	}
	if !s.Patch.None() {
		q.Set("d", s.Patch.Code)
	}
	if s.Undo != "" {
		q.Set("undo", s.Undo)
	}
	return q
}

// URL is the address of the page, the same for the same state.
func (s PlanState) URL() string { return listing.Address(s.Path("/"), s.Values()) }

// TypedValues are the texts that could not be read, as a form sends them.
func (s PlanState) TypedValues() url.Values {
	typed := url.Values{}
	for field, text := range s.Typed {
		typed.Set(field, text)
	}
	return typed
}

// TypedQuery is what links carry of the typed texts: "" for none, and for more than a link should.
func (s PlanState) TypedQuery() string {
	if q := s.TypedValues().Encode(); len(q) <= maxTyped {
		return q
	}
	return ""
}

// UndoQuery is the query that brings this page back; it is never empty, and remembers no undo of its own.
func (s PlanState) UndoQuery() string {
	q := s.Values()
	q.Del("undo")
	switch s.Base.Kind {
	case PresetBase:
		q.Set("from", s.Base.ID)
	case SavedBase:
		q.Set("v", strconv.Itoa(s.Base.Version))
	}
	return q.Encode()
}

// Path is a page of this plan: "/", "/how" and "/compare.csv", below /plans/ID for a saved plan.
func (s PlanState) Path(page string) string {
	if s.Base.Kind != SavedBase {
		return page
	}
	return strings.TrimSuffix("/plans/"+s.Base.ID+page, "/")
}

// Link is the address of another page about this state, with more parameters.
func (s PlanState) Link(page string, more ...string) string {
	q := s.Values()
	q.Del("undo")
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return listing.Address(s.Path(page), q)
}

// With is the address of this page with another view.
func (s PlanState) With(change func(*PlanView)) string {
	change(&s.View)
	q := s.Values()
	if typed := s.TypedQuery(); typed != "" {
		q.Set("typed", typed)
	}
	return listing.Address(s.Path("/"), q)
}

// Fits reports whether the state is short enough for an address.
func (s PlanState) Fits() bool { return len(s.Values().Encode()) <= MaxQuery }

// documents are a base, a patch and the plan that they make, read and merged once.
type documents struct {
	text              []byte // of the base
	code              string // of the patch
	base, patch, plan *document.Value
}

// of reports whether the documents are those of a base and a patch.
func (d *documents) of(base []byte, patch PlanPatch) bool {
	return d != nil && d.code == patch.Code && len(d.text) == len(base) && len(base) > 0 && &d.text[0] == &base[0]
}

// read is what the state was read as; a text that is not JSON is a *pricing.InvalidError.
func (s PlanState) read() (*documents, error) {
	if s.docs.of(s.Base.Body, s.Patch) {
		return s.docs, nil
	}
	d := &documents{text: s.Base.Body, code: s.Patch.Code}
	var out document.Problems
	d.base, d.patch = document.ReadInto(d.text, &out), document.ReadInto(s.Patch.JSON(), &out)
	if err := out.Err(); err != nil {
		return nil, err
	}
	if d.plan = d.base; !s.Patch.None() {
		d.plan = document.Merge(d.base, d.patch)
	}
	return d, nil
}

// Document is the plan itself: the base with the patch. Editing it does not change the state.
func (s PlanState) Document() (form.Document, error) {
	d, err := s.read()
	if err != nil {
		return form.Document{}, err
	}
	return form.DocumentOf(d.plan), nil
}

// Difference is what the state changes, and the base that it changes.
func (s PlanState) Difference() (base, patch form.Document, err error) {
	d, err := s.read()
	if err != nil {
		return base, patch, err
	}
	return form.DocumentOf(d.base), form.DocumentOf(d.patch), nil
}

// Body is the text of the plan.
func (s PlanState) Body() ([]byte, error) {
	if s.Patch.None() {
		return s.Base.Body, nil
	}
	d, err := s.read()
	if err != nil {
		return nil, err
	}
	return d.plan.JSON(), nil
}

// keep reads and merges for all that asks this state and its copies later.
func (s *PlanState) keep() (err error) {
	s.docs, err = s.read()
	return err
}

// ChangedTo is the state whose plan is body. New members stand in the address in the order of body.
func (s PlanState) ChangedTo(body []byte) (PlanState, error) {
	d, err := s.read()
	if err != nil {
		return s, err
	}
	plan, err := document.Read(body)
	if err != nil {
		return s, err
	}
	patch, err := document.Diff(d.base, plan)
	if err != nil {
		return s, err
	}
	s.Patch, s.Undo = NewPatch(patch.JSON()), ""
	return s, s.keep()
}

// PlanParts are the pages about one plan.
func PlanParts(state PlanState, current string) []ui.Link {
	parts := []ui.Link{
		{Label: "Answer", URL: state.URL(), Current: current == "answer"},
		{Label: "Lock-in", URL: state.Link("/lockin"), Current: current == "lockin"},
	}
	if state.Base.Kind == SavedBase {
		parts = append(parts, ui.Link{Label: "Versions", URL: "/plans/" + state.Base.ID + "/versions"})
	}
	return parts
}

// Undoing is the state with the way back to another one of the same plan, while that fits into the address.
func (s PlanState) Undoing(before PlanState) PlanState {
	if was := before.UndoQuery(); len(was) <= MaxQuery/2 {
		s.Undo = was
	}
	return s
}

var Proposals = []struct {
	Kind  pricing.Proposal
	Label string
}{
	{pricing.SameModel, "This model everywhere it is sold"},
	{pricing.Cheapest, "The cheapest of this class at each seller"},
	{pricing.Direct, "The lab's own API against the clouds"},
}

// Proposed are the kinds of alternatives that are made from the catalogue: those that the address names. Where it names
// none, "this model everywhere" is proposed beside an example, and beside a plan that lists no alternatives of its own.
func (s PlanState) Proposed(ownAlternatives bool) []pricing.Proposal {
	if s.View.Propose == nil {
		if ownAlternatives && s.Base.Kind != PresetBase {
			return nil
		}
		return []pricing.Proposal{pricing.SameModel}
	}
	var kinds []pricing.Proposal
	for _, p := range Proposals {
		if slices.Contains(s.View.Propose, string(p.Kind)) {
			kinds = append(kinds, p.Kind)
		}
	}
	return kinds
}

// Pinned is the view with the proposals spelled out, for a plan that moves to another base: what is proposed when
// nothing is said differs between an example and a plan of one's own.
func (s PlanState) Pinned(ownAlternatives bool) PlanView {
	view := s.View
	view.Propose = []string{"none"}
	if kinds := s.Proposed(ownAlternatives); len(kinds) > 0 {
		view.Propose = nil
		for _, kind := range kinds {
			view.Propose = append(view.Propose, string(kind))
		}
	}
	return view
}
