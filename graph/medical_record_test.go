package graph_test

import (
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
)

const draft = `mutation($input: CreateMedicalRecordInput!) { createMedicalRecord(input: $input) {
	medicalRecord { id status recordedOn diagnosis code codeSystem prescription notes version } medicalRecordEdge { node { id } } } }`

func TestCreateMedicalRecord(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, other, doctor := newPatient(t, c.db, "Beridze"), newPatient(t, c.db, "Other"), newPractitioner(t, c.db, "Doctor")
	visit := newAppointment(t, c.db, other, doctor, 0)
	input := func(set variables) variables {
		in := variables{"patientId": patient.ID, "practitionerId": doctor.ID, "diagnosis": "Asthma", "recordedOn": "2026-03-01"}
		for name, value := range set {
			in[name] = value
		}
		return variables{"input": in}
	}
	got := c.ask(draft, input(variables{"code": "J45.9", "codeSystem": "http://hl7.org/fhir/sid/icd-10", "prescription": "Salbutamol\n2 puffs"}))
	delete(got.at("createMedicalRecord.medicalRecord").(map[string]any), "id")
	if want := `{"code":"J45.9","codeSystem":"http://hl7.org/fhir/sid/icd-10","diagnosis":"Asthma","notes":null,"prescription":"Salbutamol\n2 puffs","recordedOn":"2026-03-01","status":"DRAFT","version":1}`; asJSON(got.at("createMedicalRecord.medicalRecord")) != want {
		t.Errorf("got %s", asJSON(got))
	}
	t.Run("tells of the clinic's today when no day is given", func(t *testing.T) {
		in := input(nil)
		delete(in["input"].(variables), "recordedOn")
		got, today := onOneDay(t, "Asia/Tbilisi", func(db.Date) answer { return c.in(t).ask(draft, in) })
		if got.text("createMedicalRecord.medicalRecord.recordedOn") != string(today) {
			t.Errorf("got %s", asJSON(got))
		}
	})
	// Pitfall 35: a record never leads to another patient's visit.
	t.Run("refuses the visit of another patient", func(t *testing.T) {
		refused := c.in(t).refused(draft, input(variables{"appointmentId": visit.ID}))
		wantProblem(t, refused, "UNKNOWN_REFERENCE")
		if got := asJSON(refused[0].Extensions.Fields[0].Path); got != `["input","appointmentId"]` {
			t.Errorf("at %s", got)
		}
	})
	t.Run("refuses a day to come", func(t *testing.T) {
		wantProblem(t, c.in(t).refused(draft, input(variables{"recordedOn": time.Now().AddDate(0, 0, 2).Format(time.DateOnly)})), "IN_THE_FUTURE")
	})
	t.Run("refuses a code system without a code", func(t *testing.T) {
		wantProblem(t, c.in(t).refused(draft, input(variables{"codeSystem": "http://snomed.info/sct"})), "REQUIRED")
	})
	t.Run("takes what is written after a death", func(t *testing.T) {
		dead := newPatient(t, c.db, "Dead", func(p *db.Patient) { p.DeceasedOn = ptr(db.Date("2026-02-01")) })
		if got := c.in(t).ask(draft, input(variables{"patientId": dead.ID})); got.text("createMedicalRecord.medicalRecord.status") != "DRAFT" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("refuses an archived patient", func(t *testing.T) {
		archived := newPatient(t, c.db, "Archived")
		mustDo(t)(c.db.ArchivePatient(acting(t), archived.ID, 1, "moved"))
		wantProblem(t, c.in(t).refused(draft, input(variables{"patientId": archived.ID})), "ARCHIVED")
	})
}

func TestUpdateMedicalRecord(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	record := newRecord(t, c.db, newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor"), 1)
	const update = `mutation($input: UpdateMedicalRecordInput!) { updateMedicalRecord(input: $input) { medicalRecord { diagnosis notes version } } }`
	got := c.ask(update, variables{"input": variables{"medicalRecordId": record.ID, "expectedVersion": 1, "notes": "note"}})
	if want := `{"updateMedicalRecord":{"medicalRecord":{"diagnosis":"Diagnosis","notes":"note","version":2}}}`; asJSON(got) != want {
		t.Errorf("got %s", asJSON(got))
	}
	// Pitfall 31: what was signed is not changed.
	c.db.SQL.MustExec("UPDATE medical_records SET status = 'SIGNED', signed_at = now()")
	if got := c.refused(update, variables{"input": variables{"medicalRecordId": record.ID, "expectedVersion": 2, "notes": "other"}}); got[0].Extensions.Code != "CONFLICT" {
		t.Errorf("got %s", asJSON(got))
	}
}

func TestAllergies(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient := newPatient(t, c.db, "Beridze")
	const status = `query($id: ID!) { patient(id: $id) { allergyStatus allergies { substance severity } } }`
	vars := variables{"id": patient.ID}
	if got := asJSON(c.ask(status, vars)); got != `{"patient":{"allergies":[],"allergyStatus":"NOT_ASKED"}}` {
		t.Errorf("got %s", got)
	}
	const confirm = `mutation($id: ID!) { confirmNoAllergies(input: {patientId: $id, expectedVersion: 1}) { patient { allergyStatus } } }`
	if got := asJSON(c.ask(confirm, vars)); got != `{"confirmNoAllergies":{"patient":{"allergyStatus":"NO_KNOWN_ALLERGIES"}}}` {
		t.Errorf("got %s", got)
	}
	for _, a := range []string{`substance: "Pollen", severity: MILD`, `substance: "Penicillin", severity: SEVERE, reaction: "anaphylaxis", notedOn: "2020-01-01"`, `substance: "Latex"`} {
		c.ask(`mutation($id: ID!) { recordAllergy(input: {patientId: $id, `+a+`}) { allergy { status notedOn patient { id } } } }`, vars)
	}
	if got := asJSON(c.ask(status, vars)); got != `{"patient":{"allergies":[{"severity":"SEVERE","substance":"Penicillin"},{"severity":"UNKNOWN","substance":"Latex"},`+
		`{"severity":"MILD","substance":"Pollen"}],"allergyStatus":"ALLERGIES_RECORDED"}}` {
		t.Errorf("got %s", got)
	}
	c.db.SQL.MustExec("UPDATE allergies SET status = 'REFUTED' WHERE substance <> 'Latex'")
	if got := asJSON(c.ask(status, vars)); got != `{"patient":{"allergies":[{"severity":"UNKNOWN","substance":"Latex"}],"allergyStatus":"ALLERGIES_RECORDED"}}` {
		t.Errorf("got %s", got)
	}
	if got := c.refused(`mutation($id: ID!) { confirmNoAllergies(input: {patientId: $id, expectedVersion: 2}) { patient { id } } }`, vars); got[0].Extensions.Code != "CONFLICT" {
		t.Errorf("got %s", asJSON(got))
	}
	wantProblem(t, c.refused(`mutation { recordAllergy(input: {patientId: "`+db.NewID(db.KindPatient).String()+`", substance: "x"}) { allergy { id } } }`, nil), "UNKNOWN_REFERENCE")
}
