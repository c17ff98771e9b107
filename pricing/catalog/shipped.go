package catalog

import (
	"bytes"
	_ "embed" // shipped.snapshot
	"sync"
)

//go:embed shipped.snapshot
var shippedSnapshot []byte

var shipped = sync.OnceValues(func() (*Snapshot, error) { return Decode(bytes.NewReader(shippedSnapshot)) })

// Shipped is the snapshot that comes with the program; it is decoded once and shared. Its id ends in a hash of its
// content, so that a plan pinned to it is never re-priced by a later release. shipped.json says where its figures come
// from and how it was made.
func Shipped() (*Snapshot, error) { return shipped() }
