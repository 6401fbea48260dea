package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// matches returns whose wishes fit the times of the visits of a doctor that were called off, in their order.
func matches(c *client, doctor *db.Practitioner) string {
	c.t.Helper()
	got := c.ask(`query($id: ID!) { practitioner(id: $id) { appointments(where: {status: {in: [BOOKED, CANCELLED]}}, orderBy: [{field: STARTS_AT}]) { nodes { waitListMatches {
		patient { familyName } } } } } }`, variables{"id": doctor.ID})
	var visits []string
	for _, visit := range got.at("practitioner.appointments.nodes").([]any) {
		var names []string
		for _, m := range visit.(map[string]any)["waitListMatches"].([]any) {
			names = append(names, m.(map[string]any)["patient"].(map[string]any)["familyName"].(string))
		}
		visits = append(visits, strings.Join(names, " "))
	}
	return strings.Join(visits, "; ")
}

func TestWaitListMatches(t *testing.T) {
	t.Parallel()
	// The half hour from 09:00 UTC is that from 13:00 in Tbilisi.
	const start = 13 * 60
	for name, test := range map[string]struct {
		wish func(*db.Wish)
		want bool
	}{
		"of the practitioner":                       {func(w *db.Wish) {}, true},
		"of the specialty, however it is written":   {func(w *db.Wish) { w.PractitionerID, w.Specialty = nil, ptr("CARDIOLOGY") }, true},
		"of another specialty":                      {func(w *db.Wish) { w.PractitionerID, w.Specialty = nil, ptr("Neurology") }, false},
		"as long as the visit was":                  {func(w *db.Wish) { w.Length.Duration = ptr(db.Minutes(30)) }, true},
		"longer than the visit was":                 {func(w *db.Wish) { w.Length.Duration = ptr(db.Minutes(31)) }, false},
		"on that very day":                          {func(w *db.Wish) { w.StartsOn, w.EndsOn = dayAfter(2), dayAfter(2) }, true},
		"from the next day on":                      {func(w *db.Wish) { w.StartsOn = dayAfter(3) }, false},
		"until the day before":                      {func(w *db.Wish) { w.EndsOn = dayAfter(1) }, false},
		"from that very minute to that very one":    {func(w *db.Wish) { w.EarliestTime, w.LatestTime = ptr(db.LocalTime(start)), ptr(db.LocalTime(start+30)) }, true},
		"later in the day, by the clinic's clock":   {func(w *db.Wish) { w.EarliestTime = ptr(db.LocalTime(start + 1)) }, false},
		"earlier in the day, by the clinic's clock": {func(w *db.Wish) { w.LatestTime = ptr(db.LocalTime(start + 29)) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			inZone(t, c.db, "Asia/Tbilisi")
			doctor := newPractitioner(t, c.db, "Doctor")
			mustDo(t)(c.db.UpdatePractitioner(acting(t), doctor.ID, 1, func(p *db.Practitioner) { p.Specialty = ptr("Cardiology") }))
			visit := newAppointment(t, c.db, newPatient(t, c.db, "Leaver"), doctor, 48)
			newWish(t, c.db, newPatient(t, c.db, "Waiter"), doctor, test.wish)
			mustDo(t)(c.db.CancelAppointment(acting(t), visit.ID, 1, "PATIENT", nil))
			if got := matches(c.as(auth.Receptionist), doctor); (got == "Waiter") != test.want {
				t.Errorf("matched %q", got)
			}
		})
	}
}

func TestWaitListMatches_inOrder(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	doctor, desk := newPractitioner(t, c.db, "Doctor"), c.as(auth.Receptionist)
	leaver := newPatient(t, c.db, "Leaver")
	// Three visits that are siblings: called off, booked, called off and booked again.
	off, kept, again := newAppointment(t, c.db, leaver, doctor, 0), newAppointment(t, c.db, newPatient(t, c.db, "Stayer"), doctor, 2), newAppointment(t, c.db, leaver, doctor, 4)
	mustDo(t)(c.db.CancelAppointment(acting(t), off.ID, 1, "PATIENT", nil))
	mustDo(t)(c.db.CancelAppointment(acting(t), again.ID, 1, "PATIENT", nil))
	_ = kept
	for i := range 6 {
		newWish(t, c.db, newPatient(t, c.db, fmt.Sprint("Name", i)), doctor, func(w *db.Wish) { w.IsUrgent = i == 5 })
	}
	const five = "Name5 Name0 Name1 Name2 Name3"
	if got := matches(desk, doctor); got != five+"; ; "+five {
		t.Errorf("got %s", got)
	}
	newAppointment(t, c.db, newPatient(t, c.db, "Taker"), doctor, 4)
	if got := matches(desk, doctor); got != five+"; ; ; " {
		t.Errorf("where a time was booked again: %s", got)
	}
}

