package web

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestAPanicOfOnePartFailsTheAnswerAndNotTheProcess(t *testing.T) {
	err := Together(t.Context(), func(context.Context) error { return nil },
		func(context.Context) error { panic("no") })
	if err == nil || !strings.Contains(err.Error(), "panic: no") || !strings.Contains(err.Error(), "together_test.go") {
		t.Errorf("got %v", err)
	}
}

func TestTheFirstErrorEndsTheOtherParts(t *testing.T) {
	wrong := errors.New("wrong")
	err := Together(t.Context(), func(context.Context) error { return wrong }, func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
}

func TestAllPartsAreDoneWhenTheAnswerIs(t *testing.T) {
	var first, second bool
	err := Together(t.Context(), func(context.Context) error { first = true; return nil },
		func(context.Context) error { second = true; return nil })
	if err != nil || !first || !second {
		t.Errorf("%v, %v, %v", first, second, err)
	}
}
