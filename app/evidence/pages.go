// Package evidence is the page of the published compute and revenue of a lab, with a plan's own point beside it.
package evidence

import (
	"headroom/app/workspace"
)

// Pages answers the requests of this group.
type Pages struct{ *workspace.Plans }

// New is the group over a workspace.
func New(plans *workspace.Plans) *Pages { return &Pages{plans} }
