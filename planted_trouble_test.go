package main

import (
	"fmt"
	"strings"
	"sync"
	"syscall"
	"time"
)

// writes are a mutation for each table that tells of persons. %[1]s is a mark,
// %[2]s a patient, %[3]s a practitioner, %[4]s what the client calls a field and
// %[5]s a day.
var writes = map[string]string{
	"patients":           `mutation { %[4]s: createPatient(input: {familyName: "%[1]s", genderIdentity: "%[1]s", sex: MALE, birthDatePrecision: UNKNOWN, phone: "%[1]s", email: "%[1]s@clinic.example", identifiers: [{system: "urn:%[1]s", value: "%[1]s"}]}) { %[4]s: patient { id } } }`,
	"appointments":       `mutation { %[4]s: bookAppointment(input: {patientId: "%[2]s", practitionerId: "%[3]s", startsAt: "%[5]sT10:00:00Z", endsAt: "%[5]sT10:30:00Z", reason: "%[1]s"}) { %[4]s: appointment { id } } }`,
	"wait_list_entries":  `mutation { %[4]s: addToWaitList(input: {patientId: "%[2]s", practitionerId: "%[3]s", length: {duration: "PT15M"}, endsOn: "%[5]s", note: "%[1]s"}) { %[4]s: waitListEntry { id } } }`,
	"slot_holds":         `mutation { %[4]s: holdSlot(input: {practitionerId: "%[3]s", startsAt: "%[5]sT12:00:00Z", length: {duration: "PT15M"}}) { %[4]s: slotHold { id } } }`,
	"appointment_series": `mutation { %[4]s: bookAppointmentSeries(input: {patientId: "%[2]s", practitionerId: "%[3]s", startsAt: "%[5]sT11:00:00Z", length: {duration: "PT15M"}, reason: "%[1]s", recurrence: {frequency: MONTHLY, every: 12, times: 2}, override: {rules: [OUTSIDE_HOURS, TIME_OFF, BUFFER], reason: "%[1]s"}}) { %[4]s: appointmentSeries { id } } }`,
	"time_off":           `mutation { %[4]s: createTimeOff(input: {practitionerId: "%[3]s", startsAt: "%[5]sT15:00:00Z", endsAt: "%[5]sT15:30:00Z", reason: "%[1]s"}) { %[4]s: timeOff { id } } }`,
	"rooms":              `mutation { %[4]s: createRoom(input: {name: "%[1]s"}) { %[4]s: room { id } } }`,
	"appointment_types":  `mutation { %[4]s: createAppointmentType(input: {name: "%[1]s", length: "PT15M"}) { %[4]s: appointmentType { id } } }`,
	"medical_records":    `mutation { %[4]s: createMedicalRecord(input: {patientId: "%[2]s", practitionerId: "%[3]s", diagnosis: "%[1]s", notes: "%[1]s", prescription: "%[1]s"}) @idempotent(key: "%[1]s") { %[4]s: medicalRecord { id } } }`,
	"allergies":          `mutation { %[4]s: recordAllergy(input: {patientId: "%[2]s", substance: "%[1]s", reaction: "%[1]s"}) { %[4]s: allergy { id } } }`,
	"glass_accesses":     `mutation { %[4]s: breakTheGlass(input: {patientId: "%[2]s", reason: "%[1]s"}) { %[4]s: glassAccess { id } } }`,
	"users":              `mutation { %[4]s: createUser(input: {loginName: "%[1]s", displayName: "%[1]s", role: NURSE}) { %[4]s: user { id } } }`,
	"api_tokens":         `mutation { %[4]s: createApiToken(input: {name: "%[1]s", role: DOCTOR, expiresAt: "%[5]sT00:00:00Z"}) { %[4]s: apiToken { id } } }`,
	"practitioners":      `mutation { %[4]s: createPractitioner(input: {familyName: "%[1]s"}) { %[4]s: practitioner { id } } }`,
	"sessions":           `mutation { %[4]s: signIn(input: {loginName: "%[1]s", password: "%[1]s"}) { %[4]s: viewer { id } } }`,
	"patient_words":      `{ %[4]s: searchPatients(query: "%[1]s") { %[4]s: nodes { id } } }`,
}

// plantTrouble plants marks in statements that the database refuses, loudly.
func (f *field) plantTrouble() {
	f.writeAll("nothing in the way")
	for table := range writes {
		if table == "sessions" || table == "patient_words" {
			continue // which these do not write
		}
		f.spoil(table, "a rule", "ALTER TABLE %[1]s ADD CONSTRAINT spoiled CHECK (id IS NULL) NOT VALID", "ALTER TABLE %[1]s DROP CONSTRAINT spoiled")
		f.spoil(table, "a loud trigger", `
			CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'row %%', NEW; RAISE EXCEPTION 'row %%', NEW USING DETAIL = NEW::text, HINT = NEW::text; END $$;
			CREATE TRIGGER spoil BEFORE INSERT OR UPDATE ON %[1]s FOR EACH ROW EXECUTE FUNCTION spoil()`, "DROP FUNCTION spoil CASCADE")
		f.spoil(table, "a trigger at the end", `
			CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'row %%', NEW; END $$;
			CREATE CONSTRAINT TRIGGER spoil AFTER INSERT OR UPDATE ON %[1]s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION spoil()`, "DROP FUNCTION spoil CASCADE")
		f.spoil(table, "a trigger that converts", `
			CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := NEW::text::uuid; RETURN NEW; END $$;
			CREATE TRIGGER spoil BEFORE INSERT OR UPDATE ON %[1]s FOR EACH ROW EXECUTE FUNCTION spoil()`, "DROP FUNCTION spoil CASCADE")
	}
	f.spoil("wait_list_entries", "a column of another type", "ALTER TABLE wait_list_entries DROP CONSTRAINT wait_list_entries_note_check, ALTER note TYPE int USING NULL", "ALTER TABLE wait_list_entries ALTER note TYPE text")
	f.spoilReads()
	f.plantWaits()
}

