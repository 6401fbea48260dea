package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

const (
	enrolling = `mutation($input: CreatePatientInput!) { createPatient(input: $input) { patient { id } } }`
	likeThis  = `query($of: PossibleDuplicatesOf!) { possibleDuplicates(of: $of) { score reasons isRuledOut patient { id displayName archivedAt } } }`
)

// somebody is a person to register, with changes.
func somebody(family, given, birthDate string, change variables) variables {
	p := variables{"familyName": family, "givenName": given, "sex": "UNKNOWN", "birthDate": birthDate}
	for name, value := range change {
		p[name] = value
	}
	return p
}

// Pitfalls 22, 24 and 26: who may be one person, and for whom that is likely
// enough to be asked about.
func TestPossibleDuplicates_pairs(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const phone = "555 70 00 "
	number := func(system, value string) []any { return []any{variables{"system": system, "value": value}} }
	for n, test := range []struct {
		name          string
		first, second variables
		score         int // 0: no candidate
		reasons       string
	}{
		{"the same person in the other script", somebody("ბერიძე", "გიორგი", "1980-01-02", nil), somebody("Beridze", "Giorgi", "1980-01-02", nil), 85, "SAME_NAME SAME_BIRTH_DATE"},
		{"the same person in another romanisation", somebody("Qavtaradze", "ხათუნა", "1981-01-02", nil), somebody("ყავთარაძე", "Xatuna", "1981-01-02", nil), 75, "SIMILAR_NAME SAME_BIRTH_DATE"},
		{"names in the other order", somebody("Lomidze", "Nana", "1982-01-02", nil), somebody("Nana", "Lomidze", "1982-01-02", nil), 85, "SAME_NAME SAME_BIRTH_DATE"},
		{"accents and case", somebody("MÜLLER", "josé", "1983-01-02", nil), somebody("Muller", "Jose", "1983-01-02", nil), 85, "SAME_NAME SAME_BIRTH_DATE"},
		{"a typing error in both names", somebody("Kapanadze", "Levan", "1984-01-02", nil), somebody("Kapandaze", "Leven", "1984-01-02", nil), 75, "SIMILAR_NAME SAME_BIRTH_DATE"},
		{"half of a double name", somebody("Garcia Marquez", "Gabriel", "1985-01-02", nil), somebody("Garcia", "Gabriel", "1985-01-02", nil), 75, "SIMILAR_NAME SAME_BIRTH_DATE"},
		{"twins", somebody("Tvaltvadze", "Ana", "1986-01-02", variables{"phone": phone + "01"}), somebody("Tvaltvadze", "Mariam", "1986-01-02", variables{"phone": phone + "01"}),
			85, "SAME_FAMILY_NAME SAME_BIRTH_DATE SAME_PHONE"},
		{"twins, a girl and a boy", somebody("Nozadze", "Ana", "1987-01-02", variables{"phone": phone + "02", "sex": "FEMALE"}),
			somebody("Nozadze", "Luka", "1987-01-02", variables{"phone": phone + "02", "sex": "MALE"}), 75, "SAME_FAMILY_NAME SAME_BIRTH_DATE SAME_PHONE"},
		{"twins with a number each", somebody("Chkheidze", "Ana", "1988-01-02", variables{"phone": phone + "03", "sex": "FEMALE", "identifiers": number("urn:p", "88001")}),
			somebody("Chkheidze", "Luka", "1988-01-02", variables{"phone": phone + "03", "sex": "MALE", "identifiers": number("urn:p", "88002")}), 65, "SAME_FAMILY_NAME SAME_BIRTH_DATE SAME_PHONE"},
		{"a family name and a birth date", somebody("Jikia", "Zurab", "1989-01-02", nil), somebody("Jikia", "Otar", "1989-01-02", nil), 60, "SAME_FAMILY_NAME SAME_BIRTH_DATE"},
		{"a given name and a birth date", somebody("Abashidze", "Eka", "1990-01-03", nil), somebody("Zoidze", "Eka", "1990-01-03", nil), 55, "SAME_GIVEN_NAME SAME_BIRTH_DATE"},
		{"somebody who married", somebody("Gelashvili", "Tea", "1991-01-02", variables{"phone": phone + "04"}), somebody("Oniani", "Tea", "1991-01-02", variables{"phone": phone + "04"}),
			80, "SAME_GIVEN_NAME SAME_BIRTH_DATE SAME_PHONE"},
		{"father and son", somebody("Maisuradze", "Vakhtang", "1950-03-04", variables{"phone": phone + "05"}), somebody("Maisuradze", "Irakli", "1992-11-21", variables{"phone": phone + "05"}), 0, ""},
		{"father and son of one name", somebody("Kiknadze", "Shota", "1951-03-04", variables{"phone": phone + "06"}), somebody("Kiknadze", "Shota", "1993-11-21", variables{"phone": phone + "06"}),
			50, "SAME_NAME SAME_PHONE"},
		{"a common name", somebody("Giorgadze", "Nino", "1952-03-04", nil), somebody("Giorgadze", "Nino", "1994-11-21", nil), 0, ""},
		{"day and month swapped", somebody("Tsereteli", "Akaki", "1953-03-04", nil), somebody("Tsereteli", "Akaki", "1953-04-03", nil), 70, "SAME_NAME SIMILAR_BIRTH_DATE"},
		{"two digits of the year swapped and the same telephone", somebody("Robakidze", "Grigol", "1954-03-04", variables{"phone": phone + "07"}), somebody("Robakidze", "Grigol", "1945-03-04", variables{"phone": phone + "07"}),
			50, "SAME_NAME SAME_PHONE"},
		{"one digit wrong and the same telephone", somebody("Pshavela", "Vazha", "1955-03-14", variables{"phone": phone + "08"}), somebody("Pshavela", "Vazha", "1955-03-19", variables{"phone": phone + "08"}),
			95, "SAME_NAME SIMILAR_BIRTH_DATE SAME_PHONE"},
		{"a year only", somebody("Kazbegi", "Aleksandre", "1956-03-14", nil), somebody("Kazbegi", "Aleksandre", "1956-01-01", variables{"birthDatePrecision": "YEAR"}), 65, "SAME_NAME SIMILAR_BIRTH_DATE"},
		{"a year only and the same telephone", somebody("Eristavi", "Giorgi", "1957-03-14", variables{"phone": phone + "09"}),
			somebody("Eristavi", "Giorgi", "1957-01-01", variables{"birthDatePrecision": "YEAR", "phone": "+995 555 700009"}), 90, "SAME_NAME SIMILAR_BIRTH_DATE SAME_PHONE"},
		{"two other years", somebody("Orbeliani", "Sulkhan", "1958-01-01", variables{"birthDatePrecision": "YEAR"}), somebody("Orbeliani", "Sulkhan", "1961-01-01", variables{"birthDatePrecision": "YEAR"}), 0, ""},
		{"a birth date that is not known", somebody("Rustaveli", "Shota", "1959-03-14", nil), variables{"familyName": "Rustaveli", "givenName": "Shota", "sex": "UNKNOWN", "birthDatePrecision": "UNKNOWN"},
			50, "SAME_NAME"},
		{"a telephone of the family", somebody("Baratashvili", "Nikoloz", "1960-03-14", variables{"phone": phone + "10"}), somebody("Orjonikidze", "Tamar", "1996-11-21", variables{"phone": phone + "10"}), 0, ""},
		{"newborns with a number for a name", somebody("Newborn 1", "Baby", "1998-01-02", nil), somebody("Newborn 2", "Baby", "1998-01-02", nil), 55, "SAME_GIVEN_NAME SAME_BIRTH_DATE"},
		{"the same personal number", somebody("Chavchavadze", "Ilia", "1962-03-14", variables{"identifiers": number("urn:p", "01024012345")}),
			somebody("Somebody", "Else", "1997-11-21", variables{"identifiers": number("urn:p", "01024-012345")}), 75, "SAME_IDENTIFIER"},
		{"the same number in another system", somebody("Machabeli", "Ivane", "1963-03-14", variables{"identifiers": number("urn:p", "777")}),
			somebody("Entirely", "Other", "1999-11-21", variables{"identifiers": number("urn:q", "777")}), 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := c.in(t)
			first := c.ask(enrolling, variables{"input": test.first}).text("createPatient.patient.id")
			got := c.ask(likeThis, variables{"of": variables{"patient": test.second}})
			want := `{"possibleDuplicates":[]}`
			if test.score > 0 {
				want = fmt.Sprintf(`{"possibleDuplicates":[{"isRuledOut":false,"patient":{"archivedAt":null,"displayName":"%s %s","id":%q},"reasons":["%s"],"score":%d}]}`,
					test.first["givenName"], test.first["familyName"], first, strings.ReplaceAll(test.reasons, " ", `","`), test.score)
			}
			if asJSON(got) != want {
				t.Errorf("%d\ngot  %s\nwant %s", n, asJSON(got), want)
			}
			_, text := c.post(enrolling, variables{"input": test.second})
			answered := parse(t, text)
			if isRefused := answered.Errors != nil; isRefused != (test.score >= 75) {
				t.Errorf("of a likeness of %d: %s", test.score, text)
			}
			if answered.Errors != nil {
				e := answered.Errors[0].Extensions
				want := fmt.Sprintf(`[{"PatientID":%q,"Score":%d,"Reasons":["%s"]}]`, first, test.score, strings.ReplaceAll(test.reasons, " ", `","`))
				if e.Code != "POSSIBLE_DUPLICATE" || asJSON(e.Candidates) != want {
					t.Errorf("got %s, want %s", text, want)
				}
				for _, name := range []string{test.first["familyName"].(string), test.second["familyName"].(string)} {
					if strings.Contains(text, name) {
						t.Errorf("the refusal tells a name: %s", text)
					}
				}
			}
		})
	}
}

