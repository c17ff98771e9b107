package identity

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"headroom/pricing/catalog"
)

//go:embed sellers.csv
var sellersCSV string

//go:embed labs.csv
var labsCSV string

//go:embed families.csv
var familiesCSV string

//go:embed aliases.csv
var aliasesCSV string

// tables are the four lists, indexed for reading ids.
type tables struct {
	sellers  []seller
	bySeller map[string]*seller
	words    map[Source]map[string]word // a source's word for a seller
	direct   map[string]string          // lab -> its own seller
	labList  []catalog.Lab
	labs     map[string]string                  // word before a name -> lab id; "-" names no lab
	families map[[2]byte][]family               // by the first two letters, longest stem first
	named    map[string]map[string][]aliasEntry // seller id or "*" -> name -> models, see alias
}

type seller struct {
	catalog.Seller
	lab          string   // whose model it is when the name says nothing
	ownOnly      bool     // sells its own models only: the name's family is not asked
	prefixes     []string // LiteLLM's first path segments
	variants     []string // endings that are ways of serving
	subscription bool
}

type word struct {
	seller *seller
	scope  string
}

type family struct {
	stem, lab string
	open      bool
}

type aliasEntry struct {
	source Source // "*" is any
	model  string
}

// noSeller reads canonical ids.
var noSeller = seller{Seller: catalog.Seller{Kind: "router"}}

// lists parses the embedded lists once. They are part of the program: a mistake in them is a bug, found by any test.
var lists = sync.OnceValue(func() *tables {
	t := &tables{
		bySeller: map[string]*seller{},
		words:    map[Source]map[string]word{FromLiteLLM: {}, FromModelsDev: {}},
		direct:   map[string]string{},
		labs:     map[string]string{},
		families: map[[2]byte][]family{},
		named:    map[string]map[string][]aliasEntry{},
	}
	t.readSellers(records(sellersCSV, 9))
	t.readLabs(records(labsCSV, 3))
	t.readFamilies(records(familiesCSV, 3))
	t.readAliases(records(aliasesCSV, 5))
	return t
})

// records reads an embedded list without its comment lines and its head.
func records(text string, fields int) [][]string {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	r.FieldsPerRecord = fields
	r.LazyQuotes = true
	rows, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("identity: embedded list: %v", err))
	}
	return rows[1:]
}

func (t *tables) readSellers(rows [][]string) {
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	t.sellers = make([]seller, len(rows))
	for i, f := range rows {
		s := &t.sellers[i]
		s.Seller = catalog.Seller{ID: f[0], Name: f[1], Kind: f[2], URL: f[8]}
		s.lab, s.ownOnly = strings.CutSuffix(f[3], "!")
		s.prefixes, s.variants, s.subscription = list(f[4]), list(f[6]), f[7] == "yes"
		t.bySeller[s.ID] = s
		t.noteDirect(s)
		for _, w := range s.prefixes {
			t.words[FromLiteLLM][w] = word{seller: s}
		}
		for _, w := range list(f[5]) {
			name, scope, _ := strings.Cut(w, "=")
			t.words[FromModelsDev][name] = word{seller: s, scope: scope}
		}
	}
}

// noteDirect keeps the seller that is a lab's own: of kind lab before a cloud or platform of the same company.
func (t *tables) noteDirect(s *seller) {
	if s.lab == "" || s.lab == "-" || s.subscription {
		return
	}
	if known, ok := t.direct[s.lab]; !ok || s.Kind == "lab" && t.bySeller[known].Kind != "lab" {
		t.direct[s.lab] = s.ID
	}
}

func (t *tables) readLabs(rows [][]string) {
	for _, f := range slices.Backward(rows) { // "-" stands first and has the last word
		if f[0] != "-" {
			t.labList = append(t.labList, catalog.Lab{ID: f[0], Name: f[1]})
			t.labs[f[0]] = f[0]
		}
		for _, w := range list(f[2]) {
			t.labs[w] = f[0]
		}
	}
	slices.SortFunc(t.labList, func(a, b catalog.Lab) int { return strings.Compare(a.ID, b.ID) })
}

func (t *tables) readFamilies(rows [][]string) {
	for _, f := range rows {
		key := [2]byte{f[0][0], f[0][1]}
		t.families[key] = append(t.families[key], family{stem: f[0], lab: f[1], open: f[2] == "open"})
	}
	for _, group := range t.families {
		slices.SortFunc(group, func(a, b family) int { return len(b.stem) - len(a.stem) })
	}
}

func (t *tables) readAliases(rows [][]string) {
	for _, f := range rows {
		byID := t.named[f[1]]
		if byID == nil {
			byID = map[string][]aliasEntry{}
			t.named[f[1]] = byID
		}
		byID[f[2]] = append(byID[f[2]], aliasEntry{source: Source(f[0]), model: f[3]})
	}
}

func list(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, ";")
}

// alias looks a name up for one seller, or "*" for any.
func (t *tables) alias(source Source, sellerID, name string) (string, bool) {
	for _, a := range t.named[sellerID][name] {
		if a.source == "*" || a.source == source {
			return a.model, true
		}
	}
	return "", false
}

// seller finds who a word means. A word that no list knows is a seller of its own.
func (t *tables) seller(source Source, name string) (*seller, string) {
	if source == FromSeller {
		if s, ok := t.bySeller[name]; ok {
			return s, ""
		}
	}
	if w, ok := t.words[source][name]; ok {
		return w.seller, w.scope
	}
	id, known := Provider(name)
	if known && source == FromSeller {
		return t.bySeller[id], t.words[FromModelsDev][name].scope
	}
	return &seller{Seller: catalog.Seller{ID: id, Kind: "host"}}, ""
}

// family finds the longest stem that a name begins with.
func (t *tables) family(name string) (family, bool) {
	if len(name) < 2 {
		return family{}, false
	}
	for _, f := range t.families[[2]byte{name[0], name[1]}] {
		if strings.HasPrefix(name, f.stem) && stemEnds(name[len(f.stem):]) {
			return f, true
		}
	}
	return family{}, false
}

// stemEnds says whether a stem ends where rest begins: "o1" is a stem of "o1-mini", "phi" is none of "philosophy".
func stemEnds(rest string) bool {
	return rest == "" || rest[0] == '-' || isDigit(rest[0])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
