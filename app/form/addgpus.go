package form

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"headroom/app/typed"
	"headroom/pricing/capacity"
	"headroom/pricing/document"
)

// Assumed until the team knows better: a share of the machines' time that a plan counts on, which leaves room for
// queues, and a rate at which people read.
const (
	assumedUse  = "0.7"
	assumedRate = "20" // tokens a second and user
)

// AddGPUSpecs are the fields that a new GPU pool begins with.
func AddGPUSpecs(d Document) []Spec {
	at := func(name string) []string { return []string{addGPUs, name} }
	precision := Spec{Keys: at("precision"), Label: "Weights at", Kind: Choice, Optional: true,
		Options: []Option{{"", "fp8 where the chip has it, else bf16"}}}
	for _, p := range capacity.Precisions() {
		precision.Options = append(precision.Options, Option{string(p), string(p)})
	}
	workload := Spec{Keys: at("workload"), Label: "Serves", Kind: Choice}
	for _, id := range d.Names("workloads") {
		workload.Options = append(workload.Options, Option{id, id})
	}
	return []Spec{
		{Keys: at("machine"), Label: "Machine", Kind: Text, Help: "Such as 8 x H100 aws us-east-1: write enough " +
			"words for one machine."},
		Spec{Keys: at("machines"), Label: "Machines", Whole: true, Optional: true, Default: "1"}.between(
			"1", "1000000"),
		{Keys: at("from"), Label: "From", Unit: "YYYY-MM", Kind: Month, Optional: true, Default: "the first month"},
		{Keys: at("model"), Label: "Model", Kind: Text, Help: "An open-weight model, such as Llama 3.3 70B."},
		precision,
		Spec{Keys: at("rate"), Label: "Each user gets", Unit: "tokens/s", Optional: true, Default: assumedRate,
			Help: "At least. More requests at a time make each slower and the machine cheaper."}.between("0", "100000"),
		Spec{Keys: at("price"), Label: "Your price an hour", Prefix: "USD", Kind: Money, Optional: true,
			Default: "the list price",
			Help:    "For one GPU; 0 for GPUs that you were given. Empty: the list price, where one is known."}.between(
			"0", "1000000"),
		workload,
		{Keys: at("share"), Label: "Share", Unit: "of requests", Kind: Percent, Min: zero, Max: hundred,
			Optional: true, Default: "1"},
	}
}

// gpuOrder is a GPU pool as it was asked for.
type gpuOrder struct {
	machine  *capacity.Instance
	chip     *capacity.Accelerator
	model    *capacity.OpenModel
	estimate capacity.PoolEstimate
	workload string
	share    decimal.Decimal
	lot      map[string]any
}

// AddGPUs adds a GPU pool of machines, the offer of a model that runs on it, and a workload's route to that. Throughput
// is estimated for the workload's requests and kept as a range.
func (o *Outcome) AddGPUs(posted url.Values, data Data) {
	blank, ok := o.blank(AddGPUSpecs(o.Document), posted)
	order, found := o.readOrder(blank, data)
	if !ok || !found || !o.gpuPrice(order, blank) || !o.estimateOrder(&order, blank, data) {
		return
	}
	pool := freeName(o.Document, "gpu_pools", poolID(data.Machines, order.machine))
	count, _ := decimal.NewFromString(cmp.Or(blank.numberText(addGPUs, "machines"), "1"))
	order.lot["gpus"] = number(count.Mul(decimal.NewFromFloat(order.machine.Count)))
	o.Document.Set(map[string]any{"max_utilization": json.Number(assumedUse), "lots": []any{order.lot}},
		"gpu_pools", pool)
	if order.chip.AllInKW.Known {
		o.Document.Set(json.Number(order.chip.AllInKW.Text), "gpu_pools", pool, "kw_per_gpu")
	}
	o.Note(Path(addGPUs, "model"), "Model", o.estimated(order.estimate.TokensPerSecond, "gpu_pools",
		pool, "tokens_per_second_per_gpu"))
	offer := gpuOffer(order, pool)
	id := o.freeID(Slug(order.model.Name) + "-on-" + pool)
	o.Document.Set(offer, "offers", id)
	o.routeShare(order.workload, id, order.share)
	o.forgetTyped(addGPUs)
}

