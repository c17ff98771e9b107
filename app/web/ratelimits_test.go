package web

import (
	"net/http"
	"net/http/httptest"
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
		if got := Client(e.NewContext(request, httptest.NewRecorder())); got != want {
			t.Errorf("%s counts as %q, want %q", remote, got, want)
		}
	}
}
