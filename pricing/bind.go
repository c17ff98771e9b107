package pricing

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"headroom/pricing/calendar"
	"headroom/pricing/document"
)

// binder fills plan types from a tree and reports everything that does not fit, with its path.
type binder struct {
	out    *problems
	fields map[reflect.Type]map[string]int // field index by JSON name, worked out once a type
	tag    string                          // the struct tag that names a member before "json" does; may be empty
}

// bindPlan reads a plan from its tree.
func bindPlan(root *document.Value, out *problems) *Plan {
	b := &binder{out: out, fields: map[reflect.Type]map[string]int{}}
	p := &Plan{}
	b.bind("", root, reflect.ValueOf(p).Elem())
	return p
}

// bind writes n into v. The types that read themselves come first; the rest follows the Go type.
func (b *binder) bind(path string, n *document.Value, v reflect.Value) {
	switch target := v.Addr().Interface().(type) {
	case *Number:
		b.number(path, n, target)
	case *Schedule:
		b.schedule(path, n, target)
	case *calendar.Month:
		b.month(path, n, target)
	case *json.RawMessage:
		b.raw(path, n, target)
	case *Correlation:
		b.correlation(path, n, target)
	default:
		b.bindKind(path, n, v)
	}
}

func (b *binder) bindKind(path string, n *document.Value, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		b.object(path, n, v)
	case reflect.Map:
		b.mapping(path, n, v)
	case reflect.Slice:
		b.list(path, n, v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		b.bind(path, n, v.Elem())
	case reflect.String:
		if b.is(path, n, document.String) {
			v.SetString(n.Literal())
		}
	case reflect.Bool:
		if b.is(path, n, document.Bool) {
			v.SetBool(n.Literal() == "true")
		}
	case reflect.Int:
		b.integer(path, n, v)
	}
}

func (b *binder) is(path string, n *document.Value, kind document.Kind) bool {
	if n.Kind() == kind {
		return true
	}
	b.out.add(path, "must be %s, not %s", kind, n.Kind())
	return false
}

// object binds members to fields; null says "not stated".
func (b *binder) object(path string, n *document.Value, v reflect.Value) {
	if !b.is(path, n, document.Object) {
		return
	}
	fields := b.fieldsOf(v.Type())
	for _, m := range n.Members() {
		i, ok := fields[m.Name]
		if !ok {
			b.out.add(dot(path, clip(m.Name)), "unknown field; %s", suggestion(m.Name, fields))
			continue
		}
		if m.Value.Kind() != document.Null {
			b.bind(dot(path, m.Name), m.Value, v.Field(i))
		}
	}
}

func (b *binder) fieldsOf(t reflect.Type) map[string]int {
	if fields, ok := b.fields[t]; ok {
		return fields
	}
	fields := map[string]int{}
	for i := range t.NumField() {
		if !t.Field(i).IsExported() {
			continue
		}
		text, ok := t.Field(i).Tag.Lookup(b.tag)
		if !ok {
			text = t.Field(i).Tag.Get("json")
		}
		name, _, _ := strings.Cut(text, ",")
		fields[name] = i
	}
	b.fields[t] = fields
	return fields
}

// suggestion names the field that was probably meant, or all of them.
func suggestion(name string, fields map[string]int) string {
	names := sortedKeys(fields)
	nearest, edits := "", 3
	for _, field := range names {
		if d := distance(name, field); d < edits {
			nearest, edits = field, d
		}
	}
	if nearest != "" {
		return "did you mean " + nearest + "?"
	}
	return "known here: " + strings.Join(names, ", ")
}

// distance is the number of edits between two names, or 3 when it is certainly more than two.
func distance(a, b string) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

func (b *binder) mapping(path string, n *document.Value, v reflect.Value) {
	if !b.is(path, n, document.Object) {
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.Members())))
	for _, m := range n.Members() {
		value := reflect.New(v.Type().Elem()).Elem()
		b.bind(dot(path, clip(m.Name)), m.Value, value)
		v.SetMapIndex(reflect.ValueOf(m.Name), value)
	}
}

