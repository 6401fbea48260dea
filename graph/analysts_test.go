package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// withoutPatients are the types with rows that analysts see though the schema has no
// word on what of them: nothing in these is a patient's.
var withoutPatients = []string{"ApiToken", "Clinic", "SavedQuery", "Session", "User"}

// Each field of a type with rows that analysts may use says what they see of it, so
// that a new one does not come to them by its type's audiences.
func TestAnalysts_wordOnEachField(t *testing.T) {
	t.Parallel()
	p := policies(t, schema)
	said := 0
	for _, d := range own() {
		if _, hasRows := db.KindNamed(d.Name); !hasRows || slices.Contains(withoutPatients, d.Name) {
			continue
		}
		for _, f := range d.Fields {
			switch word := f.Directives.ForName("analysts"); {
			case word != nil:
				said++
			case p.May(auth.Actor{Name: "a", Role: auth.Analyst}, d.Name+"."+f.Name):
				t.Errorf("%s.%s does not say what analysts see of it", d.Name, f.Name)
			}
		}
	}
	if said < 100 {
		t.Errorf("%d fields say so", said)
	}
}

// What analysts see masked, or not at all, they do not ask by either: neither as a
// filter nor as an order, key or search, wherever it stands.
func TestAnalysts_maskedFields(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	analyst := c.as(auth.Analyst)
	for query, want := range map[string]string{
		`{ patients { nodes { mrn familyName phone address { city line } } } }`:                                      "Address.city Address.line Patient.familyName Patient.mrn Patient.phone",
		`{ patients(where: {birthDate: {eq: "1990-01-01"}}) { nodes { id } } }`:                                      "PatientWhere.birthDate",
		`{ patients(where: {not: {or: [{mrn: {eq: "x"}}, {email: {isNull: true}}]}}) { totalCount } }`:               "PatientWhere.email PatientWhere.mrn",
		`{ patients(where: {createdAt: {gte: "2026-01-01T00:00:00Z"}}) { totalCount } }`:                             "PatientWhere.createdAt",
		`{ appointments(where: {patient: {familyName: {startsWith: "B"}}}) { nodes { id } } }`:                       "PatientWhere.familyName",
		`{ appointments(where: {reason: {contains: "x"}, type: {eq: "x"}}) { nodes { id } } }`:                       "AppointmentWhere.reason AppointmentWhere.type",
		`{ medicalRecords(where: {diagnosis: {contains: "x"}}) { nodes { notes } } }`:                                "MedicalRecord.notes MedicalRecordWhere.diagnosis",
		`{ practitioners { nodes { patients(where: {identifiers: {system: "a", value: "b"}}) { nodes { id } } } } }`: "PatientWhere.identifiers",
		`{ patients(orderBy: {field: FAMILY_NAME}) { nodes { id } } }`:                                               "PatientOrderField.FAMILY_NAME",
		`{ patients(orderBy: [{field: BIRTH_DATE}, {field: MRN}, {field: CREATED_AT}]) { nodes { id } } }`:           "PatientOrderField.BIRTH_DATE PatientOrderField.CREATED_AT PatientOrderField.MRN",
		`{ appointments(orderBy: {field: UPDATED_AT}) { nodes { id } } }`:                                            "AppointmentOrderField.UPDATED_AT",
		`{ patientBy(by: {mrn: "C1000009"}) { id } }`:                                                                "PatientKey.mrn Query.patientBy",
		`{ searchPatients(query: "x") { totalCount } }`:                                                              "PatientSearchConnection.totalCount Query.searchPatients",
		`{ patients { nodes { history { totalCount } nextAppointment { id } version } } }`:                           "Patient.history Patient.nextAppointment Patient.version VersionConnection.totalCount",
		`mutation { createPatient(input: {familyName: "B", sex: MALE}) { patient { id } } }`:                         "CreatePatientPayload.patient Mutation.createPatient",
	} {
		got := analyst.refused(query, nil)
		if len(got) != 1 || got[0].Extensions.Code != "FORBIDDEN" || strings.Join(got[0].Extensions.Denied, " ") != want {
			t.Errorf("%s got %s", query, asJSON(got))
		}
	}
	for name, w := range map[string]variables{"PatientWhere.phoneNumber": {"phoneNumber": variables{"isNull": true}}, "PatientWhere.givenName": {"and": []any{variables{"givenName": variables{"isNull": true}}}}} {
		if got := analyst.refused(`query($w: PatientWhere) { patients(where: $w) { nodes { id } } }`, variables{"w": w}); len(got) != 1 || strings.Join(got[0].Extensions.Denied, " ") != name {
			t.Errorf("%s got %s", name, asJSON(got))
		}
	}
}

