package graph_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
)

// versioned are the nouns with a history, and their rows.
var versioned = map[string]any{
	"Patient": db.Patient{}, "Practitioner": db.Practitioner{}, "Appointment": db.Appointment{}, "MedicalRecord": db.MedicalRecord{}, "Allergy": db.Allergy{},
}

// notTold are the columns of which no version tells.
var notTold = map[string]string{
	"id": "never changes", "version": "Version.version", "created_at": "Version.validFrom of the first", "updated_at": "Version.validFrom",
	"family_key": "made from the name, to search by", "given_key": "made from the name, to search by", "search_words": "made from the name, to search by",
	"not_duplicate_of": "ids of others, which the patient does not tell either",
	"previous_status":  "for the undo of a step, as long as it lasts", "stepped_at": "for the undo of a step, as long as it lasts",
}

// Whoever reads a history reads in it only what they may read of the row itself:
// each column is a field of the schema for at least those whom the history is
// for, or is left out on purpose.
func TestHistory_tellsOnlyFieldsOfItsReaders(t *testing.T) {
	t.Parallel()
	policy := policies(t, schema)
	leftOut := map[string]bool{}
	for noun, row := range versioned {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(row)) {
			column := f.Tag.Get("db")
			if f.Tag.Get("history") == "-" {
				leftOut[column] = true
			}
			if column == "" || leftOut[column] {
				continue
			}
			name := fieldOfColumn(column)
			if schema.Types[noun].Fields.ForName(name) == nil {
				t.Errorf("%s.%s is no field of the schema: give the column the tag history:\"-\", and a reason here", noun, name)
			}
			for _, role := range auth.Roles {
				for _, glass := range [][]auth.Glass{nil, {{ClosesAt: time.Now().Add(time.Hour)}}} {
					a := auth.Actor{Name: "a", Role: role, Glass: glass}
					if policy.May(a, noun+".history") && !policy.May(a, noun+"."+name) {
						t.Errorf("%s reads %s.history and not %s.%s", role, noun, noun, name)
					}
				}
			}
		}
	}
	for column := range leftOut {
		if notTold[column] == "" {
			t.Errorf("nobody says why no version tells of %s", column)
		}
	}
	for column := range notTold {
		if !leftOut[column] {
			t.Errorf("versions tell of %s", column)
		}
	}
}

// fieldOfColumn returns the field that versions tell a column as.
func fieldOfColumn(column string) string {
	words := strings.Split(strings.TrimSuffix(column, "_id"), "_")
	for i := range words[1:] {
		words[i+1] = strings.ToUpper(words[i+1][:1]) + words[i+1][1:]
	}
	return strings.Join(words, "")
}

// Versions tell of all that the row holds, in the words of the API: what the newest
// says of a field is what the field answers.
func TestHistory_saysWhatFieldsAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor := h.employ("doctor", auth.Doctor)
	chart := h.patient("own", doctor)
	h.run(strings.ReplaceAll(chart.of(prescribed), `"`, "'"))
	h.run(strings.ReplaceAll(chart.of(amend), `"`, "'"))
	for noun, row := range versioned {
		ask := func(fields string) answer {
			return doctor.ask(`query($id: ID!) { node(id: $id) { ... on `+noun+` { `+fields+` } } }`, variables{"id": chart.values[noun]})
		}
		told := map[string]any{}
		for _, v := range slices.Backward(ask(`history { nodes { changes { field after } } }`).at("node.history.nodes").([]any)) {
			for _, change := range v.(map[string]any)["changes"].([]any) {
				c := answer(change.(map[string]any))
				told[c.text("field")] = c["after"]
			}
		}
		for _, f := range reflect.VisibleFields(reflect.TypeOf(row)) {
			column := f.Tag.Get("db")
			if _, ok := told[fieldOfColumn(column)]; !ok && column != "" && f.Tag.Get("history") != "-" && !unfilled[noun+"."+column] {
				t.Errorf("%s: no version tells of %s", noun, column)
			}
		}
		for name, value := range told {
			if schema.Types[noun].Fields.ForName(name) == nil {
				t.Errorf("%s has no field %s", noun, name)
				continue
			}
			got := "null"
			if value != nil {
				got = value.(string)
			}
			if want := asTold(ask(name + partsOf(schema.Types[noun].Fields.ForName(name))).at("node." + name)); asTold(json.RawMessage(got)) != want {
				t.Errorf("%s.%s: the newest version says %s, the field %s", noun, name, got, want)
			}
		}
	}
}

// partsOf writes the selection of what is linked by its id, or of all parts.
func partsOf(f *ast.FieldDefinition) string {
	d := schema.Types[f.Type.Name()]
	if d.IsLeafType() {
		return ""
	}
	if d.Fields.ForName("id") != nil {
		return " { id }"
	}
	var parts []string
	for _, part := range d.Fields {
		parts = append(parts, part.Name)
	}
	return " { " + strings.Join(parts, " ") + " }"
}

