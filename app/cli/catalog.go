package cli

import (
	"bufio"
	"fmt"
	"io"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/identity"
	"headroom/pricing/importer"
)

// Formats are the price files that CatalogImport reads.
func Formats() []string { return []string{"litellm", "models.dev", "azure-retail", "csv"} }

// CatalogImport reads a price file as it stood on asOf and puts it on top of base, which may be nil.
func CatalogImport(in io.Reader, format string, asOf calendar.Day, base *catalog.Snapshot) (*catalog.Snapshot,
	catalog.BuildReport, error) {
	read := map[string]func(io.Reader, calendar.Day) (catalog.Import, error){
		"litellm": importer.LiteLLM, "models.dev": importer.ModelsDev, "azure-retail": importer.AzureRetail,
		"csv": importer.CSV,
	}[format]
	if read == nil {
		return nil, catalog.BuildReport{}, fmt.Errorf("%q is no price format; want one of %v", format, Formats())
	}
	imported, err := read(in, asOf)
	if err != nil {
		return nil, catalog.BuildReport{}, err
	}
	return catalog.Build(base, &imported)
}

// CatalogDiff writes what changed from a to b, a line a change.
func CatalogDiff(out io.Writer, a, b *catalog.Snapshot) error {
	buffered := bufio.NewWriter(out)
	for _, change := range catalog.Diff(a, b) {
		if err := writeJSON(buffered, change); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// modelID brings what a user typed into the form of the snapshot.
func modelID(s *catalog.Snapshot, typed string) string {
	if _, ok := s.Model(typed); ok {
		return typed
	}
	if id, ok := identity.Canonical(typed); ok {
		return id
	}
	return typed
}
