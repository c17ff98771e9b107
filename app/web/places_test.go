package web

import (
	"context"
	"errors"
	"testing"
	"time"

	"headroom/pricing"
)

func TestASimulationThatTakesTooLongIsRefusedAndItsPlaceFreed(t *testing.T) {
	one := make(Places, 1)
	wait := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	_, err := Drawn(t.Context(), one, time.Millisecond, wait)
	if invalid := pricing.Invalid(err); invalid == nil || invalid.Fields[0].Path != "uncertainty.samples" {
		t.Errorf("too long: %v", err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := Drawn(gone, one, time.Minute, wait); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who left: %v", err)
	}
	free, err := one.Take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Drawn(t.Context(), one, time.Millisecond, wait); !errors.Is(err, errBusy) {
		t.Errorf("no place in time: %v", err)
	}
	free()
	if got, err := Drawn(t.Context(), one, time.Minute, func(context.Context) (int, error) { return 7, nil }); got != 7 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestBigPlansOfPagesWaitForAPlace(t *testing.T) {
	s := &Site{BigPlans: make(Places, 1)}
	big, small := make([]byte, bigPlan), make([]byte, bigPlan-1)
	free, err := s.PlaceFor(t.Context(), big)
	if err != nil {
		t.Fatal(err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := s.PlaceFor(gone, big); !errors.Is(err, context.Canceled) {
		t.Errorf("a second big plan whose reader is gone got %v, want that it gives up", err)
	}
	if _, err := s.PlaceFor(gone, small); err != nil {
		t.Errorf("an ordinary plan got %v, want that it never waits", err)
	}
	free()
	if _, err := s.PlaceFor(t.Context(), big); err != nil {
		t.Errorf("after a place is free a big plan got %v", err)
	}
}
