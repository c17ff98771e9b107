package capacity

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom/pricing/lines"
)

const load = `"precision":"fp8","kv_precision":"fp8","input_tokens":1000,"output_tokens":500`

func TestLinesThatHaveNoFigures(t *testing.T) {
	tests := []struct{ name, line, says string }{
		{"an unknown model", `{"model":"Nobody 1B","accelerator":"H100",` + load + `}`,
			`model: "Nobody 1B" is not a known`},
		{"an unknown accelerator", `{"model":"Llama 3.3 70B","accelerator":"Abacus",` + load + `}`,
			`accelerator: "Abacus" is not a known`},
		{"no accelerator's name at all", `{"model":"Llama 3.3 70B","accelerator":"--",` + load + `}`,
			`accelerator: "--"`},
		{"a name that several chips begin with lists them", `{"model":"Llama 3.3 70B","accelerator":"A100",` +
			load + `}`, "A100-40GB SXM, A100-80GB SXM"},
		{"a precision that does not exist",
			`{"model":"Llama 3.3 70B","accelerator":"H100","precision":"int3","input_tokens":1,"output_tokens":1}`,
			"precision"},
		{"a cache precision that does not exist",
			`{"model":"Llama 3.3 70B","accelerator":"H100","precision":"fp8","kv_precision":"fp4","input_tokens":1,"output_tokens":1}`, "kv_precision"},
		{"a model without cache figure", `{"model":"DeepSeek V4 Pro","accelerator":"B200","count":8,` + load + `}`, "KV cache bytes a token: not published"},
		{"a model with an unclear figure", `{"model":"Kimi K3","accelerator":"B200","count":8,` + load + `}`,
			"active parameters: unclear in the source: 16 of 896"},
		{"a model whose shape was not read", `{"model":"Mistral Small 4 119B","accelerator":"B200",` + load + `}`,
			"layers"},
		{"several chips without a link", `{"model":"Llama 3.1 8B","accelerator":"Trainium2","count":4,` + load + `}`,
			"no known link"},
		{"no chip", `{"model":"Llama 3.1 8B","accelerator":"H100","count":0,` + load + `}`,
			"count: want a whole number from 1"},
		{"half a chip", `{"model":"Llama 3.1 8B","accelerator":"H100","count":1.5,` + load + `}`, "count"},
		{"no request at a time", `{"model":"Llama 3.1 8B","accelerator":"H100","concurrency":0,` + load + `}`,
			`or "max"`},
		{"another word for the most", `{"model":"Llama 3.1 8B","accelerator":"H100","concurrency":"all",` + load + `}`,
			`or "max"`},
		{"fewer than no tokens",
			`{"model":"Llama 3.1 8B","accelerator":"H100","precision":"fp8","input_tokens":-1,"output_tokens":1}`,
			"input_tokens: want a number from 0"},
		{"no output",
			`{"model":"Llama 3.1 8B","accelerator":"H100","precision":"fp8","input_tokens":1,"output_tokens":0}`,
			"output_tokens: want more than 0"},
		{"a missing field", `{"model":"Llama 3.1 8B","accelerator":"H100","input_tokens":1,"output_tokens":1}`,
			"precision: missing"},
		{"an unknown field", `{"model":"Llama 3.1 8B","gpu":"H100"}`, "gpu: unknown field"},
		{"a field given twice", `{"model":"a","model":"b"}`, "model: given twice"},
		{"a list", `[]`, "want an object"},
		{"a number beyond floats",
			`{"model":"Llama 3.1 8B","accelerator":"H100","precision":"fp8","input_tokens":1e999,"output_tokens":1}`,
			"input_tokens"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := answer(t, tt.line)
			if text, _ := got["error"].(string); len(got) != 1 || !strings.Contains(text, tt.says) {
				t.Errorf("%v, want an error with %q", got, tt.says)
			}
		})
	}
}

