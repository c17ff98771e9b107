package workspace

import (
	"slices"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"headroom/app/form"
	"headroom/pricing"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/lockin"
)

// basesKept bounds the cache: a base is some hundred kilobytes beside its catalogue, and a team looks at one or two
// snapshots on a day.
const basesKept = 4

// lockinBases keeps what the assessments of one price snapshot and day share. It is safe for concurrent use.
type lockinBases struct {
	mu   sync.Mutex
	kept *lru.Cache[baseKey, *lockin.Base] // nil before the first
}

type baseKey struct {
	snapshot string
	day      calendar.Day
}

// of is the base of a snapshot on a day. It is built under the lock, in less than a millisecond, so that requests that
// come at once build one.
func (b *lockinBases) of(c *catalog.Snapshot, day calendar.Day) (*lockin.Base, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept == nil {
		kept, err := lru.New[baseKey, *lockin.Base](basesKept)
		if err != nil {
			return nil, err
		}
		b.kept = kept
	}
	key := baseKey{c.ID, day}
	if base, ok := b.kept.Get(key); ok {
		return base, nil
	}
	base, err := lockin.NewBase(c, day)
	if err != nil {
		return nil, err
	}
	b.kept.Add(key, base)
	return base, nil
}

// LockinBase is what assessments with these prices share today.
func (s *Plans) LockinBase(c *catalog.Snapshot) (*lockin.Base, error) {
	return s.bases.of(c, s.Day())
}

// FieldErrorsOf are the errors of package pricing as messages beside fields.
func FieldErrorsOf(invalid *pricing.InvalidError) []form.FieldError {
	list := make([]form.FieldError, len(invalid.Fields))
	for i, f := range invalid.Fields {
		list[i] = form.FieldError{Name: f.Path, Message: form.Sentence(f.Message)}
	}
	return list
}

// exits are what leaving takes of every alternative, worked out only when a column about it is shown.
type exits struct {
	Of  map[string]lockin.Summary // by alternative
	Why string                    // why there is none
	// Ways is what the ways past the wall do to the index, in words, by their id.
	Ways map[string]string
}

// lockinKeys are the columns that need an assessment.
func lockinKeys() []string {
	return []string{"lock_in_index", "exit_cost", "days_to_exit", "sellers_of_model"}
}

// showsLockin reports whether a column about lock-in is shown: the usual columns have some.
func (a *Answer) showsLockin() bool {
	return a.State.View.Columns == nil || slices.ContainsFunc(a.State.View.Columns,
		func(key string) bool { return slices.Contains(lockinKeys(), key) })
}

// Assess works out what leaving takes; answers of the plan that cannot be used leave it unknown and say why.
func (a *Answer) Assess(base func(*catalog.Snapshot) (*lockin.Base, error)) error {
	day, err := base(a.Prices)
	if err != nil {
		return err
	}
	list, err := day.Summaries(a.Plan, a.Result)
	if invalid := pricing.Invalid(err); invalid != nil {
		first := LeaveErrors(invalid)[0]
		a.Exits.Why = form.DependencyName(first.Name) + ": " + first.Message
		return nil
	}
	a.Exits.Of = list
	return err
}

// WeightGroups are the weights that sum to 1 together, each group by the word that its error begins with.
func WeightGroups() map[string][]string {
	return map[string][]string{
		"Seller": {"seller", "lab", "chip"}, "Concentration": {"concentration", "switching_cost", "time",
			"non_substitutability"},
	}
}

// LeaveErrors are errors of an assessment as messages beside fields; what is wrong with weights together stands at the
// first of them, with the names of the form.
func LeaveErrors(invalid *pricing.InvalidError) []form.FieldError {
	list := FieldErrorsOf(invalid)
	for i := range list {
		e := &list[i]
		for word, names := range WeightGroups() {
			if e.Name != "dependencies.weights" || !strings.HasPrefix(e.Message, word) {
				continue
			}
			e.Name += "." + names[0]
			labels := make([]string, len(names))
			for j, name := range names {
				labels[j] = form.DependencyName("dependencies.weights." + name)
			}
			e.Message = strings.Join(labels, ", ") + " must sum to 100\u00a0%: change them together."
			break
		}
	}
	return list
}
