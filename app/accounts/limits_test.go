package accounts_test

import (
	"net/http"
	"strings"
	"testing"

	"headroom/app/sitetest"
)

func TestTriesToSignInCountForTheAccountHoweverItsAddressIsWritten(t *testing.T) {
	s := sitetest.NewSite(t)
	s.Member("Ada")
	b := s.Browser()
	for i := range 10 {
		email := []string{"Ada@example.org", " ada@EXAMPLE.org ", "ADA@example.ORG"}[i%3]
		b.Post("/sign-in", "email", email, "password", "wrong password").Is(http.StatusUnprocessableEntity)
	}
	for _, email := range []string{"ada@example.org", "aDa@example.org"} {
		refused := b.Post("/sign-in", "email", email, "password", sitetest.GoodPassword).Is(http.StatusTooManyRequests)
		if strings.TrimSpace(refused.Header.Get("Retry-After")) == "" {
			t.Errorf("%s: no Retry-After", email)
		}
	}
}
