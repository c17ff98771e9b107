package catalog

// Import is what one price file says, before precedence.
type Import struct {
	Source   Source
	Complete bool    // the file lists everything its source sells: what it no longer lists is withdrawn
	Offers   []Offer // each with one row
	Models   []Model
	Sellers  []Seller
	Labs     []Lab
	Warnings []Warning
	Unmapped []string // "provider/native-id" of offers without a canonical model
}

// Warning is something that an import did not understand, changed or doubts.
type Warning struct {
	Path    string `json:"path"`    // where: the model and field, or a line
	Message string `json:"message"` // what, and what was done about it
}

// BuildReport is what an import changed, as `headroom catalog import` prints it.
type BuildReport struct {
	Snapshot  string    `json:"snapshot"`
	Added     int       `json:"added"`     // offers that the base did not have
	Changed   int       `json:"changed"`   // offers whose price in force differs from the base's
	Withdrawn int       `json:"withdrawn"` // offers that lost their price because the source no longer lists them
	Unmapped  int       `json:"unmapped"`  // offers without a canonical model, of all sources
	Conflicts int       `json:"conflicts"` // offers on which sources disagree
	Warnings  []Warning `json:"warnings"`
}
