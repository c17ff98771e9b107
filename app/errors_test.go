package app

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"headroom/pricing/catalog"
)

// A browser drops the answer that it no longer needs when its reader types on: that is no error of ours.
func TestAReaderWhoLeftIsNoErrorInTheLog(t *testing.T) {
	var log strings.Builder
	site := plannerSite(t)
	shipped, err := catalog.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	server := New(Deps{Store: site.store, Catalog: shipped, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(&log, nil)), Config: DefaultConfig()})
	gone, leave := context.WithCancel(t.Context())
	leave()
	server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, http.MethodGet, "/", nil))
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log:\n%s", log.String())
	}
	server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/nowhere", nil))
	if !strings.Contains(log.String(), "status=404") {
		t.Errorf("a request that was answered is not in the log:\n%s", log.String())
	}
}
