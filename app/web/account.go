package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/db"
)

// What a session holds. Everything is text, so that no type has to be registered with the codec.
const (
	sessionUser    = "user"    // id of the user who signed in
	SessionTeam    = "team"    // id of the team that they chose, if they are in several
	sessionProof   = "proof"   // fingerprint of their password hash: a new password ends every other session
	sessionNotices = "notices" // what the next page has to say, as JSON
	SessionInvited = "invited" // token of an invitation that was just made, for the next page to show
	SessionPending = "pending" // a plan that waits for somebody to sign in, as JSON
)

// Account is who is signed in, and the team that they work in: the one chosen in this session, else their first.
type Account struct {
	db.User
	Team  db.TeamOfUser
	Teams []db.TeamOfUser
}

const accountKey = "headroom.account"

// Account is nil for a visitor. It is loaded once per request.
func (s *Site) Account(c echo.Context) (*Account, error) {
	if loaded, ok := c.Get(accountKey).(*Account); ok {
		return loaded, nil
	}
	loaded, err := s.LoadAccount(c)
	if err != nil {
		return nil, err
	}
	c.Set(accountKey, loaded)
	return loaded, nil
}

// LoadAccount reads who the session belongs to; nil for a visitor, and for a session that a new password has ended.
func (s *Site) LoadAccount(c echo.Context) (*Account, error) {
	ctx, err := s.withSession(c)
	if err != nil {
		return nil, err
	}
	id := s.Sessions.GetString(ctx, sessionUser)
	if id == "" {
		return nil, nil
	}
	user, err := s.Deps.Store.User(ctx, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if s.Sessions.GetString(ctx, sessionProof) != proof(user.PasswordHash) {
		return nil, nil
	}
	s.extendSession(ctx)
	teams, err := s.Deps.Store.TeamsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	a := &Account{User: user, Teams: teams}
	chosen := s.Sessions.GetString(ctx, SessionTeam)
	for i, team := range teams {
		if i == 0 || team.TeamID == chosen {
			a.Team = team
		}
	}
	return a, nil
}

// extendSession gives a session that is in use its whole lifetime again, once a day: then it ends after that time of
// idleness, and not every request writes it. A write by each request could undo what another one wrote meanwhile.
func (s *Site) extendSession(ctx context.Context) {
	now := s.Deps.Now()
	if s.Sessions.IdleTimeout == 0 && s.Sessions.Deadline(ctx).Before(now.Add(s.Sessions.Lifetime-24*time.Hour)) {
		s.Sessions.SetDeadline(ctx, now.Add(s.Sessions.Lifetime).UTC())
	}
}

// withSession makes the session readable where its middleware did not run: on error pages of addresses outside of it.
func (s *Site) withSession(c echo.Context) (context.Context, error) {
	token := ""
	if cookie, err := c.Cookie(s.Sessions.Cookie.Name); err == nil {
		token = cookie.Value
	}
	ctx, err := s.Sessions.Load(c.Request().Context(), token) // does nothing when the middleware has run
	if err != nil {
		return nil, err
	}
	c.SetRequest(c.Request().WithContext(ctx))
	return ctx, nil
}

// proof is what a session remembers of the password that it began with.
func proof(hash db.PasswordHash) string {
	sum := sha256.Sum256([]byte("session\x00" + string(hash)))
	return hex.EncodeToString(sum[:16])
}

// SignIn begins the user's session under a new token, so that one planted before is worth nothing.
func (s *Site) SignIn(c echo.Context, user db.User) error {
	ctx := c.Request().Context()
	if err := s.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.Sessions.Put(ctx, sessionUser, user.ID)
	s.Sessions.Put(ctx, sessionProof, proof(user.PasswordHash))
	c.Set(accountKey, nil)
	return nil
}

// member is a handler for people who are signed in.
type member func(c echo.Context, a *Account) error

// ForMembers sends visitors to sign in first, and back afterwards.
func (s *Site) ForMembers(handle member) echo.HandlerFunc {
	return func(c echo.Context) error {
		a, err := s.Account(c)
		if err != nil {
			return err
		}
		if a == nil {
			return SeeOther(c, "/sign-in?next="+url.QueryEscape(comeBack(c)))
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return handle(c, a)
	}
}

// ForEditors also asks for a role that may change plans.
func (s *Site) ForEditors(handle member) echo.HandlerFunc {
	return s.ForMembers(func(c echo.Context, a *Account) error {
		if !a.Team.Role.CanEdit() {
			return ErrForbidden
		}
		return handle(c, a)
	})
}

// ForAdmins also asks for a role that may change the team.
func (s *Site) ForAdmins(handle member) echo.HandlerFunc {
	return s.ForMembers(func(c echo.Context, a *Account) error {
		if !a.Team.Role.CanManage() {
			return ErrForbidden
		}
		return handle(c, a)
	})
}

// Team is the store of the account's team.
func (s *Site) Team(a *Account) *db.TeamStore { return s.Deps.Store.Team(a.Team.TeamID) }

// comeBack is this page's address, or for a form the page that it stood on: a form cannot be sent again by a redirect.
func comeBack(c echo.Context) string {
	if c.Request().Method == http.MethodGet {
		return c.Request().URL.RequestURI()
	}
	if from, err := url.Parse(c.Request().Referer()); err == nil && from.Host == c.Request().Host {
		return LocalPath(from.RequestURI(), "/plans")
	}
	return "/plans"
}

// maxNext bounds an address to come back to: a sandbox plan in it takes up to 8 KB, and escaping may treble that.
const maxNext = 32 << 10

// LocalPath is path when it is an address of this server, else fallback: a link to our sign-in page must not lead
// somewhere else afterwards.
func LocalPath(path, fallback string) string {
	u, err := url.Parse(path)
	if err != nil || len(path) > maxNext || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" {
		return fallback
	}
	// "//host" and "/\host" are other hosts to a browser, and it drops tabs and line ends before it looks.
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\t\r\n") {
		return fallback
	}
	return path
}

// Today is the day by the server's clock, in UTC.
func (s *Site) Today() time.Time { return s.Deps.Now().UTC() }
