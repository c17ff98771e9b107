package lockin

import (
	"regexp"
	"strings"

	"headroom/pricing/catalog"
)

var (
	dayInText = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)
	noFee     = regexp.MustCompile(`(?i)\b(no|none|free)\b`)
)

// FieldWords name what a fact is about: "fine-tuning weight export".
func FieldWords(field string) string {
	return strings.NewReplacer("ft_", "fine-tuning ", "_", " ").Replace(field)
}

// wants is what a fact about a field has to say for the rules to read it; empty when its value does, or when any text
// is good. Only a team's own facts are asked: those on file are kept as their sources put them.
func (f *Fact) wants() string {
	first := strings.ToLower(strings.Trim(strings.SplitN(f.Value, " ", 2)[0], ",;:"))
	switch f.Field {
	case "chips":
		if len(f.chips()) == 0 && !strings.Contains(strings.ToLower(f.Value), "not disclosed") {
			return "must name " + list(chipVendors()) + ", or say not disclosed per model"
		}
	case "egress_tiers":
		if !strings.ContainsAny(f.Value, "0123456789") && !noFee.MatchString(f.Value) {
			return "must state prices of a GB, such as to 10 TB 0.087; above 0.05, or no egress fee"
		}
	case "ft_weight_export":
		if _, known := f.staysInside(); !known {
			return "must begin with y or n"
		}
	case "free_egress_on_exit":
		if first != "yes" && first != "no" && first != "not" {
			return "must begin with yes, no or not applicable"
		}
	case "ft_end_date":
		if _, err := catalog.ParseDate(f.Value); err != nil {
			return "must be a day such as 2027-01-12"
		}
	case "api_sunset":
		if !dayInText.MatchString(f.Value) {
			return "must name a day such as 2027-01-12"
		}
	}
	return ""
}
