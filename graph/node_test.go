package graph_test

import (
	"fmt"
	"testing"

	"github.com/clinicql/clinicql/db"
)

func TestNodes(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit, record := newAppointment(t, c.db, patient, doctor, 0), newRecord(t, c.db, patient, doctor, 1)
	allergy, err := c.db.RecordAllergy(acting(t), &db.Allergy{PatientID: patient.ID, Substance: "Penicillin", Severity: db.Severe})
	if err != nil {
		t.Fatal(err)
	}
	ids := []any{visit.ID, patient.ID, db.NewID(db.KindPatient), doctor.ID, record.ID, allergy.ID, db.NewID(99), patient.ID}
	got := c.ask(`query($ids: [ID!]!) { nodes(ids: $ids) { __typename id
		... on Patient { familyName } ... on Practitioner { familyName } ... on Appointment { patient { familyName } }
		... on MedicalRecord { diagnosis } ... on Allergy { substance } } }`, variables{"ids": ids})
	want := fmt.Sprintf(`{"nodes":[{"__typename":"Appointment","id":%q,"patient":{"familyName":"Beridze"}},{"__typename":"Patient","familyName":"Beridze","id":%q},null,`+
		`{"__typename":"Practitioner","familyName":"Doctor","id":%q},{"__typename":"MedicalRecord","diagnosis":"Diagnosis","id":%q},`+
		`{"__typename":"Allergy","id":%q,"substance":"Penicillin"},null,{"__typename":"Patient","familyName":"Beridze","id":%q}]}`,
		visit.ID, patient.ID, doctor.ID, record.ID, allergy.ID, patient.ID)
	if asJSON(got) != want {
		t.Errorf("got  %s\nwant %s", asJSON(got), want)
	}
	one := c.ask(`query($id: ID!) { node(id: $id) { id ... on Patient { mrn } } }`, variables{"id": patient.ID})
	if one.text("node.mrn") != patient.MRN {
		t.Errorf("got %s", asJSON(one))
	}
}

// The schema nests both ways, everywhere.
func TestNesting(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit := newAppointment(t, c.db, patient, doctor, 0)
	record, err := c.db.CreateMedicalRecord(acting(t), &db.MedicalRecord{PatientID: patient.ID, PractitionerID: &doctor.ID, AppointmentID: &visit.ID, Diagnosis: "Diagnosis"})
	if err != nil {
		t.Fatal(err)
	}
	got := c.ask(`query($id: ID!) { medicalRecord(id: $id) {
		patient { displayName nextAppointment { id } lastVisit { id } medicalRecords { totalCount } }
		practitioner { displayName patients { nodes { displayName } totalCount } appointments { nodes { id } } medicalRecords { nodes { id } } }
		appointment { id patient { displayName } practitioner { displayName } medicalRecords { nodes { patient { displayName } } } } } }`, variables{"id": record.ID})
	want := fmt.Sprintf(`{"medicalRecord":{"appointment":{"id":%[1]q,"medicalRecords":{"nodes":[{"patient":{"displayName":"Test Beridze"}}]},`+
		`"patient":{"displayName":"Test Beridze"},"practitioner":{"displayName":"Dr. Test Doctor"}},`+
		`"patient":{"displayName":"Test Beridze","lastVisit":null,"medicalRecords":{"totalCount":1},"nextAppointment":{"id":%[1]q}},`+
		`"practitioner":{"appointments":{"nodes":[{"id":%[1]q}]},"displayName":"Dr. Test Doctor","medicalRecords":{"nodes":[{"id":%[2]q}]},`+
		`"patients":{"nodes":[{"displayName":"Test Beridze"}],"totalCount":1}}}}`, visit.ID, record.ID)
	if asJSON(got) != want {
		t.Errorf("got  %s\nwant %s", asJSON(got), want)
	}
}
