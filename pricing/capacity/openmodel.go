package capacity

import (
	"fmt"
	"strings"

	"headroom/pricing/identity"
)

// OpenModel is a model whose weights anybody may run, by its shape. A quantity that its row leaves open is unknown;
// Shape then says so.
type OpenModel struct {
	Name            string   // as the table has it, several alike in one row: "GLM-5 / 5.1"
	IDs             []string // canonical ids, "meta/llama-3-3-70b"
	Licence         string
	TotalParams     Quantity // 1e9
	ActiveParams    Quantity // 1e9, a token
	Layers, Hidden  Quantity
	QueryHeads      Quantity
	KVHeads         string // a number, or "MLA": one compressed cache for all heads
	HeadDim         string // a number, or "512+64" for MLA
	Experts, TopK   Quantity
	KVBytesPerToken Quantity // at bf16
	KVNote          string
	ContextTokens   Quantity
	Released        string
	Source          string
	FromMemory      bool // the row or a part of it was not read in a source; the texts say which
	keys            []string
}

func readOpenModel(r *record) OpenModel {
	m := OpenModel{
		Name: r.Need("name"), Licence: r.Need("licence"), TotalParams: r.quantity("total_params_b"),
		ActiveParams: r.quantity("active_params_b"), Layers: r.quantity("layers"), Hidden: r.quantity("hidden"),
		QueryHeads: r.quantity("q_heads"), KVHeads: r.Text("kv_heads"), HeadDim: r.Text("head_dim"),
		Experts: r.quantity("experts"), TopK: r.quantity("topk"),
		KVBytesPerToken: r.quantity("kv_bytes_per_token_bf16"),
		KVNote:          r.Text("kv_note"), ContextTokens: r.quantity("context"), Released: r.Need("released"),
		Source: r.Need("source"),
	}
	m.FromMemory = saysFromMemory(m.Source + m.KVNote + m.Licence + m.Released)
	m.keys = []string{nameKey(m.Name)}
	for name := range strings.SplitSeq(m.Name, " / ") {
		m.keys = append(m.keys, nameKey(name))
	}
	return m
}

// modelName is one name of a row of models with its canonical id.
type modelName struct{ row, name, id string }

func readModelName(r *record) modelName {
	return modelName{r.Need("name"), r.Need("one_name"), r.Need("id")}
}

// Model finds an open-weight model by its name, by one of the names of a row that lists several, or by its canonical
// id, ignoring case and everything but letters and digits; else by any id that means the same canonical one.
func (m *Machines) Model(name string) (*OpenModel, error) {
	if i, ok := m.models[nameKey(name)]; ok {
		return &m.OpenModels[i], nil
	}
	if id, ok := identity.Canonical(name); ok {
		if i, ok := m.models[nameKey(id)]; ok {
			return &m.OpenModels[i], nil
		}
	}
	return nil, fmt.Errorf("%q is not a known open-weight model", name)
}

// Shape is what the estimator needs of a model.
type Shape struct {
	Total, Active float64 // parameters
	Layers        float64
	Hidden        float64
	Query         float64 // q_heads x head_dim; MLA: heads x (576+512)/2, the mean of key and value widths
	Experts, TopK float64 // 0 for a dense model
	KVBytesBF16   float64 // cache bytes a token
}

// mixture reports whether only some experts work on a token.
func (s *Shape) mixture() bool { return s.Experts > 0 }

// Shape is the model's shape, or an error that names the figure that is not known and why.
func (m *OpenModel) Shape() (Shape, error) {
	head := parseQuantity(m.HeadDim)
	if m.KVHeads == "MLA" && m.HeadDim == "512+64" {
		head = Quantity{Value: (576 + 512) / 2, Known: true}
	}
	needed := []struct {
		name string
		q    Quantity
	}{{"total parameters", m.TotalParams}, {"active parameters", m.ActiveParams}, {"layers", m.Layers},
		{"hidden size", m.Hidden},
		{"query heads", m.QueryHeads}, {"head dimension", head}, {"KV cache bytes a token", m.KVBytesPerToken}}
	if m.Experts.Text != "" || m.TopK.Text != "" {
		needed = append(needed, struct {
			name string
			q    Quantity
		}{"experts", m.Experts}, struct {
			name string
			q    Quantity
		}{"experts a token", m.TopK})
	}
	for _, n := range needed {
		if !n.q.Known {
			return Shape{}, fmt.Errorf("%s: %s: %s", m.Name, n.name, n.q.Reason())
		}
	}
	return Shape{Total: m.TotalParams.Value * 1e9, Active: m.ActiveParams.Value * 1e9, Layers: m.Layers.Value,
		Hidden: m.Hidden.Value, Query: m.QueryHeads.Value * head.Value, Experts: m.Experts.Value, TopK: m.TopK.Value,
		KVBytesBF16: m.KVBytesPerToken.Value}, nil
}
