package catalog

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/calendar"
)

// listing is an import of one offer with an input and an output price.
func listing(t *testing.T, source string, asOf calendar.Day, o Offer, input, output string) *Import {
	t.Helper()
	row := Row{From: asOf, Status: InForce, Source: source, Key: o.NativeID, AsOf: asOf}
	if source == "own" {
		row.Status = Own
	}
	if input != "" {
		row.Prices = []Price{price(t, Input, 0, input), price(t, Output, 0, output)}
	}
	if o.Mode == "" {
		o.Mode = "chat"
	}
	o.Rows = []Row{row}
	return &Import{Source: Source{ID: source, AsOf: asOf}, Offers: []Offer{o}, Complete: source == "litellm" ||
		source == "models.dev"}
}

func build(t *testing.T, base *Snapshot, imports ...*Import) (*Snapshot, BuildReport) {
	t.Helper()
	s, report, err := Build(base, imports...)
	if err != nil {
		t.Fatal(err)
	}
	return s, report
}

func TestPrecedenceOfSources(t *testing.T) {
	groq := Offer{Provider: "groq", NativeID: "m", Scope: "default", Model: "lab/m"}
	azure := Offer{Provider: "azure", NativeID: "m", Scope: "default", Model: "lab/m"}
	zone := Offer{Provider: "azure", NativeID: "m", Scope: "datazone:us", Model: "lab/m"}
	profile := Offer{Provider: "bedrock", NativeID: "us.m", Scope: "geo:us", Model: "lab/m"}
	tests := []struct {
		name      string
		imports   []*Import
		source    string // of the row in force, "" for none
		input     string
		conflicts int
	}{
		{"LiteLLM beats models.dev, whichever is read last", []*Import{
			listing(t, "litellm", "2026-08-01", groq, "1", "2"),
			listing(t, "models.dev", "2026-07-02", groq, "3", "2")}, "litellm", "1", 1},
		{"a newer models.dev does not beat LiteLLM", []*Import{
			listing(t, "models.dev", "2026-11-02", groq, "3", "4"),
			listing(t, "litellm", "2026-08-01", groq, "1", "2")}, "litellm", "1", 2},
		{"half a per cent is no conflict", []*Import{
			listing(t, "litellm", "2026-08-01", groq, "1", "2"),
			listing(t, "models.dev", "2026-07-02", groq, "1.005", "2")}, "litellm", "1", 0},
		{"an official feed beats both", []*Import{
			listing(t, "litellm", "2026-08-01", azure, "1", "2"),
			listing(t, "azure-retail", "2026-08-01", azure, "1.5", "2"),
			listing(t, "models.dev", "2026-07-02", azure, "1", "2")}, "azure-retail", "1.5", 2},
		{"an own price beats the official feed", []*Import{
			listing(t, "own", "2026-06-01", azure, "0.5", "1"),
			listing(t, "azure-retail", "2026-08-01", azure, "1.5", "2")}, "own", "0.5", 2},
		{"Azure Global: models.dev where they differ", []*Import{
			listing(t, "litellm", "2026-08-01", azure, "0.165", "0.66"),
			listing(t, "models.dev", "2026-07-02", azure, "0.15", "0.6")}, "models.dev", "0.15", 2},
		{"Azure Global: LiteLLM where they agree", []*Import{
			listing(t, "litellm", "2026-08-01", azure, "0.15", "0.6"),
			listing(t, "models.dev", "2026-07-02", azure, "0.15", "0.6")}, "litellm", "0.15", 0},
		{"Azure Data Zone: LiteLLM", []*Import{
			listing(t, "litellm", "2026-08-01", zone, "0.165", "0.66"),
			listing(t, "models.dev", "2026-07-02", zone, "0.15", "0.6")}, "litellm", "0.165", 2},
		{"a Bedrock geo profile: models.dev does not price, not even alone", []*Import{
			listing(t, "models.dev", "2026-07-02", profile, "3", "15")}, "", "", 0},
		{"a list that states no price does not hide one that does", []*Import{
			listing(t, "litellm", "2026-08-01", groq, "", ""), listing(t, "models.dev", "2026-07-02", groq, "3", "4")},
			"models.dev", "3", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, report := build(t, nil, tt.imports...)
			o := &s.Offers[0]
			row, _ := o.RowAt(s.AsOf)
			if tt.source == "" {
				if row != nil {
					t.Fatalf("row in force %+v, want none", row)
				}
				return
			}
			if row == nil || row.Source != tt.source || row.RatesFor(0).Input.String() != tt.input {
				t.Fatalf("row in force %+v, want %s at %s", row, tt.source, tt.input)
			}
			if len(o.Conflicts) != tt.conflicts || (report.Conflicts > 0) != (tt.conflicts > 0) {
				t.Errorf("%d conflicts %+v, reported %d, want %d", len(o.Conflicts), o.Conflicts, report.Conflicts,
					tt.conflicts)
			}
		})
	}
}

