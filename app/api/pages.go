// Package api is the JSON API: the functions of the command line over HTTP, for anybody, without an account.
package api

import (
	"headroom/app/workspace"
)

// Pages answers the requests of this group.
type Pages struct{ *workspace.Plans }

// New is the group over a workspace.
func New(plans *workspace.Plans) *Pages { return &Pages{plans} }
