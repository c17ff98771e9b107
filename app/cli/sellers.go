package cli

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// unmapped begins the line of an id that belongs to no known model: "unmapped:provider/native-id".
const unmapped = "unmapped:"

// sellersLine is one model and who sells it. Prices are exact USD per 1,000,000 tokens on the snapshot's date; null is
// unknown.
type sellersLine struct {
	Model       string         `json:"model"`
	Lab         string         `json:"lab"`
	OpenWeights *bool          `json:"open_weights"`
	AsOf        calendar.Day   `json:"as_of"`
	Sellers     []sellerOffers `json:"sellers"`
}

type sellerOffers struct {
	Provider string      `json:"provider"`
	Offers   []offerLine `json:"offers"`
}

type offerLine struct {
	ID     string        `json:"id"`
	Scope  string        `json:"scope"`
	Input  *string       `json:"input"`
	Output *string       `json:"output"`
	Source *string       `json:"source"`
	AsOf   *calendar.Day `json:"as_of"`
}

// Sellers writes a line for each of the models, for all of them and the unmapped ids if none is named. An unknown model
// is an error, before anything is written.
func Sellers(out io.Writer, s *catalog.Snapshot, models []string) error {
	lines, err := sellersOf(s, models)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	for _, line := range lines {
		if err := writeJSON(buffered, line); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

func sellersOf(s *catalog.Snapshot, models []string) ([]sellersLine, error) {
	if len(models) == 0 {
		return allSellers(s), nil
	}
	var lines []sellersLine
	for _, typed := range models {
		if id, ok := strings.CutPrefix(typed, unmapped); ok {
			offers := withoutModel(s.Find(id))
			if len(offers) == 0 {
				return nil, fmt.Errorf("%s: no unmapped offer has this id as of %s", typed, s.AsOf)
			}
			lines = append(lines, lineOf(s, typed, offers))
			continue
		}
		id := modelID(s, typed)
		offers := s.OffersOf(id)
		if len(offers) == 0 {
			return nil, fmt.Errorf("%s: unknown model; no source lists it as of %s (want lab/slug such as "+
				"anthropic/claude-sonnet-4-5)", typed, s.AsOf)
		}
		lines = append(lines, lineOf(s, id, offers))
	}
	return lines, nil
}

func allSellers(s *catalog.Snapshot) []sellersLine {
	var lines []sellersLine
	for i := range s.Models {
		id := s.Models[i].ID
		lines = append(lines, lineOf(s, id, s.OffersOf(id)))
	}
	seen := map[string]bool{}
	for i := range s.Offers {
		if id := s.Offers[i].ID(); s.Offers[i].Model == "" && !seen[id] {
			seen[id] = true
			lines = append(lines, lineOf(s, unmapped+id, withoutModel(s.Find(id))))
		}
	}
	return lines
}

func withoutModel(offers []*catalog.Offer) []*catalog.Offer {
	var out []*catalog.Offer
	for _, o := range offers {
		if o.Model == "" {
			out = append(out, o)
		}
	}
	return out
}

// lineOf groups offers, which are sorted by provider, by seller.
func lineOf(s *catalog.Snapshot, id string, offers []*catalog.Offer) sellersLine {
	line := sellersLine{Model: id, AsOf: s.AsOf, Sellers: []sellerOffers{}}
	if m, ok := s.Model(id); ok {
		line.Lab, line.OpenWeights = m.Lab, boolOf(m.OpenWeights)
	}
	for _, o := range offers {
		if line.Lab == "" {
			line.Lab = o.Lab
		}
		last := len(line.Sellers) - 1
		if last < 0 || line.Sellers[last].Provider != o.Provider {
			line.Sellers = append(line.Sellers, sellerOffers{Provider: o.Provider})
			last++
		}
		line.Sellers[last].Offers = append(line.Sellers[last].Offers, offerLineOf(o, s.AsOf))
	}
	return line
}

func offerLineOf(o *catalog.Offer, asOf calendar.Day) offerLine {
	line := offerLine{ID: o.NativeID, Scope: o.Scope}
	row, _ := o.RowAt(asOf)
	if row == nil {
		return line
	}
	line.Source, line.AsOf = &row.Source, &row.AsOf
	rates := row.RatesFor(0)
	if rates.HasInput {
		text := rates.Input.String()
		line.Input = &text
	}
	if rates.HasOutput {
		text := rates.Output.String()
		line.Output = &text
	}
	return line
}

func boolOf(k catalog.Known) *bool {
	if k == catalog.Unknown {
		return nil
	}
	yes := k == catalog.Yes
	return &yes
}
