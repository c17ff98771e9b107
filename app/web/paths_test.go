package web

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLocalPathsStayHere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[/\\a-z:@.?#%\t ]{0,12}`)).Draw(t, "next")
		got := LocalPath(typed, "/plans")
		base, _ := url.Parse("http://here.example/sign-in")
		to, err := base.Parse(got)
		if err != nil || to.Host != "here.example" || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") ||
			strings.Contains(got, `\`) {
			t.Fatalf("%q leads to %q", typed, got)
		}
	})
}
