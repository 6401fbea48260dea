package db_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// What docs/data-model.md says that the database itself refuses, it refuses to
// whoever writes by hand.
func TestDatabaseRefuses(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
	patient := func(family string) *db.Patient {
		p := person(family)
		p.BirthDate, p.BirthDatePrecision = ptr(db.Date("1990-02-28")), db.DayPrecision
		p.Identifiers = db.Identifiers{{System: "urn:x", Value: family}}
		p, err := d.CreatePatient(ctx, &db.Registration{Patient: *p})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, b := patient("A"), patient("B")
	doctor := &db.Practitioner{Identifiers: db.Identifiers{{System: "urn:licence", Value: "1"}}}
	doctor.FamilyName = ptr("Doctor")
	doctor, err := d.CreatePractitioner(ctx, doctor)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now().Add(time.Hour).Truncate(time.Minute)
	visit, err := d.BookAppointment(ctx, &db.Booking{Appointment: db.Appointment{PatientID: a.ID, PractitionerID: &doctor.ID, StartsAt: start, EndsAt: start.Add(time.Hour)}})
	if err != nil {
		t.Fatal(err)
	}
	values := strings.NewReplacer(
		"$A", "'"+a.ID.String()+"'", "$B", "'"+b.ID.String()+"'", "$DOCTOR", "'"+doctor.ID.String()+"'", "$VISIT", "'"+visit.ID.String()+"'",
		"$NEW_PATIENT", "'"+db.NewID(db.KindPatient).String()+"'", "$NEW_VISIT", "'"+db.NewID(db.KindAppointment).String()+"'",
		"$NEW_RECORD", "'"+db.NewID(db.KindMedicalRecord).String()+"'", "$NEW_DOCTOR", "'"+db.NewID(db.KindPractitioner).String()+"'",
		"$START", "'"+start.Add(30*time.Minute).Format(time.RFC3339)+"'::timestamptz")
	const newVisit = `INSERT INTO appointments (id, patient_id, practitioner_id, starts_at, ends_at, status, cancellation_reason, rescheduled_from_id) VALUES `
	const newRecord = `INSERT INTO medical_records (id, patient_id, practitioner_id, appointment_id, recorded_on, status, diagnosis, code, code_system) VALUES `
	for name, test := range map[string]struct{ statement, constraint string }{
		"a second clinic":                       {`INSERT INTO clinics (id, name, time_zone, country) VALUES ('01900000-0000-7000-8000-000000000101', 'B', 'UTC', 'GE')`, "clinics_only_one_key"},
		"a nameless patient":                    {`UPDATE patients SET family_name = NULL WHERE id = $A`, "patients_name"},
		"a nameless practitioner":               {`UPDATE practitioners SET family_name = NULL`, "practitioners_name"},
		"a practitioner inactive for no reason": {`UPDATE practitioners SET is_active = false`, "practitioners_deactivated"},
		"a licence given twice": {`INSERT INTO practitioners (id, family_name, identifiers, family_key, given_key, search_words)
			SELECT $NEW_DOCTOR, 'X', identifiers, 'x', '', '{}' FROM practitioners`, "practitioner_identifiers_pkey"},
		"a changed record number":     {`UPDATE patients SET mrn = 'C1' WHERE id = $A`, ""},
		"a repeated record number":    {`INSERT INTO patients SELECT (jsonb_populate_record(p, jsonb_build_object('id', $NEW_PATIENT, 'identifiers', '[]'::jsonb))).* FROM patients p WHERE id = $A`, "patients_mrn"},
		"a birth date and none known": {`UPDATE patients SET birth_date_precision = 'UNKNOWN' WHERE id = $A`, "patients_birth_date_known"},
		"a death before birth":        {`UPDATE patients SET deceased_on = '1990-02-27' WHERE id = $A`, "patients_deceased_after_birth"},
		"archived for no reason":      {`UPDATE patients SET archived_at = now() WHERE id = $A`, "patients_archived"},
		"an identifier given twice":   {`UPDATE patients SET identifiers = (SELECT identifiers FROM patients WHERE id = $B) WHERE id = $A`, "patient_identifiers_pkey"},
		"a practitioner in two places": {newVisit + `($NEW_VISIT, $B, $DOCTOR, $START, $START + interval '1 hour', 'BOOKED', NULL, NULL)`,
			"appointments_practitioner_free"},
		"an end before the start": {newVisit + `($NEW_VISIT, $B, $DOCTOR, $START, $START - interval '1 hour', 'COMPLETED', NULL, NULL)`, "appointments_ends_after_start"},
		"cancelled for no reason": {`UPDATE appointments SET status = 'CANCELLED'`, "appointments_cancellation"},
		"the move of another patient's visit": {newVisit + `($NEW_VISIT, $B, $DOCTOR, $START + interval '1 day', $START + interval '25 hours', 'BOOKED', NULL, $VISIT)`,
			"appointments_rescheduled_from_id"},
		"the visit of another patient":            {newRecord + `($NEW_RECORD, $B, $DOCTOR, $VISIT, '2026-01-01', 'SIGNED', 'x', NULL, NULL)`, "medical_records_appointment_id"},
		"a code system without a code":            {newRecord + `($NEW_RECORD, $B, $DOCTOR, NULL, '2026-01-01', 'SIGNED', 'x', NULL, 'urn:x')`, "medical_records_code_system"},
		"an id of another kind":                   {`UPDATE patients SET id = $VISIT WHERE id = $A`, "patients_id_check"},
		"a patient who has a chart to be deleted": {`DELETE FROM patients WHERE id = $A`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.SQL.Exec(values.Replace(test.statement))
			var refusal *pq.Error
			if !errors.As(err, &refusal) || test.constraint != "" && refusal.Constraint != test.constraint {
				t.Errorf("answers %v, not by %s", err, test.constraint)
			}
		})
	}
	// The patient's own calendar, with a practitioner who is free.
	other := &db.Practitioner{}
	other.FamilyName = ptr("Other")
	if other, err = d.CreatePractitioner(ctx, other); err != nil {
		t.Fatal(err)
	}
	_, err = d.SQL.Exec(values.Replace(newVisit+`($NEW_VISIT, $A, $1, $START, $START + interval '1 hour', 'BOOKED', NULL, NULL)`), other.ID)
	var refusal *pq.Error
	if !errors.As(err, &refusal) || refusal.Constraint != "appointments_patient_free" {
		t.Errorf("a patient in two places answers %v", err)
	}
}
