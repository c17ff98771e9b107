package app

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"headroom/views"
)

func TestTheEvidenceSaysWhatWasPublishedAndWhatItIsNot(t *testing.T) {
	b := newSite(t).browser()
	a := b.get("/evidence").is(http.StatusOK)
	a.says("h1", "10.5 M USD for a megawatt and year")
	a.says("main", "1.023", "They describe one company; they are no law", "directly tracks available compute", "Sarah Friar", "Three points", "training and for inference is not split",
		"13.1 (CNBC/Reuters 2026-02-20)", "R² 0.9998", "10.47 billion USD for a gigawatt", "1.000 from 2023 to 2024 and 1.044 from 2024 to 2025", "Deals on compute")
	a.says("#evidence-twin", "~1.9", "20+", "not in these reports")
	if a.page.Find(`#own-title`).Length() > 0 {
		t.Error("a page without a plan speaks of one")
	}
	for path, want := range map[string]int{"/evidence/series.csv": 4, "/evidence/deals.csv": 35} {
		lines, err := csv.NewReader(strings.NewReader(b.get(path).is(http.StatusOK).body)).ReadAll()
		if err != nil || len(lines) != want {
			t.Errorf("%s has %d lines, want %d: %v", path, len(lines), want, err)
		}
	}
}

func TestThePlansOwnPointStandsBesideTheSeries(t *testing.T) {
	b := newSite(t).browser()
	plan := b.get("/").is(http.StatusOK)
	link := plan.page.Find(`a:contains("How compute and revenue moved together")`).AttrOr("href", "")
	without := b.get(link + "?from=chatbot").is(http.StatusOK)
	without.says("main", "Your plan beside it", "sellers of an API publish no power", "Compute elasticity", "Revenue limited by compute")

	patch := `{"gpu_pools":{"h":{"tokens_per_second_per_gpu":"3000","kw_per_gpu":"1.73","lots":[{"from":"2027-01","gpus":"64","price_per_hour":"3"}]}},
	  "offers":{"own":{"kind":"gpu","provider":"nebius","gpu_pool":"h"}},"workloads":{"chat":{"routes":[{"offer":"own","share":"1"}]}}}`
	with := b.get("/evidence?" + url.Values{"from": {"chatbot"}, "d": {patch}}.Encode()).is(http.StatusOK)
	with.says("#evidence-twin", "This plan, December 2028")
	with.says("main", "On the fit, the plan's power would go with")
	var chart views.Chart
	if err := json.Unmarshal([]byte(with.page.Find("#evidence-data").Text()), &chart); err != nil {
		t.Fatal(err)
	}
	if len(chart.X) != 4 || len(chart.Series) != 3 || chart.Series[2].Role != "own" || chart.Series[2].Values[3] == nil || chart.Series[0].Values[3] != nil {
		t.Errorf("the chart is %+v", chart)
	}
	for _, s := range chart.Series {
		if len(s.Values) != len(chart.Categories) || len(s.Texts) != len(chart.Categories) {
			t.Errorf("%s has %d values and %d texts for %d points", s.Name, len(s.Values), len(s.Texts), len(chart.Categories))
		}
	}
}

func TestASavedPlansEvidenceIsForItsTeam(t *testing.T) {
	s := newSite(t)
	ann := s.member("Ann")
	id := strings.TrimPrefix(ann.savePlan("Ours", "1000"), "/plans/")
	ann.get("/plans/"+id+"/evidence").is(http.StatusOK).says("main", "Your plan beside it")
	s.member("Bob").get("/plans/" + id + "/evidence").is(http.StatusNotFound)
	s.browser().get("/plans/" + id + "/evidence").is(http.StatusSeeOther)
}
