package graph_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
	"github.com/lib/pq"
)

// A house is a clinic whose staff come through the gate, each with a session of
// their own, so that nothing stands between a test and the walls.
type house struct {
	*client
	stranger *colleague // a doctor whose patients are others'
	charts   int
}

// A colleague is one of the staff, who is a practitioner too, whatever the role.
type colleague struct {
	*client
	house        *house
	user         *db.User
	practitioner *db.Practitioner
}

func newHouse(t testing.TB) *house {
	t.Helper()
	return newHouseOn(t, dbtest.New(t))
}

// newHouseOn returns the house whose database is d.
func newHouseOn(t testing.TB, d *dbtest.Database) *house {
	t.Helper()
	gate := &auth.Gate{Find: d.Find, Look: d.Look, Refuse: graph.Refuse}
	d.Forget = gate.Forget
	server := httptest.NewServer(gate.Handler(graph.Handler(d.DB, nil)))
	t.Cleanup(server.Close)
	h := &house{client: &client{t: t, db: d, server: server}}
	h.stranger = h.employ("stranger", auth.Doctor)
	return h
}

// employ adds somebody with the role, and signs them in.
func (h *house) employ(name string, role auth.Role) *colleague {
	h.t.Helper()
	doctor := newPractitioner(h.t, h.db, name)
	h.run(`INSERT INTO working_hours (id, practitioner_id, kind, weekday, start_time, end_time, starts_on)
		SELECT overlay($1::text PLACING to_hex(day) FROM 1)::uuid, $2, 'WORK', ($3::text[])[day], '00:00', '00:00', '2026-01-01' FROM generate_series(1, 7) day`,
		db.NewID(db.KindWorkingHours), doctor.ID, pq.Array(db.Weekdays))
	h.run(`UPDATE practitioners SET specialty = 's', identifiers = jsonb_build_array(jsonb_build_object('system', 'urn:x', 'value', $2::text)) WHERE id = $1`, doctor.ID, name)
	user, err := h.db.AddUser(acting(h.t), &db.User{LoginName: name, DisplayName: name, Role: role, PractitionerID: &doctor.ID}, "")
	if err != nil {
		h.t.Fatal(err)
	}
	c := &colleague{house: h, user: user, practitioner: doctor}
	c.client = c.signedIn()
	return c
}

// signedIn returns the client of one more session of c.
func (c *colleague) signedIn() *client {
	token, hash := auth.NewToken(auth.SessionToken)
	c.house.run("INSERT INTO sessions (id, user_id, token_hash, expires_at) VALUES ($1, $2, $3, now() + interval '1 hour')", db.NewID(db.KindSession), c.user.ID, hash)
	other := *c.house.client
	other.header = http.Header{"Cookie": {"clinicql_session=" + token}, "Graphql-Require-Preflight": {"1"}}
	return &other
}

// The ways in which a patient is somebody's, in the order of the matrix.
var kindsOfPatient = []string{"own", "other", "restricted", "team"}

// A folder holds ids and texts of a patient, and of all that hangs on one, under
// the names of the schema's types. Everything in it that is for the chart's
// readers holds its marker.
type folder struct {
	kind   string
	marker string
	values map[string]string
}

// of writes the chart's values in the places of <Patient>, <MedicalRecord> and so on.
func (c *folder) of(text string) string {
	text = strings.ReplaceAll(text, "<Role>", c.values["Role"])
	for name, value := range c.values {
		text = strings.ReplaceAll(text, "<"+name+">", fmt.Sprintf("%q", value))
	}
	return text
}

// newTexts fills the texts of a patient that the arrangement knows nothing of:
// a new field wants no word here.
const newTexts = `
	DO $$
	DECLARE c text;
	BEGIN
		FOR c IN SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'patients' AND data_type = 'text' AND is_nullable = 'YES' LOOP
			BEGIN
				EXECUTE format('UPDATE patients SET %1$I = ''something'' WHERE id = $1 AND %1$I IS NULL', c) USING <Patient>::uuid;
			EXCEPTION WHEN check_violation THEN
				NULL; -- one that must be empty, such as why somebody is archived who is not
			END;
		END LOOP;
	END $$`

