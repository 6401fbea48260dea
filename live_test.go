package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/coder/websocket"
	"github.com/google/uuid"
)

// liveDays is how many days the desks of these tests look at.
const liveDays = 31

// A desk is a browser that is told of the calendar. After a lost connection it
// goes on from the last event that it has, at any server.
type desk struct {
	clinic *clinic
	cookie string
	server atomic.Int64 // of the clinic's, at which it is

	mu     sync.Mutex
	conn   *websocket.Conn
	after  *string
	last   map[string]int // the last version of each visit
	events int
	took   []time.Duration // from the write of each, its commit included, until it came
	wrong  []string
	starts int // of its connection
}

// newDesk signs one more browser of the receptionist in.
func (c *clinic) newDesk(t testing.TB, n int) *desk {
	t.Helper()
	token, hash := auth.NewToken(auth.SessionToken)
	c.SQL.MustExec("INSERT INTO sessions (id, user_id, token_hash, expires_at) SELECT $1, id, $2, now() + interval '1 hour' FROM users WHERE login_name = 'desk'",
		db.NewID(db.KindSession), hash)
	d := &desk{clinic: c, cookie: "clinicql_session=" + token, last: map[string]int{}}
	d.server.Store(int64(n))
	return d
}

// listen takes events until ctx ends, over one connection after the other.
func (d *desk) listen(ctx context.Context) {
	for ctx.Err() == nil {
		_ = d.connect(ctx)
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// connect takes events until the connection ends.
func (d *desk) connect(ctx context.Context) error {
	servers := d.clinic.servers
	base := "http://" + servers[int(d.server.Load())%len(servers)].address
	conn, _, err := websocket.Dial(ctx, base+"/graphql", &websocket.DialOptions{
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Cookie": {d.cookie}, "Origin": {base}},
	})
	if err != nil {
		d.server.Add(1)
		return err
	}
	defer conn.CloseNow()
	conn.SetReadLimit(1 << 20)
	d.mu.Lock()
	d.conn = conn
	d.starts++
	after := d.after
	d.mu.Unlock()
	from := d.clinic.day(0)
	subscribe, err := json.Marshal(map[string]any{"id": "1", "type": "subscribe", "payload": map[string]any{
		"query": `subscription($from: Date!, $until: Date!, $after: String) {
			appointmentChanged(range: {days: {from: $from, until: $until}}, after: $after) {
				eventId kind version occurredAt appointment { id version startsAt status patient { displayName } practitioner { displayName } }
			}
		}`,
		"variables": map[string]any{"from": from.Format(time.DateOnly), "until": from.AddDate(0, 0, liveDays).Format(time.DateOnly), "after": after},
	}})
	if err != nil {
		return err
	}
	for _, text := range []string{`{"type": "connection_init"}`, string(subscribe)} {
		if err := conn.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
			return err
		}
	}
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			return err
		}
		if err := d.take(text); err != nil {
			return err
		}
	}
}

// take notes a message, and returns an error when it ends the subscription.
func (d *desk) take(text []byte) error {
	var m struct {
		Type    string
		Payload json.RawMessage
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch m.Type {
	case "connection_ack":
		return nil
	case "next":
	default:
		if !bytes.Contains(text, []byte("UNAVAILABLE")) && !bytes.Contains(text, []byte("TOO_SLOW")) {
			d.wrong = append(d.wrong, string(text))
		}
		return fmt.Errorf("%s", text)
	}
	var got struct {
		Data struct {
			AppointmentChanged struct {
				EventID, Kind string
				Version       int
				OccurredAt    time.Time
				Appointment   struct {
					ID      string
					Version int
				}
			}
		}
	}
	err := json.Unmarshal(m.Payload, &got)
	e := got.Data.AppointmentChanged
	if err != nil || e.EventID == "" {
		d.wrong = append(d.wrong, string(text))
		return err
	}
	d.after = &e.EventID
	if e.Kind == "STARTED" {
		return nil
	}
	if e.Version != d.last[e.Appointment.ID]+1 || e.Appointment.Version < e.Version {
		d.wrong = append(d.wrong, fmt.Sprintf("%s after version %d", text, d.last[e.Appointment.ID]))
	}
	d.last[e.Appointment.ID] = e.Version
	d.events++
	d.took = append(d.took, time.Since(e.OccurredAt))
	return nil
}

// cut ends the connection without a word.
func (d *desk) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn != nil {
		_ = d.conn.CloseNow()
	}
}

func (d *desk) has(events int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.events >= events
}

// started says whether the desk would miss nothing from now on.
func (d *desk) started() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.after != nil
}

