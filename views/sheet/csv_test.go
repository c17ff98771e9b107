package sheet

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/views/table"
)

func example() table.Table {
	return table.Table{
		ID: "comparison",
		Columns: []table.Column{
			{Key: "alternative", Label: "Alternative"},
			{Key: "total", Label: "Total", Unit: "USD", Kind: table.Money},
			{Key: "delta", Label: "Against baseline", Unit: "USD", Kind: table.Money},
			{Key: "margin", Label: "Margin", Unit: "%", Kind: table.Percent},
			{Key: "input_price", Label: "Input", Unit: "USD per 1M", Kind: table.Unit},
			{Key: "as_of", Label: "As of", Kind: table.Date, ExportOnly: true},
		},
		Rows: []table.Row{
			{Key: "azure", Cells: []table.Cell{
				{Text: "Azure"}, {Value: 3880585.5049}, {State: table.None, Text: "baseline"}, {Value: 0.5766},
				{Exact: "2.5"}, {Text: "2026-08-01"},
			}},
			{Key: "evil", Cells: []table.Cell{
				{Text: "=HYPERLINK(\"http://x\";\"y\")"}, {Value: -12.345}, {Value: -525, Signed: true},
				{State: table.Unknown, Reason: "no revenue"}, {State: table.Unknown, Reason: "no price"}, {},
			}},
		},
		Provenance: []table.Fact{{Label: "Price snapshot", Value: "2026-11-20"}},
	}
}

func TestDataProfileIsRFC4180WithKeysAndPlainNumbers(t *testing.T) {
	var got bytes.Buffer
	if err := WriteCSV(&got, example(), Profile{}); err != nil {
		t.Fatal(err)
	}
	want := "alternative,total,delta,margin,input_price,as_of\r\n" +
		"Azure,3880585.50,,0.577,2.5,2026-08-01\r\n" +
		"\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\",-12.35,-525.00,,,\r\n"
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("data CSV (-want +got):\n%s", diff)
	}
}

func TestExcelProfileHasMarkWordsAndChosenSigns(t *testing.T) {
	var got bytes.Buffer
	if err := WriteCSV(&got, example(), Profile{Excel: true, Separator: ';', DecimalComma: true}); err != nil {
		t.Fatal(err)
	}
	first, rest, _ := strings.Cut(got.String(), "\r\n")
	if first != "\ufeffAlternative;Total (USD);Against baseline (USD);Margin (share of 1);Input (USD per 1M);As of" {
		t.Errorf("head line = %q", first)
	}
	if line, _, _ := strings.Cut(rest, "\r\n"); line != "Azure;3880585,50;;0,577;2,5;2026-08-01" {
		t.Errorf("first line = %q", line)
	}
}

func TestEscapePutsAnApostropheBeforeWhatASpreadsheetWouldRun(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a formula", "=1+1", "'=1+1"},
		{"an at sign", "@SUM(A1)", "'@SUM(A1)"},
		{"a plus", "+1", "'+1"},
		{"a text that begins with minus", "-lab/model", "'-lab/model"},
		{"a tab", "\tx", "'\tx"},
		{"a carriage return", "\r=1", "'\n'=1"},
		{"a space before", "  =1", "'  =1"},
		{"a no-break space before", "\u00a0=1", "'\u00a0=1"},
		{"a zero-width space before", "\u200b=1", "'\u200b=1"},
		{"the second line", "fine\n=1", "fine\n'=1"},
		{"a line after CR LF and a space", "fine\r\n =1", "fine\n' =1"},
		{"a full-width equals sign", "＝1", "'＝1"},
		{"a plain text", "Azure, Global", "Azure, Global"},
		{"a sign inside", "a=b", "a=b"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Escape(tt.text); got != tt.want {
				t.Errorf("Escape(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// FuzzTextCellsNeverBeginAFormula writes any text as a cell, parses the file back, and looks at every line of it.
func FuzzTextCellsNeverBeginAFormula(f *testing.F) {
	for _, seed := range []string{"=1", " =1", "\u00a0+", "a\n=1", "a\r\n\t@", "\r=", "-", "\ufeff=1",
		"\u2028=1", "\x00=1", "“=”"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range []Profile{{}, {Excel: true, Separator: ';'}} {
			var file bytes.Buffer
			one := table.Table{Columns: []table.Column{{Key: "name", Label: "Name"}},
				Rows: []table.Row{{Cells: []table.Cell{{Text: text}}}}}
			if err := WriteCSV(&file, one, p); err != nil {
				t.Fatal(err)
			}
			checkHarmless(t, file.Bytes(), p)
		}
	})
}

func checkHarmless(t *testing.T, file []byte, p Profile) {
	t.Helper()
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte(byteOrderMark))))
	if p.Separator != 0 {
		in.Comma = p.Separator
	}
	for {
		line, err := in.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("the file does not parse: %v\n%q", err, file)
		}
		for _, cell := range line {
			for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == '\n' || r == '\r' }) {
				part = strings.TrimFunc(part, blank)
				if part != "" && strings.ContainsRune("=+-@", []rune(part)[0]) {
					t.Errorf("cell %q has a line that begins a formula", cell)
				}
			}
		}
	}
}
