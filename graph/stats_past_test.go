package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// Statistics as of an instant count what there was then, by what it was then.
func TestStats_asOf(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	patient := newPatient(t, c.db, "Early")
	visit := newAppointment(t, c.db, patient, doctor, 1)
	newRecord(t, c.db, patient, doctor, 1)
	who := c.as(auth.Doctor)
	const statistics = ` { appointmentStats(groupBy: [STATUS]) { nodes { key { status } count distinctPatients cancellationRate } } recordStats(groupBy: [STATUS]) { nodes { key { status } count } } patientStats(groupBy: [SEX]) { nodes { key { sex } count } } }`
	then, at := asJSON(who.ask(statistics, nil)), c.instant()
	who.ask(`mutation($id: ID!) { cancelAppointment(input: {appointmentId: $id, expectedVersion: 1, reason: PATIENT}) { appointment { id } } }`, variables{"id": visit.ID})
	other := newPatient(t, c.db, "Late")
	newAppointment(t, c.db, other, doctor, 2)
	newRecord(t, c.db, other, doctor, 2)
	if now := asJSON(who.ask(statistics, nil)); now == then || !strings.Contains(now, "CANCELLED") {
		t.Fatalf("now it is %s", now)
	}
	for name, query := range map[string]string{"in the document": fmt.Sprintf("query @asOf(at: %q)", at), "by a variable": "query($at: DateTime!) @asOf(at: $at)"} {
		if got := asJSON(who.ask(query+statistics, variables{"at": at})); got != then {
			t.Errorf("%s it was %s, not %s", name, got, then)
		}
	}
	if got := asJSON(who.ask(`query @asOf(at: "1990-01-01T00:00:00Z")`+statistics, nil)); strings.Contains(got, "status") {
		t.Errorf("before there was anything it was %s", got)
	}
	got := c.as(auth.Analyst).refused(fmt.Sprintf("query @asOf(at: %q)", at)+statistics, nil)
	if told(got) != "FORBIDDEN" || !strings.Contains(got[0].Message, "@asOf") {
		t.Errorf("analysts are answered %s", asJSON(got))
	}
}

// The working time of an instant is that of the hours which held then.
func TestStats_asOfHours(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor := h.employ("doctor", auth.Doctor)
	newAppointment(t, h.db, newPatient(t, h.db, "Visitor"), doctor.practitioner, 1)
	day := time.Now().UTC().Truncate(24 * time.Hour)
	query := fmt.Sprintf(` { appointmentStats(groupBy: [PRACTITIONER], where: {startsAt: {gte: %q, lt: %q}}) { nodes { bookedMinutes utilisation } } }`,
		day.AddDate(0, 0, -30).Format(time.RFC3339), day.AddDate(0, 0, 60).Format(time.RFC3339))
	then, at := asJSON(doctor.ask(query, nil)), h.instant()
	if !strings.Contains(then, `"utilisation":0.`) {
		t.Fatalf("it is %s", then)
	}
	h.run("UPDATE working_hours SET end_time = end_time - interval '1 hour' WHERE practitioner_id = $1 AND kind = 'WORK'", doctor.practitioner.ID)
	if now := asJSON(doctor.ask(query, nil)); now == then {
		t.Fatalf("with other hours it is %s still", now)
	}
	if got := asJSON(doctor.ask(fmt.Sprintf("query @asOf(at: %q)", at)+query, nil)); got != then {
		t.Errorf("it was %s, not %s", got, then)
	}
}
