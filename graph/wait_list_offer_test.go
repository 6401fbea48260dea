package graph_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

func TestOfferWaitListSlot(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor, colleague := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor"), newPractitioner(t, c.db, "Colleague")
	desk := c.as(auth.Receptionist)
	offer := func(entry *db.WaitListEntry, change ...func(variables)) variables {
		in := variables{"waitListEntryId": entry.ID, "expectedVersion": entry.Version, "startsAt": tomorrow(2).Format(time.RFC3339)}
		for _, ch := range change {
			ch(in)
		}
		return variables{"input": in}
	}
	at := func(n int) func(variables) {
		return func(in variables) { in["startsAt"] = tomorrow(n).Format(time.RFC3339) }
	}
	with := func(p *db.Practitioner) func(variables) { return func(in variables) { in["practitionerId"] = p.ID } }

	t.Run("keeps the time until the offer lapses, and without a job", func(t *testing.T) {
		desk := desk.in(t)
		entry := newWish(t, c.db, patient, doctor)
		got := desk.ask(offerWaitListSlot, offer(entry))
		hold := got.text("offerWaitListSlot.waitListEntry.slotHold.id")
		want := fmt.Sprintf(`{"offerWaitListSlot":{"waitListEntry":{"id":%q,"slotHold":{"endsAt":%q,"id":%q,"practitioner":{"displayName":"Dr. Test Doctor"},"releasedAt":null,"startsAt":%q},"status":"OFFERED","version":2}}}`,
			entry.ID, tomorrow(3).Format(time.RFC3339), hold, tomorrow(2).Format(time.RFC3339))
		if asJSON(got) != want {
			t.Errorf("got  %s\nwant %s", asJSON(got), want)
		}
		if got := desk.refused(book, booking(newPatient(t, c.db, "Other"), doctor, 2)); got[0].Extensions.Code != "SLOT_TAKEN" || got[0].Extensions.Kind != "HOLD" {
			t.Errorf("somebody else was answered %s", asJSON(got))
		}
		entry.Version = 2
		if got := desk.refused(offerWaitListSlot, offer(entry, at(4))); got[0].Extensions.Code != "CONFLICT" {
			t.Errorf("a second offer was answered %s", asJSON(got))
		}
		lapse(t, c.db, hold)
		const where = `query($id: ID!) { node(id: $id) { ... on WaitListEntry { status slotHold { id } version } } }`
		if got := desk.ask(where, variables{"id": entry.ID}); asJSON(got) != `{"node":{"slotHold":null,"status":"WAITING","version":2}}` {
			t.Errorf("an offer that lapsed is %s", asJSON(got))
		}
		if got := desk.ask(offerWaitListSlot, offer(entry, at(4))); got.text("offerWaitListSlot.waitListEntry.slotHold.startsAt") != tomorrow(4).Format(time.RFC3339) {
			t.Errorf("the next offer is %s", asJSON(got))
		}
	})
	t.Run("offers anyone of the specialty", func(t *testing.T) {
		mustDo(t)(c.db.UpdatePractitioner(acting(t), colleague.ID, 1, func(p *db.Practitioner) { p.Specialty = ptr("Cardiology") }))
		entry := newWish(t, c.db, patient, nil, ofSpecialty("cardiologY"))
		if got := wrongIn(desk.in(t).refused(offerWaitListSlot, offer(entry))); got != "input.practitionerId REQUIRED" {
			t.Errorf("without a practitioner: %s", got)
		}
		if got := wrongIn(desk.in(t).refused(offerWaitListSlot, offer(entry, with(doctor)))); got != "input.practitionerId OUT_OF_RANGE" {
			t.Errorf("of another specialty: %s", got)
		}
		if got := desk.in(t).ask(offerWaitListSlot, offer(entry, with(colleague))); got.text("offerWaitListSlot.waitListEntry.slotHold.practitioner.displayName") != "Dr. Test Colleague" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("counts the visit that would be given up as free", func(t *testing.T) {
		patient := newPatient(t, c.db, "Mover")
		visit := newAppointment(t, c.db, patient, doctor, 20)
		entry := newWish(t, c.db, patient, doctor, func(w *db.Wish) { w.ReplacesAppointmentID = &visit.ID })
		got := desk.in(t).ask(offerWaitListSlot, offer(entry, func(in variables) { in["startsAt"] = tomorrow(20).Add(-15 * time.Minute).Format(time.RFC3339) }))
		if got.text("offerWaitListSlot.waitListEntry.status") != "OFFERED" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	newAppointment(t, c.db, newPatient(t, c.db, "Taker"), doctor, 6)
	newAppointment(t, c.db, newPatient(t, c.db, "Taker2"), doctor, 7)
	busy, dead := newPatient(t, c.db, "Busy"), newPatient(t, c.db, "Dead")
	newAppointment(t, c.db, busy, colleague, 8)
	orphan := newWish(t, c.db, dead, doctor)
	mustDo(t)(c.db.UpdatePatient(acting(t), dead.ID, 1, func(p *db.Patient) { p.DeceasedOn = ptr(db.Date("2026-01-01")) }))
	gone := newWish(t, c.db, patient, doctor)
	mustDo(t)(c.db.WithdrawFromWaitList(acting(t), gone.ID, 1))
	gone.Version = 2
	picky := newWish(t, c.db, patient, doctor, func(w *db.Wish) {
		w.StartsOn, w.EndsOn, w.EarliestTime, w.LatestTime = dayAfter(1), dayAfter(1), ptr(db.LocalTime(10*60)), ptr(db.LocalTime(12*60))
	})
	for name, test := range map[string]struct {
		input variables
		want  string
	}{
		"refuses a time that is taken":             {offer(newWish(t, c.db, patient, doctor), at(6)), "[offerWaitListSlot]SLOT_TAKEN"},
		"refuses a time when the patient is busy":  {offer(newWish(t, c.db, busy, doctor), at(8)), "[offerWaitListSlot]SLOT_TAKEN"},
		"refuses a wish that has ended":            {offer(gone), "[offerWaitListSlot]CONFLICT"},
		"refuses a version that is not the latest": {offer(gone, func(in variables) { in["expectedVersion"] = 1 }), "[offerWaitListSlot]VERSION_CONFLICT"},
		"refuses who has died":                     {offer(orphan), "input.waitListEntryId DECEASED"},
		"refuses another practitioner":             {offer(picky, with(colleague)), "input.practitionerId OUT_OF_RANGE"},
		"refuses a day before":                     {offer(newWish(t, c.db, patient, doctor, func(w *db.Wish) { w.StartsOn = dayAfter(2) })), "input.startsAt OUT_OF_RANGE"},
		"refuses a day after":                      {offer(picky, at(50)), "input.startsAt OUT_OF_RANGE"},
		"refuses an earlier time of day":           {offer(picky, at(1)), "input.startsAt OUT_OF_RANGE"},
		"refuses a later time of day":              {offer(picky, func(in variables) { in["startsAt"] = tomorrow(5).Add(time.Minute).Format(time.RFC3339) }), "input.startsAt OUT_OF_RANGE"},
		"refuses the past":                         {offer(newWish(t, c.db, patient, doctor, func(w *db.Wish) { w.StartsOn = dayAfter(-5) }), at(-70)), "input.startsAt IN_THE_PAST"},
		"refuses to keep it for no time":           {offer(picky, func(in variables) { in["holdFor"] = "PT0M" }), "input.holdFor OUT_OF_RANGE"},
		"refuses to keep it for two days":          {offer(picky, func(in variables) { in["holdFor"] = "P2D" }), "input.holdFor OUT_OF_RANGE"},
	} {
		t.Run(name, func(t *testing.T) {
			before := c.count("SELECT count(*) FROM slot_holds")
			if got := wrongIn(desk.in(t).refused(offerWaitListSlot, test.input)); got != test.want {
				t.Errorf("got %s, not %s", got, test.want)
			}
			if n := c.count("SELECT count(*) FROM slot_holds"); n != before {
				t.Error("the time is held")
			}
		})
	}
	t.Run("takes the last time that fits", func(t *testing.T) {
		if got := desk.in(t).ask(offerWaitListSlot, offer(picky, at(5))); got.text("offerWaitListSlot.waitListEntry.status") != "OFFERED" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

func TestBookAppointment_fulfilsAWish(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	desk := c.as(auth.Receptionist)
	fulfil := func(who *db.Patient, n int, entry *db.WaitListEntry, hold any) variables {
		in := booking(who, doctor, n)
		in["input"].(variables)["waitListEntryId"] = entry.ID
		if hold != nil {
			in["input"].(variables)["slotHoldId"] = hold
		}
		return in
	}
	const where = `query($id: ID!) { node(id: $id) { ... on WaitListEntry { status version slotHold { id } appointment { id } } } }`
	t.Run("by the time that was offered", func(t *testing.T) {
		entry := newWish(t, c.db, patient, doctor)
		offered, err := c.db.OfferWaitListSlot(acting(t), entry.ID, 1, &db.Offer{StartsAt: tomorrow(2), HoldFor: db.Minutes(15)})
		if err != nil {
			t.Fatal(err)
		}
		visit := desk.in(t).ask(book, fulfil(patient, 2, entry, offered.SlotHoldID)).text("bookAppointment.appointment.id")
		got := desk.in(t).ask(where, variables{"id": entry.ID})
		if want := fmt.Sprintf(`{"node":{"appointment":{"id":%q},"slotHold":null,"status":"BOOKED","version":3}}`, visit); asJSON(got) != want {
			t.Errorf("got  %s\nwant %s", asJSON(got), want)
		}
		if got := wrongIn(desk.in(t).refused(book, fulfil(patient, 9, entry, nil))); got != "input.waitListEntryId NOT_ALLOWED_NOW" {
			t.Errorf("a second visit for it was answered %s", got)
		}
		if got := desk.in(t).refused(withdrawFromWaitList, variables{"input": variables{"waitListEntryId": entry.ID, "expectedVersion": 3}}); got[0].Extensions.Code != "CONFLICT" {
			t.Errorf("withdrawing it was answered %s", asJSON(got))
		}
	})
	t.Run("by another time, which frees the one that was offered", func(t *testing.T) {
		patient := newPatient(t, c.db, "Chooser")
		entry := newWish(t, c.db, patient, doctor)
		mustDo(t)(c.db.OfferWaitListSlot(acting(t), entry.ID, 1, &db.Offer{StartsAt: tomorrow(12), HoldFor: db.Minutes(15)}))
		desk.in(t).ask(book, fulfil(patient, 14, entry, nil))
		newAppointment(t, c.db, newPatient(t, c.db, "Next"), doctor, 12)
	})
	t.Run("by a move of the later visit", func(t *testing.T) {
		patient := newPatient(t, c.db, "Mover")
		visit := newAppointment(t, c.db, patient, doctor, 60)
		entry := newWish(t, c.db, patient, doctor, func(w *db.Wish) { w.ReplacesAppointmentID = &visit.ID })
		const move = `mutation($input: RescheduleAppointmentInput!) { rescheduleAppointment(input: $input) { appointment { id } } }`
		next := desk.in(t).ask(move, variables{"input": variables{
			"appointmentId": visit.ID, "expectedVersion": 1, "startsAt": tomorrow(16).Format(time.RFC3339), "waitListEntryId": entry.ID,
		}}).text("rescheduleAppointment.appointment.id")
		if got := desk.in(t).ask(where, variables{"id": entry.ID}); got.text("node.appointment.id") != next {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("and of the same patient only", func(t *testing.T) {
		entry := newWish(t, c.db, patient, doctor)
		before := c.count("SELECT count(*) FROM appointments")
		if got := wrongIn(desk.in(t).refused(book, fulfil(newPatient(t, c.db, "Other"), 18, entry, nil))); got != "input.waitListEntryId UNKNOWN_REFERENCE" {
			t.Errorf("got %s", got)
		}
		if n := c.count("SELECT count(*) FROM appointments"); n != before {
			t.Error("the visit was booked")
		}
	})
}

// Of those who book, withdraw and offer for one wish at once one wins, and nobody waits for each other for ever.
func TestWish_isDealtWithOnce(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	doctor := newPractitioner(t, c.db, "Doctor")
	for n := range 8 {
		patient := newPatient(t, c.db, fmt.Sprint("Name", n))
		entry := newWish(t, c.db, patient, doctor)
		offered, err := c.db.OfferWaitListSlot(acting(t), entry.ID, 1, &db.Offer{StartsAt: tomorrow(n), HoldFor: db.Minutes(15)})
		if err != nil {
			t.Fatal(err)
		}
		visit, of := booking(patient, doctor, n), variables{"waitListEntryId": entry.ID, "expectedVersion": 2}
		visit["input"].(variables)["waitListEntryId"], visit["input"].(variables)["slotHoldId"] = entry.ID, offered.SlotHoldID
		again := variables{"waitListEntryId": entry.ID, "expectedVersion": 2, "startsAt": tomorrow(20 + n).Format(time.RFC3339)}
		var race sync.WaitGroup
		answers, start := make([]string, 3), make(chan struct{})
		for i, ask := range []struct {
			query string
			vars  variables
		}{{book, visit}, {withdrawFromWaitList, variables{"input": of}}, {offerWaitListSlot, variables{"input": again}}} {
			race.Go(func() {
				<-start
				_, answers[i] = c.post(ask.query, ask.vars)
			})
		}
		close(start)
		race.Wait()
		all := strings.Join(answers, "\n")
		if strings.Count(all, `"errors"`) != 2 || strings.Contains(all, "INTERNAL") || strings.Contains(all, "UNAVAILABLE") {
			t.Errorf("answered\n%s", all)
		}
	}
	if n := c.count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"); n != 0 {
		t.Errorf("%d deadlocks", n)
	}
}
