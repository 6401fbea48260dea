package db_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// What was signed is overwritten by nobody, not even by the owner of the
// database: it is amended with a reason, and the database keeps what it said.
func TestSignedRecords_areKept(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	p, err := d.CreatePatient(acting(t), registering(person("Beridze")))
	if err != nil {
		t.Fatal(err)
	}
	doctor := &db.Practitioner{}
	doctor.FamilyName = ptr("Doctor")
	if doctor, err = d.CreatePractitioner(acting(t), doctor); err != nil {
		t.Fatal(err)
	}
	author, err := d.AddUser(acting(t), &db.User{LoginName: "author", DisplayName: "A", Role: auth.Doctor}, "")
	if err != nil {
		t.Fatal(err)
	}
	record := func(status string) string {
		r, err := d.CreateMedicalRecord(acting(t), &db.MedicalRecord{PatientID: p.ID, PractitionerID: &doctor.ID, Diagnosis: "Asthma", RecordedOn: "2026-03-01"})
		if err != nil {
			t.Fatal(err)
		}
		id := "'" + r.ID.String() + "'"
		switch status {
		case "SIGNED", "AMENDED":
			d.SQL.MustExec("UPDATE medical_records SET status = 'SIGNED', signed_at = now(), signer_id = practitioner_id WHERE id = " + id)
		case "ENTERED_IN_ERROR":
			d.SQL.MustExec("UPDATE medical_records SET status = 'ENTERED_IN_ERROR', error_reason = 'r' WHERE id = " + id)
		}
		if status == "AMENDED" {
			d.SQL.MustExec("UPDATE medical_records SET status = 'AMENDED', notes = 'n', version = 2, amended_at = now(), amendment_reason = 'r' WHERE id = " + id)
		}
		return id
	}
	const amends = "status = 'AMENDED', version = version + 1, amended_at = clock_timestamp() + interval '1 hour', amendment_reason = 'why'"
	replace := strings.NewReplacer("$AUTHOR", "'"+author.ID.String()+"'", "$AMENDS", amends)
	for _, test := range []struct{ name, status, set, constraint string }{
		{"another author", "DRAFT", "author_id = $AUTHOR", "kept_author"},
		{"a draft signed without a signature", "DRAFT", "status = 'SIGNED'", "kept_signature"},
		{"a draft amended", "DRAFT", "diagnosis = 'x', $AMENDS", "kept_step"},
		{"a draft taken back for no reason", "DRAFT", "status = 'ENTERED_IN_ERROR'", "kept_error_reason"},
		{"a draft taken back with another content", "DRAFT", "status = 'ENTERED_IN_ERROR', error_reason = 'r', notes = 'x'", "kept_content"},
		{"a signed diagnosis", "SIGNED", "diagnosis = 'x'", "kept_content"},
		{"signed notes", "SIGNED", "notes = 'x', version = version + 1", "kept_content"},
		{"a signed prescription", "SIGNED", `prescription = 'x', prescription_lines = '[{"medicine": "x"}]'`, "kept_content"},
		{"a signed record taken back with another content", "SIGNED", "status = 'ENTERED_IN_ERROR', error_reason = 'r', code = 'x'", "kept_content"},
		{"an amendment without a reason", "SIGNED", "diagnosis = 'x', status = 'AMENDED', version = version + 1, amended_at = now()", "kept_content"},
		{"an amendment without a version", "SIGNED", "diagnosis = 'x', status = 'AMENDED', amended_at = now(), amendment_reason = 'r'", "kept_content"},
		{"an amendment of nothing", "SIGNED", "$AMENDS", "kept_amendment"},
		{"a signed record that is a draft again", "SIGNED", "status = 'DRAFT', signed_at = NULL, signer_id = NULL", "kept_step"},
		{"another signer", "SIGNED", "signed_by_id = $AUTHOR", "kept_signature"},
		{"another day", "SIGNED", "recorded_on = '2026-03-02'", "kept_signature"},
		{"another author of a signed record", "SIGNED", "author_id = $AUTHOR", "kept_author"},
		{"an amended record with the reason of before", "AMENDED", "notes = 'x', version = version + 1", "kept_content"},
		{"the reason of an amendment", "AMENDED", "amendment_reason = 'other'", "kept_amendment"},
		{"an amended record that is signed", "AMENDED", "status = 'SIGNED'", "kept_step"},
		{"a record in error", "ENTERED_IN_ERROR", "diagnosis = 'x'", "kept_content"},
		{"a record in error made true", "ENTERED_IN_ERROR", "status = 'DRAFT', error_reason = NULL", "kept_step"},
	} {
		t.Run("refuses "+test.name, func(t *testing.T) {
			_, err := d.SQL.Exec("UPDATE medical_records SET " + replace.Replace(test.set) + " WHERE id = " + record(test.status))
			var refusal *pq.Error
			if !errors.As(err, &refusal) || refusal.Constraint != "medical_records_"+test.constraint {
				t.Errorf("answers %v", err)
			}
		})
	}
	t.Run("an amendment keeps what was there", func(t *testing.T) {
		id := record("AMENDED")
		d.SQL.MustExec("UPDATE medical_records SET diagnosis = 'Gout', " + amends + " WHERE id = " + id)
		var got []string
		if err := d.SQL.Select(&got, `SELECT concat_ws(' ', replaced_version, diagnosis, coalesce(notes, '-'), reason, id_kind(id), substr(id::text, 15, 1))
			FROM medical_record_amendments WHERE medical_record_id = `+id+` ORDER BY replaced_version`); err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, ", ") != "1 Asthma - r 20 7, 2 Asthma n why 20 7" {
			t.Errorf("kept are %q", got)
		}
	})
	for _, statement := range []string{
		"DELETE FROM medical_records WHERE id = " + record("DRAFT"), "TRUNCATE medical_records CASCADE", "DELETE FROM medical_record_amendments",
		"UPDATE medical_record_amendments SET diagnosis = 'x'", "TRUNCATE medical_record_amendments",
	} {
		if _, err := d.SQL.Exec(statement); err == nil {
			t.Errorf("%s is done", statement)
		}
	}
	d.SQL.MustExec("INSERT INTO allergies (id, patient_id, substance, severity, status, noted_on) VALUES ($1, $2, 'x', 'MILD', 'ENTERED_IN_ERROR', '2026-03-01')", db.NewID(db.KindAllergy), p.ID)
	for _, statement := range []string{"DELETE FROM allergies", "UPDATE allergies SET status = 'CONFIRMED'", "UPDATE allergies SET substance = 'y'", "TRUNCATE allergies"} {
		if _, err := d.SQL.Exec(statement); err == nil {
			t.Errorf("%s is done", statement)
		}
	}
}
