package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

func ptr[T any](v T) *T { return &v }

func person(family string) *db.Patient {
	p := &db.Patient{BirthDatePrecision: db.UnknownPrecision, Sex: db.UnknownSex}
	p.FamilyName = &family
	return p
}

// registering registers p.
func registering(p *db.Patient) *db.Registration {
	return &db.Registration{Patient: *p}
}

// A write holds one connection and never asks for another: with as many writers
// as connections they would wait for each other for ever.
func TestWritesNeedOneConnection(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SetPoolSize(1)
	ctx, cancel := context.WithTimeout(auth.WithActor(t.Context(), auth.SystemActor("tester")), 20*time.Second)
	defer cancel()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	p, err := d.CreatePatient(db.WithIdempotencyKey(ctx, "key-of-test", []byte("input")), registering(person("Beridze")))
	must(err)
	doctor := &db.Practitioner{}
	doctor.FamilyName = ptr("Doctor")
	doctor, err = d.CreatePractitioner(ctx, doctor)
	must(err)
	start := time.Now().Add(time.Hour)
	a, err := d.BookAppointment(ctx, &db.Booking{Appointment: db.Appointment{PatientID: p.ID, PractitionerID: &doctor.ID, StartsAt: start, EndsAt: start.Add(time.Hour)}})
	must(err)
	b, err := d.RescheduleAppointment(ctx, a.ID, 1, func(b *db.Booking) { b.StartsAt, b.EndsAt = start.Add(10*time.Minute), start.Add(70*time.Minute) })
	must(err)
	_, err = d.CreateMedicalRecord(ctx, &db.MedicalRecord{PatientID: p.ID, PractitionerID: &doctor.ID, AppointmentID: &b.ID, Diagnosis: "Diagnosis"})
	must(err)
	_, err = d.CancelAppointment(ctx, b.ID, 1, "PATIENT", nil)
	must(err)
	_, err = d.RecordAllergy(ctx, &db.Allergy{PatientID: p.ID, Substance: "Latex", Severity: db.Mild})
	must(err)
	_, err = d.ArchivePatient(ctx, p.ID, 1, "moved")
	must(err)
	_, err = d.RestorePatient(ctx, p.ID, 1)
	if stale := new(db.VersionConflictError); !errors.As(err, &stale) {
		t.Errorf("a stale version answers %v", err)
	}
}

// Whoever writes is named in the audit, with what was before and after; nobody
// writes without a name.
func TestWritesAreAudited(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := d.CreatePatient(t.Context(), registering(person("Beridze"))); !errors.Is(err, db.ErrNoActor) {
		t.Errorf("without an actor it answers %v", err)
	}
	ctx := db.WithOperation(auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Doctor}), new("operation-1"))
	p, err := d.CreatePatient(ctx, registering(person("Beridze")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.UpdatePatient(ctx, p.ID, 1, func(p *db.Patient) { p.FamilyName = ptr("Maisuradze") }); err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec("UPDATE patients SET family_name = 'Raw'") // by hand, without the application
	var entries []struct{ Actor, Operation, Action, Before, After string }
	err = d.SQL.Select(&entries, `
		SELECT actor, coalesce(operation_id, '') AS operation, action, coalesce(before ->> 'family_name', '') AS before, after ->> 'family_name' AS after
		FROM audit_log WHERE row_id = $1 ORDER BY id`, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ Actor, Operation, Action, Before, After string }{
		{"nino", "operation-1", "INSERT", "", "Beridze"}, {"nino", "operation-1", "UPDATE", "Beridze", "Maisuradze"},
	}
	if len(entries) != 3 || entries[0] != want[0] || entries[1] != want[1] || entries[2].Actor[:9] != "database:" || entries[2].After != "Raw" {
		t.Errorf("the audit holds %+v", entries)
	}
}

// A write that has begun is not cancelled with its request, as nobody would
// know whether it took effect.
func TestWritesAreNotCancelledOnceBegun(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx, cancel := context.WithCancel(auth.WithActor(t.Context(), auth.SystemActor("tester")))
	p, err := d.CreatePatient(ctx, registering(person("Beridze")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.UpdatePatient(ctx, p.ID, 1, func(p *db.Patient) {
		cancel()
		p.FamilyName = ptr("Maisuradze")
	}); err != nil {
		t.Errorf("a request that ended undid its write: %v", err)
	}
	if _, err := d.CreatePatient(ctx, registering(person("Late"))); err == nil {
		t.Error("a request that had ended began to write")
	}
}

// Writers that lose against each other are tried again, and all succeed.
func TestWritesAreRetried(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
	p, err := d.CreatePatient(ctx, registering(person("Beridze")))
	if err != nil {
		t.Fatal(err)
	}
	blocker := d.SQL.MustBegin()
	blocker.MustExec("UPDATE patients SET phone = '1'") // holds the row for longer than lock_timeout
	done := make(chan error)
	go func() {
		_, err := d.ArchivePatient(ctx, p.ID, 1, "moved")
		done <- err
	}()
	time.Sleep(2500 * time.Millisecond)
	if err := blocker.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("it gave up: %v", err)
	}
}

// A write that gives way to another is tried again, five times at most; what it
// did before has no effect.
func TestWrites_areTriedAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.MustExec(`
		CREATE SEQUENCE tries;
		CREATE TABLE failures (code text, times int);
		INSERT INTO failures VALUES ('', 0);
		GRANT ALL ON failures, tries TO PUBLIC;
		CREATE FUNCTION give_way() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
			IF nextval('tries') <= (SELECT times FROM failures) THEN -- a sequence is not set back with a transaction
				RAISE EXCEPTION 'gave way' USING ERRCODE = (SELECT code FROM failures);
			END IF;
			RETURN NULL;
		END $$;
		CREATE TRIGGER give_way AFTER INSERT ON patients FOR EACH STATEMENT EXECUTE FUNCTION give_way()`)
	ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
	tried := func(code string, times int) (int, error) {
		d.SQL.MustExec("SELECT setval('tries', 1, false)")
		d.SQL.MustExec("UPDATE failures SET code = $1, times = $2", code, times)
		_, err := d.CreatePatient(ctx, registering(person("Beridze")))
		var n int
		if err := d.SQL.Get(&n, "SELECT last_value FROM tries"); err != nil {
			t.Fatal(err)
		}
		return n, err
	}
	patients := 0
	for _, code := range []string{"40001", "40P01", "55P03"} {
		if n, err := tried(code, 5); err != nil || n != 6 {
			t.Errorf("%s five times: tried %d times, %v", code, n, err)
		}
		patients++
		if n, err := tried(code, 6); !errors.Is(err, db.ErrUnavailable) || n != 6 {
			t.Errorf("%s six times: tried %d times, %v", code, n, err)
		}
	}
	if n, err := tried("23P01", 1); err == nil || n != 1 {
		t.Errorf("what is no giving way was tried %d times, %v", n, err)
	}
	var n int
	if err := d.SQL.Get(&n, "SELECT count(*) FROM patients"); err != nil || n != patients {
		t.Errorf("%d patients were made of %d (%v)", n, patients, err)
	}
}
