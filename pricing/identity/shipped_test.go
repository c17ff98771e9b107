package identity_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/catalog"
	"headroom/pricing/identity"
)

// planProviders are the sellers that the plan format names.
const planProviders = "azure bedrock vertex gemini-api openai anthropic mistral cohere deepseek xai groq together " +
	"fireworks cerebras oci databricks snowflake watsonx nebius scaleway ovh alibaba"

func shipped(t *testing.T) *catalog.Snapshot {
	t.Helper()
	s, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// spellings is every id that a source gives an offer.
func spellings(o *catalog.Offer) []string { return append([]string{o.NativeID}, o.Aliases...) }

func TestEveryShippedIDReadsAsItsOffersModel(t *testing.T) {
	for _, o := range shipped(t).Offers {
		for _, id := range spellings(&o) {
			got := identity.Native(o.Provider, id)
			if got.Provider != o.Provider || got.Model != o.Model {
				t.Errorf("%s %q: got %s %q, the snapshot has %q", o.Provider, id, got.Provider, got.Model, o.Model)
			}
			if again, ok := identity.Canonical(got.Model); got.Model != "" && (!ok || again != got.Model) {
				t.Errorf("%s %q: the canonical form of %q is %q", o.Provider, id, got.Model, again)
			}
		}
	}
}

func TestWhoPricesWhichModel(t *testing.T) {
	s, of22 := shipped(t), strings.Fields(planProviders)
	for _, f := range readCSV(t, "testdata/sellers-of-models.csv", 4)[1:] {
		want := strings.Split(f[1], ";")
		if f[2] != "" {
			want = append(want, strings.Split(f[2], ";")...)
		}
		var got []string
		for _, o := range s.OffersOf(f[0]) {
			row, _ := o.RowAt(s.AsOf)
			if row == nil || !slices.Contains(of22, o.Provider) {
				continue
			}
			if _, priced := row.Price(catalog.Input, catalog.Standard, 0); priced {
				got = append(got, o.Provider)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, slices.Compact(got)); diff != "" {
			t.Errorf("%s: sellers -want +got\n%s", f[0], diff)
		}
	}
}

// The share that is mapped may rise; what stays unmapped is price classes, tools and routers that choose a model.
func TestMostIDsAreMapped(t *testing.T) {
	s := shipped(t)
	all, mapped := map[string]int{}, map[string]int{}
	total, totalMapped := 0, 0
	for _, o := range s.Offers {
		all[o.Provider]++
		total++
		if o.Model != "" {
			mapped[o.Provider]++
			totalMapped++
		}
	}
	for _, provider := range strings.Fields(planProviders) {
		share := float64(mapped[provider]) / float64(all[provider])
		t.Logf("%-11s %4d of %4d ids mapped, %.1f %%", provider, mapped[provider], all[provider], 100*share)
		if share < 0.87 {
			t.Errorf("%s: only %.0f %% mapped", provider, 100*share)
		}
	}
	if share := float64(totalMapped) / float64(total); share < 0.97 {
		t.Errorf("%d of %d ids mapped, %.1f %%", totalMapped, total, 100*share)
	}
}
