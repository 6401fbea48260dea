package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/google/uuid"
)

// fillDisk leaves the audit no room until full_disk is dropped.
func fillDisk(d *dbtest.Database) {
	d.SQL.MustExec(`
		CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$;
		CREATE TRIGGER full_disk BEFORE INSERT ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION full_disk()`)
}

// A read that finds no room waits, and is in the audit once with what was noted of
// it, whether the server that kept it puts it there, or the one after it, which
// does not know what was put there already.
func TestKeepReads(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	path := filepath.Join(t.TempDir(), "reads.spool")
	open := func() *db.DB {
		t.Helper()
		one, err := db.Open(d.URL)
		if err != nil {
			t.Fatal(err)
		}
		if err := one.KeepReads(path); err != nil {
			t.Fatal(err)
		}
		return one
	}
	fillDisk(d)
	ctx := db.WithOperation(auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Doctor, UserID: uuid.New()}), new("one operation"))
	one := open()
	for range 3 {
		var reads db.Reads
		db.TouchAll(db.WithReads(ctx, &reads), uuid.New(), uuid.New())
		if err := one.RecordReads(ctx, &reads, []string{"MedicalRecord.notes"}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := one.DrainReads(t.Context()); n != 0 || err == nil || one.KeptReads() != 3 || one.TakesChanges() {
		t.Errorf("without room %d were drained, %v, and %d wait", n, err, one.KeptReads())
	}
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}

	// What is drained and then not forgotten is not put there again.
	d.SQL.MustExec("DROP FUNCTION full_disk CASCADE")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := os.WriteFile(path, before, 0o600); err != nil {
			t.Fatal(err)
		}
		one = open()
		if one.KeptReads() != 3 {
			t.Errorf("%d wait", one.KeptReads())
		}
		if _, err := one.DrainReads(t.Context()); err != nil || one.KeptReads() != 0 || !one.TakesChanges() {
			t.Errorf("with room %d wait, %v", one.KeptReads(), err)
		}
		if err := one.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var entries, late, instants int
	err = d.SQL.QueryRow(`
		SELECT count(*), count(*) FILTER (WHERE actor = 'nino' AND role = 'DOCTOR' AND operation_id = 'one operation' AND fields = '{MedicalRecord.notes}'
			AND reason LIKE 'read at %Z, kept by the server until the database took changes again'), count(DISTINCT reason)
		FROM audit_log WHERE action = 'READ'`).Scan(&entries, &late, &instants)
	if err != nil || entries != 6 || late != 6 || instants != 3 {
		t.Errorf("%d entries, %d as they were noted, of %d instants, %v", entries, late, instants, err)
	}
}

// That few patients match what an analyst asked for is said of a read that waited too.
func TestKeepReads_ofFew(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if err := d.KeepReads(filepath.Join(t.TempDir(), "reads.spool")); err != nil {
		t.Fatal(err)
	}
	fillDisk(d)
	var reads db.Reads
	ctx := db.WithReads(auth.WithActor(t.Context(), auth.Actor{Name: "ana", Role: auth.Analyst, UserID: uuid.New()}), &reads)
	sex := db.Female
	list, err := d.Patients(ctx, db.Page{}, &db.PatientWhere{Sex: &db.SexFilter{Eq: &sex}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := list.Nodes(ctx); err != nil {
		t.Fatal(err)
	}
	if err := d.RecordReads(ctx, &reads, []string{"PatientWhere.sex"}); err != nil || d.KeptReads() != 1 {
		t.Fatalf("%d wait, %v", d.KeptReads(), err)
	}
	d.SQL.MustExec("DROP FUNCTION full_disk CASCADE")
	if n, err := d.DrainReads(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d were drained, %v", n, err)
	}
	var n int
	if err := d.SQL.Get(&n, `SELECT count(*) FROM audit_log WHERE actor = 'ana' AND patient_id IS NULL
		AND reason LIKE 'read at %Z, kept by the server until the database took changes again: fewer than 11 patients match'`); err != nil || n != 1 {
		t.Errorf("%d entries say so, %v", n, err)
	}
}

// A file that an older server wrote has null where a read was of nobody in particular.
func TestKeepReads_ofNobody(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if err := d.KeepReads(filepath.Join(t.TempDir(), "reads.spool")); err != nil {
		t.Fatal(err)
	}
	someone := uuid.New()
	if err := db.KeepEntry(d.DB, `{"Who": {"actor": "nino", "role": "DOCTOR", "glass": {}}, "Patients": [null, "`+someone.String()+`"], "Fields": ["Patient.id"], "At": "2026-03-01T09:00:00Z"}`); err != nil {
		t.Fatal(err)
	}
	if n, err := d.DrainReads(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d were drained, %v", n, err)
	}
	var of []string
	if err := d.SQL.Select(&of, "SELECT coalesce(patient_id::text, 'nobody') FROM audit_log WHERE actor = 'nino'"); err != nil {
		t.Fatal(err)
	}
	slices.Sort(of)
	if !slices.Equal(of, []string{someone.String(), "nobody"}) {
		t.Errorf("the entries are of %q", of)
	}
}

// Without a spool a read that finds no room must not be answered; and the database
// is asked once a second whether it has room, however many want some.
func TestRecordReads_withoutASpool(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.MustExec(`
		CREATE SEQUENCE tries; -- which no transaction takes back
		CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('public.tries'); RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$;
		CREATE TRIGGER full_disk BEFORE INSERT ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION full_disk()`)
	ctx := auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Doctor, UserID: uuid.New()})
	begun := time.Now()
	for range 50 {
		var reads db.Reads
		db.TouchAll(db.WithReads(ctx, &reads), uuid.New())
		if err := d.RecordReads(ctx, &reads, nil); !errors.Is(err, db.ErrNoWrites) || !errors.Is(err, db.ErrUnavailable) {
			t.Errorf("it says %v", err)
		}
		if _, err := d.CreateRoom(auth.WithActor(ctx, auth.SystemActor("test")), &db.Room{Name: "Room"}); !errors.Is(err, db.ErrNoWrites) {
			t.Errorf("a room is made with %v", err)
		}
	}
	var tries float64
	if err := d.SQL.Get(&tries, "SELECT last_value FROM tries"); err != nil || tries > 1+time.Since(begun).Seconds() {
		t.Errorf("the database was asked %v times in %v, %v", tries, time.Since(begun), err)
	}
}
