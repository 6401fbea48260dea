package graph_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/clinicql/clinicql/db"
)

func TestCreatePatient(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	got := c.ask(`mutation($doctor: ID) { createPatient(input: {
			familyName: "ბერიძე", givenName: " Giorgi ", birthDate: "1990-02-28", birthDatePrecision: YEAR, sex: MALE, genderIdentity: "man",
			phone: "555 12 34 56", email: "g@example.org", identifiers: [{system: "urn:x", value: "1"}], address: {city: "Tbilisi"},
			preferredLanguage: "ka", primaryPractitionerId: $doctor}) {
		patient { mrn displayName familyName givenName birthDate birthDatePrecision sex genderIdentity phone phoneNumber email
			identifiers { system value } address { city line } preferredLanguage primaryPractitioner { displayName }
			version allergyStatus allergies { id } appointments { totalCount nodes { id } } nextAppointment { id } lastVisit { id }
			archivedAt deceasedOn }
		patientEdge { node { displayName } } } }`, variables{"doctor": doctor.ID})
	const want = `{"createPatient":{"patient":{"address":{"city":"Tbilisi","line":null},"allergies":[],"allergyStatus":"NOT_ASKED",` +
		`"appointments":{"nodes":[],"totalCount":0},"archivedAt":null,"birthDate":"1990-01-01","birthDatePrecision":"YEAR","deceasedOn":null,` +
		`"displayName":"Giorgi ბერიძე","email":"g@example.org","familyName":"ბერიძე","genderIdentity":"man","givenName":"Giorgi",` +
		`"identifiers":[{"system":"urn:x","value":"1"}],"lastVisit":null,"mrn":"C1000009","nextAppointment":null,"phone":"555 12 34 56",` +
		`"phoneNumber":"+995555123456","preferredLanguage":"ka","primaryPractitioner":{"displayName":"Dr. Test Doctor"},"sex":"MALE","version":1},` +
		`"patientEdge":{"node":{"displayName":"Giorgi ბერიძე"}}}}`
	if asJSON(got) != want {
		t.Errorf("got  %s\nwant %s", asJSON(got), want)
	}
	t.Run("refuses a number that somebody has", func(t *testing.T) {
		errors := c.refused(create, variables{"input": variables{"familyName": "B", "sex": "MALE", "birthDate": "1990-01-01", "confirmNotDuplicate": true,
			"identifiers": []any{variables{"system": "urn:x", "value": "1"}}}})
		if got := problemsOf(errors); !slices.Equal(got, []string{"input.identifiers NOT_UNIQUE"}) {
			t.Errorf("got %s", asJSON(errors))
		}
	})
	// Pitfall 20: single names, any script, kept as typed.
	t.Run("takes a single name", func(t *testing.T) {
		got := c.ask(`mutation { createPatient(input: {givenName: "Teller", sex: UNKNOWN, birthDatePrecision: UNKNOWN}) { patient { displayName birthDate age } } }`, nil)
		if want := `{"createPatient":{"patient":{"age":null,"birthDate":null,"displayName":"Teller"}}}`; asJSON(got) != want {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

// Pitfall 21: numbers are issued once, never again, and end in a check digit.
func TestMRN(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	seen := map[string]bool{}
	for i := range 20 {
		mrn := newPatient(t, c.db, string(rune('A'+i))).MRN
		if !regexp.MustCompile(`^C\d{7}$`).MatchString(mrn) || seen[mrn] || !luhn(mrn[1:]) {
			t.Errorf("the %d. number is %s", i, mrn)
		}
		seen[mrn] = true
	}
	if _, err := c.db.SQL.Exec("UPDATE patients SET mrn = 'C1' WHERE family_name = 'A'"); err == nil {
		t.Error("a record number was changed")
	}
	c.refused(`mutation { createPatient(input: {familyName: "", sex: MALE}) { patient { id } } }`, nil)
	if _, err := c.db.SQL.Exec("DELETE FROM patients WHERE family_name = 'T'"); err != nil { // by a superuser, as nobody else can
		t.Fatal(err)
	}
	if mrn := newPatient(t, c.db, "Z").MRN; seen[mrn] {
		t.Errorf("%s was issued again", mrn)
	}
}

func luhn(digits string) bool {
	total := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		total += d/10 + d%10
	}
	return total%10 == 0
}

func TestUpdatePatient(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	p := newPatient(t, c.db, "Beridze", func(p *db.Patient) { p.Phone, p.Email = ptr("555123456"), ptr("b@example.org") })
	const update = `mutation($input: UpdatePatientInput!) { updatePatient(input: $input) { patient { version familyName givenName phone phoneNumber email birthDate } } }`
	t.Run("keeps what is absent and empties what is null", func(t *testing.T) { // pitfall 39
		got := c.ask(update, variables{"input": variables{"patientId": p.ID, "expectedVersion": 1, "phone": nil, "familyName": "Maisuradze"}})
		const want = `{"updatePatient":{"patient":{"birthDate":"1980-05-17","email":"b@example.org","familyName":"Maisuradze","givenName":"Test","phone":null,"phoneNumber":null,"version":2}}}`
		if asJSON(got) != want {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("makes no version when nothing changes", func(t *testing.T) {
		got := c.ask(update, variables{"input": variables{"patientId": p.ID, "expectedVersion": 2, "familyName": "Maisuradze"}})
		if got.number("updatePatient.patient.version") != 2 {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("tells a stale editor what changed", func(t *testing.T) {
		got := c.refused(update, variables{"input": variables{"patientId": p.ID, "expectedVersion": 1, "email": "new@example.org"}})[0].Extensions
		if got.Code != "VERSION_CONFLICT" || asJSON(got.ChangedFields) != `["familyName","phone","phoneNumber"]` ||
			got.Current.text("familyName") != "Maisuradze" || got.Current.number("version") != 2 || got.Current.text("email") != "b@example.org" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("refuses null for what always has a value", func(t *testing.T) {
		errors := c.refused(update, variables{"input": variables{"patientId": p.ID, "expectedVersion": 2, "sex": nil, "identifiers": nil}})
		if got := problemsOf(errors); !slices.Equal(got, []string{"input.identifiers REQUIRED", "input.sex REQUIRED"}) {
			t.Errorf("got %s", asJSON(errors))
		}
	})
	t.Run("refuses a death before birth", func(t *testing.T) {
		wantProblem(t, c.refused(update, variables{"input": variables{"patientId": p.ID, "expectedVersion": 2, "deceasedOn": "1980-05-16"}}), "OUT_OF_RANGE")
	})
	t.Run("answers NOT_FOUND for nobody", func(t *testing.T) {
		got := c.refused(update, variables{"input": variables{"patientId": db.NewID(db.KindPatient), "expectedVersion": 1}})
		if got[0].Extensions.Code != "NOT_FOUND" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

// Pitfalls 14, 32 and 33: nothing is deleted, archiving says why, and is refused while visits are booked.
func TestArchivePatient(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	p, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	const archive = `mutation($id: ID!, $version: Int!, $reason: String!) { archivePatient(input: {patientId: $id, expectedVersion: $version, reason: $reason}) {
		patient { archiveReason } } }`
	const restore = `mutation($id: ID!, $version: Int!) { restorePatient(input: {patientId: $id, expectedVersion: $version}) { patient { archivedAt archiveReason } } }`
	visit := newAppointment(t, c.db, p, doctor, 0)
	if got := c.refused(archive, variables{"id": p.ID, "version": 1, "reason": "moved"}); got[0].Extensions.Code != "CONFLICT" {
		t.Errorf("got %s", asJSON(got))
	}
	mustDo(t)(c.db.CancelAppointment(acting(t), visit.ID, 1, "PATIENT", nil))
	wantProblem(t, c.refused(archive, variables{"id": p.ID, "version": 1, "reason": " "}), "TOO_SHORT")
	c.ask(archive, variables{"id": p.ID, "version": 1, "reason": "moved"})
	for where, want := range map[string]int{"{}": 0, "{isArchived: false}": 0, "{isArchived: true}": 1, "{or: [{isArchived: true}, {isArchived: false}]}": 1} {
		if got := c.ask(`{ patients(where: `+where+`) { totalCount } }`, nil); got.number("patients.totalCount") != want {
			t.Errorf("where %s finds %s", where, asJSON(got))
		}
	}
	if got := c.ask(`query($id: ID!) { patient(id: $id) { archiveReason } }`, variables{"id": p.ID}); got.text("patient.archiveReason") != "moved" {
		t.Errorf("got %s", asJSON(got))
	}
	if got := c.ask(restore, variables{"id": p.ID, "version": 2}); asJSON(got) != `{"restorePatient":{"patient":{"archiveReason":null,"archivedAt":null}}}` {
		t.Errorf("got %s", asJSON(got))
	}
}

func TestPatientBy(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	p := newPatient(t, c.db, "Beridze", func(p *db.Patient) { p.Identifiers = db.Identifiers{{System: "urn:x", Value: "1"}} })
	for by, want := range map[string]any{
		`{id: "` + p.ID.String() + `"}`:               "Beridze",
		`{mrn: "c1000009"}`:                           "Beridze",
		`{identifier: {system: "urn:x", value: "1"}}`: "Beridze",
		`{identifier: {system: "urn:y", value: "1"}}`: nil,
		`{mrn: "C1"}`: nil,
	} {
		if got := c.ask(`{ patientBy(by: `+by+`) { familyName } }`, nil).at("patientBy.familyName"); got != want {
			t.Errorf("by %s finds %v", by, got)
		}
	}
}
