// Package pricing is the domain of Headroom: what a plan is, what it costs month by month on each alternative, and how
// the alternatives compare.
//
// # The way through
//
// [ParsePlan] reads a plan ("headroom.plan/v1") strictly and names the path of everything that is wrong. [Evaluate]
// compiles each alternative of it against a price catalogue into a [headroom/pricing/growth.Program] and returns a
// [Result] ("headroom.result/v1"). [Compare] sets the alternatives beside a baseline, [Explain] opens one figure into
// the formula and the price rows that made it, [Propose] adds alternatives from the catalogue.
//
// # Numbers
//
// A plan keeps every number as the text that was typed ([Number]), so that a plan that is read and written again is the
// same to the digit. Evaluation is float64: the documented error of a figure is 1e-6 absolute or 1e-9 relative. Nothing
// is rounded here; pages and downloads round half-even when they show.
//
// [Evaluate] takes the plan's own numbers; [Simulate] draws those that the plan gives as ranges. docs/model.md lists
// every formula.
package pricing
