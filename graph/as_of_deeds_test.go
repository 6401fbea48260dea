package graph_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// A deed is something that the staff of a clinic do all day. In its mutation stand
// the columns of what its query finds to be done it to, and random values.
type deed struct {
	by       auth.Role
	often    int // as one that is done once
	to       string
	mutation string
}

// The rows that most deeds are done to.
const (
	toPatients = `SELECT id, version FROM patients WHERE archived_at IS NULL`
	toMeet     = `SELECT p.id, d.id AS practitioner FROM patients p, practitioners d WHERE p.archived_at IS NULL AND p.deceased_on IS NULL AND d.is_active`
	toVisits   = `SELECT id, version FROM appointments WHERE status = `
	toRecords  = `SELECT r.id, r.version FROM medical_records r JOIN users u ON u.id = r.author_id AND u.login_name = 'doctor' WHERE r.status = `
	toRecord   = `SELECT p.id, u.practitioner_id AS practitioner FROM patients p, users u WHERE p.archived_at IS NULL AND u.login_name = 'doctor'`
)

var deeds = map[string]deed{
	"register": {auth.Receptionist, 3, `SELECT id AS practitioner FROM practitioners WHERE family_name <> 'reader'`,
		`createPatient(input: {familyName: <name>, givenName: <name>, birthDate: <past>, sex: FEMALE, identifiers: [{system: "urn:x", value: <word>}], phone: <phone>,
			primaryPractitionerId: <practitioner>, confirmNotDuplicate: true}) { patient { id } }`},
	"rename":             {auth.Receptionist, 5, toPatients, `updatePatient(input: {patientId: <id>, expectedVersion: <version>, familyName: <name>, givenName: <name>}) { patient { id } }`},
	"correct":            {auth.Doctor, 5, toPatients, `updatePatient(input: {patientId: <id>, expectedVersion: <version>, birthDate: <past>, sex: MALE, genderIdentity: <word>, email: "a@b.ge"}) { patient { id } }`},
	"call":               {auth.Nurse, 5, toPatients, `updatePatient(input: {patientId: <id>, expectedVersion: <version>, phone: <phone>, address: {city: <word>}, preferredLanguage: "ka"}) { patient { id } }`},
	"identify":           {auth.Receptionist, 5, toPatients, `updatePatient(input: {patientId: <id>, expectedVersion: <version>, identifiers: [{system: "urn:x", value: <word>}, {system: "urn:y", value: <word>}]}) { patient { id } }`},
	"archive":            {auth.Receptionist, 2, toPatients, `archivePatient(input: {patientId: <id>, expectedVersion: <version>, reason: <word>}) { patient { id } }`},
	"restore":            {auth.Receptionist, 3, `SELECT id, version FROM patients WHERE archived_at IS NOT NULL`, `restorePatient(input: {patientId: <id>, expectedVersion: <version>}) { patient { id } }`},
	"mourn":              {auth.Doctor, 1, toPatients, `updatePatient(input: {patientId: <id>, expectedVersion: <version>, deceasedOn: <past>}) { patient { id } }`},
	"revive":             {auth.Doctor, 1, `SELECT id, version FROM patients WHERE deceased_on IS NOT NULL`, `updatePatient(input: {patientId: <id>, expectedVersion: <version>, deceasedOn: null}) { patient { id } }`},
	"join a team":        {auth.Doctor, 2, toMeet + " AND d.family_name <> 'reader'", `addCareTeamMember(input: {patientId: <id>, practitionerId: <practitioner>}) { careTeamMember { id } }`},
	"leave a team":       {auth.Doctor, 2, `SELECT m.id FROM care_team_members m JOIN practitioners d ON d.id = m.practitioner_id AND d.family_name <> 'reader' WHERE ended_at IS NULL`, `removeCareTeamMember(input: {careTeamMemberId: <id>}) { careTeamMember { id } }`},
	"break the glass":    {auth.Nurse, 1, toPatients, `breakTheGlass(input: {patientId: <id>, reason: "found unconscious"}) { glassAccess { id } }`},
	"book":               {auth.Receptionist, 16, toMeet, `bookAppointment(input: {patientId: <id>, practitionerId: <practitioner>, startsAt: <soon>, length: <length>, reason: <word>}) { appointment { id } }`},
	"book in a room":     {auth.Nurse, 6, `SELECT p.*, r.id AS room, t.id AS type FROM (` + toMeet + `) p, rooms r, appointment_types t WHERE r.is_active AND t.is_active`, `bookAppointment(input: {patientId: <id>, practitionerId: <practitioner>, startsAt: <soon>, roomId: <room>, appointmentTypeId: <type>}) { appointment { id } }`},
	"write down":         {auth.Receptionist, 16, toMeet, `bookAppointment(input: {patientId: <id>, practitionerId: <practitioner>, startsAt: <before>, length: <length>, override: {rules: [LATE_ENTRY, OUTSIDE_HOURS], reason: "written down late"}}) { appointment { id } }`},
	"request":            {auth.Receptionist, 3, toMeet, `requestAppointment(input: {patientId: <id>, practitionerId: <practitioner>, startsAt: <soon>, length: <length>}) { appointment { id } }`},
	"confirm":            {auth.Receptionist, 3, toVisits + `'REQUESTED'`, `confirmAppointment(input: {appointmentId: <id>, expectedVersion: <version>}) { appointment { id } }`},
	"describe":           {auth.Doctor, 5, toVisits + `'BOOKED'`, `updateAppointment(input: {appointmentId: <id>, expectedVersion: <version>, reason: <word>, type: <word>}) { appointment { id } }`},
	"move":               {auth.Receptionist, 10, toVisits + `'BOOKED' AND starts_at > now()`, `rescheduleAppointment(input: {appointmentId: <id>, expectedVersion: <version>, startsAt: <soon>}) { appointment { id } }`},
	"cancel":             {auth.Receptionist, 5, toVisits + `'BOOKED'`, `cancelAppointment(input: {appointmentId: <id>, expectedVersion: <version>, reason: PATIENT, note: <word>}) { appointment { id } }`},
	"check in":           {auth.Receptionist, 10, toVisits + `'BOOKED' AND starts_at < now() + interval '1 day'`, `checkInAppointment(input: {appointmentId: <id>, expectedVersion: <version>}) { appointment { id } }`},
	"start":              {auth.Nurse, 10, toVisits + `'CHECKED_IN'`, `startVisit(input: {appointmentId: <id>, expectedVersion: <version>}) { appointment { id } }`},
	"complete":           {auth.Doctor, 10, toVisits + `'IN_PROGRESS'`, `completeVisit(input: {appointmentId: <id>, expectedVersion: <version>}) { appointment { id } }`},
	"miss":               {auth.Receptionist, 2, toVisits + `'BOOKED' AND starts_at < now()`, `markNoShow(input: {appointmentId: <id>, expectedVersion: <version>}) { appointment { id } }`},
	"mistake a visit":    {auth.Receptionist, 2, toVisits + `'BOOKED'`, `markAppointmentInError(input: {appointmentId: <id>, expectedVersion: <version>, reason: <word>}) { appointment { id } }`},
	"undo":               {auth.Receptionist, 6, `SELECT id, version FROM appointments WHERE previous_status IS NOT NULL`, `undoAppointmentStep(input: {appointmentId: <id>, expectedVersion: <version>}) { appointment { id } }`},
	"book a series":      {auth.Receptionist, 1, toMeet, `bookAppointmentSeries(input: {patientId: <id>, practitionerId: <practitioner>, startsAt: <soon>, length: {duration: "PT15M"}, recurrence: {frequency: DAILY, times: 2}}) { appointmentSeries { id } }`},
	"cancel a series":    {auth.Receptionist, 1, `SELECT id, version FROM appointment_series`, `cancelAppointmentSeries(input: {appointmentSeriesId: <id>, expectedVersion: <version>, reason: CLINIC}) { appointmentSeries { id } }`},
	"hold":               {auth.Receptionist, 3, toMeet, `holdSlot(input: {practitionerId: <practitioner>, startsAt: <soon>, length: {duration: "PT30M"}}) { slotHold { id } }`},
	"let go":             {auth.Receptionist, 2, `SELECT id FROM slot_holds WHERE released_at IS NULL`, `releaseSlotHold(input: {slotHoldId: <id>}) { slotHold { id } }`},
	"wish":               {auth.Receptionist, 4, toMeet, `addToWaitList(input: {patientId: <id>, practitionerId: <practitioner>, length: {duration: "PT15M"}, endsOn: <future>, note: <word>}) { waitListEntry { id } }`},
	"offer":              {auth.Receptionist, 3, `SELECT id, version FROM wait_list_entries WHERE status = 'WAITING'`, `offerWaitListSlot(input: {waitListEntryId: <id>, expectedVersion: <version>, startsAt: <soon>}) { waitListEntry { id } }`},
	"withdraw":           {auth.Receptionist, 1, `SELECT id, version FROM wait_list_entries WHERE status <> 'BOOKED'`, `withdrawFromWaitList(input: {waitListEntryId: <id>, expectedVersion: <version>}) { waitListEntry { id } }`},
	"fulfil":             {auth.Receptionist, 3, `SELECT id, patient_id AS patient, practitioner_id AS practitioner FROM wait_list_entries WHERE status IN ('WAITING', 'OFFERED')`, `bookAppointment(input: {patientId: <patient>, practitionerId: <practitioner>, startsAt: <soon>, length: "PT15M", waitListEntryId: <id>}) { appointment { id } }`},
	"record":             {auth.Doctor, 12, toRecord, `createMedicalRecord(input: {patientId: <id>, practitionerId: <practitioner>, recordedOn: <past>, diagnosis: <illness>, notes: <word>, prescriptionLines: [{medicine: <word>, dose: "5 mg"}]}) { medicalRecord { id } }`},
	"record a visit":     {auth.Doctor, 4, `SELECT a.patient_id AS patient, a.id, u.practitioner_id AS practitioner FROM appointments a, users u WHERE u.login_name = 'doctor'`, `createMedicalRecord(input: {patientId: <patient>, practitionerId: <practitioner>, appointmentId: <id>, diagnosis: <illness>, code: "J45"}) { medicalRecord { id } }`},
	"jot":                {auth.Nurse, 3, toRecord, `createMedicalRecord(input: {patientId: <id>, practitionerId: <practitioner>, diagnosis: <illness>}) { medicalRecord { id } }`},
	"go on with a draft": {auth.Doctor, 8, toRecords + `'DRAFT'`, `updateMedicalRecord(input: {medicalRecordId: <id>, expectedVersion: <version>, diagnosis: <illness>, notes: <word>}) { medicalRecord { id } }`},
	"sign":               {auth.Doctor, 8, toRecords + `'DRAFT'`, `signMedicalRecord(input: {medicalRecordId: <id>, expectedVersion: <version>}) { medicalRecord { id } }`},
	"amend":              {auth.Doctor, 8, toRecords + `'SIGNED' OR r.status = 'AMENDED'`, `amendMedicalRecord(input: {medicalRecordId: <id>, expectedVersion: <version>, reason: <word>, diagnosis: <illness>, notes: <word>}) { medicalRecord { id } }`},
	"take back":          {auth.Doctor, 2, toRecords + `'SIGNED'`, `markMedicalRecordInError(input: {medicalRecordId: <id>, expectedVersion: <version>, reason: <word>}) { medicalRecord { id } }`},
	"note an allergy":    {auth.Nurse, 6, toPatients, `recordAllergy(input: {patientId: <id>, substance: <word>, status: UNCONFIRMED, severity: MILD}) { allergy { id } }`},
	"confirm an allergy": {auth.Doctor, 4, `SELECT id, version FROM allergies WHERE status = 'UNCONFIRMED'`, `confirmAllergy(input: {allergyId: <id>, expectedVersion: <version>, reason: <word>}) { allergy { id } }`},
	"refute an allergy":  {auth.Doctor, 4, `SELECT id, version FROM allergies WHERE status IN ('UNCONFIRMED', 'CONFIRMED')`, `refuteAllergy(input: {allergyId: <id>, expectedVersion: <version>, reason: <word>}) { allergy { id } }`},
	"mistake an allergy": {auth.Doctor, 2, `SELECT id, version FROM allergies WHERE status <> 'ENTERED_IN_ERROR'`, `markAllergyInError(input: {allergyId: <id>, expectedVersion: <version>, reason: <word>}) { allergy { id } }`},
	"deny allergies":     {auth.Nurse, 6, toPatients, `confirmNoAllergies(input: {patientId: <id>, expectedVersion: <version>}) { patient { id } }`},
	"hire":               {auth.Admin, 1, ``, `createPractitioner(input: {familyName: <name>, prefix: "Dr.", specialty: <word>}) { practitioner { id } }`},
	"specialise":         {auth.Admin, 3, `SELECT id, version FROM practitioners`, `updatePractitioner(input: {practitionerId: <id>, expectedVersion: <version>, givenName: <name>, specialty: <word>}) { practitioner { id } }`},
	"deactivate":         {auth.Admin, 1, `SELECT id, version FROM practitioners WHERE is_active AND family_name NOT IN ('reader', 'doctor')`, `deactivatePractitioner(input: {practitionerId: <id>, expectedVersion: <version>, reason: <word>}) { practitioner { id } }`},
	"reactivate":         {auth.Admin, 2, `SELECT id, version FROM practitioners WHERE NOT is_active`, `reactivatePractitioner(input: {practitionerId: <id>, expectedVersion: <version>}) { practitioner { id } }`},
	"change hours": {auth.Receptionist, 4, `SELECT id, version FROM practitioners`, `setWorkingHours(input: {practitionerId: <id>, expectedVersion: <version>,
		hours: [{weekday: MONDAY, startTime: "08:00", endTime: "18:00"}, {weekday: <weekday>, startTime: "08:30", endTime: "20:00"}, {kind: BREAK, weekday: MONDAY, startTime: "12:00", endTime: "12:30"}]}) { practitioner { id } }`},
	"go away":         {auth.Receptionist, 2, `SELECT id FROM practitioners`, `createTimeOff(input: {practitionerId: <id>, startsAt: <soon>, endsAt: <later>, reason: <word>}) { timeOff { id } }`},
	"come back":       {auth.Receptionist, 2, `SELECT id, version FROM time_off WHERE cancelled_at IS NULL`, `cancelTimeOff(input: {timeOffId: <id>, expectedVersion: <version>}) { timeOff { id } }`},
	"build":           {auth.Receptionist, 1, ``, `createRoom(input: {name: <word>}) { room { id } }`},
	"rename a room":   {auth.Admin, 2, `SELECT id, version, is_active FROM rooms`, `updateRoom(input: {roomId: <id>, expectedVersion: <version>, name: <word>}) { room { id } }`},
	"offer a type":    {auth.Admin, 1, ``, `createAppointmentType(input: {name: <word>, length: <length>, bufferAfter: "PT5M", color: "#2f6f4f"}) { appointmentType { id } }`},
	"rename a type":   {auth.Admin, 2, `SELECT id, version FROM appointment_types`, `updateAppointmentType(input: {appointmentTypeId: <id>, expectedVersion: <version>, name: <word>, length: <length>}) { appointmentType { id } }`},
	"rename a user":   {auth.Admin, 2, `SELECT id, version FROM users`, `updateUser(input: {userId: <id>, expectedVersion: <version>, displayName: <name>}) { user { id } }`},
	"move the clinic": {auth.Admin, 1, `SELECT version FROM clinics`, `updateClinic(input: {expectedVersion: <version>, timeZone: <zone>, name: <word>, undoPeriod: <undo>, cancellationNotice: "PT24H"}) { clinic { id } }`},
}

