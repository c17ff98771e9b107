package importer

import (
	"strings"

	"headroom/pricing/catalog"
)

// meter is what the name of an Azure meter says.
type meter struct {
	model     string // "gpt-4.1"
	scope     string
	dimension catalog.Dimension
	tier      catalog.ServiceTier
	above     int64
}

// meterWords is what the abbreviations of meter names mean; a word that is not here belongs to the model's name.
var meterWords = map[string]string{
	"inp": "input", "inpt": "input", "input": "input", "in": "input",
	"outp": "output", "outpt": "output", "output": "output", "opt": "output", "out": "output",
	"cached": "cached", "cchd": "cached", "ccchd": "cached", "cache": "cached",
	"glbl": "global", "gl": "global", "global": "global",
	"dzone": "datazone", "dz": "datazone", "datazone": "datazone",
	"regnl": "regional", "regional": "regional", "rgnl": "regional",
	"batch": "batch", "pp": "priority", "priority": "priority", "longco": "long",
	"tokens": "", "token": "", "1m": "", "1k": "", "std": "", "rsng": "", "shortco": "",
	"ft": "no", "hosting": "no", "training": "no", "unit": "no", "units": "no", "provisioned": "no",
	"aud": "no", "audio": "no",
	"img": "no", "image": "no", "rt": "no", "realtime": "no", "transcribe": "no", "tts": "no", "grader": "no",
	"grdr": "no", "wr": "no", "write": "no",
}

// longContext is where the long-context meters of GPT-5.4 and later begin, in prompt tokens.
const longContext = 272_000

// parseMeter reads "gpt 4.1 cached Inp glbl Tokens"; reason says why a name is not understood.
func parseMeter(name, region string) (m meter, reason string) {
	name = strings.ReplaceAll(strings.ToLower(clip(name)), "data zone", "datazone")
	found := map[string]bool{}
	var model []string
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
		meaning, known := meterWords[word]
		switch {
		case !known && isRelease(word):
		case !known:
			model = append(model, word)
		case meaning == "no":
			return m, "it meters " + word
		case meaning != "":
			found[meaning] = true
		}
	}
	m.model = strings.Join(model, "-")
	if m.model != "" && m.model[0] >= '0' && m.model[0] <= '9' {
		m.model = "gpt-" + m.model
	}
	m.tier = catalog.Standard
	switch {
	case found["batch"]:
		m.tier = catalog.Batch
	case found["priority"]:
		m.tier = catalog.Priority
	}
	if found["long"] {
		m.above = longContext
	}
	m.dimension, reason = meterDimension(found)
	if reason == "" {
		m.scope, reason = meterScope(found, strings.ToLower(clip(region)))
	}
	if reason == "" && m.model == "" {
		reason = "it names no model"
	}
	return m, reason
}

// isRelease reports whether a word is a release date such as 0718, which is no part of the model's name.
func isRelease(word string) bool {
	return len(word) == 4 && strings.Trim(word, "0123456789") == "" && (word[0] == '0' || word[0] == '1')
}

func meterDimension(found map[string]bool) (catalog.Dimension, string) {
	switch {
	case found["input"] == found["output"]:
		return "", "it does not say whether it meters input or output"
	case found["output"]:
		return catalog.Output, ""
	case found["cached"]:
		return catalog.CacheRead, ""
	}
	return catalog.Input, ""
}

// azureZones are the regions of the two data zones, by the beginning of their names.
var azureZones = map[string][]string{
	"datazone:us": {"eastus", "westus", "centralus", "northcentralus", "southcentralus", "westcentralus"},
	"datazone:eu": {"swedencentral", "westeurope", "northeurope", "francecentral", "germanywestcentral",
		"polandcentral", "spaincentral", "italynorth"},
}

// meterScope reads the deployment type. Both price lists mean Azure's Global deployment by an id without a scope, which
// is the scope default.
func meterScope(found map[string]bool, region string) (scope, reason string) {
	switch {
	case strings.HasPrefix(region, "usgov"), found["regional"]:
		if region == "" {
			return "", "it names no region"
		}
		return "region:" + region, ""
	case found["global"]:
		return "default", ""
	case found["datazone"]:
		for _, zone := range sortedKeys(azureZones) {
			for _, prefix := range azureZones[zone] {
				if strings.HasPrefix(region, prefix) {
					return zone, ""
				}
			}
		}
		return "", "the data zone of region " + region + " is not known"
	}
	return "", "it does not say whether it is global, of a data zone or regional"
}
