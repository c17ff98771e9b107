package app

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/db"
	"headroom/views"
)

func (s *Server) accountPage(c echo.Context, a *account) error {
	return s.showAccount(c, http.StatusOK, a, profileForm(a.Name, a.Theme, nil), passwordForm(nil))
}

func (s *Server) showAccount(c echo.Context, status int, a *account, profile, password views.Form) error {
	return s.render(c, status, views.AccountPage(s.page(c, "Your account"), views.Account{
		Email: a.Email, Profile: profile, Password: password,
	}))
}

// updateProfile changes name and theme.
func (s *Server) updateProfile(c echo.Context, a *account) error {
	name, theme := strings.TrimSpace(c.FormValue("name")), c.FormValue("theme")
	problems := map[string]string{}
	if problem := textProblem(name, "Enter the name that your team sees.", maxName); problem != "" {
		problems["name"] = problem
	}
	if !isTheme(theme) {
		problems["theme"] = "Choose one of the list."
	}
	if len(problems) > 0 {
		return s.showAccount(c, http.StatusUnprocessableEntity, a, profileForm(name, theme, problems), passwordForm(nil))
	}
	if err := s.saveProfile(c, a, name, theme); err != nil {
		return err
	}
	s.setThemeCookie(c, theme)
	if err := s.notify(c, views.Notice{Text: "Your account is saved."}); err != nil {
		return err
	}
	return seeOther(c, "/account")
}

func (s *Server) saveProfile(c echo.Context, a *account, name, theme string) error {
	if theme == themeSystem {
		theme = ""
	}
	return s.deps.Store.SetProfile(c.Request().Context(), a.ID, db.Profile{Name: name, Theme: theme, Locale: a.Locale})
}

// updatePassword asks for the present password first, then ends every other session of the user.
func (s *Server) updatePassword(c echo.Context, a *account) error {
	present, next := c.FormValue("present"), c.FormValue("password")
	if err := s.limits.signIn.take(signInKey(c, a.Email), s.deps.Now()); err != nil {
		return err
	}
	problems := map[string]string{}
	matches, err := s.passwordMatches(c.Request().Context(), present, a.PasswordHash)
	if err != nil {
		return err
	}
	if !matches {
		problems["present"] = "This is not your present password."
	}
	if problem := passwordProblem(next, a.Email, a.Name); problem != "" {
		problems["password"] = problem
	}
	if len(problems) > 0 {
		return s.showAccount(c, http.StatusUnprocessableEntity, a, profileForm(a.Name, a.Theme, nil), passwordForm(problems))
	}
	return s.replacePassword(c, a, next)
}

func (s *Server) replacePassword(c echo.Context, a *account, password string) error {
	hash, err := s.hashPassword(c.Request().Context(), password)
	if err != nil {
		return err
	}
	if err := s.deps.Store.SetPassword(c.Request().Context(), a.ID, hash); err != nil {
		return err
	}
	changed := a.User
	changed.PasswordHash = hash
	if err := s.signIn(c, changed); err != nil {
		return err
	}
	if err := s.notify(c, views.Notice{Text: "Your password is changed. Other devices have been signed out."}); err != nil {
		return err
	}
	return seeOther(c, "/account")
}

func profileForm(name, theme string, problems map[string]string) views.Form {
	option := func(value, label string) views.Option {
		return views.Option{Value: value, Label: label, Selected: theme == value || theme == "" && value == themeSystem}
	}
	return withProblems(views.Form{
		ID: "profile", Title: "You", Action: "/account", Submit: "Save",
		Fields: []views.Field{
			{ID: "name", Name: "name", Label: "Your name", Value: name, Type: "text", Autocomplete: "name", MaxLength: maxName},
			{ID: "theme", Name: "theme", Label: "Colours", Options: []views.Option{
				option(themeSystem, "As the system"), option("light", "Light"), option("dark", "Dark"),
			}},
		},
	}, problems)
}

func passwordForm(problems map[string]string) views.Form {
	return withProblems(views.Form{
		ID: "new-password", Title: "Password", Action: "/account/password", Submit: "Change the password",
		Fields: []views.Field{
			{ID: "present", Name: "present", Label: "Present password", Type: "password", Autocomplete: "current-password"},
			{ID: "password", Name: "password", Label: "New password", Type: "password", Autocomplete: "new-password", Help: "At least 10 characters. Other devices are signed out."},
		},
	}, problems)
}
