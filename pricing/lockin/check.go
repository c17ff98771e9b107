package lockin

import (
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"time"

	"headroom/pricing"
)

// Bounds of one assessment: lines and substitutes of a line, chip vendors of a line and of all lines.
const (
	MaxLines       = 500
	MaxSubstitutes = 1000
	MaxLineChips   = 20
	MaxVendors     = 50
)

// ParseInput reads {"params", "lines", "exit"} strictly. The error is a *pricing.InvalidError that names every path.
func ParseInput(data []byte) (*Input, error) {
	in := &Input{}
	if err := pricing.Bind(data, "", "json", in); err != nil {
		return nil, err
	}
	if err := in.check("json", ""); err != nil {
		return nil, err
	}
	return in, nil
}

// faults collects errors with their paths.
type faults struct{ list []pricing.FieldError }

func (f *faults) add(path, format string, args ...any) {
	if len(f.list) < pricing.MaxErrors {
		f.list = append(f.list, pricing.FieldError{Path: path, Message: fmt.Sprintf(format, args...)})
	}
}

func (f *faults) err() error {
	if len(f.list) == 0 {
		return nil
	}
	return &pricing.InvalidError{Fields: f.list}
}

// check refuses what cannot be computed.
func (in *Input) check(tag, root string) error {
	f := &faults{}
	stated := *in
	if tag == "plan" {
		stated.Lines = nil // derived, not stated
	}
	checkNumbers(f, tag, strings.TrimSuffix(root, "."), reflect.ValueOf(stated))
	if len(f.list) > 0 {
		return f.err()
	}
	in.checkParams(f, root)
	in.checkLines(f, root)
	in.checkExit(f, root+"exit")
	in.checkTime(f, root+"exit.time")
	in.checkWeights(f, root+"weights")
	if tag == "plan" {
		for i := range f.list {
			f.list[i].Path = planName(f.list[i].Path)
		}
	}
	return f.err()
}

// planName is a path as a plan writes it: its money is in the plan's currency, and the names do not say otherwise.
func planName(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(path, "_usd", ""), ".usd_per_", ".per_")
}

