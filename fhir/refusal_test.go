package fhir_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/fhir"
)

// Each changes testdata/small.json in one place.
var refusals = []struct{ claim, old, new, problem string }{
	{"an unknown gender", `"male"`, `"m"`, " entry 0: Patient.gender is no code of FHIR's administrative-gender"},
	{"a birth date that does not exist", `"1970-01-01"`, `"1970-02-30"`, " entry 0: Patient.birthDate is no date that exists"},
	{"a birth in the future", `"1970-01-01"`, `"2970-01-01"`, " entry 0: Patient.birthDate lies in the future"},
	{"a birth date that is no text", `"1970-01-01"`, `1970`, " entry 0: Patient.birthDate cannot be of the JSON type number"},
	{"a death before the birth", `"1970-01-01"`, `"1970-01-01", "deceasedDateTime": "1969-01-01"`, " entry 0: Patient.deceasedDateTime lies before the birth"},
	{"a patient without a name", `"name": [{"family": "Small", "given": ["Test"]}]`, `"name": []`, " entry 0: Patient.name is missing"},
	{"an e-mail address that is none", "small@example.org", "small at example", " entry 0: Patient.telecom[0].value an e-mail address is written like nino@example.org"},
	{"an identifier that is too long", `"T-9"`, `"` + strings.Repeat("9", 201) + `"`, " entry 0: Patient.identifier[0].value is longer than 200 characters"},
	{"a resource without an id", `"fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000006", "resource": {"resourceType": "AllergyIntolerance", "id": "a", `,
		`"resource": {"resourceType": "AllergyIntolerance", `, " entry 5: AllergyIntolerance.id is missing"},
	{"a practitioner without a name", `"name": [{"family": "Doktori", "given": ["Test"]}]`, `"active": true`,
		" entry 1: Practitioner.name is missing\n entry 2: Encounter.participant[0].individual leads to a practitioner who was refused"},
	{"an unknown status of an encounter", `"finished"`, `"done"`, " entry 2: Encounter.status is no code of FHIR's encounter-status"},
	{"an encounter that ends before it starts", `"2020-01-01T10:30:00Z"`, `"2020-01-01T09:30:00Z"`, " entry 2: Encounter.period.end lies before the start"},
	{"an encounter that was finished in the future", `"2020-01-01T10:30:00Z"`, `"2920-01-01T10:30:00Z"`, " entry 2: Encounter.period.end lies in the future"},
	{"a time without an offset", `"2020-01-01T10:30:00Z"`, `"2020-01-01T10:30:00"`, " entry 2: Encounter.period.end is no day or instant that exists"},
	{"a start of which only the year is known", `"2020-01-01T10:00:00Z"`, `"2020"`, " entry 2: Encounter.period.start is no day or instant that exists"},
	{"a participant who is not there", `{"individual": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}}`, `{"individual": {"reference": "Practitioner/nobody"}}`,
		" entry 2: Encounter.participant[0].individual leads to no practitioner"},
	{"a conditional reference to nobody", `{"individual": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}}`,
		`{"individual": {"reference": "Practitioner?identifier=urn:test:doctor|0"}}`, " entry 2: Encounter.participant[0].individual leads to no practitioner"},
	{"a reference that leads nowhere", `{"individual": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}}`,
		`{"individual": {"reference": "urn:uuid:00000000-0000-4000-8000-00000000000f"}}`, " entry 2: Encounter.participant[0].individual leads nowhere"},
	{"a condition of an encounter that is not there", `"recordedDate": "2020-01-01"}, "request": {"method": "POST", "url": "Condition"}`,
		`"recordedDate": "2020-01-01", "encounter": {"reference": "Encounter/none"}}, "request": {"method": "POST", "url": "Condition"}`,
		" entry 3: Condition.encounter leads to no visit of this patient"},
	{"a diagnosis of the future", `"recordedDate": "2020-01-01"}, "request": {"method": "POST", "url": "Condition"}`,
		`"recordedDate": "2920-01-01"}, "request": {"method": "POST", "url": "Condition"}`, " entry 3: Condition.recordedDate lies in the future"},
	{"a diagnosis that is too long", `"Cold"`, `"` + strings.Repeat("a", 5001) + `"`, " entry 3: Condition.code is longer than 5000 characters"},
	{"an unknown verification status", `{"text": "Cold"}`, `{"text": "Cold"}, "verificationStatus": {"coding": [{"code": "sure"}]}`,
		" entry 3: Condition.verificationStatus is no code of FHIR's condition-ver-status"},
	{"an unknown status of a prescription", `"active"`, `"taken"`, " entry 4: MedicationRequest.status is no code of FHIR's medicationrequest-status"},
	{"an unknown intent", `"order"`, `"wish"`, " entry 4: MedicationRequest.intent is no code of FHIR's medicationrequest-intent"},
	{"a medicine that is not there", `"medicationCodeableConcept": {"text": "Tea"}`, `"medicationReference": {"reference": "Medication/tea"}`,
		" entry 4: MedicationRequest.medicationReference leads nowhere"},
	{"a reason that is not there", `"reasonReference": [{"reference": "urn:uuid:00000000-0000-4000-8000-000000000004"}]`, `"reasonReference": [{"reference": "urn:uuid:4"}]`,
		" entry 4: MedicationRequest.reasonReference[0] leads nowhere"},
	{"control characters", `"Tea"`, `"T\u0007ea"`, " entry 4: MedicationRequest.medicationCodeableConcept holds characters that cannot be written"},
	{"a substance that is too long", `"Dust"`, `"` + strings.Repeat("a", 201) + `"`, " entry 5: AllergyIntolerance.code is longer than 200 characters"},
	{"an unknown severity", `{"text": "Dust"}`, `{"text": "Dust"}, "reaction": [{"severity": "bad"}]`,
		" entry 5: AllergyIntolerance.reaction.severity is no code of FHIR's reaction-event-severity"},
	{"an allergy of somebody who is not there", `"patient": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}`, `"patient": {"reference": "urn:uuid:1"}`,
		" entry 5: AllergyIntolerance.patient leads nowhere"},
	{"a medicine that is wrong though it is nobody's", `"resource": {"resourceType": "AllergyIntolerance", "id": "a", "code": {"text": "Dust"}`,
		`"resource": {"resourceType": "Medication", "id": "a", "code": 1`, " entry 5: Medication.code cannot be of the JSON type number"},
	{"a denial of allergies in the future", `{"text": "Dust"}, "patient": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}, "recordedDate": "2020-01-01"`,
		`{"coding": [{"system": "http://snomed.info/sct", "code": "716186003"}]}, "patient": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}, "recordedDate": "2920-01-01"`,
		" entry 5: AllergyIntolerance.recordedDate lies in the future"},
	{"two values in one file", "\n]}\n", "\n]} {}\n", ": is no JSON of a bundle"},
	{"a file that is cut off", "\n]}\n", "", ": ends too early"},
	{"an entry that is no JSON", `"Tea"`, `"Tea`, " entry 4: is no JSON of a bundle"},
	{"another resource than a bundle", `"Bundle"`, `"Parameters"`, ": resourceType is not Bundle"},
	{"a bundle of another type", `"transaction"`, `"history"`, ": Bundle.type is not transaction, batch or collection"},
}

func TestImportRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range refusals {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			folder := t.TempDir()
			bad := filepath.Join(folder, "bad.json")
			os.WriteFile(bad, []byte(read(t, "small.json", c.old, c.new)), 0o600)
			os.WriteFile(filepath.Join(folder, "good.json"), []byte(read(t, "chart.json")), 0o600)
			report := run(t, d, folder)
			want := "bad.json" + strings.ReplaceAll(c.problem, "\n", "\nbad.json")
			checkText(t, told(report, folder), want)
			checkText(t, lines(t, d, `SELECT family_name FROM patients`), "Testadze") // the rest went on
			checkText(t, lines(t, d, `SELECT count(*)::text FROM imported_resources WHERE source_id IN ('p', 'e', 'c', 'm', 'a')`), "0")
			if report.Resources["Patient"].Refused != 1 {
				t.Errorf("%+v", report.Resources["Patient"])
			}
		})
	}
}

// told returns the problems of a report without the name of the folder.
func told(report *fhir.Report, folder string) string {
	var all []string
	for _, p := range report.Problems {
		all = append(all, strings.TrimPrefix(p.String(), folder+"/"))
	}
	return strings.Join(all, "\n")
}

func TestImportRefusesOthers(t *testing.T) {
	t.Parallel()
	t.Run("with all problems of a chart at once", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		bad := file(t, "bad.json", read(t, "small.json", `"male"`, `"m"`, `"finished"`, `"done"`, `"active"`, `"taken"`))
		checkText(t, told(run(t, d, bad), filepath.Dir(bad)), `bad.json entry 0: Patient.gender is no code of FHIR's administrative-gender
bad.json entry 2: Encounter.status is no code of FHIR's encounter-status
bad.json entry 4: MedicationRequest.status is no code of FHIR's medicationrequest-status`)
	})
	t.Run("a damaged .gz", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		bad := file(t, "bad.json.gz", read(t, "chart.json"))
		content, _ := os.ReadFile(bad)
		os.WriteFile(bad, content[:len(content)/2], 0o600)
		checkText(t, told(run(t, d, bad), filepath.Dir(bad)), "bad.json.gz entry 5: ends too early")
		os.WriteFile(bad, content[1:], 0o600)
		checkText(t, told(run(t, d, bad), filepath.Dir(bad)), "bad.json.gz: is damaged: it cannot be unpacked")
		checkText(t, lines(t, d, patients), "")
	})
	t.Run("an identifier that belongs to somebody else", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, "testdata/chart.json"))
		bad := file(t, "bad.json", read(t, "small.json", `"T-9"`, `"T-1"`))
		checkText(t, told(run(t, d, bad), filepath.Dir(bad)), "bad.json entry 0: Patient.identifier[0] belongs to somebody else already")
	})
	t.Run("identifiers of several patients", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, "testdata/chart.json", "testdata/small.json"))
		bad := file(t, "bad.json", read(t, "small.json", `"id": "p"`, `"id": "q"`, `"value": "T-9"}`, `"value": "T-9"}, {"system": "urn:test:number", "value": "T-1"}`))
		checkText(t, told(run(t, d, bad), filepath.Dir(bad)), "bad.json entry 0: Patient.identifier belong to several patients already")
	})
	t.Run("a bundle that does not fit into memory", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		entry := `{"resource": {"resourceType": "Encounter", "id": "e", "status": "planned"}},`
		bad := file(t, "bad.json", `{"resourceType": "Bundle", "type": "collection", "entry": [`+strings.Repeat(entry, 20_001)+`{}]}`)
		checkText(t, told(run(t, d, bad), filepath.Dir(bad)), "bad.json: Bundle.entry holds more than 20000 resources that are kept: export it as .ndjson")
	})
	t.Run("an id that belongs to somebody else", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, "testdata/chart.json"))
		bad := file(t, "bad.json", read(t, "small.json", `"id": "p"`, `"id": "test-patient"`))
		checkText(t, told(run(t, d, bad), filepath.Dir(bad)), "bad.json entry 0: Patient has an id that was imported for another patient")
	})
	t.Run("a visit that belongs to somebody else", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		fine(t, run(t, d, "testdata/chart.json"))
		bad := file(t, "bad.json", read(t, "small.json", `"id": "e"`, `"id": "visit-1"`))
		checkText(t, told(run(t, d, bad), filepath.Dir(bad)), `bad.json entry 2: Encounter has an id that was imported for another patient
bad.json entry 3: Condition.encounter leads to no visit of this patient`)
	})
	t.Run("more for a patient who is archived", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		small := read(t, "small.json")
		fine(t, run(t, d, "testdata/small.json"))
		d.SQL.MustExec(`UPDATE patients SET archived_at = now(), archive_reason = 'test'`)
		fine(t, run(t, d, "testdata/small.json"))
		more := file(t, "more.json", strings.ReplaceAll(small, `"id": "a"`, `"id": "a2"`))
		checkText(t, told(run(t, d, more), filepath.Dir(more)), "more.json entry 0: Patient is a patient who is archived")
	})
	t.Run("lines of an export that are no JSON, and the patients of bad resources", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		folder := t.TempDir()
		for name, content := range map[string]string{
			"Patient.ndjson": `{"resourceType":"Patient","id":"1","name":[{"family":"One"}],"gender":"male"}
{"resourceType":"Patient","id":"2","name":[{"family":"Two"}],"gender":"x"}

{"resourceType":"Patient","id":"3","name":[{"family":"Th
{"resourceType":"Patient","id":"4","name":[{"family":"Four"}]}
garbage
{"id":"no type"}
`,
			"Condition.ndjson": `{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/1"},"code":{"text":"Cold"},"recordedDate":"2020-01-01"}
{"resourceType":"Condition","id":"c2","subject":{"reference":"Patient/2"},"code":{"text":"Cold"},"recordedDate":"2020-01-01"}
{"resourceType":"Condition","id":"c4","subject":{"reference":"Patient/4"},"code":{"text":"Cold"},"recordedDate":"2920-01-01"}
{"resourceType":"Condition","id":"c9","subject":{"reference":"Patient/9"},"code":{"text":"Cold"},"recordedDate":"2020-01-01"}`,
		} {
			os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600)
		}
		report := run(t, d, folder)
		checkText(t, told(report, folder), `Condition.ndjson line 3: Condition.recordedDate lies in the future
Condition.ndjson line 4: Condition.subject leads to no patient
Patient.ndjson line 2: Patient.gender is no code of FHIR's administrative-gender
Patient.ndjson line 4: is no JSON
Patient.ndjson line 6: is no JSON`)
		checkText(t, lines(t, d, `SELECT family_name || ' ' || (SELECT count(*) FROM medical_records WHERE patient_id = p.id) FROM patients p`), "One 1")
		checkText(t, fmt.Sprint(*report.Resources["Patient"], *report.Resources["Condition"]), "{4 1 0 0 3} {4 1 0 0 3}")
	})
}

// The report is what a program reads; no value of a person stands in it.
func TestReport(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	bad := file(t, "bad.json", read(t, "small.json", `"male"`, `"m"`, "small@example.org", "small at example"))
	report := run(t, d, bad)
	var out bytes.Buffer
	if err := report.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	var got struct{ Problems []json.RawMessage }
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got.Problems) != 1 {
		t.Fatalf("%v\n%s", err, &out)
	}
	var line bytes.Buffer
	json.Compact(&line, got.Problems[0])
	checkText(t, line.String(), fmt.Sprintf(`{"file":%q,"entry":0,"resourceType":"Patient","path":"Patient.gender",`+
		`"reason":"is no code of FHIR's administrative-gender"}`, bad))
	var summary bytes.Buffer
	if err := report.WriteSummary(&summary); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"Small", "small at", "1970", "T-9", "Cold", "Tea", "Dust"} {
		if strings.Contains(out.String()+summary.String(), value) {
			t.Errorf("%s is told", value)
		}
	}
	if !strings.Contains(summary.String(), "Patient     1        0              0         0        1") {
		t.Errorf("%s", &summary)
	}
}
