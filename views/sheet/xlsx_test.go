package sheet

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestXLSXKeepsNumbersAsNumbersAndTextAsText(t *testing.T) {
	var file bytes.Buffer
	if err := WriteXLSX(&file, example()); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if diff := cmp.Diff([]string{"comparison", "sources"}, book.GetSheetList()); diff != "" {
		t.Fatalf("sheets (-want +got):\n%s", diff)
	}
	tests := []struct {
		name, cell, raw string
		kind            excelize.CellType
	}{
		{"a total is a number with the digits of the page", "B2", "3880585.5", excelize.CellTypeUnset},
		{"the baseline has no difference", "C2", "", excelize.CellTypeUnset},
		{"a percentage is a fraction", "D2", "0.577", excelize.CellTypeUnset},
		{"an exact price keeps its digits", "E2", "2.5", excelize.CellTypeUnset},
		{"a formula stays a string", "A3", `=HYPERLINK("http://x";"y")`, excelize.CellTypeSharedString},
		{"an unknown figure is empty and not 0", "D3", "", excelize.CellTypeUnset},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := book.GetCellValue("comparison", tt.cell, excelize.Options{RawCellValue: true})
			if err != nil || got != tt.raw {
				t.Errorf("%s = %q, %v, want %q", tt.cell, got, err, tt.raw)
			}
			kind, err := book.GetCellType("comparison", tt.cell)
			if err != nil || kind != tt.kind {
				t.Errorf("%s has type %v, %v, want %v", tt.cell, kind, err, tt.kind)
			}
		})
	}
	if formula, _ := book.GetCellFormula("comparison", "A3"); formula != "" {
		t.Errorf("A3 is a formula: %q", formula)
	}
	if panes, err := book.GetPanes("comparison"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header is not frozen: %+v, %v", panes, err)
	}
	if got, _ := book.GetCellValue("comparison", "F2"); got != "2026-08-01" {
		t.Errorf("a date shows as %q", got)
	}
	if got, _ := book.GetCellValue("sources", "B2"); got != "2026-11-20" {
		t.Errorf("sources sheet names snapshot %q", got)
	}
}

func TestTheSameTableIsTheSameFileEveryTime(t *testing.T) {
	var first bytes.Buffer
	if err := WriteXLSX(&first, example()); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		var again bytes.Buffer
		if err := WriteXLSX(&again, example()); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatal("two files of one table differ")
		}
	}
}
