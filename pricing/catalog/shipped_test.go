package catalog

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/calendar"
	"headroom/pricing/money"
)

func shippedFor(t testing.TB) *Snapshot {
	t.Helper()
	s, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheShippedSnapshotSaysWhatItIs(t *testing.T) {
	s := shippedFor(t)
	nameless := Snapshot{AsOf: s.AsOf, Sources: s.Sources, Sellers: s.Sellers, Labs: s.Labs, Models: s.Models,
		Offers: s.Offers}
	if s.AsOf != "2026-08-01" || s.ID != "2026-08-01-"+contentHash(&nameless) {
		t.Errorf("id %s as of %s, want 2026-08-01 and the hash of the content", s.ID, s.AsOf)
	}
	var sources []string
	for _, source := range s.Sources {
		sources = append(sources, source.ID+" "+string(source.AsOf)+" "+source.Licence)
	}
	want := []string{"curated 2026-08-14 Apache-2.0", "litellm 2026-08-01 MIT", "models.dev 2026-07-02 MIT"}
	slices.Sort(sources)
	if diff := cmp.Diff(want, sources); diff != "" {
		t.Error(diff)
	}
	if len(s.Offers) < 7000 {
		t.Errorf("%d offers, want every seller of both sources", len(s.Offers))
	}
}

// Facts that AWS, Azure and OpenAI published, or that the lists are known to have right.
func TestShippedPricesAreTheKnownOnes(t *testing.T) {
	tests := []struct {
		name, id, scope string
		day             calendar.Day
		input, output   string
		source          string
		conflict        bool
	}{
		{"Claude Sonnet 4.5 in-region is the global price x 1.10", "bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0",
			"", "", "3.3", "16.5", "curated", true},
		{"its EU profile, found by the scope", "bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0", "geo:eu",
			"", "3.3", "16.5", "litellm", false},
		{"its global profile", "bedrock/global.anthropic.claude-sonnet-4-5-20250929-v1:0", "", "", "3",
			"15", "litellm", false},
		{"Claude Opus 4.6 in-region", "bedrock/anthropic.claude-opus-4-6-v1", "in-region", "", "5.5",
			"27.5", "curated", true},
		{"Claude Haiku 4.5 in-region", "bedrock/anthropic.claude-haiku-4-5-20251001-v1:0", "in-region",
			"", "1.1", "5.5", "curated", true},
		{"Claude Opus 4.5 of the EU profile, which LiteLLM has wrong",
			"bedrock/eu.anthropic.claude-opus-4-5-20251101-v1:0", "", "", "5.5", "27.5", "curated", true},
		{"Claude Opus 4.6 of the Australian profile, which models.dev has at 16.50",
			"bedrock/au.anthropic.claude-opus-4-6-v1", "", "", "5.5", "27.5", "litellm", true},
		{"Claude Opus 4.1 has no uplift", "bedrock/us.anthropic.claude-opus-4-1-20250805-v1:0", "", "",
			"15", "75", "litellm", false},
		{"Claude 3.5 Haiku has none either", "bedrock/anthropic.claude-3-5-haiku-20241022-v1:0", "default",
			"", "0.8", "4", "litellm", false},
		{"GovCloud keeps its own price", "bedrock/anthropic.claude-sonnet-4-5-20250929-v1:0", "region:us-gov-west-1",
			"", "3.6", "18", "litellm", false},
		{"Qwen3 Coder 480B on Bedrock, wrong in both lists", "bedrock/qwen.qwen3-coder-480b-a35b-v1:0",
			"", "", "0.45", "1.8", "curated", true},
		{"GPT-5.5 on Bedrock is in-region at ten per cent more", "bedrock/openai.gpt-5.5", "", "", "5.5",
			"33", "litellm", false},
		{"GPT-5.5 on Azure Global", "azure/gpt-5.5", "global", "", "5", "30", "litellm", false},
		{"GPT-5.5 in Azure's US data zone", "azure/gpt-5.5", "datazone:us", "", "5.5", "33", "litellm", false},
		{"GPT-5 in Azure's EU data zone, sold under its dated id", "azure/gpt-5", "datazone:eu", "",
			"1.375", "11", "litellm", false},
		{"GPT-4o mini on Azure Global, where LiteLLM shows a regional price", "azure/gpt-4o-mini", "default",
			"", "0.15", "0.6", "", true},
		{"GPT-4o of November 2024 on Azure Global", "azure/gpt-4o-2024-11-20", "default", "", "2.5", "10", "", true},
		{"GPT-5.6 Terra after OpenAI's cut", "openai/gpt-5.6-terra", "", "", "2", "12", "litellm", false},
		{"GPT-5.6 Terra on the day of the cut", "openai/gpt-5.6-terra", "", "2026-07-30", "2", "12", "litellm", false},
		{"GPT-5.6 Terra the day before", "openai/gpt-5.6-terra", "", "2026-07-29", "2.5", "15", "litellm", false},
		{"GPT-5.6 Luna after the cut", "openai/gpt-5.6-luna", "", "", "0.2", "1.2", "litellm", false},
		{"GPT-5.6 Terra on Azure, which may be stale", "azure/gpt-5.6-terra", "default", "", "2.5", "15",
			"litellm", true},
		{"GPT-5.6 Luna on Azure, which may be stale", "azure/gpt-5.6-luna", "default", "", "1", "6", "litellm", true},
		{"GPT-5.6 Terra on Bedrock", "bedrock/openai.gpt-5.6-terra", "", "", "2.2", "13.2", "litellm", false},
		{"Claude Sonnet 5's rise was withdrawn", "anthropic/claude-sonnet-5", "", "2026-10-01", "2",
			"10", "litellm", false},
		{"Anthropic's processing in the US only", "anthropic/claude-sonnet-5", "geo:us", "", "2.2", "11",
			"litellm", false},
		{"OpenAI's processing in the EU", "openai/gpt-5.4", "geo:eu", "", "2.75", "16.5", "litellm", false},
		{"gpt-oss-120b at OVH, in euros by suspicion", "ovh/gpt-oss-120b", "", "", "0.08", "0.4", "litellm", true},
		{"watsonx' Mistral Medium looks stale", "watsonx/mistralai/mistral-medium-2505", "", "", "3",
			"10", "litellm", true},
		{"Gemini 2.5 Flash on OCI looks stale", "oci/google.gemini-2.5-flash", "", "", "0.15", "0.6", "litellm", true},
		{"Qwen3 Coder Plus, whose price is in ranges", "alibaba/dashscope/qwen3-coder-plus", "", "",
			"1", "5", "litellm", false},
	}
	s := shippedFor(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, err := s.Offer(tt.id, tt.scope)
			if err != nil {
				t.Fatal(err)
			}
			if tt.day == "" {
				tt.day = s.AsOf
			}
			row, _ := o.RowAt(tt.day)
			rates := row.RatesFor(0)
			if rates.Input.String() != tt.input || rates.Output.String() != tt.output || tt.source != "" &&
				row.Source != tt.source {
				t.Errorf("%s/%s from %s, want %s/%s from %s", rates.Input, rates.Output, row.Source,
					tt.input, tt.output, tt.source)
			}
			text := slices.ContainsFunc(o.Conflicts, func(c Conflict) bool {
				return c.Tier == Standard && c.Above == 0 && (c.Dimension == Input || c.Dimension == Output)
			})
			if text != tt.conflict {
				t.Errorf("conflict on input or output %v, want %v: %+v", text, tt.conflict, o.Conflicts)
			}
		})
	}
}