// An analyst walks from patients to their charts and back by pseudonyms, which stay.
func TestAnalysts_walkByPseudonyms(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit := newAppointment(t, c.db, patient, doctor, 0)
	record := newRecord(t, c.db, patient, doctor, 1)
	c.run("UPDATE medical_records SET appointment_id = $2, code = 'J45.9' WHERE id = $1", record.ID, visit.ID)
	c.run("UPDATE patients SET address = '{\"line\": \"Street 1\", \"city\": \"Town\", \"postalCode\": \"01234\", \"country\": \"GE\"}', primary_practitioner_id = $2 WHERE id = $1", patient.ID, doctor.ID)
	analyst := c.as(auth.Analyst)
	const walk = `{ patients(first: 2) { nodes { id displayName birthDate birthDatePrecision sex address { postalCode country } primaryPractitioner { id displayName }
		appointments(first: 2) { nodes { id status length patient { id } practitioner { id } medicalRecords(first: 2) { nodes { id code appointment { id patient { id } } } } } }
		medicalRecords(first: 2) { nodes { id status } } timeline(first: 5) { nodes { __typename id } } allergyStatus allergies { id } lastVisit { id } currentProblems { code } age deceasedOn } } }`
	got := analyst.ask(walk, nil)
	id, visitID, recordID := got.text("patients.nodes.0.id"), got.text("patients.nodes.0.appointments.nodes.0.id"), got.text("patients.nodes.0.medicalRecords.nodes.0.id")
	at := "patients.nodes.0."
	for path, want := range map[string]string{
		"displayName": "Patient " + strings.ToUpper(id[:4]), "birthDate": "1980-01-01", "birthDatePrecision": "YEAR", "sex": "FEMALE",
		"address.postalCode": "012", "address.country": "GE", "primaryPractitioner.id": doctor.ID.String(), "primaryPractitioner.displayName": "Dr. Test Doctor",
		"appointments.nodes.0.patient.id": id, "appointments.nodes.0.practitioner.id": doctor.ID.String(), "appointments.nodes.0.length": "PT30M",
		"appointments.nodes.0.medicalRecords.nodes.0.id": recordID, "appointments.nodes.0.medicalRecords.nodes.0.code": "J45.9",
		"appointments.nodes.0.medicalRecords.nodes.0.appointment.id": visitID, "appointments.nodes.0.medicalRecords.nodes.0.appointment.patient.id": id,
		"currentProblems.0.code": "J45.9", "allergyStatus": "NOT_ASKED",
	} {
		if text := got.text(at + path); text != want {
			t.Errorf("%s is %q, not %q", path, text, want)
		}
	}
	if again := asJSON(analyst.ask(walk, nil)); again != asJSON(got) {
		t.Errorf("the second time it is %s", again)
	}
	if own := asJSON(analyst.ask(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, variables{"ids": []any{id, visitID, recordID, patient.ID, visit.ID, record.ID}})); own !=
		fmt.Sprintf(`{"nodes":[{"id":%q},{"id":%q},{"id":%q},null,null,null]}`, id, visitID, recordID) {
		t.Errorf("nodes are %s", own)
	}
	const byTrueIDs = `{ patient(id: %q) { id } appointment(id: %q) { id } medicalRecord(id: %q) { id } }`
	if got := asJSON(analyst.ask(fmt.Sprintf(byTrueIDs, patient.ID, visit.ID, record.ID), nil)); got != `{"appointment":null,"medicalRecord":null,"patient":null}` {
		t.Errorf("true ids find %s", got)
	}
	if got := asJSON(c.as(auth.Doctor).ask(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, variables{"ids": []any{id, visitID, recordID}})); got != `{"nodes":[null,null,null]}` {
		t.Errorf("a doctor finds %s by pseudonyms", got)
	}
	c.run("UPDATE patients SET is_restricted = true WHERE id = $1", patient.ID)
	if got := asJSON(analyst.ask(fmt.Sprintf(`{ patient(id: %q) { id } appointments { nodes { id } } medicalRecords { nodes { id } } node(id: %q) { id } }`, id, visitID), nil)); got !=
		`{"appointments":{"nodes":[]},"medicalRecords":{"nodes":[]},"node":null,"patient":null}` {
		t.Errorf("of a restricted chart they see %s", got)
	}
}

