package graph_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

// newLimitedHouse is a clinic whose server limits what is spent in a second. Its
// clock stands still, but for what the test adds to passed, in seconds.
func newLimitedHouse(t *testing.T, user, address int) (h *house, passed *atomic.Int64) {
	t.Helper()
	passed = new(atomic.Int64)
	start := time.Now()
	rates := graph.NewRates(user, address)
	graph.SetClock(rates, func() time.Time { return start.Add(time.Duration(passed.Load()) * time.Second) })
	return newLimitedHouseOn(t, dbtest.New(t), rates), passed
}

// newLimitedHouseOn returns a house whose database is d, in which all spend points.
func newLimitedHouseOn(t testing.TB, d *dbtest.Database, rates *graph.Rates) *house {
	t.Helper()
	gate := &auth.Gate{Find: d.Find, Look: d.Look, Refuse: graph.Refuse, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}}
	d.Forget = gate.Forget
	server := httptest.NewServer(gate.Handler(graph.Limited(graph.Handler(d.DB, nil), rates)))
	t.Cleanup(server.Close)
	return &house{client: &client{t: t, db: d, server: server}}
}

// A user spends what their answers cost, and waits when there is nothing left.
func TestRates_ofAUser(t *testing.T) {
	t.Parallel()
	h, passed := newLimitedHouse(t, 10, 0) // 200 saved up
	nino, other := h.employ("nino", auth.Receptionist), h.employ("other", auth.Receptionist)
	const query = `{ practitioners(first: 80) { nodes { id } } }` // two come
	for n := range 5 {
		var got struct {
			Extensions struct {
				Cost struct {
					RequestedQueryCost, ActualQueryCost int
					ThrottleStatus                      struct{ MaximumAvailable, CurrentlyAvailable, RestoreRate int }
				}
			}
		}
		_, text := nino.send(query, nil)
		mustUnmarshal(t, []byte(text), &got)
		want := fmt.Sprintf("{82 4 {200 %d 10}}", 200-5*(n+1)) // a point for the request
		if cost := fmt.Sprint(got.Extensions.Cost); cost != want {
			t.Fatalf("the answer %d cost %s, not %s", n, cost, want)
		}
	}
	for range 35 {
		nino.ask(query, nil)
	}
	response, text := nino.signedIn().post(query, nil) // by another session
	if got := parse(t, text); response.StatusCode != http.StatusTooManyRequests || response.Header.Get("Retry-After") != "1" || told(got.Errors) != "RATE_LIMITED" || got.Errors[0].Extensions.RetryAfter != 1 {
		t.Fatalf("%d %v %s", response.StatusCode, response.Header, text)
	}
	other.ask(query, nil)
	if _, response := nino.dial("graphql-transport-ws"); response.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a WebSocket is answered %d", response.StatusCode)
	}
	passed.Add(1)
	nino.ask(query, nil)
	nino.ask(query, nil)
	if got := nino.refused(query, nil); told(got) != "RATE_LIMITED" {
		t.Errorf("got %s", told(got))
	}
	passed.Add(1000) // no more than 20 seconds bring
	for range 40 {
		nino.ask(query, nil)
	}
	if got := nino.refused(query, nil); told(got) != "RATE_LIMITED" {
		t.Errorf("got %s", told(got))
	}
}

// What is refused costs too, and what takes much is owed.
func TestRates_ofWhatIsRefused(t *testing.T) {
	t.Parallel()
	h, passed := newLimitedHouse(t, 21, 0) // 420 saved up
	nino := h.employ("nino", auth.Receptionist)
	queries := []string{`{`, `{ nothing }`, deep(13), `{ patients(first: 100) { nodes { appointments(first: 100) { nodes { id } } } } }`, `{ patients(first: -1) { nodes { id } } }`}
	for n, query := range queries { // 101 each
		if got := nino.refused(query, nil); got[0].Extensions.Code == "RATE_LIMITED" {
			t.Fatalf("the document %d is not looked at", n)
		}
	}
	response, _ := nino.post(`{ __typename }`, nil)
	if response.StatusCode != http.StatusTooManyRequests || response.Header.Get("Retry-After") != "5" { // 85 are owed
		t.Errorf("%d, after %s", response.StatusCode, response.Header.Get("Retry-After"))
	}
	passed.Add(5)
	nino.ask(`{ __typename }`, nil)
}

