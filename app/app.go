// Package app is the web application: its server and the one list of its addresses. The page groups below it turn a
// request into a pricing.Plan, ask package pricing, and hand the table model to package views; they never compute a
// figure. Only app and the packages below it know Echo.
package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"headroom/app/web"
)

// Server is one running Headroom.
type Server struct {
	*web.Site
	echo *echo.Echo
}

// New wires a server; it does not listen yet.
func New(deps web.Deps) *Server {
	s := &Server{Site: web.NewSite(deps), echo: echo.New()}
	e := s.echo
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.HandleError
	e.IPExtractor = echo.ExtractIPDirect()
	if deps.Config.TrustProxy {
		e.IPExtractor = echo.ExtractIPFromXFFHeader()
	}
	s.Middleware(e)
	s.routes()
	return s
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
	listener, err := net.Listen("tcp", s.Deps.Config.Listen)
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
	s.Deps.Log.Info("serving", "address", listener.Addr().String(), "catalog_snapshot", s.Deps.Catalog.ID)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Deps.Config.ShutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
