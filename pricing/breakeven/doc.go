// Package breakeven answers one question: for a model, a machine and a load, who serves it cheaper, an API or machines
// of one's own. It sets the estimator and the prices of machines (package capacity) against what every seller of the
// model asks today (package pricelist), and explains each figure with its sources. Where the error of the throughput
// estimate decides, the verdict is "close". Money is US dollars.
package breakeven
