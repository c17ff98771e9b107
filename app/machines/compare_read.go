package machines

import (
	"errors"
	"maps"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"headroom/app/form"
	"headroom/app/listing"
	"headroom/app/typed"
	"headroom/pricing/breakeven"
	"headroom/pricing/capacity"
	"headroom/pricing/money"
	"headroom/pricing/pricelist"
	"headroom/views/ui"
)

// compareReading is what the address of the comparison says, and what came of it.
type compareReading struct {
	typed    url.Values
	machines *capacity.Machines
	listings []capacity.Listing
	editor   bool                // the reader may keep figures for their team
	team     capacity.Correction // the team's own measurement of this question, in force where none was typed
	errors   []ui.FieldError
	question breakeven.Question
	answer   *breakeven.Answer // nil when the question could not be read
}

// compareNumber is a number of the form.
type compareNumber struct {
	name, label, unit, usual, help string
	low, high                      float64
	whole                          bool
	optional                       bool // empty is 0: not given
	set                            func(*breakeven.Question, float64)
}

// compareNumbers are the numbers of the form in its order.
func compareNumbers() []compareNumber {
	return []compareNumber{
		{name: "in", label: "Input", unit: "tokens", usual: "2,000", low: 0, high: pricelist.MaxTokens, whole: true,
			set: func(q *breakeven.Question, v float64) { q.Mix.Input = int64(v) }},
		{name: "out", label: "Output", unit: "tokens", usual: "500", low: 1, high: pricelist.MaxTokens, whole: true,
			set: func(q *breakeven.Question, v float64) { q.Mix.Output = int64(v) }},
		{name: "load", label: "Load a month", usual: "10M", low: 1, high: 1e15,
			set: func(q *breakeven.Question, v float64) { q.Requests = v }},
		{name: "peak", label: "Peak to average", unit: "×", usual: "2", low: 1, high: 100,
			help: "The busiest time against the mean.",
			set:  func(q *breakeven.Question, v float64) { q.PeakToAverage = v }},
		{name: "use", label: "Utilisation at the peak", unit: "%", usual: "70", low: 1, high: 100,
			help: "Share of a machine's throughput to count on.",
			set:  func(q *breakeven.Question, v float64) { q.Utilization = v / 100 }},
		{name: "speed", label: "Each user gets at least", unit: "tokens/s", usual: "30", low: 0, high: 10_000,
			optional: true,
			set:      func(q *breakeven.Question, v float64) { q.MinUserRate = v }},
		{name: "count", label: "Accelerators of one machine", usual: "", low: 1, high: breakeven.MaxCount,
			whole: true, optional: true, help: "Empty: as it is sold.",
			set: func(q *breakeven.Question, v float64) { q.Count = int(v) }},
		{name: "price", label: "Your own price", unit: "USD per GPU hour", low: 0.001, high: 10_000,
			optional: true, help: "Empty: the listed price."},
		{name: "measured", label: "Measured throughput", unit: "output tokens/s", low: 0.1, high: 1e9,
			optional: true, help: "Of one machine under this load. It wins over the estimate.",
			set: func(q *breakeven.Question, v float64) { q.Measured = v }},
		{name: "ops", label: "Operations", unit: "USD a month", usual: "5,000", low: 0, high: 1e12, optional: true,
			help: "People and tools to run machines.",
			set:  func(q *breakeven.Question, v float64) { q.OperationsPerMonth = v }},
		{name: "revenue", label: "Revenue", unit: "USD a month", low: 0, high: 1e13, optional: true,
			help: "For revenue per megawatt.",
			set:  func(q *breakeven.Question, v float64) { q.RevenuePerMonth = v }},
	}
}

// What the comparison asks until the reader asks otherwise.
const (
	usualModel   = "Llama 3.3 70B"
	smallModel   = "Llama 3.1 8B" // for machines that the usual one does not fit
	usualSeller  = "nebius"
	usualChip    = "H100 SXM"
	usualMachine = 8 // accelerators
)

// readCompare reads the address and answers it. What cannot be read is an error of its field; a question that cannot be
// asked has no answer.
func (s *Pages) readCompare(c echo.Context) (*compareReading, error) {
	machines, a, err := s.MachinesFor(c)
	if err != nil {
		return nil, err
	}
	r := &compareReading{typed: c.QueryParams(), machines: machines, listings: machines.Listings(),
		editor:   a != nil && a.Team.Role.CanEdit(),
		question: breakeven.Question{Facts: machines}}
	r.readModel()
	r.readMachine()
	r.readPrecision()
	for _, n := range compareNumbers() {
		r.readNumber(n)
	}
	r.finish()
	if len(r.errors) > 0 {
		return r, nil
	}
	err = s.ask(r)
	switch {
	case errors.Is(err, breakeven.ErrCount):
		r.fail("count", "Accelerators of one machine", err)
	case errors.Is(err, breakeven.ErrReplica):
		r.fail("replica", "Accelerators of a replica", err)
	case errors.Is(err, breakeven.ErrNoPrice):
		r.fail("price", "Your own price", err)
	case errors.Is(err, capacity.ErrFleet), errors.Is(err, capacity.ErrBreakEven):
		r.fail("load", "Load a month", err)
	case err != nil:
		r.fail("model", "Model", err)
	}
	return r, nil
}

// ask answers the question. A machine that is too small for the usual model is asked about a small one, as long as the
// reader has chosen none: the first look at a machine is no refusal.
func (s *Pages) ask(r *compareReading) (err error) {
	r.answer, err = breakeven.Ask(&r.question, s.Deps.Catalog, s.Day())
	if err != nil || r.answer.Serves || r.typed.Has("model") {
		return err
	}
	small, err := r.machines.Model(smallModel)
	if err != nil {
		return err
	}
	r.typed = maps.Clone(r.typed)
	r.typed.Set("model", smallModel)
	r.question.Model = small
	r.answer, err = breakeven.Ask(&r.question, s.Deps.Catalog, s.Day())
	return err
}