func TestWaitListMatches_areWhoCanStillCome(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	doctor, desk := newPractitioner(t, c.db, "Doctor"), c.as(auth.Receptionist)
	leaver, dead, archived := newPatient(t, c.db, "Leaver"), newPatient(t, c.db, "Dead"), newPatient(t, c.db, "Archived")
	visit, later := newAppointment(t, c.db, leaver, doctor, 0), newAppointment(t, c.db, leaver, doctor, 60)
	newWish(t, c.db, dead, doctor)
	newWish(t, c.db, archived, doctor)
	newWish(t, c.db, leaver, doctor)
	newWish(t, c.db, leaver, doctor, func(w *db.Wish) { w.ReplacesAppointmentID = &visit.ID })
	withdrawn, offered, lapsed := newWish(t, c.db, newPatient(t, c.db, "Withdrawn"), doctor), newWish(t, c.db, newPatient(t, c.db, "Offered"), doctor), newWish(t, c.db, newPatient(t, c.db, "Lapsed"), doctor)
	mustDo(t)(c.db.WithdrawFromWaitList(acting(t), withdrawn.ID, 1))
	mustDo(t)(c.db.OfferWaitListSlot(acting(t), offered.ID, 1, &db.Offer{StartsAt: tomorrow(6), HoldFor: db.Minutes(15)}))
	hold, err := c.db.OfferWaitListSlot(acting(t), lapsed.ID, 1, &db.Offer{StartsAt: tomorrow(8), HoldFor: db.Minutes(15)})
	if err != nil {
		t.Fatal(err)
	}
	lapse(t, c.db, hold.SlotHoldID)
	mustDo(t)(c.db.UpdatePatient(acting(t), dead.ID, 1, func(p *db.Patient) { p.DeceasedOn = ptr(db.Date("2026-01-01")) }))
	mustDo(t)(c.db.ArchivePatient(acting(t), archived.ID, 1, "moved abroad"))
	mustDo(t)(c.db.CancelAppointment(acting(t), visit.ID, 1, "PATIENT", nil))
	if got := matches(desk, doctor); got != "Lapsed; " {
		t.Errorf("got %s", got)
	}
	newWish(t, c.db, leaver, doctor, func(w *db.Wish) { w.ReplacesAppointmentID = &later.ID })
	if got := matches(desk, doctor); got != "Lapsed Leaver; " {
		t.Errorf("of who would give up another visit: %s", got)
	}
	mustDo(t)(c.db.DeactivatePractitioner(acting(t), doctor.ID, 1, "retired"))
	if got := matches(desk, doctor); got != "; " {
		t.Errorf("with a practitioner who has left: %s", got)
	}
}

// What fits a hundred visits is read as what fits one.
func TestWaitListMatches_takeOneStatement(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	for n := range 20 {
		visit := newAppointment(t, c.db, patient, doctor, n)
		mustDo(t)(c.db.CancelAppointment(acting(t), visit.ID, 1, "PATIENT", nil))
	}
	newWish(t, c.db, newPatient(t, c.db, "Waiter"), doctor)
	const query = `query($first: Int!) { appointments(first: $first) { nodes { waitListMatches { status slotHold { id } patient { familyName } } } } }`
	c.ask(query, variables{"first": 1})
	for _, first := range []int{1, 20} {
		response, text := c.post(query, variables{"first": first})
		if got := statements(t, response.Header.Get("Server-Timing")); got != "3" || strings.Count(text, "Waiter") != first {
			t.Errorf("%d visits took %s statements, not 3: %s", first, got, text)
		}
	}
}
