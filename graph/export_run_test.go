package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph"
)

// Nobody takes an export that broke off for a complete one, and the audit says that it
// broke off.
func TestExports_breakOff(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(h *exportingHouse)
		goOn  bool // it would have, and finds out then
		rows  int
	}{
		"the database fails": {func(h *exportingHouse) { h.run("ALTER TABLE rooms RENAME TO gone") }, true, 200},
		"the session ends":   {func(h *exportingHouse) { h.run("UPDATE sessions SET ended_at = now()"); h.db.Forget() }, false, 200},
		"the role is another": {func(h *exportingHouse) {
			h.run("UPDATE users SET role = 'ANALYST' WHERE login_name = 'nino'")
			h.db.Forget()
		}, false, 200},
		"the audit has no room": {func(h *exportingHouse) {
			h.run("ALTER TABLE audit_log ADD CONSTRAINT spoiled CHECK (action <> 'EXPORTED' OR reason LIKE '%broke off%') NOT VALID")
		}, true, 250},
	} {
		for _, ending := range []string{"csv", "ndjson"} {
			t.Run(name+" "+ending, func(t *testing.T) {
				t.Parallel()
				h, clock := newPacedHouse(t)
				nino := h.employ("nino", auth.Receptionist)
				file := nino.save(variables{"document": `{ rooms { nodes { name } } }`}) + "." + ending
				lines := map[string]int{"csv": 1}[ending] // of names
				response, all := nino.in(t).begin(file, lines+200)
				test.spoil(h)
				clock.flies.Store(test.goOn)
				for lines += 200; all.Scan(); {
					lines++
				}
				if all.Err() == nil || response.Trailer.Get("Clinicql-Rows") != "" || lines > 251 {
					t.Errorf("it ends with %v and %v after %d lines", all.Err(), response.Trailer, lines)
				}
				if n := h.count(fmt.Sprintf("SELECT count(*) FROM audit_log WHERE action = 'EXPORTED' AND reason LIKE '%d rows as %s by the saved query %%, and broke off'", test.rows, ending)); n != 1 {
					t.Errorf("%d entries of the audit say so", n)
				}
			})
		}
	}
}

// Whoever leaves ends the statement that runs for them.
func TestExports_ofAClientThatLeaves(t *testing.T) {
	t.Parallel()
	h := newExportingHouse(t)
	h.rooms(10)
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { name } } }`}) + ".csv"
	blocker, err := h.db.SQL.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = blocker.Rollback() }()
	blocker.MustExec("LOCK TABLE rooms IN ACCESS EXCLUSIVE MODE")
	ctx, leave := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		response, err := http.DefaultTransport.RoundTrip(nino.asking(ctx, http.MethodGet, file, nino.header))
		if err == nil {
			response.Body.Close()
		}
		done <- err
	}()
	waiting := func() int {
		return h.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM rooms%'")
	}
	for begun := time.Now(); waiting() == 0 && time.Since(begun) < 2*time.Second; {
		time.Sleep(10 * time.Millisecond)
	}
	if waiting() == 0 {
		t.Fatal("no statement runs")
	}
	leave()
	<-done
	for begun := time.Now(); waiting() > 0; time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > time.Second { // before the lock is given up on
			t.Fatal("its statement goes on")
		}
	}
}

// A user has two exports at a time, a server eight; whoever waits with theirs keeps
// nobody else out.
func TestExports_areBounded(t *testing.T) {
	t.Parallel()
	h, clock := newPacedHouse(t)
	var open sync.WaitGroup
	answers := make(chan int, 100)
	count := func(n int, c *client, file string) {
		for range n {
			open.Go(func() { answers <- c.export(file).StatusCode })
		}
	}
	next := func() int {
		select {
		case status := <-answers:
			return status
		case <-time.After(20 * time.Second):
			t.Fatal("no answer comes")
		}
		return 0
	}
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { name } } }`, "isShared": true}) + ".csv"
	count(40, nino.client, file)
	for range 38 {
		if status := next(); status != http.StatusTooManyRequests {
			t.Errorf("too many of one user are answered %d", status)
		}
	}
	for n := range 3 {
		count(2, h.employ(fmt.Sprint("other", n), auth.Receptionist).client, file)
	}
	for begun := time.Now(); h.gate.Holding() < 8; time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("%d exports are under way", h.gate.Holding())
		}
	}
	last := h.employ("last", auth.Receptionist)
	if got := last.export(file); got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") != "10" || !strings.Contains(got.text, "UNAVAILABLE") {
		t.Errorf("the ninth is answered %d %s", got.StatusCode, got.text)
	}
	nino.ask(`{ rooms { totalCount } }`, nil) // nothing else waits
	clock.flies.Store(true)
	for range 8 {
		if status := next(); status != http.StatusOK {
			t.Errorf("one of the eight is answered %d", status)
		}
	}
	open.Wait()
	if got := last.export(file); got.StatusCode != http.StatusOK {
		t.Errorf("afterwards one is answered %d", got.StatusCode)
	}
}

