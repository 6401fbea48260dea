package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/migrations"
	"github.com/jmoiron/sqlx"
)

// Servers that start at once on a database that is empty, and on one of an earlier
// version with a clinic in it, all become ready, and each migration is applied by
// one of them. BenchmarkServe_replicas has ten start ten times.
func TestServe_replicas(t *testing.T) {
	t.Parallel()
	for name, database := range startingPoints {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, pending := database(t)
			startTogether(t, 4, url, pending)
		})
	}
}

// BenchmarkServe_replicas tells how long it took until the last of ten servers was
// ready, at the most of ten times.
func BenchmarkServe_replicas(b *testing.B) {
	for name, database := range startingPoints {
		b.Run(name, func(b *testing.B) {
			slowest, all := time.Duration(0), time.Duration(0)
			for range 10 {
				url, pending := database(b)
				took := startTogether(b, 10, url, pending)
				slowest, all = max(slowest, took), all+took
			}
			b.ReportMetric(all.Seconds()/10, "mean-s")
			b.ReportMetric(slowest.Seconds(), "slowest-s")
		})
	}
}

// startingPoints make a database to start on, and say how many migrations are to
// be applied to it.
var startingPoints = map[string]func(testing.TB) (url string, pending int){
	"an empty database": func(t testing.TB) (string, int) { return dbtest.Empty(t), countMigrations(t) },
	"a database of an earlier version": func(t testing.TB) (string, int) {
		t.Helper()
		const newer = 3
		d := dbtest.New(t)
		if _, err := seed.Run(auth.WithActor(t.Context(), auth.SystemActor("seed")), d.DB, seed.Options{Patients: 50, Seed: 1, Now: time.Now()}); err != nil {
			t.Fatal(err)
		}
		if n, err := migrations.Down(t.Context(), d.SQL.DB, newer); n != newer || err != nil {
			t.Fatalf("%d migrations were taken back: %v", n, err)
		}
		return d.URL, newer
	},
}

func countMigrations(t testing.TB) int {
	t.Helper()
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

// startTogether starts so many servers at once and stops them, and returns how
// long it took until the last was ready.
func startTogether(t testing.TB, replicas int, url string, pending int) time.Duration {
	t.Helper()
	servers, begun := make([]*process, replicas), time.Now()
	together(replicas, func(i int) {
		var err error
		if servers[i], err = launch(t, []string{"DATABASE_URL=" + url}); err != nil {
			t.Errorf("server %d: %v", i, err)
		}
	})
	if t.Failed() {
		t.FailNow()
	}
	for n, s := range servers {
		if !s.becomes(t, 200) {
			t.Errorf("server %d is not ready", n)
		}
	}
	took := time.Since(begun)
	migrated := 0
	for n, s := range servers {
		if err := s.end(syscall.SIGTERM); err != nil {
			t.Errorf("server %d ended with %v", n, err)
		}
		said := s.output.String()
		if strings.Contains(said, `"ERROR"`) {
			t.Errorf("server %d logged %.2000s", n, said)
		}
		if strings.Contains(said, `"msg":"migrated"`) {
			migrated++
			if !strings.Contains(said, fmt.Sprintf(`"applied":%d}`, pending)) {
				t.Errorf("server %d applied others than all %d: %.2000s", n, pending, said)
			}
		}
	}
	if migrated != 1 {
		t.Errorf("%d servers applied migrations", migrated)
	}
	pool, err := sqlx.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var applied, different int
	if err := pool.QueryRow("SELECT count(*), count(DISTINCT id) FROM schema_migrations").Scan(&applied, &different); err != nil || applied != countMigrations(t) || different != applied {
		t.Errorf("%d migrations are applied, %d different ones: %v", applied, different, err)
	}
	return took
}

// A server of this version restarts on a database that the next one migrated, which
// only added to it, and works there: reads, writes, history, audit and all.
func TestServe_onANewerSchema(t *testing.T) {
	t.Parallel()
	c := newClinic(t, 1, 1, 1)
	addUser(t, c.Database, "doctor", auth.Doctor)
	doctor := signIn(t, "http://"+c.servers[0].address, "doctor", testPassword)
	patient := c.patients[0].String()
	work := func(when string, hour int) {
		t.Helper()
		doctor.address = "http://" + c.servers[0].address // the jar tells hosts apart, not ports
		a := c.client(0)
		if got, err := a.book(c.patients[0], c.practitioners[0], c.day(1).Add(time.Duration(hour)*time.Hour), ""); err != nil || got.ID == "" {
			t.Errorf("%s: a booking is answered %+v, %v", when, got, err)
		}
		if _, code := tryToRegister(doctor, "Name "+when); code != "" {
			t.Errorf("%s: registering is answered %s", when, code)
		}
		for _, document := range []string{
			fmt.Sprintf(`mutation { updatePatient(input: {patientId: %q, expectedVersion: %d, genderIdentity: %q}) { patient { id } } }`, patient, hour+1, when),
			fmt.Sprintf(`mutation { createMedicalRecord(input: {patientId: %q, practitionerId: %q, diagnosis: "Cold"}) { medicalRecord { id } } }`, patient, c.practitioners[0]),
			fmt.Sprintf(`{ patient(id: %q) { history(first: 5) { nodes { changes { field } } } medicalRecords { nodes { diagnosis } } appointments { nodes { startsAt } } } }`, patient),
			fmt.Sprintf(`query @asOf(at: %q) { patient(id: %q) { genderIdentity } }`, time.Now().UTC().Format(time.RFC3339Nano), patient),
		} {
			if got := doctor.ask(document); at(got, "errors") != nil {
				t.Errorf("%s: %s answers %v", when, document, got)
			}
		}
	}
	work("before", 0)
	c.SQL.MustExec(`
		ALTER TABLE patients ADD COLUMN occupation text CHECK (length(occupation) <= 100);
		ALTER TABLE history.patients ADD COLUMN occupation text;
		SELECT show_as_of('patients');
		ALTER TABLE appointments ADD COLUMN is_remote boolean NOT NULL DEFAULT false;
		ALTER TABLE history.appointments ADD COLUMN is_remote boolean NOT NULL DEFAULT false;
		SELECT show_as_of('appointments');
		CREATE TABLE referrals (id uuid PRIMARY KEY, version int NOT NULL DEFAULT 1, patient_id uuid NOT NULL REFERENCES patients);
		SELECT audit_table('referrals');
		INSERT INTO schema_migrations (id, applied_at) VALUES ('9999_of_tomorrow.sql', now())`)
	work("while it ran", 1)
	if err := c.servers[0].end(syscall.SIGTERM); err != nil {
		t.Errorf("it ended with %v", err)
	}
	c.servers[0] = startOn(t, c.URL)
	if said := c.servers[0].output.String(); strings.Contains(said, `"migrated"`) {
		t.Errorf("it says %s", said)
	}
	work("afterwards", 2)
	report, err := c.VerifyAudit(t.Context(), db.VerifyOptions{})
	if err != nil || report.Broken != nil {
		t.Errorf("the audit: %v, %v", report.Broken, err)
	}
	c.checkPeace(t)
}
