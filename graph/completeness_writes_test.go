package graph_test

import (
	"encoding/json"
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
	"careTeamMember": "care_team_members", "slotHold": "slot_holds", "waitListEntry": "wait_list_entries", "appointmentSeries": "appointment_series",
	"room": "rooms", "timeOff": "time_off", "appointmentType": "appointment_types", "clinic": "clinics",
}

// mutation writes a random mutation, called alias.
func (r *run) mutation(alias string) string {
	patient, doctor := r.rowOf("Patient"), r.rowOf("Practitioner")
	visit, record := r.rowOf("Appointment"), r.rowOf("MedicalRecord")
	word := []string{"a", "Asthma", "Penicillin", "x", " "}[r.IntN(5)]
	var name, row, input, also string
	switch n := r.IntN(50); n {
	case 0, 1:
		name, row, input = "createPatient", "patient", fmt.Sprintf("familyName: %q, sex: MALE, birthDatePrecision: UNKNOWN", word)
	case 2, 3:
		name, row, input = "updatePatient", "patient", patient+fmt.Sprintf(", genderIdentity: %q", word)
	case 4:
		name, row, input = "archivePatient", "patient", patient+", reason: \"moved away\""
	case 5:
		name, row, input = "restorePatient", "patient", patient
	case 6, 7:
		at := tomorrow(48*r.IntN(28) + 2*r.IntN(6))
		name, row, input = []string{"bookAppointment", "requestAppointment"}[n-6], "appointment", fmt.Sprintf("%s, %s, startsAt: %q, endsAt: %q, reason: %q",
			only(patient), only(doctor), at.Format(time.RFC3339), at.Add(time.Hour).Format(time.RFC3339), word)
		if n == 6 && r.IntN(4) > 0 {
			input += ", override: {rules: [OUTSIDE_HOURS, BUFFER], reason: \"asked for it\"}"
		}
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
	case 20, 21, 22, 23, 24, 25, 26, 27:
		step := []struct{ name, from string }{
			{"confirmAppointment", "status = 'REQUESTED'"}, {"checkInAppointment", "status = 'BOOKED'"}, {"startVisit", "status = 'CHECKED_IN'"},
			{"completeVisit", "status = 'IN_PROGRESS'"}, {"markNoShow", "status = 'BOOKED' AND starts_at < now()"},
			{"undoAppointmentStep", "stepped_at IS NOT NULL"}, {"undoAppointmentStep", "cancelled_at IS NOT NULL"}, {"rescheduleAppointment", "status = 'BOOKED' AND starts_at > now()"},
		}[n-20]
		name, row, input = step.name, "appointment", r.visitThat(step.from, visit)
		if step.name == "rescheduleAppointment" {
			input += fmt.Sprintf(", startsAt: %q, override: {rules: [OUTSIDE_HOURS, BUFFER], reason: \"asked for it\"}", tomorrow(48*(30+r.IntN(28))+n).Format(time.RFC3339))
		}
	case 28:
		name, row, input = "markAppointmentInError", "appointment", visit+", reason: \"never meant\""
	case 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40:
		name, row, input, also = r.planning(n-29, patient, doctor, word)
	case 41:
		name, row, input = "updateAppointment", "appointment", visit+fmt.Sprintf(", reason: %q", word)
	case 42, 43, 44, 45:
		name, row, input = "markMedicalRecordInError", "medicalRecord", r.rowOf("MedicalRecord")+", reason: \"of somebody else\""
		if n > 42 {
			name = "amendMedicalRecord"
			input += fmt.Sprintf(", diagnosis: %q, prescriptionLines: [{medicine: %q}]", word, word)
		}
	case 46:
		name, row, input = "signMedicalRecord", "medicalRecord", r.rowOf("MedicalRecord")
	case 47, 48:
		name, row, input = []string{"confirmAllergy", "refuteAllergy", "markAllergyInError"}[r.IntN(3)], "allergy", r.rowOf("Allergy")+", reason: \"by a test\""
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
	return fmt.Sprintf("%s: %s(input: {%s})%s { %s { %s %s }", alias, name, input, key, row, also, r.selection(schema.Types[noun], 1)[1:])
}

// planning writes the parts of a mutation of the calendar: its name, what it
// answers, its input, and what else has to be asked for to know what it wrote.
func (r *run) planning(n int, patient, doctor, word string) (name, row, input, also string) {
	at := tomorrow(48*r.IntN(28) + 2 + 2*r.IntN(3))
	with := fmt.Sprintf("%s, startsAt: %q, length: {duration: \"PT30M\"}", only(doctor), at.Format(time.RFC3339))
	unique := fmt.Sprintf("name: \"%s %d\"", word, r.IntN(1_000_000))
	switch wish := r.rowOf("WaitListEntry"); n {
	case 0:
		return "holdSlot", "slotHold", with, ""
	case 1:
		return "releaseSlotHold", "slotHold", only(r.rowOf("SlotHold")), ""
	case 2:
		return "addToWaitList", "waitListEntry", fmt.Sprintf("%s, %s, length: {duration: \"PT30M\"}, endsOn: %q, note: %q", only(patient), only(doctor), at.Format(time.DateOnly), word), ""
	case 3:
		return "withdrawFromWaitList", "waitListEntry", wish, ""
	case 4:
		return "offerWaitListSlot", "waitListEntry", fmt.Sprintf("%s, startsAt: %q", wish, at.Format(time.RFC3339)), "held: slotHold { id }"
	case 5:
		return "bookAppointment", "appointment", r.fulfilment(), ""
	case 6:
		return "bookAppointmentSeries", "appointmentSeries", only(patient) + ", " + with + ", recurrence: {frequency: WEEKLY, times: 3}, override: {rules: [OUTSIDE_HOURS, BUFFER], reason: \"asked for it\"}", "all: appointments { nodes { id } }"
	case 7:
		return "cancelAppointmentSeries", "appointmentSeries", r.rowOf("AppointmentSeries") + ", reason: CLINIC", ""
	case 8:
		if r.IntN(2) == 0 {
			return "createRoom", "room", unique, ""
		}
		return "updateRoom", "room", r.rowOf("Room") + ", " + unique, ""
	case 9:
		if r.IntN(2) == 0 {
			return "createTimeOff", "timeOff", fmt.Sprintf("%s, startsAt: %q, endsAt: %q, reason: %q", only(doctor), at.Format(time.RFC3339), at.Add(time.Hour).Format(time.RFC3339), word), ""
		}
		return "cancelTimeOff", "timeOff", r.rowOf("TimeOff"), ""
	case 10:
		return "setWorkingHours", "practitioner", doctor + ", hours: [{weekday: MONDAY, startTime: \"08:00\", endTime: \"20:00\"}, {weekday: FRIDAY, startTime: \"08:00\", endTime: \"20:00\"}]", ""
	}
	if r.IntN(2) == 0 {
		return "updateClinic", "clinic", fmt.Sprintf("expectedVersion: %d, undoPeriod: \"PT%dM\"", r.c.count("SELECT version FROM clinics"), 30+r.IntN(30)), ""
	}
	return "createAppointmentType", "appointmentType", unique + ", length: \"PT30M\"", ""
}

// visitThat writes the id and the version of the newest visit of which the
// condition holds; now and then, and where there is none, another one's.
func (r *run) visitThat(condition, another string) string {
	var visit struct {
		ID      string
		Version int
	}
	if r.IntN(4) == 0 || r.c.db.SQL.Get(&visit, "SELECT id, version FROM appointments WHERE "+condition+" ORDER BY updated_at DESC, id LIMIT 1") != nil {
		return another
	}
	return fmt.Sprintf("appointmentId: %q, expectedVersion: %d", visit.ID, visit.Version)
}

// fulfilment writes the booking of what is held for some wish; before there is
// one, a booking of nothing.
func (r *run) fulfilment() string {
	var offer struct {
		Wish, Hold, Patient, Practitioner string
		Starts, Ends                      time.Time
	}
	_ = r.c.db.SQL.Get(&offer, `
		SELECT w.id AS wish, h.id AS hold, w.patient_id AS patient, h.practitioner_id AS practitioner, h.starts_at AS starts, h.ends_at AS ends
		FROM wait_list_entries w JOIN slot_holds h ON h.id = w.slot_hold_id
		WHERE w.status = 'OFFERED'
		ORDER BY w.updated_at DESC LIMIT 1`)
	return fmt.Sprintf("patientId: %q, practitionerId: %q, startsAt: %q, endsAt: %q, slotHoldId: %q, waitListEntryId: %q, override: {rules: [OUTSIDE_HOURS, BUFFER], reason: \"wished for\"}",
		offer.Patient, offer.Practitioner, offer.Starts.Format(time.RFC3339Nano), offer.Ends.Format(time.RFC3339Nano), offer.Hold, offer.Wish)
}

// A calendar is what has to be known beforehand of what mutations may write
// besides the rows that they answer.
type calendar struct {
	Held   map[string]bool     // holds that nobody released
	Offers map[string]string   // what is held for wishes that were offered it
	Hours  map[string][]string // of practitioners
	Series map[string][]string // their visits that can be called off
	Moved  map[string]string   // the visits that took the place of others
}

// calendar reads what there is.
func (r *run) calendar() (found calendar) {
	var text string
	if err := r.c.db.SQL.Get(&text, `
		SELECT json_build_object(
			'Held', (SELECT json_object_agg(id, true) FROM slot_holds WHERE released_at IS NULL),
			'Offers', (SELECT json_object_agg(id, slot_hold_id) FROM wait_list_entries WHERE status = 'OFFERED'),
			'Hours', (SELECT json_object_agg(p, ids) FROM (SELECT practitioner_id AS p, json_agg(id) AS ids FROM working_hours GROUP BY 1) h),
			'Series', (SELECT json_object_agg(s, ids) FROM (SELECT series_id AS s, json_agg(id) AS ids FROM appointments
				WHERE series_id IS NOT NULL AND starts_at > now() AND status IN ('REQUESTED', 'BOOKED', 'CHECKED_IN') GROUP BY 1) v),
			'Moved', (SELECT json_object_agg(rescheduled_from_id, id) FROM appointments WHERE rescheduled_from_id IS NOT NULL AND status <> 'ENTERED_IN_ERROR'))`); err != nil {
		r.t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		r.t.Fatal(err)
	}
	return found
}

// rowOf writes the id of a row and the version that it has, or now and then another.
func (r *run) rowOf(noun string) string {
	name := strings.ToLower(noun[:1]) + noun[1:]
	table, id := tables[name], r.id("id", noun)
	if r.IntN(3) == 0 { // one that was made in this run, likely
		_ = r.c.db.SQL.Get(&id, "SELECT id FROM "+table+" ORDER BY created_at DESC, id DESC LIMIT 1")
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
		r.took[f.Name]++
		wrote := func(action, table string, ids ...string) {
			for _, id := range ids {
				e.writes = append(e.writes, action+" "+table+" "+id)
			}
		}
		release := func(hold string) {
			if e.before.Held[hold] {
				wrote("UPDATE", "slot_holds", hold)
				e.before.Held[hold] = false
			}
		}
		switch f.Name {
		case "amendMedicalRecord":
			var ids []string
			if err := r.c.db.SQL.Select(&ids, "SELECT id FROM medical_record_amendments WHERE medical_record_id = $1 AND replaced_version = $2",
				row.text("id"), input["expectedVersion"]); err != nil {
				r.t.Fatal(err)
			}
			if input["expectedVersion"] != strconv.Itoa(row.number("version")) {
				wrote("INSERT", "medical_record_amendments", ids...)
			}
		case "bookAppointment":
			release(input["slotHoldId"])
			if wish := input["waitListEntryId"]; wish != "" {
				release(e.before.Offers[wish])
				wrote("UPDATE", "wait_list_entries", wish)
			}
		case "withdrawFromWaitList":
			release(e.before.Offers[row.text("id")])
		case "offerWaitListSlot":
			wrote("INSERT", "slot_holds", row.text("held.id"))
		case "bookAppointmentSeries":
			for _, visit := range row.at("all.nodes").([]any) {
				wrote("INSERT", "appointments", answer(visit.(map[string]any)).text("id"))
			}
		case "cancelAppointmentSeries":
			wrote("UPDATE", "appointments", e.before.Series[row.text("id")]...)
		case "setWorkingHours":
			wrote("DELETE", "working_hours", e.before.Hours[row.text("id")]...)
			wrote("INSERT", "working_hours", r.calendar().Hours[row.text("id")]...)
		case "undoAppointmentStep":
			if next := e.before.Moved[row.text("id")]; next != "" {
				wrote("UPDATE", "appointments", next)
			}
		}
		switch {
		case f.Name == "rescheduleAppointment":
			e.writes = append(e.writes, "INSERT "+table+" "+row.text("id"), "UPDATE "+table+" "+input["appointmentId"])
		case f.Name == "releaseSlotHold":
			release(row.text("id"))
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
