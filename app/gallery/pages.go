// Package gallery shows every component in every state, for those who build pages. It is served in development only.
package gallery

import (
	"headroom/app/web"
)

// Pages answers the requests of this group.
type Pages struct{ *web.Site }

// New is the group over a site.
func New(site *web.Site) *Pages { return &Pages{site} }
