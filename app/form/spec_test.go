package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const plan = `{"schema":"headroom.plan/v1","start":"2027-01","months":24,
"segments":{"all":{"users":{"curve":"exponential","start":"54000","monthly_growth":"0.06"},"revenue_per_user":"4.50"}},
"workloads":{"chat":{"segment":"all","requests_per_user_day":"6","input_tokens":1500,"output_tokens":400,"cache_read_share":"0.30",
"routes":[{"offer":"azure","share":"1"}]}},
"offers":{"azure":{"kind":"on_demand","catalog":"azure/gpt-5.4","scope":"default"}}}`

// find is the field with a name.
func find(t *testing.T, d Document, name string) Spec {
	t.Helper()
	for _, s := range AllSpecs(d) {
		if s.Name() == name {
			return s
		}
	}
	t.Fatalf("no field %q", name)
	return Spec{}
}

func TestWritingAFieldSetsExactlyItsPath(t *testing.T) {
	tests := []struct{ name, field, text, want, read, echo string }{
		{"thousands with a letter", "segments.all.users.start", "1.2M", `"start":1200000`, "1,200,000", "= 1,200,000 in Jan 2027"},
		{"a growth rate in percent", "segments.all.users.monthly_growth", "8 %", `"monthly_growth":0.08`,
			"8 %", "= 8 %"},
		{"a growth rate without its sign", "segments.all.users.monthly_growth", "8", `"monthly_growth":0.08`,
			"8 %", "= 8 %"},
		{"a negative growth rate", "segments.all.users.monthly_growth", "−2.5 %", `"monthly_growth":-0.025`,
			"−2.5 %", "= −2.5 %"},
		{"a share, echoed in tokens", "workloads.chat.cache_read_share", "40 %", `"cache_read_share":0.4`,
			"40 %", "= 600 of 1,500 tokens"},
		{"a schedule", "segments.all.revenue_per_user", "$4.50; 5 from 2028-01",
			`"revenue_per_user":[{"from":"2027-01","value":4.5},{"from":"2028-01","value":5}]`, "4.50; 5 from 2028-01",
			"= 4.50, then 5 from Jan 2028"},
		{"a month by name", "start", "Mar 2027", `"start":"2027-03"`, "2027-03", ""},
		{"an own price stays a decimal string", "offers.azure.prices[0].input", "$1.1250", `"input":"1.125"`,
			"1.1250", "= 1.1250"},
		{"volume tiers", "offers.azure.volume_tiers", "up to 1,000: 1; above: 0.8",
			`"volume_tiers":[{"multiplier":1,"up_to_mtok":1000},{"multiplier":0.8}]`, "up to 1,000: 1; above: 0.8", ""},
		{"a budget in steps", "finance.monthly_budget", "180k; 300k from 2028-01",
			`"monthly_budget":[{"from":"2027-01","value":180000},{"from":"2028-01","value":300000}]`,
			"180,000; 300,000 from 2028-01", "= 180,000, then 300,000 from Jan 2028"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := parse(t, plan)
			spec := find(t, d, tt.field)
			if err := spec.Write(d, tt.text); err != nil {
				t.Fatalf("Write(%q): %v", tt.text, err)
			}
			if got := string(d.Bytes()); !strings.Contains(got, tt.want) {
				t.Errorf("the plan lacks %s:\n%s", tt.want, got)
			}
			if got := spec.Read(d); got != tt.read {
				t.Errorf("Read = %q, want %q", got, tt.read)
			}
			if got := spec.Echo(d); got != tt.echo {
				t.Errorf("Echo = %q, want %q", got, tt.echo)
			}
		})
	}
}

func TestARangeSetsTheMiddleAndKeepsTheQuantiles(t *testing.T) {
	d := parse(t, plan)
	spec := find(t, d, "segments.all.users.monthly_growth")
	if err := spec.Write(d, "5 to 7 %"); err != nil {
		t.Fatal(err)
	}
	if got, _ := d.Decimal("segments", "all", "users", "monthly_growth"); got.String() != "0.06" {
		t.Errorf("the plan grows by %v", got)
	}
	want := `"uncertainty":{"inputs":{"segments.all.users.monthly_growth":{"distribution":"lognormal1p","p10":0.05,"p50":0.06,"p90":0.07}},"samples":5000,"seed":1}`
	if got := string(d.Bytes()); !strings.Contains(got, want) {
		t.Errorf("the plan lacks %s:\n%s", want, got)
	}
	if got := spec.Read(d); got != "5 to 7 %" {
		t.Errorf("Read = %q", got)
	}
	if got := spec.Echo(d); got != "= P10 5 %, P50 6 %, P90 7 %" {
		t.Errorf("Echo = %q", got)
	}
	if err := spec.Write(d, "6 %"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(parse(t, plan).Bytes()), string(d.Bytes())); diff != "" {
		t.Errorf("one figure again does not give the plan before (-want +got):\n%s", diff)
	}
}

