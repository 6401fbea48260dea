package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/google/uuid"
)

func importing(t *testing.T) context.Context {
	return auth.WithActor(t.Context(), auth.SystemActor("import"))
}

// importedChart returns a patient with n visits and one record with the lines.
func importedChart(name string, n int, prescriptions ...string) *db.ImportedChart {
	birth := db.Date("1980-01-01")
	chart := &db.ImportedChart{Patient: db.Imported[db.Patient]{Source: db.Source{Type: "Patient", ID: name}, Row: &db.Patient{
		Name: db.Name{FamilyName: &name}, BirthDate: &birth, BirthDatePrecision: db.DayPrecision, Sex: db.UnknownSex,
		Identifiers: db.Identifiers{{System: "urn:test", Value: name}},
	}}}
	start := time.Date(2020, 1, 1, 10, 0, 0, 0, time.UTC)
	for i := range n {
		chart.Appointments = append(chart.Appointments, db.Imported[db.Appointment]{
			Source: db.Source{Type: "Encounter", ID: fmt.Sprint(name, i)},
			Row:    &db.Appointment{StartsAt: start, EndsAt: start, Status: db.Completed}, // visits of the past may overlap
		})
	}
	record := db.ImportedRecord{
		Source: db.Source{Type: "Condition", ID: name}, Visit: chart.Appointments[0].Source,
		Row: &db.MedicalRecord{RecordedOn: "2020-01-01", Status: db.Signed, Diagnosis: "Cold"},
	}
	for i, text := range prescriptions {
		record.Lines = append(record.Lines, db.ImportedPrescription{Source: db.Source{Type: "MedicationRequest", ID: fmt.Sprint(name, i)}, Text: text})
	}
	chart.Records = []db.ImportedRecord{record}
	return chart
}

func countRows(t *testing.T, d *dbtest.Database, query string, args ...any) (n int) {
	t.Helper()
	if err := d.SQL.Get(&n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestImportChart(t *testing.T) {
	t.Parallel()
	t.Run("takes a handful of statements, however long the chart", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		if _, err := d.ImportChart(importing(t), importedChart("Long", 1200)); err != nil {
			t.Fatal(err)
		}
		if n := countRows(t, d, `SELECT count(*) FROM appointments`); n != 1200 {
			t.Errorf("%d visits", n)
		}
		if n := countRows(t, d, `SELECT count(*) FROM audit_log WHERE actor = 'system:import' AND table_name = 'appointments'`); n != 1200 {
			t.Errorf("%d signed", n)
		}
		// Postgres numbers the statements of a transaction, and each row has the number of its own.
		if n := countRows(t, d, `SELECT count(DISTINCT cmin::text) FROM appointments`); n != 3 {
			t.Errorf("%d statements for 1200 visits, want 3", n)
		}
	})
	t.Run("continues a prescription that is too long in a record beside it", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		chart := func() *db.ImportedChart {
			return importedChart("Ill", 1, strings.Repeat("a", 3000), strings.Repeat("ბ", 1999), strings.Repeat("c", 2), strings.Repeat("d", 4998))
		}
		for range 2 {
			if _, err := d.ImportChart(importing(t), chart()); err != nil {
				t.Fatal(err)
			}
		}
		var lengths []int
		if err := d.SQL.Select(&lengths, `SELECT length(prescription) FROM medical_records ORDER BY id`); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(lengths) != "[5000 2 4998]" {
			t.Errorf("%v", lengths)
		}
	})
	t.Run("makes one patient of imports at once", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				chart := importedChart("Same", 3, "Tea")
				if i%2 == 1 { // the same person by an identifier only
					chart.Patient.Source.ID = fmt.Sprint("other ", i)
				}
				if _, err := d.ImportChart(importing(t), chart); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := countRows(t, d, `SELECT count(*) FROM patients`); n != 1 {
			t.Errorf("%d patients", n)
		}
		if n := countRows(t, d, `SELECT count(*) FROM appointments`); n != 3 {
			t.Errorf("%d visits", n)
		}
		if n := countRows(t, d, `SELECT max(version) FROM patients`); n != 1 {
			t.Errorf("version %d", n)
		}
	})
	t.Run("writes nothing of a chart with a problem and tells all of them", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		chart := importedChart("Wrong", 2)
		chart.Appointments[1].Row.EndsAt = chart.Appointments[1].Row.StartsAt.Add(-time.Minute)
		chart.Records[0].Row.RecordedOn = "2999-01-01"
		_, err := d.ImportChart(importing(t), chart)
		var refused *db.ImportError
		if !errors.As(err, &refused) || len(refused.Refused) != 2 {
			t.Fatalf("%v", err)
		}
		if n := countRows(t, d, `SELECT (SELECT count(*) FROM patients) + (SELECT count(*) FROM imported_resources)`); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
	t.Run("refuses a chart of nobody", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		chart := importedChart("Nobody", 1)
		chart.Patient.Row = nil
		var refused *db.ImportError
		if _, err := d.ImportChart(importing(t), chart); !errors.As(err, &refused) {
			t.Errorf("%v", err)
		}
	})
	t.Run("does not change the prescription that was signed", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		for _, lines := range [][]string{{"Tea"}, {"Tea", "Honey"}} {
			if _, err := d.ImportChart(importing(t), importedChart("Grown", 1, lines...)); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		if err := d.SQL.Select(&got, `SELECT prescription FROM medical_records ORDER BY id`); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(got) != "[Tea Honey]" {
			t.Errorf("%v", got)
		}
	})
	t.Run("needs somebody who acts", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		if _, err := d.ImportChart(t.Context(), importedChart("X", 1)); !errors.Is(err, db.ErrNoActor) {
			t.Errorf("%v", err)
		}
	})
}

