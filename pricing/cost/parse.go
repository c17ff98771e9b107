package cost

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/pricing/catalog"
	"headroom/pricing/lines"
)

// ErrNotJSON says that a line is no JSON at all, which ends a run.
var ErrNotJSON = lines.ErrNotJSON

const maxIDLength = 512

// ParseUsage reads {"provider","model","scope","service_tier","usage":{...}}. Text that is not JSON gives an error that
// wraps ErrNotJSON; any other error names the field: unknown, missing, given twice, negative, fractional or too large.
func ParseUsage(line []byte) (Usage, error) {
	if err := lines.Check(line); err != nil {
		return Usage{}, err
	}
	u := Usage{ServiceTier: catalog.Standard, Requests: 1}
	counted := false
	err := eachField("", line, func(key string, raw json.RawMessage) error {
		switch key {
		case "provider":
			return readText(key, raw, &u.Provider)
		case "model":
			return readText(key, raw, &u.Model)
		case "scope":
			return readText(key, raw, &u.Scope)
		case "service_tier":
			return readTier(raw, &u.ServiceTier)
		case "usage":
			counted = true
			return u.readCounts(raw)
		}
		return fmt.Errorf("%s: unknown field; want provider, model, scope, service_tier, usage", key)
	})
	switch {
	case err != nil:
		return Usage{}, err
	case u.Provider == "":
		return Usage{}, errors.New("provider: missing")
	case u.Model == "":
		return Usage{}, errors.New("model: missing")
	case !counted:
		return Usage{}, errors.New("usage: missing")
	}
	return u, nil
}

func (u *Usage) readCounts(raw json.RawMessage) error {
	targets := map[string]*int64{"requests": &u.Requests, "input": &u.Input, "cache_read": &u.CacheRead,
		"cache_write_5m": &u.CacheWrite5m, "cache_write_1h": &u.CacheWrite1h, "output": &u.Output}
	return eachField("usage.", raw, func(key string, raw json.RawMessage) error {
		to, ok := targets[key]
		if !ok {
			return fmt.Errorf("usage.%s: unknown field; want requests, input, cache_read, cache_write_5m, "+
				"cache_write_1h, output", key)
		}
		return readCount("usage."+key, raw, to)
	})
}

// eachField walks an object in order and refuses a field that is given twice.
func eachField(path string, raw json.RawMessage, visit func(string, json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return fmt.Errorf("%s: want an object", strings.TrimSuffix(path, ".")+emptyAs(path, "line"))
	}
	var seen []string
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotJSON, err)
		}
		key, _ := token.(string)
		var value json.RawMessage
		if err := d.Decode(&value); err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: %w", ErrNotJSON, err)
		}
		if slices.Contains(seen, key) {
			return fmt.Errorf("%s%s: given twice", path, key)
		}
		seen = append(seen, key)
		if err := visit(key, value); err != nil {
			return err
		}
	}
	return nil
}

func emptyAs(text, name string) string {
	if text == "" {
		return name
	}
	return ""
}

func readText(path string, raw json.RawMessage, to *string) error {
	var s *string
	if err := json.Unmarshal(raw, &s); err != nil {
		return fmt.Errorf("%s: want a text", path)
	}
	if s != nil {
		*to = *s
	}
	if len(*to) > maxIDLength {
		return fmt.Errorf("%s: longer than %d characters", path, maxIDLength)
	}
	return nil
}

func readTier(raw json.RawMessage, to *catalog.ServiceTier) error {
	var name string
	if err := readText("service_tier", raw, &name); err != nil {
		return err
	}
	switch tier := catalog.ServiceTier(name); tier {
	case "":
		*to = catalog.Standard
	case catalog.Standard, catalog.Batch, catalog.Flex, catalog.Priority, catalog.Fast:
		*to = tier
	default:
		return fmt.Errorf("service_tier: %q; want standard, batch, flex or priority", name)
	}
	return nil
}

// readCount reads a whole number from 0 to 9,223,372,036,854,775,807, written as a number or a decimal string.
func readCount(path string, raw json.RawMessage, to *int64) error {
	text := string(raw)
	if len(raw) > 0 && raw[0] == '"' {
		if err := json.Unmarshal(raw, &text); err != nil {
			return fmt.Errorf("%s: want a whole number", path)
		}
	}
	if len(text) > 64 {
		return fmt.Errorf("%s: a number of %d characters; want a whole number", path, len(text))
	}
	d, err := decimal.NewFromString(text)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %s is not a number; want a whole number", path, text)
	case d.IsNegative():
		return fmt.Errorf("%s: %s is negative; want 0 or more", path, text)
	case d.IsZero():
		*to = 0
		return nil
	case d.Exponent() > 18:
		return fmt.Errorf("%s: %s is too large; want at most 9223372036854775807", path, text)
	case d.Exponent() < -64 || !d.IsInteger():
		return fmt.Errorf("%s: %s is not whole; tokens and requests are counted", path, text)
	case !d.BigInt().IsInt64():
		return fmt.Errorf("%s: %s is too large; want at most 9223372036854775807", path, text)
	}
	*to = d.IntPart()
	return nil
}
