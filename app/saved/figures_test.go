package saved_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"headroom/app/sitetest"
	"headroom/db"
	"headroom/pricing/catalog"
)

func TestTheListShowsWhatEveryPlanCameToWhenItWasSaved(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	walled := b.SavePreset("Walled", "chatbot")
	small := b.SavePlan("Small", "1")
	i := slices.IndexFunc(s.Prices.Offers, func(o catalog.Offer) bool {
		row, _ := o.RowAt("2026-09-30")
		return row != nil && !row.RatesFor(1500).HasOutput
	})
	offer := `{"catalog":"` + s.Prices.Offers[i].ID() + `","scope":"` + s.Prices.Offers[i].Scope + `"}`
	unpriced := strings.Replace(sitetest.PlanDocument("1"),
		`{"kind":"on_demand","provider":"own","prices":[{"from":"2026-01","input":"2.50","output":"15.00"}]}`, offer, 1)
	unknown := b.Post("/plans", "plan", unpriced, "name", "Unpriced").Is(303).Location
	ctx := t.Context()
	ada, err := s.Store.UserByEmail(ctx, "ada@example.org")
	if err != nil {
		t.Fatal(err)
	}
	teams, err := s.Store.TeamsOf(ctx, ada.ID)
	if err != nil {
		t.Fatal(err)
	}
	older, err := s.Store.Team(teams[0].TeamID).CreatePlan(ctx, ada.ID,
		db.PlanContent{Name: "Older", Body: sitetest.PlanDocument("2"), Start: "2026-09", Months: 24}, "")
	if err != nil {
		t.Fatal(err)
	}
	row := func(address string) string {
		return `#plans tr[data-key="` + strings.TrimPrefix(address, "/plans/") + `"]`
	}

	list := b.Get("/plans").Is(200)
	list.Says(row(walled), "3,880,584.81 USD", "May 2027", "Azure token quota", "24")
	list.Says(row(small), "USD", "no limit is entered")
	list.Says(row(unknown), "unknown: models.dev states no", "the cost is unknown")
	list.Says(row("/plans/"+older.ID), "unknown", "saved before figures were kept")

	// The figure is that of the plan's own page.
	shown := b.Get(walled).Page.Find(`#comparison tr[data-key="azure"] td[data-value]`).First().AttrOr("data-value", "")
	if kept := list.Page.Find(row(walled) + ` td[data-value="` + shown + `"]`).Length(); kept != 1 {
		t.Errorf("the page says %s, the list has it %d times", shown, kept)
	}
	for query, want := range map[string]string{"?sort=cost": "Small Walled", "?sort=-cost": "Walled Small",
		"?sort=wall": "Walled"} {
		names := strings.Fields(b.Get("/plans" + query).Is(200).Page.Find("#plans tbody th").Text())
		if got := strings.Join(names, " "); !strings.HasPrefix(got, want) || strings.Index(got, "Older") < len(want) ||
			strings.Index(got, "Unpriced") < len(want) {
			t.Errorf("%s: %s, want %s first and what is unknown last", query, got, want)
		}
	}
	b.Get(walled+"/versions").Says("#versions", "3,880,584.81 USD", "Azure token quota")
	b.Post("/plans/"+older.ID+"/versions/1/restore", "version", "1").Is(303)
	b.Get("/plans").Says(row("/plans/"+older.ID), "USD", "no limit is entered")
}

func TestARestoredVersionKeepsTheNameThatThePlanHasNow(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	address := b.SavePlan("First name", "40000")
	b.Post(address, "plan", sitetest.PlanDocument("50000"), "version", "1").Is(303)
	b.Post(address+"/rename", "name", "New name").Is(303)
	b.Post(address+"/versions/1/restore", "version", "2").Is(303)
	b.Get(address+"/versions").Says("h1", "New name").Says("#versions", "Version 1 restored")
	if document := b.Get(address + ".json").Body; !strings.Contains(document, "40000") ||
		!strings.Contains(document, `"New name"`) {
		t.Errorf("restored:\n%s", document)
	}
}

func TestWorkloadsStayAsTheyAreArranged(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
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
	example := b.Get("/").Is(200)
	inOrder("the file of the example", b.Get("/plan.json").Body)
	saved := b.Submit(example, "/plans", "name", "Arranged").Is(303).Location
	inOrder("the saved plan", b.Get(saved+".json").Body)
	workloads := func(page *sitetest.Reply) string {
		return strings.Join(page.Page.Find(`input[name$=".requests_per_user_day"]`).
			Map(func(_ int, f *goquery.Selection) string { return f.AttrOr("name", "") }), " ")
	}
	if was, is := workloads(example), workloads(b.Get(saved)); was != is || was == "" {
		t.Errorf("the example shows %s, the saved plan %s", was, is)
	}
}

func TestAVersionIsSavedWithWhatChanged(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	if b.Get("/").Page.Find(`#save [name="note"]`).Length() != 0 {
		t.Error("a first save asks what changed")
	}
	address := b.SavePlan("Shared", "40000")
	b.Submit(b.Get(address), address, "note", "the board's growth").To(address)
	b.Get(address+"/versions").Says(`#versions tr[data-key="2"]`, "the board's growth")
}

func TestADashInTheMapOfLimitsIsExplained(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	b.Get("/").Is(200).Says("#limits", "–", "A dash: this limit does not bind at any demand.")
}