func TestARepeatedImportKeepsTheHistory(t *testing.T) {
	offer := Offer{Provider: "groq", NativeID: "m", Scope: "default", Model: "lab/m"}
	other := Offer{Provider: "groq", NativeID: "other", Scope: "default", Model: "lab/other"}
	july := listing(t, "litellm", "2026-07-24", offer, "2", "4")
	july.Offers = append(july.Offers, listing(t, "litellm", "2026-07-24", other, "1", "1").Offers...)
	base, report := build(t, nil, july)
	if report.Added != 2 {
		t.Errorf("the first import adds %d, want 2", report.Added)
	}

	same, report := build(t, base, july)
	if same.ID != base.ID || report.Added+report.Changed+report.Withdrawn != 0 {
		t.Errorf("the same file again: %+v and id %s, want nothing new and %s", report, same.ID, base.ID)
	}

	next, report := build(t, base, listing(t, "litellm", "2026-08-01", offer, "1", "4"))
	if report.Changed != 1 || report.Withdrawn != 1 || report.Added != 0 {
		t.Errorf("a cut and a missing model: %+v, want 1 changed and 1 withdrawn", report)
	}
	for day, want := range map[calendar.Day]string{"2026-07-30": "2", "2026-08-01": "1", "2026-12-01": "1"} {
		o, _ := next.Offer("groq/m", "")
		row, _ := o.RowAt(day)
		if row == nil || row.RatesFor(0).Input.String() != want {
			t.Errorf("price on %s = %+v, want %s", day, row, want)
		}
	}
	gone, _ := next.Offer("groq/other", "")
	if row, _ := gone.RowAt("2026-08-01"); row != nil {
		t.Errorf("a model that the list no longer names is priced: %+v", row)
	}
	if row, _ := gone.RowAt("2026-07-30"); row == nil {
		t.Error("its price of July is forgotten")
	}
	if o, _ := base.Offer("groq/m", ""); len(o.Rows) != 1 || o.Rows[0].Until != "" {
		t.Errorf("an import changed its base: %+v", o.Rows)
	}
}

