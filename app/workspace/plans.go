// Package workspace is a plan on its way through a request: the base that an address names, what the reader changed,
// how the answer is shown, and the answer itself. A plan is parsed, checked and evaluated once for a request.
package workspace

import (
	"headroom/app/web"
)

// Plans reads the plans of requests and answers them. Every page group about plans stands on it.
type Plans struct {
	*web.Site
	bases lockinBases
}

// New is the workspace of a site.
func New(site *web.Site) *Plans { return &Plans{Site: site} }