func (r *compareReading) fail(id, label string, err error) {
	r.errors = append(r.errors, ui.FieldError{ID: id, Label: label, Message: form.Sentence(err.Error())})
}

// text is a parameter as typed, or what is usual where it is absent.
func (r *compareReading) text(name, usual string) string {
	if !r.typed.Has(name) {
		return usual
	}
	text := r.typed.Get(name)
	return strings.ToValidUTF8(text[:min(len(text), 2*typed.MaxText)], "")
}

func (r *compareReading) readModel() {
	model, err := r.machines.Model(r.text("model", usualModel))
	if err == nil {
		_, err = model.Shape()
	}
	if err != nil {
		r.fail("model", "Model", err)
		return
	}
	r.question.Model = model
}

// readMachine finds the listing that the address names by its key.
func (r *compareReading) readMachine() {
	key := r.text("machine", "")
	for i := range r.listings {
		l := &r.listings[i]
		if l.Key() == key || key == "" && l.Seller == usualSeller && l.Chip == usualChip && l.Count == usualMachine &&
			l.Term == capacity.OnDemandTerm {
			r.question.Machine, r.question.Count = *l, int(l.Count)
			chip, err := r.machines.ChipOf(l.Accelerator)
			if err != nil {
				r.fail("machine", "Machine", err)
				return
			}
			r.question.Accelerator = chip
			return
		}
	}
	r.fail("machine", "Machine", errNoMachine)
}

var errNoMachine = errors.New("no such machine is listed; choose one of the list")

func (r *compareReading) readPrecision() {
	r.question.Precision = capacity.Precision(r.text("precision", string(capacity.FP8)))
	r.question.KVPrecision = capacity.FP8
	if r.text("kv", "fp8") == "bf16" {
		r.question.KVPrecision = capacity.BF16
	}
	r.question.Chosen = r.text("offer", "")
	sizes := map[string]int{"1": 1, "2": 2, "4": 4, "8": 8}
	r.question.ReplicaSize = sizes[r.text("replica", "")]
}

func (r *compareReading) readNumber(n compareNumber) {
	typed := r.text(n.name, n.usual)
	if strings.TrimSpace(typed) == "" && n.optional {
		return
	}
	value, err := n.read(typed)
	switch {
	case err != nil:
		r.fail(n.name, n.label, err)
	case n.name == "price":
		r.setPrice(value)
	default:
		n.set(&r.question, value.InexactFloat64())
	}
}

// read is one number in the field's bounds.
func (n *compareNumber) read(text string) (decimal.Decimal, error) {
	q, err := typed.ParseQuantity(text)
	switch {
	case err != nil:
		return decimal.Zero, err
	case q.Range:
		return decimal.Zero, errors.New("enter one number; the range of the estimate is computed")
	case q.Percent && n.unit != "%", q.Currency != "" && (q.Currency != "USD" || !strings.Contains(n.unit, "USD")):
		return decimal.Zero, errors.New("enter a plain number" + listing.Word(n.unit != "", " of "+n.unit))
	case q.Value.LessThan(decimal.NewFromFloat(n.low)), q.Value.GreaterThan(decimal.NewFromFloat(n.high)):
		return decimal.Zero, errors.New("enter " + n.bounds())
	case n.whole && !q.Value.IsInteger():
		return decimal.Zero, errors.New("enter a whole number")
	}
	return q.Value, nil
}

// bounds are what the field takes, in words.
func (n *compareNumber) bounds() string {
	if n.low > 0 && n.low < 1e-6 {
		return "more than 0, up to " + numberText(n.high)
	}
	return numberText(n.low) + " to " + numberText(n.high)
}

// setPrice replaces the listed price by the reader's own for each accelerator.
func (r *compareReading) setPrice(each decimal.Decimal) {
	m := &r.question.Machine
	rate, err := money.ParseRate(each.Mul(decimal.NewFromFloat(m.Count)).Round(9).String())
	if err != nil {
		r.fail("price", "Your own price", err)
		return
	}
	m.Hourly, m.Origin = capacity.Price{Rate: rate, Known: true}, capacity.Origin{Source: "your own price"}
}

// measurementKey names what a measurement for this question is of.
func (r *compareReading) measurementKey() string {
	q := &r.question
	return capacity.MeasurementKey(q.Model.Name, q.Accelerator.Name, q.Count, q.Precision, q.KVPrecision,
		float64(q.Mix.Input), float64(q.Mix.Output))
}

// finish takes the team's measurement where none was typed, and turns a load in tokens into requests.
func (r *compareReading) finish() {
	if len(r.errors) > 0 {
		return
	}
	r.question.MeasuredBy = capacity.Origin{Source: "your measurement"}
	if own := r.machines.Own(capacity.ThroughputKind, r.measurementKey()); len(own) > 0 && r.question.Measured == 0 {
		r.team = own[0]
		r.question.Measured = capacity.ParseQuantity(r.team.Value).Value
		r.question.MeasuredBy = capacity.Origin{Source: r.team.Source, AsOf: r.team.AsOf}
	}
	if r.text("per", "requests") == "tokens" {
		r.question.Requests /= float64(r.question.Mix.Input + r.question.Mix.Output)
	}
}

// link is another page about the same question.
func (r *compareReading) link(path string, more ...string) string {
	q := url.Values{}
	for name, values := range r.typed {
		if name != "figure" && name != "of" && len(values) > 0 && values[0] != "" {
			q.Set(name, values[0])
		}
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return listing.Address(path, q)
}
