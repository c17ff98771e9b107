package pricing

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"headroom/pricing/catalog"
)

// WriteResult evaluates a plan and writes the bytes that encoding/json writes for the result of Evaluate and a line
// feed, a month at a time. Nothing is written for a plan that Evaluate refuses; an error after the first byte is ctx's
// or w's.
func WriteResult(ctx context.Context, w io.Writer, p *Plan, c *catalog.Snapshot) error {
	head := p.newResult(c)
	before, after, err := around(head, `"alternatives":[]`)
	if err != nil {
		return err
	}
	first := true
	err = EvaluateEach(ctx, p, c, func(a *AlternativeResult) error {
		if !first {
			before = []byte{','}
		}
		first = false
		if _, err := w.Write(before); err != nil {
			return err
		}
		return a.write(ctx, w)
	})
	if err != nil {
		return err
	}
	_, err = w.Write(append(after, '\n'))
	return err
}

// write is the alternative as encoding/json writes it.
func (r *AlternativeResult) write(ctx context.Context, w io.Writer) error {
	rest := *r
	rest.Months = []MonthResult{}
	before, after, err := around(rest, `"months":[]`)
	if err != nil {
		return err
	}
	for i := range r.Months {
		if err := ctx.Err(); err != nil {
			return err
		}
		month, err := json.Marshal(&r.Months[i])
		if err != nil {
			return err
		}
		if i > 0 {
			before = []byte{','}
		}
		if _, err := w.Write(append(before, month...)); err != nil {
			return err
		}
	}
	_, err = w.Write(after)
	return err
}

// around is the JSON of v cut between the brackets of the empty list that ends in the text. No quoted text holds it,
// because quotes are escaped there.
func around(v any, list string) (before, after []byte, err error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, nil, err
	}
	before, after, _ = bytes.Cut(text, []byte(list))
	before = append(bytes.Clone(before), list[:len(list)-1]...)
	return before, append([]byte{']'}, after...), nil
}
