// Package simulate holds the mathematics of uncertain inputs: distributions given by three quantiles, correlated draws
// that depend on the seed and the number of the sample only, and quantiles of what comes out.
//
// It knows numbers only; which inputs of a plan are uncertain, and what a sample of them gives, is the caller's
// business.
package simulate
