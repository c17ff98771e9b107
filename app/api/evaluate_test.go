package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"headroom/app"
	"headroom/app/sitetest"
	"headroom/app/web"
	"headroom/pricing"
)

// crowded is a site on which one large plan runs at a time, and others wait for a moment.
func crowded(t *testing.T) (*sitetest.Site, *web.Places) {
	t.Helper()
	config := sitetest.FastConfig()
	config.PlanMemory, config.PlaceWait = 1, 50*time.Millisecond
	s := sitetest.PlannerSiteWith(t, config)
	return s, s.Server.Config.Handler.(*app.Server).Large
}

// unread posts a large plan and reads nothing of its result, of which no buffer holds the whole.
func unread(s *sitetest.Site) net.Conn {
	s.T.Helper()
	connection, err := net.Dial("tcp", s.Server.Listener.Addr().String())
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(func() { connection.Close() })
	plan := sitetest.LargePlan(100, 30, 120)
	fmt.Fprintf(connection, "POST /api/v1/evaluate HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n%s",
		len(plan), plan)
	if _, err := connection.Read(make([]byte, 1)); err != nil {
		s.T.Fatal(err)
	}
	return connection
}

func TestALargeResultIsSentAsEncoded(t *testing.T) {
	s, large := crowded(t)
	text := sitetest.LargePlan(100, 3, 120)
	plan, err := pricing.ParsePlan([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	result, err := pricing.Evaluate(t.Context(), plan, s.Server.Config.Handler.(*app.Server).Deps.Catalog)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := json.NewEncoder(&want).Encode(result); err != nil {
		t.Fatal(err)
	}
	response, got := s.Call("/api/v1/evaluate", "application/json", text)
	if response.StatusCode != http.StatusOK || got != want.String() {
		t.Errorf("status %d with %d bytes, want those %d of the result", response.StatusCode, len(got), want.Len())
	}
	if !idle(t, large) {
		t.Error("the place was not given back")
	}
}

func TestALargePlanHoldsItsPlaceToTheLastByteAndOthersAreToldToRetry(t *testing.T) {
	s, large := crowded(t)
	reader := unread(s)
	if idle(t, large) {
		t.Fatal("a result is on its way without a place")
	}
	response, answer := s.Call("/api/v1/evaluate", "application/json", sitetest.LargePlan(100, 30, 120))
	if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" ||
		!strings.Contains(answer, "The server is busy; your plan is not the cause. Try again in a moment.") {
		t.Errorf("status %d, Retry-After %q: %s", response.StatusCode, response.Header.Get("Retry-After"), answer)
	}
	for path, plan := range map[string]string{
		"/api/v1/evaluate": sitetest.VectorPlan(t, "growth-01-quota-then-budget.json"),
		"/api/v1/lockin":   sitetest.VectorPlan(t, "growth-01-quota-then-budget.json"),
	} {
		if response, answer := s.Call(path, "application/json", plan); response.StatusCode != http.StatusOK {
			t.Errorf("%s of a light plan beside it: status %d: %s", path, response.StatusCode, answer)
		}
	}
	reader.Close()
	waitFor(t, large)
}

func TestAClientThatStopsReadingLosesItsPlace(t *testing.T) {
	s, large := crowded(t)
	unread(s)
	waitFor(t, large)
}

// idle reports whether nothing holds a place.
func idle(t *testing.T, p *web.Places) bool {
	t.Helper()
	free, err := p.TakeShare(t.Context(), math.MaxInt64/2, 1)
	if err != nil {
		return false
	}
	free()
	return true
}

// waitFor waits until all places are free.
func waitFor(t *testing.T, p *web.Places) {
	t.Helper()
	end := time.Now().Add(25 * time.Second)
	for ; time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if idle(t, p) {
			return
		}
	}
	t.Fatal("the place was never given back")
}

func TestAPlanThatIsRefusedIsRefusedBeforeTheFirstByte(t *testing.T) {
	s, _ := crowded(t)
	broken := strings.Replace(sitetest.LargePlan(100, 30, 120), `{"note":"29"}`,
		`{"offers":{"offer-007":{"prices":null}}}`, 1)
	response, answer := s.Call("/api/v1/evaluate", "application/json", broken)
	if response.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer, "offer-007") {
		t.Errorf("status %d: %.300s", response.StatusCode, answer)
	}
}
