package cells

import (
	"errors"
	"testing"
	"time"

	"headroom/pricing/money"
	"headroom/views/table"
)

func TestWhatIsUnknownSaysWhyAndIsNeverZero(t *testing.T) {
	why := errors.New("no source states it")
	var none money.Rate
	for name, cell := range map[string]table.Cell{
		"a figure": KnownCell(0, false, why.Error()),
		"a price":  RateCell(none, false, why),
	} {
		if cell.State != table.Unknown || cell.Reason != why.Error() || table.Display(table.Unit, cell) != "unknown" {
			t.Errorf("%s: %+v", name, cell)
		}
	}
	if cell := KnownCell(0, true, ""); cell.State != table.Known || cell.Value != 0 {
		t.Errorf("a known zero: %+v", cell)
	}
}

func TestAMomentIsInUTCToTheMinute(t *testing.T) {
	west := time.Date(2026, 12, 31, 23, 30, 59, 0, time.FixedZone("west", -2*60*60))
	if got := Moment(west); got != "2027-01-01 01:30" {
		t.Errorf("%q", got)
	}
}

func TestPartsThatAreEmptyLeaveNoSeparator(t *testing.T) {
	if got := JoinWords(", ", "Azure", "", "Global"); got != "Azure, Global" {
		t.Errorf("%q", got)
	}
	if got := FirstWord("", "", "third"); got != "third" {
		t.Errorf("%q", got)
	}
	if got := Possessive("Windows") + " " + Possessive("Azure"); got != "Windows’ Azure’s" {
		t.Errorf("%q", got)
	}
}
