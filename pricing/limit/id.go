package limit

import (
	"fmt"
	"strings"
)

// Plan is the subject of a limit on the whole plan.
const Plan = "plan"

// ID names one limit of a plan. Its text is "kind:subject". The zero ID is no limit, its text is empty.
type ID struct {
	Kind    Kind
	Subject string // id of the site, pool, offer or provider; Plan; or "workload/offer"
}

// Of is the limit of the kind on a subject.
func (k Kind) Of(subject string) ID { return ID{k, subject} }

// String is the id as results, files and addresses spell it: "quota_tpm:azure".
func (id ID) String() string {
	if id.Kind == 0 {
		return ""
	}
	return id.Kind.String() + ":" + id.Subject
}

// Route parts the subject of a limit OfRoute; the offer is empty for all others.
func (id ID) Route() (workload, offer string) {
	workload, offer, _ = strings.Cut(id.Subject, "/")
	return workload, offer
}

// Parse reads the text of an ID. It reports false for a kind that does not exist and for a text without a subject.
func Parse(text string) (ID, bool) {
	word, subject, _ := strings.Cut(text, ":")
	kind, ok := ParseKind(word)
	if !ok || subject == "" {
		return ID{}, false
	}
	return ID{kind, subject}, true
}

// ParseKind reads the text of a Kind. It reports false for all others.
func ParseKind(text string) (Kind, bool) {
	for k := Kind(1); k < end; k++ {
		if table[k].id == text {
			return k, true
		}
	}
	return 0, false
}

// MarshalText writes String.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText writes. It fails on a text that Parse does not read.
func (id *ID) UnmarshalText(text []byte) error {
	read, ok := Parse(string(text))
	if !ok && len(text) > 0 {
		return fmt.Errorf("%q is not the id of a limit", text)
	}
	*id = read
	return nil
}
