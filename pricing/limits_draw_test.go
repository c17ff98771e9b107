package pricing

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// limitedPlan draws a valid plan in which every kind of limit, commitment and credit may occur, sized so that each
// binds now and then.
type limitedPlan struct{ drawnPlan }

// number spreads over the range, the ends included: rapid by itself prefers small numbers, with which little binds.
func (d limitedPlan) number(label string, low, high float64) string {
	draw := rapid.Uint16().Draw(d.T, label)
	switch draw % 17 {
	case 0:
		return fmt.Sprintf("%.4f", low)
	case 1:
		return fmt.Sprintf("%.4f", high)
	}
	return fmt.Sprintf("%.4f", low+(high-low)*float64(draw*40503)/65536)
}

func (d limitedPlan) some(label, text string) string {
	if d.chance(label) {
		return text
	}
	return ""
}

func (d limitedPlan) steps(label string, low, high float64) string {
	if d.chance(label + " is constant") {
		return d.number(label, low, high)
	}
	return fmt.Sprintf(`[{"from":"2027-0%d","value":%s},{"from":"2027-05","value":%s}]`,
		rapid.IntRange(1, 4).Draw(d.T, label+" from"), d.number(label, low, high), d.number(label, low, high))
}

func (d limitedPlan) common() string {
	return fmt.Sprintf(`"provider":"%s","output_weight":%s,"cached_input_weight":%s`,
		rapid.SampledFrom([]string{"azure", "bedrock", "vertex"}).Draw(d.T, "provider"),
		d.number("output weight", 0, 6), d.number("cached weight", 0, 1)) +
		d.some("quota", `,"quota":{"tokens_per_minute":`+d.steps("tpm", 0, 30000)+
			d.some("rpm", `,"requests_per_minute":`+d.number("rpm", 0, 20))+`}`) +
		d.some("counts max", `,"quota_counts_max_tokens":true`)
}

func (d limitedPlan) onDemand(i int) string {
	return fmt.Sprintf(
		`"d%d":{"kind":"on_demand",%s,"batch_multiplier":0.5,"prices":[{"from":"2027-01","input":%s,"cache_read":0.2,"output":%s}]`,
		i, d.common(), d.number("input", 0, 6), d.number("output", 0, 20)) +
		d.some("tiers", `,"volume_tiers":[{"up_to_mtok":"50","multiplier":"1"},{"up_to_mtok":"120","multiplier":"0.8"},{"multiplier":"0.6"}]`) +
		d.some("later", `,"available_from":"2027-03"`) +
		d.some("retires", `,"retires":"2027-04"`+d.some("succeeds", `,"successor":"d2"`)) + `}`
}

func (d limitedPlan) provisioned(i int) string {
	return fmt.Sprintf(
		`"p%d":{"kind":"provisioned",%s,"tokens_per_minute_per_unit":1000,"lots":[{"from":"2027-01","units":%s,"price_per_month":%s},{"from":"2027-03","months":2,"units":%s,"price_per_hour":0.1}]`,
		i, d.common(), d.number("units", 0, 20), d.number("unit price", 0, 100), d.number("more units", 0, 5)) +
		d.some("spills", fmt.Sprintf(`,"spill_to":"%s"`, rapid.SampledFrom([]string{"d0", "d1", "d2", "g0"}).Draw(d.T, "spill"))) + `}`
}

func (d limitedPlan) gpu(i int) string {
	return fmt.Sprintf(`"g%d":{"kind":"gpu","provider":"colo","gpu_pool":"pool","output_weight":%s}`,
		i, d.number("output weight", 0, 6))
}

func (d limitedPlan) routes(multipliers bool) string {
	offers := rapid.Permutation([]string{"d0", "d1", "d2", "p0", "p1", "g0", "g1"}).Draw(d.T, "offers")
	n := rapid.IntRange(1, 3).Draw(d.T, "routes")
	list := make([]string, n)
	for i := range n {
		share := fmt.Sprintf("%.3f", 1/float64(n))
		if d.chance("thin") {
			share = "0.02"
		}
		if n == 3 && share != "0.02" {
			share = "0.333"
		}
		list[i] = fmt.Sprintf(`{"offer":"%s","share":%s}`, offers[i], share)
	}
	return strings.Join(list, ",")
}

func (d limitedPlan) work(i, segments, blocks int) string {
	peak := map[int]string{1: "", 2: `"peak_to_average":2,`, 3: `"load_multipliers":[2,1,0.5],`}[blocks]
	return fmt.Sprintf(
		`"w%d":{"segment":"s%d","team":"t%d",%s"requests_per_user_day":%s,"input_tokens":%s,"output_tokens":%s,"max_output_tokens":600,"cache_read_share":%s,"batch_share":%s,"routes":[%s]%s}`,
		i, i%segments, i%2, peak, d.number("requests", 0, 8), d.number("in", 0, 2500), d.number("out", 0, 500),
		d.number("cached", 0, 0.9),
		rapid.SampledFrom([]string{"0", "0.3"}).Draw(d.T, "batch"), d.routes(false),
		d.some("season", `,"season":[1,1,0,1,1.5,1,1,1,1,1,1,1]`))
}