func TestCreatePatient_overADuplicate(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	ana := somebody("Tvaltvadze", "Ana", "1986-01-02", variables{"phone": "555 70 00 01"})
	first := c.ask(enrolling, variables{"input": ana}).text("createPatient.patient.id")
	twin := somebody("Tvaltvadze", "Mariam", "1986-01-02", variables{"phone": "555 70 00 01", "confirmNotDuplicate": true, "notDuplicateReason": "twin sister"})
	second := c.ask(enrolling, variables{"input": twin}).text("createPatient.patient.id")
	t.Run("keeps of whom it was said and why", func(t *testing.T) {
		c := c.in(t)
		got := c.count(fmt.Sprintf(`SELECT count(*) FROM patients p JOIN audit_log l ON l.row_id = p.id
			WHERE p.id = '%s' AND p.not_duplicate_of = ARRAY['%s']::uuid[] AND l.reason = 'twin sister' AND l.after -> 'not_duplicate_of' ->> 0 = '%s'`, second, first, first))
		if got != 1 {
			t.Errorf("%d rows say so", got)
		}
	})
	t.Run("is told from either side", func(t *testing.T) {
		c := c.in(t)
		for of, other := range map[string]string{first: second, second: first} {
			got := c.ask(`query($id: ID!) { possibleDuplicates(of: {patientId: $id}) { score isRuledOut patient { id } } }`, variables{"id": of})
			want := fmt.Sprintf(`{"possibleDuplicates":[{"isRuledOut":true,"patient":{"id":%q},"score":85}]}`, other)
			if asJSON(got) != want {
				t.Errorf("got %s, want %s", asJSON(got), want)
			}
		}
	})
	t.Run("asks about those who are archived", func(t *testing.T) {
		c := c.in(t)
		archived := c.ask(enrolling, variables{"input": somebody("Gone", "Away", "1970-01-02", nil)}).text("createPatient.patient.id")
		c.ask(`mutation($id: ID!) { archivePatient(input: {patientId: $id, expectedVersion: 1, reason: "moved"}) { patient { id } } }`, variables{"id": archived})
		got := c.refused(enrolling, variables{"input": somebody("Gone", "Away", "1970-01-02", nil)})
		if e := got[0].Extensions; e.Code != "POSSIBLE_DUPLICATE" || len(e.Candidates) != 1 || e.Candidates[0].PatientID != archived {
			t.Errorf("got %s", asJSON(got))
		}
		if got := c.ask(likeThis, variables{"of": variables{"patientId": archived}}); asJSON(got) != `{"possibleDuplicates":[]}` {
			t.Errorf("somebody is like themselves: %s", asJSON(got))
		}
	})
	t.Run("confirms nothing where nobody is like", func(t *testing.T) {
		c := c.in(t)
		id := c.ask(enrolling, variables{"input": somebody("Lonely", "One", "1971-01-02", variables{"confirmNotDuplicate": true})}).text("createPatient.patient.id")
		if n := c.count(fmt.Sprintf(`SELECT cardinality(not_duplicate_of) FROM patients WHERE id = '%s'`, id)); n != 0 {
			t.Errorf("%d are named", n)
		}
	})
	t.Run("refuses an empty reason", func(t *testing.T) {
		input := somebody("Tvaltvadze", "Eka", "1986-01-02", variables{"phone": "555 70 00 01", "confirmNotDuplicate": true, "notDuplicateReason": ""})
		got := c.in(t).refused(enrolling, variables{"input": input})
		if got := problemsOf(got); !slices.Equal(got, []string{"input.notDuplicateReason TOO_SHORT"}) {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("answers a repeat as the first time", func(t *testing.T) {
		c := c.in(t)
		const once = `mutation($key: String!, $input: CreatePatientInput!) { createPatient(input: $input) @idempotent(key: $key) { patient { id version } } }`
		for key, input := range map[string]variables{"key-of-a-refusal": ana, "key-of-a-success": somebody("Repeated", "Often", "1972-01-02", nil)} {
			_, first := c.post(once, variables{"key": key, "input": input})
			if _, again := c.post(once, variables{"key": key, "input": input}); again != first || strings.Contains(first, "POSSIBLE_DUPLICATE") != (key == "key-of-a-refusal") {
				t.Errorf("%s: got %s, first %s", key, again, first)
			}
		}
	})
	t.Run("looks for nobody who is not there", func(t *testing.T) {
		got := c.in(t).refused(likeThis, variables{"of": variables{"patientId": db.NewID(db.KindPatient)}})
		if got[0].Extensions.Code != "NOT_FOUND" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("says what is wrong with a person", func(t *testing.T) {
		got := c.in(t).refused(likeThis, variables{"of": variables{"patient": variables{"familyName": strings.Repeat("a", 201), "identifiers": []any{variables{"system": "", "value": "1"}}}}})
		if got[0].Extensions.Code != "INVALID" || len(got[0].Extensions.Fields) != 2 {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("counts as twenty patients", func(t *testing.T) {
		got := c.in(t).refused(`query($id: ID!) { possibleDuplicates(of: {patientId: $id}) { patient { appointments(first: 100) { nodes { patient { appointments(first: 100) { nodes { id } } } } } } } }`,
			variables{"id": first})
		if got[0].Extensions.Code != "TOO_COMPLEX" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("finds nobody by too little", func(t *testing.T) {
		c := c.in(t)
		for _, known := range []variables{{}, {"birthDate": "1986-01-02"}, {"birthDate": "1986-01-02", "birthDatePrecision": "YEAR"}, {"sex": "FEMALE"}, {"phone": "no number"}} {
			if got := c.ask(likeThis, variables{"of": variables{"patient": known}}); asJSON(got) != `{"possibleDuplicates":[]}` {
				t.Errorf("%v finds %s", known, asJSON(got))
			}
		}
	})
}

// Whoever registers the same person at the same moment is told, in whichever
// spelling: one of eight is the first.
func TestCreatePatient_racersAreTold(t *testing.T) {
	t.Parallel()
	c := newClient(t).as(auth.Receptionist)
	spellings := []variables{
		somebody("Beridze", "Giorgi", "1980-01-02", nil), somebody("ბერიძე", "გიორგი", "1980-01-02", nil),
		somebody("Giorgi", "Beridze", "1980-01-02", nil), somebody("Beridze", "Georgi", "1980-01-02", nil),
	}
	answers := make([]string, 8)
	var all sync.WaitGroup
	for n := range answers {
		all.Go(func() { _, answers[n] = c.post(enrolling, variables{"input": spellings[n%len(spellings)]}) })
	}
	all.Wait()
	registered := ""
	for _, text := range answers {
		if id := parse(t, text).Data.text("createPatient.patient.id"); id != "" && registered == "" {
			registered = id
		} else if id != "" {
			t.Errorf("a second one was registered: %s", text)
		}
	}
	for _, text := range answers {
		e := parse(t, text).Errors
		if e != nil && (e[0].Extensions.Code != "POSSIBLE_DUPLICATE" || len(e[0].Extensions.Candidates) != 1 || e[0].Extensions.Candidates[0].PatientID != registered) {
			t.Errorf("got %s", text)
		}
	}
	if n := c.count("SELECT count(*) FROM patients"); n != 1 {
		t.Errorf("%d patients", n)
	}
}
