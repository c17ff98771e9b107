package identity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"headroom/pricing/catalog"
	"headroom/pricing/facts"
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
	t.readSellers(read("sellers.csv", sellersCSV, readSeller, "id"))
	t.readLabs(read("labs.csv", labsCSV, readLab, "id"))
	t.readFamilies(read("families.csv", familiesCSV, readFamily, "stem"))
	t.readAliases(read("aliases.csv", aliasesCSV, readAlias, "source", "provider", "id"))
	return t
})

// read turns an embedded list into its rows.
func read[T any](file, text string, build func(*facts.Row) T, key ...string) []T {
	rows, err := facts.Read(facts.Table{File: file, Text: text, Key: key, PlainQuotes: true}, build)
	if err != nil {
		panic("identity: embedded list: " + err.Error())
	}
	return rows
}

// sellerRow is a seller with the words of the sources for it.
type sellerRow struct {
	seller
	modelsDev []string // models.dev's words, "=scope" where one means one region only
}

func readSeller(r *facts.Row) sellerRow {
	s := sellerRow{modelsDev: r.List("models_dev")}
	s.Seller = catalog.Seller{ID: r.Need("id"), Name: r.Need("name"), URL: r.Text("url"),
		Kind: r.OneOf("kind", "cloud", "lab", "host", "platform", "router")}
	s.lab, s.ownOnly = strings.CutSuffix(r.Text("lab"), "!")
	s.prefixes, s.variants, s.subscription = r.List("litellm"), r.List("variants"), r.Text("subscription") == "yes"
	return s
}

func (t *tables) readSellers(rows []sellerRow) {
	slices.SortFunc(rows, func(a, b sellerRow) int { return strings.Compare(a.ID, b.ID) })
	t.sellers = make([]seller, len(rows))
	for i, row := range rows {
		s := &t.sellers[i]
		*s = row.seller
		t.bySeller[s.ID] = s
		t.noteDirect(s)
		for _, w := range s.prefixes {
			t.words[FromLiteLLM][w] = word{seller: s}
		}
		for _, w := range row.modelsDev {
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

// labRow is a lab with the words before its models' names.
type labRow struct {
	catalog.Lab
	words []string
}

func readLab(r *facts.Row) labRow {
	return labRow{catalog.Lab{ID: r.Need("id"), Name: r.Text("name")}, r.List("words")}
}

func (t *tables) readLabs(rows []labRow) {
	for _, lab := range slices.Backward(rows) { // "-" stands first and has the last word
		if lab.ID != "-" {
			t.labList = append(t.labList, lab.Lab)
			t.labs[lab.ID] = lab.ID
		}
		for _, w := range lab.words {
			t.labs[w] = lab.ID
		}
	}
	slices.SortFunc(t.labList, func(a, b catalog.Lab) int { return strings.Compare(a.ID, b.ID) })
}

func readFamily(r *facts.Row) family {
	f := family{stem: r.Need("stem"), lab: r.Text("lab"), open: r.Text("weights") == "open"}
	if len(f.stem) < 2 {
		r.Fail("stem", "want at least two letters")
	}
	return f
}

func (t *tables) readFamilies(rows []family) {
	for _, f := range rows {
		key := [2]byte{f.stem[0], f.stem[1]}
		t.families[key] = append(t.families[key], f)
	}
	for _, group := range t.families {
		slices.SortFunc(group, func(a, b family) int { return len(b.stem) - len(a.stem) })
	}
}

// aliasRow is a name that the rules cannot read, of a seller or of any.
type aliasRow struct {
	aliasEntry
	seller, name string
}

func readAlias(r *facts.Row) aliasRow {
	return aliasRow{aliasEntry{source: Source(r.Need("source")), model: r.Need("model")}, r.Need("provider"),
		r.Need("id")}
}

func (t *tables) readAliases(rows []aliasRow) {
	for _, a := range rows {
		byID := t.named[a.seller]
		if byID == nil {
			byID = map[string][]aliasEntry{}
			t.named[a.seller] = byID
		}
		byID[a.name] = append(byID[a.name], a.aliasEntry)
	}
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

// stemEnds reports whether a stem ends where rest begins: "o1" is a stem of "o1-mini", "phi" is none of "philosophy".
func stemEnds(rest string) bool {
	return rest == "" || rest[0] == '-' || isDigit(rest[0])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
