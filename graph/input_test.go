package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
)

const create = `mutation($input: CreatePatientInput!) { createPatient(input: $input) { patient { id } } }`

// All that is wrong with an input is told at once, with the path to each value,
// and nothing is written.
func TestInvalidInput(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit := newAppointment(t, c.db, patient, doctor, 0)
	day := func(years, days int) string { return time.Now().UTC().AddDate(years, 0, days).Format(time.DateOnly) }
	person := func(set variables) variables {
		input := variables{"familyName": "Beridze", "birthDate": "1990-02-28", "sex": "FEMALE"}
		for name, value := range set {
			input[name] = value
		}
		return variables{"input": input}
	}
	for name, test := range map[string]struct {
		query string
		vars  variables
		want  []string // path and code of each problem
	}{
		"29 February of no leap year":    {create, person(variables{"birthDate": "2023-02-29"}), []string{"input.birthDate BAD_FORMAT"}},
		"a day as a literal":             {`mutation { createPatient(input: {familyName: "B", sex: MALE, birthDate: "2023-02-29"}) { patient { id } } }`, nil, []string{"input.birthDate BAD_FORMAT"}},
		"a birth the day after tomorrow": {create, person(variables{"birthDate": day(0, 2)}), []string{"input.birthDate IN_THE_FUTURE"}},
		"a birth 200 years ago":          {create, person(variables{"birthDate": day(-200, 0)}), []string{"input.birthDate OUT_OF_RANGE"}},
		"a birth date and none known":    {create, person(variables{"birthDatePrecision": "UNKNOWN"}), []string{"input.birthDate NOT_ALLOWED_NOW"}},
		"an empty name":                  {create, person(variables{"familyName": " "}), []string{"input.familyName TOO_SHORT"}},
		"no name":                        {create, variables{"input": variables{"sex": "MALE", "birthDate": "1990-01-01"}}, []string{"input.familyName REQUIRED"}},
		"a NUL byte":                     {create, person(variables{"givenName": "A\x00B"}), []string{"input.givenName BAD_FORMAT"}},
		"a control character":            {create, person(variables{"givenName": "A\x07B"}), []string{"input.givenName BAD_FORMAT"}},
		"a name of 200 KB":               {create, person(variables{"familyName": strings.Repeat("ა", 1<<16)}), []string{"input.familyName TOO_LONG"}},
		"null for what is needed":        {create, person(variables{"sex": nil}), []string{"input.sex REQUIRED"}},
		"null for it as a literal":       {`mutation { createPatient(input: {familyName: "B", sex: null, birthDate: "1990-01-01"}) { patient { id } } }`, nil, []string{"input.sex REQUIRED"}},
		"nothing for what is needed":     {create, variables{"input": variables{"familyName": "B"}}, []string{"input.sex REQUIRED"}},
		"an enum value in small letters": {create, person(variables{"sex": "female"}), []string{"input.sex BAD_FORMAT"}},
		"a field that is not there":      {create, person(variables{"age": 5}), []string{"input.age BAD_FORMAT"}},
		"an e-mail without a domain":     {create, person(variables{"email": "nino"}), []string{"input.email BAD_FORMAT"}},
		"a language that is none":        {create, person(variables{"preferredLanguage": "??"}), []string{"input.preferredLanguage BAD_FORMAT"}},
		"a country in small letters":     {create, person(variables{"address": variables{"country": "ge"}}), []string{"input.address.country BAD_FORMAT"}},
		"one identifier twice":           {create, person(variables{"identifiers": []any{variables{"system": "s", "value": "v"}, variables{"system": "s", "value": "v"}}}), []string{"input.identifiers.1 NOT_UNIQUE"}},
		"many mistakes": {create, variables{"input": variables{"familyName": "", "givenName": "\x00", "birthDate": "1990-13-01", "sex": nil, "email": "x"}},
			[]string{"input.birthDate BAD_FORMAT", "input.email BAD_FORMAT", "input.familyName TOO_SHORT", "input.givenName BAD_FORMAT", "input.sex REQUIRED"}},
		"many mistakes of rules": {create, variables{"input": variables{"familyName": "B", "sex": "MALE", "birthDate": day(0, 2), "preferredLanguage": "??", "address": variables{"country": "XXX"}}},
			[]string{"input.address.country BAD_FORMAT", "input.address.country TOO_LONG", "input.birthDate IN_THE_FUTURE", "input.preferredLanguage BAD_FORMAT"}},

		"first of 0":                   {`{ patients(first: 0) { nodes { id } } }`, nil, []string{"first OUT_OF_RANGE"}},
		"first of -1":                  {`{ patients(first: -1) { nodes { id } } }`, nil, []string{"first OUT_OF_RANGE"}},
		"first of 101":                 {`query($n: Int) { patients(first: $n) { nodes { id } } }`, variables{"n": 101}, []string{"first OUT_OF_RANGE"}},
		"first of 3 billion":           {`query($n: Int) { patients(first: $n) { nodes { id } } }`, variables{"n": 3_000_000_000}, []string{"first BAD_FORMAT"}},
		"first as a text":              {`query($n: Int) { patients(first: $n) { nodes { id } } }`, variables{"n": "5"}, []string{"first BAD_FORMAT"}},
		"first and last":               {`{ patients(first: 1, last: 1) { nodes { id } } }`, nil, []string{"last OUT_OF_RANGE"}},
		"a nested last of 0":           {`{ patients(where: {familyName: {eq: "nobody"}}) { nodes { appointments(last: 0) { nodes { id } } } } }`, nil, []string{"last OUT_OF_RANGE"}},
		"too many orders":              {`{ patients(orderBy: [{field: MRN}, {field: MRN}, {field: MRN}, {field: MRN}, {field: MRN}]) { nodes { id } } }`, nil, []string{"orderBy TOO_LONG"}},
		"no ids":                       {`{ nodes(ids: []) { id } }`, nil, []string{"ids TOO_SHORT"}},
		"101 ids":                      {`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, variables{"ids": slices.Repeat([]any{patient.ID.String()}, 101)}, []string{"ids TOO_LONG"}},
		"a number for an id":           {`query($id: ID!) { patient(id: $id) { id } }`, variables{"id": 5}, []string{"id BAD_FORMAT"}},
		"a word for an id":             {`{ patient(id: "beridze") { id } }`, nil, []string{"id BAD_FORMAT"}},
		"a visit's id for a patient's": {`query($id: ID!) { patient(id: $id) { id } }`, variables{"id": visit.ID}, []string{"id UNKNOWN_REFERENCE"}},
		"a visit's id in a condition": {`query($id: ID!) { appointments(where: {patientId: {in: [$id]}}) { nodes { id } } }`, variables{"id": visit.ID},
			[]string{"where.patientId.in.0 UNKNOWN_REFERENCE"}},
		"a patient's id for a doctor's": {create, person(variables{"primaryPractitionerId": patient.ID}), []string{"input.primaryPractitionerId UNKNOWN_REFERENCE"}},
		"a doctor who is not there":     {create, person(variables{"primaryPractitionerId": db.NewID(db.KindPractitioner)}), []string{"input.primaryPractitionerId UNKNOWN_REFERENCE"}},
		"two keys as literals":          {`{ patientBy(by: {mrn: "C1", id: "x"}) { id } }`, nil, []string{"by OUT_OF_RANGE", "by.id BAD_FORMAT"}},
		"two keys in a variable":        {`query($by: PatientKey!) { patientBy(by: $by) { id } }`, variables{"by": variables{"mrn": "C1", "id": patient.ID}}, []string{"by OUT_OF_RANGE"}},
		"a key that is null":            {`query($by: PatientKey!) { patientBy(by: $by) { id } }`, variables{"by": variables{"mrn": nil}}, []string{"by OUT_OF_RANGE"}},
		"no key":                        {`query($by: PatientKey!) { patientBy(by: $by) { id } }`, variables{"by": variables{}}, []string{"by OUT_OF_RANGE"}},
		"a null condition":              {`query($n: String) { patients(where: {familyName: {eq: $n}}) { nodes { id } } }`, variables{"n": nil}, []string{"where.familyName.eq REQUIRED"}},
		"a NUL in a condition":          {`query($n: String) { patients(where: {familyName: {contains: $n}}) { nodes { id } } }`, variables{"n": "a\x00"}, []string{"where.familyName.contains BAD_FORMAT"}},
		"conditions too deep": {`{ patients(where: {not: {not: {not: {not: {not: {isArchived: true}}}}}}) { nodes { id } } }`, nil,
			[]string{"where.not.not.not.not.not TOO_LONG"}},
		"linked conditions too deep": {`{ patients(where: {hasAppointment: {patient: {hasAppointment: {patient: {hasAppointment: {}}}}}}) { nodes { id } } }`, nil,
			[]string{"where.hasAppointment.patient.hasAppointment.patient.hasAppointment TOO_LONG"}},
		"an instant without its offset": {`query($at: DateTime) { appointments(where: {startsAt: {gte: $at}}) { nodes { id } } }`, variables{"at": "2026-03-01T09:00:00"},
			[]string{"where.startsAt.gte BAD_FORMAT"}},
		"a key too short": {`mutation { createPatient(input: {familyName: "B", sex: MALE, birthDate: "1990-01-01"}) @idempotent(key: "short") { patient { id } } }`, nil,
			[]string{"@idempotent.key OUT_OF_RANGE"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			errors := c.in(t).refused(test.query, test.vars)
			if got := problemsOf(errors); !slices.Equal(got, test.want) {
				t.Errorf("got %q, not %q: %.600s", got, test.want, asJSON(errors))
			}
		})
	}
	t.Cleanup(func() {
		var patients int
		if err := c.db.SQL.Get(&patients, "SELECT count(*) FROM patients"); err != nil || patients != 1 {
			t.Errorf("there are %d patients (%v): something was written", patients, err)
		}
	})
}

// problemsOf returns the path and code of each problem, in order.
func problemsOf(errors []refusal) []string {
	var found []string
	for _, e := range errors {
		if e.Extensions.Code != "INVALID" {
			found = append(found, fmt.Sprint(e.Path, e.Extensions.Code))
		}
		for _, p := range e.Extensions.Fields {
			found = append(found, db.PathText(p.Path)+" "+string(p.Code))
		}
	}
	slices.Sort(found)
	return found
}
