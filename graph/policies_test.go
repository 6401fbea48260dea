package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// operation returns the one operation of a document.
func operation(t testing.TB, schema *ast.Schema, query string) *ast.OperationDefinition {
	t.Helper()
	document, errs := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules())
	if errs != nil {
		t.Fatal(errs)
	}
	return document.Operations[0]
}

type compiled interface {
	Names() []string
	May(a auth.Actor, name string) bool
	Clinical(operation *ast.OperationDefinition) []string
	Refused(a auth.Actor, operation *ast.OperationDefinition, kept bool, variables map[string]any) []string
}

func policies(t testing.TB, schema *ast.Schema) compiled {
	t.Helper()
	p, err := graph.CompilePolicy(schema)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// changedSchema returns the schema with one text in place of another.
func changedSchema(t testing.TB, cut, paste string) *ast.Schema {
	t.Helper()
	if !strings.Contains(graph.SDL(), cut) {
		t.Fatalf("the schema has no %q", cut)
	}
	changed, err := gqlparser.LoadSchema(&ast.Source{Input: strings.Replace(graph.SDL(), cut, paste, 1)})
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

// Every field that can be asked for has a policy, as has everything in an input
// that tells of a value.
func TestPolicies_areComplete(t *testing.T) {
	t.Parallel()
	known := policies(t, schema).Names()
	has := func(name string) {
		if !slices.Contains(known, name) {
			t.Errorf("%s has no policy", name)
		}
	}
	for _, d := range own() {
		isWhere, isKey := strings.HasSuffix(d.Name, "Where"), strings.HasSuffix(d.Name, "Key")
		for _, f := range d.Fields {
			if d.Kind == ast.Object || isKey || isWhere && f.Name != "and" && f.Name != "or" && f.Name != "not" {
				has(d.Name + "." + f.Name)
			}
		}
		for _, v := range d.EnumValues {
			if strings.HasSuffix(d.Name, "OrderField") {
				has(d.Name + "." + v.Name)
			}
		}
	}
}

// A schema in which something has no policy is not served.
func TestPolicies_refuseASchema(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ cut, paste, want string }{
		"a type without":             {"type PageInfo @fields(allow: SIGNED_IN)", "type PageInfo", "PageInfo.endCursor has no policy\nPageInfo.hasNextPage has no policy\nPageInfo.hasPreviousPage has no policy\nPageInfo.startCursor has no policy"},
		"a root field without":       {"clinic: Clinic! @allow(to: SIGNED_IN)", "clinic: Clinic!", "Query.clinic has no policy"},
		"a policy of a whole root":   {"type Query {", "type Query @fields(allow: ANYONE) {", "Query is a root: its fields name their policies themselves"},
		"a condition without":        {"isArchived: Boolean @allow(to: [DESK,ANALYSTS])", "isArchived: Boolean", "PatientWhere.isArchived has no policy"},
		"a key without":              {"identifier: IdentifierInput @allow(to: STAFF)", "identifier: IdentifierInput", "PractitionerKey.identifier has no policy"},
		"an order without":           {"  MRN\n  \"\"\"\n  Birth date: a", "  MRN\n  SHOE_SIZE\n  \"\"\"\n  Birth date: a", "PatientOrderField.SHOE_SIZE has no policy"},
		"a condition on nothing":     {"input PatientWhere {", "input ShoeWhere { name: String }\ninput PatientWhere {", "ShoeWhere tells of no type of the schema\nShoeWhere.name has no policy"},
		"a field without a word":     {"mrn: String! @allow(to: DESK) @analysts(see: NOTHING)", "mrn: String! @allow(to: DESK)", "Patient.mrn does not say what analysts see of it"},
		"two words on analysts":      {"sex: Sex! @allow(to: DESK) @analysts", "sex: Sex! @allow(to: [DESK,ANALYSTS]) @analysts", "Patient.sex is for analysts by its audiences too"},
		"another role under a glass": {"@roles(are: [DOCTOR])", "@roles(are: [DOCTOR], underGlass: [NURSE])", "DOCTORS names another role than ADMIN under glass"},
	} {
		if _, err := graph.CompilePolicy(changedSchema(t, test.cut, test.paste)); err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Who looks at the schema is told whose each field is.
func TestPolicies_areTold(t *testing.T) {
	t.Parallel()
	got := newClient(t).ask(`{ patient: __type(name: "Patient") { fields { name description } } order: __type(name: "PatientOrderField") { enumValues { name description } }
		root: __type(name: "Mutation") { fields { name description } } where: __type(name: "PatientWhere") { inputFields { name description } } }`, nil)
	for at, want := range map[string]string{
		"patient.fields mrn":                 "\nFor DOCTOR, NURSE, RECEPTIONIST, ADMIN under a broken glass.\nAnalysts do not see it, and cannot filter or order by it.",
		"patient.fields displayName":         "ANALYST, ADMIN under a broken glass.\nAnalysts see a label made of the pseudonym; they cannot filter or order by it.",
		"patient.fields allergies":           "\nFor DOCTOR, NURSE, ANALYST, ADMIN under a broken glass.",
		"root.fields createPatient":          "\nFor DOCTOR, NURSE, RECEPTIONIST.",
		"root.fields createPractitioner":     "\nFor ADMIN.",
		"where.inputFields hasMedicalRecord": "\nFor DOCTOR, NURSE, ANALYST, ADMIN under a broken glass.",
		"where.inputFields not":              "Rows without a value are then matched too.",
		"order.enumValues MRN":               "\nFor DOCTOR, NURSE, RECEPTIONIST, ADMIN under a broken glass.",
	} {
		list, name, _ := strings.Cut(at, " ")
		members, _ := got.at(list).([]any)
		if !slices.ContainsFunc(members, func(m any) bool {
			member, _ := m.(map[string]any)
			text, _ := member["description"].(string)
			return member["name"] == name && strings.HasSuffix(text, want)
		}) {
			t.Errorf("%s does not end in %q", at, want)
		}
	}
}

// A policy on an argument, on a field of any input and one beside a namesake are obeyed.
func TestPolicies_ofInputs(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer(
		"query: String!", "query: String! @allow(to: DOCTORS)",
		"input: UpdatePractitionerInput!", "input: UpdatePractitionerInput! @allow(to: CHART)",
		"phoneNumber: StringFilter", "phoneNumber: StringFilter @allow(to: CHART)",
		"diagnosis: StringFilter", "diagnosis: StringFilter @allow(to: ANYONE)",
		"  genderIdentity: String\n  \"\"\"\n  Numbers", "  genderIdentity: String @allow(to: DOCTORS)\n  \"\"\"\n  Numbers",
	).Replace(graph.SDL())
	changed := gqlparser.MustLoadSchema(&ast.Source{Input: text})
	p := policies(t, changed)
	nurse, desk, glass := auth.Actor{Name: "n", Role: auth.Nurse}, auth.Actor{Name: "r", Role: auth.Receptionist},
		auth.Actor{Name: "a", Role: auth.Admin, Glass: []auth.Glass{{ClosesAt: time.Now().Add(time.Hour)}}}
	for _, test := range []struct {
		actor auth.Actor
		query string
		vars  variables
		want  string
	}{
		{nurse, `{ searchPatients(query: "x") { totalCount } }`, nil, "Query.searchPatients(query:)"},
		{glass, `mutation($i: UpdatePractitionerInput!) { updatePractitioner(input: $i) { __typename } }`, nil, "Mutation.updatePractitioner(input:)"},
		{nurse, `{ patients(where: {phoneNumber: {}}) { totalCount } }`, nil, ""},
		{desk, `{ patients(where: {phoneNumber: {}}) { totalCount } }`, nil, "PatientWhere.phoneNumber"},
		{desk, `{ patients { nodes { phoneNumber appointments(where: {hasMedicalRecord: {diagnosis: {}}}) { totalCount } } } }`, nil, "AppointmentWhere.hasMedicalRecord MedicalRecordWhere.diagnosis"},
		{nurse, `mutation($i: CreatePatientInput!) { createPatient(input: $i) { __typename } }`, variables{"i": variables{"familyName": "B"}}, ""},
		{nurse, `mutation($i: CreatePatientInput!) { createPatient(input: $i) { __typename } }`, variables{"i": variables{"genderIdentity": "x"}}, "CreatePatientInput.genderIdentity"},
	} {
		op := operation(t, changed, test.query)
		for _, kept := range []bool{false, true} {
			if got := strings.Join(p.Refused(test.actor, op, kept, test.vars), " "); got != test.want {
				t.Errorf("%s %s %v: got %q, want %q", test.actor.Role, test.query, test.vars, got, test.want)
			}
		}
	}
}

// Who may use what stands in testdata/policies.txt, so that each change of a
// policy is reviewed line by line: go test ./graph -run TestPolicies -update
func TestPolicies_areAsReviewed(t *testing.T) {
	t.Parallel()
	p := policies(t, schema)
	columns := []struct {
		title string
		actor auth.Actor
	}{
		{"anonymous", auth.Anonymous},
		{"ADMIN", auth.Actor{Name: "a", Role: auth.Admin}},
		{"glass", auth.Actor{Name: "a", Role: auth.Admin, Glass: []auth.Glass{{ClosesAt: time.Now().Add(time.Hour)}}}},
		{"DOCTOR", auth.Actor{Name: "d", Role: auth.Doctor}},
		{"NURSE", auth.Actor{Name: "n", Role: auth.Nurse}},
		{"RECEPTIONIST", auth.Actor{Name: "r", Role: auth.Receptionist}},
		{"ANALYST", auth.Actor{Name: "y", Role: auth.Analyst}},
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# r: may use it; glass is an ADMIN who has broken one. Made by: go test ./graph -run TestPolicies -update\n%-50s", "")
	for _, column := range columns {
		b.WriteString(" " + column.title)
	}
	for _, name := range p.Names() {
		fmt.Fprintf(&b, "\n%-50s", name)
		for _, column := range columns {
			mark := "-"
			if p.May(column.actor, name) {
				mark = "r"
			}
			fmt.Fprintf(&b, " %-*s", len(column.title), mark)
		}
	}
	b.WriteString("\n")
	compareWithFile(t, "testdata/policies.txt", b.String())
}
