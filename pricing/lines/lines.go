// Package lines answers JSON lines: one line out for each line in. What cannot be answered is a line {"error": "..."};
// a line that is no JSON ends the run with its number.
package lines

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxLine is the longest line in bytes; a real one has some hundred.
const MaxLine = 1 << 20

// ErrNotJSON says that a line is no JSON at all, which ends a run.
var ErrNotJSON = errors.New("not JSON")

// errTooLong is a line over MaxLine.
var errTooLong = errors.New("longer than 1 MiB")

// Check returns an error that wraps ErrNotJSON for text that is not JSON.
func Check(line []byte) error {
	if json.Valid(line) {
		return nil
	}
	var any json.RawMessage
	return fmt.Errorf("%w: %w", ErrNotJSON, json.Unmarshal(line, &any))
}

// Error says which line ended a run, and why: it is not JSON, or longer than 1 MiB.
type Error struct {
	Line int
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

// failure is the line out for a line that has no answer.
type failure struct {
	Error string `json:"error"`
}

// Answer writes an answer for each line; an error of the answer function that wraps ErrNotJSON ends the run with an
// *Error, any other becomes {"error": ...}. Blank lines are passed over. Lines before the end of a run have been
// written.
func Answer[T any](in io.Reader, out io.Writer, answer func(line []byte) (T, error)) error {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(make([]byte, 0, 64<<10), MaxLine)
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
		if err := answerLine(encoder, text, answer); errors.Is(err, ErrNotJSON) {
			return errors.Join(&Error{line, err}, buffered.Flush())
		} else if err != nil {
			return err
		}
	}
	err := scanner.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		err = errTooLong
	}
	if err != nil {
		return errors.Join(&Error{line + 1, err}, buffered.Flush())
	}
	return buffered.Flush()
}

func answerLine[T any](encoder *json.Encoder, text []byte, answer func([]byte) (T, error)) error {
	result, err := answer(text)
	switch {
	case errors.Is(err, ErrNotJSON):
		return err
	case err != nil:
		return encoder.Encode(failure{err.Error()})
	}
	return encoder.Encode(result)
}
