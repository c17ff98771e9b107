package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// licences is the text of LEGAL.txt: for every package inside the bundles its name, version and licence files.
func licences(packages map[string]bool) ([]byte, error) {
	var text bytes.Buffer
	text.WriteString("Headroom is under the Apache License 2.0. Its browser files contain these packages:\n")
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		if err := licence(&text, name); err != nil {
			return nil, err
		}
	}
	return text.Bytes(), nil
}

func licence(text *bytes.Buffer, name string) error {
	folder := filepath.Join("node_modules", name)
	data, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return err
	}
	var about struct{ Version, License string }
	if err := json.Unmarshal(data, &about); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Fprintf(text, "\n\n==== %s %s (%s)\n", name, about.Version, about.License)
	return appendLegalFiles(text, folder)
}

// appendLegalFiles copies LICENSE, NOTICE and their variants; a package without any is an error to look into.
func appendLegalFiles(text *bytes.Buffer, folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	found := false
	for _, entry := range entries {
		upper := strings.ToUpper(entry.Name())
		if entry.IsDir() || !(strings.HasPrefix(upper, "LICEN") || strings.HasPrefix(upper, "NOTICE")) {
			continue
		}
		body, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return err
		}
		found = true
		fmt.Fprintf(text, "\n---- %s\n\n%s", entry.Name(), body)
	}
	if !found {
		return fmt.Errorf("%s has no licence file", folder)
	}
	return nil
}