func TestLinesThatAreAnswered(t *testing.T) {
	tests := []struct {
		name, line string
		want       map[string]any // part of the answer
	}{
		{"a target that no concurrency meets",
			`{"model":"Llama 3.3 70B","accelerator":"H100","count":2,"min_user_tokens_per_second":500,` + load + `}`,
			map[string]any{"fits": true, "meets": false}},
		{"a request whose cache does not fit",
			`{"model":"gpt-oss-120b","accelerator":"H100","precision":"mxfp4","kv_precision":"bf16","input_tokens":131000,"output_tokens":1000}`,
			map[string]any{"fits": false}},
		{"numbers as texts, fractions of tokens", `{"model":"Llama 3.1 8B","accelerator":"h-100 sxm","count":"1","precision":"fp8","input_tokens":"1000.5","output_tokens":0.5,"concurrency":"64"}`,
			map[string]any{"fits": true, "concurrency": 64.0, "kv_bytes_per_token": 131072.0}},
		{"a canonical id",
			`{"model":"meta/llama-3-1-8b","accelerator":"H100","precision":"fp8","input_tokens":1,"output_tokens":1,"concurrency":1}`,
			map[string]any{"fits": true, "concurrency": 1.0}},
		{"the most is at most 512 a chip", `{"model":"Llama 3.1 8B","accelerator":"MI300","precision":"fp8","input_tokens":1,"output_tokens":1}`,
			map[string]any{"concurrency": 512.0}},
		{"one of the names of a row", `{"model":"GLM-5.1","accelerator":"B200","count":8,"concurrency":8,` + load + `}`,
			map[string]any{"fits": true}},
		{"another of its names", `{"model":"MiniMax M2.7","accelerator":"GB200","count":4,"concurrency":8,` +
			load + `}`, map[string]any{"fits": true}},
		{"null is not given", `{"model":"Llama 3.1 8B","accelerator":"L4","concurrency":null,"count":null,` +
			load + `}`, map[string]any{"fits": true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := answer(t, tt.line)
			for field, want := range tt.want {
				if got[field] != want {
					t.Errorf("%s: %v, want %v in %v", field, got[field], want, got)
				}
			}
			if tt.want["meets"] == false && !cmp.Equal(got, tt.want) {
				t.Errorf("%v, want nothing else than %v", got, tt.want)
			}
		})
	}
}

func TestOneLineOutForEachLineIn(t *testing.T) {
	good := `{"model":"Llama 3.1 8B","accelerator":"H100",` + load + `}`
	var out bytes.Buffer
	err := Stream(strings.NewReader(good+"\n\n{}\n"+good+"\nnonsense\n"+good), &out, machines(t))
	var line *lines.Error
	if !errors.As(err, &line) || line.Line != 5 || !errors.Is(err, lines.ErrNotJSON) {
		t.Errorf("error %v, want line 5 is not JSON", err)
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(got) != 3 || !strings.Contains(got[1], `{"error":"model: missing"}`) || got[0] != got[2] {
		t.Errorf("answers %q", got)
	}
}

func FuzzParseReplica(f *testing.F) {
	for _, seed := range []string{`{"model":"Llama 3.3 70B","accelerator":"H100","count":2,"concurrency":"max",` +
		load + `}`,
		`{"model":"GLM-5","accelerator":"b200","count":8,"concurrency":7,"min_user_tokens_per_second":1e-9,` +
			load + `}`,
		`{"model":"Llama 3.1 8B","accelerator":"H100","precision":"bf16","input_tokens":1e9,"output_tokens":"1e-6"}`,
		`{"model":null}`, `[1]`, `"`, `{"count":1e400}`, `{"concurrency":"0x10"}`, "\x00"} {
		f.Add(seed)
	}
	m := machines(f)
	f.Fuzz(func(t *testing.T, line string) {
		r, err := m.ParseReplica([]byte(line))
		if errors.Is(err, lines.ErrNotJSON) == json.Valid([]byte(line)) {
			t.Errorf("error %v for %q", err, line)
		}
		if err != nil {
			return
		}
		e, err := DefaultConstants().Estimate(&r)
		if err != nil {
			return
		}
		// Infinite or undefined figures would not encode.
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("%v for %q", err, line)
		}
		if e.Fits && (e.Concurrency > e.MaxConcurrency || e.Meets && e.TokensPerSecondPerUser < r.MinUserRate) {
			t.Errorf("%+v for %q", e, line)
		}
	})
}
