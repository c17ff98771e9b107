package capacity

import (
	"io"
	"strings"
	"testing"
)

const benchLine = `{"model":"Llama 3.3 70B","accelerator":"H100","count":2,"concurrency":"max","min_user_tokens_per_second":30,` + load + `}`

func BenchmarkEstimate(b *testing.B) {
	r, err := machines(b).ParseReplica([]byte(benchLine))
	if err != nil {
		b.Fatal(err)
	}
	c := DefaultConstants()
	b.ReportAllocs()
	for b.Loop() {
		if e, err := c.Estimate(&r); err != nil || !e.Meets {
			b.Fatal(e, err)
		}
	}
}

func BenchmarkStream(b *testing.B) {
	m := machines(b)
	text := strings.Repeat(benchLine+"\n", 1000)
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := Stream(strings.NewReader(text), io.Discard, m); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadShipped(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readShipped(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFindInstances(b *testing.B) {
	m := machines(b)
	b.ReportAllocs()
	for b.Loop() {
		if len(m.FindInstances(InstanceFilter{Accelerator: "H100 SXM", Area: EU})) == 0 {
			b.Fatal("none")
		}
	}
}
