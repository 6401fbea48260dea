package graph_test

import (
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/seed"
)

// Statistics of analysts, and those of charts, are in the audit: an entry for an
// operation that names what was asked and nobody, and says when it was of few.
// Those of visits and patients that staff see are not, as their lists are not.
func TestStats_areRecorded(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	if _, err := seed.Run(acting(t), c.db.DB, seed.Options{Patients: 120, Seed: 4}); err != nil {
		t.Fatal(err)
	}
	newPatient(t, c.db, "Only", func(p *db.Patient) { p.Sex = db.OtherSex })
	const few = "fewer than 11 patients match"
	for _, test := range []struct {
		role   auth.Role
		query  string
		fields string // "" for no entry
		reason string
	}{
		{auth.Analyst, `{ appointmentStats { nodes { count } } }`, "Query.appointmentStats,StatsCell.count", ""},
		{auth.Analyst, `query($g: [AppointmentGroup!]! = [SEX, WEEKDAY]) { appointmentStats(groupBy: $g, where: {status: {eq: COMPLETED}}, orderBy: [{field: NO_SHOW_RATE}]) { nodes { key { sex } isSuppressed } } }`,
			"AppointmentGroup.SEX,AppointmentGroup.WEEKDAY,AppointmentWhere.status,Query.appointmentStats,StatsCellOrderField.NO_SHOW_RATE", ""},
		{auth.Analyst, `{ recordStats(groupBy: [DIAGNOSIS_CHAPTER]) { edges { node { distinctPatients } } } }`, "MedicalRecordGroup.DIAGNOSIS_CHAPTER,Query.recordStats,StatsCell.distinctPatients", ""},
		{auth.Analyst, `{ patientStats(groupBy: [SEX]) { totalCount } }`, "PatientGroup.SEX,Query.patientStats", ""},
		{auth.Analyst, `{ patientStats(where: {sex: {eq: OTHER}}) { nodes { count } } }`, "PatientWhere.sex,Query.patientStats,StatsCell.count", few},
		{auth.Analyst, `{ recordStats(where: {code: {eq: "Z99.9"}}, groupBy: [SEX]) { nodes { count } } }`, "MedicalRecordGroup.SEX,MedicalRecordWhere.code,Query.recordStats,StatsCell.count", few},
		// Nothing is told of the days of many, and they are many.
		{auth.Analyst, `{ patientStats(groupBy: [PRIMARY_PRACTITIONER, REGION, AGE_BAND], where: {sex: {eq: FEMALE}}) { nodes { count } } }`,
			"PatientGroup.AGE_BAND,PatientGroup.PRIMARY_PRACTITIONER,PatientGroup.REGION,PatientWhere.sex,Query.patientStats,StatsCell.count", ""},
		{auth.Analyst, `{ patientStats { __typename } }`, "", ""},
		{auth.Doctor, `{ recordStats(groupBy: [SEX], where: {status: {eq: SIGNED}}) { nodes { count } } }`, "MedicalRecordGroup.SEX,MedicalRecordWhere.status,Query.recordStats,StatsCell.count", ""},
		{auth.Doctor, `{ patientStats(where: {hasMedicalRecord: {code: {startsWith: "E11"}}}) { nodes { count } } }`, "MedicalRecordWhere.code,PatientWhere.hasMedicalRecord,Query.patientStats,StatsCell.count", ""},
		{auth.Doctor, `{ appointmentStats(groupBy: [SEX]) { nodes { count } } }`, "", ""},
		{auth.Receptionist, `{ patientStats(groupBy: [SEX]) { nodes { count } } }`, "", ""},
	} {
		response, text := c.as(test.role).in(t).post(test.query, nil)
		if strings.Contains(text, `"errors"`) {
			t.Fatalf("%s: %s", test.query, text)
		}
		var entries []struct {
			Fields, Reason string
			IsOfSomebody   bool `db:"is_of_somebody"`
		}
		mustRead(t, c, &entries, "SELECT array_to_string(fields, ',') AS fields, coalesce(reason, '') AS reason, patient_id IS NOT NULL AS is_of_somebody FROM audit_log WHERE operation_id = $1 AND action = 'READ'",
			response.Header.Get("Operation-Id"))
		if test.fields == "" && len(entries) > 0 || test.fields != "" && (len(entries) != 1 || entries[0].Fields != test.fields || entries[0].Reason != test.reason || entries[0].IsOfSomebody) {
			t.Errorf("%s as %s is recorded as %+v", test.query, test.role, entries)
		}
	}
}