// A live is a number of desks that listen.
type live struct {
	*clinic
	desks []*desk
	stop  func()
}

// listen has so many desks listen, and the first so many of them cut off again and again.
func (c *clinic) listen(t testing.TB, desks, cutOff int, every time.Duration) *live {
	t.Helper()
	l := &live{clinic: c}
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for n := range desks {
		d := c.newDesk(t, n)
		l.desks = append(l.desks, d)
		all.Go(func() { d.listen(ctx) })
	}
	l.stop = sync.OnceFunc(func() { cancel(); all.Wait() })
	t.Cleanup(l.stop)
	l.await(t, "not every desk is told of changes", (*desk).started)
	for _, d := range l.desks[:cutOff] {
		all.Go(func() {
			for ctx.Err() == nil {
				select {
				case <-ctx.Done():
				case <-time.After(every):
				}
				d.cut()
			}
		})
	}
	return l
}

func (l *live) await(t testing.TB, otherwise string, is func(*desk) bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); slices.ContainsFunc(l.desks, func(d *desk) bool { return !is(d) }); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			for n, d := range l.desks {
				d.mu.Lock()
				t.Logf("desk %d: %d events, %d connections, %v", n, d.events, d.starts, d.wrong[:min(len(d.wrong), 3)])
				d.mu.Unlock()
			}
			t.Fatal(otherwise)
		}
	}
}

// check waits until every desk has what was written, and says whether it came
// once and in order.
func (l *live) check(t testing.TB) {
	t.Helper()
	var written []struct {
		ID      string
		Version int
	}
	if err := l.SQL.Select(&written, "SELECT id, version FROM appointments"); err != nil {
		t.Fatal(err)
	}
	events := 0
	for _, w := range written {
		events += w.Version
	}
	l.await(t, fmt.Sprintf("not every desk was told of %d changes", events), func(d *desk) bool { return d.has(events) })
	time.Sleep(300 * time.Millisecond) // for one too many
	l.stop()
	for n, d := range l.desks {
		if d.events != events || len(d.wrong) > 0 {
			t.Errorf("desk %d was told of %d changes of %d, and wrongly of %d: %.3000s", n, d.events, events, len(d.wrong), d.wrong)
		}
		for _, w := range written {
			if d.last[w.ID] != w.Version {
				t.Errorf("desk %d knows version %d of %s, which is at %d", n, d.last[w.ID], w.ID, w.Version)
			}
		}
	}
}

// bookAll has so many writers make so many visits together, of which every fourth is called off.
func (c *clinic) bookAll(t testing.TB, writers, visits int) {
	together(writers, func(w int) {
		a := c.client(w)
		for n := w; n < visits; n += writers {
			at := n / writers
			start := c.day(1 + at/16).Add(time.Duration(at%16) * visitLength)
			key := uuid.NewString()
			for try := w; ; try++ { // a server may be gone
				a.address = "http://" + c.servers[try%len(c.servers)].address
				o, err := a.book(c.patients[w], c.practitioners[w], start, key)
				if err != nil || o.Code == "UNAVAILABLE" {
					time.Sleep(10 * time.Millisecond)
					continue
				}
				if o.ID == "" {
					t.Errorf("a visit was refused: %+v", *o)
				} else if n%4 == 0 {
					if got := a.do(deed{"cancelAppointment { appointment { id } }", map[string]any{"appointmentId": o.ID, "expectedVersion": 1, "reason": "PATIENT"}}); got != "" && !strings.Contains(got, "EOF") &&
						!strings.Contains(got, "refused") && !strings.Contains(got, "reset") && got != "UNAVAILABLE" {
						t.Errorf("a visit was not called off: %s", got)
					}
				}
				break
			}
		}
	})
}

// Desks at two servers are told of every visit that is made at either, once and in
// order, also those whose sockets are killed again and again.
func TestLive(t *testing.T) {
	t.Parallel()
	c := newClinic(t, 2, 8, 8)
	l := c.listen(t, 10, 5, 150*time.Millisecond)
	c.bookAll(t, 8, 200)
	l.check(t)
	for n, d := range l.desks[:5] {
		if d.starts < 3 {
			t.Errorf("desk %d had %d connections: nothing is tried here", n, d.starts)
		}
	}
	c.checkPeace(t)
}

