// Package ui is the components that pages are made of: the frame, fields, tables, figures with their text and table,
// tiles, notices and buttons, each with the model that it shows. The gallery shows every one in every state.
package ui

import (
	"headroom/views/assets"
)

// Page is what the shell around a page needs. Handlers get one filled in and set Title and Notices.
type Page struct {
	Title       string // becomes "Title · Headroom"
	Description string
	Path        string // path and query of this request, where to come back to after sign-in or a theme change
	Nav         string // the current entry of the top bar: "plan", "plans", "prices", "machines" or ""
	Theme       string // "light", "dark", or "" for the system's choice
	User        *UserInfo
	Team        string
	CSRF        string // hidden form value, when the server asks for one
	RequestID   string
	Notices     []Notice

	Version    string // of the program
	Snapshot   string // id of the price snapshot
	PricesAsOf string // ISO date of the newest source in the snapshot
	StaleDays  int    // age of the snapshot in days when it is older than 90 days, else 0

	SignInURL, SignUpURL, SignOutURL string // empty: /sign-in, /sign-up, /sign-out
	Menu                             []Link // entries of the user menu
	Wide                             bool   // the page brings its own columns: no margins from the shell
}

// UserInfo is the signed-in person as the top bar shows them.
type UserInfo struct{ Name, Email, Role string }

// Initials are one or two letters for the round badge.
func (u UserInfo) Initials() string {
	name := u.Name
	if name == "" {
		name = u.Email
	}
	return initials(name)
}

// Link is a labelled address.
type Link struct {
	Label, URL string
	Current    bool
}

// navLinks are the entries of the top bar.
func (p Page) navLinks() []Link {
	links := []Link{{"Plan", "/", p.Nav == "plan"}}
	if p.User != nil {
		links = append(links, Link{"Saved plans", "/plans", p.Nav == "plans"})
	}
	return append(links, Link{"Prices", "/prices", p.Nav == "prices"},
		Link{"Machines", "/machines", p.Nav == "machines"})
}

func (p Page) fullTitle() string {
	if p.Title == "" {
		return "Headroom"
	}
	return p.Title + " · Headroom"
}

// colorScheme answers the browser's own form controls and scroll bars before any stylesheet has loaded.
func (p Page) colorScheme() string {
	if p.Theme == "light" || p.Theme == "dark" {
		return p.Theme
	}
	return "light dark"
}

// saysStale reports whether old prices are worth a line: on pages with prices, once a page.
func (p Page) saysStale() bool { return p.StaleDays > 0 && (p.Nav == "plan" || p.Nav == "prices") }

func (p Page) signIn() string  { return WithDefault(p.SignInURL, "/sign-in") }
func (p Page) signUp() string  { return WithDefault(p.SignUpURL, "/sign-up") }
func (p Page) signOut() string { return WithDefault(p.SignOutURL, "/sign-out") }

func asset(name string) string { return assets.Path(name) }

func WithDefault(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}
