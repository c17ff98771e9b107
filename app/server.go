// Package app is the web application: routes, handlers, forms, errors and the session. It is the only package that
// knows Echo, and the only place where an error becomes an HTTP status. Handlers never compute a figure: they turn a
// request into a pricing.Plan, ask package pricing, and hand the table model to package views.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"slices"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"headroom/db"
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

// Server is one running Headroom. It keeps no plan state of its own: several may share a database.
type Server struct {
	deps     Deps
	echo     *echo.Echo
	sessions *scs.SessionManager
	limits   *limiters
	// evaluations has a place for each plan that the API may evaluate at a time.
	evaluations places
	bigPlans    places // of pages, see placeFor
	hashes      places // of passwords
	draws       places // simulations of pages; those of the API have the places of its evaluations
	bases       lockinBases
}

// New wires a server; it does not listen yet.
func New(deps Deps) *Server {
	s := &Server{deps: deps, echo: echo.New(), sessions: newSessions(deps), limits: newLimiters(deps.Config),
		evaluations: make(places, runtime.GOMAXPROCS(0)), bigPlans: make(places, bigPlansAtOnce),
		hashes: make(places, hashesAtOnce), draws: make(places, runtime.GOMAXPROCS(0))}
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler = s.handleError
	s.echo.IPExtractor = echo.ExtractIPDirect()
	if deps.Config.TrustProxy {
		s.echo.IPExtractor = echo.ExtractIPFromXFFHeader()
	}
	s.middleware()
	s.routes(s, s, s, s, s, s, s, s, s)
	return s
}

// ServeHTTP answers one request. HEAD is answered as GET is: net/http leaves the body out, because the connection's own
// request stays HEAD.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		get := *r
		get.Method, r = http.MethodGet, &get
	}
	s.echo.ServeHTTP(w, r)
}

// Run serves until ctx ends, then lets running requests finish within the grace period.
func (s *Server) Run(ctx context.Context) error {
	listener, err := net.Listen("tcp", s.deps.Config.Listen)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	s.deps.Log.Info("serving", "address", listener.Addr().String(), "catalog_snapshot", s.deps.Catalog.ID)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.deps.Config.ShutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Routes lists what the server answers as sorted "METHOD /path" lines; a test holds its requests against them.
func (s *Server) Routes() []string {
	var list []string
	for _, r := range s.echo.Routes() {
		list = append(list, r.Method+" "+r.Path)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