// The uplift holds for every rate of every Claude from 4.5 on, in every scope that AWS names.
func TestEveryBedrockClaudeCostsGlobalTimesOnePointOne(t *testing.T) {
	s := shippedFor(t)
	checked := 0
	for i := range s.Offers {
		o := &s.Offers[i]
		if o.Provider != "bedrock" || o.Lab != "anthropic" || !versionAtLeast(o.Model, "4.5") {
			continue
		}
		if o.Scope != "in-region" && (!strings.HasPrefix(o.Scope, "geo:") || o.Scope == "geo:us-gov") {
			continue
		}
		global, err := s.Offer("bedrock/global."+bareID(o.NativeID), "global")
		if err != nil {
			continue // an id with "@" that no profile has
		}
		base, _ := global.RowAt(s.AsOf)
		row, _ := o.RowAt(s.AsOf)
		for _, p := range base.Prices {
			if !repricedByContext(p.Dimension) {
				continue
			}
			at := indexOf(row.Prices, p)
			if at < 0 || int64(row.Prices[at].Rate)*10 != int64(p.Rate)*11 {
				t.Errorf("%s %s: %s above %d is not %s x 1.10", o.ID(), o.Scope, p.Dimension, p.Above, p.Rate)
			}
			checked++
		}
	}
	if checked < 150 {
		t.Errorf("only %d prices were checked", checked)
	}
}

