package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAReaderWhoWentAwayIsNoErrorOfTheServer(t *testing.T) {
	s := plannerSite(t)
	ctx, leave := context.WithCancel(context.Background())
	leave()
	answer := httptest.NewRecorder()
	s.server.Config.Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx))
	if log := s.log.String(); strings.Contains(log, "internal error") || strings.Contains(answer.Body.String(), "Something broke") {
		t.Errorf("a request that was given up: log %q, answer %q", log, answer.Body.String())
	}
}
