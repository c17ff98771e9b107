package web

import (
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
)

// newSessions keeps sessions in the database, so that they survive a restart and are shared by replicas.
func newSessions(deps Deps) *scs.SessionManager {
	m := scs.New()
	m.Store = deps.Store.Sessions()
	// No IdleTimeout: it would rewrite the whole session on every request, and a slow GET could overwrite what another
	// request just stored. extendSession moves the end of a session in use, once a day.
	m.Lifetime = 30 * 24 * time.Hour
	m.Cookie.Name = "headroom"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = deps.Config.Secure
	m.HashTokenInStore = true
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		deps.Log.Error("session", "error", err, "path", r.URL.Path)
		http.Error(w, "The session store is not available. Try again in a minute.", http.StatusServiceUnavailable)
	}
	return m
}
