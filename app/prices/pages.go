// Package prices is the pages about the catalogue: models by sellers, the offers of a model, disputed prices, and the
// way from a price into a plan.
package prices

import (
	"headroom/app/workspace"
)

// Pages answers the requests of this group.
type Pages struct{ *workspace.Plans }

// New is the group over a workspace.
func New(plans *workspace.Plans) *Pages { return &Pages{plans} }
