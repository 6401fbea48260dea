package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// The state machine, as it was reviewed: what each step makes of a visit that
// stands where; from anywhere else it is refused.
var stateMachine = map[string]map[string]string{
	"confirmAppointment":     {"REQUESTED": "BOOKED"},
	"checkInAppointment":     {"BOOKED": "CHECKED_IN"},
	"startVisit":             {"CHECKED_IN": "IN_PROGRESS"},
	"completeVisit":          {"IN_PROGRESS": "COMPLETED"},
	"markNoShow":             {"BOOKED": "NO_SHOW"},
	"cancelAppointment":      {"REQUESTED": "CANCELLED", "BOOKED": "CANCELLED", "CHECKED_IN": "CANCELLED"},
	"markAppointmentInError": {"REQUESTED": "ENTERED_IN_ERROR", "BOOKED": "ENTERED_IN_ERROR", "CHECKED_IN": "ENTERED_IN_ERROR", "IN_PROGRESS": "ENTERED_IN_ERROR", "COMPLETED": "ENTERED_IN_ERROR", "CANCELLED": "ENTERED_IN_ERROR", "NO_SHOW": "ENTERED_IN_ERROR"},
}

// further is what a step is asked with besides which visit.
var further = map[string]string{
	"cancelAppointment": `, reason: PATIENT`, "markAppointmentInError": `, reason: "twice"`,
	"confirmAppointment": `, override: {rules: [LATE_ENTRY], reason: "it was today"}`,
}

// step sends a step of a visit.
func step(name string, visit *db.Appointment, version int, fields string) string {
	return fmt.Sprintf(`mutation { %s(input: {appointmentId: %q, expectedVersion: %d%s}) { appointment { %s } } }`, name, visit.ID, version, further[name], fields)
}

// Pitfall 13: there are no steps but those of the state machine.
func TestAppointmentSteps_areThoseOfTheStateMachine(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	statuses := []string{"REQUESTED", "BOOKED", "CHECKED_IN", "IN_PROGRESS", "COMPLETED", "CANCELLED", "NO_SHOW", "ENTERED_IN_ERROR"}
	for name, lawful := range stateMachine {
		for _, from := range statuses {
			visit := newAppointment(t, c.db, patient, doctor, 0)
			c.run(`UPDATE appointments SET status = $2, cancellation_reason = CASE $2 WHEN 'CANCELLED' THEN 'PATIENT' END,
				starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' WHERE id = $1`, visit.ID, from)
			if lawful[from] == "" {
				wantProblem(t, c.refused(step(name, visit, 1, "id"), nil), "ILLEGAL_STEP")
			} else if got := c.ask(step(name, visit, 1, "status"), nil).text(name + ".appointment.status"); got != lawful[from] {
				t.Errorf("%s takes a visit from %s to %s", name, from, got)
			}
			c.run("UPDATE appointments SET status = 'ENTERED_IN_ERROR', cancellation_reason = NULL, cancelled_at = NULL, is_late_cancellation = NULL")
		}
	}
}

// The steps that are offered are those that are open.
func TestAppointment_offersTheStepsThatAreOpen(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit := newAppointment(t, c.db, patient, doctor, 0)
	offered := func() string {
		var names []string
		for _, name := range c.ask(`query($id: ID!) { appointment(id: $id) { nextSteps } }`, variables{"id": visit.ID}).at("appointment.nextSteps").([]any) {
			names = append(names, name.(string))
		}
		return strings.Join(names, " ")
	}
	if got := offered(); got != "CHECK_IN RESCHEDULE CANCEL MARK_IN_ERROR" {
		t.Errorf("before the start are offered %s", got)
	}
	c.run("UPDATE appointments SET starts_at = now() - interval '1 minute'")
	if got := offered(); got != "CHECK_IN MARK_NO_SHOW RESCHEDULE CANCEL MARK_IN_ERROR" {
		t.Errorf("after the start are offered %s", got)
	}
	c.ask(step("checkInAppointment", visit, 1, "id"), nil)
	if got := offered(); got != "START CANCEL MARK_IN_ERROR UNDO" {
		t.Errorf("with the patient here are offered %s", got)
	}
	c.run("UPDATE appointments SET stepped_at = now() - interval '11 minutes'")
	if got := offered(); got != "START CANCEL MARK_IN_ERROR" {
		t.Errorf("after the undo period are offered %s", got)
	}
}

