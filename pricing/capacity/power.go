package capacity

// Power facts with where they are from. PUE is facility power over machine power.
const (
	PUEDefault     = 1.25  // between hyperscale 1.10-1.18 and the industry's average 1.58 (Uptime 2023)
	PUEIndia       = 1.4   // a judgement; no source read
	ServerOverhead = 1.822 // server power over the accelerators' TDP: DGX H100 10.2 kW / 8 / 700 W, from memory
	ServingLoad    = 0.8   // mean draw while serving over TDP: ML.ENERGY, H100 median 0.79, B200 0.75
)

// ProvisionedMW is the megawatts to have for so many accelerators at kW each, server and facility included.
func ProvisionedMW(accelerators, kw float64) float64 { return accelerators * kw / 1000 }

// BottomUp is the power of machines from their chips, to check a provisioned figure and to count energy.
type BottomUp struct {
	Accelerators float64
	TDPWatts     float64 // one accelerator
	Overhead     float64 // ServerOverhead
	PUE          float64
	Load         float64 // mean draw over the full one, ServingLoad
}

// ITKW is kilowatts of the servers at full draw.
func (b BottomUp) ITKW() float64 { return b.Accelerators * b.TDPWatts * b.Overhead / 1000 }

// FacilityMW is megawatts of the building at full draw.
func (b BottomUp) FacilityMW() float64 { return b.ITKW() * b.PUE / 1000 }

// EnergyMWhPerYear is the energy of a year at the mean load.
func (b BottomUp) EnergyMWhPerYear() float64 {
	return b.ITKW() * b.Load * b.PUE * HoursPerYear / 1000
}

// EnergyCostPerYear is money for that energy at a price a kilowatt-hour.
func (b BottomUp) EnergyCostPerYear(perKWh float64) float64 {
	return b.EnergyMWhPerYear() * 1000 * perKWh
}

// CostPerMWYear is money for a megawatt-year of accelerators that cost hourly and take kW each.
func CostPerMWYear(hourly, kw float64) float64 { return hourly * HoursPerYear / kw * 1000 }

// RevenuePerMWYear is millions of annualised revenue for a megawatt: the same number as billions a gigawatt.
func (p ComputePoint) RevenuePerMWYear() float64 { return p.Revenue / p.GW }
