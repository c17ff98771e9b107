package accounts

import (
	"strings"
	"testing"
	"time"

	"headroom/app/web"
	"headroom/db"
)

func TestAWrongHashIsAnErrorAndNotAMatch(t *testing.T) {
	s := &Pages{Site: &web.Site{Deps: web.Deps{Config: web.DefaultConfig()}}, hashes: web.NewPlaces(1, time.Second)}
	if ok, err := s.passwordMatches(t.Context(), "x", db.PasswordHash("not a hash")); ok || err == nil {
		t.Errorf("got %v %v", ok, err)
	}
	const production = "$argon2id$v=19$m=19456,t=2,p=1$"
	hash, err := s.hashPassword(t.Context(), "long and unlikely words")
	if err != nil || !strings.HasPrefix(string(hash), production) || !strings.HasPrefix(nobodyHash, production) {
		t.Errorf("a password is hashed as %.40s, and nobody's as %.40s, want %s (%v)", string(hash),
			nobodyHash, production, err)
	}
	if ok, err := s.passwordMatches(t.Context(), "x", nobodyHash); ok || err != nil {
		t.Errorf("the hash of nobody: got %v %v", ok, err)
	}
}
