package form

import (
	"testing"
)

// FuzzWriteField types anything into every field of a plan: a mistake is an error of the field and never a panic.
func FuzzWriteField(f *testing.F) {
	for _, seed := range []string{"8–", "8...", "5 % –", "ȺȺȺȺ to 5", "180k; 300k from 2028-01",
		"up to 1,000: 1; above: 0.8",
		"500k in 2027-06", "from 2028-01", ": –", "8 to 11 to 14 %", "İ from İ"} {
		f.Add(seed)
	}
	d, err := ParseDocument([]byte(plan))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, spec := range AllSpecs(d) {
			written := d.Clone()
			if err := spec.Write(written, text); err == nil {
				_ = spec.Read(written) + spec.Echo(written)
			}
		}
	})
}
