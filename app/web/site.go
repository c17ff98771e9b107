// Package web is what every page stands on: middleware, errors, the shell around a page, the reader and their role,
// places for expensive work, rate limits, files and sessions. It knows no plan.
package web

import (
	"log/slog"
	"time"

	"github.com/alexedwards/scs/v2"

	"headroom/db"
	"headroom/pricing/calendar"
	"headroom/pricing/catalog"
)

// Deps is everything a server needs from outside; tests pass a temporary store, a fixed clock and counted ids.
type Deps struct {
	Store   *db.Store
	Catalog *catalog.Snapshot
	Now     func() time.Time
	NewID   func() string
	Log     *slog.Logger
	Config  Config
}

// Site is what the page groups of one running Headroom share. It keeps no plan: several servers may share a database.
type Site struct {
	Deps        Deps
	Sessions    *scs.SessionManager
	Limits      *limiters
	Evaluations *Places // light plans of the API
	Large       *Places // its large plans and simulations, in bytes
	BigPlans    *Places // of pages in bytes, see PlaceFor
	Draws       *Places // simulations of pages
}

// NewSite is a site with nothing running yet.
func NewSite(deps Deps) *Site {
	config := deps.Config
	return &Site{
		Deps: deps, Sessions: newSessions(deps), Limits: newLimiters(config),
		Evaluations: NewPlaces(int64(cores()), config.PlaceWait), Large: NewPlaces(config.PlanMemory, config.PlaceWait),
		BigPlans: NewPlaces(config.PlanMemory, config.PlaceWait), Draws: NewPlaces(int64(cores()), config.PlaceWait),
	}
}

// FileDate is the day that goes into the names of downloads.
func (s *Site) FileDate() string { return string(s.Day()) }

// Day is today, as prices are dated.
func (s *Site) Day() calendar.Day { return calendar.DayOf(s.Today()) }