func TestAnnouncedAndWithdrawnRowsAreKeptAndNeverPrice(t *testing.T) {
	s := shippedFor(t)
	o, err := s.Offer("anthropic/claude-sonnet-5", "")
	if err != nil {
		t.Fatal(err)
	}
	last := o.Rows[len(o.Rows)-1]
	if last.Status != Withdrawn || last.From != "2026-09-01" || last.RatesFor(0).Input.String() != "3" {
		t.Errorf("last row %+v, want the withdrawn rise to 3", last)
	}
	for i := range s.Offers {
		for _, day := range []calendar.Day{"2020-01-01", "2026-08-01", "2027-01-01"} {
			if row, _ := s.Offers[i].RowAt(day); row != nil && row.Status != InForce && row.Status != Own {
				t.Fatalf("%s is priced by a row that is %s", s.Offers[i].ID(), row.Status)
			}
		}
	}
}

var seller = regexp.MustCompile(`([a-z-]+)(?:\[([^]]*)\]| ([0-9.]+/[0-9.]+\*?))`)

// TestTheSellersOfCurrentModels checks the table of models, sellers and prices against what the snapshot keeps of the
// lists: the figure of the named source, in the named scope.
func TestTheSellersOfCurrentModels(t *testing.T) {
	s := shippedFor(t)
	file := bufio.NewScanner(strings.NewReader(sellersTable))
	figures := 0
	for file.Scan() {
		cells := strings.Split(file.Text(), " | ")
		if len(cells) != 4 || strings.HasPrefix(cells[0], "#") {
			continue
		}
		offers := offersOfSlug(s, cells[0])
		if len(offers) == 0 {
			t.Errorf("%s is unknown", cells[0])
			continue
		}
		if m, _ := s.Model(offers[0].Model); cells[2] == "open" && m.OpenWeights != Yes || cells[2] == "closed" &&
			m.OpenWeights != No {
			t.Errorf("%s has open weights %d, want %s", cells[0], m.OpenWeights, cells[2])
		}
		for _, m := range seller.FindAllStringSubmatch(cells[3], -1) {
			prices := m[2]
			if prices == "" {
				prices = "default " + m[3]
			}
			for _, part := range strings.Split(prices, "; ") {
				scope, figure, _ := strings.Cut(part, " ")
				figures++
				if !stated(offers, m[1], scope, figure) {
					t.Errorf("%s: %s does not sell it in scope %s at %s", cells[0], m[1], scope, figure)
				}
			}
		}
	}
	if figures < 250 {
		t.Errorf("only %d figures were checked", figures)
	}
}

//go:embed testdata/sellers.txt
var sellersTable string

func offersOfSlug(s *Snapshot, slug string) []*Offer {
	var out []*Offer
	for i := range s.Models {
		if strings.HasSuffix(s.Models[i].ID, "/"+slug) {
			out = append(out, s.OffersOf(s.Models[i].ID)...)
		}
	}
	return out
}

// stated reports whether a source's row states the figure "5/25", or "5/25*" for models.dev, in the table's scope.
func stated(offers []*Offer, provider, scope, figure string) bool {
	scopes := map[string][]string{"default": {"default", "in-region", "global"}, "global": {"global"},
		"us": {"geo:us"}, "eu": {"geo:eu"},
		"dz-us": {"datazone:us"}, "dz-eu": {"datazone:eu"}}[scope]
	source := "litellm"
	figure, star := strings.CutSuffix(figure, "*")
	if star {
		source = "models.dev"
		scopes = append(scopes, "region:cn") // the table does not part Alibaba's two lists
	}
	input, output, _ := strings.Cut(figure, "/")
	for _, o := range offers {
		if o.Provider != provider || !slices.Contains(scopes, o.Scope) {
			continue
		}
		for _, r := range o.Evidence {
			in, ok1 := r.Price(Input, Standard, 0)
			out, ok2 := r.Price(Output, Standard, 0)
			if r.Source == source && ok1 && ok2 && near(in.Rate.Float(), input) && near(out.Rate.Float(), output) {
				return true
			}
		}
	}
	return false
}

// near compares at the table's three places.
func near(got float64, want string) bool {
	f := rateOf(want)
	return got > f-0.0006 && got < f+0.0006
}

func TestShippedOffersAreSortedAndUnique(t *testing.T) {
	s := shippedFor(t)
	seen := map[offerKey]bool{}
	last := ""
	for i := range s.Offers {
		o := &s.Offers[i]
		if seen[keyOf(o)] {
			t.Errorf("%s %s is there twice", o.ID(), o.Scope)
		}
		seen[keyOf(o)] = true
		if key := o.Provider + "\x00" + o.NativeID; key < last {
			t.Errorf("%s is out of order", o.ID())
		} else {
			last = key
		}
	}
}

