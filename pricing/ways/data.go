package ways

import (
	"embed"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"

	"headroom/pricing/limit"
)

//go:embed data/*.csv
var dataFiles embed.FS

// record is one row of a data file by column.
type record map[string]string

func (r record) number(column string) float64 {
	v, _ := strconv.ParseFloat(r[column], 64)
	return v
}

// facts are the data files: what sellers publish and what is assumed.
type facts struct {
	leads, assumptions, quotas, ptu, gsu, terms []record
}

// shippedFacts reads the embedded files once.
var shippedFacts = sync.OnceValue(func() facts {
	return facts{readData("leads"), readData("assumptions"), readData("quotas"), readData("ptu"), readData("gsu"), readData("terms")}
})

func readData(name string) []record {
	text, err := dataFiles.ReadFile("data/" + name + ".csv")
	if err != nil {
		panic("ways: a data file is missing from the program: " + err.Error())
	}
	reader := csv.NewReader(strings.NewReader(string(text)))
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil || len(rows) < 2 {
		panic("ways: data/" + name + ".csv cannot be read")
	}
	var list []record
	for _, row := range rows[1:] {
		r := record{}
		for i, column := range rows[0] {
			if i < len(row) {
				r[column] = row[i]
			}
		}
		list = append(list, r)
	}
	return list
}

// lead is the lead time of an action in days, and its source.
func (f facts) lead(a Action) (int, string) {
	for _, r := range f.leads {
		if r["action"] == string(a) {
			return int(r.number("days")), r["source"]
		}
	}
	panic("ways: data/leads.csv lacks " + string(a))
}

func (f facts) assumed(name string) float64 {
	for _, r := range f.assumptions {
		if r["name"] == name {
			return r.number("value")
		}
	}
	panic("ways: data/assumptions.csv lacks " + name)
}

// tier is a documented quota of a seller's model.
type tier struct {
	name, source string
	tpm, rpm     float64
}

// of is the tier's quota of one kind, 0 for a kind that the tables do not hold.
func (t tier) of(kind limit.Kind) float64 {
	switch kind {
	case limit.QuotaTPM:
		return t.tpm
	case limit.QuotaRPM:
		return t.rpm
	default:
		return 0
	}
}

// tiers are the documented quotas of a model, canonical slug "gpt-5-4", in a deployment such as "GlobalStandard".
func (f facts) tiers(provider, slug, deployment string) []tier {
	var list []tier
	for _, r := range f.quotas {
		model, kind, _ := strings.Cut(r["model"], " ")
		if r["provider"] == provider && slugOf(model) == slug && kind == deployment && r.number("tpm") > 0 {
			list = append(list, tier{r["tier"], r["source"] + ", " + r["as_of"], r.number("tpm"), r.number("rpm")})
		}
	}
	return list
}

// unit is a provisioned unit of a seller's model.
type unit struct {
	name                string
	tpm, out, cached    float64
	minimum, step       float64
	month, hour, source string
	reserved            int // months of the term that the price is bound to
}

// unit finds tokens a minute and a price of a seller's provisioned unit, for a use of some months.
func (f facts) unit(provider, slug string, months int) (unit, bool) {
	var u unit
	rows, tpm, out, cached, least, step := f.ptu, "input_tpm_per_ptu", "out_to_in_ratio", "cached_weight", "global_dz_min", "global_dz_increment"
	if provider == "vertex" {
		rows, tpm, out, least, step = f.gsu, "norm_tpm_per_gsu", "out_weight", "min_gsu", "increment"
	}
	for _, r := range rows {
		if r["provider"] == provider && slugOf(r["model"]) == slug && r.number(tpm) > 0 && r[out] != "" && r[cached] != "" {
			u = unit{tpm: r.number(tpm), out: r.number(out), cached: r.number(cached), minimum: r.number(least), step: max(1, r.number(step)), source: r["source"]}
			break
		}
	}
	for _, r := range f.terms {
		if term := int(r.number("months")); r["provider"] == provider && u.tpm > 0 && term <= months {
			u.name, u.month, u.hour, u.reserved = r["unit"], r["price_per_month"], r["price_per_hour"], term
			return u, true
		}
	}
	return u, false
}

func slugOf(model string) string {
	return strings.NewReplacer(".", "-", "_", "-", ":", "-").Replace(strings.ToLower(model))
}
