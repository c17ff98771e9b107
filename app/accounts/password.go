package accounts

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"headroom/app/web"
	"headroom/db"
)

// argonMemory, in KiB, and argonPasses are the second of OWASP's equal choices for argon2id (Password Storage Cheat
// Sheet, read 2026-11): 19 MiB, 2 passes, 1 lane; about 45 ms on one core.
const (
	argonPasses = 2
)

// Limits of the routes that hash a password.
const (
	hashesAtOnce = 4   // 19 MiB each
	hashesBurst  = 100 // of one address, whatever accounts it tries; then one every three seconds
)

// Hashing guards routes that hash a password: an address that tries too many accounts is refused, and so is a form that
// does not arrive whole. The form is read here, before anything waits for a place.
func (s *Pages) Hashing() echo.MiddlewareFunc {
	addresses := web.NewKeyedLimiter(rate.Every(3*time.Second), hashesBurst)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := addresses.Take(web.Client(c), s.Deps.Now()); err != nil {
				return err
			}
			if _, err := web.ReadForm(c); err != nil {
				return err
			}
			return next(c)
		}
	}
}

// nobodyHash is checked when no account has the address, so that the answer takes as long as for one that has.
const nobodyHash = "$argon2id$v=19$m=19456,t=2,p=1$4P2vxiYz4viQGhTIOnJkQQ$0Zrb5BjiwSWrJ4ZrrzPA/hcIlkXG54ysNwhlhU/j4eI"

const (
	minPassword = 10  // characters
	maxPassword = 512 // bytes; longer ones cost time and add nothing
)

// hashPassword and passwordMatches take one of the places for hashing while they compute and no longer: a crowd of them
// would take all memory and both cores, and a place held for a client that sends or reads slowly would keep others out.
func (s *Pages) hashPassword(ctx context.Context, password string) (db.PasswordHash, error) {
	free, err := s.hashes.Take(ctx)
	if err != nil {
		return "", err
	}
	defer free()
	hash, err := argon2id.CreateHash(password, &argon2id.Params{
		Memory: s.Deps.Config.HashMemory, Iterations: argonPasses, Parallelism: 1, SaltLength: 16, KeyLength: 32,
	})
	return db.PasswordHash(hash), err
}

func (s *Pages) passwordMatches(ctx context.Context, password string, hash db.PasswordHash) (bool, error) {
	if len(password) > maxPassword {
		return false, nil
	}
	free, err := s.hashes.Take(ctx)
	if err != nil {
		return false, err
	}
	defer free()
	return argon2id.ComparePasswordAndHash(password, string(hash))
}

// passwordProblem says what is wrong with a new password, and is empty when it will do. Length is what counts (NIST SP
// 800-63B); beyond it only what anybody would try first is refused.
func passwordProblem(password, email, name string) string {
	switch {
	case password == "":
		return "Choose a password of at least 10 characters."
	case utf8.RuneCountInString(password) < minPassword:
		return "Use at least 10 characters; a few words are easy to remember."
	case len(password) > maxPassword:
		return "Use at most 512 characters."
	case isObvious(strings.ToLower(password), strings.ToLower(email), strings.ToLower(name)):
		return "This password is too easy to guess. Use a few words that do not belong together."
	}
	return ""
}

// isObvious finds repetitions, runs of the keyboard or the alphabet, and the person's own name or address.
func isObvious(password, email, name string) bool {
	user, _, _ := strings.Cut(email, "@")
	for _, known := range []string{email, user, name, "headroom", "password", "passwort"} {
		if known = strings.ReplaceAll(known, " ", ""); len(known) >= 4 {
			rest := strings.Replace(password, known, "", 1)
			if rest != password && utf8.RuneCountInString(rest) < 4 {
				return true
			}
		}
	}
	for _, run := range []string{"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm",
		"qwertzuiopasdfghjklyxcvbnm"} {
		if strings.Contains(run, password) || strings.Contains(reversed(run), password) {
			return true
		}
	}
	return strings.Count(password, password[:1]) == len(password)
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
