package evidence_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"headroom/app/sitetest"
	"headroom/views/ui"
)

func TestTheEvidenceSaysWhatWasPublishedAndWhatItIsNot(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	a := b.Get("/evidence").Is(http.StatusOK)
	a.Says("h1", "10.5 M USD for a megawatt and year")
	a.Says("main", "1.023", "They describe one company; they are no law", "directly tracks available compute",
		"Sarah Friar", "Three points", "training and for inference is not split",
		"13.1 (CNBC/Reuters 2026-02-20)", "R² 0.9998", "10.47 billion USD for a gigawatt",
		"1.000 from 2023 to 2024 and 1.044 from 2024 to 2025", "Deals on compute")
	a.Says("#evidence-twin", "~1.9", "20+", "not in these reports")
	if a.Page.Find(`#own-title`).Length() > 0 {
		t.Error("a page without a plan speaks of one")
	}
	for path, want := range map[string]int{"/evidence/series.csv": 4, "/evidence/deals.csv": 35} {
		lines, err := csv.NewReader(strings.NewReader(b.Get(path).Is(http.StatusOK).Body)).ReadAll()
		if err != nil || len(lines) != want {
			t.Errorf("%s has %d lines, want %d: %v", path, len(lines), want, err)
		}
	}
}

func TestThePlansOwnPointStandsBesideTheSeries(t *testing.T) {
	b := sitetest.NewSite(t).Browser()
	plan := b.Get("/").Is(http.StatusOK)
	link := plan.Page.Find(`a:contains("How compute and revenue moved together")`).AttrOr("href", "")
	without := b.Get(link + "?from=chatbot").Is(http.StatusOK)
	without.Says("main", "Your plan beside it", "sellers of an API publish no power", "Compute elasticity",
		"Revenue limited by compute")

	patch := `{"gpu_pools":{"h":{"tokens_per_second_per_gpu":"3000","kw_per_gpu":"1.73","lots":[{"from":"2027-01","gpus":"64","price_per_hour":"3"}]}},
	  "offers":{"own":{"kind":"gpu","provider":"nebius","gpu_pool":"h"}},"workloads":{"chat":{"routes":[{"offer":"own","share":"1"}]}}}`
	with := b.Get("/evidence?" + url.Values{"from": {"chatbot"}, "d": {patch}}.Encode()).Is(http.StatusOK)
	with.Says("#evidence-twin", "This plan, December 2028")
	with.Says("main", "On the fit, the plan's power would go with")
	var chart ui.Chart
	if err := json.Unmarshal([]byte(with.Page.Find("#evidence-data").Text()), &chart); err != nil {
		t.Fatal(err)
	}
	if len(chart.X) != 4 || len(chart.Series) != 3 || chart.Series[2].Role != "own" ||
		chart.Series[2].Values[3] == nil || chart.Series[0].Values[3] != nil {
		t.Errorf("the chart is %+v", chart)
	}
	for _, s := range chart.Series {
		if len(s.Values) != len(chart.Categories) || len(s.Texts) != len(chart.Categories) {
			t.Errorf("%s has %d values and %d texts for %d points", s.Name, len(s.Values), len(s.Texts),
				len(chart.Categories))
		}
	}
}

func TestASavedPlansEvidenceIsForItsTeam(t *testing.T) {
	s := sitetest.NewSite(t)
	ann := s.Member("Ann")
	id := strings.TrimPrefix(ann.SavePlan("Ours", "1000"), "/plans/")
	ann.Get("/plans/"+id+"/evidence").Is(http.StatusOK).Says("main", "Your plan beside it")
	s.Member("Bob").Get("/plans/" + id + "/evidence").Is(http.StatusNotFound)
	s.Browser().Get("/plans/" + id + "/evidence").Is(http.StatusSeeOther)
}
