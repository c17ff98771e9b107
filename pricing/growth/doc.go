// Package growth turns a plan into months of demand, load and cost.
//
// It knows numbers only: no names, no JSON, no prices as text. A caller compiles one alternative of a plan into a
// [Program], flat arrays in which everything that does not depend on the number of users is already worked out, and
// then evaluates months of it. The month loop uses indices in a fixed order, so the same program always gives the same
// bits, and allocates nothing once its [State] exists.
//
// Limits are intervals of a scale applied to users. A ray is a month as a function of that scale, from which every
// window follows in closed form or in a few steps; [Runner] serves the months in order, each on what the months before
// left.
package growth
