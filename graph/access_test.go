package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
)

// Whoever reads no charts finds every way to one closed, and is told what was in it.
func TestAccess_everyPathIsClosed(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit, record := newAppointment(t, c.db, patient, doctor, 0), newRecord(t, c.db, patient, doctor, 1)
	ids := strings.NewReplacer("$patient", quoted(patient.ID), "$doctor", quoted(doctor.ID), "$visit", quoted(visit.ID), "$record", quoted(record.ID))
	const where = `query($w: PatientWhere) { patients(where: $w) { totalCount } }`
	diagnosis := variables{"diagnosis": variables{"startsWith": "E11"}}
	for name, test := range map[string]struct {
		query string
		vars  variables
		want  string
	}{
		"a root":                     {`{ medicalRecord(id: $record) { id } }`, nil, "MedicalRecord.id Query.medicalRecord"},
		"node and a fragment":        {`{ node(id: $record) { ... on MedicalRecord { diagnosis } } }`, nil, "MedicalRecord.diagnosis"},
		"an interface in a fragment": {`{ node(id: $record) { ... on MedicalRecord { ... on Node { id } } } }`, nil, "MedicalRecord.id"},
		"a fragment in an interface": {`{ node(id: $record) { ...n } } fragment n on Node { id ... on Allergy { ...a } } fragment a on Node { id }`, nil, "Allergy.id"},
		"one fragment on two types":  {`{ patient(id: $patient) { ...n } node(id: $record) { ... on MedicalRecord { ...n } } } fragment n on Node { id }`, nil, "MedicalRecord.id"},
		"nodes":                      {`{ nodes(ids: [$record, $patient]) { id ... on Allergy { substance } ... on Patient { allergies { severity } } } }`, nil, "Allergy.severity Allergy.substance Patient.allergies"},
		"a nested parent":            {`{ practitioner(id: $doctor) { medicalRecords { totalCount } } }`, nil, "MedicalRecordConnection.totalCount Practitioner.medicalRecords"},
		"a parent of a parent":       {`{ appointment(id: $visit) { patient { nextAppointment { medicalRecords { pageInfo { hasNextPage } } } } } }`, nil, "Appointment.medicalRecords MedicalRecordConnection.pageInfo"},
		"edges":                      {`{ patients { edges { node { medicalRecords { edges { node { notes } } } } } } }`, nil, "MedicalRecord.notes MedicalRecordConnection.edges MedicalRecordEdge.node Patient.medicalRecords"},
		"nodes of a connection":      {`{ patients { nodes { medicalRecords { nodes { prescription } } } } }`, nil, "MedicalRecord.prescription MedicalRecordConnection.nodes Patient.medicalRecords"},
		"totalCount":                 {`{ medicalRecords { totalCount } }`, nil, "MedicalRecordConnection.totalCount Query.medicalRecords"},
		"__typename alone":           {`{ patient(id: $patient) { medicalRecords { __typename } } }`, nil, "Patient.medicalRecords"},
		"search":                     {`{ searchPatients(query: "beridze") { edges { node { allergyStatus } } } }`, nil, "Patient.allergyStatus"},
		"an alias":                   {`{ patients { nodes { id: allergyStatus } } }`, nil, "Patient.allergyStatus"},
		"@include(if: false)":        {`{ patients { nodes { id allergyStatus @include(if: false) } } }`, nil, "Patient.allergyStatus"},
		"@skip by variable":          {`query($no: Boolean!) { patients { nodes { id ... @skip(if: $no) { allergyStatus } } } }`, variables{"no": true}, "Patient.allergyStatus"},
		"named fragments":            {`{ patients { nodes { ...a } } } fragment a on Patient { ...b } fragment b on Patient { allergies { id } }`, nil, "Allergy.id Patient.allergies"},
		"the answer of a mutation":   {`mutation { createPatient(input: {familyName: "B", sex: MALE, birthDate: "1990-01-01"}) { patient { allergyStatus } } }`, nil, "Patient.allergyStatus"},
		"one of two mutations": {`mutation { createPatient(input: {familyName: "B", sex: MALE, birthDate: "1990-01-01"}) { patient { id } }
			confirmNoAllergies(input: {patientId: $patient, expectedVersion: 1}) { __typename } }`, nil, "Mutation.confirmNoAllergies"},
		"a filter": {`{ patients(where: {hasMedicalRecord: {}}) { totalCount } }`, nil, "PatientWhere.hasMedicalRecord"},
		"a filter of a nested list": {`{ practitioners { nodes { patients(where: {hasMedicalRecord: {diagnosis: {eq: "x"}}}) { totalCount } } } }`, nil,
			"MedicalRecordWhere.diagnosis PatientWhere.hasMedicalRecord"},
		"a filter in a variable":   {where, variables{"w": variables{"hasMedicalRecord": diagnosis}}, "MedicalRecordWhere.diagnosis PatientWhere.hasMedicalRecord"},
		"a variable in a filter":   {`query($w: MedicalRecordWhere) { patients(where: {hasMedicalRecord: $w}) { totalCount } }`, nil, "PatientWhere.hasMedicalRecord"},
		"a variable deep in a one": {`query($w: [AppointmentWhere!]) { patients(where: {hasAppointment: {or: $w}}) { totalCount } }`, variables{"w": variables{"hasMedicalRecord": variables{}}}, "AppointmentWhere.hasMedicalRecord"},
		"a filter by default":      {`query($w: PatientWhere = {hasMedicalRecord: {}}) { patients(where: $w) { totalCount } }`, nil, "PatientWhere.hasMedicalRecord"},
		"a filter within and":      {where, variables{"w": variables{"and": []any{variables{"or": []any{variables{}, variables{"not": variables{"hasMedicalRecord": variables{}}}}}}}}, "PatientWhere.hasMedicalRecord"},
		"the same as a literal":    {`{ patients(where: {and: [{or: [{}, {not: {hasMedicalRecord: {}}}]}]}) { totalCount } }`, nil, "PatientWhere.hasMedicalRecord"},
		"and without its list":     {where, variables{"w": variables{"and": variables{"or": variables{"hasMedicalRecord": variables{}}}}}, "PatientWhere.hasMedicalRecord"},
		"a filter within a visit": {`{ patients(where: {hasAppointment: {hasMedicalRecord: {code: {eq: "E11"}}}}) { totalCount } }`, nil,
			"AppointmentWhere.hasMedicalRecord MedicalRecordWhere.code"},
		"a filter by way of another": {`{ appointments(where: {patient: {hasMedicalRecord: {}}}) { totalCount } }`, nil, "PatientWhere.hasMedicalRecord"},
		"an order":                   {`{ patients { nodes { medicalRecords(orderBy: [{field: RECORDED_ON}]) { __typename } } } }`, nil, "MedicalRecordOrderField.RECORDED_ON Patient.medicalRecords"},
		"an order in a variable": {`query($o: [MedicalRecordOrder!]) { medicalRecords(orderBy: $o) { __typename } }`, variables{"o": variables{"field": "RECORDED_ON"}},
			"MedicalRecordOrderField.RECORDED_ON Query.medicalRecords"},
		"a field of an order": {`query($f: MedicalRecordOrderField!) { medicalRecords(orderBy: {field: $f}) { __typename } }`, variables{"f": "RECORDED_ON"},
			"MedicalRecordOrderField.RECORDED_ON Query.medicalRecords"},
	} {
		t.Run(name, func(t *testing.T) {
			c := c.in(t)
			for round := range 2 { // the second walk is a kept one
				got := c.as(auth.Receptionist).refused(ids.Replace(test.query), test.vars)
				if len(got) != 1 || got[0].Extensions.Code != "FORBIDDEN" || strings.Join(got[0].Extensions.Denied, " ") != test.want {
					t.Errorf("round %d: got %s, want %s", round, asJSON(got), test.want)
				}
				if want := "your role may not use " + strings.ReplaceAll(test.want, " ", ", "); got[0].Message != want {
					t.Errorf("said %q, want %q", got[0].Message, want)
				}
			}
			for _, who := range []*client{c.as(auth.Admin), c.as("JANITOR")} {
				if got := who.refused(ids.Replace(test.query), test.vars); len(got) != 1 || got[0].Extensions.Code != "FORBIDDEN" {
					t.Errorf("%s got %s", who.header, asJSON(got))
				}
			}
			// Analysts find these ways open, as far as what is there is not masked, and nothing by a true id.
			if _, got := c.as(auth.Analyst).post(ids.Replace(test.query), test.vars); !strings.Contains(got, `"FORBIDDEN"`) {
				for _, own := range []*db.Row{&patient.Row, &visit.Row, &record.Row} {
					if strings.Contains(got, own.ID.String()) {
						t.Errorf("an analyst got %s", got)
					}
				}
			}
			if got := c.as(auth.Nobody).refused(ids.Replace(test.query), test.vars); len(got) != 1 || got[0].Extensions.Code != "UNAUTHENTICATED" || got[0].Message != "sign in first" {
				t.Errorf("nobody got %s", asJSON(got))
			}
		})
	}
	if n := c.count("SELECT count(*) FROM patients"); n != 1 {
		t.Errorf("%d patients: something of a refused operation was run", n)
	}
	for name, test := range map[string]string{
		"a doctor": `{ patients(where: {hasMedicalRecord: {diagnosis: {eq: "x"}}}) { nodes { allergyStatus medicalRecords(orderBy: {field: RECORDED_ON}) { nodes { diagnosis } } } } }`,
		"a nurse":  `{ node(id: $record) { id ... on MedicalRecord { prescription patient { allergies { id } } } } }`,
	} {
		c.in(t).as(map[string]auth.Role{"a doctor": auth.Doctor, "a nurse": auth.Nurse}[name]).ask(ids.Replace(test), nil)
	}
}

