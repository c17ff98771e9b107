// Package planner is the main page: the form of a plan, the wall and the ways past it, the comparison, months,
// ranges, and their files.
package planner

import (
	"headroom/app/workspace"
)

// Pages answers the requests of this group.
type Pages struct{ *workspace.Plans }

// New is the group over a workspace.
func New(plans *workspace.Plans) *Pages { return &Pages{plans} }