func TestEveryModelHasItsLabAndAName(t *testing.T) {
	s := shippedFor(t)
	for i := range s.Models {
		m := &s.Models[i]
		if lab, _, ok := strings.Cut(m.ID, "/"); !ok || m.Lab != lab || m.Name == "" {
			t.Errorf("model %s has lab %q and name %q", m.ID, m.Lab, m.Name)
		}
	}
}

//go:embed shipped.json
var provenance []byte

func TestTheProvenanceIsThatOfTheFile(t *testing.T) {
	type origin struct {
		ID, Licence string
		AsOf        calendar.Day `json:"as_of"`
	}
	var p struct {
		ID       string
		SHA256   string
		Sources  []origin
		MadeWith map[string]string `json:"made_with"`
	}
	if err := json.Unmarshal(provenance, &p); err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(shippedSnapshot); p.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("shipped.json names sha256 %s, the file has %x", p.SHA256, sum)
	}
	if id := shippedFor(t).ID; p.ID != id {
		t.Errorf("shipped.json names id %s, the file %s", p.ID, id)
	}
	for name, want := range p.MadeWith {
		text, err := os.ReadFile(name)
		if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s changed after the snapshot was made: make it again (docs/catalog.md) (%v)", name, err)
		}
	}
	for _, named := range shippedFor(t).Sources {
		if !slices.Contains(p.Sources, origin{named.ID, named.Licence, named.AsOf}) {
			t.Errorf("shipped.json does not name %s as of %s", named.ID, named.AsOf)
		}
	}
}

// Every id that a list states finds the offer that it stands for, or is named as one of several.
func TestEveryListingIsFoundByItsOwnID(t *testing.T) {
	s := shippedFor(t)
	found := 0
	for i := range s.Offers {
		o := &s.Offers[i]
		for _, r := range o.Evidence {
			got, err := s.Offer(o.Provider+"/"+r.Key, o.Scope)
			var several *AmbiguousError
			switch {
			case err == nil && got.Provider == o.Provider && got.Scope == o.Scope && got.Model == o.Model:
				found++
			case !errors.As(err, &several) || !slices.Contains(several.Candidates, describe([]*Offer{o})[0]):
				t.Errorf("%s %s, listed as %s: found %v, %v", o.ID(), o.Scope, r.Key, got, err)
			}
		}
	}
	if found < 8000 {
		t.Errorf("only %d listings were found", found)
	}
}

// No price is negative, stated twice in a row, or stated as 0 for both input and output of a model that is priced by
// token.
func TestShippedRowsAreSound(t *testing.T) {
	s := shippedFor(t)
	for i := range s.Offers {
		o := &s.Offers[i]
		for _, r := range append(slices.Clone(o.Rows), o.Evidence...) {
			for j, p := range r.Prices {
				if p.Rate < 0 || indexOf(r.Prices, p) != j {
					t.Errorf("%s %s: %s above %d is stated twice or is %s", o.ID(), o.Scope, p.Dimension,
						p.Above, p.Rate)
				}
			}
			if textModes[o.Mode] && r.RatesFor(0).Free() && o.Mode != "embedding" {
				t.Errorf("%s %s costs nothing", o.ID(), o.Scope)
			}
			if r.From == "" || r.AsOf == "" || r.Source == "" {
				t.Errorf("%s %s: a row without date or source: %+v", o.ID(), o.Scope, r)
			}
		}
		open := 0
		for j, r := range o.Rows {
			if j > 0 && r.From < o.Rows[j-1].From {
				t.Errorf("%s %s: rows out of order", o.ID(), o.Scope)
			}
			if r.Status == InForce && r.Until == "" {
				open++
			}
		}
		if open > 1 {
			t.Errorf("%s %s: %d rows are in force at once", o.ID(), o.Scope, open)
		}
	}
}

// A conflict is a real difference from the row in force, of another listing than the row's own.
func TestShippedConflictsAreDifferences(t *testing.T) {
	s := shippedFor(t)
	n := 0
	for i := range s.Offers {
		o := &s.Offers[i]
		row, _ := o.RowAt(s.AsOf)
		for _, c := range o.Conflicts {
			n++
			mine, ok := row.Price(c.Dimension, c.Tier, c.Above+1)
			if !ok || !money.Differs(mine.Rate, c.Rate, conflictPermille) || c.AsOf == "" {
				t.Errorf("%s %s: conflict %+v against %s", o.ID(), o.Scope, c, mine.Rate)
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d conflicts", n)
	}
}