// Analysts are not told how many there are where few patients stand behind it, and
// else to the five.
func TestAnalysts_totalCount(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	analyst := c.as(auth.Analyst)
	first := newPatient(t, c.db, "Name0", func(p *db.Patient) { p.Sex = db.Male })
	for n := range 12 {
		newAppointment(t, c.db, first, doctor, n)
	}
	const query = `{ patients { totalCount } men: patients(where: {sex: {eq: MALE}}) { totalCount } appointments { totalCount } practitioners { totalCount nodes { appointments { totalCount } patients { totalCount } } } }`
	if got := asJSON(analyst.ask(query, nil)); got != `{"appointments":{"totalCount":null},"men":{"totalCount":null},"patients":{"totalCount":null},"practitioners":{"nodes":[{"appointments":{"totalCount":null},"patients":{"totalCount":null}}],"totalCount":1}}` {
		t.Errorf("of one they are told %s", got)
	}
	for n := 1; n < 13; n++ {
		newAppointment(t, c.db, newPatient(t, c.db, fmt.Sprintf("Name%d", n)), doctor, 12+n)
		want := "null"
		if n >= 10 {
			want = "10"
		}
		if got := asJSON(analyst.ask(`{ patients { totalCount } }`, nil)); got != `{"patients":{"totalCount":`+want+`}}` {
			t.Errorf("of %d they are told %s", n+1, got)
		}
	}
	if got := asJSON(analyst.ask(query, nil)); got != `{"appointments":{"totalCount":20},"men":{"totalCount":null},"patients":{"totalCount":10},"practitioners":{"nodes":[{"appointments":{"totalCount":20},"patients":{"totalCount":10}}],"totalCount":1}}` {
		t.Errorf("of thirteen they are told %s", got)
	}
	if got := asJSON(analyst.ask(fmt.Sprintf(`{ patients(first: 1) { nodes { appointments { totalCount } timeline { totalCount } } } appointments(where: {patientId: {eq: %q}}) { totalCount } }`, first.ID), nil)); strings.Count(got, "null") != 3 {
		t.Errorf("of one patient's they are told %s", got)
	}
}

