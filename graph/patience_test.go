package graph_test

import (
	"context"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph"
)

// aPatientHouse is a clinic whose server is of little patience: 100 refusals at once. Time
// passes when the test says so, and whoever is held is until then.
type aPatientHouse struct {
	*exportingHouse
	t       *testing.T
	rates   *graph.Rates
	passed  atomic.Int64 // seconds
	let     chan time.Time
	held    chan bool   // one for each that is
	isTired atomic.Bool // nobody should be held before
}

func newPatientHouse(t *testing.T, user, address int, most int64) *aPatientHouse {
	t.Helper()
	h := &aPatientHouse{t: t, rates: graph.NewRates(user, address), let: make(chan time.Time), held: make(chan bool, 100)}
	start := time.Now()
	graph.SetClock(h.rates, func() time.Time { return start.Add(time.Duration(h.passed.Load()) * time.Second) })
	graph.SetDoor(h.rates, most, func(time.Duration) <-chan time.Time {
		if !h.isTired.Load() {
			t.Error("it is held too early")
			return time.After(0)
		}
		h.held <- true
		return h.let
	})
	h.exportingHouse = newExportingHouseOf(t, h.rates, func(api http.Handler) http.Handler { return graph.Exports(api, nil) })
	t.Cleanup(func() { close(h.let) }) // before the server waits for them
	return h
}

// isHeld returns when one more is.
func (h *aPatientHouse) isHeld() {
	h.t.Helper()
	select {
	case <-h.held:
	case <-time.After(wireTimeout):
		h.t.Fatal("nobody is held")
	}
}

// letIn ends the waiting of one.
func (h *aPatientHouse) letIn() {
	h.t.Helper()
	select {
	case h.let <- time.Time{}:
	case <-time.After(wireTimeout):
		h.t.Fatal("nobody waits")
	}
}

// provoke is refused as often as there is patience for.
func (h *aPatientHouse) provoke(c *client) {
	h.t.Helper()
	h.isTired.Store(false)
	defer h.isTired.Store(true)
	for n := range 100 {
		if status, text := c.hurl(oldMedia, []byte([]string{`{"query": "{"}`, `{"query": "{ nothing }"}`, `null`}[n%3])); status != http.StatusBadRequest && status != http.StatusOK {
			h.t.Fatalf("after %d: %d %s", n, status, text)
		}
	}
}

// get asks by GET until ctx ends, and tells the status of the answer, 0 for none.
func get(ctx context.Context, c *client) <-chan int {
	status := make(chan int, 1)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.server.URL+"?query="+url.QueryEscape(`{ __typename }`), nil)
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = c.header.Clone()
	go func() {
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			status <- 0
			return
		}
		response.Body.Close()
		status <- response.StatusCode
	}()
	return status
}

// Whoever is refused all the time is held, whatever they send and by whichever door, and
// nobody else is. Then a few are looked at.
func TestPatience(t *testing.T) {
	t.Parallel()
	h := newPatientHouse(t, 10_000, 10_000, 1000)
	nino, other := h.employ("nino", auth.Receptionist), h.employ("other", auth.Receptionist)
	stranger := *h.client
	const ordinary = `{ __typename }`
	again, file := nino.signedIn(), nino.save(variables{"document": `{ rooms { nodes { name } } }`})+".csv"
	h.provoke(nino.client)
	doors := map[string]func() int{
		"POST":               func() int { response, _ := nino.post(ordinary, nil); return response.StatusCode },
		"GET":                func() int { return <-get(t.Context(), nino.client) },
		"another session":    func() int { response, _ := again.post(ordinary, nil); return response.StatusCode },
		"a stream of events": func() int { return nino.stream(`subscription { nothing }`, nil).response.StatusCode },
		"an export":          func() int { return nino.export(file).StatusCode },
		"a WebSocket":        func() int { _, response := nino.dial("graphql-transport-ws"); return response.StatusCode },
	}
	for name, door := range doors {
		for _, seconds := range []int64{0, 1} { // in which there is some patience again
			h.provokeAgain(nino.client, seconds)
			status := make(chan int, 1)
			go func() { status <- door() }()
			h.isHeld()
			other.ask(ordinary, nil)
			stranger.ask(ordinary, nil)
			select {
			case got := <-status:
				t.Errorf("by %s it is answered %d while it is held", name, got)
			default:
			}
			h.passed.Add(seconds)
			h.letIn()
			if got := <-status; (got == http.StatusTooManyRequests) != (seconds == 0) {
				t.Errorf("by %s, after %d seconds, it is answered %d", name, seconds, got)
			}
		}
	}
	h.isTired.Store(false)
	for range 101 { // as pages ask whose session is over
		stranger.post(`{ patients(first: 1) { nodes { id } } }`, nil)
	}
	h.provoke(&stranger)
	held := get(t.Context(), &stranger)
	h.isHeld()
	other.ask(ordinary, nil)
	h.letIn()
	if got := h.statusOf(held); got != http.StatusTooManyRequests {
		t.Errorf("a stranger is answered %d", got)
	}
}

