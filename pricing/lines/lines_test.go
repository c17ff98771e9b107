package lines

import (
	"errors"
	"strings"
	"testing"
)

func TestAnswer(t *testing.T) {
	refuse := errors.New("odd")
	answer := func(line []byte) (int, error) {
		if err := Check(line); err != nil {
			return 0, err
		}
		if len(line)%2 == 1 {
			return 0, refuse
		}
		return len(line), nil
	}
	tests := []struct {
		name, in, out string
		line          int // that ends the run; 0: none does
	}{
		{"nothing asked, nothing answered", "", "", 0},
		{"blank lines are passed over, the last needs no end", "12\n\n \r\n1234", "2\n4\n", 0},
		{"what has no answer says why and the run goes on", "123\n12\n", "{\"error\":\"odd\"}\n2\n", 0},
		{"a line that is not JSON ends it after the answers before", "12\n\nno\n12", "2\n", 3},
		{"so does a line that is too long", "12\n" + strings.Repeat("1", MaxLine+1), "2\n", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			err := Answer(strings.NewReader(tt.in), &out, answer)
			var line *Error
			if strings.HasPrefix(tt.name, "so does") && err.Error() != "line 2: longer than 1 MiB" {
				t.Errorf("a long line is called %v", err)
			}
			if errors.As(err, &line) != (tt.line > 0) || line != nil && line.Line != tt.line || out.String() != tt.out {
				t.Errorf("%q, %v, want %q and line %d", out.String(), err, tt.out, tt.line)
			}
		})
	}
}