func TestImportPractitioners(t *testing.T) {
	t.Parallel()
	doctor := func(id, given, family, number string) db.Imported[db.Practitioner] {
		return db.Imported[db.Practitioner]{Source: db.Source{Type: "Practitioner", ID: id}, Row: &db.Practitioner{
			Name: db.Name{GivenName: &given, FamilyName: &family}, IsActive: true, Identifiers: db.Identifiers{{System: "urn:test", Value: number}},
		}}
	}
	t.Run("adds each once, however often they are told of", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		var ids []map[db.Source]uuid.UUID
		for range 2 {
			found, result, err := d.ImportPractitioners(importing(t), []db.Imported[db.Practitioner]{
				doctor("1", "Nino", "Testadze", "N1"), doctor("2", "Gia", "Testidze", "N2"), doctor("3", "N.", "Testadze", "N1"),
			})
			if err != nil || len(result.Refused) > 0 {
				t.Fatalf("%v %v", err, result)
			}
			ids = append(ids, found)
		}
		if fmt.Sprint(ids[0]) != fmt.Sprint(ids[1]) || len(ids[0]) != 3 {
			t.Errorf("%v", ids)
		}
		if n := countRows(t, d, `SELECT count(*) FROM practitioners`); n != 2 {
			t.Errorf("%d practitioners", n)
		}
	})
	t.Run("leaves out who breaks a rule, and adds the others", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		ids, result, err := d.ImportPractitioners(importing(t), []db.Imported[db.Practitioner]{
			doctor("1", "Nino", "Testadze", "N1"), doctor("2", "", "", "N2"), doctor("3", "Gia", "Testidze", "N1"), doctor("4", "Ana", "Testia", "N4"),
		})
		if err != nil || len(ids) != 2 || len(result.Refused) != 2 || result.Written["Practitioner"] != 2 {
			t.Errorf("%v %v %+v", err, ids, result)
		}
	})
	t.Run("makes one of imports at once", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if _, _, err := d.ImportPractitioners(importing(t), []db.Imported[db.Practitioner]{doctor(fmt.Sprint(i), "Nino", "Testadze", "N1")}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := countRows(t, d, `SELECT count(*) FROM practitioners`); n != 1 {
			t.Errorf("%d practitioners", n)
		}
	})
}
