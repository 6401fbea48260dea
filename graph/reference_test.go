package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

// What rows refer to is read with them, by their statement, for staff; whole rows, what a second
// name asks for and what analysts read have one of their own.
func TestReferences_areReadWithTheirRows(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	room := newRoom(t, c.db, "Room")
	for i := range 6 {
		patient, doctor := newPatient(t, c.db, fmt.Sprintf("Name%d", i)), newPractitioner(t, c.db, fmt.Sprintf("Doctor%d", i))
		newRecord(t, c.db, patient, doctor, 1)
		c.db.SQL.MustExec("UPDATE appointments SET room_id = $1 WHERE id = $2", room.ID, newAppointment(t, c.db, patient, doctor, i).ID)
	}
	visit := quoted(newAppointment(t, c.db, newPatient(t, c.db, "Other"), newPractitioner(t, c.db, "Doctor"), 9).ID)
	for name, step := range map[string]struct {
		role        auth.Role
		query, want string
		shows       string
		times       int // that it shows that
	}{
		"of a list":        {auth.Doctor, `{ appointments(first: 6) { nodes { patient { mrn familyName } practitioner { familyName } room { name } } } }`, "1", `{"name":"Room"}`, 5},
		"of what hangs on": {auth.Doctor, `{ patients { nodes { appointments { nodes { practitioner { familyName } room { name } } } } } }`, "2", `{"name":"Room"}`, 6},
		"of one":           {auth.Receptionist, `{ appointment(id: ` + visit + `) { patient { familyName } room { name } } }`, "1", `{"patient":{"familyName":"Other"},"room":null}`, 1},
		"of any":           {auth.Receptionist, `{ node(id: ` + visit + `) { ... on Appointment { patient { familyName } } } }`, "1", `"Other"`, 1},
		"under two names":  {auth.Doctor, `{ appointments { nodes { a: patient { familyName } b: patient { mrn } } } }`, "2", `"a":{"familyName":"Name`, 6},
		"of what refers":   {auth.Doctor, `{ medicalRecords { nodes { practitioner { familyName } patient { familyName } } } }`, "1", `"patient":{"familyName":"Name`, 6},
		"what hangs on it": {auth.Doctor, `{ appointments { nodes { patient { familyName appointments { nodes { startsAt } } } } } }`, "2", `"startsAt"`, 7},
		"the past's":       {auth.Doctor, `query @asOf(at: "2026-01-02T00:00:00Z") { appointments { nodes { patient { familyName } } } }`, "1", `{"nodes":[]}`, 1},
		"read by analysts": {auth.Analyst, `{ appointments { nodes { practitioner { specialty } } } }`, "2", `"practitioner"`, 7},
		"whole rows":       {auth.Doctor, `{ appointments { nodes { patient { familyName allergies { code } } } } }`, "3", `"familyName":"Name`, 6},
	} {
		t.Run(name, func(t *testing.T) {
			c := c.in(t).as(step.role)
			c.ask(step.query, nil) // reads the key of cursors, once for a server
			response, text := c.post(step.query, nil)
			if got := statements(t, response.Header.Get("Server-Timing")); step.want != "" && got != step.want || strings.Count(text, step.shows) != step.times {
				t.Errorf("it took %s statements, not %s: %s", got, step.want, text)
			}
		})
	}
}

// The row that tells of another page is read for nothing else: what it refers to is neither
// answered, nor noted, nor is anything read that hangs on it.
func TestReferences_endWithThePage(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	for i := range 3 {
		patient := newPatient(t, c.db, fmt.Sprintf("Name%d", i))
		newAppointment(t, c.db, patient, doctor, i)
		newRecord(t, c.db, patient, doctor, i+1)
	}
	const page = `(first: 1) { nodes { patient { medicalRecords { nodes { diagnosis } } } } pageInfo { hasNextPage } }`
	for name, query := range map[string]string{
		"a list":        `{ appointments` + page + ` }`,
		"what hangs on": `{ practitioner(id: ` + quoted(doctor.ID) + `) { appointments` + page + ` } }`,
	} {
		t.Run(name, func(t *testing.T) {
			response, text := c.in(t).as(auth.Doctor).post(query, nil)
			var noted int
			if err := c.db.SQL.Get(&noted, readsOfCharts+" AND operation_id = $1", response.Header.Get("Operation-Id")); err != nil {
				t.Fatal(err)
			}
			if noted != 1 || strings.Count(text, `"diagnosis"`) != 1 || !strings.Contains(text, `"hasNextPage":true`) {
				t.Errorf("%d charts are noted: %s", noted, text)
			}
		})
	}
}

// A statement that takes too long fails for the list that it was made for.
func TestReferences_failWithTheirRows(t *testing.T) {
	t.Parallel()
	c := newTrouble(t, "practitioners", func(d *dbtest.Database) http.Handler { return graph.Handler(d.DB, nil) })
	text, asked := c.during("pg_cancel_backend", `{ appointments { nodes { practitioner { familyName } } } }`)
	if !strings.Contains(text, `"path":["appointments","nodes"]`) || !strings.Contains(text, "TIMED_OUT") || asked != 1 {
		t.Errorf("the database was asked %d times: %s", asked, text)
	}
}