// patient adds a patient who is c's own, another's, restricted to another team
// or to a team that c is of. Every column that can hold something does.
func (h *house) patient(kind string, c *colleague) *folder {
	h.t.Helper()
	h.charts++
	chart := &folder{kind: kind, marker: fmt.Sprintf("marker%04d", h.charts), values: map[string]string{}}
	v := chart.values
	for name, id := range map[string]db.Kind{
		"Patient": db.KindPatient, "Appointment": db.KindAppointment, "Before": db.KindAppointment, "Visit": db.KindAppointment, "Past": db.KindAppointment, "MedicalRecord": db.KindMedicalRecord,
		"Allergy": db.KindAllergy, "CareTeamMember": db.KindCareTeamMember, "GlassAccess": db.KindGlassAccess, "Session": db.KindSession, "ApiToken": db.KindAPIToken,
		"Room": db.KindRoom, "AppointmentType": db.KindAppointmentType, "WorkingHours": db.KindWorkingHours, "TimeOff": db.KindTimeOff, "Away": db.KindAppointment,
		"MedicalRecordAmendment": db.KindMedicalRecordAmendment, "SlotHold": db.KindSlotHold, "WaitListEntry": db.KindWaitListEntry, "AppointmentSeries": db.KindAppointmentSeries, "SavedQuery": db.KindSavedQuery,
	} {
		v[name] = db.NewID(id).String()
	}
	own, team := h.stranger, h.stranger
	switch kind {
	case "own":
		own = c
	case "team":
		team = c
	}
	v["Practitioner"], v["Member"], v["User"], v["Role"] = own.practitioner.ID.String(), team.practitioner.ID.String(), own.user.ID.String(), string(c.user.Role)
	v["me"] = c.user.LoginName
	v["marker"], v["search"] = chart.marker, strings.ReplaceAll(chart.marker, "marker", "p")
	v["identifier"] = "id-" + v["search"]
	h.setTimes(chart)
	v["restricted"] = fmt.Sprint(kind == "restricted" || kind == "team")
	statement := arrangement
	for name, value := range v {
		statement = strings.ReplaceAll(statement, "<"+name+">", "'"+value+"'")
	}
	h.run(statement)
	h.run(strings.ReplaceAll(newTexts, "<Patient>", "'"+v["Patient"]+"'"))
	var mrn, entry string
	err := h.db.SQL.QueryRow("SELECT p.mrn, audit_entry_id(l.id)::text FROM patients p JOIN audit_log l ON l.row_id = $2 AND l.action = 'UPDATE' AND l.after ->> 'ended_at' <> '' WHERE p.id = $1",
		v["Patient"], v["CareTeamMember"]).Scan(&mrn, &entry)
	if err != nil {
		h.t.Fatal(err)
	}
	v["mrn"], v["AuditEntry"] = mrn, entry
	return chart
}

// setTimes gives the chart three hours of the calendar that are nobody else's, on
// a day of its own as long as there are days: one half hour each for the visit, for
// what is booked now, for a series, for a hold, and for a visit in time off.
func (h *house) setTimes(chart *folder) {
	const days = 700
	v, first := chart.values, 48*(1+h.charts%days)+6*(h.charts/days)
	for n, name := range []string{"at", "later", "end", "held", "away", "back"} {
		v[name] = tomorrow(first + n).Format(time.RFC3339)
	}
	at := tomorrow(first) // in the clinic's afternoon
	v["day"], v["weekday"] = at.Format(time.DateOnly), string(db.WeekdayOf(at.Weekday()))
}

