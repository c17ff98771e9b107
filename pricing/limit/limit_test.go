package limit

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestIDsOfKindsDoNotChange: files, addresses and answers of the API hold these words.
func TestIDsOfKindsDoNotChange(t *testing.T) {
	want := []string{"power", "gpu", "provisioned", "quota_tpm", "quota_rpm", "spend_cap", "budget", "margin", "cash",
		"latency", "context", "residency", "modality", "unrouted"}
	var got []string
	for _, k := range Kinds() {
		got = append(got, k.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("the kinds are %v, want %v", got, want)
	}
	if got := Enforceable(); !slices.Equal(got, want[:9]) {
		t.Errorf("a plan may enforce %v, want %v", got, want[:9])
	}
}

func TestEveryKindHasItsFacts(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds() {
		if k.String() == "" || k.Noun() == "" || k.Group() == 0 || k.Subject() == 0 {
			t.Errorf("kind %d lacks facts: %+v", k, table[k])
		}
		if seen[k.String()] {
			t.Errorf("two kinds are called %s", k)
		}
		seen[k.String()] = true
		if k.PassFail() != (k.Unit() == Uncounted) || k.PassFail() != (k.Subject() == OfRoute) {
			t.Errorf("%s: what passes or fails has a route and no unit", k)
		}
		if k.Floor() && k.Group() != MoneyKinds {
			t.Errorf("%s: only a limit of money can want more users", k)
		}
	}
}

func TestKindsOfAGroupStandTogetherInOrder(t *testing.T) {
	if !slices.IsSortedFunc(Kinds(), func(a, b Kind) int { return int(a.Group()) - int(b.Group()) }) {
		t.Error("growth serves physical limits before money: the groups may not be mixed")
	}
}

// TestEveryQuotaHasAFieldOfThePlan: forms and checks find the field by the unit.
func TestEveryQuotaHasAFieldOfThePlan(t *testing.T) {
	seen := map[Unit]bool{}
	for _, k := range Kinds(QuotaKinds) {
		if u := k.Unit(); u.Field() == "" || u.Words() == "" || u.Short() == "" || seen[u] || k.Subject() != OfOffer {
			t.Errorf("%s needs an offer and a unit of its own with a field and words", k)
		}
		seen[k.Unit()] = true
	}
}

func TestIDsAreReadAndWritten(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       ID
		ok         bool
	}{
		{"a quota of an offer", "quota_tpm:azure", QuotaTPM.Of("azure"), true},
		{"a limit of the plan", "budget:plan", Budget.Of(Plan), true},
		{"a need of a route", "context:chat/azure", Context.Of("chat/azure"), true},
		{"a later colon belongs to the subject", "power:a:b", Power.Of("a:b"), true},
		{"no text is no limit", "", ID{}, false},
		{"a kind that does not exist", "luck:plan", ID{}, false},
		{"a kind without a subject", "budget", ID{}, false},
		{"an empty subject", "budget:", ID{}, false},
		{"no kind", ":plan", ID{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, ok := Parse(tt.text); got != tt.want || ok != tt.ok {
				t.Errorf("Parse(%q) is %v, %v, want %v, %v", tt.text, got, ok, tt.want, tt.ok)
			}
		})
	}
	if workload, offer := Unrouted.Of("chat/-").Route(); workload != "chat" || offer != "-" {
		t.Errorf("the route of unrouted:chat/- is %q and %q", workload, offer)
	}
}

func TestIDsSurviveJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SampledFrom(Kinds()).Draw(t, "kind").Of(rapid.StringMatching(`[a-z0-9._:/-]+`).Draw(t, "subject"))
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got ID
		if err := json.Unmarshal(text, &got); err != nil || got != want {
			t.Errorf("%s came back as %v: %v", text, got, err)
		}
	})
	var id ID
	if err := json.Unmarshal([]byte(`"luck:plan"`), &id); err == nil {
		t.Error("an unknown kind was read")
	}
	if err := json.Unmarshal([]byte(`""`), &id); err != nil || id != (ID{}) {
		t.Errorf("an empty id is no limit: %v, %v", id, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"quota_tpm:azure", "budget:plan", "unrouted:chat/-", "", ":", "gpu:"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if id, ok := Parse(text); ok && id.String() != text {
			t.Errorf("%q was read as %v", text, id)
		}
	})
}
