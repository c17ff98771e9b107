package lockin

import "math/big"

// ExitTime is how long an exit takes, in calendar days.
type ExitTime struct {
	Engineering   Figure `json:"engineering_days"`
	Data          Figure `json:"data_days"`
	Embedding     Figure `json:"embedding_days"`
	TechnicalPath Figure `json:"technical_path_days"` // approval + the longest lead + parallel run
	TimeToExit    Figure `json:"time_to_exit_days"`   // rounded up, once
	Binding       string `json:"binding"`             // what sets it: BindingNotice or BindingTechnical
}

// What binds the time to exit; a tie is the technical path.
const (
	BindingNotice    = "notice"
	BindingTechnical = "technical_path"
)

// exitTime works out the path of the exit. Data moves at Gbps x utilisation, people work five days of seven.
func (in *Input) exitTime() ExitTime {
	t := in.Exit.Time
	engineering := quo(mul(in.effort().total(), frac(7, 5)), rat(t.Engineers))
	data := quo(mul(rat(in.Exit.Egress.GB), frac(8, 1)), mul(rat(t.Gbps), rat(t.Utilisation), frac(86_400, 1)))
	embedding := new(big.Rat)
	if tokens := rat(in.Exit.Embedding.Tokens); tokens.Sign() > 0 {
		embedding = quo(tokens, mul(rat(t.EmbedTokensPerMin), frac(1440, 1)))
	}
	longest := larger(engineering, data, embedding, rat(t.CapacityLeadDays))
	path := add(rat(t.ApprovalDays), longest, rat(in.Exit.ParallelRunDays))
	notice := rat(t.NoticeDays)
	out := ExitTime{figure(engineering, daysPlaces), figure(data, daysPlaces), figure(embedding, daysPlaces),
		figure(path, daysPlaces),
		figure(ceil(larger(notice, path)), 0), BindingTechnical}
	if notice.Cmp(path) > 0 {
		out.Binding = BindingNotice
	}
	return out
}
