package web

import (
	"context"
	"errors"
	"testing"
	"time"

	"headroom/pricing"
)

// request is the context of a page, with room for its place.
func request(ctx context.Context) (context.Context, *pagePlace) {
	place := &pagePlace{}
	return context.WithValue(ctx, pagePlaceKey{}, place), place
}

func TestBigPlansOfPagesWaitForAPlace(t *testing.T) {
	s := &Site{BigPlans: NewPlaces(1, time.Millisecond)}
	big, small := make([]byte, bigPlan), make([]byte, bigPlan-1)
	first, place := request(t.Context())
	for range 2 {
		if err := s.PlaceFor(first, big); err != nil {
			t.Fatalf("the first page got %v, want a place, once for all plans that it evaluates", err)
		}
	}
	cancelled, leave := context.WithCancel(t.Context())
	leave()
	if gone, _ := request(cancelled); !errors.Is(s.PlaceFor(gone, big), context.Canceled) {
		t.Error("a second big plan whose reader is gone does not give up")
	}
	second, _ := request(t.Context())
	if err := s.PlaceFor(second, big); !errors.Is(err, ErrBusy) {
		t.Errorf("a second big plan got %v, want that its wait ends", err)
	}
	if err := s.PlaceFor(second, small); err != nil {
		t.Errorf("an ordinary plan got %v, want that it never waits", err)
	}
	place.giveBack()
	place.giveBack()
	if err := s.PlaceFor(second, big); err != nil {
		t.Errorf("after a place is free a big plan got %v", err)
	}
}

func TestALargePlanTakesMorePlacesAndTheLargestAll(t *testing.T) {
	p := NewPlaces(100, time.Millisecond)
	half, err := p.TakeShare(t.Context(), 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.TakeShare(t.Context(), 51, 2); !errors.Is(err, ErrBusy) {
		t.Errorf("more than is left: %v", err)
	}
	half()
	half() // only once
	all, err := p.TakeShare(t.Context(), 1_000, 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Take(t.Context()); !errors.Is(err, ErrBusy) {
		t.Errorf("beside the largest: %v", err)
	}
	all()
}

func TestASimulationThatTakesTooLongIsRefusedAndItsPlaceFreed(t *testing.T) {
	one := NewPlaces(1, time.Millisecond)
	wait := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	_, err := Drawn(t.Context(), one.Take, time.Millisecond, wait)
	if invalid := pricing.Invalid(err); invalid == nil || invalid.Fields[0].Path != "uncertainty.samples" {
		t.Errorf("too long: %v", err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := Drawn(gone, one.Take, time.Minute, wait); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who left: %v", err)
	}
	free, err := one.Take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Drawn(t.Context(), one.Take, time.Millisecond, wait); !errors.Is(err, ErrBusy) {
		t.Errorf("no place in time: %v", err)
	}
	free()
	seven := func(context.Context) (int, error) { return 7, nil }
	if got, err := Drawn(t.Context(), one.Take, time.Minute, seven); got != 7 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
}
