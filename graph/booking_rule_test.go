package graph_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// bookWith is a booking of half an hour with more input, as the role.
func bookWith(c *client, role auth.Role, patient *db.Patient, doctor *db.Practitioner, at time.Time, rest string) result {
	c.t.Helper()
	_, text := c.as(role).post(fmt.Sprintf(`mutation { bookAppointment(input: {patientId: %q, practitionerId: %q, startsAt: %q, length: "PT30M"%s}) {
		appointment { status isOverbooked overriddenRules overrideReason } } }`, patient.ID, doctor.ID, at.Format(time.RFC3339), rest), nil)
	return parse(c.t, text)
}

// overriding is the input that breaks a rule on purpose.
func overriding(rules string) string {
	return fmt.Sprintf(`, override: {rules: [%s], reason: "asked the doctor"}`, rules)
}

// newClinic is a client of a clinic in a zone.
func newClinic(t testing.TB, zone string) *client {
	t.Helper()
	c := newClient(t)
	c.run("UPDATE clinics SET time_zone = $1", zone) // before anybody has asked for it
	return c
}

// works gives a practitioner hours on every day, and breaks.
func works(c *client, doctor *db.Practitioner, kind db.WorkingHoursKind, from, until string) {
	c.t.Helper()
	for _, day := range db.Weekdays {
		c.run("INSERT INTO working_hours (id, practitioner_id, kind, weekday, start_time, end_time, starts_on) VALUES ($1, $2, $3, $4, $5, $6, '2026-01-01')",
			db.NewID(db.KindWorkingHours), doctor.ID, kind, day, from, until)
	}
}