func quoted(id fmt.Stringer) string { return fmt.Sprintf("%q", id.String()) }

// Each role may do its work.
func TestAccess_roles(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient := newPatient(t, c.db, "Beridze")
	const (
		names    = `{ patients(where: {familyName: {eq: "Beridze"}, isArchived: false}, orderBy: {field: FAMILY_NAME}) { totalCount nodes { displayName appointments { totalCount } } } }`
		chart    = `{ patients { nodes { allergies { id } medicalRecords { nodes { diagnosis } } } } }`
		add      = `mutation { createPractitioner(input: {familyName: "New"}) { practitioner { id displayName } practitionerEdge { cursor } } }`
		enrol    = `mutation { createPatient(input: {familyName: "New", sex: MALE, birthDate: "1990-01-01", confirmNotDuplicate: true}) { patient { id } } }`
		staff    = `{ practitioners(where: {isActive: true}) { nodes { id displayName identifiers { value } } } }`
		look     = `{ __schema { queryType { name } } __type(name: "Patient") { name } }`
		house    = `{ clinic { name today } }`
		typename = `{ __typename }`
	)
	allergic := fmt.Sprintf(`mutation { recordAllergy(input: {patientId: %q, substance: "Latex"}) { allergy { id } } }`, patient.ID)
	for who, may := range map[*client][]string{
		c.as(auth.Nobody):                {typename},
		c.as(auth.Admin):                 {typename, house, look, staff, add},
		c.behindGlass("closed", patient): {typename, house, look, staff, add},
		c.behindGlass("open", patient):   {typename, house, look, staff, add, names, chart},
		c.as(auth.Doctor):                {typename, house, look, staff, names, chart, enrol, allergic},
		c.as(auth.Nurse):                 {typename, house, look, staff, names, chart, enrol, allergic},
		c.as(auth.Receptionist):          {typename, house, look, staff, names, enrol},
		c.as(auth.Analyst):               {typename, house, look},
		c.as(auth.System):                {typename, house, look, staff, names, chart, add, enrol, allergic},
		c.as(auth.Role("DOCTO")):         {typename},
	} {
		for _, query := range []string{names, chart, add, enrol, allergic, staff, look, house, typename} {
			if slices.Contains(may, query) {
				who.ask(query, nil)
				continue
			}
			code := "FORBIDDEN"
			if who.header.Get("Role") == "" {
				code = "UNAUTHENTICATED"
			}
			if got := who.refused(query, nil); len(got) != 1 || got[0].Extensions.Code != code {
				t.Errorf("%v got %s for %s", who.header, asJSON(got), query)
			}
		}
	}
}

