package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/fhir"
	"github.com/lib/pq"
)

// otherWriters are those who write past the API, each for the nth patient. They
// say whether the visit is theirs.
var otherWriters = map[string]func(t testing.TB, c *clinic, s slot, n int) bool{"raw SQL": writeByHand, "imports": importVisit}

// Clients race for each slot against others who write past the API: one wins, all
// the rest are told so, whoever they are.
func TestBookAppointment_racedByOthers(t *testing.T) {
	t.Parallel()
	for name, other := range otherWriters {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			won := raceOthers(t, other, 10)
			t.Logf("clients got %d, the others %d slots", 10-won, won)
		})
	}
}

// BenchmarkBookAppointment_racedByOthers does the same for a hundred slots.
func BenchmarkBookAppointment_racedByOthers(b *testing.B) {
	for name, other := range otherWriters {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				b.ReportMetric(float64(raceOthers(b, other, 100)), "slots-of-the-others")
			}
		})
	}
}

// raceOthers has 25 clients of two servers and 25 others want each slot at once,
// and returns how many the others got.
func raceOthers(t testing.TB, other func(testing.TB, *clinic, slot, int) bool, slots int) (won int) {
	t.Helper()
	const clients, others = 25, 25
	c := newClinic(t, 2, 10, clients+others)
	c.SQL.SetMaxIdleConns(others) // or they would queue for connections instead
	all := make([]*api, clients)
	for i := range all {
		all[i] = c.client(i)
	}
	for _, s := range c.slots(slots, 1) {
		outcomes := make([]*outcome, clients)
		isTheirs := make([]bool, others)
		together(clients+others, func(i int) {
			if i >= clients {
				isTheirs[i-clients] = other(t, c, s, i)
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
		for _, is := range isTheirs {
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
	return won
}

// writeByHand inserts a visit of the nth patient as the owner of the database.
func writeByHand(t testing.TB, c *clinic, s slot, n int) bool {
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
func importVisit(t testing.TB, c *clinic, s slot, n int) bool {
	path := filepath.Join(t.TempDir(), "bundle.json")
	c.writeBundle(t, path, s, n)
	report, err := fhir.Import(auth.WithActor(t.Context(), auth.SystemActor("import")), c.DB, fhir.Options{Paths: []string{path}})
	if err != nil {
		t.Errorf("import: %v", err)
		return false
	}
	checkImport(t, report, 1)
	return report.Resources["Appointment"].Written == 1
}

// writeBundle writes the nth bundle that tells of a visit at the slot.
func (c *clinic) writeBundle(t testing.TB, path string, s slot, n int) {
	t.Helper()
	bundle := fmt.Sprintf(`{"resourceType": "Bundle", "type": "collection", "entry": [
		{"resource": {"resourceType": "Patient", "id": "p%[1]s", "name": [{"family": "Imported %[1]s"}], "gender": "unknown"}},
		{"resource": {"resourceType": "Appointment", "id": "a%[1]s", "status": "booked", "start": %[2]q, "end": %[3]q, "participant": [
			{"actor": {"reference": "Patient/p%[1]s"}}, {"actor": {"reference": "Practitioner?identifier=urn:doctor|%[4]d"}}]}}]}`,
		fmt.Sprintf("%d-%d", s.start.Unix(), n), s.start.Format(time.RFC3339), s.start.Add(visitLength).Format(time.RFC3339), slices.Index(c.practitioners, s.practitioner))
	if err := os.WriteFile(path, []byte(bundle), 0o600); err != nil {
		t.Error(err)
	}
}

// checkImport says whether each of n visits was kept, or refused for its time.
func checkImport(t testing.TB, report *fhir.Report, n int) {
	t.Helper()
	if got := *report.Resources["Appointment"]; got.Written+got.Refused != n || len(report.Problems) != got.Refused {
		t.Errorf("import: %+v", got)
	}
	for _, p := range report.Problems {
		if p.Path != "Appointment.start" || p.Reason != "is when the practitioner has another visit" {
			t.Errorf("import: %v", p)
		}
	}
}

// The command imports many visits while clients want the same times.
func TestImportCommand_besideBookings(t *testing.T) {
	t.Parallel()
	const clients, slots, bundles = 10, 20, 3
	c := newClinic(t, 2, 2, clients)
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "report.json")
	wanted := c.slots(slots, 1)
	for n, s := range wanted {
		for b := range bundles {
			c.writeBundle(t, filepath.Join(folder, fmt.Sprintf("%02d-%d.json", n, b)), s, b)
		}
	}
	var booked atomic.Int64
	together(clients+1, func(i int) {
		if i == clients {
			if _, said, status := command(t, c.URL, "import", folder, "--report", file); status != 1 || strings.Contains(said, "SQLSTATE") {
				t.Errorf("it ends with %d: %s", status, said)
			}
			return
		}
		for len(c.held(t)) == 0 { // until it has begun
			time.Sleep(time.Millisecond)
		}
		for _, s := range slices.Backward(wanted) { // to meet in the middle
			switch o, err := c.client(i).book(c.patients[i], s.practitioner, s.start, ""); {
			case err != nil:
				t.Error(err)
			case o.ID != "":
				booked.Add(1)
			case o.Code != "SLOT_TAKEN":
				t.Errorf("%+v", *o)
			}
		}
	})
	report := readReport(t, file)
	checkImport(t, report, slots*bundles)
	if all := len(c.held(t)); all != slots || int(booked.Load())+report.Resources["Appointment"].Written != slots {
		t.Errorf("%d visits are there, %d were acknowledged, %d imported", all, booked.Load(), report.Resources["Appointment"].Written)
	}
	t.Logf("clients got %d of %d slots", booked.Load(), slots)
	c.checkPeace(t)
}
