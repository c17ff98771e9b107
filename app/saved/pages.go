// Package saved is a team's saved plans: the list, versions, conflicts between two editors, and the way from a form
// to a version.
package saved

import (
	"headroom/app/workspace"
)

// Pages answers the requests of this group.
type Pages struct{ *workspace.Plans }

// New is the group over a workspace.
func New(plans *workspace.Plans) *Pages { return &Pages{plans} }
