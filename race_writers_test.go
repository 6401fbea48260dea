package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/fhir"
	"github.com/lib/pq"
)

// Clients race for each slot against others who write past the API: one wins, all
// others are told so, whoever they are.
func TestBookAppointment_racedByOthers(t *testing.T) {
	t.Parallel()
	const clients, others, slots = 25, 25, 10
	for name, other := range map[string]func(*testing.T, *clinic, slot, int) bool{"raw SQL": writeByHand, "an import": importVisit} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClinic(t, 2, 2, clients+others)
			c.SQL.SetMaxIdleConns(others) // or they would queue for connections instead
			all := make([]*api, clients)
			for i := range all {
				all[i] = c.client(i)
			}
			won := 0
			for _, s := range c.slots(slots, 1) {
				outcomes := make([]*outcome, clients)
				byOthers := make([]bool, others)
				together(clients+others, func(i int) {
					if i >= clients {
						byOthers[i-clients] = other(t, c, s, i)
						return
					}
					var err error
					if outcomes[i], err = all[i].book(c.patients[i], s.practitioner, s.start, ""); err != nil {
						t.Error(err)
					}
				})
				c.checkRace(t, s, outcomes)
				winners := 0
				for _, o := range outcomes {
					if o != nil && o.ID != "" {
						winners++
					}
				}
				for _, is := range byOthers {
					if is {
						winners++
						won++
					}
				}
				if winners != 1 {
					t.Errorf("%d were told that they have the time", winners)
				}
			}
			c.checkPeace(t)
			t.Logf("clients got %d, the others %d of %d slots", slots-won, won, slots)
		})
	}
}

// writeByHand inserts a visit of the nth patient as the owner of the database.
func writeByHand(t *testing.T, c *clinic, s slot, n int) bool {
	_, err := c.SQL.Exec(`
		INSERT INTO appointments (id, patient_id, practitioner_id, starts_at, ends_at, status)
		VALUES ($1, $2, $3, $4, $5, 'BOOKED')`, db.NewID(db.KindAppointment), c.patients[n], s.practitioner, s.start, s.start.Add(visitLength))
	var refused *pq.Error
	if err != nil && (!errors.As(err, &refused) || refused.Code != "23P01") {
		t.Errorf("by hand: %v", err)
	}
	return err == nil
}

// importVisit imports the bundle of a patient who is not known and has the visit.
func importVisit(t *testing.T, c *clinic, s slot, n int) bool {
	path := filepath.Join(t.TempDir(), "bundle.json")
	id := fmt.Sprintf("%d-%d", s.start.Unix(), n)
	bundle := fmt.Sprintf(`{"resourceType": "Bundle", "type": "collection", "entry": [
		{"resource": {"resourceType": "Patient", "id": "p%[1]s", "name": [{"family": "Imported %[1]s"}], "gender": "unknown"}},
		{"resource": {"resourceType": "Appointment", "id": "a%[1]s", "status": "booked", "start": %[2]q, "end": %[3]q, "participant": [
			{"actor": {"reference": "Patient/p%[1]s"}}, {"actor": {"reference": "Practitioner?identifier=urn:doctor|%[4]d"}}]}}]}`,
		id, s.start.Format(time.RFC3339), s.start.Add(visitLength).Format(time.RFC3339), slices.Index(c.practitioners, s.practitioner))
	if err := os.WriteFile(path, []byte(bundle), 0o600); err != nil {
		t.Error(err)
	}
	report, err := fhir.Import(auth.WithActor(t.Context(), auth.SystemActor("import")), c.DB, fhir.Options{Paths: []string{path}})
	if err != nil {
		t.Errorf("import: %v", err)
		return false
	}
	written := report.Resources["Appointment"].Written == 1
	for _, p := range report.Problems {
		if written || len(report.Problems) != 1 || p.Path != "Appointment.start" || p.Reason != "is when the practitioner has another visit" {
			t.Errorf("import: %v", p)
		}
	}
	return written
}
