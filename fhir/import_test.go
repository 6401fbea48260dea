package fhir_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/fhir"
	"github.com/klauspost/compress/gzip"
)

// run imports the paths, which must be possible.
func run(t testing.TB, d *dbtest.Database, paths ...string) *fhir.Report {
	t.Helper()
	report, err := fhir.Import(acting(t), d.DB, fhir.Options{Paths: paths})
	if err != nil {
		t.Fatal(err)
	}
	for resourceType, c := range report.Resources {
		if c.Read != c.Written+c.Known+c.NotKept+c.Refused {
			t.Errorf("%s is not accounted for: %+v", resourceType, *c)
		}
	}
	return report
}

func acting(t testing.TB) context.Context {
	return auth.WithActor(t.Context(), auth.SystemActor("import"))
}

// fine fails the test when the import had problems.
func fine(t testing.TB, report *fhir.Report) *fhir.Report {
	t.Helper()
	for _, p := range report.Problems {
		t.Error(p)
	}
	return report
}

// file writes content into a file of the test's own and returns its path.
func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if strings.HasSuffix(name, ".gz") {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		w.Write([]byte(content))
		w.Close()
		content = packed.String()
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read returns a file of testdata, with pairs of old and new texts exchanged.
func read(t testing.TB, name string, pairs ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("%s does not hold %s", name, pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}

// lines returns the rows of a query, each as one text.
func lines(t testing.TB, d *dbtest.Database, query string) string {
	t.Helper()
	var all []string
	if err := d.SQL.Select(&all, query); err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

// state tells whether anything was written: the rows of all tables, the audit
// and the latest change.
func state(t testing.TB, d *dbtest.Database) string {
	t.Helper()
	return lines(t, d, `
		SELECT 'patients ' || count(*) || ' ' || coalesce(sum(version), 0) FROM patients
		UNION ALL SELECT 'practitioners ' || count(*) || ' ' || coalesce(sum(version), 0) FROM practitioners
		UNION ALL SELECT 'appointments ' || count(*) || ' ' || coalesce(sum(version), 0) FROM appointments
		UNION ALL SELECT 'records ' || count(*) || ' ' || coalesce(sum(version), 0) FROM medical_records
		UNION ALL SELECT 'allergies ' || count(*) || ' ' || coalesce(sum(version), 0) FROM allergies
		UNION ALL SELECT 'imported ' || count(*) FROM imported_resources
		UNION ALL SELECT 'audit ' || count(*) FROM audit_log`)
}

const (
	patients = `SELECT concat_ws('|', given_name, family_name, birth_date, birth_date_precision, sex, identifiers, phone_number, email,
		address, preferred_language, deceased_on, (SELECT noted_on FROM allergy_absences a WHERE a.id = patients.id)) FROM patients ORDER BY family_key, id`
	practitioners = `SELECT concat_ws('|', prefix, given_name, family_name, specialty, identifiers, is_active) FROM practitioners ORDER BY family_key, id`
	appointments  = `SELECT concat_ws('|', a.starts_at, a.ends_at - a.starts_at, a.status, a.type, a.reason, a.cancellation_reason, a.cancellation_note,
		d.family_name) FROM appointments a LEFT JOIN practitioners d ON d.id = a.practitioner_id ORDER BY a.starts_at, a.id`
	records = `SELECT concat_ws('|', m.recorded_on, m.status, m.diagnosis, m.code, m.code_system, replace(m.prescription, E'\n', ' / '),
		replace(m.notes, E'\n', ' / '), d.family_name, a.starts_at) FROM medical_records m LEFT JOIN practitioners d ON d.id = m.practitioner_id
		LEFT JOIN appointments a ON a.id = m.appointment_id ORDER BY m.recorded_on, m.diagnosis, m.id`
	allergies = `SELECT concat_ws('|', noted_on, substance, code, code_system, reaction, severity, status) FROM allergies ORDER BY noted_on, id`
)

// kept is what testdata/chart.json and testdata/export become. The clinic is in Tbilisi.
var kept = map[string]string{
	patients: `Testa Maria|Testadze|1980-05-01|MONTH|FEMALE|[{"value": "T-1", "system": "urn:test:number"}, {"value": "77", "system": "urn:test:card"}]|` +
		`+995555001122|testa@example.org|{"city": "Tbilisi", "line": "1 Test Street, Flat 2", "region": "Tbilisi", "country": "GE", "postalCode": "0100"}|ka`,
	practitioners: `Dr.|Test|Doktori|Family medicine|[{"value": "D-1", "system": "urn:test:doctor"}]|t`,
	appointments: `2020-03-01 22:30:00+00|00:30:00|COMPLETED|Check-up|Cough|Doktori
2020-03-31 20:00:00+00|00:00:00|COMPLETED|Telephone call
2020-05-01 06:00:00+00|00:30:00|CANCELLED|OTHER|Called off where this was imported from`,
	records: `2020-03-01|ENTERED_IN_ERROR|Measles|2020-03-31 20:00:00+00
2020-03-02|SIGNED|Acute bronchitis|10509002|http://snomed.info/sct|Paracetamol 500 mg|Doktori|2020-03-01 22:30:00+00
2020-03-02|SIGNED|Asthma|195967001|http://snomed.info/sct|Salbutamol 100 ug inhaler, 2 puffs when short of breath|Provisional. / Ask again in spring.|Doktori|2020-03-01 22:30:00+00
2020-04-01|SIGNED|Acute bronchitis|Codeine linctus / Saline nasal spray|2020-03-31 20:00:00+00`,
	allergies: `2018-01-01|Egg protein|UNKNOWN|RESOLVED
2019-01-01|Allergy to penicillin|91936005|http://snomed.info/sct|Hives; Anaphylaxis|SEVERE|CONFIRMED`,
}

func checkKept(t *testing.T, d *dbtest.Database) {
	t.Helper()
	for query, want := range kept {
		if got := lines(t, d, query); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

func TestImport(t *testing.T) {
	t.Parallel()
	packed := func(t *testing.T) string { return file(t, "chart.json.gz", read(t, "chart.json")) }
	t.Run("keeps a chart", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		report := fine(t, run(t, d, "testdata/chart.json"))
		checkKept(t, d)
		want := map[string]fhir.Count{
			"Patient": {1, 1, 0, 0, 0}, "Practitioner": {1, 1, 0, 0, 0}, "Encounter": {4, 3, 0, 1, 0}, "Condition": {4, 3, 0, 1, 0},
			"MedicationRequest": {6, 4, 0, 2, 0}, "Medication": {1, 0, 0, 1, 0}, "AllergyIntolerance": {3, 2, 0, 1, 0}, "Observation": {1, 0, 0, 1, 0},
		}
		checkCounts(t, report, want)
		checkText(t, fmt.Sprint(report.NotKept), "map[AllergyIntolerance:map[that deny allergies, of patients who have some:1]"+
			" Condition:map[that were refuted:1] Encounter:map[that are not over, with the status planned:1]"+
			" MedicationRequest:map[that forbid a medicine:1 with the status entered-in-error:1]]")
		checkText(t, fmt.Sprint(report.LeftOut), "map[AllergyIntolerance.criticality:1 Condition.abatementDateTime:1"+
			" Condition.onsetDateTime (of another day):1 Encounter.class:4 Patient.identifier (without a system or value, or beyond the 20th):1"+
			" Patient.name (further):1 Patient.telecom (further):1]")
	})
	t.Run("changes nothing when repeated", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, "testdata/chart.json"))
		before := state(t, d)
		report := fine(t, run(t, d, "testdata/chart.json", packed(t), "testdata/export"))
		if after := state(t, d); after != before {
			t.Errorf("was\n%s\nis\n%s", before, after)
		}
		for resourceType, c := range report.Resources {
			if c.Written > 0 || c.Refused > 0 {
				t.Errorf("%s: %+v", resourceType, *c)
			}
		}
	})
	t.Run("signs the audit", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, "testdata/chart.json"))
		checkText(t, lines(t, d, `SELECT DISTINCT actor FROM audit_log WHERE table_name <> 'clinics'`), "system:import")
	})
	t.Run("keeps a bulk export", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		checkCounts(t, fine(t, run(t, d, "testdata/export")), map[string]fhir.Count{
			"Patient": {1, 1, 0, 0, 0}, "Practitioner": {1, 1, 0, 0, 0}, "Encounter": {4, 3, 0, 1, 0}, "Condition": {4, 3, 0, 1, 0},
			"MedicationRequest": {6, 4, 0, 2, 0}, "Medication": {1, 0, 0, 1, 0}, "AllergyIntolerance": {3, 2, 0, 1, 0}, "Observation": {1, 0, 0, 1, 0},
		})
		checkKept(t, d)
	})
	t.Run("unpacks", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, packed(t)))
		checkKept(t, d)
	})
	t.Run("searches folders and counts what it passes over", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		inner := filepath.Join(t.TempDir(), "one", "two")
		if err := os.MkdirAll(inner, 0o700); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(inner, "chart.json"), []byte(read(t, "chart.json")), 0o600)
		os.WriteFile(filepath.Join(inner, "LICENSE"), nil, 0o600)
		report := fine(t, run(t, d, filepath.Dir(inner)))
		if report.Files != 1 || report.Ignored != 1 || report.Patients != 1 {
			t.Errorf("%+v", report)
		}
	})
	t.Run("refuses a named file of another kind", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		for _, path := range []string{file(t, "chart.xml", ""), "testdata/nowhere"} {
			if _, err := fhir.Import(acting(t), d.DB, fhir.Options{Paths: []string{path}}); err == nil {
				t.Errorf("%s was read", path)
			}
		}
	})
	t.Run("follows references to practitioners of other files, in any order", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		folder := t.TempDir()
		conditional := read(t, "small.json", `{"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}`,
			`{"reference": "Practitioner?identifier=urn:test:doctor|D-1"}`)
		byID := read(t, "small.json", `{"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}`,
			`{"reference": "https://example.org/fhir/Practitioner/test-doctor"}`, `"id": "`, `"id": "2`, "T-9", "T-10")
		logical := read(t, "small.json", `{"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}`,
			`{"type": "Practitioner", "identifier": {"system": "urn:test:doctor", "value": "D-1"}}`, `"id": "`, `"id": "3`, "T-9", "T-11")
		for name, content := range map[string]string{"a.json": conditional, "b.json": byID, "c.json": logical, "z.json": read(t, "chart.json")} {
			os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600)
		}
		report := fine(t, run(t, d, folder))
		checkText(t, lines(t, d, `SELECT DISTINCT d.id || ' ' || count(*) FROM appointments a JOIN practitioners d ON d.id = a.practitioner_id
			WHERE d.identifiers <> '[]' GROUP BY d.id`), lines(t, d, `SELECT id || ' 4' FROM practitioners WHERE identifiers <> '[]'`))
		checkText(t, fmt.Sprint(*report.Resources["Encounter"]), "{7 6 0 1 0}")
	})
	t.Run("knows a patient of another source by an identifier", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, "testdata/chart.json"))
		before := lines(t, d, patients)
		other := read(t, "small.json", "T-9", "T-1", `"1970-01-01"`, `"1980-05"`)
		report := fine(t, run(t, d, file(t, "other.json", other)))
		checkText(t, lines(t, d, patients), before)
		checkText(t, fmt.Sprint(*report.Resources["Patient"], *report.Resources["Encounter"]), "{1 0 1 0 0} {1 1 0 0 0}")
		checkText(t, lines(t, d, `SELECT count(DISTINCT patient_id) || ' ' || count(*) FROM appointments`), "1 4")
	})
	t.Run("adds what a chart has grown by and leaves signed records as they are", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		without := read(t, "small.json")
		start, end := strings.Index(without, `  {"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000005"`), strings.Index(without, `  {"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000006"`)
		fine(t, run(t, d, file(t, "before.json", without[:start]+without[end:])))
		fine(t, run(t, d, "testdata/small.json"))
		fine(t, run(t, d, "testdata/small.json"))
		checkText(t, lines(t, d, records), "2020-01-01|SIGNED|Cold|Doktori|2020-01-01 10:00:00+00\n2020-01-01|SIGNED|Cold|Tea|Doktori|2020-01-01 10:00:00+00")
		checkText(t, lines(t, d, `SELECT max(version)::text FROM medical_records`), "1")
	})
	t.Run("notes that there are no allergies", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		denied := file(t, "denied.json", read(t, "small.json", `{"text": "Dust"}`, `{"coding": [{"system": "http://snomed.info/sct", "code": "716186003"}]}`))
		fine(t, run(t, d, denied))
		before := state(t, d)
		fine(t, run(t, d, denied))
		checkText(t, state(t, d), before)
		checkText(t, lines(t, d, `SELECT noted_on::text FROM allergy_absences`), "2020-01-01")
		checkText(t, lines(t, d, allergies), "")
	})
	t.Run("may run twice at once", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		paths := []string{"testdata/chart.json", packed(t), "testdata/export", "testdata/small.json"}
		var runs sync.WaitGroup
		for range 3 {
			runs.Go(func() {
				report, err := fhir.Import(acting(t), d.DB, fhir.Options{Paths: paths})
				if err != nil || len(report.Problems) > 0 {
					t.Errorf("%v %v", err, report.Problems)
				}
			})
		}
		runs.Wait()
		checkText(t, lines(t, d, `SELECT count(*) || ' ' || (SELECT count(*) FROM practitioners) || ' ' || (SELECT count(*) FROM appointments)
			|| ' ' || (SELECT count(*) FROM medical_records) || ' ' || (SELECT count(*) FROM allergies) FROM patients`), "2 2 4 5 3")
	})
	t.Run("needs somebody who acts", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		before := state(t, d)
		report, err := fhir.Import(t.Context(), d.DB, fhir.Options{Paths: []string{"testdata/chart.json"}})
		if err == nil && len(report.Problems) == 0 {
			t.Error("nobody imported")
		}
		checkText(t, state(t, d), before)
	})
	t.Run("ends when it is told to", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		ctx, cancel := context.WithCancel(acting(t))
		if _, err := d.Clinic(ctx); err != nil {
			t.Fatal(err)
		}
		cancel()
		report, err := fhir.Import(ctx, d.DB, fhir.Options{Paths: []string{"testdata/chart.json"}})
		if err == nil || report == nil || report.Stopped == "" {
			t.Errorf("%v %+v", err, report)
		}
	})
}

func checkCounts(t *testing.T, report *fhir.Report, want map[string]fhir.Count) {
	t.Helper()
	if len(report.Resources) != len(want) {
		t.Errorf("%d types, want %d", len(report.Resources), len(want))
	}
	for resourceType, c := range want {
		if got := report.Resources[resourceType]; got == nil || *got != c {
			t.Errorf("%s: %+v, want %+v", resourceType, got, c)
		}
	}
}

func checkText(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
