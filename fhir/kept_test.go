package fhir_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
)

const (
	ofEncounter = `"status": "finished", `
	ofCondition = `{"text": "Cold"}`
	ofAllergy   = `{"text": "Dust"}, "patient"`
	ofMedicine  = `"status": "active", "intent": "order"`
	ofDoctor    = `"id": "d", `
	ofPatient   = `"gender": "male", "birthDate": "1970-01-01"`
)

// Each changes testdata/small.json in one place, and compares what one query finds
// and what the report says of what was not kept.
var keeping = []struct{ claim, old, new, query, want, notKept string }{
	{"a birth of which the year is known", `"1970-01-01"`, `"1970"`, `SELECT birth_date || birth_date_precision FROM patients`, "1970-01-01YEAR", ""},
	{"a birth of which nothing is known", ofPatient, `"gender": "unknown"`, `SELECT concat(birth_date, birth_date_precision, sex) FROM patients`, "UNKNOWNUNKNOWN", ""},
	{"an identifier that is told twice once", `{"system": "urn:test:number", "value": "T-9"}`, `{"system": "urn:test:number", "value": "T-9"}, {"system": "urn:test:number", "value": " T-9"}`,
		`SELECT identifiers::text FROM patients`, `[{"value": "T-9", "system": "urn:test:number"}]`, ""},
	{"a death on the clinic's calendar", ofPatient, ofPatient + `, "deceasedDateTime": "2021-01-01T22:00:00Z"`, `SELECT deceased_on::text FROM patients`, "2021-01-02", ""},
	{"a death without a date as not known", ofPatient, ofPatient + `, "deceasedBoolean": true`, `SELECT concat('not ', deceased_on) FROM patients`, "not ", ""},
	{"a name without parts", `{"family": "Small", "given": ["Test"]}`, `{"text": "Test Small"}`, `SELECT family_name FROM patients`, "Test Small", ""},
	{"the preferred language", ofPatient, ofPatient + `, "communication": [{"language": {"coding": [{"code": "en"}]}}, {"language": {"coding": [{"code": "ka"}]}, "preferred": true}]`,
		`SELECT preferred_language FROM patients`, "ka", ""},
	{"an address without a country that is none", ofPatient, ofPatient + `, "address": [{"use": "old", "city": "A"}, {"text": "1 B", "country": "Testland"}]`,
		`SELECT address::text FROM patients`, `{"line": "1 B"}`, ""},
	{"a practitioner who has left", ofDoctor, ofDoctor + `"active": false, `, `SELECT is_active || ' ' || deactivation_reason FROM practitioners`,
		"false Not active where this was imported from", ""},
	{"a visit without an end", `, "end": "2020-01-01T10:30:00Z"`, ``, `SELECT (ends_at - starts_at)::text FROM appointments`, "00:00:00", ""},
	{"a visit that was entered in error", ofEncounter, `"status": "entered-in-error", `, `SELECT status FROM appointments`, "ENTERED_IN_ERROR", ""},
	{"no visit that never took time, but its record", `"status": "finished", "subject": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}, "participant": [{"individual": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}}], "period": {"start": "2020-01-01T10:00:00Z", "end": "2020-01-01T10:30:00Z"}`,
		`"status": "cancelled", "subject": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}, "period": {"start": "2020-01-01T10:00:00Z"}`,
		`SELECT count(*) || ' ' || (SELECT diagnosis || prescription || coalesce(appointment_id::text, '') FROM medical_records) FROM appointments`, "0 ColdTea",
		"map[Encounter:map[that did not take place and have no length:1]]"},
	{"no visit without a start", `"start": "2020-01-01T10:00:00Z", `, ``, `SELECT count(*)::text FROM appointments`, "0", "map[Encounter:map[without a start:1]]"},
	{"no visit of a group", `"status": "finished", "subject": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}`, `"status": "finished", "subject": {"reference": "Group/1"}`,
		`SELECT count(*)::text FROM appointments`, "0", ""},
	{"a doctor by a role as nobody", `{"individual": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}}`, `{"individual": {"reference": "PractitionerRole/1"}}, {}, {"individual": {"reference": "urn:uuid:00000000-0000-4000-8000-000000000002"}}`,
		`SELECT count(practitioner_id)::text FROM appointments`, "1", ""},
	{"the day of a record from its visit", `, "recordedDate": "2020-01-01"}, "request": {"method": "POST", "url": "Condition"}`, `}, "request": {"method": "POST", "url": "Condition"}`,
		`SELECT recorded_on::text FROM medical_records`, "2020-01-01", ""},
	{"the text of a code without one", ofCondition, `{"coding": [{"system": "http://snomed.info/sct", "code": "82272006", "display": "Common cold"}]}`,
		`SELECT concat_ws(' ', diagnosis, code, code_system) FROM medical_records`, "Common cold 82272006 http://snomed.info/sct", ""},
	{"no diagnosis without words", ofCondition, `{}`, `SELECT diagnosis || prescription FROM medical_records`, "Reason not toldTea", "map[Condition:map[without a code or text:1]]"},
	{"no proposal of a medicine", ofMedicine, `"status": "active", "intent": "proposal"`, `SELECT count(prescription)::text FROM medical_records`, "0",
		"map[MedicationRequest:map[with the intent proposal:1]]"},
	{"no prescription without a medicine", `{"text": "Tea"}`, `{}`, `SELECT count(prescription)::text FROM medical_records`, "0", "map[MedicationRequest:map[without a medicine:1]]"},
	{"a prescription whose reason is told elsewhere", `"reasonReference": [{"reference": "urn:uuid:00000000-0000-4000-8000-000000000004"}]`,
		`"reasonReference": [{"reference": "Condition/9", "display": "Thirst"}]`, `SELECT prescription FROM medical_records`, "Tea", ""},
	{"a refuted allergy as refuted, be it over or not", ofAllergy, `{"text": "Dust"}, "verificationStatus": {"coding": [{"code": "refuted"}]}, "clinicalStatus": {"coding": [{"code": "resolved"}]}, "patient"`,
		`SELECT status FROM allergies`, "REFUTED", ""},
	{"an allergy that nobody confirmed", ofAllergy, ofAllergy, `SELECT status || severity FROM allergies`, "UNCONFIRMEDUNKNOWN", ""},
	{"no denial of one kind of allergy", ofAllergy, `{"coding": [{"system": "http://snomed.info/sct", "code": "409137002"}]}, "patient"`,
		`SELECT concat((SELECT count(*) FROM allergies), (SELECT noted_on FROM allergy_absences))`, "0", "map[AllergyIntolerance:map[that deny allergies of one kind:1]]"},
	{"a denial in the words of the patient summary", ofAllergy, `{"coding": [{"system": "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "code": "no-known-allergies"}]}, "patient"`,
		`SELECT concat((SELECT count(*) FROM allergies), (SELECT noted_on FROM allergy_absences))`, "02020-01-01", ""},
	{"a resource by its full URL", `"resource": {"resourceType": "Encounter", "id": "e", `, `"resource": {"resourceType": "Encounter", `,
		`SELECT source_id FROM imported_resources WHERE resource_type = 'Encounter'`, "00000000-0000-4000-8000-000000000003", ""},
}

func TestImportKeeps(t *testing.T) {
	t.Parallel()
	for _, c := range keeping {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			path := file(t, "small.json", read(t, "small.json", c.old, c.new))
			report := fine(t, run(t, d, path))
			checkText(t, lines(t, d, c.query), c.want)
			if c.notKept != "" {
				checkText(t, fmt.Sprint(report.NotKept), c.notKept)
			}
			before := state(t, d)
			fine(t, run(t, d, path))
			checkText(t, state(t, d), before)
		})
	}
	t.Run("the first of two patients with one id", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		small := read(t, "small.json")
		first := strings.Index(small, `  {"fullUrl"`)
		end := strings.Index(small, "\n  {\"fullUrl\": \"urn:uuid:00000000-0000-4000-8000-000000000002\"") + 1
		report := fine(t, run(t, d, file(t, "twice.json", small[:end]+small[first:end]+small[end:])))
		checkText(t, fmt.Sprint(*report.Resources["Patient"]), "{2 1 1 0 0}")
	})
	t.Run("what a link leads to", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		link := filepath.Join(t.TempDir(), "link")
		target, err := filepath.Abs("testdata/export")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
		fine(t, run(t, d, link))
		checkKept(t, d)
	})
}
