package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"

	"headroom/views/table"
)

// Profile says for whom a CSV is.
type Profile struct {
	// Excel adds the byte order mark that Excel needs to read UTF-8, and heads columns with the words of the page.
	// Without it the file is RFC 4180: no mark, and the column keys of the JSON as heads.
	Excel bool
	// Separator is ',' unless set; ';' is what Excel expects where the comma is the decimal sign.
	Separator rune
	// DecimalComma writes 1234,5 for 1234.5, for the same places. Only with another separator than the comma.
	DecimalComma bool
}

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\ufeff"

// WriteCSV writes the table with one head line. Lines end with CR LF as RFC 4180 asks.
func WriteCSV(w io.Writer, t table.Table, p Profile) error {
	if p.Excel {
		if _, err := io.WriteString(w, byteOrderMark); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if p.Separator != 0 {
		out.Comma = p.Separator
	}
	if err := out.Write(heads(t, p.Excel)); err != nil {
		return err
	}
	for _, row := range t.Rows {
		if err := out.Write(record(t, row, p)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func heads(t table.Table, words bool) []string {
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line[i] = Escape(c.Key)
		if words {
			line[i] = Escape(csvHead(c))
		}
	}
	return line
}

// Head is a column's label with its unit: "Total (USD)".
func Head(c table.Column) string {
	if c.Unit == "" {
		return c.Label
	}
	return c.Label + " (" + c.Unit + ")"
}

// csvHead is Head where a cell has no number format: a share is written as 0.577 and must not stand below a percent
// sign.
func csvHead(c table.Column) string {
	if c.Kind == table.Percent {
		c.Unit = strings.Replace(c.Unit, "%", "share of 1", 1)
	}
	return Head(c)
}

func record(t table.Table, row table.Row, p Profile) []string {
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		if i >= len(row.Cells) {
			continue
		}
		text := table.Plain(c.Kind, row.Cells[i])
		if !numeric(c.Kind) {
			text = Escape(text)
		} else if p.DecimalComma && commaIsFree(p.Separator) {
			text = strings.Replace(text, ".", ",", 1)
		}
		line[i] = text
	}
	return line
}

func numeric(kind table.Kind) bool {
	return kind != table.Text && kind != table.Month && kind != table.Date
}

// commaIsFree reports whether a separator leaves the comma free for decimals.
func commaIsFree(separator rune) bool { return separator != 0 && separator != ',' }

// Escape makes a text harmless in a spreadsheet: every line that begins, after any spaces, with = + - @ TAB or CR (or a
// full-width form of them) gets an apostrophe in front. Line ends become LF. Numbers are never escaped: they are not
// text.
func Escape(text string) string {
	if text == "" {
		return ""
	}
	if text[0] == '\r' {
		text = "'" + text
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if !strings.ContainsAny(text, "=+-@\t＝＋－＠") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if runs(line) {
			lines[i] = "'" + line
		}
	}
	return strings.Join(lines, "\n")
}

// runs reports whether a spreadsheet could take the line for a formula.
func runs(line string) bool {
	for _, r := range line {
		switch r {
		case '=', '+', '-', '@', '\t', '＝', '＋', '－', '＠':
			return true
		}
		if !blank(r) {
			return false
		}
	}
	return false
}

// blank is what programs skip before a formula: every Unicode space, control and invisible format character.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}
