package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// contentSecurityPolicy allows our own files and nothing else; no page needs inline code or inline style.
const contentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Middleware lists, in order, what every request passes.
func (s *Site) Middleware(e *echo.Echo) {
	e.Use(
		middleware.RequestIDWithConfig(middleware.RequestIDConfig{Generator: uuid.NewString,
			RequestIDHandler: ownRequestID}),
		s.logRequests(),
		middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: s.logPanic, DisableErrorHandler: false}),
		s.secureHeaders,
		middleware.BodyLimit(fmt.Sprintf("%dB", s.Deps.Config.MaxBody)),
		middleware.GzipWithConfig(middleware.GzipConfig{Level: 1, MinLength: 1024, Skipper: isAsset}),
		refuseCrossSite,
		s.limitAPI,
		withPagePlace,
		s.pageSession(),
	)
}

// pageSession loads the reader's session for pages, those of unknown addresses too, and stores what the page changed in
// it. It is no middleware of a group, because Echo then answers every wrong method with 404.
func (s *Site) pageSession() echo.MiddlewareFunc {
	load := echo.WrapMiddleware(s.Sessions.LoadAndSave)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		withSession := load(next)
		return func(c echo.Context) error {
			if isAPI(c) || isAsset(c) || c.Path() == "/healthz" || c.Path() == "/readyz" {
				return next(c)
			}
			return withSession(c)
		}
	}
}

// ownRequestID keeps ids from a proxy only when they are harmless to log and to show.
func ownRequestID(c echo.Context, id string) {
	if len(id) > 64 ||
		strings.IndexFunc(id, func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '"' }) >= 0 {
		c.Response().Header().Set(echo.HeaderXRequestID, uuid.NewString())
	}
}

// RequestID is the id that the log and an error page share.
func RequestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

func isAsset(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, "/assets/") }

func (s *Site) logRequests() echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		LogStatus: true, LogMethod: true, LogLatency: true, HandleError: true, Skipper: isAsset,
		LogValuesFunc: func(c echo.Context, v middleware.RequestLoggerValues) error {
			level := slog.LevelInfo
			if v.Status >= http.StatusInternalServerError {
				level = slog.LevelError
			}
			// The path only: a query holds somebody's plan, a body may hold a password.
			s.Deps.Log.Log(c.Request().Context(), level, "request", "method", v.Method, "path", c.Request().URL.Path,
				"status", v.Status, "ms", v.Latency.Milliseconds(), "request_id", RequestID(c))
			return nil
		},
	})
}

func (s *Site) logPanic(c echo.Context, err error, stack []byte) error {
	s.Deps.Log.Error("panic", "error", err, "request_id", RequestID(c), "stack", string(stack))
	return err
}

func (s *Site) secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", contentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if s.Deps.Config.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// refuseCrossSite is the CSRF guard: a browser's unsafe request from another site is refused by Sec-Fetch-Site or
// Origin, so forms need no token. The JSON API keeps no cookie and reads none, so anybody may call it.
func refuseCrossSite(next echo.HandlerFunc) echo.HandlerFunc {
	guard := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		if !isAPI(c) && guard.Check(c.Request()) != nil {
			return errCrossSite
		}
		return next(c)
	}
}

func isAPI(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, "/api/") }
