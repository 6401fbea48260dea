package graph_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// Pitfall 16: a hold keeps a time from others, and is over by itself.
func TestHoldSlot(t *testing.T) {
	t.Parallel()
	c := newClinic(t, "UTC")
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	works(c, doctor, db.Work, "09:00", "17:00")
	hold := func(n int, rest string) result {
		_, text := c.as(auth.Receptionist).post(fmt.Sprintf(`mutation { holdSlot(input: {practitionerId: %q, startsAt: %q, length: {duration: "PT30M"}%s}) { slotHold { id } } }`,
			doctor.ID, tomorrow(n).Format(time.RFC3339), rest), nil)
		return parse(t, text)
	}
	taken := func(when string, got result, kind string) {
		t.Helper()
		if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "SLOT_TAKEN" || got.Errors[0].Extensions.Kind != kind {
			t.Errorf("%s: got %s", when, asJSON(got))
		}
	}
	isOffered := func(n int) bool {
		starts := allSlots(c, variables{"id": doctor.ID, "from": tomorrow(n), "until": tomorrow(n + 1), "length": variables{"duration": "PT30M"}, "every": "PT30M"})
		return len(starts) == 1
	}
	held := hold(0, "").Data.text("holdSlot.slotHold.id")
	taken("a booking by somebody else", bookWith(c, auth.Receptionist, patient, doctor, tomorrow(0), ""), "HOLD")
	taken("a second hold", hold(0, ""), "HOLD")
	if isOffered(0) {
		t.Error("a time that is held is offered")
	}
	wantProblem(t, bookWith(c, auth.Receptionist, patient, doctor, tomorrow(2), fmt.Sprintf(", slotHoldId: %q", held)).Errors, "NOT_ALLOWED_NOW")
	wantProblem(t, bookWith(c, auth.Receptionist, patient, doctor, tomorrow(2), fmt.Sprintf(", slotHoldId: %q", db.NewID(db.KindSlotHold))).Errors, "UNKNOWN_REFERENCE")
	if got := bookWith(c, auth.Receptionist, patient, doctor, tomorrow(0), fmt.Sprintf(", slotHoldId: %q", held)); got.Errors != nil {
		t.Errorf("the booking that it is for: got %s", asJSON(got))
	}
	if n := c.count("SELECT count(*) FROM slot_holds WHERE released_at IS NOT NULL"); n != 1 {
		t.Error("a booking does not use the hold up")
	}
	taken("a visit", hold(0, ""), "PRACTITIONER")

	released := hold(4, "").Data.text("holdSlot.slotHold.id")
	for range 2 { // repeated, it changes nothing
		c.ask(fmt.Sprintf(`mutation { releaseSlotHold(input: {slotHoldId: %q}) { slotHold { releasedAt } } }`, released), nil)
	}
	lapsed := hold(6, `, holdFor: "PT1M"`).Data.text("holdSlot.slotHold.id")
	c.run("UPDATE slot_holds SET expires_at = now() WHERE id = $1", lapsed)
	if !isOffered(4) || !isOffered(6) {
		t.Error("a hold that is over keeps its time")
	}
	if got := bookWith(c, auth.Receptionist, newPatient(t, c.db, "Other"), doctor, tomorrow(6), fmt.Sprintf(", slotHoldId: %q", lapsed)); got.Errors != nil {
		t.Errorf("a hold that is over is in the way of its own booking: %s", asJSON(got))
	}

	wantProblem(t, hold(8, `, holdFor: "PT16M"`).Errors, "OUT_OF_RANGE")
	wantProblem(t, hold(-2, "").Errors, "OUTSIDE_HOURS")
	wantProblem(t, hold(-96, "").Errors, "IN_THE_PAST")
}

// Pitfall 5: a time on the wall clock that the clocks skip is refused, and one
// that comes twice is asked for with its offset.
func TestBookAppointment_readsTheWallClock(t *testing.T) {
	t.Parallel()
	c := newClinic(t, "America/New_York")
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	at := func(local string) result {
		_, text := c.post(fmt.Sprintf(`mutation { bookAppointment(input: {patientId: %q, practitionerId: %q, localStart: %q, length: "PT30M"}) {
			appointment { startsAt localStart length } } }`, patient.ID, doctor.ID, local), nil)
		return parse(t, text)
	}
	spring, autumn := sunday(time.March, 2), sunday(time.November, 1)
	wantProblem(t, at(spring+"T02:30").Errors, "SKIPPED_TIME")
	wantProblem(t, at(autumn+"T01:30").Errors, "AMBIGUOUS_TIME")
	wantProblem(t, at("2027-02-29T09:00").Errors, "BAD_FORMAT")
	for local, instant := range map[string]string{spring + "T03:00": spring + "T07:00:00Z", autumn + "T02:00": autumn + "T07:00:00Z"} {
		want := fmt.Sprintf(`{"appointment":{"length":"PT30M","localStart":%q,"startsAt":%q}}`, local, instant)
		if got := at(local); asJSON(got.Data["bookAppointment"]) != want {
			t.Errorf("got %s, not %s", asJSON(got), want)
		}
	}
	for name, rest := range map[string]string{"OUT_OF_RANGE": `startsAt: "2027-03-01T09:00:00Z", localStart: "2027-03-01T09:00", length: "PT30M"`, "REQUIRED": `length: "PT30M"`} {
		got := c.refused(fmt.Sprintf(`mutation { bookAppointment(input: {patientId: %q, practitionerId: %q, %s}) { appointment { id } } }`, patient.ID, doctor.ID, rest), nil)
		wantProblem(t, got, db.ProblemCode(name))
	}
}