// readOrder finds machine, model and workload; what is not found is said beside its field.
func (o *Outcome) readOrder(blank Document, data Data) (gpuOrder, bool) {
	order := gpuOrder{workload: blank.Text(addGPUs, "workload"), lot: o.firstLot(blank, "gpus", addGPUs),
		share: decimal.NewFromInt(1)}
	if share, ok := blank.Decimal(addGPUs, "share"); ok {
		order.share = share
	}
	before := len(o.Errors)
	var err error
	if order.machine, err = findMachine(data.Machines, blank.Text(addGPUs, "machine")); err != nil {
		o.Note(Path(addGPUs, "machine"), "Machine", err)
	} else if order.chip, err = data.Machines.ChipOf(order.machine.Accelerator); err != nil {
		o.Note(Path(addGPUs, "machine"), "Machine", err)
	}
	if order.model, err = data.Machines.Model(blank.Text(addGPUs, "model")); err != nil {
		o.Note(Path(addGPUs, "model"), "Model", unknownModel(data.Machines, blank.Text(addGPUs, "model")))
	}
	if _, known := o.Document.Get("workloads", order.workload); !known {
		o.Note(Path(addGPUs, "workload"), "Serves", errors.New("choose the workload that the GPUs serve"))
	}
	if !order.share.IsPositive() {
		o.Note(Path(addGPUs, "share"), "Share", errors.New("enter the share of requests that goes to the GPUs, more "+
			"than 0 %"))
	}
	return order, len(o.Errors) == before
}

// unknownModel says that no open-weight model has a name, and which have it as a part.
func unknownModel(m *capacity.Machines, text string) error {
	var names []string
	for _, model := range m.OpenModels {
		if text != "" && len(names) < 4 && strings.Contains(strings.ToLower(model.Name), strings.ToLower(text)) {
			names = append(names, model.Name)
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("“%s” is not an open-weight model whose figures are known: write a name such as Llama 3.3 "+
			"70B, or choose from the list", text)
	}
	return fmt.Errorf("“%s” fits several models, such as %s: write the whole name", text, strings.Join(names, ", "))
}

// findMachine is the machine that a text names; the error of one that fits several lists some.
func findMachine(m *capacity.Machines, text string) (*capacity.Instance, error) {
	found := m.SearchInstances(text)
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("no machine of the list is “%s”: write GPU, seller and region, such as 8 x H100 aws "+
			"us-east-1", text)
	case 1:
		return found[0], nil
	}
	var names []string
	for _, i := range found[:min(4, len(found))] {
		if m.MachineName(i) == text {
			return i, nil
		}
		names = append(names, m.MachineName(i))
	}
	return nil, fmt.Errorf("“%s” fits %d machines, such as %s: write the region or more of the name",
		text, len(found), strings.Join(names, "; "))
}

// gpuPrice puts the price of one GPU into the lot: the one typed, else the list price. An unknown price is never 0.
func (o *Outcome) gpuPrice(order gpuOrder, blank Document) bool {
	if price, ok := blank.Decimal(addGPUs, "price"); ok {
		order.lot["price_per_hour"] = number(price)
		return true
	}
	price, err := listPrice(order.machine)
	if err != nil {
		o.Note(Path(addGPUs, "price"), "Your price an hour", fmt.Errorf("%w; enter yours, or 0 for GPUs that you "+
			"were given", err))
		return false
	}
	order.lot["price_per_hour"] = number(price)
	return true
}

// listPrice is the list price of one GPU and hour, to four places.
func listPrice(i *capacity.Instance) (decimal.Decimal, error) {
	if !i.Hourly.Known {
		return decimal.Decimal{}, fmt.Errorf("unknown: %s", i.Hourly.Reason)
	}
	return i.LotPrice(), nil
}

// estimateOrder estimates what a GPU serves of the workload's requests.
func (o *Outcome) estimateOrder(order *gpuOrder, blank Document, data Data) bool {
	value := func(name string) float64 {
		v, _ := o.Document.Decimal("workloads", order.workload, name)
		return v.InexactFloat64()
	}
	mix := capacity.Mix{InputTokens: value("input_tokens"), CacheReadShare: value("cache_read_share"),
		OutputTokens: value("output_tokens")}
	rate, _ := decimal.NewFromString(cmp.Or(blank.numberText(addGPUs, "rate"), assumedRate))
	mix.UserRate = rate.InexactFloat64()
	if mix.OutputTokens <= 0 {
		o.Note(Path(addGPUs, "workload"), "Serves", fmt.Errorf("%s writes no output: its throughput is not estimated",
			order.workload))
		return false
	}
	var err error
	order.estimate, err = data.Machines.EstimatePool(order.machine, order.model,
		capacity.Precision(blank.Text(addGPUs, "precision")), mix)
	o.Note(Path(addGPUs, "model"), "Model", err)
	return err == nil
}

// estimated writes an estimate as a range, so that whoever samples the plan samples its error; a figure typed over it
// is one that somebody measured.
func (o *Outcome) estimated(r capacity.Range, keys ...string) error {
	q := typed.Quantity{Value: significant(r.Value), Low: significant(r.Low), High: significant(r.High),
		Middle: true, Range: true}
	return Spec{Keys: keys}.writeRange(o.Document, q)
}

// significant keeps four digits: an estimate has no more.
func significant(v float64) decimal.Decimal {
	places := 3 - int32(math.Floor(math.Log10(max(v, 1e-9))))
	return decimal.NewFromFloat(v).Round(places)
}

