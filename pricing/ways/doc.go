// Package ways finds what can be done about the first wall of an alternative: the first month in which a limit holds
// users back. Every way is a merge patch on the plan, evaluated as a plan of its own, so that it can become an
// alternative with the same figures. What cannot be computed is listed with its reason, never guessed.
package ways