// Pitfall 12: a rule of the calendar is broken on purpose only, for a reason, by
// whoever may, and that is kept with the visit and in the audit.
func TestBookAppointment_keepsTheRulesOfTheCalendar(t *testing.T) {
	t.Parallel()
	c := newClinic(t, "UTC")
	doctor := newPractitioner(t, c.db, "Doctor")
	works(c, doctor, db.Work, "09:00", "17:00")
	works(c, doctor, db.Break, "12:00", "13:00")
	c.run("INSERT INTO time_off (id, starts_at, ends_at) VALUES ($1, $2, $3)", db.NewID(db.KindTimeOff), tomorrow(48+8), tomorrow(48+20))
	patient := newPatient(t, c.db, "Beridze")
	kind := db.NewID(db.KindAppointmentType)
	c.run("INSERT INTO appointment_types (id, name, length, buffer_before, buffer_after) VALUES ($1, 'Surgery', 30, 10, 10)", kind)
	newAppointment(t, c.db, newPatient(t, c.db, "There"), doctor, 2)
	for name, test := range map[string]struct {
		at      time.Time
		rest    string
		code    string // of the problem
		rule    string // that lifts it
		doctors bool   // nobody else may
		busy    string // what it is taken by, when it is no rule
	}{
		"before the hours begin":    {at: tomorrow(-1), code: "OUTSIDE_HOURS", rule: "OUTSIDE_HOURS"},
		"past the end of the hours": {at: tomorrow(16).Add(-time.Minute), code: "OUTSIDE_HOURS", rule: "OUTSIDE_HOURS"},
		"into a break":              {at: tomorrow(6).Add(-time.Minute), code: "OUTSIDE_HOURS", rule: "OUTSIDE_HOURS"},
		"on a holiday":              {at: tomorrow(48 + 9), code: "TIME_OFF", rule: "TIME_OFF", doctors: true},
		"in the past":               {at: tomorrow(-96 + 4), code: "IN_THE_PAST", rule: "LATE_ENTRY"},
		"too close to another":      {at: tomorrow(3).Add(9 * time.Minute), rest: fmt.Sprintf(", appointmentTypeId: %q", kind), code: "BUFFER", rule: "BUFFER"},
		"over another":              {at: tomorrow(2).Add(15 * time.Minute), rule: "OVERBOOKING", doctors: true, busy: "PRACTITIONER"},
	} {
		t.Run(name, func(t *testing.T) {
			c := c.in(t)
			got := bookWith(c, auth.Receptionist, patient, doctor, test.at, test.rest)
			switch {
			case test.busy != "":
				if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "SLOT_TAKEN" || got.Errors[0].Extensions.Kind != test.busy {
					t.Errorf("it answers %s", asJSON(got))
				}
			default:
				wantProblem(t, got.Errors, db.ProblemCode(test.code))
			}
			for _, other := range []string{"OUTSIDE_HOURS", "TIME_OFF", "LATE_ENTRY", "BUFFER", "OVERBOOKING"} {
				if other != test.rule && bookWith(c, auth.Doctor, patient, doctor, test.at, test.rest+overriding(other)).Errors == nil {
					t.Errorf("it is booked by breaking %s", other)
				}
			}
			if test.doctors {
				for _, role := range []auth.Role{auth.Receptionist, auth.Nurse} {
					got := bookWith(c, role, patient, doctor, test.at, test.rest+overriding(test.rule))
					if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "FORBIDDEN" || asJSON(got.Errors[0].Extensions.Denied) != `["BookingRule.`+test.rule+`"]` {
						t.Errorf("to a %s it answers %s", role, asJSON(got))
					}
				}
			}
			role := auth.Receptionist
			if test.doctors {
				role = auth.Doctor
			}
			got = bookWith(c, role, patient, doctor, test.at, test.rest+overriding(test.rule))
			want := fmt.Sprintf(`{"appointment":{"isOverbooked":%t,"overriddenRules":[%q],"overrideReason":"asked the doctor","status":"BOOKED"}}`, test.busy != "", test.rule)
			if asJSON(got.Data["bookAppointment"]) != want {
				t.Errorf("got %s, not %s", asJSON(got), want)
			}
			var noted string
			if err := c.db.SQL.Get(&noted, "SELECT reason FROM audit_log WHERE table_name = 'appointments' AND action = 'INSERT' ORDER BY id DESC LIMIT 1"); err != nil || noted != "asked the doctor" {
				t.Errorf("the audit tells %q (%v)", noted, err)
			}
			c.run("UPDATE appointments SET status = 'ENTERED_IN_ERROR' WHERE patient_id = $1", patient.ID)
		})
	}
	t.Run("notes no rule that was not broken", func(t *testing.T) {
		got := bookWith(c.in(t), auth.Doctor, patient, doctor, tomorrow(0), overriding("OUTSIDE_HOURS, TIME_OFF, BUFFER, OVERBOOKING, LATE_ENTRY"))
		if asJSON(got.Data["bookAppointment"]) != `{"appointment":{"isOverbooked":false,"overriddenRules":[],"overrideReason":null,"status":"BOOKED"}}` {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("asks for a reason", func(t *testing.T) {
		got := bookWith(c.in(t), auth.Doctor, patient, doctor, tomorrow(-1), `, override: {rules: [OUTSIDE_HOURS], reason: "why"}`)
		wantProblem(t, got.Errors, "TOO_SHORT")
	})
}

// Pitfall 12: two at once are the most, the patient is never in two places, and
// nobody loses a time that is held.
func TestBookAppointment_overbooksOnce(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor, other := newPractitioner(t, c.db, "Doctor"), newPractitioner(t, c.db, "Other")
	first, second, third := newPatient(t, c.db, "First"), newPatient(t, c.db, "Second"), newPatient(t, c.db, "Third")
	visit := newAppointment(t, c.db, first, doctor, 0)
	over, at := overriding("OVERBOOKING"), tomorrow(0).Add(15*time.Minute)
	taken := func(when string, got result, kind string) {
		t.Helper()
		if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "SLOT_TAKEN" || got.Errors[0].Extensions.Kind != kind {
			t.Errorf("%s: got %s", when, asJSON(got))
		}
	}
	if got := bookWith(c, auth.Doctor, second, doctor, at, over); got.Errors != nil {
		t.Fatalf("a second visit at once: got %s", asJSON(got))
	}
	taken("a third visit at once", bookWith(c, auth.Doctor, third, doctor, at, over), "PRACTITIONER")
	taken("a patient in two places", bookWith(c, auth.Doctor, first, other, at, over), "PATIENT")
	c.ask(step("cancelAppointment", visit, 1, "id"), nil)
	taken("a usual visit over what is left", bookWith(c, auth.Doctor, third, doctor, tomorrow(1), ""), "PRACTITIONER")
	c.ask(`mutation($id: ID!, $at: DateTime!) { holdSlot(input: {practitionerId: $id, startsAt: $at, length: {duration: "PT30M"}}) { slotHold { id } } }`,
		variables{"id": doctor.ID, "at": tomorrow(4).Format(time.RFC3339)})
	taken("a time that is held", bookWith(c, auth.Doctor, third, doctor, tomorrow(4), over), "HOLD")
}
