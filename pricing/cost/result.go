package cost

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// result writes the quote out.
func (q *Quote) result(asOf calendar.Day, u *Usage) Result {
	r := Result{USD: q.Total.String(), Lines: []LineItem{}, Tier: "base", Offer: q.Offer.ID(), Scope: q.Offer.Scope,
		Source: q.Row.Source, AsOf: q.Row.AsOf, Note: q.Row.Note, Conflicts: []ConflictItem{}}
	if q.Offer.Latest {
		r.addNote(fmt.Sprintf("the id is a moving alias, priced as of %s", asOf))
	}
	if q.Above > 0 {
		r.Tier = "above_" + strconv.FormatInt(q.Above, 10)
	}
	for i, part := range u.dimensions() {
		if q.Tokens[i] > 0 {
			r.Lines = append(r.Lines, LineItem{Dimension: part.dimension, Tokens: q.Tokens[i],
				USDPerMTok: q.Rates[i].String(), USD: q.Amounts[i].String()})
			r.Conflicts = append(r.Conflicts, q.conflicts(i, part.dimension, asOf, u)...)
		}
	}
	if q.PerCall > 0 {
		r.Lines = append(r.Lines, LineItem{Dimension: catalog.PerRequest, Tokens: uint64(u.Requests),
			PerRequest: q.PerCall.String(), USD: q.CallsCost.String()})
	}
	return r
}

func (r *Result) addNote(note string) {
	if r.Note != "" && note != "" {
		note = r.Note + "; " + note
	}
	if note != "" {
		r.Note = note
	}
}

// scopeNote says that other scopes of the id have prices of their own, where the line names none.
func scopeNote(s *catalog.Snapshot, q *Quote, u *Usage) string {
	if u.Scope != "" {
		return ""
	}
	var others []string
	for _, o := range s.Find(u.Provider + "/" + u.Model) {
		if o.Scope != q.Offer.Scope && o.Commitment == "" && !slices.Contains(others, o.Scope) {
			others = append(others, o.Scope)
		}
	}
	if len(others) == 0 {
		return ""
	}
	slices.Sort(others)
	return fmt.Sprintf("priced in scope %s; other scopes have their own price, name one: %s", q.Offer.Scope,
		strings.Join(others, ", "))
}

// conflicts is what others say about a dimension of the line in its service and context tier.
func (q *Quote) conflicts(i int, dim catalog.Dimension, asOf calendar.Day, u *Usage) []ConflictItem {
	var out []ConflictItem
	if q.Early {
		out = append(out, ConflictItem{q.Row.Source, q.Row.AsOf, dim, q.Rates[i].String(),
			fmt.Sprintf("the first known price is from %s, after %s: it is used for the earlier day",
				q.Row.From, asOf)})
	}
	prompt, _ := u.PromptTokens() // checked when the line was priced
	for _, c := range q.Offer.Conflicts {
		if c.Dimension == dim && c.Tier == u.ServiceTier && c.Above == q.conflictTier(c.Source, prompt) &&
			c.Rate != q.Rates[i] {
			out = append(out, ConflictItem{c.Source, c.AsOf, dim, c.Rate.String(), c.Note})
		}
	}
	return out
}

// conflictTier is the context tier in which a source's conflicting figures hold for the prompt: its own thresholds
// count as well as the row's.
func (q *Quote) conflictTier(source string, prompt int64) int64 {
	above := q.Above
	for _, c := range q.Offer.Conflicts {
		if c.Source == source && c.Above > above && prompt > c.Above {
			above = c.Above
		}
	}
	return above
}