func (d limitedPlan) curve() string {
	return rapid.SampledFrom([]string{
		`{"curve":"exponential","start":%s,"monthly_growth":0.2}`,
		`{"curve":"exponential","start":%s,"monthly_growth":-0.1}`,
		`{"curve":"table","values":[0,0,%s,2000,0,900]}`, `{"curve":"table","values":[%s,0,500,2000,0,900]}`}).
		Draw(d.T, "curve")
}

func (d limitedPlan) finance() string {
	list := []string{`"opening_cash":` + d.number("cash", -1000, 4000), `"other_opex":` + d.number("opex", 0, 500)}
	if d.chance("budget") {
		list = append(list, `"monthly_budget":`+d.steps("budget", 0, 4000))
	}
	if d.chance("margin") {
		list = append(list, `"min_gross_margin":`+d.number("margin", -0.5, 0.9))
	}
	if d.chance("min cash") {
		list = append(list, `"min_cash":`+d.number("min cash", -2000, 3000))
	}
	if d.chance("enforce") {
		list = append(list, `"enforce":`+
			rapid.SampledFrom([]string{`[]`, `["quota_tpm","margin"]`, `["power","gpu","budget","cash","spend_cap"]`,
				`["power","gpu","provisioned","quota_tpm","quota_rpm","spend_cap","budget","margin","cash"]`}).
				Draw(d.T, "enforced"))
	}
	return strings.Join(list, ",")
}

func (d limitedPlan) commitments() string {
	list := ""
	if d.chance("commitment") {
		list = fmt.Sprintf(`,"commitments":[{"id":"edp","providers":["aws","azure"],"discount":%s,"carry_share":0.2,"periods":[{"from":"2026-12","months":3,"amount":%s},{"from":"2027-03","months":2,"amount":%s},{"from":"2027-06","months":3,"amount":500}]},
		  {"id":"second","providers":["gcp","azure"],"discount":0.1,"periods":[{"from":"2027-02","months":3,"amount":%s}]}]`,
			d.number("discount", 0, 0.5), d.number("amount", 0, 3000), d.number("amount", 0, 3000),
			d.number("amount", 0, 1000))
	}
	if d.chance("credits") {
		list += fmt.Sprintf(
			`,"credits":[{"id":"a","providers":["azure","gcp"],"amount":%s,"from":"2027-02","expires":"2027-04","max_share":%s},{"id":"b","providers":["aws","azure"],"amount":%s,"monthly_cap":%s}]`,
			d.number("credit", 0, 2000), d.number("share", 0, 1), d.number("credit", 0, 5000), d.number("cap", 0, 500))
	}
	if d.chance("caps") {
		list += `,"spend_caps":{"aws":` + d.steps("cap", 0, 1500) + `,"vertex":` + d.number("cap", 0, 1500) + `}`
	}
	return list
}

// text draws the plan.
func (d limitedPlan) text() string {
	segments, blocks := rapid.IntRange(1, 3).Draw(d.T, "segments"), rapid.IntRange(1, 3).Draw(d.T, "blocks")
	var segmentList, workloadList []string
	for i := range segments {
		users := d.curve()
		segmentList = append(segmentList, fmt.Sprintf(`"s%d":{"users":%s,"revenue_per_user":%s}`, i, fmt.Sprintf(users, d.number("users", 1, 2000)), d.number("revenue", 0, 4)))
	}
	for i := range rapid.IntRange(1, 4).Draw(d.T, "workloads") {
		workloadList = append(workloadList, d.work(i, segments, blocks))
	}
	offers := strings.Join(
		[]string{d.onDemand(0), d.onDemand(1),
			strings.Replace(strings.Replace(d.onDemand(2), `,"successor":"d2"`, "", 1), `,"available_from":"2027-03"`,
				"", 1), d.provisioned(0), d.provisioned(1), d.gpu(0), d.gpu(1)}, ",")
	profile := map[int]string{1: "[1]", 2: "[0.2,0.8]", 3: "[0.2,0.4,0.4]"}[blocks]
	return fmt.Sprintf(`{"schema":"headroom.plan/v1","start":"2027-01","months":6,"load_profile":%s,"segments":{%s},"workloads":{%s},"offers":{%s},
	  "gpu_pools":{"pool":{"tokens_per_second_per_gpu":10,"max_utilization":0.8,"kw_per_gpu":1,"pue":1.2%s,"lots":[{"from":"2027-01","gpus":%s,"price_per_hour":0.05}]}},
	  "sites":{"site":{"lots":[{"from":"2027-01","megawatts":%s},{"from":"2027-04","megawatts":0.004}]}},
	  "finance":{%s}%s%s}`, profile, join(segmentList), join(workloadList), offers, d.some("sited", `,"site":"site"`), d.number("gpus", 0, 30), d.number("megawatts", 0, 0.02),
		d.finance(), d.commitments(), d.some("lost", `,"lost_users_stay_lost":true`))
}
