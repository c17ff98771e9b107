// Package form turns what people type into a plan, and a plan into what a form shows.
//
// A form field is named by its path in the plan ("workloads.chat.input_tokens"). Package typed reads texts into
// exact decimals; what cannot be read, or can be read in two ways, comes back as a message beside the field with the
// text kept. The package knows no HTTP and computes no money.
package form
