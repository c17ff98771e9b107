package planner_test

import (
	"bytes"
	"net/http"
	"testing"

	"headroom/app/sitetest"
)

func TestABrokenFormIsTheSendersMistakeAndNoFailureOfTheServer(t *testing.T) {
	visitor := sitetest.PlannerSite(t).Browser()
	for _, tt := range []struct {
		name, path, mime, body string
		status                 int
	}{
		{"a broken escape", "/plan", "application/x-www-form-urlencoded", "from=chatbot&months=%zz",
			http.StatusBadRequest},
		{"half a multipart form", "/plan", "multipart/form-data; boundary=x", "--x\r\nContent-Disp",
			http.StatusBadRequest},
		{"half a file", "/plan/open", "multipart/form-data; boundary=x", "--x\r\nContent-Disp",
			http.StatusBadRequest},
		{"opening a plan without a file", "/plan/open", "application/x-www-form-urlencoded", "",
			http.StatusUnprocessableEntity},
	} {
		t.Run(tt.name, func(t *testing.T) {
			visitor.SendBody(tt.path, tt.mime, bytes.NewBufferString(tt.body)).Is(tt.status)
		})
	}
}
