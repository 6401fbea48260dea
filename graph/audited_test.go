package graph_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
)

const secretDiagnosis = "Secret diagnosis"

// newChart has a doctor and a patient with a record.
func newChart(t *testing.T) (c *client, patient *db.Patient, query string) {
	t.Helper()
	c = newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	c.db.SQL.MustExec("UPDATE medical_records SET diagnosis = $1 WHERE id = $2", secretDiagnosis, newRecord(t, c.db, patient, doctor, 1).ID)
	return c, patient, `{ patient(id: ` + quoted(patient.ID) + `) { displayName medicalRecords { nodes { diagnosis } } } }`
}

// What cannot be recorded is not told.
func TestAudit_answersNothingUnrecorded(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ begin, code string }{
		"without the right":  {"REVOKE EXECUTE ON FUNCTION audit_events FROM clinicql_care", "INTERNAL"},
		"by a failure":       {"ALTER TABLE audit_log ADD CONSTRAINT spoiled CHECK (action NOT IN ('READ', 'DENIED')) NOT VALID", "INTERNAL"},
		"without the table":  {"ALTER TABLE audit_log RENAME TO gone", "UNAVAILABLE"},
		"while it is locked": {"BEGIN; LOCK TABLE audit_log", "UNAVAILABLE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, patient, query := newChart(t)
			doctor := c.as(auth.Doctor)
			if _, text := doctor.post(query, nil); !strings.Contains(text, secretDiagnosis) {
				t.Fatalf("a doctor reads %s", text)
			}
			conn, err := c.db.SQL.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := conn.ExecContext(t.Context(), test.begin); err != nil {
				t.Fatal(err)
			}
			for name, query := range map[string]string{
				"a read":   query,
				"a denial": `{ users { totalCount } }`,
				"a count":  `{ medicalRecords { totalCount } }`,
				"a filter": `{ patients(where: {hasMedicalRecord: {diagnosis: {startsWith: "Secret"}}}) { nodes { displayName } } }`,
			} {
				_, text := doctor.post(query, nil)
				got := parse(t, text)
				if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != test.code || got.Data != nil || strings.Contains(text, "Secret") || strings.Contains(text, "Beridze") {
					t.Errorf("%s is answered with %s", name, text)
				}
			}
			if _, text := doctor.post(`{ patient(id: `+quoted(patient.ID)+`) { displayName } }`, nil); !strings.Contains(text, "Beridze") {
				t.Errorf("what is in no chart is answered with %s", text)
			}
		})
	}
}

// Whoever has gone away gets nothing, and leaves at most the entry.
func TestAudit_ofAClientThatLeaves(t *testing.T) {
	t.Parallel()
	c, _, query := newChart(t)
	c.as(auth.Doctor).ask(query, nil)
	api := graph.Handler(c.db.DB, nil)
	told, recorded := 0, c.count(readsOfCharts)
	for try := range 60 {
		ctx, leave := context.WithCancel(auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Doctor}))
		request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader(`{"query": `+asJSON(query)+`}`))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		if try == 0 {
			leave()
		}
		time.AfterFunc(time.Duration(try)*200*time.Microsecond, leave)
		api.ServeHTTP(answer, request)
		leave()
		before := recorded
		recorded = c.count(readsOfCharts)
		isTold := strings.Contains(answer.Body.String(), secretDiagnosis)
		if isTold {
			told++
		}
		if entries := recorded - before; entries > 1 || isTold && entries == 0 || answer.Code == http.StatusInternalServerError {
			t.Errorf("%d entries, and %d: %s", entries, answer.Code, answer.Body)
		}
	}
	t.Logf("%d of 60 stayed long enough", told)
}

const readsOfCharts = "SELECT count(*) FROM audit_log WHERE action = 'READ'"