func TestUpliftOfBedrockClaude(t *testing.T) {
	claude := func(id, scope, model string) Offer {
		return Offer{Provider: "bedrock", NativeID: id, Scope: scope, Model: model, Lab: "anthropic"}
	}
	in := listing(t, "litellm", "2026-08-01", claude("global.anthropic.claude-opus-5", "global",
		"anthropic/claude-opus-5"), "5", "25")
	for _, o := range []Offer{
		claude("anthropic.claude-opus-5", "in-region", "anthropic/claude-opus-5"),
		claude("eu.anthropic.claude-opus-5", "geo:eu", "anthropic/claude-opus-5"),
		claude("us-gov.anthropic.claude-opus-5", "geo:us-gov", "anthropic/claude-opus-5"),
		claude("anthropic.claude-opus-4-1", "default", "anthropic/claude-opus-4-1"),
		claude("us.anthropic.claude-opus-4-1", "geo:us", "anthropic/claude-opus-4-1"),
		claude("anthropic.claude-alone-6", "in-region", "anthropic/claude-alone-6"),
	} {
		in.Offers = append(in.Offers, listing(t, "litellm", "2026-08-01", o, "5", "25").Offers...)
	}
	right := claude("us.anthropic.claude-opus-5", "geo:us", "anthropic/claude-opus-5")
	in.Offers = append(in.Offers, listing(t, "litellm", "2026-08-01", right, "5.5", "27.5").Offers...)
	s, _ := build(t, nil, in)
	tests := []struct{ name, id, input, source string }{
		{"the global profile keeps its price", "global.anthropic.claude-opus-5", "5", "litellm"},
		{"in-region costs ten per cent more", "anthropic.claude-opus-5", "5.5", "curated"},
		{"so does a geo profile that the list has wrong", "eu.anthropic.claude-opus-5", "5.5", "curated"},
		{"a geo profile that the list has right stays the list's", "us.anthropic.claude-opus-5", "5.5", "litellm"},
		{"the US government's profile is outside of the rule", "us-gov.anthropic.claude-opus-5", "5", "litellm"},
		{"Claude 4.1 has no uplift", "anthropic.claude-opus-4-1", "5", "litellm"},
		{"nor in a geo profile", "us.anthropic.claude-opus-4-1", "5", "litellm"},
		{"without a global profile the unprefixed id carries the base", "anthropic.claude-alone-6", "5.5", "curated"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, err := s.Offer("bedrock/"+tt.id, "")
			if err != nil {
				t.Fatal(err)
			}
			row, _ := o.RowAt("2026-08-01")
			if got := row.RatesFor(0).Input.String(); got != tt.input || row.Source != tt.source {
				t.Errorf("%s from %s, want %s from %s", got, row.Source, tt.input, tt.source)
			}
			if wrong := tt.source == "curated"; wrong != (len(o.Conflicts) > 0) {
				t.Errorf("conflicts %+v, want the list's figure there: %v", o.Conflicts, wrong)
			}
		})
	}
}

func TestVersionsOfSlugs(t *testing.T) {
	tests := []struct {
		name, model string
		want        []int
	}{
		{"two numbers", "anthropic/claude-opus-4-5", []int{4, 5}},
		{"one number", "anthropic/claude-fable-5", []int{5}},
		{"the number before the name", "anthropic/claude-3-7-sonnet", []int{3, 7}},
		{"a date is no version", "anthropic/claude-opus-4-20250514", []int{4}},
		{"no number", "anthropic/claude-mythos-preview", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, slugVersion(tt.model)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDiffNamesEveryChange(t *testing.T) {
	m := Offer{Provider: "groq", NativeID: "m", Scope: "default"}
	n := Offer{Provider: "groq", NativeID: "n", Scope: "default"}
	a, _ := build(t, nil, listing(t, "own", "2026-07-01", m, "2", "4"))
	b, _ := build(t, nil, listing(t, "own", "2026-08-01", m, "1.5", "4"), listing(t, "own", "2026-08-01", n, "1", "1"))
	want := []Change{
		{Offer: "groq/m", Scope: "default", Kind: "changed", Dimension: Input, Tier: Standard, Before: "2",
			After: "1.5", AsOf: "2026-08-01", Source: "own"},
		{Offer: "groq/n", Scope: "default", Kind: "added", AsOf: "2026-08-01"},
	}
	if diff := cmp.Diff(want, Diff(a, b)); diff != "" {
		t.Error(diff)
	}
	if back := Diff(b, a); len(back) != 2 || back[1].Kind != "removed" {
		t.Errorf("the other way: %+v, want a change and a removal", back)
	}
	if none := Diff(a, a); len(none) != 0 {
		t.Errorf("a snapshot differs from itself: %+v", none)
	}
}
