// Package cells is figures, prices, names and sources as cells of a table, for every page group alike.
package cells

import (
	"errors"
	"strconv"
	"time"

	"headroom/pricing"
	"headroom/pricing/capacity"
	"headroom/pricing/money"
	"headroom/views/table"
)

// QuantityCell is a figure of a data file, unknown with its reason.
func QuantityCell(q capacity.Quantity) table.Cell {
	if !q.Known {
		return table.Cell{State: table.Unknown, Reason: q.Reason()}
	}
	return FigureOfTable(q.Value)
}

// FigureOfTable is a figure with the digits of its source; a large one gets its separators where it is shown.
func FigureOfTable(v float64) table.Cell {
	cell := table.Cell{Value: v}
	if v < 10_000 {
		cell.Text = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return cell
}

// KnownCell is a figure, or unknown with the reason.
func KnownCell(value float64, known bool, reason string) table.Cell {
	if !known {
		return table.Cell{State: table.Unknown, Reason: reason}
	}
	return table.Cell{Value: value}
}

// TextCell is a text of a data file; an empty one does not apply.
func TextCell(text string) table.Cell {
	if text == "" {
		return table.Cell{State: table.None}
	}
	return table.Cell{Text: text}
}

// FigureCell is a ratio that may have no value, and why.
func FigureCell(f pricing.Figure, reason string) table.Cell {
	if !f.Known() {
		return table.Cell{State: table.Unknown, Reason: reason}
	}
	return table.Cell{Value: float64(f)}
}

const PerMillion = "USD per 1 M"

// RateCell is a price with all its digits, or unknown with the reason.
func RateCell(rate money.Rate, has bool, missing error) table.Cell {
	if !has {
		return table.Cell{State: table.Unknown, Reason: Reason(missing)}
	}
	return table.Cell{Value: rate.Float(), Exact: rate.String()}
}

var ErrNoCacheRead = errors.New("no price per cached token")

// Reason is why a figure is unknown, as the page says it.
func Reason(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// OrNone is a text, or a cell that does not apply.
func OrNone(text string) table.Cell {
	if text == "" {
		return table.Cell{State: table.None}
	}
	return table.Cell{Text: text}
}

// Moment is a time to the minute in UTC.
func Moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }
