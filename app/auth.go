package app

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
	sessionTeam    = "team"    // id of the team that they chose, if they are in several
	sessionProof   = "proof"   // fingerprint of their password hash: a new password ends every other session
	sessionNotices = "notices" // what the next page has to say, as JSON
	sessionInvited = "invited" // token of an invitation that was just made, for the next page to show
	sessionPending = "pending" // a plan that waits for somebody to sign in, as JSON
)

// account is who is signed in, and the team that they work in: the one chosen in this session, else their first.
type account struct {
	db.User
	Team  db.TeamOfUser
	Teams []db.TeamOfUser
}

const accountKey = "headroom.account"

// account is nil for a visitor. It is loaded once per request.
func (s *Server) account(c echo.Context) (*account, error) {
	if loaded, ok := c.Get(accountKey).(*account); ok {
		return loaded, nil
	}
	loaded, err := s.loadAccount(c)
	if err != nil {
		return nil, err
	}
	c.Set(accountKey, loaded)
	return loaded, nil
}

func (s *Server) loadAccount(c echo.Context) (*account, error) {
	ctx, err := s.withSession(c)
	if err != nil {
		return nil, err
	}
	id := s.sessions.GetString(ctx, sessionUser)
	if id == "" {
		return nil, nil
	}
	user, err := s.deps.Store.User(ctx, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if s.sessions.GetString(ctx, sessionProof) != proof(user.PasswordHash) {
		return nil, nil
	}
	s.extendSession(ctx)
	teams, err := s.deps.Store.TeamsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	a := &account{User: user, Teams: teams}
	chosen := s.sessions.GetString(ctx, sessionTeam)
	for i, team := range teams {
		if i == 0 || team.TeamID == chosen {
			a.Team = team
		}
	}
	return a, nil
}

// extendSession gives a session that is in use its whole lifetime again, once a day: then it ends after that time of
// idleness, and not every request writes it. A write by each request could undo what another one wrote meanwhile.
func (s *Server) extendSession(ctx context.Context) {
	now := s.deps.Now()
	if s.sessions.IdleTimeout == 0 && s.sessions.Deadline(ctx).Before(now.Add(s.sessions.Lifetime-24*time.Hour)) {
		s.sessions.SetDeadline(ctx, now.Add(s.sessions.Lifetime).UTC())
	}
}

// withSession makes the session readable where its middleware did not run: on error pages of addresses outside of it.
func (s *Server) withSession(c echo.Context) (context.Context, error) {
	token := ""
	if cookie, err := c.Cookie(s.sessions.Cookie.Name); err == nil {
		token = cookie.Value
	}
	ctx, err := s.sessions.Load(c.Request().Context(), token) // does nothing when the middleware has run
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

// signIn begins the user's session under a new token, so that one planted before is worth nothing.
func (s *Server) signIn(c echo.Context, user db.User) error {
	ctx := c.Request().Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, sessionUser, user.ID)
	s.sessions.Put(ctx, sessionProof, proof(user.PasswordHash))
	c.Set(accountKey, nil)
	return nil
}

// member is a handler for people who are signed in.
type member func(c echo.Context, a *account) error

// forMembers sends visitors to sign in first, and back afterwards.
func (s *Server) forMembers(handle member) echo.HandlerFunc {
	return func(c echo.Context) error {
		a, err := s.account(c)
		if err != nil {
			return err
		}
		if a == nil {
			return seeOther(c, "/sign-in?next="+url.QueryEscape(comeBack(c)))
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return handle(c, a)
	}
}

// forEditors also asks for a role that may change plans.
func (s *Server) forEditors(handle member) echo.HandlerFunc {
	return s.forMembers(func(c echo.Context, a *account) error {
		if !a.Team.Role.CanEdit() {
			return errForbidden
		}
		return handle(c, a)
	})
}

// forAdmins also asks for a role that may change the team.
func (s *Server) forAdmins(handle member) echo.HandlerFunc {
	return s.forMembers(func(c echo.Context, a *account) error {
		if !a.Team.Role.CanManage() {
			return errForbidden
		}
		return handle(c, a)
	})
}

// team is the store of the account's team.
func (s *Server) team(a *account) *db.TeamStore { return s.deps.Store.Team(a.Team.TeamID) }

// comeBack is this page's address, or for a form the page that it stood on: a form cannot be sent again by a redirect.
func comeBack(c echo.Context) string {
	if c.Request().Method == http.MethodGet {
		return c.Request().URL.RequestURI()
	}
	if from, err := url.Parse(c.Request().Referer()); err == nil && from.Host == c.Request().Host {
		return localPath(from.RequestURI(), "/plans")
	}
	return "/plans"
}

// maxNext bounds an address to come back to: a sandbox plan in it takes up to 8 KB, and escaping may treble that.
const maxNext = 32 << 10

// localPath is path when it is an address of this server, else fallback: a link to our sign-in page must not lead
// somewhere else afterwards.
func localPath(path, fallback string) string {
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

// today is the day by the server's clock, in UTC.
func (s *Server) today() time.Time { return s.deps.Now().UTC() }