// officeHolder is the connection of the server that tells of changes.
func (c *clinic) officeHolder(t testing.TB) (pid int) {
	t.Helper()
	for range 1000 {
		err := c.SQL.Get(&pid, `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = 5021767300486
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
		if err == nil {
			return pid
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("no server tells of changes")
	return 0
}

// Kill -9 of the servers, one after the other, while visits are made: the last
// tells of changes in the end, and nobody misses any.
func TestLive_survivesKills(t *testing.T) {
	t.Parallel()
	c := newClinic(t, 3, 4, 4)
	l := c.listen(t, 6, 0, 0)
	before := c.officeHolder(t)
	var all sync.WaitGroup
	all.Go(func() { c.bookAll(t, 4, 120) })
	for n := range 2 {
		for !l.desks[5].has(30 * (n + 1)) {
			time.Sleep(10 * time.Millisecond)
		}
		_ = c.servers[n].end(syscall.SIGKILL)
	}
	all.Wait()
	l.check(t)
	if after := c.officeHolder(t); after == before {
		t.Log("the last server told of changes from the start: nothing of that is tried this time")
	}
}

// BenchmarkLive has fifty desks listen, ten of them with sockets that are killed
// every second, while 2,000 visits are made at two servers. One operation is all
// of it. It reports how long events took from their write until a desk had them,
// and the servers' memory before, meanwhile and after.
func BenchmarkLive(b *testing.B) {
	for range b.N {
		c := newClinic(b, 2, 8, 8)
		c.bookAll(b, 8, 80) // warm
		c.SQL.MustExec("ALTER TABLE appointments DISABLE TRIGGER USER")
		c.SQL.MustExec("DELETE FROM appointments")
		c.SQL.MustExec("ALTER TABLE appointments ENABLE TRIGGER USER")
		before := c.memory(b)
		l := c.listen(b, 50, 10, time.Second)
		begun := time.Now()
		c.bookAll(b, 8, 2000)
		took := time.Since(begun)
		meanwhile := c.memory(b)
		l.check(b)
		var all []time.Duration
		for _, d := range l.desks[10:] {
			all = append(all, d.took...)
		}
		slices.Sort(all)
		time.Sleep(10 * time.Second)
		after := c.memory(b)
		for n := range c.servers {
			b.Logf("server %d: %d MB before, %d MB meanwhile, %d MB after", n, before[n]>>10, meanwhile[n]>>10, after[n]>>10)
		}
		b.ReportMetric(float64(2000)/took.Seconds(), "visits/s")
		b.ReportMetric(float64(all[len(all)/2].Milliseconds()), "p50-ms")
		b.ReportMetric(float64(all[len(all)*95/100].Milliseconds()), "p95-ms")
		b.ReportMetric(float64(all[len(all)-1].Milliseconds()), "slowest-ms")
		c.checkPeace(b)
	}
}

// memory returns the resident kilobytes of each server.
func (c *clinic) memory(t testing.TB) (all []int) {
	t.Helper()
	for _, s := range c.servers {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.Process.Pid))
		if err != nil {
			t.Fatal(err) // a server that is gone, or a system without /proc: nothing is known of its memory
		}
		var kilobytes int
		_, rest, _ := strings.Cut(string(text), "VmRSS:")
		if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
			t.Fatal(err)
		}
		all = append(all, kilobytes)
	}
	return all
}

// The clients graphql-ws and graphql-sse subscribe, resume and understand what
// they are refused with.
func TestLive_clients(t *testing.T) {
	t.Parallel()
	c := newClinic(t, 1, 0, 0)
	command := exec.CommandContext(t.Context(), "node", "e2e/subscriptions.mjs", "http://"+c.servers[0].address+"/graphql", c.token)
	command.Dir = "web"
	out, err := command.CombinedOutput()
	if err != nil || string(out) != "done\n" {
		t.Errorf("%v: %s", err, out)
	}
	c.checkPeace(t)
}

// A server that stops hangs up on everybody and says why.
func TestLive_stops(t *testing.T) {
	t.Parallel()
	c := newClinic(t, 1, 0, 0)
	base := "http://" + c.servers[0].address
	conn, _, err := websocket.Dial(t.Context(), base+"/graphql", &websocket.DialOptions{
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Authorization": {"Bearer " + c.token}},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/graphql", strings.NewReader(`{"query": "subscription { patientChanged { kind } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + c.token}, "Accept": {"text/event-stream"}, "Content-Type": {"application/json"}}
	stream, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	ended := make(chan error, 1)
	go func() { ended <- c.servers[0].end(syscall.SIGTERM) }()
	if _, _, err := conn.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Errorf("the socket ends with %v", err)
	}
	if text, _ := io.ReadAll(stream.Body); !strings.Contains(string(text), "UNAVAILABLE") || !strings.HasSuffix(string(text), "event: complete\ndata: \n\n") {
		t.Errorf("the stream ends with %s", text)
	}
	if err := <-ended; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
