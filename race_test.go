package main

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
)

// A slot is a time with a practitioner that many want.
type slot struct {
	practitioner uuid.UUID
	start        time.Time
}

// slots returns n times, ten a day of one practitioner, which no two
// practitioners have in common. They begin on the day from.
func (c *clinic) slots(n, from int) []slot {
	all := make([]slot, n)
	for i := range all {
		all[i] = slot{c.practitioners[i/10%len(c.practitioners)], c.day(from + i/10).Add(time.Duration(i%10) * visitLength)}
	}
	return all
}

// race has the clients ask for one slot at once, each for a patient of their own,
// and says whether exactly one got it and the others were told what they need. It
// returns how long the last of them waited.
func (c *clinic) race(t testing.TB, clients []*api, s slot) (slowest time.Duration) {
	t.Helper()
	outcomes, begun, ended := make([]*outcome, len(clients)), time.Now(), make([]time.Time, len(clients))
	together(len(clients), func(i int) {
		var err error
		defer func() { ended[i] = time.Now() }()
		if outcomes[i], err = clients[i].book(c.patients[i], s.practitioner, s.start, ""); err != nil {
			outcomes[i] = &outcome{Message: err.Error()}
		}
	})
	c.checkRace(t, s, outcomes)
	return slices.MaxFunc(ended, time.Time.Compare).Sub(begun)
}

// checkRace checks what each patient was answered who wanted the slot.
func (c *clinic) checkRace(t testing.TB, s slot, outcomes []*outcome) {
	t.Helper()
	held := c.held(t)
	var rows []heldTime
	for _, h := range held {
		if h.PractitionerID == s.practitioner && h.StartsAt.Equal(s.start) {
			rows = append(rows, h)
		}
	}
	if len(rows) != 1 {
		t.Fatalf("%d visits were booked at %v", len(rows), s.start)
	}
	for i, o := range outcomes {
		switch {
		case o == nil: // asked in another way
		case o.ID != "":
			if rows[0].ID != o.ID || rows[0].PatientID != c.patients[i] {
				t.Errorf("%s was acknowledged, and %s is there", o.ID, rows[0].ID)
			}
		case rows[0].PatientID == c.patients[i]:
			t.Errorf("who got the time was told %+v", *o)
		case o.Code != "SLOT_TAKEN" || o.Kind != "PRACTITIONER":
			t.Errorf("a loser was told %+v", *o)
		default:
			c.checkOffer(t, held, s.practitioner, c.patients[i], s.start, o.NextFree)
		}
	}
}

// Fifty clients race for each slot against two servers on one database.
// BenchmarkBookAppointment_raced does the same a hundred times.
func TestBookAppointment_raced(t *testing.T) {
	t.Parallel()
	c := newClinic(t, 2, 2, 50)
	clients := make([]*api, 50)
	for i := range clients {
		clients[i] = c.client(i)
	}
	for _, s := range c.slots(10, 1) {
		c.race(t, clients, s)
	}
	c.checkPeace(t)
}

// BenchmarkBookAppointment_raced has fifty clients race for each of a hundred
// slots at two servers, and one client send as many requests one after the other
// for slots of other days, by turns. One operation is all 5,000 of both. No lock
// timed out if the slowest answer came within two seconds.
func BenchmarkBookAppointment_raced(b *testing.B) {
	for range b.N {
		c := newClinic(b, 2, 10, 50)
		clients := make([]*api, 50)
		for i := range clients {
			clients[i] = c.client(i)
		}
		var raced, queued, slowest time.Duration
		later := c.slots(100, 40)
		for n, s := range c.slots(100, 1) {
			turns := []func(){
				func() {
					took := c.race(b, clients, s)
					raced, slowest = raced+took, max(slowest, took)
				},
				func() { queued += c.queue(b, clients[0], later[n]) },
			}
			turns[n%2]()
			turns[1-n%2]()
		}
		c.checkPeace(b)
		b.ReportMetric(raced.Seconds(), "raced-s")
		b.ReportMetric(queued.Seconds(), "one-after-the-other-s")
		b.ReportMetric(raced.Seconds()/queued.Seconds(), "ratio")
		b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
	}
}

// queue has one client ask for a slot once for each patient, one after the other,
// and returns how long that took.
func (c *clinic) queue(t testing.TB, client *api, s slot) time.Duration {
	t.Helper()
	outcomes, begun := make([]*outcome, len(c.patients)), time.Now()
	for i, patient := range c.patients {
		var err error
		if outcomes[i], err = client.book(patient, s.practitioner, s.start, ""); err != nil {
			t.Fatal(err)
		}
	}
	took := time.Since(begun)
	c.checkRace(t, s, outcomes)
	return took
}