// names are few, so that many patients are alike.
var names = []string{"Beridze", "Berishvili", "Gelashvili", "Kapanadze", "ბერიძე", "Abashidze"}

// random returns a new value for a place in a mutation, "" for no such place.
func random(r *rand.Rand, place string) string {
	at := func(day, minute int) string {
		return fmt.Sprintf("%q", time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, day).Add(time.Duration(minute)*time.Minute).Format(time.RFC3339))
	}
	pick := func(of ...string) string { return fmt.Sprintf("%q", of[r.IntN(len(of))]) }
	switch place {
	case "name":
		return pick(names...)
	case "word":
		return fmt.Sprintf(`"w%d"`, r.IntN(10_000))
	case "illness":
		return pick("Asthma", "asthma", "Gout", "Migraine", "ასთმა", "Flu", "Anaemia")
	case "phone":
		return fmt.Sprintf(`"5991234%02d"`, r.IntN(100))
	case "past":
		return fmt.Sprintf(`"%d-0%d-1%d"`, 1950+r.IntN(60), 1+r.IntN(9), r.IntN(10))
	case "soon":
		return at(1+r.IntN(20), 5*60+30*r.IntN(16))
	case "later":
		return at(22+r.IntN(20), 5*60+30*r.IntN(16))
	case "before":
		return at(-1-r.IntN(400), 5*60+30*r.IntN(16))
	case "future":
		return at(1+r.IntN(100), 0)[:11] + `"`
	case "length":
		return pick("PT15M", "PT30M", "PT45M")
	case "weekday":
		return []string{"TUESDAY", "WEDNESDAY", "THURSDAY"}[r.IntN(3)]
	case "zone":
		return pick("Asia/Tbilisi", "UTC", "Europe/Berlin")
	case "undo":
		return pick("PT10M", "PT1H")
	}
	return ""
}

