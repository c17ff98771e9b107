package machines

import (
	"net/url"
	"strings"

	"headroom/app/cells"
	"headroom/pricing/capacity"
	"headroom/views/table"
)

func unitColumns() []table.Column {
	return sourceColumns(
		table.Column{Key: "seller", Label: "Seller"}, table.Column{Key: "model", Label: "Model"},
		table.Column{Key: "unit", Label: "Unit"},
		table.Column{Key: "tokens_per_minute", Label: "A unit carries", Unit: "tokens a minute", Kind: table.Count,
			Help: "Normalised: input not cached + cached weight × cached + output weight × output"},
		table.Column{Key: "output_weight", Label: "Output weight", Kind: table.Unit},
		table.Column{Key: "cached_weight", Label: "Cached weight", Kind: table.Unit},
		table.Column{Key: "minimum", Label: "Minimum", Unit: "units", Kind: table.Count},
		table.Column{Key: "increment", Label: "Step", Unit: "units", Kind: table.Count},
		table.Column{Key: "regional_minimum", Label: "In one region", Unit: "units at least", Kind: table.Count},
		table.Column{Key: "latency", Label: "Latency aim"}, table.Column{Key: "note", Label: "Note", ExportOnly: true})
}

func unitLine(u *capacity.ProvisionedUnit) machineLine {
	return machineRow(u.Seller+"/"+u.Model+"/"+u.Unit, u.Source, map[string]string{"seller": u.Seller, "unit": u.Unit},
		[]table.Cell{
			{Text: machineSeller(u.Seller)}, {Text: u.Model, Note: u.Note}, {Text: u.Unit}, {Value: u.TokensPerMinute},
			cells.QuantityCell(u.OutputWeight), cells.QuantityCell(u.CachedWeight),
			{Value: u.Minimum}, {Value: u.Increment}, unitCell(u.RegionalMinimum), cells.TextCell(u.Latency),
			cells.TextCell(u.Note),
		}, originCells(u.Origin))
}

func unitPriceColumns() []table.Column {
	return sourceColumns(
		table.Column{Key: "seller", Label: "Seller"}, table.Column{Key: "product", Label: "Product"},
		table.Column{Key: "unit", Label: "Unit"},
		table.Column{Key: "term", Label: "Commitment"}, table.Column{Key: "price", Label: "Price", Kind: table.Unit},
		table.Column{Key: "per", Label: "Per"},
		table.Column{Key: "currency", Label: "Currency", ExportOnly: true},
		table.Column{Key: "monthly", Label: "A month", Unit: "USD, 730 hours", Kind: table.Money},
		table.Column{Key: "note", Label: "Note"})
}

func unitPriceLine(p *capacity.UnitPrice) machineLine {
	monthly, known := p.Monthly()
	price := p.Price
	price.Reason, _, _ = strings.Cut(price.Reason, ":") // the note says the rest
	return machineRow(p.Key(), p.Source, map[string]string{"seller": p.Seller, "unit": p.Unit}, []table.Cell{
		{Text: machineSeller(p.Seller)}, {Text: p.Product}, {Text: p.Unit}, cells.TextCell(p.Term),
		machinePriceCell(price), cells.TextCell(p.Per), {Text: p.Currency},
		cells.KnownCell(monthly, known, price.Reason), cells.TextCell(p.Note),
	}, originCells(p.Origin))
}

func quotaColumns() []table.Column {
	return sourceColumns(
		table.Column{Key: "seller", Label: "Seller"}, table.Column{Key: "model", Label: "For"},
		table.Column{Key: "tier", Label: "Tier"},
		table.Column{Key: "rpm", Label: "Requests", Unit: "a minute", Kind: table.Count},
		table.Column{Key: "tpm", Label: "Tokens", Unit: "a minute, in and out", Kind: table.Count},
		table.Column{Key: "input_tpm", Label: "Input tokens", Unit: "a minute", Kind: table.Count},
		table.Column{Key: "output_tpm", Label: "Output tokens", Unit: "a minute", Kind: table.Count},
		table.Column{Key: "monthly_spend", Label: "Spend cap", Unit: "USD a month", Kind: table.Count},
		table.Column{Key: "scope", Label: "One quota is for"},
		table.Column{Key: "note", Label: "Note", ExportOnly: true})
}

func quotaLine(q *capacity.Quota) machineLine {
	return machineRow(q.Key(), q.Source, map[string]string{"seller": q.Seller}, []table.Cell{
		{Text: machineSeller(q.Seller)}, {Text: q.Model, Note: q.Note}, cells.TextCell(q.Tier), unitCell(q.RPM),
		unitCell(q.TPM), unitCell(q.InputTPM), unitCell(q.OutputTPM),
		unitCell(q.MonthlySpend), cells.TextCell(q.Scope), cells.TextCell(q.Note),
	}, originCells(q.Origin))
}

// machineSeller is the name of a seller of machines; an id without one is written as the table has it.
func machineSeller(id string) string {
	names := map[string]string{
		"aws": "AWS", "gcp": "Google Cloud", "azure": "Azure", "oci": "Oracle Cloud", "nebius": "Nebius",
		"crusoe": "Crusoe", "coreweave": "CoreWeave",
		"lambda": "Lambda", "runpod": "RunPod", "hyperstack": "Hyperstack", "digitalocean": "DigitalOcean",
		"vultr": "Vultr", "verda": "Verda", "modal": "Modal",
		"jarvis-labs": "Jarvis Labs", "vertex": "Google Vertex AI", "azure-fireworks": "Azure (Fireworks)",
		"openai": "OpenAI", "anthropic": "Anthropic",
		"bedrock": "AWS Bedrock", "alibaba": "Alibaba Cloud",
	}
	return cells.FirstWord(names[id], id)
}

// termName says a commitment for people.
func termName(term string) string {
	names := map[string]string{
		capacity.OnDemandTerm: "on demand", capacity.SpotTerm: "spot", "capacity_block": "capacity block",
		"3y_rental_market": "3-year rental",
		"owned_4y_tco":     "owned, 4 years",
	}
	return cells.FirstWord(names[term], strings.ReplaceAll(term, "_", " "))
}

func areaName(a capacity.Area) string {
	names := map[capacity.Area]string{capacity.EU: "EU", capacity.India: "India", capacity.Elsewhere: "Elsewhere",
		capacity.NoArea: "Not stated"}
	return cells.FirstWord(names[a], string(a))
}

func queryText(text string) string { return url.QueryEscape(text) }