// checkNumbers walks every number: none may be negative, nor so small that its exact form has more than 60 places.
func checkNumbers(f *faults, tag, path string, v reflect.Value) {
	if n, ok := v.Interface().(pricing.Number); ok {
		checkNumber(f, path, n)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			checkNumbers(f, tag, join(path, fieldName(v.Type().Field(i), tag)), v.Field(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			checkNumbers(f, tag, path, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkNumbers(f, tag, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			checkNumbers(f, tag, join(path, k.String()), v.MapIndex(k))
		}
	}
}

func checkNumber(f *faults, path string, n pricing.Number) {
	text := n.String()
	_, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	switch {
	case n.Float() < 0 || strings.HasPrefix(text, "-"):
		f.add(path, "must be 0 or more, not %s", text)
	case len(strings.Trim(exponent, "+-0")) > 2 || strings.HasPrefix(exponent, "-") &&
		len(strings.Trim(exponent, "-0")) > 1:
		f.add(path, "has too many places: %s", text)
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func fieldName(field reflect.StructField, tag string) string {
	if name, ok := field.Tag.Lookup(tag); ok {
		return name
	}
	return field.Tag.Get("json")
}

func (in *Input) checkParams(f *faults, root string) {
	p, days, work := in.Params, in.Params.Days, in.Exit.Work
	for _, d := range []struct {
		name, counted string
		count, days   pricing.Number
	}{
		{"service", "services", work.Services, days.Service}, {"agent", "agents", work.Agents, days.Agent},
		{"integration", "integrations", in.integrations(), days.Integration},
		{"prompt", "prompts", work.Prompts, days.Prompt},
		{"eval_suite", "eval_suites", work.EvalSuites, days.EvalSuite},
	} {
		if d.count.Float() > 0 && d.days.IsZero() {
			f.add(root+"params.days."+d.name, "is required: your estimate in engineer-days, because exit.work.%s is %s",
				d.counted, d.count)
		}
	}
	if p.QualityTolerance.Float() > 1 {
		f.add(root+"params.quality_tolerance", "must be from 0 to 1, not %s", p.QualityTolerance)
	}
	if !p.MinSubstitutes.IsZero() && (p.MinSubstitutes.Float() < 1 || !rat(p.MinSubstitutes).IsInt()) {
		f.add(root+"params.min_substitutes", "must be a whole number, 1 or more, not %s", p.MinSubstitutes)
	}
}

// integrations are those that have to be changed: none behind a gateway.
func (in *Input) integrations() pricing.Number {
	if in.Exit.Work.Gateway != nil && *in.Exit.Work.Gateway {
		return pricing.Number{}
	}
	return in.Exit.Work.Integrations
}

func (in *Input) checkLines(f *faults, root string) {
	if len(in.Lines) > MaxLines {
		f.add(root+"lines", "at most %d, not %d", MaxLines, len(in.Lines))
		return
	}
	seen := map[string]bool{}
	for i := range in.Lines {
		l, path := &in.Lines[i], fmt.Sprintf("%slines[%d]", root, i)
		switch {
		case l.ID == "":
			f.add(path+".id", "is required: a name for the line")
		case seen[l.ID]:
			f.add(path+".id", "is given twice: %q", l.ID)
		}
		seen[l.ID] = true
		if l.AnnualSpend.IsZero() {
			f.add(path+".annual_spend_usd", "is required: a number")
		}
		if len(l.Substitutes) > MaxSubstitutes {
			f.add(path+".substitutes", "at most %d, not %d", MaxSubstitutes, len(l.Substitutes))
		}
		checkChips(f, path, l)
	}
	if n := in.vendors(); len(f.list) == 0 && n > MaxVendors {
		f.add(root+"lines", "at most %d chip vendors, not %d", MaxVendors, n)
	}
}

// vendors is how many chip vendors the lines name.
func (in *Input) vendors() int {
	names := map[string]bool{}
	for i := range in.Lines {
		for _, vendor := range in.Lines[i].Chips {
			names[vendor] = true
		}
		for vendor := range in.Lines[i].ChipShares {
			names[vendor] = true
		}
	}
	return len(names)
}

func checkChips(f *faults, path string, l *Line) {
	if n := max(len(l.Chips), len(l.ChipShares)); n > MaxLineChips {
		f.add(path+".chips", "at most %d, not %d", MaxLineChips, n)
		return
	}
	sum := new(big.Rat)
	for _, n := range l.ChipShares {
		sum.Add(sum, rat(n))
	}
	if len(l.ChipShares) > 0 && sum.Cmp(frac(1, 1)) != 0 {
		f.add(path+".chip_shares", "must sum to 1, not %s",
			strings.TrimRight(strings.TrimRight(sum.FloatString(6), "0"), "."))
	}
	for i, chip := range l.Chips {
		if slices.Index(l.Chips, chip) < i {
			f.add(fmt.Sprintf("%s.chips[%d]", path, i), "is given twice: %q", chip)
		}
	}
}

func (in *Input) checkExit(f *faults, path string) {
	x := &in.Exit
	if x.Seller == "" {
		f.add(path+".seller", "is required: the seller that is left")
	}
	if _, err := time.Parse(time.DateOnly, x.ExitDate); err != nil {
		f.add(path+".exit_date", "must be a day such as 2027-01-12, not %.40q", x.ExitDate)
	}
	for i, p := range x.Provisioned {
		if p.RefundFee.Float() > 1 {
			f.add(fmt.Sprintf("%s.provisioned[%d].refund_fee", path, i), "must be from 0 to 1, not %s", p.RefundFee)
		}
		if p.MonthsLeft.IsZero() {
			f.add(fmt.Sprintf("%s.provisioned[%d].months_left", path, i), "is required: a number")
		}
		if p.Refundable && x.RefundCapLeft.IsZero() {
			f.add(path+".refund_cap_left_usd", "is required: provisioned[%d] is refundable", i)
		}
	}
	in.checkTiers(f, path+".egress.tiers")
}

// checkTiers wants rising bounds and a rate for every GB that leaves.
func (in *Input) checkTiers(f *faults, path string) {
	e := in.Exit.Egress
	last, open := new(big.Rat), false
	for i, t := range e.Tiers {
		at := fmt.Sprintf("%s[%d]", path, i)
		if t.PerGB.IsZero() {
			f.add(at+".usd_per_gb", "is required: a number")
		}
		switch {
		case t.UpToGB.IsZero() && i < len(e.Tiers)-1:
			f.add(at+".up_to_gb", "is required in every tier but the last")
		case t.UpToGB.IsZero():
			open = true
		case rat(t.UpToGB).Cmp(last) <= 0:
			f.add(at+".up_to_gb", "must be more than %s: bounds rise", last.RatString())
		}
		last = larger(last, rat(t.UpToGB))
	}
	if billable := sub(rat(e.GB), rat(e.FreeGB)); !open && billable.Cmp(last) > 0 {
		f.add(path, "state no rate beyond %s GB, and %s GB leave after the free ones", last.RatString(),
			billable.FloatString(0))
	}
}

// Positive reports whether an answer of the exit's time, by its name, has to be more than 0.
func Positive(name string) bool {
	return slices.Contains([]string{"engineers", "gbps", "utilisation", "embed_tokens_per_min"}, name)
}

func (in *Input) checkTime(f *faults, path string) {
	t := in.Exit.Time
	for _, n := range []struct {
		name   string
		value  pricing.Number
		wanted bool
	}{
		{"engineers", t.Engineers, true}, {"gbps", t.Gbps, true}, {"utilisation", t.Utilisation, true},
		{"embed_tokens_per_min", t.EmbedTokensPerMin, in.Exit.Embedding.Tokens.Float() > 0},
	} {
		if n.wanted && Positive(n.name) && rat(n.value).Sign() <= 0 {
			f.add(path+"."+n.name, "must be more than 0")
		}
	}
	if t.Utilisation.Float() > 1 {
		f.add(path+".utilisation", "must be at most 1, not %s", t.Utilisation)
	}
}

// checkWeights wants each group, where it is stated, to sum to 1.
func (in *Input) checkWeights(f *faults, path string) {
	w := in.Weights.exact()
	one := frac(1, 1)
	if add(w.seller, w.lab, w.chip).Cmp(one) != 0 {
		f.add(path, "seller, lab and chip must sum to 1")
	}
	if add(w.concentration, w.cost, w.time, w.substitutes).Cmp(one) != 0 {
		f.add(path, "concentration, switching_cost, time and non_substitutability must sum to 1")
	}
}