// asTold writes what a field answers as versions do: what is linked by its id,
// without parts that are not known, and nothing for an empty list.
func asTold(v any) string {
	var held any
	if err := json.Unmarshal([]byte(asJSON(v)), &held); err != nil {
		return err.Error()
	}
	var known func(any) any
	known = func(v any) any {
		switch held := v.(type) {
		case map[string]any:
			if id, ok := held["id"]; ok {
				return id
			}
			maps.DeleteFunc(held, func(_ string, part any) bool { return part == nil })
		case []any:
			if len(held) == 0 {
				return nil
			}
			for i := range held {
				held[i] = known(held[i])
			}
		}
		return v
	}
	return asJSON(known(held))
}

// unfilled are the columns that nothing stands in here, which others contradict.
var unfilled = map[string]bool{
	"Patient.deceased_on": true, "Patient.archived_at": true, "Patient.archive_reason": true, "Practitioner.prefix": true, "Practitioner.deactivation_reason": true,
	"MedicalRecord.error_reason": true,
}

// What is not the row's reader's is not the history's.
func TestHistory_isForWhoeverReadsTheRow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	member := h.employ("member", auth.Doctor)
	chart := h.patient("team", member)
	of := func(c *colleague, query string) string {
		_, text := c.in(t).post(chart.of(query), nil)
		return text
	}
	const (
		patient      = `{ patient(id: <Patient>) { history { totalCount nodes { changes { after } } } } }`
		visit        = `{ appointment(id: <Appointment>) { history { totalCount nodes { changes { after } } } } }`
		record       = `{ medicalRecord(id: <MedicalRecord>) { history { totalCount nodes { changes { after } } } } }`
		allergy      = `{ node(id: <Allergy>) { ... on Allergy { history { totalCount nodes { changes { after } } } } } }`
		practitioner = `{ practitioner(id: <Practitioner>) { history { totalCount nodes { changes { after } } } } }`
	)
	verdict := func(text string) string {
		switch {
		case strings.Contains(text, "FORBIDDEN"):
			return "F"
		case strings.Contains(text, `"totalCount":`) && strings.Contains(text, `"after":`):
			return "v"
		case strings.HasSuffix(text, `":null}}`):
			return "n"
		}
		return text
	}
	behindGlass := h.employ("glass", auth.Admin)
	behindGlass.breakGlass(chart)
	for _, test := range []struct {
		who  *colleague
		want string
	}{
		{member, "v v v v v"}, {h.employ("nurse", auth.Nurse), "v v n n v"}, {h.employ("desk", auth.Receptionist), "v v F F v"},
		{h.employ("admin", auth.Admin), "F F F F v"}, {behindGlass, "v v v v v"}, {h.employ("analyst", auth.Analyst), "F F F F F"},
	} {
		var got []string
		for _, query := range []string{patient, visit, record, allergy, practitioner} {
			got = append(got, verdict(of(test.who, query)))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %q, not %s", test.who.user.LoginName, got, test.want)
		}
	}
	t.Run("of a version that was another's", func(t *testing.T) {
		closed := h.patient("restricted", member)
		h.run("UPDATE medical_records SET appointment_id = NULL, patient_id = $2 WHERE id = $1", closed.values["MedicalRecord"], chart.values["Patient"])
		_, text := member.in(t).post(closed.of(record), nil)
		if strings.Contains(text, closed.values["Patient"]) || !strings.Contains(text, `"totalCount":1,`) {
			t.Errorf("got %s", text)
		}
	})
}

// Why a chart was restricted is told to those to whom it is open.
func TestHistory_ofARestriction(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	member := h.employ("member", auth.Doctor)
	chart := h.patient("own", member)
	in := variables{"id": chart.values["Patient"], "version": 1}
	member.ask(`mutation($id: ID!, $version: Int!) { restrictPatient(input: {patientId: $id, expectedVersion: $version, reason: "colleague"}) { patient { version } } }`, in)
	told := func(c *client) string {
		got := c.ask(`query($id: ID!) { patient(id: $id) { history(first: 1) { nodes { reason } } } }`, variables{"id": in["id"]})
		return asJSON(got.at("patient.history.nodes.0"))
	}
	const open, closed = `{"reason":"colleague"}`, `{"reason":null}`
	desk, nurse := h.employ("desk", auth.Receptionist), h.employ("nurse", auth.Nurse)
	for name, test := range map[string]struct {
		who  *client
		want string
	}{"one of the team": {member.client, open}, "a nurse who is not": {nurse.client, closed}, "the front desk": {desk.client, closed}} {
		if got := told(test.who); got != test.want {
			t.Errorf("%s is told %s", name, got)
		}
	}
	t.Run("of a page that begins with it", func(t *testing.T) {
		c := desk.in(t)
		c.ask(`mutation($id: ID!) { updatePatient(input: {patientId: $id, expectedVersion: 2, phone: "1"}) { patient { id } } }`, variables{"id": in["id"]})
		got := c.ask(`query($id: ID!) { patient(id: $id) { history(last: 2) { nodes { reason } } } }`, variables{"id": in["id"]})
		if text, err := json.Marshal(got); err != nil || strings.Contains(string(text), "colleague") {
			t.Errorf("got %s", text)
		}
	})
}
