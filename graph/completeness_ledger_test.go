package graph_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// ofCharts are the fields that tell of the chart of the one whose they are.
var ofCharts = map[string]bool{
	"Patient.medicalRecords": true, "Patient.currentProblems": true, "Patient.timeline": true, "Patient.allergies": true, "Patient.allergyStatus": true, "Patient.accessLog": true,
	"Appointment.medicalRecords": true,
}

// listed are the fields that tell of nobody in particular when they are empty or counts.
var listed = map[string]bool{"Query.medicalRecords": true, "Practitioner.medicalRecords": true, "Query.auditLog": true}

// walk enters what the data of an answer tell of charts, and what they say was written.
func (e *entry) walk(r *run, data answer) {
	o := operation(r.t, schema, e.query)
	root := "Query"
	if o.Operation == ast.Mutation {
		root = "Mutation"
		e.changes(r, o, data)
	}
	e.object(o.SelectionSet, root, data)
}

func (e *entry) object(set ast.SelectionSet, of string, object map[string]any) {
	if name, ok := object["__typename"].(string); ok {
		of = name
	}
	id, _ := object["id"].(string)
	for _, s := range set {
		switch s := s.(type) {
		case *ast.InlineFragment:
			if s.TypeCondition == of {
				e.object(s.SelectionSet, of, object)
			}
		case *ast.Field:
			value := object[s.Alias]
			if value != nil && s.Name != "__typename" {
				e.field(of, id, s, value)
			}
			if of == "Query" && (value == nil || slices.Contains(items(value), nil)) {
				e.perhaps = true // a record that is not there was asked for
			}
		}
	}
}

// field enters one field of an object.
func (e *entry) field(of, id string, f *ast.Field, value any) {
	name := of + "." + f.Name
	connection, _ := value.(map[string]any)
	rows, isList := connection["nodes"].([]any)
	switch {
	case of == "MedicalRecord" || of == "MedicalRecordAmendment" || of == "Allergy":
		e.tell(name, id, true)
	case ofCharts[name] && (connection == nil || len(connection) > 1):
		e.tell(name, id, name != "Appointment.medicalRecords")
	case listed[name] && len(connection) > 1:
		e.tell(name, "", true)
	case of == "Query" && strings.HasSuffix(f.Name, "Stats"): // of nobody in particular
		e.anybody = e.anybody || len(connection) > 1 && (f.Name == "recordStats" || asksCharts(f.Arguments))
	case isList && asksCharts(f.Arguments):
		for _, row := range rows {
			e.tell("", row.(map[string]any)["id"].(string), true)
		}
		if of == "Patient" {
			e.tell("", id, false)
		} else {
			e.anybody = true
		}
	}
	for _, inner := range append([]any{value}, items(value)...) {
		if object, ok := inner.(map[string]any); ok {
			e.object(f.SelectionSet, f.Definition.Type.Name(), object)
		}
	}
}

func items(value any) []any {
	list, _ := value.([]any)
	return list
}

// tell enters that the chart that a row belongs to was told of; none for ""; of
// a closed one only if surely.
func (e *entry) tell(field, row string, surely bool) {
	if field != "" {
		e.fields[field] = true
	}
	if row == "" {
		e.anybody = true
		return
	}
	e.patients[row] = e.patients[row] || surely
}

// asksCharts says whether conditions look into records.
func asksCharts(arguments ast.ArgumentList) bool {
	var within func(*ast.Value) bool
	within = func(v *ast.Value) bool {
		return slices.ContainsFunc(v.Children, func(child *ast.ChildValue) bool { return child.Name == "hasMedicalRecord" || within(child.Value) })
	}
	return slices.ContainsFunc(arguments, func(a *ast.Argument) bool { return within(a.Value) })
}

// conflict enters a refusal whose words tell of a chart.
func (e *entry) conflict(r *run, refused refusal) {
	telling := []string{"a record that is", "allergies of this patient are listed", "who answers for it", "a doctor takes it back", "an allergy that is"}
	if !slices.ContainsFunc(telling, func(words string) bool { return strings.Contains(refused.Message, words) }) {
		return
	}
	for _, s := range operation(r.t, schema, e.query).SelectionSet {
		if f := s.(*ast.Field); f.Alias == refused.Path[0] {
			input := f.Arguments.ForName("input").Value.Children
			for _, name := range []string{"patientId", "medicalRecordId", "allergyId"} {
				if id := input.ForName(name); id != nil {
					e.tell("", id.Raw, true)
				}
			}
		}
	}
}