// The document's own mistakes are told first, those of values only to who may
// use the field.
func TestAccess_order(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for name, test := range map[string]struct {
		query string
		vars  variables
		want  string
	}{
		"an unknown field":                        {`{ medicalRecords { totalCount sum } }`, nil, "GRAPHQL_VALIDATION_FAILED"},
		"an unknown field and a value":            {`{ medicalRecords(first: "x") { totalCount sum } }`, nil, "GRAPHQL_VALIDATION_FAILED"},
		"an unknown field and a value of a field": {`{ patients(first: "x") { totalCount sum } }`, nil, "GRAPHQL_VALIDATION_FAILED"},
		"an unknown type and a value":             {`{ node(id: 5) { ... on Nothing { id } } }`, nil, "GRAPHQL_VALIDATION_FAILED"},
		"a literal":                               {`{ medicalRecords(first: "x") { totalCount } }`, nil, "FORBIDDEN"},
		"a literal of another field":              {`{ patients(first: "x") { totalCount nodes { allergyStatus } } }`, nil, "FORBIDDEN"},
		"a variable":                              {`query($n: Int) { medicalRecords(first: $n) { totalCount } }`, variables{"n": "x"}, "FORBIDDEN"},
		"a size":                                  {`{ medicalRecords(first: 0) { totalCount } }`, nil, "FORBIDDEN"},
		"a filter of the wrong form":              {`query($w: PatientWhere) { patients(where: $w) { totalCount } }`, variables{"w": variables{"hasMedicalRecord": 5, "nothing": 6}}, "FORBIDDEN"},
		"an order that is none":                   {`query($f: PatientOrderField!) { patients(orderBy: {field: $f}) { totalCount } }`, variables{"f": "AGE"}, "INVALID"},
		"a size of one's own":                     {`{ patients(first: 0) { totalCount } }`, nil, "INVALID"},
	} {
		if got := c.as(auth.Receptionist).refused(test.query, test.vars); len(got) != 1 || got[0].Extensions.Code != test.want {
			t.Errorf("%s: got %s, want %s", name, asJSON(got), test.want)
		}
	}
}