// What is read is paid for by its length, whatever it holds.
func TestRates_ofBodies(t *testing.T) {
	t.Parallel()
	h, _ := newLimitedHouse(t, 20, 0) // 400 saved up
	nino := h.employ("nino", auth.Receptionist)
	for range 2 {
		response, text := nino.send(`{ __typename }`, variables{"unused": strings.Repeat("x", 200_000)})
		if response.StatusCode != http.StatusOK {
			t.Fatalf("answered %d %.200s", response.StatusCode, text)
		}
	}
	if got := nino.refused(`{ __typename }`, nil); told(got) != "RATE_LIMITED" {
		t.Errorf("got %s", told(got))
	}
}

// Over a WebSocket each operation and each event is paid for.
func TestRates_ofSubscriptions(t *testing.T) {
	t.Parallel()
	h, passed := newLimitedHouse(t, 46, 0) // 920 saved up
	goLive(t, h.db.DB)
	nino := h.employ("nino", auth.Receptionist)
	w := nino.connect()
	w.subscribe("1", everyPatient, nil)
	w.event()
	for range 9 { // 101 each
		w.subscribe("2", `subscription { nothing }`, nil)
		if got := w.refusals(); got == "RATE_LIMITED" {
			t.Fatal("it is not looked at")
		}
	}
	for _, id := range []string{"2", "3"} {
		w.subscribe(id, everyPatient, nil)
		w.event()
	}
	w.subscribe("4", everyPatient, nil)
	if got := w.refusals(); got != "RATE_LIMITED" {
		t.Errorf("got %s", got)
	}
	newPatient(t, h.db, "Beridze") // those that go on are told all the same
	for range 3 {
		w.event()
	}
	passed.Add(20)
	w.subscribe("4", everyPatient, nil)
	w.event()
}

// Before sign-in the address pays, whichever trusted proxy it came by.
func TestRates_ofAnAddress(t *testing.T) {
	t.Parallel()
	h, passed := newLimitedHouse(t, 0, 1) // 20 saved up
	from := func(addresses string) int {
		c := *h.client
		c.header = http.Header{"X-Forwarded-For": {addresses}}
		response, _ := c.post(`{ __typename }`, nil)
		return response.StatusCode
	}
	for range 20 {
		if got := from("203.0.113.7"); got != 200 {
			t.Fatalf("answered %d", got)
		}
	}
	for addresses, want := range map[string]int{
		"203.0.113.7":               429,
		"198.51.100.1, 203.0.113.7": 429, // whatever they say before
		"203.0.113.7, 127.0.0.9":    429, // by two proxies
		"203.0.113.8":               200,
		"2001:db8::1":               200,
	} {
		if got := from(addresses); got != want {
			t.Errorf("%s is answered %d", addresses, got)
		}
	}
	for n := range 19 {
		from(fmt.Sprintf("2001:db8::%x:1", n))
	}
	if a, b := from("2001:db8::ffff"), from("2001:db8:0:1::1"); a != 429 || b != 200 {
		t.Errorf("the same network is answered %d, another %d", a, b)
	}
	nino := h.employ("nino", auth.Receptionist)
	nino.header.Set("X-Forwarded-For", "203.0.113.7")
	nino.ask(`{ __typename }`, nil)
	passed.Add(1)
	if a, b := from("203.0.113.7"), from("203.0.113.7"); a != 200 || b != 429 {
		t.Errorf("after a second it is answered %d and %d", a, b)
	}
}

// What is known of spenders is bounded, and many at once spend what they spend.
func TestRates_areBounded(t *testing.T) {
	t.Parallel()
	spend := graph.Spend(graph.NewRates(1, 0))
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() {
			for i := range 1000 {
				spend(fmt.Sprintf("%d-%d", n, i))
				spend("one")
			}
		})
	}
	all.Wait()
	if kept := spend("one"); kept > 10_000 {
		t.Errorf("%d are remembered", kept)
	}
}
