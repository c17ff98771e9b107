package api_test

import (
	"testing"

	"headroom/app/sitetest"
	"headroom/app/web"
)

func TestThePlansOfExamplesAreLightAndThoseAtTheBoundsAreNot(t *testing.T) {
	example := web.SizeOf([]byte(sitetest.VectorPlan(t, "growth-01-quota-then-budget.json")))
	if !example.Light() {
		t.Errorf("%+v is not light", example)
	}
	size := web.SizeOf([]byte(sitetest.LargePlan(100, 20, 120)))
	if size.Light() {
		t.Errorf("%+v", size)
	}
}