// someDeed returns one of the deeds by how often it is done.
func someDeed(r *rand.Rand) string {
	var all []string
	for name, d := range deeds {
		for range d.often {
			all = append(all, name)
		}
	}
	slices.SortFunc(all, cmp.Compare[string])
	return all[r.IntN(len(all))]
}

// do does a deed to a random row, and says whether it was done; what there is
// nothing to be done it to is not, and what the rules of the clinic refuse.
func (h *house) do(r *rand.Rand, staff map[auth.Role]*colleague, name string) bool {
	h.t.Helper()
	d := deeds[name]
	row := map[string]any{}
	if d.to != "" {
		rows, err := h.db.SQL.Queryx("SELECT * FROM (" + d.to + ") t ORDER BY 1")
		if err != nil {
			h.t.Fatal(name, err)
		}
		defer rows.Close()
		var all []map[string]any
		for rows.Next() {
			found := map[string]any{}
			if err := rows.MapScan(found); err != nil {
				h.t.Fatal(name, err)
			}
			all = append(all, found)
		}
		if len(all) == 0 {
			return false
		}
		row = all[r.IntN(len(all))]
	}
	parts := strings.Split(d.mutation, "<")
	for i, part := range parts[1:] {
		place, rest, _ := strings.Cut(part, ">")
		value := random(r, place)
		switch found := row[place].(type) {
		case []byte:
			value = fmt.Sprintf("%q", found)
		case int64:
			value = fmt.Sprint(found)
		}
		parts[i+1] = value + rest
	}
	_, text := staff[d.by].post("mutation { "+strings.Join(parts, "")+" }", nil)
	refusals := parse(h.t, text).Errors
	for _, e := range refusals {
		if code := e.Extensions.Code; !slices.Contains([]string{"INVALID", "NOT_FOUND", "SLOT_TAKEN", "CONFLICT"}, code) {
			h.t.Fatalf("%s was answered with %s\n%s", name, text, strings.Join(parts, ""))
		}
	}
	return len(refusals) == 0
}
