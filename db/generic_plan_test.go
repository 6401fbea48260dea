package db_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/google/uuid"
)

// The statements of the reads of the bench, found by a part of their text, with the index
// that each goes by and whether it sorts what it found.
var readPlans = []struct {
	part, index string
	sorts       bool
}{
	{"FROM patients t WHERE t.id = $1", "patients_pkey", false},
	{"FROM patients t WHERE t.id = ANY", "patients_pkey", false},
	{"FROM patients t WHERE true AND t.archived_at IS NULL AND true ORDER BY", "patients_by_name", false},
	{"AND (t.family_key, t.given_key, t.id) > ", "patients_by_name", false},
	{"AND (t.family_key >= (SELECT $1::text) AND t.family_key < (SELECT $2::text)) ORDER BY t.family_key ASC", "patients_by_name", false},
	{"AND (t.family_key >= (SELECT $1::text) AND t.family_key < (SELECT $2::text)) ORDER BY t.family_key DESC", "patients_by_name", false},
	{"AND (t.given_key >= (SELECT $1::text) AND t.given_key < (SELECT $2::text)) ORDER BY t.given_key DESC", "patients_by_given_name", false},
	{"FROM unnest(ARRAY(SELECT n.name FROM family_names n WHERE n.name LIKE (SELECT $1::text) ORDER BY n.name ASC))", "patients_by_name", true},
	{"t ORDER BY t.starts_at DESC, t.id DESC)) FROM unnest(", "appointments_of_patient_by_start", false},
	{"t ORDER BY t.recorded_on DESC, t.id DESC)) FROM unnest(", "medical_records_of_patient", false},
	{"FROM appointments t WHERE t.patient_id = p.id AND true AND t.status <> 'ENTERED_IN_ERROR' AND true ORDER BY t.starts_at DESC", "appointments_of_patient_by_start", false},
	{"FROM medical_records t WHERE t.patient_id = p.id", "medical_records_of_patient", false},
	{"FROM appointments t WHERE t.practitioner_id = p.id AND true AND t.status <> 'ENTERED_IN_ERROR' AND true ORDER BY t.starts_at DESC", "appointments_of_practitioner_by_start", false},
	{"FROM appointments t WHERE t.practitioner_id = p.id AND true AND t.status <> 'ENTERED_IN_ERROR' AND (t.starts_at >= $1) ORDER BY t.starts_at ASC", "appointments_of_practitioner_by_start", false},
	{"FROM appointments t WHERE (t.practitioner_id = ANY", "appointments_of_practitioner_by_start", true},
}

