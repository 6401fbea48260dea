package db_test

import (
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/google/uuid"
)

// Pages of the audit run along the key of its entries, those of one patient along the index
// by patient, and an entry is found by its key: what is older is neither read nor sorted.
func TestAudit_isReadByIndex(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := seed.Run(acting(t), d.DB, seed.Options{Patients: 300, Each: 2, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	var patients []uuid.UUID
	if err := d.SQL.Select(&patients, "SELECT id FROM patients WHERE primary_practitioner_id IS NOT NULL ORDER BY id"); err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec(`SELECT audit_events('{"actor": "nino", "role": "DOCTOR"}', 'READ', (SELECT array_agg(id) FROM patients), '{Patient.allergies}', NULL) FROM generate_series(1, 100)`)
	d.SQL.MustExec("ANALYZE")
	me := auth.Actor{Name: "doctor", Role: auth.Doctor, UserID: db.NewID(db.KindUser), PractitionerID: get[uuid.UUID](t, d, "SELECT primary_practitioner_id FROM patients WHERE id = $1", patients[0])}
	doctor := auth.WithActor(t.Context(), me)
	admin := auth.WithActor(t.Context(), auth.Actor{Name: "admin", Role: auth.Admin, UserID: db.NewID(db.KindUser)})
	d.SetPoolSize(1) // and so one connection keeps all statements

	ten, two := int32(10), int32(2)
	for range 2 { // a statement is prepared when it comes again
		r := &reader{TB: t, ctx: admin, db: d.DB}
		first, err := d.AuditLog(admin, db.Page{First: &ten}, nil, nil)
		newest := rows(r, first, err)
		info, err := first.PageInfo(admin)
		end, err := must(r, info, err).EndCursor()
		after, err := d.AuditLog(admin, db.Page{First: &two, After: must(r, end, err)}, nil, nil)
		older := rows(r, after, err)
		before, err := d.AuditLog(admin, db.Page{Last: &two, Before: must(r, end, err)}, nil, nil)
		between := rows(r, before, err)
		if older[0].Number >= newest[9].Number || between[1].ID != newest[8].ID {
			t.Errorf("%d comes after %d, and %d before", older[0].Number, newest[9].Number, between[1].Number)
		}
		oldest, err := d.AuditLog(admin, db.Page{First: &two}, nil, []*db.Order{{Field: "OCCURRED_AT", Direction: db.Ascending}})
		if numbers := rows(r, oldest, err); numbers[0].Number >= numbers[1].Number {
			t.Errorf("%d comes before %d", numbers[0].Number, numbers[1].Number)
		}
		of, err := d.AuditLog(admin, db.Page{First: &ten}, &db.AuditEntryWhere{PatientID: &db.IDFilter{Eq: &patients[1]}}, nil)
		if e := rows(r, of, err)[9]; e.PatientID == nil || *e.PatientID != patients[1] {
			t.Errorf("it is of %v", e.PatientID)
		}
		// One id is of no entry, though the number in it is an entry's.
		forged := newest[1].ID
		forged[14] = 1
		found, err := d.Nodes(admin, []uuid.UUID{newest[0].ID, forged, older[1].ID})
		if must(r, found, err); found[0].(*db.AuditEntry).Number != newest[0].Number || found[1] != nil || found[2].(*db.AuditEntry).ID != older[1].ID {
			t.Errorf("found are %v", found)
		}
		found, err = d.Nodes(admin, []uuid.UUID{newest[0].ID})
		if must(r, found, err); found[0] == nil {
			t.Error("one entry is not found by its id")
		}

		r.ctx = doctor
		patient, err := d.Patient(doctor, patients[0])
		log, err := must(r, patient, err).AccessLog(doctor, &ten, nil, nil, nil)
		if entries := rows(r, log, err); len(entries) != 10 {
			t.Errorf("%d entries", len(entries))
		}
	}
	for login, wanted := range map[string]map[string]string{
		"admin": {
			"FROM audit_entries t WHERE true AND true ORDER BY t.number DESC LIMIT 11":                "Index Scan Backward using audit_log_pkey",
			"FROM audit_entries t WHERE true AND true AND (t.number) < ($1) ORDER BY t.number DESC":   "Index Scan Backward using audit_log_pkey",
			"FROM audit_entries t WHERE true AND true AND (t.number) > ($1) ORDER BY t.number ASC":    "Index Scan using audit_log_pkey",
			"FROM audit_entries t WHERE true AND true ORDER BY t.number ASC LIMIT 3":                  "Index Scan using audit_log_pkey",
			"FROM audit_entries t WHERE true AND (t.patient_id = $1) ORDER BY t.number DESC LIMIT 11": "Index Scan Backward using audit_log_patient",
			"AND t.id = ANY(": "audit_log_pkey",
			"AND t.id = $1":   "audit_log_pkey",
		},
		"care": {"FROM audit_entries t WHERE t.patient_id = p.id": "Index Scan Backward using audit_log_patient"},
	} {
		if _, err := d.Pool(login).Exec("SET plan_cache_mode = force_generic_plan"); err != nil {
			t.Fatal(err)
		}
		kept, err := db.Prepared(t.Context(), d.DB, login)
		if err != nil {
			t.Fatal(err)
		}
		for part, index := range wanted {
			found := false
			for _, s := range kept {
				if !strings.Contains(s.Statement, part) {
					continue
				}
				found = true
				// The names of an entry's fields are sorted, by the key k.k; entries are not.
				if !strings.Contains(s.Plan, index) || strings.Count(s.Plan, "Sort Key: ") > strings.Count(s.Plan, "Sort Key: k.k\n") || strings.Contains(s.Plan, "Seq Scan on audit_log") {
					t.Errorf("it does not go by %s:\n%s\n%s", index, s.Statement, s.Plan)
				}
			}
			if !found {
				t.Errorf("no statement has %q", part)
			}
		}
		if t.Failed() {
			for _, s := range kept {
				t.Log(s.Statement)
			}
		}
	}
}
