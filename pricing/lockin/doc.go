// Package lockin says how hard it is to leave a seller: concentration on three layers (seller, lab, chip), what an exit
// costs by component, how long it takes and what binds it, which lines could move, one index made of these four parts,
// and 36 rules with evidence.
//
// Everything is a pure function of the plan, the facts and the date. Arithmetic is exact (rationals) and rounded half
// up once, where a figure is written. What is not known is null with the reason, never 0.
package lockin
