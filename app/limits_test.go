package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

func TestLimitsCountAnIPv4AddressAndTheFirst64BitsOfAnIPv6Address(t *testing.T) {
	e := echo.New()
	e.IPExtractor = echo.ExtractIPDirect()
	for remote, want := range map[string]string{
		"192.0.2.7:4000":                         "192.0.2.7",
		"[::ffff:192.0.2.7]:4000":                "192.0.2.7",
		"[2001:db8:1:2:3:4:5:6]:4000":            "2001:db8:1:2::/64",
		"[2001:db8:1:2:ffff:ffff:ffff:ffff]:401": "2001:db8:1:2::/64",
		"[2001:db8:1:3::1]:4000":                 "2001:db8:1:3::/64",
		"[fe80::1%eth0]:4000":                    "fe80::/64",
	} {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.RemoteAddr = remote
		if got := client(e.NewContext(request, httptest.NewRecorder())); got != want {
			t.Errorf("%s counts as %q, want %q", remote, got, want)
		}
	}
}

func TestTriesToSignInCountForTheAccountHoweverItsAddressIsWritten(t *testing.T) {
	s := newSite(t)
	s.member("Ada")
	b := s.browser()
	for i := range 10 {
		email := []string{"Ada@example.org", " ada@EXAMPLE.org ", "ADA@example.ORG"}[i%3]
		b.post("/sign-in", "email", email, "password", "wrong password").is(http.StatusUnprocessableEntity)
	}
	for _, email := range []string{"ada@example.org", "aDa@example.org"} {
		refused := b.post("/sign-in", "email", email, "password", goodPassword).is(http.StatusTooManyRequests)
		if strings.TrimSpace(refused.header.Get("Retry-After")) == "" {
			t.Errorf("%s: no Retry-After", email)
		}
	}
}