// A step says when it was taken.
func TestAppointmentSteps_areTimed(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	visit := newAppointment(t, c.db, newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor"), 0)
	const fields = `checkedInAt startedAt completedAt`
	for version, test := range []struct{ name, field string }{{"checkInAppointment", "checkedInAt"}, {"startVisit", "startedAt"}, {"completeVisit", "completedAt"}} {
		got := c.ask(step(test.name, visit, version+1, fields), nil)
		at, err := time.Parse(time.RFC3339, got.text(test.name+".appointment."+test.field))
		if err != nil || time.Since(at) > time.Minute || time.Since(at) < 0 {
			t.Errorf("%s answers %s", test.name, asJSON(got))
		}
	}
}

// Pitfall 14: nobody has failed to come before the start.
func TestMarkNoShow_waitsForTheStart(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	visit := newAppointment(t, c.db, newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor"), 0)
	wantProblem(t, c.refused(step("markNoShow", visit, 1, "id"), nil), "NOT_ALLOWED_NOW")
	c.run("UPDATE appointments SET starts_at = now()")
	if got := c.ask(step("markNoShow", visit, 1, "status"), nil).text("markNoShow.appointment.status"); got != "NO_SHOW" {
		t.Errorf("after the start it is %s", got)
	}
}

// Pitfall 14: a visit that is called off stays, with why, when, by whom and whether late.
func TestCancelAppointment(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	cancel := func(visit *db.Appointment, rest string) string {
		return fmt.Sprintf(`mutation { cancelAppointment(input: {appointmentId: %q, expectedVersion: 1, %s}) {
			appointment { status cancellationReason cancellationNote isLateCancellation cancelledBy { displayName } } } }`, visit.ID, rest)
	}
	visit := newAppointment(t, c.db, patient, doctor, 3)
	wantProblem(t, c.refused(cancel(visit, `reason: OTHER`), nil), "REQUIRED")
	wantProblem(t, c.refused(cancel(visit, `reason: RESCHEDULED`), nil), "NOT_ALLOWED_NOW")
	h := newHouse(t)
	receptionist := h.employ("keti", auth.Receptionist)
	folder := h.patient("other", receptionist)
	for name, test := range map[string]struct {
		in     string // from now to the start
		isLate bool
	}{"in good time": {"25 hours", false}, "late": {"23 hours", true}} {
		id := db.NewID(db.KindAppointment)
		h.run(`INSERT INTO appointments (id, patient_id, practitioner_id, starts_at, ends_at, status) VALUES ($1, $2, $3, now() + $4::interval, now() + $4::interval + interval '20 minutes', 'BOOKED')`,
			id, folder.values["Patient"], h.stranger.practitioner.ID, test.in)
		got := receptionist.in(t).ask(cancel(&db.Appointment{Row: db.Row{ID: id}}, `reason: OTHER, note: "snow"`), nil)
		want := fmt.Sprintf(`{"cancelAppointment":{"appointment":{"cancellationNote":"snow","cancellationReason":"OTHER","cancelledBy":{"displayName":"keti"},"isLateCancellation":%t,"status":"CANCELLED"}}}`, test.isLate)
		if asJSON(got) != want {
			t.Errorf("%s: got %s", name, asJSON(got))
		}
	}
	c.ask(cancel(visit, `reason: PATIENT`), nil)
	newAppointment(t, c.db, newPatient(t, c.db, "Other"), doctor, 3) // the time is free again
}

func TestUndoAppointmentStep(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const undo = `mutation($id: ID!, $version: Int!) { undoAppointmentStep(input: {appointmentId: $id, expectedVersion: $version}) { appointment {
		status cancellationReason isLateCancellation checkedInAt startedAt completedAt undoableUntil } } }`
	const blank = `{"undoAppointmentStep":{"appointment":{"cancellationReason":null,"checkedInAt":null,"completedAt":null,"isLateCancellation":null,"startedAt":null,"status":%q,"undoableUntil":null}}}`
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	t.Run("takes each step back to the status before", func(t *testing.T) {
		for name, lawful := range stateMachine {
			for from := range lawful {
				if from == "CANCELLED" {
					continue // why it was called off is no longer known
				}
				visit := newAppointment(t, c.db, patient, doctor, 0)
				c.run(`UPDATE appointments SET status = $2, starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' WHERE id = $1`, visit.ID, from)
				c.ask(step(name, visit, 1, "id"), nil)
				got := c.ask(undo, variables{"id": visit.ID, "version": 2})
				if want := fmt.Sprintf(blank, from); asJSON(got) != want {
					t.Errorf("%s of a visit that is %s, undone: %s", name, from, asJSON(got))
				}
				wantProblem(t, c.refused(undo, variables{"id": visit.ID, "version": 3}), "ILLEGAL_STEP")
				c.run("UPDATE appointments SET status = 'ENTERED_IN_ERROR', cancellation_reason = NULL")
			}
		}
	})
	t.Run("is too late after the undo period", func(t *testing.T) {
		visit := newAppointment(t, c.db, patient, doctor, 4)
		c.ask(step("checkInAppointment", visit, 1, "id"), nil)
		c.run("UPDATE appointments SET stepped_at = now() - interval '10 minutes' WHERE id = $1", visit.ID)
		wantProblem(t, c.refused(undo, variables{"id": visit.ID, "version": 2}), "ILLEGAL_STEP")
	})
	t.Run("is refused when the time has gone", func(t *testing.T) {
		visit := newAppointment(t, c.db, patient, doctor, 6)
		c.ask(step("cancelAppointment", visit, 1, "id"), nil)
		newAppointment(t, c.db, newPatient(t, c.db, "Quick"), doctor, 6)
		if got := c.refused(undo, variables{"id": visit.ID, "version": 2}); got[0].Extensions.Code != "SLOT_TAKEN" || got[0].Extensions.Kind != "PRACTITIONER" {
			t.Errorf("got %s", asJSON(got))
		}
		if n := c.count("SELECT count(*) FROM appointments WHERE status = 'CANCELLED'"); n != 1 {
			t.Errorf("%d visits are called off", n)
		}
	})
	t.Run("takes a move back", func(t *testing.T) {
		visit := newAppointment(t, c.db, patient, doctor, 8)
		moved := c.ask(`mutation($input: RescheduleAppointmentInput!) { rescheduleAppointment(input: $input) { appointment { id } } }`,
			variables{"input": variables{"appointmentId": visit.ID, "expectedVersion": 1, "startsAt": tomorrow(10).Format(time.RFC3339)}})
		c.ask(undo, variables{"id": visit.ID, "version": 2})
		got := c.ask(`query($old: ID!, $new: ID!) { old: appointment(id: $old) { status startsAt rescheduledTo { id } } new: appointment(id: $new) { status } }`,
			variables{"old": visit.ID, "new": moved.text("rescheduleAppointment.appointment.id")})
		if want := fmt.Sprintf(`{"new":{"status":"ENTERED_IN_ERROR"},"old":{"rescheduledTo":null,"startsAt":%q,"status":"BOOKED"}}`, tomorrow(8).Format(time.RFC3339)); asJSON(got) != want {
			t.Errorf("got %s", asJSON(got))
		}
		newAppointment(t, c.db, newPatient(t, c.db, "Next"), doctor, 10) // what it was moved to is free
		c.ask(`mutation($input: RescheduleAppointmentInput!) { rescheduleAppointment(input: $input) { appointment { id } } }`,
			variables{"input": variables{"appointmentId": visit.ID, "expectedVersion": 3, "startsAt": tomorrow(12).Format(time.RFC3339)}})
	})
	t.Run("leaves a move alone after which the visit has gone on", func(t *testing.T) {
		visit := newAppointment(t, c.db, patient, doctor, 14)
		next, err := c.db.RescheduleAppointment(acting(t), visit.ID, 1, func(b *db.Booking) { b.StartsAt = tomorrow(16) })
		mustDo(t)(next, err)
		mustDo(t)(c.db.CheckInAppointment(acting(t), next.ID, 1))
		if got := c.refused(undo, variables{"id": visit.ID, "version": 2}); got[0].Extensions.Code != "CONFLICT" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}
