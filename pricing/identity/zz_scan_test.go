package identity

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"testing"
)

func TestZZScan(t *testing.T) {
	w, _ := os.Create("/tmp/hr/map.txt")
	defer w.Close()
	b, err := os.ReadFile("/work/shared/data/litellm.json")
	if err != nil {
		t.Skip()
	}
	var l map[string]struct {
		P string   `json:"litellm_provider"`
		I *float64 `json:"input_cost_per_token"`
		T []any    `json:"tiered_pricing"`
	}
	_ = json.Unmarshal(b, &l)
	var rows []string
	emit := func(src, prov, key string, id Identity, priced bool) {
		rows = append(rows, fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%v\t%v", src, id.Provider, prov, key, id.NativeID, id.Model, id.Scope, id.Variant, id.Commitment, id.Release, id.Latest, priced))
	}
	for k, v := range l {
		if k == "sample_spec" || v.P == "" {
			continue
		}
		emit("L", v.P, k, LiteLLM(k, v.P), v.I != nil || v.T != nil)
	}
	b, _ = os.ReadFile("/work/shared/data/models-dev.json")
	var m map[string]struct {
		Models map[string]struct {
			Cost map[string]any `json:"cost"`
		} `json:"models"`
	}
	_ = json.Unmarshal(b, &m)
	for p, v := range m {
		for k, x := range v.Models {
			emit("M", p, k, ModelsDev(p, k), x.Cost != nil)
		}
	}
	sort.Strings(rows)
	for _, r := range rows {
		fmt.Fprintln(w, r)
	}
}
