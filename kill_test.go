package main

import (
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

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

// Kill -9 of a server, again and again, while sixteen clients book: every booking
// that was acknowledged is there, once, and what became of one whose answer was
// lost is told by the other server to whoever repeats it with its key.
func TestBookAppointment_survivesKills(t *testing.T) {
	t.Parallel()
	const clients, kills = 16, 8
	c := newClinic(t, 2, clients/2, clients)
	servers := &[2]atomic.Pointer[process]{}
	servers[0].Store(c.servers[0])
	servers[1].Store(c.servers[1])
	var acknowledged, unknown atomic.Int64
	var mu sync.Mutex
	var all []settled
	done := make(chan struct{})
	var booking sync.WaitGroup
	for n := range clients {
		booking.Go(func() {
			a := c.client(n)
			for visit := 0; ; visit++ {
				select {
				case <-done:
					return
				default:
				}
				// Two clients, one at each server, want the times of one practitioner.
				s := settled{key: uuid.NewString(), client: n, slot: slot{c.practitioners[n/2], c.day(1 + visit/16).Add(time.Duration(visit%16) * visitLength)}}
				for at := n; ; at++ {
					a.address = "http://" + servers[at%2].Load().address
					s.tries++
					outcome, err := a.book(c.patients[n], s.slot.practitioner, s.slot.start, s.key)
					if err == nil && outcome.Code != "UNAVAILABLE" {
						s.outcome = outcome
						break
					}
					unknown.Add(1)
				}
				if s.outcome.ID != "" {
					acknowledged.Add(1)
				}
				mu.Lock()
				all = append(all, s)
				mu.Unlock()
			}
		})
	}
	for kill := range kills {
		before := acknowledged.Load()
		for begun := time.Now(); acknowledged.Load() < before+40; time.Sleep(time.Millisecond) {
			if time.Since(begun) > time.Minute {
				close(done)
				t.Fatalf("nothing is booked any more after %d kills", kill)
			}
		}
		victim := servers[kill%2].Load()
		_ = victim.end(syscall.SIGKILL)
		next := startOn(t, c.URL)
		servers[kill%2].Store(next)
		c.servers[kill%2] = next
	}
	close(done)
	booking.Wait()
	c.checkSettled(t, all)
	if unknown.Load() == 0 {
		t.Error("no answer was lost: nothing was tried")
	}
	t.Logf("%d kills, %d bookings acknowledged, %d of %d requests without an answer", kills, acknowledged.Load(), unknown.Load(), len(all))
	c.checkPeace(t)
}

// checkSettled compares what was answered with what is there, and repeats each
// booking with its key.
func (c *clinic) checkSettled(t *testing.T, all []settled) {
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