// provokeAgain spends the patience that came in some seconds.
func (h *aPatientHouse) provokeAgain(c *client, seconds int64) {
	for h.t.Context().Err() == nil {
		status := make(chan int, 1)
		go func() {
			response, _ := c.post(`{`, nil)
			status <- response.StatusCode
		}()
		select {
		case <-h.held:
			h.letIn()
			if got := h.statusOf(status); got != http.StatusTooManyRequests {
				h.t.Errorf("answered %d", got)
			}
			return
		case <-status:
		}
	}
}

// Whoever comes back when they were told to is never held, and of many at once a hundred are
// told to wait without being held.
func TestPatience_isForWhoObeys(t *testing.T) {
	t.Parallel()
	h := newPatientHouse(t, 1, 0, 1000) // 20 saved up
	nino := h.employ("nino", auth.Receptionist)
	for range 20 {
		nino.ask(`{ __typename }`, nil)
	}
	refused := func() {
		t.Helper()
		response, text := nino.post(`{ __typename }`, nil)
		if response.StatusCode != http.StatusTooManyRequests || response.Header.Get("Retry-After") != "1" {
			t.Fatalf("%d %s", response.StatusCode, text)
		}
	}
	for range 150 {
		refused()
		h.passed.Add(1)
		nino.ask(`{ __typename }`, nil)
	}
	for range 100 {
		refused()
	}
	h.isTired.Store(true)
	status := get(t.Context(), nino.client)
	h.isHeld()
	h.letIn()
	if got := h.statusOf(status); got != http.StatusTooManyRequests {
		t.Errorf("answered %d", got)
	}
}

// As many are held as may be; the next is refused at once. Who hangs up is not held any more.
// Of those who waited as many are looked at as there is patience for by then.
func TestPatience_isBounded(t *testing.T) {
	t.Parallel()
	h := newPatientHouse(t, 10_000, 0, 20)
	nino := h.employ("nino", auth.Receptionist)
	h.provoke(nino.client)
	crowd := func(ctx context.Context) (all []<-chan int) {
		for range 20 {
			all = append(all, get(ctx, nino.client))
			h.isHeld()
		}
		return all
	}
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	all := crowd(ctx)
	for range 3 {
		if got := h.statusOf(get(t.Context(), nino.client)); got != http.StatusTooManyRequests {
			t.Errorf("one more is answered %d", got)
		}
	}
	hangUp()
	for _, status := range all {
		if got := h.statusOf(status); got != 0 {
			t.Errorf("it is answered %d", got)
		}
	}
	for deadline := time.Now().Add(wireTimeout); graph.Held(h.rates) > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d are held", graph.Held(h.rates))
		}
	}
	all = crowd(t.Context())
	h.passed.Add(1)
	answers := map[int]int{}
	for range all {
		h.letIn()
	}
	for _, status := range all {
		answers[h.statusOf(status)]++
	}
	if len(answers) != 2 || answers[http.StatusOK] != 5 || answers[http.StatusTooManyRequests] != 15 {
		t.Errorf("they are answered %v", answers)
	}
}

// statusOf returns a status that must come.
func (h *aPatientHouse) statusOf(status <-chan int) int {
	h.t.Helper()
	select {
	case got := <-status:
		return got
	case <-time.After(wireTimeout):
		h.t.Fatal("no answer comes")
		return 0
	}
}

// Over a WebSocket the next message of who is refused all the time is read later.
func TestPatience_ofWebSockets(t *testing.T) {
	t.Parallel()
	h := newPatientHouse(t, 10_000, 0, 0) // WebSockets are bounded by themselves
	w := h.employ("nino", auth.Receptionist).connect()
	for n := range 100 {
		h.isTired.Store(n == 99)
		w.subscribe("1", `subscription { nothing }`, nil)
		if got := w.refusals(); got != "GRAPHQL_VALIDATION_FAILED" {
			t.Fatalf("got %s", got)
		}
	}
	const ping = `{"type": "ping"}`
	w.send(ping) // is perhaps read before the patience is over
	h.isHeld()
	w.send(ping)
	h.passed.Add(1) // which brings enough for what follows
	h.letIn()
	for range 2 {
		if f := w.next(); f.Type != "pong" {
			t.Errorf("got %s", f)
		}
	}
}
