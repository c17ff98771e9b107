package capacity

import (
	"encoding/json"
	"io"

	"headroom/pricing/lines"
)

// Stream answers lines of replicas ([Machines.ParseReplica]) with their estimates, one line out for each line in; what
// cannot be answered gives {"error": ...}. A line that is not JSON ends the run with a *lines.Error.
func Stream(in io.Reader, out io.Writer, m *Machines) error {
	constants := DefaultConstants()
	return lines.Answer(in, out, func(line []byte) (Estimate, error) {
		replica, err := m.ParseReplica(line)
		if err != nil {
			return Estimate{}, err
		}
		return constants.Estimate(&replica)
	})
}

// notFitting and notMeeting are the answers that have no figures.
type notFitting struct {
	Fits   bool    `json:"fits"`
	FreeGB float64 `json:"free_gb"`
}

type notMeeting struct {
	Fits  bool `json:"fits"`
	Meets bool `json:"meets"`
}

type figures struct {
	Fits                   bool    `json:"fits"`
	FreeGB                 float64 `json:"free_gb"`
	KVBytesPerToken        float64 `json:"kv_bytes_per_token"`
	MaxConcurrency         float64 `json:"max_concurrency"`
	Concurrency            float64 `json:"concurrency"`
	MemoryMS               float64 `json:"memory_ms"`
	ComputeMS              float64 `json:"compute_ms"`
	CommunicationMS        float64 `json:"communication_ms"`
	StepMS                 float64 `json:"step_ms"`
	PrefillMS              float64 `json:"prefill_ms"`
	InterTokenMS           float64 `json:"inter_token_ms"`
	OutputTokensPerSecond  float64 `json:"output_tokens_per_second"`
	Range                  Range   `json:"output_tokens_per_second_range"`
	TokensPerSecondPerUser float64 `json:"tokens_per_second_per_user"`
	Bound                  Bound   `json:"bound"`
}

// MarshalJSON writes the public format: only what the estimate knows.
func (e Estimate) MarshalJSON() ([]byte, error) {
	switch {
	case !e.Fits:
		return json.Marshal(notFitting{false, e.FreeGB})
	case !e.Meets:
		return json.Marshal(notMeeting{true, false})
	}
	return json.Marshal(figures{true, e.FreeGB, e.KVBytesPerToken, e.MaxConcurrency, e.Concurrency, e.MemoryMS,
		e.ComputeMS,
		e.CommunicationMS, e.StepMS, e.PrefillMS, e.InterTokenMS, e.OutputTokensPerSecond.Value,
		e.OutputTokensPerSecond,
		e.TokensPerSecondPerUser, e.Bound})
}