// Whatever number of ids a read of the bench has, Postgres settles on a plan that is good
// for all, and plans no more. It goes by the index that it should, and reads no table that
// grows from its beginning to its end.
func TestReads_areNotPlannedAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := seed.Run(acting(t), d.DB, seed.Options{Patients: 3_000, Each: 10, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec("ANALYZE")
	r := &reader{TB: t, ctx: auth.WithActor(t.Context(), auth.Actor{Name: "doctor", Role: auth.Doctor, UserID: db.NewID(db.KindUser), PractitionerID: db.NewID(db.KindPractitioner)}), db: d.DB}
	for table, ids := range map[string]*[]uuid.UUID{"patients": &r.patients, "practitioners": &r.practitioners} {
		if err := d.SQL.Select(ids, "SELECT id FROM "+table+" ORDER BY md5(id::text)"); err != nil {
			t.Fatal(err)
		}
	}
	d.SetPoolSize(1) // and so one connection plans for all
	for round := range 20 {
		r.readAll(round)
	}
	kept, err := db.Prepared(t.Context(), d.DB, "care")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range kept {
		if s.Custom > 5 || s.Generic == 0 {
			t.Errorf("it was planned %d times for its arguments, and %d times run by the plan for all:\n%s\n%s", s.Custom, s.Generic, s.Statement, s.Plan)
		}
		for _, table := range []string{"patients", "appointments", "medical_records"} {
			if strings.Contains(s.Plan, "Seq Scan on "+table+" ") {
				t.Errorf("it reads all of %s:\n%s\n%s", table, s.Statement, s.Plan)
			}
		}
	}
	for _, want := range readPlans {
		found := false
		for _, s := range kept {
			if strings.Contains(s.Statement, want.part) && strings.Contains(s.Plan, want.index+" on ") && strings.Contains(s.Plan, "Sort") == want.sorts {
				found = true
			}
		}
		if !found {
			t.Errorf("no statement with %q goes by %s, sorting: %t", want.part, want.index, want.sorts)
		}
	}
	if t.Failed() {
		for _, s := range kept {
			t.Logf("%s\n%s", s.Statement, s.Plan)
		}
	}
}

// A reader asks what the bench does.
type reader struct {
	testing.TB
	ctx                     context.Context
	db                      *db.DB
	patients, practitioners []uuid.UUID
}

// must returns what a verb read.
func must[T any](r *reader, read T, err error) T {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
	return read
}

// rows returns the rows of a page.
func rows[T any](r *reader, page *db.Connection[T], err error) []*T {
	r.Helper()
	must(r, page, err)
	found, err := page.Nodes(r.ctx)
	return must(r, found, err)
}

// readAll reads once what each query of the bench does, of others in each round.
func (r *reader) readAll(round int) {
	three, twenty, fifty := int32(3), int32(20), int32(50)
	patient, err := r.db.Patient(r.ctx, r.patients[round])
	must(r, patient, err)
	r.chart(patient)

	size := &three // for so few a plan of their own is cheaper, which is what Postgres would stay with
	if round > 6 {
		size = &fifty
	}
	page, err := r.db.Patients(r.ctx, db.Page{First: size}, nil, nil)
	r.chart(rows(r, page, err)[0])
	info, err := page.PageInfo(r.ctx)
	after, err := must(r, info, err).EndCursor()
	page, err = r.db.Patients(r.ctx, db.Page{First: &fifty, After: must(r, after, err)}, nil, nil)
	rows(r, page, err)
	part := []string{"eri", "zzz", "shvil", "apan"}[round%4]
	page, err = r.db.Patients(r.ctx, db.Page{First: &twenty}, &db.PatientWhere{FamilyName: &db.StringFilter{Contains: &part}}, nil)
	rows(r, page, err)
	r.beginning([]string{"ber", "k", "berdzenishvilisd", "zz"}[round%4])

	doctor, err := r.db.Practitioner(r.ctx, r.practitioners[round%len(r.practitioners)])
	must(r, doctor, err)
	visits, err := doctor.Appointments(r.ctx, &twenty, nil, nil, nil, nil, nil)
	p, err := rows(r, visits, err)[0].Patient(r.ctx)
	records, err := must(r, p, err).MedicalRecords(r.ctx, &three, nil, nil, nil, nil, nil)
	rows(r, records, err)
	now := time.Now()
	visits, err = doctor.Appointments(r.ctx, &twenty, nil, nil, nil, &db.AppointmentWhere{StartsAt: &db.DateTimeFilter{Gte: &now}}, []*db.Order{{Field: "STARTS_AT"}})
	rows(r, visits, err)

	day := db.Date(now.AddDate(0, 0, round%5).Format(time.DateOnly))
	schedule, err := r.db.Schedule(r.ctx, db.ScheduleRange{Date: &day}, r.practitioners[:20], nil)
	drawn, err := must(r, schedule, err).Columns[0].Appointments(r.ctx)
	must(r, drawn, err)
}

// beginning reads pages of those whose names begin with letters: many do, or nobody.
func (r *reader) beginning(letters string) {
	twenty, begun := int32(20), &db.StringFilter{StartsWith: &letters}
	page, err := r.db.Patients(r.ctx, db.Page{First: &twenty}, &db.PatientWhere{FamilyName: begun}, nil)
	rows(r, page, err)
	page, err = r.db.Patients(r.ctx, db.Page{Last: &twenty}, &db.PatientWhere{FamilyName: begun}, nil)
	rows(r, page, err)
	page, err = r.db.Patients(r.ctx, db.Page{First: &twenty}, &db.PatientWhere{GivenName: begun}, []*db.Order{{Field: "GIVEN_NAME", Direction: db.Descending}})
	rows(r, page, err)
}

// chart reads of a patient, and of all who were read with them, visits and records.
func (r *reader) chart(p *db.Patient) {
	five := int32(5)
	visits, err := p.Appointments(r.ctx, &five, nil, nil, nil, nil, nil)
	doctor, err := rows(r, visits, err)[0].Practitioner(r.ctx)
	must(r, doctor, err)
	records, err := p.MedicalRecords(r.ctx, &five, nil, nil, nil, nil, nil)
	rows(r, records, err)
}
