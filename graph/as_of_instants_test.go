package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
)

// What one transaction changes is changed at one instant, however long it takes,
// and what it takes back itself was never so.
func TestAsOf_transactionsAreOneInstant(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "old"), newPractitioner(t, c.db, "old")
	c.run(strings.NewReplacer("<patient>", patient.ID.String(), "<doctor>", doctor.ID.String(), "<room>", db.NewID(db.KindRoom).String(), "<other>", db.NewID(db.KindRoom).String()).Replace(`
		UPDATE patients SET family_name = 'never', given_name = 'never' WHERE id = '<patient>';
		SELECT pg_sleep(0.01);
		UPDATE practitioners SET family_name = 'new' WHERE id = '<doctor>';
		INSERT INTO rooms (id, name) VALUES ('<room>', 'never');
		SELECT pg_sleep(0.01);
		UPDATE patients SET family_name = 'new', given_name = 'Test' WHERE id = '<patient>';
		UPDATE rooms SET name = 'new' WHERE id = '<room>';
		INSERT INTO rooms (id, name) VALUES ('<other>', 'never');
		SELECT pg_sleep(0.01);
		DELETE FROM rooms WHERE id = '<other>'`))
	query := fmt.Sprintf(`{ patient(id: %q) { familyName givenName } practitioner(id: %q) { familyName } rooms { nodes { name } } }`, patient.ID, doctor.ID)
	const (
		before = `{"patient":{"familyName":"old","givenName":"Test"},"practitioner":{"familyName":"old"},"rooms":{"nodes":[]}}`
		after  = `{"patient":{"familyName":"new","givenName":"Test"},"practitioner":{"familyName":"new"},"rooms":{"nodes":[{"name":"new"}]}}`
	)
	seen := map[string]int{}
	instants := append(append(c.changesOf("patients"), c.changesOf("practitioners")...), c.changesOf("rooms")...)
	last := ""
	for _, at := range instants {
		got := asJSON(c.ask(pastOf(at, query), nil))
		if strings.Contains(got, "never") || strings.Contains(got, "new") && got != after {
			t.Errorf("at %s there is %s", at, got)
		}
		seen[got]++
		if last == "" || instant(t, at).After(instant(t, last)) {
			last = at
		}
	}
	if seen[before] == 0 || seen[after] == 0 || asJSON(c.ask(pastOf(last, query), nil)) != after || asJSON(c.ask(query, nil)) != after {
		t.Errorf("what was seen is %v", seen)
	}
}

// Nobody makes it appear that something was written before it was, or later.
func TestAsOf_nobodyBackdates(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]string{
		"back":                    "SELECT set_config('clinicql.changed_at', '2020-01-01T00:00:00Z', true)",
		"ahead":                   "SELECT set_config('clinicql.changed_at', '2090-01-01T00:00:00Z', true)",
		"for ever":                "SELECT set_config('clinicql.changed_at', '-infinity', false)",
		"never":                   "SELECT set_config('clinicql.changed_at', 'infinity', false)",
		"to nothing":              "SELECT set_config('clinicql.changed_at', '', false)",
		"by the lens":             "SELECT set_config('clinicql.as_of', '2020-01-01T00:00:00Z', false)",
		"in another way to write": "SET DateStyle = 'SQL, DMY'; SET TimeZone = 'Asia/Kolkata'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			patient, doctor := newPatient(t, c.db, "old"), newPractitioner(t, c.db, "old")
			before := c.instant()
			c.run(set + fmt.Sprintf("; UPDATE patients SET family_name = 'new' WHERE id = '%s'; SELECT pg_sleep(0.002); UPDATE practitioners SET family_name = 'new' WHERE id = '%s'; RESET DateStyle; RESET TimeZone", patient.ID, doctor.ID))
			after := c.instant()
			for at, want := range map[string]string{before: "old", after: "new", "2021-01-01T00:00:00Z": ""} {
				got := c.ask(pastOf(at, fmt.Sprintf(`{ patient(id: %q) { familyName } practitioner(id: %q) { familyName } }`, patient.ID, doctor.ID)), nil)
				if got.text("patient.familyName") != want || got.text("practitioner.familyName") != want {
					t.Errorf("at %s there is %s, not %s", at, asJSON(got), want)
				}
			}
			if n := c.count("SELECT count(DISTINCT valid_from) FROM (SELECT valid_from FROM history.patients WHERE family_name = 'new' UNION ALL SELECT valid_from FROM history.practitioners WHERE family_name = 'new') h"); n != 1 {
				t.Errorf("the transaction is told to have changed something at %d instants", n)
			}
		})
	}
}

