package db_test

import (
	"context"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/google/uuid"
)

// Through the lens pages run by index: of patients in the order of pseudonyms, and of
// what hangs on 50 of them.
func TestDeidentified_plans(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := seed.Run(auth.WithActor(t.Context(), auth.SystemActor("seed")), d.DB, seed.Options{Patients: 2_000, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec("ANALYZE")
	for name, plan := range plansOfLens(t, d.DB, func(query string, args []any) string { return explained(t, d, "", query, args) }) {
		for _, table := range []string{"patients", "appointments", "medical_records"} {
			if strings.Contains(plan, "Seq Scan on "+table+" ") || strings.Contains(plan, "Seq Scan on pseudonym."+table) {
				t.Errorf("%s reads all of %s:\n%s", name, table, plan)
			}
		}
		if strings.HasPrefix(name, "a page") && strings.Contains(plan, "Sort") {
			t.Errorf("%s sorts:\n%s", name, plan)
		}
	}
}

// BenchmarkDeidentified prints how Postgres runs them for 20,000 patients, and what
// no index has the order of: run it with -v.
func BenchmarkDeidentified(b *testing.B) {
	d := dbtest.New(b)
	if _, err := seed.Run(context.Background(), d.DB, seed.Options{Patients: 20_000, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	d.SQL.MustExec("ANALYZE")
	for b.Loop() {
		for name, plan := range plansOfLens(b, d.DB, func(query string, args []any) string { return explained(b, d, "ANALYZE, BUFFERS, ", query, args) }) {
			b.Logf("%s\n%s", name, plan)
		}
		for _, query := range []string{
			"SELECT * FROM appointments t ORDER BY t.starts_at DESC, t.id DESC LIMIT 51", "SELECT count(*), count(DISTINCT t.patient_id) FROM appointments t",
			"SELECT * FROM patients t WHERE t.sex = 'FEMALE' ORDER BY t.id LIMIT 51",
		} {
			b.Logf("%s\n%s", query, explained(b, d, "ANALYZE, BUFFERS, ", query, nil))
		}
	}
}

// plansOfLens returns how the statements of analysts are run.
func plansOfLens(t testing.TB, d *db.DB, explain func(string, []any) string) map[string]string {
	t.Helper()
	ctx := auth.WithActor(t.Context(), auth.Actor{Name: "a", Role: auth.Analyst})
	fifty := int32(50)
	first, err := d.Patients(ctx, db.Page{First: &fifty}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := first.Nodes(ctx)
	if err != nil || len(rows) != 50 {
		t.Fatalf("%d patients, %v", len(rows), err)
	}
	info, err := first.PageInfo(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ids []uuid.UUID
	for _, p := range rows {
		ids = append(ids, p.ID)
	}
	plans := map[string]string{}
	for name, statement := range map[string]func() (string, []any, error){
		"a page": func() (string, []any, error) { return db.PatientsPage(ctx, d, db.Page{First: &fifty}) },
		"a page after": func() (string, []any, error) {
			return db.PatientsPage(ctx, d, db.Page{First: &fifty, After: cursor(t, info.EndCursor)})
		},
		"visits":  func() (string, []any, error) { return db.VisitsOf(ctx, d, ids...) },
		"records": func() (string, []any, error) { return db.RecordsOf(ctx, d, ids...) },
	} {
		query, args, err := statement()
		if err != nil {
			t.Fatal(err)
		}
		plans[name] = explain(query, args)
	}
	return plans
}

// explained returns the plan of a statement of the analysts' login.
func explained(t testing.TB, d *dbtest.Database, options, query string, args []any) string {
	t.Helper()
	var lines []string
	if err := d.Pool("analyst").Select(&lines, "EXPLAIN ("+options+"COSTS OFF) "+query, args...); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
