package catalog

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"headroom/pricing/money"
)

// A snapshot file is gzip over: the magic line, a table of strings, a table of price lists, the body. Everything is
// unsigned varints; strings and price lists stand in the body as their number in the table, because the same few
// thousand of them recur in ten thousand rows. It loads some ten times faster than the JSON it came from and is a tenth
// of its size.
const (
	magic          = "headroom.catalog/1\n"
	maxDecodedSize = 64 << 20
)

// ErrSnapshot says that bytes are not a snapshot file.
var ErrSnapshot = errors.New("not a readable price snapshot")

// Encode writes s. Equal snapshots give equal bytes.
func Encode(w io.Writer, s *Snapshot) error {
	zw, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := zw.Write(encodeRaw(s)); err != nil {
		return err
	}
	return zw.Close()
}

func encodeRaw(s *Snapshot) []byte {
	e := &codec{writing: true, numbers: map[string]uint64{}, tableNumbers: map[string]uint64{}}
	e.snapshot(s)
	body := e.buf
	e.buf = nil
	for i := range e.tables {
		list(e, &e.tables[i].prices, (*codec).price)
	}
	tables := e.buf
	out := []byte(magic)
	out = binary.AppendUvarint(out, uint64(len(e.strings)))
	for _, text := range e.strings {
		out = binary.AppendUvarint(out, uint64(len(text)))
	}
	for _, text := range e.strings {
		out = append(out, text...)
	}
	out = binary.AppendUvarint(out, uint64(len(e.tables)))
	out = append(out, tables...)
	return append(out, body...)
}

// Decode reads what Encode wrote. Anything else is refused with an error that wraps ErrSnapshot; at most 64 MiB are
// unpacked.
func Decode(r io.Reader) (*Snapshot, error) {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSnapshot, err)
	}
	raw := bytes.NewBuffer(make([]byte, 0, 1<<20))
	if _, err := raw.ReadFrom(io.LimitReader(zr, maxDecodedSize+1)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSnapshot, err)
	}
	if raw.Len() > maxDecodedSize {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrSnapshot, maxDecodedSize)
	}
	return decodeRaw(raw.Bytes())
}

func decodeRaw(raw []byte) (*Snapshot, error) {
	if !bytes.HasPrefix(raw, []byte(magic)) {
		return nil, fmt.Errorf("%w: it does not begin with %q", ErrSnapshot, magic)
	}
	d := &codec{buf: raw[len(magic):]}
	d.readStrings()
	d.readTables()
	s := &Snapshot{}
	d.snapshot(s)
	if d.err == nil && len(d.buf) > 0 {
		d.fail("%d bytes follow the end", len(d.buf))
	}
	if d.err != nil {
		return nil, d.err
	}
	return s, nil
}

// codec walks a snapshot in one fixed order, writing it to buf or reading it from buf, so that both directions cannot
// drift apart.
type codec struct {
	writing bool
	buf     []byte
	err     error // first error of reading; later reads give zero values

	strings []string
	numbers map[string]uint64 // writing: the number of a string

	tables       []priceTable
	tableNumbers map[string]uint64 // writing: the number of an encoded price list
}

type priceTable struct {
	prices []Price
	rates  []Rates
}

func (c *codec) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%w: %s", ErrSnapshot, fmt.Sprintf(format, args...))
		c.buf = nil
	}
}

func (c *codec) uint(v *uint64) {
	if c.writing {
		c.buf = binary.AppendUvarint(c.buf, *v)
		return
	}
	n, size := binary.Uvarint(c.buf)
	if size <= 0 {
		c.fail("it ends too early")
		*v = 0
		return
	}
	c.buf, *v = c.buf[size:], n
}

func (c *codec) int(v *int64) {
	u := uint64(*v)
	c.uint(&u)
	if c.writing {
		return // the snapshot that is written is being read by others
	}
	if u > math.MaxInt64 {
		c.fail("number %d is out of range", u)
		u = 0
	}
	*v = int64(u)
}

func (c *codec) bool(v *bool) {
	var u uint64
	if *v {
		u = 1
	}
	c.uint(&u)
	if !c.writing {
		*v = u != 0
	}
}

// text codes a string as its number in the table.
func text[T ~string](c *codec, v *T) {
	if !c.writing {
		var n uint64
		c.uint(&n)
		if c.err == nil && n >= uint64(len(c.strings)) {
			c.fail("text %d of %d", n, len(c.strings))
		}
		if c.err == nil {
			*v = T(c.strings[n])
		}
		return
	}
	n, ok := c.numbers[string(*v)]
	if !ok {
		n = uint64(len(c.strings))
		c.numbers[string(*v)] = n
		c.strings = append(c.strings, string(*v))
	}
	c.uint(&n)
}

// list codes a slice: its length, then each element.
func list[T any](c *codec, v *[]T, each func(*codec, *T)) {
	n := uint64(len(*v))
	c.uint(&n)
	if !c.writing {
		if n > uint64(len(c.buf)) { // every element takes a byte at least: a false length cannot ask for memory
			c.fail("a list of %d elements in %d bytes", n, len(c.buf))
		}
		if c.err != nil || n == 0 {
			return
		}
		*v = make([]T, n)
	}
	for i := range *v {
		each(c, &(*v)[i])
	}
}

func (c *codec) readStrings() {
	var n uint64
	c.uint(&n)
	if n > uint64(len(c.buf)) {
		c.fail("%d texts in %d bytes", n, len(c.buf))
		return
	}
	sizes := make([]uint64, n)
	for i := range sizes {
		c.uint(&sizes[i])
	}
	blob := string(c.buf) // one copy that all texts share
	c.strings = make([]string, n)
	var at uint64
	for i, size := range sizes {
		if size > uint64(len(blob))-at {
			c.fail("text %d is cut off", i)
			return
		}
		c.strings[i] = blob[at : at+size]
		at += size
	}
	c.buf = c.buf[at:]
}

func (c *codec) readTables() {
	var n uint64
	c.uint(&n)
	if n > uint64(len(c.buf)) {
		c.fail("%d price lists in %d bytes", n, len(c.buf))
		return
	}
	c.tables = make([]priceTable, n)
	for i := range c.tables {
		t := &c.tables[i]
		list(c, &t.prices, (*codec).price)
		row := Row{Prices: t.prices}
		row.prepare()
		t.rates = row.rates
	}
}

// table codes the price list of a row as its number in the table; reading shares the list and its rates between rows.
func (c *codec) table(r *Row) {
	if !c.writing {
		var n uint64
		c.uint(&n)
		if c.err == nil && n >= uint64(len(c.tables)) {
			c.fail("price list %d of %d", n, len(c.tables))
		}
		if c.err == nil {
			r.Prices, r.rates = c.tables[n].prices, c.tables[n].rates
		}
		return
	}
	key := fmt.Sprint(r.Prices)
	n, ok := c.tableNumbers[key]
	if !ok {
		n = uint64(len(c.tables))
		c.tableNumbers[key] = n
		c.tables = append(c.tables, priceTable{prices: r.Prices})
	}
	c.uint(&n)
}

func (c *codec) price(p *Price) {
	text(c, &p.Dimension)
	text(c, &p.Tier)
	c.int(&p.Above)
	c.rate(&p.Rate)
}

func (c *codec) rate(r *money.Rate) {
	v := int64(*r)
	c.int(&v)
	if !c.writing {
		*r = money.Rate(v)
	}
}