// Rows that are deleted are there as of before, and gone as of later.
func TestAsOf_deletedRows(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	patient := newPatient(t, c.db, "Beridze")
	look := fmt.Sprintf(`{ practitioner(id: %q) { workingHours { startTime } } old: patientBy(by: {identifier: {system: "urn:x", value: "1"}}) { identifiers { value } }
		found: patients(where: {identifiers: {system: "urn:x", value: "2"}}) { totalCount } schedule(range: {date: %q}) { columns { workingPeriods { startsAt } } } }`, doctor.ID, monday())
	var seen, instants []string
	keep := func() {
		seen, instants = append(seen, asJSON(c.ask(look, nil))), append(instants, c.instant())
	}
	keep()
	for version, times := range []string{"08:00", "09:00", "10:00"} {
		c.ask(fmt.Sprintf(`mutation { setWorkingHours(input: {practitionerId: %q, expectedVersion: %d, hours: [{weekday: MONDAY, startTime: %q, endTime: "18:00"}]}) { practitioner { id } }
			updatePatient(input: {patientId: %q, expectedVersion: %d, identifiers: [{system: "urn:x", value: "%d"}]}) { patient { id } } }`, doctor.ID, version+1, times, patient.ID, version+1, version), nil)
		keep()
	}
	c.ask(fmt.Sprintf(`mutation { setWorkingHours(input: {practitionerId: %q, expectedVersion: 4, hours: []}) { practitioner { id } } }`, doctor.ID), nil)
	keep()
	known := map[string]bool{}
	for i, at := range instants {
		if got := asJSON(c.ask(pastOf(at, look), nil)); got != seen[i] {
			t.Errorf("as of %d: %s, then %s", i, got, seen[i])
		}
		known[seen[i]] = true
	}
	if len(known) != len(instants) {
		t.Errorf("what was seen is all the same: %v", seen)
	}
}

// monday returns a Monday to come.
func monday() string {
	day := tomorrow(0)
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, 1)
	}
	return day.Format(time.DateOnly)
}

// What was to come then is to come as of then, though it has passed since: a
// visit, a hold, an offer, an undo.
func TestAsOf_timePasses(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit, off, hold, wish := db.NewID(db.KindAppointment), db.NewID(db.KindTimeOff), db.NewID(db.KindSlotHold), db.NewID(db.KindWaitListEntry)
	c.run(strings.NewReplacer("<patient>", patient.ID.String(), "<doctor>", doctor.ID.String(), "<visit>", visit.String(), "<off>", off.String(), "<hold>", hold.String(), "<wish>", wish.String(),
		"<hours>", db.NewID(db.KindWorkingHours).String()).Replace(`
		INSERT INTO appointments (id, patient_id, practitioner_id, starts_at, ends_at, status, previous_status, stepped_at)
		SELECT '<visit>', '<patient>', '<doctor>', now() + interval '2 seconds', now() + interval '3 seconds', 'BOOKED', 'REQUESTED', now() - undo_period * interval '1 minute' + interval '3 seconds' FROM clinics;
		INSERT INTO time_off (id, practitioner_id, starts_at, ends_at) VALUES ('<off>', '<doctor>', now(), now() + interval '1 hour');
		INSERT INTO working_hours (id, practitioner_id, kind, weekday, start_time, end_time, starts_on) VALUES ('<hours>', '<doctor>', 'WORK', 'MONDAY', '08:00', '09:00', '2090-01-01');
		INSERT INTO slot_holds (id, practitioner_id, starts_at, ends_at, expires_at) VALUES ('<hold>', '<doctor>', now() + interval '3 hours', now() + interval '4 hours', now() + interval '3 seconds');
		INSERT INTO wait_list_entries (id, patient_id, practitioner_id, length, starts_on, ends_on, status, slot_hold_id)
		VALUES ('<wish>', '<patient>', '<doctor>', 30, '2026-01-01', '2026-12-01', 'OFFERED', '<hold>')`))
	look := fmt.Sprintf(`{
		patient(id: %q) { nextAppointment { id } lastVisit { id } } appointment(id: %q) { nextSteps undoableUntil } node(id: %q) { ... on TimeOff { appointmentsWithin { id } } }
		practitioner(id: %q) { appointmentsOutsideHours { id } } waitList { nodes { status slotHold { id } } } }`, patient.ID, visit, off, doctor.ID)
	var at time.Time
	if err := c.db.SQL.Get(&at, "SELECT valid_from FROM history.appointments"); err != nil {
		t.Fatal(err)
	}
	for passed := false; !passed; time.Sleep(50 * time.Millisecond) {
		if err := c.db.SQL.Get(&passed, "SELECT clock_timestamp() > now() AND max(expires_at) < clock_timestamp() - interval '10 ms' FROM slot_holds"); err != nil {
			t.Fatal(err)
		}
	}
	then, now := c.ask(pastOf(at.UTC().Format(time.RFC3339Nano), look), nil), c.ask(look, nil)
	for path, want := range map[string][2]any{
		"patient.nextAppointment.id":                 {visit.String(), nil},
		"node.appointmentsWithin.0.id":               {visit.String(), nil},
		"practitioner.appointmentsOutsideHours.0.id": {visit.String(), nil},
		"waitList.nodes.0.status":                    {"OFFERED", "WAITING"},
		"waitList.nodes.0.slotHold.id":               {hold.String(), nil},
	} {
		if then.at(path) != want[0] || now.at(path) != want[1] {
			t.Errorf("%s is %v as of then and %v now, not %v", path, then.at(path), now.at(path), want)
		}
	}
	const noShow, undo = "MARK_NO_SHOW", "UNDO"
	steps := [2]string{asJSON(then.at("appointment.nextSteps")), asJSON(now.at("appointment.nextSteps"))}
	if strings.Contains(steps[0], noShow) || !strings.Contains(steps[1], noShow) || !strings.Contains(steps[0], undo) || strings.Contains(steps[1], undo) {
		t.Errorf("the next steps are %v", steps)
	}
	if then.at("appointment.undoableUntil") == nil || now.at("appointment.undoableUntil") != nil {
		t.Errorf("the step is undoable until %v as of then, until %v now", then.at("appointment.undoableUntil"), now.at("appointment.undoableUntil"))
	}
}

// instant reads an instant, whose text is as long as its fraction needs.
func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
