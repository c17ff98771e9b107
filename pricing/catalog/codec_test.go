package catalog

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"headroom/pricing/calendar"
	"headroom/pricing/money"
)

var ignoreIndex = cmp.Options{cmpopts.IgnoreUnexported(Snapshot{}, Row{}), cmpopts.EquateEmpty()}

func encoded(t testing.TB, s *Snapshot) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Encode(&buf, s); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func snapshots() *rapid.Generator[*Snapshot] {
	word := rapid.StringN(0, 8, -1)
	known := rapid.SampledFrom([]Known{Unknown, No, Yes})
	return rapid.Custom(func(t *rapid.T) *Snapshot {
		s := &Snapshot{ID: word.Draw(t, "id"), AsOf: calendar.Day(word.Draw(t, "as of"))}
		s.Sources = []Source{{ID: word.Draw(t, "source"), Licence: "MIT", Note: word.Draw(t, "note")}}
		s.Sellers = []Seller{{ID: word.Draw(t, "seller"), Kind: "cloud"}}
		s.Labs = []Lab{{word.Draw(t, "lab"), "name"}}
		s.Models = []Model{{ID: word.Draw(t, "model"), OpenWeights: known.Draw(t, "open"),
			ContextTokens: rapid.Int64Min(0).Draw(t, "context")}}
		for range rapid.IntRange(0, 2).Draw(t, "offers") {
			row := rows().Draw(t, "row")
			s.Offers = append(s.Offers, Offer{Provider: word.Draw(t, "provider"), NativeID: word.Draw(t, "native"),
				Aliases: rapid.SliceOfN(word, 0, 3).Draw(t, "aliases"), OnRequest: rapid.Bool().Draw(t, "on request"),
				Latest: rapid.Bool().Draw(t, "latest"), Tools: known.Draw(t, "tools"), Lifecycle: word.Draw(t, "life"),
				Rows: []Row{row, rows().Draw(t, "row 2")}, Evidence: []Row{row},
				Conflicts: []Conflict{{Source: "models.dev", Dimension: Input, Above: 200_000, Rate: money.MaxRate,
					Note: word.Draw(t, "why")}}})
		}
		return s
	})
}

func TestASnapshotReadsBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := snapshots().Draw(t, "snapshot")
		var buf bytes.Buffer
		if err := Encode(&buf, want); err != nil {
			t.Fatal(err)
		}
		got, err := Decode(&buf)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, ignoreIndex); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestDecodeRefusesWhatIsNoSnapshot(t *testing.T) {
	whole := encoded(t, sample())
	zipped := func(text string) []byte {
		var buf bytes.Buffer
		w := gzip.NewWriter(&buf)
		w.Write([]byte(text))
		w.Close()
		return buf.Bytes()
	}
	tests := []struct {
		name string
		data []byte
		says string
	}{
		{"nothing", nil, "EOF"},
		{"another file", []byte("{}"), "EOF"},
		{"another zipped file", zipped("{}"), "does not begin"},
		{"a file cut in the middle", whole[:len(whole)/2], "unexpected EOF"},
		{"a head and nothing else", zipped(magic), "too early"},
		{"a false length of the texts", zipped(magic + "\xff\xff\xff\xff\x0f"), "texts in"},
		{"a text that is cut off", zipped(magic + "\x01\x09abc"), "cut off"},
		{"a number without end", zipped(magic + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), "too early"},
		{"text after the end", zipped(string(encodeRaw(sample())) + "x"), "follow the end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Decode(bytes.NewReader(tt.data))
			if err == nil || !errors.Is(err, ErrSnapshot) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Decode = %v, %v, want an error that says %q", s, err, tt.says)
			}
		})
	}
}

func TestDecodeRefusesABomb(t *testing.T) {
	if testing.Short() {
		t.Skip("packs 64 MiB")
	}
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write([]byte(magic))
	block := make([]byte, 1<<20)
	for range maxDecodedSize>>20 + 1 {
		w.Write(block)
	}
	w.Close()
	if _, err := Decode(&buf); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("%d bytes that unpack to more than 64 MiB: error %v", buf.Len(), err)
	}
}

// FuzzDecode feeds unpacked files: no panic, no endless memory, and what is read writes back to something equal.
func FuzzDecode(f *testing.F) {
	f.Add(encodeRaw(sample()))
	f.Add(encodeRaw(&Snapshot{}))
	f.Add([]byte(magic + "\x01\x03abc\x00\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := decodeRaw(raw)
		if err != nil {
			return
		}
		again, err := decodeRaw(encodeRaw(s))
		if err != nil {
			t.Fatalf("what was read does not write back: %v", err)
		}
		if diff := cmp.Diff(s, again, ignoreIndex); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Saving a plan writes the snapshot that every request reads; the race detector sees a writer that stores what it read.
func TestASnapshotIsWrittenWhileOthersReadIt(t *testing.T) {
	shipped, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	for range 2 {
		done.Go(func() {
			if err := Encode(io.Discard, shipped); err != nil {
				t.Error(err)
			}
		})
	}
	for i := range shipped.Offers {
		if shipped.Offers[i].ContextTokens < 0 {
			t.Error(shipped.Offers[i].ID())
		}
	}
	done.Wait()
}
