package app_test

import (
	"io"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"headroom/app/sitetest"
)

// TestManyReadersAtOnce asks every group of pages at the same time, for the race detector: the tests of the groups run
// without it.
func TestManyReadersAtOnce(t *testing.T) {
	site := sitetest.PlannerSite(t)
	changed := url.QueryEscape(`{"months":14}`)
	var readers sync.WaitGroup
	for _, path := range []string{"/", "/?d=" + changed, "/?from=agent", "/lockin", "/lockin?d=" + changed, "/machines",
		"/machines/compare", "/prices", "/prices?q=gpt", "/evidence", "/evidence?from=chatbot", "/compare.csv",
		"/plan.json", "/sign-in"} {
		for range 2 {
			readers.Go(func() {
				answer, err := http.Get(site.Server.URL + path)
				if err != nil {
					t.Error(err)
					return
				}
				defer answer.Body.Close()
				body, err := io.ReadAll(answer.Body)
				if err != nil || answer.StatusCode != http.StatusOK || len(body) < 500 {
					t.Errorf("%s: status %d, %d bytes, %v", path, answer.StatusCode, len(body), err)
				}
			})
		}
	}
	readers.Wait()
}
