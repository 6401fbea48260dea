package graph_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
)

const book = `mutation($input: BookAppointmentInput!) { bookAppointment(input: $input) {
	appointment { id version status startsAt endsAt patient { displayName } practitioner { displayName } } appointmentEdge { node { id } } } }`

func booking(patient *db.Patient, practitioner *db.Practitioner, n int) variables {
	return variables{"input": variables{
		"patientId": patient.ID, "practitionerId": practitioner.ID,
		"startsAt": tomorrow(n).Format(time.RFC3339), "endsAt": tomorrow(n + 1).Format(time.RFC3339),
	}}
}

// Pitfall 10: the database refuses a double booking, whoever is quicker.
func TestBookAppointment_hasOneWinnerAmong32(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	patients := make([]*db.Patient, 32)
	for i := range patients {
		patients[i] = newPatient(t, c.db, fmt.Sprintf("Name%d", i))
	}
	outcomes := make([]string, len(patients))
	var race sync.WaitGroup
	start := make(chan struct{})
	for i, patient := range patients {
		race.Go(func() {
			<-start
			_, outcomes[i] = c.post(book, booking(patient, doctor, 0))
		})
	}
	close(start)
	race.Wait()
	winners := 0
	for _, text := range outcomes {
		got := parse(t, text)
		switch {
		case got.Errors == nil && got.Data.text("bookAppointment.appointment.status") == "BOOKED":
			winners++
		case len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "SLOT_TAKEN" || got.Errors[0].Extensions.Kind != "PRACTITIONER":
			t.Errorf("a loser was told %s", text)
		}
	}
	if n := c.count("SELECT count(*) FROM appointments"); winners != 1 || n != 1 {
		t.Errorf("%d won, %d rows", winners, n)
	}
}

