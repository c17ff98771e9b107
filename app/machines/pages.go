// Package machines is the pages about machines, units and quotas, the comparison of an API with machines of one's
// own, and a team's own figures.
package machines

import (
	"headroom/app/workspace"
)

// Pages answers the requests of this group.
type Pages struct{ *workspace.Plans }

// New is the group over a workspace.
func New(plans *workspace.Plans) *Pages { return &Pages{plans} }
