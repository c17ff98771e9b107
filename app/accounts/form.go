package accounts

import (
	"net/mail"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"headroom/app/typed"
	"headroom/app/web"
	"headroom/views"
	"headroom/views/ui"
)

// Lengths that the database keeps, in characters.
const (
	maxName  = 100
	maxEmail = 254 // RFC 5321
)

// signForm is what the sign-up and sign-in pages ask for, as typed.
type signForm struct {
	name, email, password, team string
	next                        string // where to go afterwards
	pending                     bool   // a plan waits to be saved
	problems                    map[string]string
}

func readSignForm(c echo.Context) signForm {
	return signForm{
		name: strings.TrimSpace(c.FormValue("name")), email: strings.TrimSpace(c.FormValue("email")),
		password: c.FormValue("password"), team: strings.TrimSpace(c.FormValue("team")), next: c.FormValue("next"),
	}
}

// checkPerson fills problems, one message a field.
func (f *signForm) checkPerson() {
	f.problems = map[string]string{}
	f.problem("name", typed.TextProblem(f.name, "Tell us your name; your team sees it beside what you save.", maxName))
	f.problem("email", emailProblem(f.email))
	f.problem("password", passwordProblem(f.password, f.email, f.name))
}

func (f *signForm) checkSignUp() {
	f.checkPerson()
	f.problem("team", typed.TextProblem(f.team, "Name the team that the plans belong to; it can be changed later.",
		maxName))
}

func (f *signForm) problem(field, message string) {
	if message != "" {
		f.problems[field] = message
	}
}

func emailProblem(email string) string {
	const wanted = "Enter an address like name@example.org."
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > maxEmail {
		return wanted
	}
	_, domain, _ := strings.Cut(email, "@")
	if domain == "" || strings.ContainsAny(email, " <>\"") || strings.ContainsFunc(email, unicode.IsControl) {
		return wanted
	}
	return ""
}

func (f signForm) signUp() views.Form {
	form := views.Form{
		ID: "sign-up", Title: "Sign up", Lead: "You get a team that keeps your plans. No mail is sent.",
		Action: "/sign-up",
		Submit: "Sign up", Hidden: f.hidden(),
		Other: []ui.Link{{Label: "Sign in instead", URL: web.WithNext("/sign-in", f.next)}},
		Fields: append(f.personFields(),
			ui.Field{ID: "team", Name: "team", Label: "Team", Value: f.team, Type: "text", Autocomplete: "organization",
				MaxLength: maxName}),
	}
	return f.finish(form)
}

// personFields ask somebody new who they are.
func (f signForm) personFields() []ui.Field {
	return []ui.Field{
		{ID: "name", Name: "name", Label: "Your name", Value: f.name, Type: "text", Autocomplete: "name",
			MaxLength: maxName},
		{ID: "email", Name: "email", Label: "E-mail address", Value: f.email, Type: "email", Autocomplete: "username",
			MaxLength: maxEmail},
		{ID: "password", Name: "password", Label: "Password", Type: "password", Autocomplete: "new-password",
			Help: "At least 10 characters."},
	}
}

func (f signForm) signIn() views.Form {
	form := views.Form{
		ID: "sign-in", Title: "Sign in", Action: "/sign-in", Submit: "Sign in", Hidden: f.hidden(),
		Other: []ui.Link{{Label: "Sign up instead", URL: web.WithNext("/sign-up", f.next)}},
		Fields: []ui.Field{
			{ID: "email", Name: "email", Label: "E-mail address", Value: f.email, Type: "email",
				Autocomplete: "username", MaxLength: maxEmail},
			{ID: "password", Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password"},
		},
	}
	return f.finish(form)
}

func (f signForm) finish(form views.Form) views.Form {
	if f.pending {
		form.Lead = "Your plan is kept and will be saved to your team as soon as you are in."
	}
	return web.WithProblems(form, f.problems)
}

func (f signForm) hidden() []views.HiddenValue {
	if f.next == "" {
		return nil
	}
	return []views.HiddenValue{{Name: "next", Value: f.next}}
}
