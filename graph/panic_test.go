package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
)

// A panic fails the operation that it befalls and no other, wherever it is; nothing of what
// it says is told, nothing is half-written, and no connection is lost by it.
func TestPanic(t *testing.T) {
	t.Parallel()
	const (
		people = `{ patients { nodes { id age appointments { nodes { id practitioner { id } } totalCount } } } }`
		write  = `mutation { createRoom(input: {name: "Room %d"}) { room { id } } }`
	)
	for name, at := range map[string]struct{ object, field, key, query string }{
		"a resolver":                  {"Query", "patients", "", people},
		"a statement of a resolver":   {"Query", "patients", "statsKey", people},
		"a field of many rows":        {"Patient", "age", "", people},
		"a row that is read for many": {"Appointment", "practitioner", "lensKey", people},
		"a list that is read for all": {"PatientConnection", "nodes", "", people},
		"lists that are read for all": {"AppointmentConnection", "nodes", "lensKey", people},
		"a count for all":             {"AppointmentConnection", "totalCount", "statsKey", people},
		"a mutation":                  {"Mutation", "createRoom", "", write},
		"a transaction":               {"Mutation", "createRoom", "operationKey", write},
		"the answer to a mutation":    {"CreateRoomPayload", "room", "", write},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const said = "PLANTED of a patient"
			c := newOwnClient(t, auth.System, func(d *db.DB) http.Handler { return graph.Panicking(d, at.object, at.field, at.key, said) })
			doctor := newPractitioner(t, c.db, "Doctor")
			for range 3 {
				newAppointment(t, c.db, newPatient(t, c.db, "Beridze"), doctor, 0)
				doctor = newPractitioner(t, c.db, "Doctor")
			}
			rooms := c.count("SELECT count(*) FROM rooms")
			var all sync.WaitGroup
			for n := range 5 {
				for m := range 8 { // together more than there are connections
					all.Go(func() {
						response, text := c.post(strings.ReplaceAll(at.query, "%d", fmt.Sprint(8*n+m)), nil)
						if response.StatusCode != http.StatusOK || !strings.Contains(text, `"code":"INTERNAL"`) || strings.Contains(text, "PLANTED") {
							t.Errorf("%d: %s", response.StatusCode, text)
						}
					})
				}
				all.Wait()
				c.ask(`{ clinic { name } rooms { nodes { id } } }`, nil)
			}
			written := c.count("SELECT count(*) FROM rooms") - rooms
			if want := map[bool]int{true: 40}[at.object == "CreateRoomPayload"]; written != want {
				t.Errorf("%d rooms were written", written)
			}
			if n := c.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'"); n != 0 {
				t.Errorf("%d transactions are left", n)
			}
		})
	}
}

// A panic about one event ends its subscription, and nothing else.
func TestPanic_ofASubscription(t *testing.T) {
	t.Parallel()
	c := newOwnClient(t, auth.System, func(d *db.DB) http.Handler { return graph.Panicking(d, "AppointmentChange", "kind", "", "PLANTED") })
	goLive(t, c.db.DB)
	w := c.connect()
	for _, id := range []string{"1", "2"} {
		w.subscribe(id, `subscription { appointmentChanged(range: {date: "2026-03-02"}) { kind } }`, nil)
		got := w.next()
		if text := got.Type + string(got.Payload); !strings.Contains(text, "INTERNAL") || strings.Contains(text, "PLANTED") {
			t.Errorf("got %s", text)
		}
	}
	c.ask(`{ clinic { name } }`, nil)
}
