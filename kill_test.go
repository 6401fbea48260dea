package main

import (
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// A settled is what became of one key: who asked, for what, and what was answered
// in the end.
type settled struct {
	key     string
	client  int
	slot    slot
	outcome *outcome
	tries   int // 1 when the first answer came
}

// A rush is clients who book without a pause, whatever happens to the servers: one
// who gets no answer repeats what they asked for, with its key.
type rush struct {
	clinic                *clinic
	acknowledged, unknown atomic.Int64
	mu                    sync.Mutex
	all                   []settled
	done                  chan struct{}
	booking               sync.WaitGroup
}

// rush has so many clients book. The nth try of a client goes to the address that
// is told for it.
func (c *clinic) rush(clients int, address func(try int) string) *rush {
	r := &rush{clinic: c, done: make(chan struct{})}
	for n := range clients {
		r.booking.Go(func() { r.book(n, address) })
	}
	return r
}

func (r *rush) book(n int, address func(try int) string) {
	c, a := r.clinic, r.clinic.client(n)
	for visit := 0; ; visit++ {
		select {
		case <-r.done:
			return
		default:
		}
		// Two clients, one at each server, want the times of one practitioner.
		s := settled{key: uuid.NewString(), client: n, slot: slot{c.practitioners[n/2], c.day(1 + visit/16).Add(time.Duration(visit%16) * visitLength)}}
		for try := n; ; try++ {
			a.address = "http://" + address(try)
			s.tries++
			outcome, err := a.book(c.patients[n], s.slot.practitioner, s.slot.start, s.key)
			if err == nil && outcome.Code != "UNAVAILABLE" {
				s.outcome = outcome
				break
			}
			r.unknown.Add(1)
			if err == nil { // there is a server, and no database
				time.Sleep(10 * time.Millisecond)
			}
		}
		if s.outcome.ID != "" {
			r.acknowledged.Add(1)
		}
		r.mu.Lock()
		r.all = append(r.all, s)
		r.mu.Unlock()
	}
}

// wait waits until so many more visits are booked.
func (r *rush) wait(t testing.TB, more int64) {
	t.Helper()
	before := r.acknowledged.Load()
	for begun := time.Now(); r.acknowledged.Load() < before+more; time.Sleep(time.Millisecond) {
		if time.Since(begun) > time.Minute {
			close(r.done)
			t.Fatal("nothing is booked any more")
		}
	}
}

// end waits for the last answers, and compares them with what is there.
func (r *rush) end(t testing.TB) {
	t.Helper()
	close(r.done)
	r.booking.Wait()
	r.clinic.checkSettled(t, r.all)
	if r.unknown.Load() == 0 {
		t.Error("no answer was lost: nothing was tried")
	}
	report, err := r.clinic.VerifyAudit(t.Context(), db.VerifyOptions{})
	if err != nil || report.Broken != nil {
		t.Errorf("the audit: %v, %v", report.Broken, err)
	}
	t.Logf("%d bookings acknowledged, %d requests without an answer, %d bookings settled by their keys", r.acknowledged.Load(), r.unknown.Load(), r.repeated())
}

// repeated is how many bookings were asked for more than once.
func (r *rush) repeated() (n int) {
	for _, s := range r.all {
		if s.tries > 1 {
			n++
		}
	}
	return n
}

// Kill -9 of a server, again and again, while sixteen clients book: every booking
// that was acknowledged is there, once, and what became of one whose answer was
// lost is told by the other server to whoever repeats it with its key.
// BenchmarkBookAppointment_survivesKills does the same thirty times.
func TestBookAppointment_survivesKills(t *testing.T) {
	t.Parallel()
	surviveKills(t, 8)
}

// BenchmarkBookAppointment_survivesKills kills a server thirty times.
func BenchmarkBookAppointment_survivesKills(b *testing.B) {
	for range b.N {
		r := surviveKills(b, 30)
		b.ReportMetric(float64(r.acknowledged.Load()), "bookings")
		b.ReportMetric(float64(r.unknown.Load()), "unanswered")
	}
}

func surviveKills(t testing.TB, kills int) *rush {
	t.Helper()
	const clients = 16
	c := newClinic(t, 2, clients/2, clients)
	servers := &[2]atomic.Pointer[process]{}
	servers[0].Store(c.servers[0])
	servers[1].Store(c.servers[1])
	r := c.rush(clients, func(try int) string { return servers[try%2].Load().address })
	for kill := range kills {
		r.wait(t, 40)
		victim := servers[kill%2].Load()
		_ = victim.end(syscall.SIGKILL)
		next := startOn(t, c.URL)
		servers[kill%2].Store(next)
		c.servers[kill%2] = next
	}
	r.end(t)
	c.checkPeace(t)
	return r
}

// checkSettled compares what was answered with what is there, and repeats each
// booking with its key.
func (c *clinic) checkSettled(t testing.TB, all []settled) {
	t.Helper()
	rows := map[string][]heldTime{} // by key
	var found []struct {
		heldTime
		Key string
	}
	if err := c.SQL.Select(&found, `SELECT id, practitioner_id, patient_id, starts_at, ends_at, reason AS key FROM appointments`); err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		rows[f.Key] = append(rows[f.Key], f.heldTime)
	}
	booked := 0
	for _, s := range all {
		there := rows[s.key]
		switch {
		case s.outcome.ID != "":
			booked++
			if len(there) != 1 || there[0].ID != s.outcome.ID || there[0].PatientID != c.patients[s.client] || !there[0].StartsAt.Equal(s.slot.start) {
				t.Errorf("%s was acknowledged after %d tries, and %v is there", s.outcome.ID, s.tries, there)
			}
		case s.outcome.Code != "SLOT_TAKEN":
			t.Errorf("after %d tries the answer is %+v", s.tries, *s.outcome)
		case len(there) != 0:
			t.Errorf("%v is there, though the time was said to be taken after %d tries", there, s.tries)
		}
	}
	if len(found) != booked {
		t.Errorf("%d visits are there, %d were acknowledged", len(found), booked)
	}
	a := c.client(1)
	for _, s := range all {
		if s.tries == 1 && s.outcome.ID == "" {
			continue
		}
		again, err := a.book(c.patients[s.client], s.slot.practitioner, s.slot.start, s.key)
		if err != nil || again.ID != s.outcome.ID {
			t.Errorf("%s, repeated once more, is answered %v, %v", s.outcome.ID, again, err)
		}
	}
	if n := len(c.held(t)); n != booked {
		t.Errorf("after the repeats there are %d visits, and %d were acknowledged", n, booked)
	}
}