// writeAll sends all writes.
func (f *field) writeAll(trouble string) {
	for table := range writes {
		f.write(table, trouble)
	}
}

func (f *field) write(table, trouble string) string {
	value, alias := f.mark(trouble+" for "+table), f.mark(trouble+" for "+table+" (an alias)")
	f.mu.Lock()
	f.day = f.day.AddDate(0, 0, 1)
	document := strings.NewReplacer("%[1]s", value, "%[2]s", f.ids["Patient"], "%[3]s", f.ids["Practitioner"], "%[4]s", alias, "%[5]s", f.day.Format(time.DateOnly)).Replace(writes[table])
	f.mu.Unlock()
	code := f.ask("doctor", document, nil, value)
	if code == "FORBIDDEN" {
		code = f.ask("admin", document, nil, value)
	}
	return code
}

// spoil writes to a table while the database is made to refuse it.
func (f *field) spoil(table, trouble, begin, end string) {
	f.exec(begin, table)
	if code := f.write(table, trouble); code != "INTERNAL" && code != "UNAVAILABLE" {
		f.t.Errorf("%s of %s is told as %s: nothing is tried", trouble, table, code)
	}
	f.exec(end, table)
}

func (f *field) exec(statement, table string) {
	f.t.Helper()
	if _, err := f.db.Exec(fmt.Sprintf(statement+"%.0[1]s", table)); err != nil {
		f.t.Fatal(err)
	}
}

// spoilReads has rows hold what their columns cannot.
func (f *field) spoilReads() {
	mark := f.mark("a number that is none")
	f.exec("ALTER TABLE practitioners DROP CONSTRAINT IF EXISTS practitioners_version_check, ALTER version DROP DEFAULT, ALTER version TYPE text USING '"+mark+"'", "")
	f.ask("doctor", `{ practitioners { nodes { id } } }`, nil, mark)
	f.exec("ALTER TABLE practitioners ALTER version TYPE int USING 1", "")
	mark = f.mark("a time that is none")
	f.exec("ALTER TABLE users ALTER created_at DROP DEFAULT, ALTER created_at TYPE text USING '"+mark+"'", "")
	f.ask("admin", `{ users { nodes { id } } }`, nil, mark)
	f.exec("ALTER TABLE users ALTER created_at TYPE timestamptz USING now()", "")
}

// plantWaits has statements wait too long, wait for each other, and die.
func (f *field) plantWaits() {
	hold, err := f.db.Beginx()
	if err != nil {
		f.t.Fatal(err)
	}
	if _, err := hold.Exec("LOCK TABLE patients, users, sessions, api_tokens IN ACCESS EXCLUSIVE MODE"); err != nil {
		f.t.Fatal(err)
	}
	f.forge()
	var all sync.WaitGroup
	for _, table := range []string{"patients", "patient_words", "allergies", "medical_records", "users"} {
		all.Go(func() { f.write(table, "a lock") })
	}
	all.Wait()
	_ = hold.Rollback()
	f.deadlock()

	f.exec(`CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
		CREATE TRIGGER wait BEFORE INSERT ON allergies FOR EACH ROW EXECUTE FUNCTION wait()`, "")
	if code := f.write("allergies", "a statement that lasts too long"); code != "TIMED_OUT" {
		f.t.Errorf("a statement that lasts too long is told as %s", code)
	}

	// Postgres tells of a process that was killed what it was doing.
	all.Go(func() { f.write("allergies", "a statement whose process is killed") })
	all.Go(func() { _, _ = f.db.Exec("SELECT pg_sleep(60), '" + f.mark("a killed statement") + "'") })
	for killed := 0; killed < 2; time.Sleep(50 * time.Millisecond) {
		var running []int
		if err := f.db.Select(&running, "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"); err != nil || len(running) < 2 {
			continue
		}
		for _, pid := range running {
			_ = syscall.Kill(pid, syscall.SIGKILL)
			killed++
		}
	}
	all.Wait()
}

// deadlock has a write wait for somebody who waits for it.
func (f *field) deadlock() {
	other, err := f.db.Beginx()
	if err != nil {
		f.t.Fatal(err)
	}
	defer other.Rollback()
	var role string
	if err := other.Get(&role, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'clinicql\\_care\\_%'"); err != nil {
		f.t.Fatal(err)
	}
	if _, err := other.Exec("SELECT FROM patients WHERE id = $1 FOR UPDATE", f.ids["Patient"]); err != nil {
		f.t.Fatal(err)
	}
	key := f.mark("a deadlock")
	var all sync.WaitGroup
	all.Go(func() {
		f.ask("doctor", fmt.Sprintf(`mutation { createMedicalRecord(input: {patientId: %q, practitionerId: %q, diagnosis: %[3]q}) @idempotent(key: %[3]q) { __typename } }`,
			f.ids["Patient"], f.ids["Practitioner"], key), nil, key)
	})
	time.Sleep(500 * time.Millisecond) // it holds the key by then
	_, err = other.Exec("INSERT INTO idempotency_keys (db_role, actor, key, input) VALUES ($1, 'doctor', $2, '')", role, key)
	f.t.Logf("the other of the deadlock says %v", err)
	_ = other.Rollback()
	all.Wait()
}
