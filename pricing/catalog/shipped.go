package catalog

import (
	"bytes"
	_ "embed" // shipped.snapshot
	"sync"
)

//go:embed shipped.snapshot
var shippedSnapshot []byte

var shipped = sync.OnceValues(func() (*Snapshot, error) {
	s, err := Decode(bytes.NewReader(shippedSnapshot))
	if err == nil {
		s.ID = string(s.AsOf) // there is one shipped snapshot of a day; imports keep their hash
	}
	return s, err
})

// Shipped is the snapshot that comes with the program; it is decoded once and shared. Its id is its date. shipped.json says
// where its figures come from and how it was made.
func Shipped() (*Snapshot, error) { return shipped() }
