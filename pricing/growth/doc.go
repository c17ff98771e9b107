// Package growth turns a plan into months of demand, load and cost.
//
// It knows numbers only: no names, no JSON, no prices as text. A caller compiles one alternative of a plan into a
// [Program], flat arrays in which everything that does not depend on the number of users is already worked out, and
// then evaluates months of it. The month loop uses indices in a fixed order, so the same program always gives the same
// bits, and allocates nothing once its [State] exists.
//
// Limits, provisioned capacity, GPU pools and settlement (docs/model.md says what is built) hang on the same arrays: a
// [State] already holds the load of every offer in every load block.
package growth