func TestARangeHasTheMiddleOfItsScaleOrTheOneThatIsTyped(t *testing.T) {
	for _, tt := range []struct{ name, field, text, p50, shape, read string }{
		{"tokens, in proportion", "workloads.chat.input_tokens", "1,000 to 4,000", "2000", "lognormal",
			"1,000 to 4,000"},
		{"three digits are enough", "workloads.chat.input_tokens", "300 to 610", "428", "lognormal", "300 to 610"},
		{"growth", "segments.all.users.monthly_growth", "8 to 14 %", "0.11", "lognormal1p", "8 to 14 %"},
		{"growth that may be negative", "segments.all.users.monthly_growth", "-5 to 5 %", "-0.00125",
			"lognormal1p", "−5 to 5 %"},
		{"a share", "workloads.chat.cache_read_share", "10 to 50 %", "0.25", "logitnormal", "10 to 50 %"},
		{"a middle that is typed", "workloads.chat.cache_read_share", "10 to 40 to 50 %", "0.4", "logitnormal",
			"10 to 40 to 50 %"},
		{"a middle with scales", "workloads.chat.input_tokens", "1k to 3k to 4k", "3000", "lognormal",
			"1,000 to 3,000 to 4,000"},
		{"dashes", "segments.all.users.monthly_growth", "8 – 12 – 14 %", "0.12", "lognormal1p", "8 to 12 to 14 %"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := parse(t, plan)
			spec := find(t, d, tt.field)
			if err := spec.Write(d, tt.text); err != nil {
				t.Fatal(err)
			}
			stated, _ := d.Decimal(spec.Keys...)
			p50, _ := d.Decimal("uncertainty", "inputs", tt.field, "p50")
			if p50.String() != tt.p50 || !stated.Equal(p50) ||
				d.Text("uncertainty", "inputs", tt.field, "distribution") != tt.shape {
				t.Errorf("p50 %v, the plan %v, %s", p50, stated, d.Bytes())
			}
			before := string(d.Bytes())
			if got := spec.Read(d); got != tt.read {
				t.Errorf("Read = %q, want %q", got, tt.read)
			}
			if err := spec.Write(d, spec.Read(d)); err != nil || string(d.Bytes()) != before {
				t.Errorf("writing what it shows changes the plan: %v\n%s", err, d.Bytes())
			}
		})
	}
}

func TestARangeOfAFileIsKeptAsItCame(t *testing.T) {
	d := parse(t,
		strings.Replace(plan, "{",
			`{"uncertainty":{"inputs":{"workloads.chat.output_tokens":{"distribution":"lognormal","p10":100,"p50":333,"p90":900}}},`, 1))
	spec := find(t, d, "workloads.chat.output_tokens") // the plan's own figure is 400
	before := string(d.Bytes())
	if got := spec.Read(d); got != "100 to 333 to 900" {
		t.Errorf("Read = %q", got)
	}
	if err := spec.Write(d, spec.Read(d)); err != nil || string(d.Bytes()) != before {
		t.Errorf("writing what it shows changes the plan: %v\n%s", err, d.Bytes())
	}
}

func TestWritingWhatAFieldShowsChangesNothing(t *testing.T) {
	d := parse(t, plan)
	for _, spec := range AllSpecs(d) {
		before := string(d.Bytes())
		if err := spec.Write(d, spec.Read(d)); err != nil {
			t.Errorf("%s: Write(%q): %v", spec.Name(), spec.Read(d), err)
		}
		if diff := cmp.Diff(before, string(d.Bytes())); diff != "" {
			t.Errorf("%s changes the plan (-before +after):\n%s", spec.Name(), diff)
		}
	}
}

func TestWhatCannotBeReadIsSaidWithWhatWouldBeRight(t *testing.T) {
	tests := []struct{ name, field, text, want string }{
		{"no number", "segments.all.users.start", "a lot", "is not a number"},
		{"an empty required field", "segments.all.users.start", " ", "enter 0 to 10 billion"},
		{"more than all of it", "workloads.chat.cache_read_share", "130 %", "130 % is outside the range: enter 0 " +
			"to 100 %"},
		{"a fraction in a percent field", "workloads.chat.cache_read_share", "0.3", "can mean 0.3 % or 30 %"},
		{"a range of fractions in a percent field", "workloads.chat.cache_read_share", "0.08 to 0.14",
			"can mean 0.08 to 0.14 % or 8 to 14 %"},
		{"a range that falls", "workloads.chat.cache_read_share", "14 to 8 %", "write 8 to 14 %"},
		{"a range that falls with both signs", "workloads.chat.cache_read_share", "20 % to 14 %", "write 14 to 20 %"},
		{"a range that falls with the sign first", "workloads.chat.cache_read_share", "20 % to 14", "write 14 to 20 %"},
		{"a percentage of users", "segments.all.users.start", "5 %", "takes a number, not a percentage"},
		{"another currency", "segments.all.revenue_per_user", "€4", "is in EUR, this field is in USD"},
		{"a range for a length", "months", "12 to 24", "one figure, not a range"},
		{"a range from nothing", "workloads.chat.input_tokens", "0 to 5", "a range begins above 0"},
		{"a range to all of it", "workloads.chat.cache_read_share", "50 to 100 %", "touches neither"},
		{"a middle outside", "workloads.chat.input_tokens", "10 to 5 to 20", "write 5 to 10 to 20"},
		{"half a month", "months", "12.5", "whole number"},
		{"a month that is none", "start", "2027-13", "is not a month"},
		{"a step without a month", "segments.all.revenue_per_user", "4; 5", "needs the month it begins"},
		{"steps backwards", "segments.all.revenue_per_user", "4; 5 from 2028-01; 6 from 2027-06",
			"the months go upwards"},
		{"an ambiguous point", "segments.all.users.start", "1.200", "can mean 1,200 or 1.2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := parse(t, plan)
			before := string(d.Bytes())
			err := find(t, d, tt.field).Write(d, tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Write(%q) error = %v, want %q in it", tt.text, err, tt.want)
			}
			if diff := cmp.Diff(before, string(d.Bytes())); diff != "" {
				t.Errorf("the plan changed (-before +after):\n%s", diff)
			}
		})
	}
}
