package sheet

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"headroom/views/table"
)

// Excel refuses sheet names over 31 characters and cells over 32,767.
const (
	maxSheetName = 31
	maxCell      = 32767
)

// WriteXLSX writes one sheet per table, named by its ID, and a last sheet "sources" with the provenance of the first.
func WriteXLSX(w io.Writer, tables ...table.Table) error {
	book := excelize.NewFile()
	defer book.Close()
	styles, err := newStyles(book)
	if err != nil {
		return err
	}
	for i, t := range tables {
		if err := addSheet(book, i, t.ID); err != nil {
			return err
		}
		if err := (writer{book, t.ID, styles}).table(t); err != nil {
			return err
		}
	}
	if len(tables) > 0 {
		if err := writeSources(book, styles, tables[0].Provenance); err != nil {
			return err
		}
	}
	return book.Write(w)
}

// addSheet renames the sheet that every new book has, then adds others.
func addSheet(book *excelize.File, index int, name string) error {
	if len(name) > maxSheetName {
		name = name[:maxSheetName]
	}
	if index == 0 {
		return book.SetSheetName("Sheet1", name)
	}
	_, err := book.NewSheet(name)
	return err
}

// styles are the number formats of a book, by column kind.
type styles struct {
	head   int
	number map[table.Kind]int
}

func newStyles(book *excelize.File) (styles, error) {
	s := styles{number: map[table.Kind]int{}}
	var err error
	if s.head, err = book.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	}); err != nil {
		return s, err
	}
	formats := map[table.Kind]string{
		table.Money: "#,##0.00", table.Count: "#,##0", table.Percent: "0.0%", table.Unit: "0.00##########",
		table.Date: "yyyy-mm-dd", table.Month: "yyyy-mm",
	}
	// In order, so that the same table is the same file every time.
	for _, kind := range slices.Sorted(maps.Keys(formats)) {
		format := formats[kind]
		if s.number[kind], err = book.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return s, err
		}
	}
	return s, nil
}

// writer fills one sheet.
type writer struct {
	book   *excelize.File
	sheet  string
	styles styles
}

func (w writer) table(t table.Table) error {
	for x, c := range t.Columns {
		if err := w.text(x+1, 1, Head(c)); err != nil {
			return err
		}
		if err := w.width(x+1, c); err != nil {
			return err
		}
	}
	if err := w.head(len(t.Columns)); err != nil {
		return err
	}
	for y, row := range t.Rows {
		for x, cell := range row.Cells {
			if x < len(t.Columns) {
				if err := w.cell(x+1, y+2, t.Columns[x].Kind, cell); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// head makes the first row bold and keeps it and the first column in sight.
func (w writer) head(columns int) error {
	if columns == 0 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(columns, 1)
	if err != nil {
		return err
	}
	if err := w.book.SetCellStyle(w.sheet, "A1", last, w.styles.head); err != nil {
		return err
	}
	return w.book.SetPanes(w.sheet, &excelize.Panes{
		Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight",
	})
}

func (w writer) width(x int, c table.Column) error {
	name, err := excelize.ColumnNumberToName(x)
	if err != nil {
		return err
	}
	width := 14.0
	if c.Kind == table.Text {
		width = 28
	}
	return w.book.SetColWidth(w.sheet, name, name, width)
}

func (w writer) cell(x, y int, kind table.Kind, cell table.Cell) error {
	at, err := excelize.CoordinatesToCellName(x, y)
	if err != nil {
		return err
	}
	text := table.Plain(kind, cell)
	if numeric(kind) && text != "" {
		// The digits of the page, not the unrounded value behind them: both files show what the page shows.
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		return w.typed(at, kind, value)
	}
	if day, ok := parseDay(kind, text); ok {
		return w.typed(at, kind, day)
	}
	if text == "" {
		return nil
	}
	return w.text(x, y, text)
}

func (w writer) typed(at string, kind table.Kind, value any) error {
	if err := w.book.SetCellValue(w.sheet, at, value); err != nil {
		return err
	}
	return w.book.SetCellStyle(w.sheet, at, at, w.styles.number[kind])
}

// text stores a string, which no spreadsheet runs whatever it begins with.
func (w writer) text(x, y int, text string) error {
	at, err := excelize.CoordinatesToCellName(x, y)
	if err != nil {
		return err
	}
	if runes := []rune(text); len(runes) > maxCell {
		text = string(runes[:maxCell])
	}
	return w.book.SetCellStr(w.sheet, at, text)
}

// parseDay reads the ISO text of a date or month column.
func parseDay(kind table.Kind, text string) (time.Time, bool) {
	layout := map[table.Kind]string{table.Date: "2006-01-02", table.Month: "2006-01"}[kind]
	if layout == "" {
		return time.Time{}, false
	}
	day, err := time.Parse(layout, text)
	return day, err == nil
}

// writeSources lists where the figures come from.
func writeSources(book *excelize.File, s styles, facts []table.Fact) error {
	t := table.Table{ID: "sources", Columns: []table.Column{{Label: "What"}, {Label: "Value"}, {Label: "Link"}}}
	for _, f := range facts {
		t.Rows = append(t.Rows, table.Row{Cells: []table.Cell{{Text: f.Label}, {Text: f.Value}, {Text: f.URL}}})
	}
	if _, err := book.NewSheet(t.ID); err != nil {
		return err
	}
	return writer{book, t.ID, s}.table(t)
}
