package cost

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"headroom/pricing/catalog"
)

// maxLine is the longest line of usage in bytes; a real one has some hundred.
const maxLine = 1 << 20

// LineError says which line ended a run, and why: it is not JSON, or longer than 1 MiB.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

// lineFailure is the line out for a line that cannot be priced.
type lineFailure struct {
	Error string `json:"error"`
}

// Stream prices lines of usage, one line out for each line in; what cannot be priced gives {"error": ...}. An empty asOf is
// the snapshot's date. Blank lines are passed over. A line that is not JSON ends the run with a *LineError; the lines
// before it have been written.
func Stream(in io.Reader, out io.Writer, s *catalog.Snapshot, asOf catalog.Date) error {
	if asOf == "" {
		asOf = s.AsOf
	}
	if _, err := catalog.ParseDate(string(asOf)); err != nil {
		return fmt.Errorf("as_of: %w", err)
	}
	scanner := bufio.NewScanner(in)
	scanner.Buffer(make([]byte, 0, 64<<10), maxLine)
	buffered := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	line := 0
	for scanner.Scan() {
		line++
		text := bytes.TrimSpace(scanner.Bytes())
		if len(text) == 0 {
			continue
		}
		answer, err := priceLine(text, s, asOf)
		if err != nil {
			return errors.Join(&LineError{line, err}, buffered.Flush())
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil {
		return errors.Join(&LineError{line + 1, err}, buffered.Flush())
	}
	return buffered.Flush()
}

// priceLine is the answer to a line, be it a price or an error; err is only for text that is not JSON.
func priceLine(text []byte, s *catalog.Snapshot, asOf catalog.Date) (answer any, err error) {
	usage, err := ParseUsage(text)
	if errors.Is(err, ErrNotJSON) {
		return nil, err
	}
	if err != nil {
		return lineFailure{err.Error()}, nil
	}
	result, err := Line(s, asOf, usage)
	if err != nil {
		return lineFailure{err.Error()}, nil
	}
	return result, nil
}