// gpuOffer is a model on a pool.
func gpuOffer(order gpuOrder, pool string) map[string]any {
	offer := map[string]any{"kind": "gpu", "provider": order.machine.Seller, "currency": "USD", "gpu_pool": pool,
		"chips": []any{Slug(order.chip.Vendor)}}
	if len(order.model.IDs) > 0 {
		lab, _, _ := strings.Cut(order.model.IDs[0], "/")
		offer["lab"] = lab
	}
	if region := Slug(order.machine.Region); region == order.machine.Region &&
		capacity.AreaOf(order.machine.Seller, region) != capacity.NoArea {
		offer["region"], offer["scope"] = region, "region:"+region
	}
	if order.model.ContextTokens.Known {
		offer["context_tokens"] = json.Number(order.model.ContextTokens.Text)
	}
	return offer
}

// poolID names a pool by chip, seller and region: what its list price is found by again.
func poolID(m *capacity.Machines, i *capacity.Instance) string {
	chip, err := m.ChipOf(i.Accelerator)
	if err != nil {
		return Slug(i.Accelerator)
	}
	return Slug(chip.Name + " " + i.Seller + " " + i.Region)
}

// routeShare sends a share of a workload to an offer; the first of the others takes the rest.
func (o *Outcome) routeShare(workload, offer string, share decimal.Decimal) {
	keys := []string{"workloads", workload, "routes"}
	if share.Equal(decimal.NewFromInt(1)) {
		o.Document.Set([]any{map[string]any{"offer": offer, "share": json.Number("1")}}, keys...)
		o.dropUnused()
		return
	}
	routes, _ := o.Document.list(keys...)
	rows := append(slices.Clone(routes), routeTo(offer, number(share)))
	rest, ok := restOf(rows[1:])
	if !ok {
		o.Note(Path(addGPUs, "share"), "Share", errors.New("the other routes take more than the rest"))
		return
	}
	if rows[0].Kind() == document.Object {
		rows[0] = rows[0].With("share", rest)
	}
	o.Document.Set(rows, keys...)
}

// numberText is the number at keys as text, "" for none.
func (d Document) numberText(keys ...string) string {
	if v, ok := d.Decimal(keys...); ok {
		return v.String()
	}
	return ""
}

// freeName is a name that the object at a key has not yet.
func freeName(d Document, list, id string) string {
	candidate := id
	for n := 2; ; n++ {
		if _, taken := d.Get(list, candidate); !taken {
			return candidate
		}
		candidate = fmt.Sprintf("%s-%d", id, n)
	}
}

// PoolFills are the list prices of a pool's machines, for every lot, and the power of one accelerator: of the pools
// that are named by chip, seller and region.
func PoolFills(d Document, m *capacity.Machines, pool string) []Fill {
	var fills []Fill
	for i := range m.Instances {
		machine := &m.Instances[i]
		if !strings.Contains(pool, machine.Seller) || !strings.Contains(pool, Slug(machine.Region)) {
			continue // before the dearer look at the chip
		}
		if chip, err := m.ChipOf(machine.Accelerator); err == nil && isPoolOf(pool, poolID(m, machine)) {
			fills = append(fills, priceFill(d, machine, pool, len(fills)))
			if power := powerFill(chip, pool); !slices.ContainsFunc(fills,
				func(f Fill) bool { return f.ID == power.ID }) {
				fills = append(fills, power)
			}
		}
	}
	return fills
}

// isPoolOf allows the number that a second pool of the same name has.
func isPoolOf(pool, id string) bool {
	rest, ok := strings.CutPrefix(pool, id)
	return ok && strings.Trim(rest, "-0123456789") == ""
}

func priceFill(d Document, machine *capacity.Instance, pool string, i int) Fill {
	f := fillOf(fmt.Sprintf("price-%d", i), machine.Type+": ", machine.Origin)
	price, err := listPrice(machine)
	if err != nil {
		f.Label += "price unknown"
		f.Unknown = Sentence("price an hour is " + err.Error())
		return f
	}
	f.Label += "USD " + typed.Group(price) + " a GPU and hour"
	for lot := range d.Len("gpu_pools", pool, "lots") {
		f.values = append(f.values, fillValue{[]string{"gpu_pools", pool, "lots", Item(lot), "price_per_hour"},
			number(price)})
	}
	return f
}

func powerFill(chip *capacity.Accelerator, pool string) Fill {
	f := Fill{ID: "power", Label: chip.Name + ": power unknown", Source: chip.Source}
	if !chip.AllInKW.Known {
		f.Unknown = Sentence("power of one GPU is " + unknownWords(chip.AllInKW))
		return f
	}
	f.Label = chip.Name + ": " + chip.AllInKW.Text + " kW a GPU, facility included"
	f.set(chip.AllInKW, "gpu_pools", pool, "kw_per_gpu")
	return f
}