// What analysts read of patients is in the audit, of nobody in particular, with the
// fields; and when few patients match what they asked for, it says so.
func TestAnalysts_areRecorded(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	analyst := c.as(auth.Analyst)
	for n := range 12 {
		newPatient(t, c.db, fmt.Sprintf("Name%d", n), func(p *db.Patient) { p.Sex = []db.Sex{db.Female, db.Male}[n/11] })
	}
	seen := 0
	for _, test := range []struct{ query, want string }{
		{`{ patients { nodes { id sex } } }`, "READ {Patient.id,Patient.sex} "},
		{`{ patients(where: {sex: {eq: FEMALE}}) { nodes { id } } }`, "READ {Patient.id,PatientWhere.sex} "},
		{`{ patients(where: {sex: {eq: FEMALE}}, first: 2) { nodes { id } } }`, "READ {Patient.id,PatientWhere.sex} "},
		{`{ patients(where: {sex: {eq: MALE}}) { nodes { id } } }`, "READ {Patient.id,PatientWhere.sex} fewer than 11 patients match"},
		{`{ patients(where: {sex: {eq: OTHER}}) { totalCount } }`, "READ {PatientWhere.sex} fewer than 11 patients match"},
		{`{ patients(where: {sex: {eq: FEMALE}}) { totalCount } }`, "READ {PatientWhere.sex} "},
		{`{ appointments(where: {patient: {sex: {eq: MALE}}}) { nodes { id } } }`, "READ {Appointment.id,AppointmentWhere.patient,PatientWhere.sex} fewer than 11 patients match"},
		{`{ patients(first: 1) { nodes { appointments { nodes { startsAt } } } } }`, "READ {Appointment.startsAt,Patient.appointments} "},
	} {
		analyst.ask(test.query, nil)
		var got []string
		mustRead(t, c, &got, `SELECT action || ' ' || fields::text || ' ' || coalesce(reason, '') FROM audit_log WHERE role = 'ANALYST' ORDER BY id`)
		if len(got) != seen+1 || got[seen] != test.want {
			t.Errorf("%s is recorded as %q", test.query, got[min(seen, len(got)):])
		}
		seen = len(got)
	}
	if n := c.count("SELECT count(*) FROM audit_log WHERE role = 'ANALYST' AND patient_id IS NOT NULL"); n != 0 {
		t.Errorf("%d entries name somebody", n)
	}
	analyst.ask(`{ clinic { name } rooms { nodes { name } } viewer { displayName } }`, nil)
	if n := c.count("SELECT count(*) FROM audit_log WHERE role = 'ANALYST'"); n != seen {
		t.Errorf("%d entries of what is nobody's", n-seen)
	}
}

func mustRead(t testing.TB, c *client, into any, query string, args ...any) {
	t.Helper()
	if err := c.db.SQL.Select(into, query, args...); err != nil {
		t.Fatal(err)
	}
}

// An analyst who pages through a list, either way, sees each row once, by pseudonym
// or in an order of shifted starts; a doctor's cursor is none of theirs.
func TestAnalysts_page(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	for n := range 7 {
		newAppointment(t, c.db, newPatient(t, c.db, fmt.Sprintf("Name%d", n)), doctor, n)
	}
	analyst := c.as(auth.Analyst)
	for list, isOrdered := range map[string]bool{"patients(%s)": true, "appointments(%s)": true, "appointments(%s orderBy: {field: STARTS_AT})": false} {
		name, _, _ := strings.Cut(list, "(")
		for argument, step := range map[string][3]string{"first": {"after", "endCursor", "hasNextPage"}, "last": {"before", "startCursor", "hasPreviousPage"}} {
			var seen []string
			page := argument + ": 3 "
			for range 4 {
				got := analyst.ask("{ "+fmt.Sprintf(list, page)+" { nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }", nil)
				rows, _ := got.at(name + ".nodes").([]any)
				var ids []string
				for i := range rows {
					ids = append(ids, got.text(fmt.Sprintf("%s.nodes.%d.id", name, i)))
				}
				if argument == "last" {
					slices.Reverse(ids)
				}
				seen = append(seen, ids...)
				if got.at(name+".pageInfo."+step[2]) != true {
					break
				}
				page = fmt.Sprintf("%s: 3 %s: %q ", argument, step[0], got.text(name+".pageInfo."+step[1]))
			}
			if argument == "last" {
				slices.Reverse(seen)
			}
			if len(seen) != 7 || len(slices.Compact(slices.Sorted(slices.Values(seen)))) != 7 || isOrdered && !slices.IsSorted(seen) {
				t.Errorf("%s by %s: %q", list, argument, seen)
			}
		}
	}
	cursor := c.as(auth.Doctor).ask(`{ appointments(first: 1, orderBy: {field: STARTS_AT}) { pageInfo { endCursor } } }`, nil).text("appointments.pageInfo.endCursor")
	got := analyst.refused(fmt.Sprintf(`{ appointments(after: %q, orderBy: {field: STARTS_AT}) { nodes { id } } }`, cursor), nil)
	if len(got) != 1 || got[0].Extensions.Code != "INVALID" {
		t.Errorf("a doctor's cursor is answered with %s", asJSON(got))
	}
}
