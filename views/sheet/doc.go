// Package sheet writes the table model as CSV and XLSX: the rows, columns and rounding of the page, plus the columns
// that only a file shows (currency, price source, as-of date, plan version).
//
// Figures are numbers, never text with grouping or currency signs. Text is never a formula: CSV text that a spreadsheet
// could run is quoted with an apostrophe ([Escape]), XLSX text is stored as a string.
package sheet
