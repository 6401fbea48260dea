package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/fhir"
)

func TestImportCommand(t *testing.T) {
	t.Parallel()
	t.Run("imports and writes a report", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		report := filepath.Join(t.TempDir(), "report.json")
		if err := (&importCommand{Paths: []string{"fhir/testdata/chart.json"}, Report: report}).Run(t.Context(), d.DB); err != nil {
			t.Fatal(err)
		}
		if r := readReport(t, report); r.Patients != 1 || len(r.Problems) != 0 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("ends with an error when there was a problem, after all else", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		dir := t.TempDir()
		bad, report := filepath.Join(dir, "bad.json"), filepath.Join(dir, "report.json")
		if err := os.WriteFile(bad, []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
		err := (&importCommand{Paths: []string{bad, "fhir/testdata/chart.json"}, Report: report}).Run(t.Context(), d.DB)
		if err == nil {
			t.Error("no error")
		}
		if r := readReport(t, report); r.Patients != 1 || len(r.Problems) != 1 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("starts only when the report can be written", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		err := (&importCommand{Paths: []string{"fhir/testdata/chart.json"}, Report: t.TempDir()}).Run(t.Context(), d.DB)
		var n int
		if err2 := d.SQL.Get(&n, `SELECT count(*) FROM patients`); err == nil || err2 != nil || n > 0 {
			t.Errorf("%v, %v, %d patients", err, err2, n)
		}
	})
}

func readReport(t *testing.T, path string) *fhir.Report {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := &fhir.Report{}
	if err := json.Unmarshal(content, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWriteProgress(t *testing.T) {
	t.Parallel()
	p := &fhir.Progress{}
	p.Total.Store(1000)
	p.Done.Store(250)
	p.JSON.Store(30e6)
	p.Patients.Store(50)
	var line strings.Builder
	writeProgress(&line, p, 2*time.Second)
	if want := "50 patients, 25/s, 15.0 MB/s, 25 %, 6s left\n"; line.String() != want {
		t.Errorf("got %q, want %q", line.String(), want)
	}
}