const arrangement = `
SELECT set_config('clinicql.actor', 'arranger', true), set_config('clinicql.operation', 'o', true), set_config('clinicql.role', 'DOCTOR', true),
	set_config('clinicql.user', <User>, true), set_config('clinicql.token', <ApiToken>, true), set_config('clinicql.reason', 'r', true);
INSERT INTO patients (id, family_name, given_name, birth_date, birth_date_precision, sex, gender_identity, identifiers, phone, phone_number, email, address,
	preferred_language, primary_practitioner_id, is_restricted, family_key, given_key, search_words)
VALUES (<Patient>, <search>, 'Test', '1980-05-17', 'DAY', 'FEMALE', 'x', jsonb_build_array(jsonb_build_object('system', 'urn:x', 'value', <identifier>)), '599', '+995599000000', 'a@b.ge',
	'{"line": "1", "city": "Tbilisi", "region": "T", "postalCode": "0105", "country": "GE"}', 'ka', <Practitioner>, <restricted>, <search>, 'test', ARRAY[<search>, 'test']);
INSERT INTO rooms (id, name) VALUES (<Room>, <search>);
INSERT INTO appointment_types (id, name, length, color) VALUES (<AppointmentType>, <search>, 30, '#2f6f4f');
INSERT INTO appointment_series (id, patient_id, practitioner_id, frequency, every, weekdays, times)
VALUES (<AppointmentSeries>, <Patient>, <Practitioner>, 'WEEKLY', 1, '{MONDAY}', 2);
INSERT INTO appointments (id, patient_id, practitioner_id, starts_at, ends_at, status, type, reason, cancellation_reason, cancellation_note, rescheduled_from_id, room_id,
	appointment_type_id, series_id, overridden_rules, override_reason, checked_in_at, started_at, completed_at, cancelled_at, cancelled_by_id, is_late_cancellation, previous_status, stepped_at)
VALUES (<Before>, <Patient>, <Practitioner>, <later>, <end>, 'CANCELLED', 't', 'r', 'RESCHEDULED', 'n', NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(<Appointment>, <Patient>, <Practitioner>, <later>, <end>, 'CANCELLED', 't', 'r', 'RESCHEDULED', 'n', <Before>, <Room>,
		<AppointmentType>, <AppointmentSeries>, '{LATE_ENTRY}', 'o', now(), now(), now(), now(), <User>, true, 'BOOKED', now()),
	(<Visit>, <Patient>, <Practitioner>, <at>, <later>, 'BOOKED', 't', 'r', NULL, NULL, <Appointment>, <Room>,
		NULL, <AppointmentSeries>, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(<Away>, <Patient>, <Practitioner>, <away>, <back>, 'BOOKED', 't', 'r', NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(<Past>, <Patient>, <Practitioner>, '2026-01-01T09:00Z', '2026-01-01T10:00Z', 'COMPLETED', 't', 'r', NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL,
		NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO working_hours (id, practitioner_id, kind, weekday, start_time, end_time, starts_on, ends_on)
SELECT <WorkingHours>, <Practitioner>, 'BREAK', <weekday>, <away>::timestamptz AT TIME ZONE time_zone, <back>::timestamptz AT TIME ZONE time_zone, <day>, <day> FROM clinics;
INSERT INTO time_off (id, practitioner_id, starts_at, ends_at, reason) VALUES (<TimeOff>, <Practitioner>, <away>, <back>, 'r');
INSERT INTO slot_holds (id, practitioner_id, room_id, starts_at, ends_at, held_by_id, expires_at)
VALUES (<SlotHold>, <Practitioner>, <Room>, <held>, <away>, <User>, now() + interval '1 day');
INSERT INTO wait_list_entries (id, patient_id, practitioner_id, length, starts_on, ends_on, earliest_time, latest_time, note, status, replaces_appointment_id, slot_hold_id)
VALUES (<WaitListEntry>, <Patient>, <Practitioner>, 30, <day>, <day>, '00:00', '23:59', 'n', 'OFFERED', <Visit>, <SlotHold>);
INSERT INTO medical_records (id, patient_id, practitioner_id, appointment_id, recorded_on, status, diagnosis, code, code_system, prescription, notes, author_id)
VALUES (<MedicalRecord>, <Patient>, <Practitioner>, <Appointment>, '2026-01-01', 'DRAFT', <marker>, <marker>, <marker>, <marker>, <marker>, <User>);
INSERT INTO allergies (id, patient_id, substance, code, code_system, reaction, severity, status, status_reason, noted_on)
VALUES (<Allergy>, <Patient>, <marker>, <marker>, <marker>, <marker>, 'SEVERE', 'UNCONFIRMED', <marker>, '2026-01-01');
INSERT INTO care_team_members (id, patient_id, practitioner_id, ended_at) VALUES (<CareTeamMember>, <Patient>, <Member>, now() - interval '1 hour');
UPDATE care_team_members SET ended_at = now() WHERE id = <CareTeamMember>;
UPDATE care_team_members SET ended_at = NULL WHERE id = <CareTeamMember>;
INSERT INTO glass_accesses (id, patient_id, user_id, reason, closes_at) VALUES (<GlassAccess>, <Patient>, <User>, 'an arranged reason', now() - interval '1 hour');
INSERT INTO sessions (id, user_id, token_hash, user_agent, address, expires_at, ended_at)
VALUES (<Session>, <User>, sha256(<Session>::bytea), 'a', '::1', now() + interval '1 hour', now());
INSERT INTO api_tokens (id, user_id, name, role, token_hash, last_used_at, expires_at, revoked_at)
VALUES (<ApiToken>, <User>, 'n', 'ANALYST', sha256(<ApiToken>::bytea), now(), now() + interval '1 hour', now());
INSERT INTO saved_queries (id, user_id, name, description, document, variables, is_shared, written_as)
VALUES (<SavedQuery>, <User>, <SavedQuery>, 'd', '{ rooms { nodes { id } } }', '{"a": 1}', true, '{ADMIN}');`

