package graph_test

import (
	"fmt"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/fhir"
)

// Each measure over charts that were imported is what SQL that was written apart says.
func TestStats_ofImportedCharts(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	if _, err := fhir.Import(acting(t), c.db.DB, fhir.Options{Paths: []string{dbtest.Synthea(t)}}); err != nil {
		t.Fatal(err)
	}
	doctor := c.as(auth.Doctor)
	var zone string
	if err := c.db.SQL.Get(&zone, "SELECT time_zone FROM clinics"); err != nil {
		t.Fatal(err)
	}
	visits := map[string]string{"count": "count(*)"}
	for measure, expression := range visitMeasures {
		visits[measure] = expression
	}
	for measure, expression := range visits {
		t.Run("of visits "+measure, func(t *testing.T) {
			c.same(t, doctor.in(t).cells("appointmentStats", "groupBy: [SPECIALTY, STATUS]", "specialty status", measure),
				"SELECT coalesce(p.specialty, '<nil>') || ' ' || a.status AS key, ("+expression+")::float8 AS value FROM appointments a LEFT JOIN practitioners p ON p.id = a.practitioner_id WHERE a.status <> 'ENTERED_IN_ERROR' GROUP BY 1")
			c.same(t, doctor.in(t).cells("appointmentStats", `groupBy: [MONTH], where: {startsAt: {gte: "2015-01-01T00:00:00Z", lt: "2025-01-01T00:00:00Z"}}`, "monthOn", measure),
				fmt.Sprintf("SELECT to_char(a.starts_at AT TIME ZONE '%s', 'YYYY-MM-\"01\"') AS key, (%s)::float8 AS value FROM appointments a WHERE a.status <> 'ENTERED_IN_ERROR' AND a.starts_at >= '2015-01-01Z' AND a.starts_at < '2025-01-01Z' GROUP BY 1", zone, expression))
		})
	}
	for measure, expression := range map[string]string{"count": "count(*)", "distinctPatients": "count(DISTINCT a.patient_id)", "codedShare": "avg((a.code IS NOT NULL)::int)"} {
		t.Run("of records "+measure, func(t *testing.T) {
			c.same(t, doctor.in(t).cells("recordStats", "groupBy: [DIAGNOSIS_CODE, STATUS]", "diagnosisCode status", measure),
				"SELECT coalesce(a.code, '<nil>') || ' ' || a.status AS key, ("+expression+")::float8 AS value FROM medical_records a WHERE a.status <> 'ENTERED_IN_ERROR' GROUP BY 1")
		})
	}
	for measure, expression := range map[string]string{
		"count":            "count(*)",
		"visitsPerPatient": "avg((SELECT count(*) FROM appointments v WHERE v.patient_id = p.id AND v.status = 'COMPLETED' AND v.starts_at > now() - interval '365 days' AND v.starts_at <= now()))",
	} {
		t.Run("of patients "+measure, func(t *testing.T) {
			c.same(t, doctor.in(t).cells("patientStats", "groupBy: [SEX, REGION]", "sex region", measure),
				"SELECT p.sex || ' ' || coalesce(upper(left(replace(p.address ->> 'postalCode', ' ', ''), 3)), '<nil>') AS key, ("+expression+")::float8 AS value FROM patients p WHERE p.archived_at IS NULL GROUP BY 1")
		})
	}
}
