package accounts

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/db"
	"headroom/views"
)

// SignUpPage asks a visitor for what an account needs.
func (s *Pages) SignUpPage(c echo.Context) error {
	return s.showSign(c, http.StatusOK, signForm{next: c.QueryParam("next"), pending: s.saved.HasPending(c)}.signUp())
}

// SignUp makes an account with its first team, signs in and goes on with what the visitor was doing.
func (s *Pages) SignUp(c echo.Context) error {
	f := readSignForm(c)
	f.pending = s.saved.HasPending(c)
	if err := s.Limits.SignUp.Take(web.Client(c), s.Deps.Now()); err != nil {
		web.SayWhenToRetry(c, err)
		return s.refuseSign(c, http.StatusTooManyRequests, f.signUp(), "Too many new accounts from your address. Try "+
			"again in a few minutes.")
	}
	if f.checkSignUp(); len(f.problems) > 0 {
		return s.showSign(c, http.StatusUnprocessableEntity, f.signUp())
	}
	hash, err := s.hashPassword(c.Request().Context(), f.password)
	if err != nil {
		return err
	}
	user, _, err := s.Deps.Store.CreateAccount(c.Request().Context(), db.NewAccount{
		Email: f.email, Name: f.name, TeamName: f.team, PasswordHash: hash,
	})
	if errors.Is(err, db.ErrConflict) {
		f.problems["email"] = emailTaken
		return s.showSign(c, http.StatusUnprocessableEntity, f.signUp())
	}
	if err != nil {
		return err
	}
	return s.enter(c, user, f.next, "/plans")
}

const emailTaken = "There is an account with this address. Sign in instead, or use another address."

// SignInPage asks for address and password; who is signed in goes on.
func (s *Pages) SignInPage(c echo.Context) error {
	a, err := s.Account(c)
	if err != nil {
		return err
	}
	next := c.QueryParam("next")
	if a != nil {
		return web.SeeOther(c, afterSignIn(next, "/plans"))
	}
	return s.showSign(c, http.StatusOK, signForm{next: next, pending: s.saved.HasPending(c)}.signIn())
}

// wrongSignIn does not say which of the two is wrong: it would tell a stranger who has an account here.
const wrongSignIn = "Address or password is not right. Check both and try again."

func (s *Pages) SignInPost(c echo.Context) error {
	f := readSignForm(c)
	f.pending = s.saved.HasPending(c)
	if err := s.Limits.SignIn.Take(web.SignInKey(c, f.email), s.Deps.Now()); err != nil {
		web.SayWhenToRetry(c, err)
		return s.refuseSign(c, http.StatusTooManyRequests, f.signIn(), "Too many tries. Wait a minute, then try again.")
	}
	user, err := s.Deps.Store.UserByEmail(c.Request().Context(), f.email)
	known := err == nil
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return err
	}
	if !known {
		user.PasswordHash = nobodyHash
	}
	matches, err := s.passwordMatches(c.Request().Context(), f.password, user.PasswordHash)
	if err != nil {
		return err
	}
	if !known || !matches {
		return s.refuseSign(c, http.StatusUnprocessableEntity, f.signIn(), wrongSignIn)
	}
	return s.enter(c, user, f.next, "/plans")
}

// enter begins the session and goes on: to the plan that waited to be saved, else to next, else to fallback.
func (s *Pages) enter(c echo.Context, user db.User, next, fallback string) error {
	if err := s.SignIn(c, user); err != nil {
		return err
	}
	saved, err := s.saved.SavePending(c)
	if err != nil {
		return err
	}
	if saved != "" {
		return web.SeeOther(c, saved)
	}
	return web.SeeOther(c, afterSignIn(next, fallback))
}

// afterSignIn is where a reader goes on: never to the pages that they have just done with.
func afterSignIn(next, fallback string) string {
	if strings.HasPrefix(next, "/sign-") {
		return fallback
	}
	return web.LocalPath(next, fallback)
}

func (s *Pages) SignOut(c echo.Context) error {
	if err := s.Sessions.Destroy(c.Request().Context()); err != nil {
		return err
	}
	return web.SeeOther(c, "/")
}

func (s *Pages) showSign(c echo.Context, status int, f views.Form) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return s.Render(c, status, views.FormPage(s.Shell(c, f.Title), f))
}

func (s *Pages) refuseSign(c echo.Context, status int, f views.Form, problem string) error {
	f.Problem = problem
	return s.showSign(c, status, f)
}
