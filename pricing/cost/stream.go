package cost

import (
	"fmt"
	"io"

	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
	"headroom/pricing/lines"
)

// Stream prices lines of usage, one line out for each line in; what cannot be priced gives {"error": ...}. An empty
// asOf is the snapshot's date. Blank lines are passed over. A line that is not JSON ends the run with a *lines.Error;
// the lines before it have been written.
func Stream(in io.Reader, out io.Writer, s *catalog.Snapshot, asOf calendar.Day) error {
	if asOf == "" {
		asOf = s.AsOf
	}
	if _, err := catalog.ParseDate(string(asOf)); err != nil {
		return fmt.Errorf("as_of: %w", err)
	}
	return lines.Answer(in, out, func(line []byte) (Result, error) {
		usage, err := ParseUsage(line)
		if err != nil {
			return Result{}, err
		}
		return Line(s, asOf, usage)
	})
}
