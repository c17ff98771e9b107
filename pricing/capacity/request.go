package capacity

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"headroom/pricing/lines"
)

// Bounds of a request's numbers: beyond any machine, so that no figure overflows.
const (
	maxAccelerators = 100_000
	maxTokens       = 1e9
	maxConcurrency  = 1e12
	maxTextLength   = 512
)

// request is a line of `headroom throughput`.
type request struct {
	model, accelerator string
	r                  Replica
}

// fields are the names that a line may have, in the order of the format.
var fields = []string{"model", "accelerator", "count", "precision", "kv_precision", "input_tokens", "output_tokens",
	"concurrency", "min_user_tokens_per_second"}

// ParseReplica reads a line such as {"model":"Llama 3.3 70B","accelerator":"H100","count":2,"precision":"fp8",
// "kv_precision":"fp8","input_tokens":1000,"output_tokens":1000,"concurrency":"max","min_user_tokens_per_second":30}.
// count is 1, kv_precision bf16, concurrency "max" and the target none where absent. A number may be a decimal string.
// Text that is not JSON gives an error that wraps lines.ErrNotJSON; any other error names the field.
func (m *Machines) ParseReplica(line []byte) (Replica, error) {
	if err := lines.Check(line); err != nil {
		return Replica{}, err
	}
	q := request{r: Replica{Count: 1, KVPrecision: BF16}}
	given, err := q.read(line)
	if err != nil {
		return Replica{}, err
	}
	for _, name := range []string{"model", "accelerator", "precision", "input_tokens", "output_tokens"} {
		if !slices.Contains(given, name) {
			return Replica{}, fmt.Errorf("%s: missing", name)
		}
	}
	if q.r.Model, err = m.Model(q.model); err != nil {
		return Replica{}, fmt.Errorf("model: %w", err)
	}
	if q.r.Accelerator, err = m.Accelerator(q.accelerator); err != nil {
		return Replica{}, fmt.Errorf("accelerator: %w", err)
	}
	return q.r, nil
}

// read walks the object and names the fields that it gives; null is not given.
func (q *request) read(line []byte) (given []string, err error) {
	d := json.NewDecoder(strings.NewReader(string(line)))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil, errors.New("line: want an object")
	}
	var seen []string
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", lines.ErrNotJSON, err)
		}
		name, _ := token.(string)
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%w: %w", lines.ErrNotJSON, err)
		}
		if slices.Contains(seen, name) {
			return nil, fmt.Errorf("%s: given twice", name)
		}
		seen = append(seen, name)
		if string(raw) == "null" && slices.Contains(fields, name) {
			continue
		}
		given = append(given, name)
		if err := q.set(name, raw); err != nil {
			return nil, fmt.Errorf("%.100s: %w", name, err)
		}
	}
	return given, nil
}

func (q *request) set(name string, raw json.RawMessage) (err error) {
	switch name {
	case "model":
		q.model, err = readText(raw)
	case "accelerator":
		q.accelerator, err = readText(raw)
	case "precision":
		q.r.Precision, err = readPrecision(raw, Precision.weightBytes)
	case "kv_precision":
		q.r.KVPrecision, err = readPrecision(raw, Precision.kvShare)
	case "count":
		var n float64
		n, err = readWhole(raw, maxAccelerators)
		q.r.Count = int(n)
	case "input_tokens":
		q.r.InputTokens, err = readNumber(raw, 0, maxTokens)
	case "output_tokens":
		q.r.OutputTokens, err = readNumber(raw, 0, maxTokens)
		if err == nil && q.r.OutputTokens < 1e-6 {
			err = errors.New("want more than 0")
		}
	case "concurrency":
		if text, notText := readText(raw); notText == nil && text == "max" {
			return nil
		}
		if q.r.Concurrency, err = readWhole(raw, maxConcurrency); err != nil {
			err = fmt.Errorf(`%w, or "max"`, err)
		}
	case "min_user_tokens_per_second":
		q.r.MinUserRate, err = readNumber(raw, 0, maxTokens)
	default:
		return errors.New("unknown field; want " + strings.Join(fields, ", "))
	}
	return err
}

func readText(raw json.RawMessage) (string, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return "", errors.New("want a text")
	}
	if len(text) > maxTextLength {
		return "", fmt.Errorf("longer than %d characters", maxTextLength)
	}
	return text, nil
}

func readPrecision(raw json.RawMessage, check func(Precision) (float64, error)) (Precision, error) {
	text, err := readText(raw)
	if err != nil {
		return "", err
	}
	_, err = check(Precision(text))
	return Precision(text), err
}

// readNumber reads a JSON number or a decimal string from low to high.
func readNumber(raw json.RawMessage, low, high float64) (float64, error) {
	text := string(raw)
	if len(raw) > 0 && raw[0] == '"' {
		var err error
		if text, err = readText(raw); err != nil {
			return 0, err
		}
	}
	// What ParseFloat reads beyond JSON's numbers is refused.
	if text == "" || strings.Trim(text, "0123456789.+-eE") != "" {
		return 0, errors.New("want a number")
	}
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case errors.Is(err, strconv.ErrSyntax):
		return 0, errors.New("want a number")
	case v < low || v > high:
		return 0, fmt.Errorf("want a number from %g to %g", low, high)
	}
	return v, nil
}

// readWhole reads a whole number from 1 to high.
func readWhole(raw json.RawMessage, high float64) (float64, error) {
	v, err := readNumber(raw, 1, high)
	if err != nil || v != math.Trunc(v) {
		return 0, fmt.Errorf("want a whole number from 1 to %g", high)
	}
	return v, nil
}