// amend signs the draft of a patient and amends it; takeBack makes it the draft
// that it was, as nobody but the owner of the database can.
const (
	amend = `
UPDATE medical_records SET status = 'SIGNED', signed_at = now(), signed_by_id = <User>, signer_id = <Practitioner> WHERE id = <MedicalRecord>;
UPDATE medical_records SET status = 'AMENDED', version = 2, amended_at = now(), amended_by_id = <User>, amendment_reason = <marker>, notes = <marker> || '.'
WHERE id = <MedicalRecord>;
SELECT set_config('session_replication_role', 'replica', true);
UPDATE medical_record_amendments SET id = <MedicalRecordAmendment> WHERE medical_record_id = <MedicalRecord>;`
	takeBack = `
SELECT set_config('session_replication_role', 'replica', true);
DELETE FROM medical_record_amendments WHERE medical_record_id = <MedicalRecord>;
UPDATE medical_records SET status = 'DRAFT', version = 1, signed_at = NULL, signed_by_id = NULL, signer_id = NULL, amended_at = NULL, amended_by_id = NULL,
	amendment_reason = NULL, error_reason = NULL, notes = <marker> WHERE id = <MedicalRecord>;`
)

// breakGlass opens the chart to c for an hour.
func (c *colleague) breakGlass(of *folder) {
	c.t.Helper()
	c.house.run("INSERT INTO glass_accesses (id, patient_id, user_id, reason, closes_at) VALUES ($1, $2, $3, 'found unconscious', now() + interval '1 hour')",
		db.NewID(db.KindGlassAccess), of.values["Patient"], c.user.ID)
	c.house.db.Forget()
}

// chartsOfEachKind adds a patient of each kind for c.
func (c *colleague) chartsOfEachKind() []*folder {
	c.t.Helper()
	var all []*folder
	for _, kind := range kindsOfPatient {
		all = append(all, c.house.patient(kind, c))
	}
	return all
}

// anonymous is somebody who is not signed in, and takes the place of c.
func (c *colleague) anonymous() *colleague {
	nobody := *c
	plain := *c.house.client
	nobody.client = &plain
	return &nobody
}