// Who reads the audit is in it.
func TestAudit_ofItself(t *testing.T) {
	t.Parallel()
	c, patient, _ := newChart(t)
	doctor := newPractitioner(t, c.db, "Own")
	c.db.SQL.MustExec("UPDATE patients SET primary_practitioner_id = $1 WHERE id = $2", doctor.ID, patient.ID)
	for query, test := range map[string]struct {
		who    *client
		fields string
		whose  string
	}{
		`{ auditLog(first: 1) { nodes { kind actor } } }`: {c.as(auth.Admin), "{AuditEntry.actor,AuditEntry.kind,Query.auditLog}", ""},
		`{ auditLog { totalCount } }`:                     {c.as(auth.Admin), "{Query.auditLog}", ""},
		`{ patient(id: ` + quoted(patient.ID) + `) { accessLog { nodes { occurredAt } } } }`: {
			c.as(auth.Doctor).being(doctor), "{AuditEntry.occurredAt,Patient.accessLog}", patient.ID.String()},
	} {
		response, text := test.who.in(t).post(query, nil)
		if strings.Contains(text, "errors") {
			t.Fatal(text)
		}
		var rows []struct{ Fields, Patient string }
		if err := c.db.SQL.Select(&rows, "SELECT fields, coalesce(patient_id::text, '') AS patient FROM audit_log WHERE operation_id = $1 AND action = 'READ'", response.Header.Get("Operation-Id")); err != nil {
			t.Fatal(err)
		}
		if len(rows) != 1 || rows[0].Fields != test.fields || rows[0].Patient != test.whose {
			t.Errorf("%s leaves %v", query, rows)
		}
	}
}

// A refusal that tells of a chart is recorded as well.
func TestAudit_ofRefusals(t *testing.T) {
	t.Parallel()
	c, patient, _ := newChart(t)
	nurse := c.as(auth.Nurse)
	var record string
	if err := c.db.SQL.Get(&record, "UPDATE medical_records SET status = 'SIGNED', signed_at = now() RETURNING id"); err != nil {
		t.Fatal(err)
	}
	nurse.ask(`mutation { recordAllergy(input: {patientId: `+quoted(patient.ID)+`, substance: "Penicillin"}) { allergy { id } } }`, nil)
	for _, query := range []string{
		`mutation { confirmNoAllergies(input: {patientId: ` + quoted(patient.ID) + `, expectedVersion: 1}) { patient { id } } }`,
		`mutation { updateMedicalRecord(input: {medicalRecordId: "` + record + `", expectedVersion: 1}) { medicalRecord { id } } }`,
	} {
		response, text := nurse.post(query, nil)
		if !strings.Contains(text, `"CONFLICT"`) {
			t.Fatal(text)
		}
		var whose []string
		if err := c.db.SQL.Select(&whose, "SELECT patient_id FROM audit_log WHERE operation_id = $1 AND action = 'READ'", response.Header.Get("Operation-Id")); err != nil {
			t.Fatal(err)
		}
		if len(whose) != 1 || whose[0] != patient.ID.String() {
			t.Errorf("%s leaves %v", query, whose)
		}
	}
}

// The server itself acts in a role that no user has, and that the schema does not know.
func TestAudit_tellsOnlyRolesOfTheSchema(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	admin := c.as(auth.Admin)
	admin.ask(`mutation($id: ID!) { updatePractitioner(input: {practitionerId: $id, expectedVersion: 1, specialty: "Cardiology"}) { practitioner { id } } }`, variables{"id": doctor.ID})
	var roles []string
	if err := c.db.SQL.Select(&roles, "SELECT role FROM audit_entries WHERE row_id = $1 ORDER BY id", doctor.ID); err != nil || strings.Join(roles, " ") != "SYSTEM ADMIN" {
		t.Fatalf("written by %q: %v", roles, err)
	}
	got := admin.ask(`query($id: ID!) { auditLog(where: {subjectId: {eq: $id}}, orderBy: [{field: OCCURRED_AT}]) { nodes { kind role user { id } } } }`, variables{"id": doctor.ID})
	want := `{"auditLog":{"nodes":[{"kind":"CREATED","role":null,"user":null},{"kind":"UPDATED","role":"ADMIN","user":null}]}}`
	if asJSON(got) != want {
		t.Errorf("got %s", asJSON(got))
	}
}
