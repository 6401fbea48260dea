package graph_test

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// A server holds five hundred connections, which leave nothing behind.
func TestSocket_ofAWholeServer(t *testing.T) { // alone, because it counts what the process does
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	nino.ask("{ __typename }", nil)
	http.DefaultClient.CloseIdleConnections()
	before := runtime.NumGoroutine()
	var wires []*wire
	for range 100 {
		c := nino.signedIn()
		for range 5 {
			wires = append(wires, c.connect())
		}
	}
	late := nino.signedIn()
	if _, response := late.dial("graphql-transport-ws"); response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" {
		t.Errorf("one more is answered %d", response.StatusCode)
	}
	late.ask("{ __typename }", nil) // whatever else is asked for is answered
	for _, w := range wires {
		w.conn.CloseNow()
	}
	leavesNothing(t, before)
	late.connect()
}

// Those who never say hello are hung up on, and leave nothing behind.
func TestSocket_ofManyWithoutHello(t *testing.T) { // alone, as above
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	nino.ask("{ __typename }", nil)
	http.DefaultClient.CloseIdleConnections()
	before := runtime.NumGoroutine()
	var wires []*wire
	for range 200 {
		w, response := nino.signedIn().dial("graphql-transport-ws")
		if w == nil {
			t.Fatalf("answered %d", response.StatusCode)
		}
		wires = append(wires, w)
	}
	for _, w := range wires {
		if got := w.next(); got.Type != "closed 4408 Connection initialisation timeout" {
			t.Errorf("got %s", got)
		}
	}
	leavesNothing(t, before)
}

// leavesNothing waits until about as many goroutines are left as there were.
func leavesNothing(t *testing.T, before int) {
	t.Helper()
	soon(t, "nothing is left", func() string {
		http.DefaultClient.CloseIdleConnections()
		if n := runtime.NumGoroutine(); n > before+20 {
			return fmt.Sprintf("%d of %d goroutines are left", n, before)
		}
		return "nothing is left"
	})
}

// Of five thousand operations on one connection twenty run.
func TestSocket_ofManyOperations(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	w := h.employ("nino", auth.Receptionist).connect()
	got := map[string]int{}
	told := make(chan struct{})
	go func() {
		defer close(told)
		for got["next"]+got["error"] < 5000 {
			f, ok := w.within(time.Minute)
			if got[f.Type]++; !ok || strings.HasPrefix(f.Type, "c") {
				return
			}
		}
	}()
	for n := range 5000 {
		w.subscribe(fmt.Sprint(n), everyPatient, nil)
	}
	<-told
	if fmt.Sprint(got) != "map[error:4980 next:20]" {
		t.Errorf("got %v", got)
	}
}

// A message of 64 KiB is read, and one byte more is not.
func TestSocket_ofLargeMessages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.employ("nino", auth.Receptionist)
	message := func(n int) string {
		const text = `{"type":"ping"}`
		return text + strings.Repeat(" ", n-len(text))
	}
	w := c.connect()
	w.send(message(64 << 10))
	if got := w.next(); got.Type != "pong" {
		t.Errorf("64 KiB are answered with %s", got)
	}
	w.send(message(64<<10 + 1))
	if got := w.next(); !strings.HasPrefix(got.Type, "closed 1009") {
		t.Errorf("more is answered with %s", got)
	}
}
