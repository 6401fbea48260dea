package db_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// Histories are read along the index of versions, now and as of an instant, by
// whoever reads them.
func TestHistory_runsAlongItsIndex(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var of []*db.Patient
	for _, name := range []string{"Beridze", "Kapanadze"} {
		p, err := d.CreatePatient(acting(t), registering(person(name)))
		if err != nil {
			t.Fatal(err)
		}
		of = append(of, p)
	}
	d.SQL.MustExec(`
		INSERT INTO patients
		SELECT (jsonb_populate_record(p, jsonb_build_object('id', overlay(gen_random_uuid()::text PLACING '03' FROM 35), 'mrn', 'C' || n))).*
		FROM patients p, generate_series(1, 5000) n
		WHERE p.id = $1`, of[0].ID)
	d.SQL.MustExec("ANALYZE")
	past, err := db.AsOf(acting(t), time.Now().Add(-time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	for name, ctx := range map[string]context.Context{
		"now": acting(t), "as of an instant": past, "by a doctor": auth.WithActor(t.Context(), auth.Actor{Name: "doctor", Role: auth.Doctor, PractitionerID: db.NewID(db.KindPractitioner)}),
	} {
		query, arguments, err := db.HistorySearch(ctx, d.DB, 50, of...)
		if err != nil {
			t.Fatal(err)
		}
		tx := d.SQL.MustBegin()
		tx.MustExec("SET LOCAL clinicql.as_of = '2026-01-01T00:00:00Z'")
		var plan []string
		err = tx.Select(&plan, "EXPLAIN "+query, arguments...)
		_ = tx.Rollback()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(plan, "\n")
		if strings.Contains(text, "Seq Scan on patients") || strings.Count(text, "Index Scan Backward using patients_id_valid_from_idx") != 2 {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}
