// Package lockin is the page about leaving a seller, for four readers, with its derivations and files.
package lockin

import (
	"headroom/app/planner"
	"headroom/app/workspace"
)

// Pages answers the requests of this group.
type Pages struct {
	*workspace.Plans
	planner *planner.Pages // whose bar stands above every page about a plan
}

// New is the group over a workspace and the planner whose plan it assesses.
func New(plans *workspace.Plans, bar *planner.Pages) *Pages { return &Pages{plans, bar} }