// What node and nodes may not tell of is answered like what is not there.
func TestAccess_nodes(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	record := newRecord(t, c.db, patient, doctor, 1)
	ids := []any{record.ID, patient.ID, doctor.ID, db.NewID(db.KindMedicalRecord), db.NewID(db.KindClinic), db.NewID(99)}
	for who, want := range map[*client]string{
		c.as(auth.Receptionist):        `{"node":null,"nodes":[null,{"__typename":"Patient"},{"__typename":"Practitioner"},null,null,null]}`,
		c.as(auth.Admin):               `{"node":null,"nodes":[null,null,{"__typename":"Practitioner"},null,null,null]}`,
		c.as(auth.Analyst):             `{"node":null,"nodes":[null,null,{"__typename":"Practitioner"},null,null,null]}`,
		c.behindGlass("open", patient): `{"node":{"__typename":"MedicalRecord"},"nodes":[{"__typename":"MedicalRecord"},{"__typename":"Patient"},{"__typename":"Practitioner"},null,null,null]}`,
	} {
		if got := asJSON(who.ask(`query($id: ID!, $ids: [ID!]!) { node(id: $id) { __typename } nodes(ids: $ids) { __typename } }`, variables{"id": record.ID, "ids": ids})); got != want {
			t.Errorf("%v got %s", who.header, got)
		}
	}
	if got := c.as(auth.Receptionist).ask(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, variables{"ids": ids}); got.at("nodes.0") != nil || got.text("nodes.1.id") != patient.ID.String() {
		t.Errorf("got %s", asJSON(got))
	}
}