// stale enters a refusal that holds a row as it is now.
func (e *entry) stale(refused refusal) {
	current := refused.Extensions.Current
	if of := current.text("__typename"); of == "MedicalRecord" || of == "Allergy" {
		for name := range current {
			if name != "__typename" {
				e.tell(of+"."+name, current.text("id"), true)
			}
		}
	}
}

// An auditRow is what the audit holds of an operation.
type auditRow struct {
	Operation, Action, Actor, Role, Table, Row, Patient, User, Fields, Glass string
}

// compare compares the ledger with the audit.
func (r *run) compare() {
	var rows []auditRow
	if err := r.c.db.SQL.Select(&rows, `
		SELECT operation_id AS operation, action, actor, role, coalesce(table_name, '') AS table, coalesce(row_id::text, '') AS row, coalesce(patient_id::text, '') AS patient,
			user_id::text AS user, coalesce(array_to_string(fields, ' '), '') AS fields, coalesce(glass_id::text, '') AS glass
		FROM audit_log
		WHERE operation_id IS NOT NULL
		ORDER BY id`); err != nil {
		r.t.Fatal(err)
	}
	var owned []struct{ ID, Patient string }
	if err := r.c.db.SQL.Select(&owned, `
		SELECT id, patient_id AS patient FROM medical_records UNION ALL SELECT id, patient_id FROM medical_record_amendments UNION ALL SELECT id, patient_id FROM allergies UNION ALL SELECT id, patient_id FROM appointments
		UNION ALL SELECT id, id FROM patients`); err != nil {
		r.t.Fatal(err)
	}
	owner := map[string]string{}
	for _, o := range owned {
		owner[o.ID] = o.Patient
	}
	of := map[string][]auditRow{}
	for _, row := range rows {
		of[row.Operation] = append(of[row.Operation], row)
	}
	for _, e := range r.ledger {
		for _, fault := range e.faults(r, owner, of[e.id]) {
			r.t.Errorf("%s %s: %s\n%s\n%.1500s", r.actors[e.actor].Role, e.id, fault, e.query, e.text)
		}
		delete(of, e.id)
	}
	if len(of) > 0 {
		r.t.Errorf("the audit has operations that nobody sent: %v", of)
	}
}

// faults returns how the entries of an operation differ from the ledger.
func (e *entry) faults(r *run, owner map[string]string, rows []auditRow) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	told := map[string]bool{}
	for row, surely := range e.patients {
		if patient := owner[row]; surely || !e.closed[patient] {
			told[patient] = true
		}
	}
	if len(told) > 0 || e.anybody {
		r.told++
	}
	if e.anybody && len(told) == 0 {
		told[""] = true
	}
	read, denied := map[string]bool{}, 0
	var writes []string
	for _, row := range rows {
		if a := r.actors[e.actor]; row.Actor != a.Name || row.Role != string(a.Role) || row.User != a.UserID.String() || row.Glass != glassFor(a.Glass, row.Patient) {
			fault("is signed %v", row)
		}
		switch row.Action {
		case "READ":
			if read[row.Patient] {
				fault("stands twice for %q", row.Patient)
			}
			read[row.Patient] = true
			for name := range e.fields {
				fields, field := strings.Fields(row.Fields), name[strings.Index(name, "."):]
				if !slices.Contains(fields, name) && !slices.Contains(fields, "Node"+field) && !slices.Contains(fields, "TimelineItem"+field) {
					fault("%s is not among the fields %s", name, row.Fields)
				}
			}
		case "DENIED":
			denied++
		default:
			if row.Table != "allergy_absences" || !strings.Contains(e.query, "confirmNoAllergies") {
				writes = append(writes, row.Action+" "+row.Table+" "+row.Row)
			}
		}
	}
	if read[""] && (e.anybody || e.perhaps) {
		told[""] = true // the others may be told of besides
	}
	if missing := without(told, read); missing != "" {
		fault("tells of %s, which is not in the audit", missing)
	}
	if more := without(read, told); more != "" && !e.isLate {
		fault("does not tell of %s, which is in the audit", more)
	}
	if slices.Sort(writes); !slices.Equal(writes, e.writes) {
		fault("wrote %q, and the audit has %q", e.writes, writes)
	}
	if e.denied != (denied == 1) || denied > 1 {
		fault("was denied %v, and the audit has %d", e.denied, denied)
	}
	r.changed += len(writes)
	return faults
}

// without names what is in a and not in b.
func without(a, b map[string]bool) string {
	var names []string
	for name := range a {
		if !b[name] {
			names = append(names, fmt.Sprintf("%q", name))
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
