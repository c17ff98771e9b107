package ui

// Flag is what a choice brings about for leaving a seller, said beside the choice.
type Flag struct {
	Word  string // "1 seller", "retires"
	Text  string // a sentence
	Warns bool   // a reader should look twice
	Rule  string // the rule that looks at it: "L07"
	URL   string // where it is explained
}
