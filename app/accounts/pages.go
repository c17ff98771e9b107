// Package accounts is sign-up, sign-in, one's own account, the theme, and the team with its members and invitations.
package accounts

import (
	"headroom/app/saved"
	"headroom/app/web"
)

// Pages answers the requests of this group.
type Pages struct {
	*web.Site
	saved  *saved.Pages // a plan may wait for its reader to sign in
	hashes *web.Places  // of passwords
}

// New is the group over a site, with the saved plans that a sign-in may go on to.
func New(site *web.Site, plans *saved.Pages) *Pages {
	return &Pages{Site: site, saved: plans, hashes: web.NewPlaces(hashesAtOnce, site.Deps.Config.PlaceWait)}
}
