package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/catalog"
)

func shippedSnapshot(t *testing.T) *catalog.Snapshot {
	t.Helper()
	s, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sellersLines(t *testing.T, models ...string) []sellersLine {
	t.Helper()
	var out strings.Builder
	if err := Sellers(&out, shippedSnapshot(t), models); err != nil {
		t.Fatal(err)
	}
	var lines []sellersLine
	for text := range strings.Lines(out.String()) {
		var line sellersLine
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		lines = append(lines, line)
	}
	return lines
}

func providers(line sellersLine) []string {
	var ids []string
	for _, s := range line.Sellers {
		ids = append(ids, s.Provider)
	}
	return ids
}

func TestSellersNamesEverySellerOfAModelUnderOneID(t *testing.T) {
	line := sellersLines(t, "anthropic/claude-sonnet-4-5")[0]
	if line.Model != "anthropic/claude-sonnet-4-5" || line.Lab != "anthropic" || line.AsOf != "2026-08-01" ||
		line.OpenWeights == nil || *line.OpenWeights {
		t.Errorf("line %+v", line)
	}
	got := strings.Join(providers(line), " ")
	for _, want := range []string{"anthropic", "azure", "bedrock", "databricks", "snowflake", "vertex"} {
		if !strings.Contains(" "+got+" ", " "+want+" ") {
			t.Errorf("%s is missing among %s", want, got)
		}
	}
	for _, s := range line.Sellers {
		if s.Provider != "bedrock" {
			continue
		}
		for _, o := range s.Offers {
			if o.ID == "anthropic.claude-sonnet-4-5-20250929-v1:0" && o.Scope == "in-region" &&
				(*o.Input != "3.3" || *o.Output != "16.5" || *o.Source != "curated") {
				t.Errorf("in-region offer %s/%s from %s", *o.Input, *o.Output, *o.Source)
			}
		}
	}
}

func TestSellersTakesOtherSpellingsOfAnID(t *testing.T) {
	for _, typed := range []string{"Anthropic/Claude-Sonnet-4.5", "meta/llama-3.3-70b-instruct"} {
		if lines := sellersLines(t, typed); len(lines) != 1 || len(lines[0].Sellers) < 5 {
			t.Errorf("%s: %+v", typed, lines)
		}
	}
}

func TestSellersWithoutModelsListsAllAndTheUnmapped(t *testing.T) {
	lines := sellersLines(t)
	seen := map[string]bool{}
	unknown := 0
	for _, line := range lines {
		if seen[line.Model] {
			t.Errorf("%s is listed twice", line.Model)
		}
		seen[line.Model] = true
		if strings.HasPrefix(line.Model, unmapped) {
			unknown++
		}
		if len(line.Sellers) == 0 {
			t.Errorf("%s has no seller", line.Model)
		}
		if diff := cmp.Diff(uniq(providers(line)), providers(line)); diff != "" {
			t.Errorf("%s: a seller is listed twice: %s", line.Model, diff)
		}
	}
	if len(lines) < 1500 || unknown == 0 {
		t.Errorf("%d lines, %d unmapped", len(lines), unknown)
	}
	again := sellersLines(t, unmapped+"azure/model_router")
	if len(again) != 1 || again[0].Sellers[0].Provider != "azure" || again[0].Lab != "" {
		t.Errorf("an unmapped id: %+v", again)
	}
}

func uniq(ids []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] {
			out = append(out, id)
		}
		seen[id] = true
	}
	return out
}

func TestAnUnknownModelIsAnErrorAndNothingIsWritten(t *testing.T) {
	for _, typed := range []string{"anthropic/claude-99", "nonsense", unmapped + "azure/nothing", ""} {
		var out strings.Builder
		err := Sellers(&out, shippedSnapshot(t), []string{"anthropic/claude-sonnet-4-5", typed})
		if err == nil || out.Len() > 0 || !strings.Contains(err.Error(), "2026-08-01") {
			t.Errorf("%q: error %v and %d bytes written", typed, err, out.Len())
		}
	}
}

func TestAnUnknownPriceIsNull(t *testing.T) {
	for _, line := range sellersLines(t, "anthropic/claude-mythos-preview") {
		for _, s := range line.Sellers {
			for _, o := range s.Offers {
				if s.Provider == "bedrock" && (o.Input != nil || o.Output != nil) {
					t.Errorf("%s at %s is priced", o.ID, s.Provider)
				}
			}
		}
	}
}

func TestCatalogImportReportsAndDiffLists(t *testing.T) {
	base := shippedSnapshot(t)
	table := "provider,id,input,output\nopenai,gpt-5.5,4,24\nopenai,\n"
	next, report, err := CatalogImport(strings.NewReader(table), "csv", "2026-09-01", base)
	if err != nil {
		t.Fatal(err)
	}
	if report.Changed != 1 || report.Added != 0 || report.Snapshot != next.ID || len(report.Warnings) != 1 ||
		report.Unmapped == 0 || report.Conflicts == 0 {
		t.Errorf("report %+v", report)
	}
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{`"snapshot"`, `"added"`, `"changed"`, `"withdrawn"`, `"unmapped"`,
		`"conflicts"`, `"warnings":[{"path":"line 3"`} {
		if !strings.Contains(string(text), field) {
			t.Errorf("%s lacks %s", text, field)
		}
	}
	var out strings.Builder
	if err := CatalogDiff(&out, base, next); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(),
		`{"offer":"openai/gpt-5.5","scope":"default","kind":"changed","dimension":"input","service_tier":"standard","before":"5","after":"4","as_of":"2026-09-01","source":"own"}`) {
		t.Errorf("differences\n%s", out.String())
	}
}

func TestCatalogImportRefusesAnUnknownFormatAndABrokenFile(t *testing.T) {
	if _, _, err := CatalogImport(strings.NewReader("{}"), "xml", "2026-09-01", nil); err == nil ||
		!strings.Contains(err.Error(), "litellm") {
		t.Errorf("error %v, want the formats named", err)
	}
	if _, _, err := CatalogImport(strings.NewReader("{\n,}"), "litellm", "2026-09-01", nil); err == nil ||
		!strings.Contains(err.Error(), "line 2") {
		t.Errorf("error %v, want the line", err)
	}
}
