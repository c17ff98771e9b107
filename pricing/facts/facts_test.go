package facts

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type limit struct {
	seller, model, note string
	tokens              float64
	days                int
	kind                string
	words               []string
}

func readLimit(r *Row) limit {
	l := limit{seller: r.Need("seller"), model: r.Need("model"), tokens: r.Number("tokens"), days: r.Whole("days"),
		kind: r.OneOf("kind", "hard", "soft"), words: r.List("words")}
	if r.Has("note") {
		l.note = r.Text("note")
	}
	if strings.Contains(r.String(), "from memory") {
		l.note = "from memory"
	}
	return l
}

func read(text string) ([]limit, error) {
	return Read(Table{File: "limits.csv", Text: text, Key: []string{"seller", "model"}}, readLimit)
}

const head = "seller,model,tokens,days,kind,words\n"

func TestReadTakesColumnsByName(t *testing.T) {
	got, err := read("# of a test\nnote,kind,seller,model,words,tokens,days\n" +
		"\"said \"\"so\"\", in full\",soft,azure, gpt ,a;b,1000.5,14\n# and another\n,hard,azure,o3,,0,0\n")
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if l := got[0]; l.note != `said "so", in full` || l.model != "gpt" || l.tokens != 1000.5 || l.days != 14 ||
		!slices.Equal(l.words, []string{"a", "b"}) {
		t.Errorf("%+v", l)
	}
	if l := got[1]; l.kind != "hard" || l.words != nil || l.tokens != 0 {
		t.Errorf("%+v", l)
	}
}

func TestAWordIsFoundInAnyCell(t *testing.T) {
	got, err := read(head + "a,b (from memory),1,1,hard,\na,c,1,1,hard,\n")
	if err != nil || got[0].note != "from memory" || got[1].note != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestABrokenTableSaysWhereAndWhat(t *testing.T) {
	for _, c := range []struct {
		name, text string
		says       []string
	}{
		{"no text", "", []string{"limits.csv: head"}},
		{"no rows", head, []string{"limits.csv: no rows"}},
		{"a column twice", "seller,model,seller\na,b,c\n", []string{"limits.csv: head: column 3", `"seller"`}},
		{"a column without a name", "seller,model,\na,b,c\n", []string{"limits.csv: head: column 3"}},
		{"no column of the key", "seller,tokens\na,1\n", []string{"limits.csv: head: model: no such column"}},
		{"a missing column", "seller,model,tokens,days,kind\na,b,1,1,hard\n",
			[]string{"limits.csv line 2: words: no such column"}},
		{"a short row", head + "a,b,1,1,hard,\na,b\n", []string{"limits.csv: record on line 3",
			"wrong number of fields"}},
		{"a key twice", head + "a,b,1,1,hard,\na,c,1,1,hard,\na,b,2,2,soft,\n",
			[]string{`limits.csv line 4: seller, model: "a, b" stands on line 2 already`}},
		{"an empty cell", head + "a,,1,1,hard,\n", []string{"line 2: model: empty"}},
		{"no number", head + "a,b,~1,1,hard,\n", []string{"tokens: want a number, not ~1"}},
		{"no whole number", head + "a,b,1,1.5,hard,\n", []string{"days: want a whole number, not 1.5"}},
		{"less than nothing", head + "a,b,-1,-1,hard,\n", []string{"tokens: want a number, not -1",
			"days: want a whole number, not -1"}},
		{"an unknown word", head + "a,b,1,1,firm,\n", []string{`kind: want one of hard, soft, not "firm"`}},
		{"all that is wrong with a row at once", head + "\"a\nb\",x,1,1,hard,\na,,many,1,,\n",
			[]string{"limits.csv line 4", "model: empty", "tokens: ", "kind: "}},
		{"an open quote", head + "\"a,b,1,1,hard,\n", []string{"limits.csv: "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, err := read(c.text)
			if err == nil {
				t.Fatalf("taken as %+v", rows)
			}
			for _, want := range c.says {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestAQuoteWithinACellIsItselfWhereTheTableSaysSo(t *testing.T) {
	table := Table{File: "x.csv", Text: "a,b\nthe \"second\" one,\"x, y\"\n", PlainQuotes: true}
	read := func(r *Row) string { return r.Text("a") + "|" + r.Text("b") }
	if rows, err := Read(table, read); err != nil || rows[0] != `the "second" one|x, y` {
		t.Errorf("%v, %v", rows, err)
	}
	table.PlainQuotes = false
	if rows, err := Read(table, read); err == nil {
		t.Errorf("taken as %v", rows)
	}
}

func TestATableWithoutAKeyMayRepeatRows(t *testing.T) {
	rows, err := Read(Table{File: "x.csv", Text: "a\n1\n1\n"}, func(r *Row) int { return r.Whole("a") })
	if err != nil || len(rows) != 2 {
		t.Errorf("%v, %v", rows, err)
	}
}

func TestOnlyPlainNumbersAreRead(t *testing.T) {
	for text, want := range map[string]float64{"0": 0, " 12.50 ": 12.5, ".5": 0.5, "7.": 7} {
		if got, ok := ParseNumber(text); !ok || got != want {
			t.Errorf("%q is %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", " ", ".", "1.2.3", "-1", "+1", "1e3", "Inf", "NaN", "0x10", "1_000", "1,000",
		"~2", "20+", "NA"} {
		if got, ok := ParseNumber(text); ok {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

// FuzzRead: no text makes the reader panic, and what it takes has the rows' keys once each.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"", head, head + "a,b,1,1,hard,x;y\n", "#\n" + head + "\"a\n\",b,1,1,soft,\n",
		"seller,model\r\na,\"\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := read(text)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, l := range rows {
			if key := l.seller + "\x00" + l.model; seen[key] || l.seller == "" || l.tokens < 0 || l.days < 0 {
				t.Errorf("%q gives %+v", text, l)
			} else {
				seen[key] = true
			}
		}
	})
}

// TestOrderOfColumnsAndRowsIsKept: rows come in the table's order, whatever the order of the columns.
func TestOrderOfColumnsAndRowsIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 1e6), 1, 20).Draw(t, "values")
		columns := rapid.Permutation([]string{"v", "other", "third"}).Draw(t, "columns")
		text := strings.Join(columns, ",") + "\n"
		for _, v := range values {
			cells := make([]string, len(columns))
			for i, column := range columns {
				cells[i] = "x"
				if column == "v" {
					cells[i] = strings.Repeat("0", v%3) + strconv.Itoa(v)
				}
			}
			text += strings.Join(cells, ",") + "\n"
		}
		got, err := Read(Table{File: "t.csv", Text: text}, func(r *Row) int { return r.Whole("v") })
		if err != nil || !slices.Equal(got, values) {
			t.Fatalf("%v, %v, want %v", got, err, values)
		}
	})
}
