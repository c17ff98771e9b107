// Command build turns views/assets/src and the packages of package-lock.json into the files that the program embeds:
// bundled, minified, named by content hash, with a compressed twin, a manifest and the licences of what is inside.
//
//	npm ci --ignore-scripts && go run ./views/assets/build
//
// It must run in the top folder of the repository. The same sources give the same files, byte for byte.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	source = "views/assets/src"
	dist   = "views/assets/dist"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run() error {
	if _, err := os.Stat("node_modules/htmx.org"); err != nil {
		return errors.New("node_modules is missing: run `npm ci --ignore-scripts` in the top folder first")
	}
	if err := clear(); err != nil {
		return err
	}
	manifest := map[string]string{}
	packages := map[string]bool{}
	for _, name := range []string{"app.css", "app.js", "chart.js"} {
		body, inputs, err := bundle(name)
		if err != nil {
			return err
		}
		addPackages(packages, inputs)
		if manifest[name], err = write(name, body); err != nil {
			return err
		}
	}
	icon, err := os.ReadFile(filepath.Join(source, "favicon.svg"))
	if err != nil {
		return err
	}
	if manifest["favicon.svg"], err = write("favicon.svg", icon); err != nil {
		return err
	}
	return finish(manifest, packages)
}

// clear removes earlier output; .keep stays, since the embed directive needs a file on a fresh clone.
func clear() error {
	old, err := filepath.Glob(filepath.Join(dist, "[^.]*"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// bundle answers the minified bytes of one entry and the files that went into it.
func bundle(name string) (body []byte, inputs []string, err error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{filepath.Join(source, name)},
		Bundle:            true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone, // LEGAL.txt holds the whole licences
		Charset:           api.CharsetUTF8,
		Define:            map[string]string{"process.env.NODE_ENV": `"production"`},
		Metafile:          true,
		Outdir:            dist,
		LogLevel:          api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return nil, nil, fmt.Errorf("bundle %s: %s", name, result.Errors[0].Text)
	}
	inputs, err = inputsOf(result.Metafile)
	return result.OutputFiles[0].Contents, inputs, err
}

func inputsOf(metafile string) ([]string, error) {
	var meta struct {
		Inputs map[string]json.RawMessage `json:"inputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return nil, fmt.Errorf("read the bundler's report: %w", err)
	}
	var files []string
	for file := range meta.Inputs {
		files = append(files, file)
	}
	return files, nil
}

// addPackages collects the npm packages that the files belong to.
func addPackages(packages map[string]bool, files []string) {
	for _, file := range files {
		_, inside, found := strings.Cut(file, "node_modules/")
		if !found {
			continue
		}
		parts := strings.SplitN(inside, "/", 3)
		name := parts[0]
		if strings.HasPrefix(name, "@") {
			name += "/" + parts[1]
		}
		packages[name] = true
	}
}

// write stores the body under a name with its hash, and compressed beside it; it answers the name.
func write(name string, body []byte) (string, error) {
	sum := sha256.Sum256(body)
	extension := filepath.Ext(name)
	hashed := strings.TrimSuffix(name, extension) + "-" + hex.EncodeToString(sum[:5]) + extension
	path := filepath.Join(dist, hashed)
	if err := os.WriteFile(path, body, 0o644); err != nil {
		return "", err
	}
	packed, err := pack(body)
	if err != nil {
		return "", err
	}
	fmt.Printf("%-24s %8d bytes, %7d gzip\n", hashed, len(body), len(packed))
	return hashed, os.WriteFile(path+".gz", packed, 0o644)
}

func pack(body []byte) ([]byte, error) {
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(body); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// finish writes the licences and, last, the manifest: without it the program treats the assets as not built.
func finish(manifest map[string]string, packages map[string]bool) error {
	legal, err := licences(packages)
	if err != nil {
		return err
	}
	if manifest["LEGAL.txt"], err = write("LEGAL.txt", legal); err != nil {
		return err
	}
	names, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "manifest.json"), append(names, '\n'), 0o644)
}