// A version conflict tells of the row what its reader may read.
func TestAccess_versionConflict(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient := newPatient(t, c.db, "Beridze")
	c.ask(fmt.Sprintf(`mutation { updatePatient(input: {patientId: %q, expectedVersion: 1, familyName: "New", genderIdentity: "x"}) { __typename } }`, patient.ID), nil)
	stale := fmt.Sprintf(`mutation { updatePatient(input: {patientId: %q, expectedVersion: 1, familyName: "Other"}) { __typename } }`, patient.ID)
	got := c.as(auth.Receptionist).refused(stale, nil)[0].Extensions
	if got.Code != "VERSION_CONFLICT" || got.Current["genderIdentity"] != "x" || asJSON(got.ChangedFields) != `["familyName","genderIdentity"]` {
		t.Errorf("got %s", asJSON(got))
	}
	// No column of these nouns is for fewer than may write it yet, so one is made so.
	changed := changedSchema(t, "  genderIdentity: String @allow(to: DESK) @analysts", "  genderIdentity: String @allow(to: CHART) @analysts")
	patient.GenderIdentity = ptr("x")
	conflict := &db.VersionConflictError{Current: patient, Columns: []string{"gender_identity", "family_name", "no_known_allergies_on"}}
	for role, want := range map[auth.Role]string{
		auth.Receptionist: `["familyName"]`, auth.Nurse: `["genderIdentity","familyName"]`, auth.Analyst: `[]`, auth.Nobody: `[]`,
	} {
		got := graph.Difference(t.Context(), changed, auth.Actor{Name: "tester", Role: role}, conflict)
		current, _ := got["current"].(map[string]any)
		_, family := current["familyName"]
		_, gender := current["genderIdentity"]
		if asJSON(got["changedFields"]) != want || family != strings.Contains(want, "family") || gender != strings.Contains(want, "gender") || current["__typename"] != "Patient" {
			t.Errorf("%s got %s", role, asJSON(got))
		}
	}
}

// A document in which each fragment spreads the next twice is refused by one look
// at each: 2^100 would never end.
func TestAccess_doublingFragments(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	document := func(n int, first string) string {
		var b strings.Builder
		fmt.Fprintf(&b, `{ patients(first: %s) { nodes { ...f0 } } }`, first)
		for i := range n {
			fmt.Fprintf(&b, " fragment f%d on Patient { ...f%d ...f%d }", i, i+1, i+1)
		}
		fmt.Fprintf(&b, " fragment f%d on Patient { allergyStatus }", n)
		return b.String()
	}
	if got := c.as(auth.Receptionist).refused(document(8, "1"), nil); asJSON(got[0].Extensions.Denied) != `["Patient.allergyStatus"]` {
		t.Errorf("got %s", asJSON(got))
	}
	if got := c.as(auth.Receptionist).refused(document(100, `"x"`), nil); got[0].Extensions.Code != "TOO_COMPLEX" {
		t.Errorf("got %s", asJSON(got))
	}
}

// The audit is told which fields of charts an operation selects.
func TestAccess_clinical(t *testing.T) {
	t.Parallel()
	p := policies(t, schema)
	for query, want := range map[string]string{
		`{ patients(where: {familyName: {eq: "B"}}) { nodes { id mrn } } node(id: "x") { id } clinic { name } }`:             "Node.id",
		`{ patients { nodes { id allergyStatus a: allergyStatus ...f } } } fragment f on Patient { allergies { reaction } }`: "Allergy.reaction Patient.allergies Patient.allergyStatus",
		`{ node(id: "x") { ... on MedicalRecord { diagnosis patient { mrn } } } }`:                                           "MedicalRecord.diagnosis MedicalRecord.patient",
	} {
		op := operation(t, schema, query)
		for range 2 {
			if got := strings.Join(p.Clinical(op), " "); got != want {
				t.Errorf("%s: got %q, want %q", query, got, want)
			}
		}
	}
}

// BenchmarkAccess looks whether a doctor may run the query of BenchmarkPage.
func BenchmarkAccess(b *testing.B) {
	p := policies(b, schema)
	actor := auth.Actor{Name: "bench", Role: auth.Doctor}
	for name, query := range map[string]string{"page": page, "variable": `query($w: PatientWhere) { patients(where: $w) { nodes { id } } }`} {
		op := operation(b, schema, query)
		vars := variables{"w": variables{"and": []any{variables{"familyName": variables{"eq": "x"}}, variables{"hasAppointment": variables{"hasMedicalRecord": variables{}}}}}}
		for _, kept := range []bool{true, false} {
			b.Run(fmt.Sprintf("%s/kept=%v", name, kept), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if p.Refused(actor, op, kept, vars) != nil {
						b.Fatal("refused")
					}
				}
			})
		}
	}
}
