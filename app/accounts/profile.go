package accounts

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"headroom/app/typed"
	"headroom/app/web"
	"headroom/db"
	"headroom/views"
	"headroom/views/ui"
)

func (s *Pages) AccountPage(c echo.Context, a *web.Account) error {
	return s.showAccount(c, http.StatusOK, a, profileForm(a.Name, a.Theme, nil), passwordForm(nil))
}

func (s *Pages) showAccount(c echo.Context, status int, a *web.Account, profile, password views.Form) error {
	return s.Render(c, status, views.AccountPage(s.Shell(c, "Your account"), views.Account{
		Email: a.Email, Profile: profile, Password: password,
	}))
}

// UpdateProfile changes name and theme.
func (s *Pages) UpdateProfile(c echo.Context, a *web.Account) error {
	name, theme := strings.TrimSpace(c.FormValue("name")), c.FormValue("theme")
	problems := map[string]string{}
	if problem := typed.TextProblem(name, "Enter the name that your team sees.", maxName); problem != "" {
		problems["name"] = problem
	}
	if !web.IsTheme(theme) {
		problems["theme"] = "Choose one of the list."
	}
	if len(problems) > 0 {
		return s.showAccount(c, http.StatusUnprocessableEntity, a, profileForm(name, theme, problems),
			passwordForm(nil))
	}
	if err := s.saveProfile(c, a, name, theme); err != nil {
		return err
	}
	s.SetThemeCookie(c, theme)
	if err := s.Notify(c, ui.Notice{Text: "Your account is saved."}); err != nil {
		return err
	}
	return web.SeeOther(c, "/account")
}

func (s *Pages) saveProfile(c echo.Context, a *web.Account, name, theme string) error {
	if theme == web.ThemeSystem {
		theme = ""
	}
	return s.Deps.Store.SetProfile(c.Request().Context(), a.ID, db.Profile{Name: name, Theme: theme, Locale: a.Locale})
}

// UpdatePassword asks for the present password first, then ends every other session of the user.
func (s *Pages) UpdatePassword(c echo.Context, a *web.Account) error {
	present, next := c.FormValue("present"), c.FormValue("password")
	if err := s.Limits.SignIn.Take(web.SignInKey(c, a.Email), s.Deps.Now()); err != nil {
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
		return s.showAccount(c, http.StatusUnprocessableEntity, a, profileForm(a.Name, a.Theme, nil),
			passwordForm(problems))
	}
	return s.replacePassword(c, a, next)
}

func (s *Pages) replacePassword(c echo.Context, a *web.Account, password string) error {
	hash, err := s.hashPassword(c.Request().Context(), password)
	if err != nil {
		return err
	}
	if err := s.Deps.Store.SetPassword(c.Request().Context(), a.ID, hash); err != nil {
		return err
	}
	changed := a.User
	changed.PasswordHash = hash
	if err := s.SignIn(c, changed); err != nil {
		return err
	}
	if err := s.Notify(c,
		ui.Notice{Text: "Your password is changed. Other devices have been signed out."}); err != nil {
		return err
	}
	return web.SeeOther(c, "/account")
}

func profileForm(name, theme string, problems map[string]string) views.Form {
	option := func(value, label string) ui.Option {
		return ui.Option{Value: value, Label: label, Selected: theme == value || theme == "" &&
			value == web.ThemeSystem}
	}
	return web.WithProblems(views.Form{
		ID: "profile", Title: "You", Action: "/account", Submit: "Save",
		Fields: []ui.Field{
			{ID: "name", Name: "name", Label: "Your name", Value: name, Type: "text", Autocomplete: "name",
				MaxLength: maxName},
			{ID: "theme", Name: "theme", Label: "Colours", Options: []ui.Option{
				option(web.ThemeSystem, "As the system"), option("light", "Light"), option("dark", "Dark"),
			}},
		},
	}, problems)
}

func passwordForm(problems map[string]string) views.Form {
	return web.WithProblems(views.Form{
		ID: "new-password", Title: "Password", Action: "/account/password", Submit: "Change the password",
		Fields: []ui.Field{
			{ID: "present", Name: "present", Label: "Present password", Type: "password",
				Autocomplete: "current-password"},
			{ID: "password", Name: "password", Label: "New password", Type: "password", Autocomplete: "new-password",
				Help: "At least 10 characters. Other devices are signed out."},
		},
	}, problems)
}