func TestBookAppointment(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	newAppointment(t, c.db, patient, doctor, 0)
	t.Run("takes the slot that begins when another ends", func(t *testing.T) {
		got := c.ask(book, booking(newPatient(t, c.db, "Next"), doctor, 1))
		if got.text("bookAppointment.appointment.startsAt") != tomorrow(1).Format(time.RFC3339) {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("refuses a patient who is elsewhere then", func(t *testing.T) {
		got := c.refused(book, booking(patient, newPractitioner(t, c.db, "Other"), 0))
		if got[0].Extensions.Code != "SLOT_TAKEN" || got[0].Extensions.Kind != "PATIENT" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	// Pitfalls 17 and 25.
	t.Run("refuses whoever cannot be booked", func(t *testing.T) {
		archived, dead, left := newPatient(t, c.db, "Archived"), newPatient(t, c.db, "Dead"), newPractitioner(t, c.db, "Left")
		mustDo(t)(c.db.ArchivePatient(acting(t), archived.ID, 1, "moved abroad"))
		mustDo(t)(c.db.UpdatePatient(acting(t), dead.ID, 1, func(p *db.Patient) { p.DeceasedOn = ptr(db.Date("2026-01-01")) }))
		mustDo(t)(c.db.DeactivatePractitioner(acting(t), left.ID, 1, "retired"))
		wantProblem(t, c.refused(book, booking(archived, doctor, 5)), "ARCHIVED")
		wantProblem(t, c.refused(book, booking(dead, doctor, 5)), "DECEASED")
		wantProblem(t, c.refused(book, booking(patient, left, 5)), "INACTIVE")
	})
	t.Run("refuses times that cannot be", func(t *testing.T) {
		for name, test := range map[string]struct {
			from, to time.Time
			code     db.ProblemCode
		}{
			"of no length":   {tomorrow(9), tomorrow(9), "TOO_SHORT"},
			"of 25 hours":    {tomorrow(9), tomorrow(59), "TOO_LONG"},
			"in the past":    {tomorrow(-96), tomorrow(-95), "IN_THE_PAST"},
			"in ten years":   {tomorrow(10 * 365 * 48), tomorrow(10*365*48 + 1), "IN_THE_FUTURE"},
			"end then start": {tomorrow(9), tomorrow(8), "END_BEFORE_START"},
		} {
			input := booking(patient, doctor, 0)
			input["input"].(variables)["startsAt"] = test.from.Format(time.RFC3339)
			input["input"].(variables)["endsAt"] = test.to.Format(time.RFC3339)
			t.Run(name, func(t *testing.T) { wantProblem(t, c.in(t).refused(book, input), test.code) })
		}
	})
}

// Pitfall 15: the old time is free only together with the new one being taken.
func TestRescheduleAppointment(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, other, doctor := newPatient(t, c.db, "Beridze"), newPatient(t, c.db, "Other"), newPractitioner(t, c.db, "Doctor")
	visit := newAppointment(t, c.db, patient, doctor, 0)
	newAppointment(t, c.db, other, doctor, 2)
	const move = `mutation($input: RescheduleAppointmentInput!) { rescheduleAppointment(input: $input) { appointment {
		id status startsAt endsAt rescheduledFrom { id status cancellationReason rescheduledTo { id } } } } }`
	input := func(n int) variables {
		return variables{"input": variables{"appointmentId": visit.ID, "expectedVersion": 1, "startsAt": tomorrow(n).Format(time.RFC3339)}}
	}
	if got := c.refused(move, input(2)); got[0].Extensions.Code != "SLOT_TAKEN" {
		t.Errorf("moving onto another visit answered %s", asJSON(got))
	}
	if status := c.ask(`query($id: ID!) { appointment(id: $id) { status } }`, variables{"id": visit.ID}).text("appointment.status"); status != "BOOKED" {
		t.Errorf("a refused move left the visit %s", status)
	}
	// By a quarter of an hour, so that old and new time overlap.
	near := input(0)
	near["input"].(variables)["startsAt"] = tomorrow(0).Add(15 * time.Minute).Format(time.RFC3339)
	got := c.ask(move, near)
	id := got.text("rescheduleAppointment.appointment.id")
	want := fmt.Sprintf(`{"rescheduleAppointment":{"appointment":{"endsAt":%q,"id":%q,"rescheduledFrom":{"cancellationReason":"RESCHEDULED","id":%q,"rescheduledTo":{"id":%q},"status":"CANCELLED"},"startsAt":%q,"status":"BOOKED"}}}`,
		tomorrow(1).Add(15*time.Minute).Format(time.RFC3339), id, visit.ID, id, tomorrow(0).Add(15*time.Minute).Format(time.RFC3339))
	if asJSON(got) != want {
		t.Errorf("got  %s\nwant %s", asJSON(got), want)
	}
}

// What a visit is about and where it is can change while its time stands.
func TestUpdateAppointment(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit := newAppointment(t, c.db, patient, doctor, 0)
	room, taken, closed := db.NewID(db.KindRoom), db.NewID(db.KindRoom), db.NewID(db.KindRoom)
	c.run("INSERT INTO rooms (id, name, is_active) VALUES ($1, 'Free', true), ($2, 'Taken', true), ($3, 'Closed', false)", room, taken, closed)
	other := newAppointment(t, c.db, newPatient(t, c.db, "Other"), newPractitioner(t, c.db, "Other"), 0)
	c.run("UPDATE appointments SET room_id = $2 WHERE id = $1", other.ID, taken)
	const update = `mutation($input: UpdateAppointmentInput!) { updateAppointment(input: $input) { appointment { version type reason room { name } } } }`
	input := func(version int, field string, value any) variables {
		return variables{"input": variables{"appointmentId": visit.ID, "expectedVersion": version, field: value}}
	}
	if got := c.refused(update, input(1, "roomId", taken)); got[0].Extensions.Code != "SLOT_TAKEN" || got[0].Extensions.Kind != "ROOM" {
		t.Errorf("got %s", asJSON(got))
	}
	wantProblem(t, c.refused(update, input(1, "roomId", closed)), "INACTIVE")
	c.ask(update, input(1, "roomId", room))
	c.ask(update, input(2, "type", "Check-up"))
	got := c.ask(update, input(3, "reason", "cough"))
	if want := `{"updateAppointment":{"appointment":{"reason":"cough","room":{"name":"Free"},"type":"Check-up","version":4}}}`; asJSON(got) != want {
		t.Errorf("got %s", asJSON(got))
	}
	c.run("UPDATE appointments SET status = 'COMPLETED', room_id = NULL WHERE id = $1", visit.ID)
	wantProblem(t, c.refused(update, input(4, "roomId", room)), "NOT_ALLOWED_NOW")
}