func (b *binder) list(path string, n *document.Value, v reflect.Value) {
	if !b.is(path, n, document.List) {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items()), len(n.Items())))
	for i, item := range n.Items() {
		b.bind(at(path, i), item, v.Index(i))
	}
}

func (b *binder) number(path string, n *document.Value, out *Number) {
	switch n.Kind() {
	case document.Number, document.String:
		raw := string(n.JSON())
		number, err := numberFromJSON(raw)
		if err != nil {
			b.out.add(path, "%v", err)
			return
		}
		*out = number
	default:
		b.out.add(path, `must be a number such as 0.5 or "0.5", not %s`, n.Kind())
	}
}

func (b *binder) integer(path string, n *document.Value, v reflect.Value) {
	var number Number
	before := len(b.out.list)
	b.number(path, n, &number)
	if len(b.out.list) > before {
		return
	}
	whole := int64(number.Float())
	if float64(whole) != number.Float() {
		b.out.add(path, "must be a whole number, not %s", number)
		return
	}
	v.SetInt(whole)
}

func (b *binder) month(path string, n *document.Value, out *calendar.Month) {
	if n.Kind() != document.String {
		b.out.add(path, `must be a month such as "2027-01", not %s`, n.Kind())
		return
	}
	month, err := calendar.ParseMonth(n.Literal())
	if err != nil {
		b.out.add(path, `must be a month such as "2027-01", from 1900-01 to 2999-12, not %q`, clip(n.Literal()))
		return
	}
	*out = month
}

// schedule reads a number, or rows; rows may stand in any order.
func (b *binder) schedule(path string, n *document.Value, out *Schedule) {
	switch n.Kind() {
	case document.Number, document.String:
		b.number(path, n, &out.Constant)
	case document.List:
		before := len(b.out.list)
		b.bind(path, n, reflect.ValueOf(&out.Steps).Elem())
		for i, step := range out.Steps {
			if len(b.out.list) == before && (step.From == 0 || step.Value.IsZero()) {
				b.out.add(at(path, i), `needs "from" and "value"`)
			}
		}
		slices.SortStableFunc(out.Steps, func(x, y ScheduleRow) int { return int(x.From - y.From) })
		for i := 1; i < len(out.Steps); i++ {
			if out.Steps[i].From == out.Steps[i-1].From && out.Steps[i].From != 0 {
				b.out.add(path, "two rows begin in %s; keep one", out.Steps[i].From)
			}
		}
	default:
		b.out.add(path, `must be a number, or a list of {"from": "2027-01", "value": 1}, not %s`, n.Kind())
	}
}

func (b *binder) raw(path string, n *document.Value, out *json.RawMessage) {
	if b.is(path, n, document.Object) {
		*out = n.JSON()
	}
}

func (b *binder) correlation(path string, n *document.Value, out *Correlation) {
	items := n.Items()
	if len(items) != 3 || items[0].Kind() != document.String || items[1].Kind() != document.String {
		b.out.add(path, `must be ["path", "path", number]`)
		return
	}
	out.A, out.B = items[0].Text(), items[1].Text()
	b.number(at(path, 2), items[2], &out.Rho)
}

// MarshalJSON is [path, path, rho].
func (c Correlation) MarshalJSON() ([]byte, error) { return json.Marshal([]any{c.A, c.B, c.Rho}) }

// isID reports whether a text is an identifier: lower case letters, digits, ".", "_" and "-", the first a letter or
// digit.
func isID(text string) bool {
	for i := range len(text) {
		c := text[i]
		plain := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !plain && (i == 0 || !strings.ContainsRune("._-", rune(c))) {
			return false
		}
	}
	return text != "" && len(text) <= 200
}
