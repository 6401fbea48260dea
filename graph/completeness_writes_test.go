package graph_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/vektah/gqlparser/v2/ast"
)

// tables are those of the rows that mutations answer.
var tables = map[string]string{
	"patient": "patients", "appointment": "appointments", "medicalRecord": "medical_records", "allergy": "allergies", "practitioner": "practitioners",
	"careTeamMember": "care_team_members",
}

// mutation writes a random mutation, called alias.
func (r *run) mutation(alias string) string {
	patient, doctor := r.rowOf("Patient"), r.rowOf("Practitioner")
	visit, record := r.rowOf("Appointment"), r.rowOf("MedicalRecord")
	word := []string{"a", "Asthma", "Penicillin", "x", " "}[r.IntN(5)]
	var name, row, input string
	switch r.IntN(20) {
	case 0, 1:
		name, row, input = "createPatient", "patient", fmt.Sprintf("familyName: %q, sex: MALE, birthDatePrecision: UNKNOWN", word)
	case 2, 3:
		name, row, input = "updatePatient", "patient", patient+fmt.Sprintf(", genderIdentity: %q", word)
	case 4:
		name, row, input = "archivePatient", "patient", patient+", reason: \"moved away\""
	case 5:
		name, row, input = "restorePatient", "patient", patient
	case 6, 7:
		at := tomorrow(48 * r.IntN(28))
		name, row, input = "bookAppointment", "appointment", fmt.Sprintf("%s, %s, startsAt: %q, endsAt: %q, reason: %q",
			only(patient), only(doctor), at.Format(time.RFC3339), at.Add(time.Hour).Format(time.RFC3339), word)
	case 8:
		name, row, input = "cancelAppointment", "appointment", visit+", reason: PATIENT"
	case 9:
		name, row, input = "rescheduleAppointment", "appointment", fmt.Sprintf("%s, startsAt: %q", visit, tomorrow(48*(30+r.IntN(28))).Format(time.RFC3339))
	case 10:
		name, row, input = "checkInAppointment", "appointment", visit
	case 11, 12:
		name, row, input = "createMedicalRecord", "medicalRecord", fmt.Sprintf("%s, %s, diagnosis: %q", only(patient), only(doctor), word)
	case 13, 18, 19:
		name, row, input = "updateMedicalRecord", "medicalRecord", record+fmt.Sprintf(", notes: %q", word)
	case 14:
		name, row, input = "recordAllergy", "allergy", fmt.Sprintf("%s, substance: %q", only(patient), word)
	case 15:
		name, row, input = "confirmNoAllergies", "patient", patient
	case 16:
		name, row, input = []string{"restrictPatient", "unrestrictPatient"}[r.IntN(2)], "patient", patient+", reason: \"asked for it\""
	default:
		name, row, input = "createPractitioner", "practitioner", fmt.Sprintf("familyName: %q", word)
	}
	if !r.may("Mutation."+name) && r.IntN(10) > 0 {
		return r.mutation(alias)
	}
	key := ""
	if r.IntN(3) == 0 {
		key = fmt.Sprintf(" @idempotent(key: \"key-%06d\")", r.IntN(1_000_000))
	}
	noun := strings.ToUpper(row[:1]) + row[1:]
	return fmt.Sprintf("%s: %s(input: {%s})%s { %s %s }", alias, name, input, key, row, r.selection(schema.Types[noun], 1))
}

// rowOf writes the id of a row and the version that it has, or now and then another.
func (r *run) rowOf(noun string) string {
	name := strings.ToLower(noun[:1]) + noun[1:]
	table, id := tables[name], r.id("id", noun)
	if r.IntN(3) == 0 { // one that was made in this run, likely
		_ = r.c.db.SQL.Get(&id, "SELECT id FROM "+table+" ORDER BY id DESC LIMIT 1")
	}
	var version int
	if err := r.c.db.SQL.Get(&version, "SELECT version FROM "+table+" WHERE id = $1", id); err != nil {
		r.t.Fatal(err)
	}
	if r.IntN(5) == 0 {
		version--
	}
	return fmt.Sprintf("%sId: %q, expectedVersion: %d", name, id, version)
}

// only takes the version from what rowOf wrote.
func only(row string) string { return strings.Split(row, ",")[0] }

// changes enters what the answers of mutations say was written. A repeat writes nothing.
func (e *entry) changes(r *run, o *ast.OperationDefinition, data answer) {
	for _, s := range o.SelectionSet {
		f := s.(*ast.Field)
		payload, ok := data[f.Alias].(map[string]any)
		if !ok {
			continue
		}
		if d := f.Directives.ForName("idempotent"); d != nil {
			key := fmt.Sprint(e.actor, d.Arguments.ForName("key").Value.Raw)
			if r.keys[key] {
				continue
			}
			r.keys[key] = true
		}
		name := f.SelectionSet[0].(*ast.Field).Name
		row := answer(payload[name].(map[string]any))
		table := tables[name]
		input := map[string]string{}
		for _, child := range f.Arguments.ForName("input").Value.Children {
			input[child.Name] = child.Value.Raw
		}
		switch {
		case f.Name == "rescheduleAppointment":
			e.writes = append(e.writes, "INSERT "+table+" "+row.text("id"), "UPDATE "+table+" "+input["appointmentId"])
		case input["expectedVersion"] == "":
			e.writes = append(e.writes, "INSERT "+table+" "+row.text("id"))
		case input["expectedVersion"] != strconv.Itoa(row.number("version")):
			e.writes = append(e.writes, "UPDATE "+table+" "+row.text("id"))
		}
	}
}

// closedTo returns the patients whose charts are closed to somebody.
func (r *run) closedTo(a auth.Actor) map[string]bool {
	var ids []string
	err := r.c.db.SQL.Select(&ids, `
		SELECT id FROM patients p
		WHERE (is_restricted OR $1 = 'ADMIN') AND ($1 = 'ADMIN' OR primary_practitioner_id IS DISTINCT FROM $2
			AND NOT EXISTS (SELECT FROM care_team_members m WHERE m.patient_id = p.id AND m.practitioner_id = $2 AND m.ended_at IS NULL))`, a.Role, a.PractitionerID)
	if err != nil {
		r.t.Fatal(err)
	}
	closed := map[string]bool{}
	for _, id := range ids {
		closed[id] = glassFor(a.Glass, id) == ""
	}
	return closed
}

// glassFor returns the id of the glass that somebody broke of a patient, or "".
func glassFor(all []auth.Glass, patient string) string {
	for _, g := range all {
		if g.PatientID.String() == patient {
			return g.ID.String()
		}
	}
	return ""
}
