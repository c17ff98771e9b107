package app

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/db"
	"headroom/pricing"
	"headroom/pricing/catalog"
)

// savePreset saves an example and gives its address.
func (b *browser) savePreset(name, id string) string {
	b.site.t.Helper()
	preset, ok := pricing.PresetByID(id)
	if !ok {
		b.site.t.Fatalf("no preset %s", id)
	}
	return b.post("/plans", "plan", string(preset.Plan), "name", name).is(303).location
}

func TestTheListShowsWhatEveryPlanCameToWhenItWasSaved(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	walled := b.savePreset("Walled", "chatbot")
	small := b.savePlan("Small", "1")
	i := slices.IndexFunc(s.prices.Offers, func(o catalog.Offer) bool {
		row, _ := o.RowAt("2026-09-30")
		return row != nil && !row.RatesFor(1500).HasOutput
	})
	offer := `{"catalog":"` + s.prices.Offers[i].ID() + `","scope":"` + s.prices.Offers[i].Scope + `"}`
	unpriced := strings.Replace(planDocument("1"), `{"kind":"on_demand","provider":"own","prices":[{"from":"2026-01","input":"2.50","output":"15.00"}]}`, offer, 1)
	unknown := b.post("/plans", "plan", unpriced, "name", "Unpriced").is(303).location
	ctx := t.Context()
	ada, err := s.store.UserByEmail(ctx, "ada@example.org")
	if err != nil {
		t.Fatal(err)
	}
	teams, err := s.store.TeamsOf(ctx, ada.ID)
	if err != nil {
		t.Fatal(err)
	}
	older, err := s.store.Team(teams[0].TeamID).CreatePlan(ctx, ada.ID, db.PlanContent{Name: "Older", Body: planDocument("2"), Start: "2026-09", Months: 24}, "")
	if err != nil {
		t.Fatal(err)
	}
	row := func(address string) string {
		return `#plans tr[data-key="` + strings.TrimPrefix(address, "/plans/") + `"]`
	}

	list := b.get("/plans").is(200)
	list.says(row(walled), "3,880,584.81 USD", "May 2027", "Azure token quota", "24")
	list.says(row(small), "USD", "no limit is entered")
	list.says(row(unknown), "unknown: models.dev states no", "the cost is unknown")
	list.says(row("/plans/"+older.ID), "unknown", "saved before figures were kept")

	// The figure is that of the plan's own page.
	shown := b.get(walled).page.Find(`#comparison tr[data-key="azure"] td[data-value]`).First().AttrOr("data-value", "")
	if kept := list.page.Find(row(walled) + ` td[data-value="` + shown + `"]`).Length(); kept != 1 {
		t.Errorf("the page says %s, the list has it %d times", shown, kept)
	}
	for query, want := range map[string]string{"?sort=cost": "Small Walled", "?sort=-cost": "Walled Small", "?sort=wall": "Walled"} {
		names := strings.Fields(b.get("/plans" + query).is(200).page.Find("#plans tbody th").Text())
		if got := strings.Join(names, " "); !strings.HasPrefix(got, want) || strings.Index(got, "Older") < len(want) || strings.Index(got, "Unpriced") < len(want) {
			t.Errorf("%s: %s, want %s first and what is unknown last", query, got, want)
		}
	}
	b.get(walled+"/versions").says("#versions", "3,880,584.81 USD", "Azure token quota")
	b.post("/plans/"+older.ID+"/versions/1/restore", "version", "1").is(303)
	b.get("/plans").says(row("/plans/"+older.ID), "USD", "no limit is entered")
}

func TestARestoredVersionKeepsTheNameThatThePlanHasNow(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	address := b.savePlan("First name", "40000")
	b.post(address, "plan", planDocument("50000"), "version", "1").is(303)
	b.post(address+"/rename", "name", "New name").is(303)
	b.post(address+"/versions/1/restore", "version", "2").is(303)
	b.get(address+"/versions").says("h1", "New name").says("#versions", "Version 1 restored")
	if document := b.get(address + ".json").body; !strings.Contains(document, "40000") || !strings.Contains(document, `"New name"`) {
		t.Errorf("restored:\n%s", document)
	}
}

func TestWorkloadsStayAsTheyAreArranged(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	arranged := []string{`"chat": {`, `"agent": {`, `"summaries": {`}
	inOrder := func(what, document string) {
		t.Helper()
		document = document[strings.Index(document, `"workloads": {`):]
		at := -1
		for _, name := range arranged {
			next := strings.Index(document, name)
			if next <= at {
				t.Errorf("%s: %s is not where it was", what, name)
			}
			at = next
		}
	}
	example := b.get("/").is(200)
	inOrder("the file of the example", b.get("/plan.json").body)
	saved := b.submit(example, "/plans", "name", "Arranged").is(303).location
	inOrder("the saved plan", b.get(saved+".json").body)
	workloads := func(page *reply) string {
		return strings.Join(page.page.Find(`input[name$=".requests_per_user_day"]`).Map(func(_ int, f *goquery.Selection) string { return f.AttrOr("name", "") }), " ")
	}
	if was, is := workloads(example), workloads(b.get(saved)); was != is || was == "" {
		t.Errorf("the example shows %s, the saved plan %s", was, is)
	}
}

func TestAVersionIsSavedWithWhatChanged(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	if b.get("/").page.Find(`#save [name="note"]`).Length() != 0 {
		t.Error("a first save asks what changed")
	}
	address := b.savePlan("Shared", "40000")
	b.submit(b.get(address), address, "note", "the board's growth").to(address)
	b.get(address+"/versions").says(`#versions tr[data-key="2"]`, "the board's growth")
}

func TestADashInTheMapOfLimitsIsExplained(t *testing.T) {
	b := newSite(t).browser()
	b.get("/").is(200).says("#limits", "–", "A dash: this limit does not bind at any demand.")
}