// Whoever reads nothing of an export is given up on.
func TestExports_ofAClientThatStopsReading(t *testing.T) {
	t.Parallel()
	ended := make(chan *graph.Exported, 1)
	h := newExportingHouseOf(t, graph.NewRates(0, 0), func(api http.Handler) http.Handler {
		return graph.ImpatientExports(api, 300*time.Millisecond, func(e *graph.Exported) { ended <- e })
	})
	h.roomsCalled(strings.Repeat("long", 25), 60_000)
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { a: name b: name c: name d: name e: name f: name } } }`}) + ".csv"
	response, lines := nino.begin(file, 1)
	if !strings.HasPrefix(lines.Text(), "a,b,c") {
		t.Fatalf("it begins with %q", lines.Text())
	}
	select {
	case e := <-ended:
		if e.Code == "OK" || e.Rows == 0 || e.Rows >= 60_000 {
			t.Errorf("it ended with %+v", e)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("it goes on")
	}
	if _, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Error("it looks complete")
	}
}

// An export spends what its pages cost, and leaves half of what can be saved up to what
// its user does meanwhile.
func TestExports_arePaid(t *testing.T) {
	t.Parallel()
	h, clock := newPacedHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	file := nino.save(variables{"document": `{ rooms { nodes { name } } }`}) + ".ndjson"
	_, lines := nino.begin(file, 200) // two pages for 101 points each, then it waits
	var got struct {
		Extensions struct {
			Cost struct {
				ThrottleStatus struct{ CurrentlyAvailable int }
			}
		}
	}
	_, text := nino.send(`{ __typename }`, nil)
	mustUnmarshal(t, []byte(text), &got)
	if left := got.Extensions.Cost.ThrottleStatus.CurrentlyAvailable; left < 150 || left > 200 {
		t.Errorf("%d points are left", left)
	}
	clock.passed.Add(10)
	rows := 200
	for lines.Scan() {
		if !json.Valid(lines.Bytes()) {
			t.Fatalf("a line is %s", lines.Bytes())
		}
		rows++
	}
	if rows != 250 || lines.Err() != nil {
		t.Errorf("%d rows came, %v", rows, lines.Err())
	}
	// Who has nothing is told so, and when to come back.
	clock.passed.Add(100)
	nino.send(`{ __typename }`, variables{"unused": strings.Repeat("x", 200_000)})
	nino.send(`{ __typename }`, variables{"unused": strings.Repeat("x", 250_000)})
	refused := nino.export(file)
	errs := parse(t, refused.text).Errors
	if refused.StatusCode != http.StatusTooManyRequests || told(errs) != "RATE_LIMITED" || refused.Header.Get("Retry-After") != strconv.Itoa(errs[0].Extensions.RetryAfter) {
		t.Errorf("answered %d, after %s: %s", refused.StatusCode, refused.Header.Get("Retry-After"), refused.text)
	}
}
