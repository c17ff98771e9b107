// Package capacity knows machines: accelerators and what they cost by seller and region, open-weight models,
// provisioned units, quotas, lead times, deals; and what follows from them: how many tokens a second a model gives on
// given accelerators, the fleet for a load, its power, and whether an own machine or the API is cheaper.
//
// The data are the CSV files in data, each row with its source and date; [Shipped] reads them. A figure that a file
// does not have is unknown with its reason, never 0. Every estimated rate comes with a range: the estimator's error is
// about 25 % (docs/model.md, "Throughput"). Figures are float64; prices are exact.
package capacity
