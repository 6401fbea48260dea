package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// versionFields are all fields of versions.
const versionFields = `nodes { version validFrom validUntil actor user { loginName } reason changes { field before after } } `

// tell writes the versions at a path of an answer, a line each: "2 nino: phone
// "555" → null. because". It makes sure that each lasts until the next begins.
func (a answer) tell(t testing.TB, path string) (lines []string) {
	t.Helper()
	var newer any
	for _, node := range a.at(path + ".nodes").([]any) {
		v := answer(node.(map[string]any))
		if from, _ := time.Parse(time.RFC3339, v.text("validFrom")); from.IsZero() || v["validUntil"] != newer || !strings.HasSuffix(v.text("validFrom"), "Z") {
			t.Errorf("a version holds from %v until %v, where the next begins at %v", v["validFrom"], v["validUntil"], newer)
		}
		newer = v["validFrom"]
		who := v.text("actor")
		if name := v.text("user.loginName"); name != who {
			who += fmt.Sprintf(" (user %q)", name)
		}
		line := fmt.Sprintf("%d %s:", v.number("version"), who)
		for _, change := range v["changes"].([]any) {
			c := answer(change.(map[string]any))
			line += fmt.Sprintf(" %s %s → %s;", c.text("field"), orNull(c["before"]), orNull(c["after"]))
		}
		if reason := v.text("reason"); reason != "" {
			line += " because " + reason
		}
		lines = append(lines, line)
	}
	return lines
}

func orNull(v any) string {
	if v == nil {
		return "null"
	}
	return v.(string)
}

// historyOf asks for the whole history of a noun and tells it.
func (c *client) historyOf(field string, id any) []string {
	c.t.Helper()
	return c.ask(fmt.Sprintf(`query($id: ID!) { %s(id: $id) { history { %s } } }`, field, versionFields), variables{"id": id}).tell(c.t, field+".history")
}

// wantLines compares lines.
func wantLines(t testing.TB, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestHistory_ofAPatient(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	desk, doctor := h.employ("desk", auth.Receptionist), h.employ("doctor", auth.Doctor)
	created := desk.ask(`mutation($p: ID!) { createPatient(input: {familyName: "Beridze", givenName: "Nino", birthDate: "1990-02-28", sex: FEMALE, phone: "555 12 34 56",
		identifiers: [{system: "urn:x", value: "<1>"}], address: {line: "Rustaveli 1\n2", city: "Tbilisi", country: "GE"}, primaryPractitionerId: $p}) { patient { id mrn } } }`,
		variables{"p": doctor.practitioner.ID})
	id, mrn := created.text("createPatient.patient.id"), created.text("createPatient.patient.mrn")
	in := variables{"id": id}
	doctor.ask(`mutation($id: ID!) { updatePatient(input: {patientId: $id, expectedVersion: 1, phone: null, genderIdentity: "x", address: {city: "Batumi"}}) { patient { id } } }`, in)
	desk.ask(`mutation($id: ID!) { updatePatient(input: {patientId: $id, expectedVersion: 2, genderIdentity: "x"}) { patient { version } } }`, in)
	desk.ask(`mutation($id: ID!) { archivePatient(input: {patientId: $id, expectedVersion: 2, reason: "moved away"}) { patient { id } } }`, in)
	desk.ask(`mutation($id: ID!) { restorePatient(input: {patientId: $id, expectedVersion: 3}) { patient { id } } }`, in)
	h.run("UPDATE patients SET email = 'nino@example.org' WHERE id = $1", id)
	h.run("UPDATE patients SET email = email WHERE id = $1", id)
	doctor.ask(`mutation($id: ID!) { confirmNoAllergies(input: {patientId: $id, expectedVersion: 4}) { patient { id } } }`, in)

	var archived string
	if err := h.db.SQL.Get(&archived, `SELECT trim(trailing '0' FROM to_char(archived_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')) || 'Z' FROM history.patients WHERE id = $1 AND version = 3`, id); err != nil {
		t.Fatal(err)
	}
	var owner string
	if err := h.db.SQL.Get(&owner, "SELECT session_user"); err != nil {
		t.Fatal(err)
	}
	wantLines(t, desk.in(t).historyOf("patient", id),
		`5 doctor:`,
		`4 database:`+owner+` (user ""): email null → "nino@example.org";`,
		`4 desk: archivedAt "`+archived+`" → null; archiveReason "moved away" → null;`,
		`3 desk: archivedAt null → "`+archived+`"; archiveReason null → "moved away"; because moved away`,
		`2 doctor: genderIdentity null → "x"; phone "555 12 34 56" → null; phoneNumber "+995555123456" → null; `+
			`address {"line":"Rustaveli 1\n2","city":"Tbilisi","country":"GE"} → {"city":"Batumi"};`,
		`1 desk: givenName null → "Nino"; familyName null → "Beridze"; mrn null → "`+mrn+`"; birthDate null → "1990-02-28"; birthDatePrecision null → "DAY"; sex null → "FEMALE"; `+
			`identifiers null → [{"system":"urn:x","value":"<1>"}]; phone null → "555 12 34 56"; phoneNumber null → "+995555123456"; `+
			`address null → {"line":"Rustaveli 1\n2","city":"Tbilisi","country":"GE"}; primaryPractitioner null → "`+doctor.practitioner.ID.String()+`"; isRestricted null → false;`)
}

func TestHistory_ofAPractitioner(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.employ("admin", auth.Admin)
	id := admin.ask(`mutation { createPractitioner(input: {familyName: "Kapanadze", prefix: "Dr."}) { practitioner { id } } }`, nil).text("createPractitioner.practitioner.id")
	in := variables{"id": id}
	admin.ask(`mutation($id: ID!) { setWorkingHours(input: {practitionerId: $id, expectedVersion: 1, hours: [{weekday: MONDAY, startTime: "09:00", endTime: "17:00"}]}) { practitioner { id } } }`, in)
	admin.ask(`mutation($id: ID!) { deactivatePractitioner(input: {practitionerId: $id, expectedVersion: 2, reason: "left"}) { practitioner { id } } }`, in)
	wantLines(t, h.employ("desk", auth.Receptionist).in(t).historyOf("practitioner", id),
		`3 admin: isActive true → false; deactivationReason null → "left"; because left`,
		`2 admin:`,
		`1 admin: familyName null → "Kapanadze"; prefix null → "Dr."; isActive null → true;`)
}

func TestHistory_ofAVisit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	desk, doctor := h.employ("desk", auth.Receptionist), h.employ("doctor", auth.Doctor)
	patient := newPatient(t, h.db, "Beridze")
	kind := h.employ("admin", auth.Admin).ask(`mutation { createAppointmentType(input: {name: "Check-up", length: "PT30M", bufferBefore: "PT1H30M"}) { appointmentType { id } } }`, nil).
		text("createAppointmentType.appointmentType.id")
	const day = 48 // half hours: at two days' notice no cancellation is late, whatever the hour
	at := func(n int) string { return tomorrow(day + n).Format(time.RFC3339) }
	in := variables{"patient": patient.ID, "doctor": doctor.practitioner.ID, "kind": kind, "at": at(0), "later": at(8)}
	booked := desk.ask(`mutation($patient: ID!, $doctor: ID!, $kind: ID, $at: DateTime) { bookAppointment(input: {patientId: $patient, practitionerId: $doctor, startsAt: $at,
		appointmentTypeId: $kind, reason: "cough"}) { appointment { id } } }`, in).text("bookAppointment.appointment.id")
	in["id"] = booked
	newAppointment(t, h.db, newPatient(t, h.db, "Other"), doctor.practitioner, day+6) // too close to where it is moved
	desk.ask(`mutation($id: ID!) { checkInAppointment(input: {appointmentId: $id, expectedVersion: 1}) { appointment { id } } }`, in)
	desk.ask(`mutation($id: ID!) { undoAppointmentStep(input: {appointmentId: $id, expectedVersion: 2}) { appointment { id } } }`, in)
	moved := doctor.ask(`mutation($id: ID!, $later: DateTime) { rescheduleAppointment(input: {appointmentId: $id, expectedVersion: 3, startsAt: $later, length: "PT45M",
		override: {rules: [BUFFER], reason: "urgent"}}) { appointment { id } } }`, in).text("rescheduleAppointment.appointment.id")
	in["id"] = moved
	desk.ask(`mutation($id: ID!) { cancelAppointment(input: {appointmentId: $id, expectedVersion: 1, reason: PATIENT, note: "ill"}) { appointment { id } } }`, in)

	// The instants of steps are those of the server: only that there is one is told here.
	told := func(id string) []string {
		lines := desk.in(t).historyOf("appointment", id)
		for i, line := range lines {
			words := strings.Fields(line)
			for n, word := range words {
				if instant, err := time.Parse(`"`+time.RFC3339Nano+`"`, strings.TrimSuffix(word, ";")); err == nil && time.Since(instant).Abs() < time.Minute && strings.HasSuffix(strings.TrimSuffix(word, ";"), `Z"`) {
					words[n] = strings.Replace(word, strings.TrimSuffix(word, ";"), "now", 1)
				}
			}
			lines[i] = strings.Join(words, " ")
		}
		return lines
	}
	who := `1 desk: patient null → "` + patient.ID.String() + `"; practitioner null → "` + doctor.practitioner.ID.String() + `"; startsAt null → "` + at(0) + `"; endsAt null → "` + at(1) +
		`"; status null → "BOOKED"; type null → "Check-up"; reason null → "cough"; appointmentType null → "` + kind + `"; bufferBefore null → "PT1H30M"; bufferAfter null → "PT0S"; isOverbooked null → false;`
	wantLines(t, told(booked),
		`4 doctor: status "BOOKED" → "CANCELLED"; cancellationReason null → "RESCHEDULED"; cancelledAt null → now; cancelledBy null → "`+doctor.user.ID.String()+`"; isLateCancellation null → false;`,
		`3 desk: status "CHECKED_IN" → "BOOKED"; checkedInAt now → null;`,
		`2 desk: status "BOOKED" → "CHECKED_IN"; checkedInAt null → now;`,
		who)
	got := told(moved)
	wantLines(t, got[:1], `2 desk: status "BOOKED" → "CANCELLED"; cancellationReason null → "PATIENT"; cancellationNote null → "ill"; cancelledAt null → now; cancelledBy null → "`+
		desk.user.ID.String()+`"; isLateCancellation null → false;`)
	if !strings.Contains(got[1], `rescheduledFrom null → "`+booked+`"`) || !strings.Contains(got[1], `overriddenRules null → ["BUFFER"]; overrideReason null → "urgent";`) {
		t.Errorf("got %s", got[1])
	}
}

func TestHistory_ofARecord(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor, nurse := h.employ("doctor", auth.Doctor), h.employ("nurse", auth.Nurse)
	patient := newPatient(t, h.db, "Beridze")
	id := nurse.ask(`mutation($patient: ID!, $doctor: ID!) { createMedicalRecord(input: {patientId: $patient, practitionerId: $doctor, recordedOn: "2026-03-01", diagnosis: "Asthma",
		prescription: "Salbutamol"}) { medicalRecord { id } } }`, variables{"patient": patient.ID, "doctor": doctor.practitioner.ID}).text("createMedicalRecord.medicalRecord.id")
	in := variables{"id": id}
	nurse.ask(`mutation($id: ID!) { updateMedicalRecord(input: {medicalRecordId: $id, expectedVersion: 1, code: "j45.9",
		prescriptionLines: [{medicine: "Salbutamol", dose: "1 puff", startsOn: "2026-03-02"}]}) { medicalRecord { id } } }`, in)
	doctor.ask(`mutation($id: ID!) { signMedicalRecord(input: {medicalRecordId: $id, expectedVersion: 2}) { medicalRecord { id } } }`, in)
	doctor.ask(`mutation($id: ID!) { amendMedicalRecord(input: {medicalRecordId: $id, expectedVersion: 3, reason: "typing error", diagnosis: "Asthma, mild"}) { medicalRecord { id } } }`, in)
	doctor.ask(`mutation($id: ID!) { markMedicalRecordInError(input: {medicalRecordId: $id, expectedVersion: 4, reason: "another patient's"}) { medicalRecord { id } } }`, in)
	times := doctor.ask(`query($id: ID!) { medicalRecord(id: $id) { signedAt amendedAt } }`, in)
	me := doctor.user.ID.String()
	wantLines(t, nurse.in(t).historyOf("medicalRecord", id),
		`5 doctor: status "AMENDED" → "ENTERED_IN_ERROR"; errorReason null → "another patient's"; because another patient's`,
		`4 doctor: status "SIGNED" → "AMENDED"; diagnosis "Asthma" → "Asthma, mild"; amendedAt null → "`+times.text("medicalRecord.amendedAt")+`"; amendedBy null → "`+me+
			`"; amendmentReason null → "typing error"; because typing error`,
		`3 doctor: status "DRAFT" → "SIGNED"; signedAt null → "`+times.text("medicalRecord.signedAt")+`"; signedBy null → "`+me+`"; signer null → "`+doctor.practitioner.ID.String()+`";`,
		`2 nurse: code null → "J45.9"; prescription "Salbutamol" → "Salbutamol, 1 puff, from 2026-03-02"; `+
			`prescriptionLines [{"medicine":"Salbutamol"}] → [{"medicine":"Salbutamol","dose":"1 puff","startsOn":"2026-03-02"}];`,
		`1 nurse: patient null → "`+patient.ID.String()+`"; practitioner null → "`+doctor.practitioner.ID.String()+`"; recordedOn null → "2026-03-01"; status null → "DRAFT"; diagnosis null → "Asthma"; `+
			`prescription null → "Salbutamol"; prescriptionLines null → [{"medicine":"Salbutamol"}]; author null → "`+nurse.user.ID.String()+`";`)
	t.Run("reading it is in the audit", func(t *testing.T) {
		response, _ := nurse.in(t).post(`query($id: ID!) { medicalRecord(id: $id) { history { totalCount } } }`, in)
		var fields string
		if err := h.db.SQL.Get(&fields, "SELECT fields FROM audit_log WHERE operation_id = $1 AND action = 'READ' AND patient_id = $2", response.Header.Get("Operation-Id"), patient.ID); err != nil || !strings.Contains(fields, "MedicalRecord.history") {
			t.Errorf("it holds %q (%v)", fields, err)
		}
	})
}

func TestHistory_ofAnAllergy(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nurse := h.employ("nurse", auth.Nurse)
	patient := newPatient(t, h.db, "Beridze")
	id := nurse.ask(`mutation($p: ID!) { recordAllergy(input: {patientId: $p, substance: "Penicillin", severity: SEVERE, status: UNCONFIRMED, notedOn: "2026-03-01"}) { allergy { id } } }`, variables{"p": patient.ID}).
		text("recordAllergy.allergy.id")
	in := variables{"id": id}
	nurse.ask(`mutation($id: ID!) { confirmAllergy(input: {allergyId: $id, expectedVersion: 1}) { allergy { id } } }`, in)
	nurse.ask(`mutation($id: ID!) { refuteAllergy(input: {allergyId: $id, expectedVersion: 2, reason: "tested"}) { allergy { id } } }`, in)
	got := nurse.in(t).ask(`query($id: ID!) { node(id: $id) { ... on Allergy { history { `+versionFields+` } } } }`, in)
	wantLines(t, got.tell(t, "node.history"),
		`3 nurse: status "CONFIRMED" → "REFUTED"; statusReason null → "tested"; because tested`,
		`2 nurse: status "UNCONFIRMED" → "CONFIRMED";`,
		`1 nurse: patient null → "`+patient.ID.String()+`"; substance null → "Penicillin"; severity null → "SEVERE"; status null → "UNCONFIRMED"; notedOn null → "2026-03-01";`)
	t.Run("counting it is in the audit, for the patient alone", func(t *testing.T) {
		response, _ := nurse.in(t).post(`query($id: ID!) { node(id: $id) { ... on Allergy { history { totalCount } } } }`, in)
		var whose []string
		if err := h.db.SQL.Select(&whose, "SELECT coalesce(patient_id::text, 'nobody') FROM audit_log WHERE operation_id = $1 AND action = 'READ'", response.Header.Get("Operation-Id")); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(whose, []string{patient.ID.String()}) {
			t.Errorf("it is of %v", whose)
		}
	})
}

// newVersions gives a patient n versions, of which each but the first sets the
// city to its number.
func newVersions(c *client, n int) *db.Patient {
	c.t.Helper()
	p := newPatient(c.t, c.db, fmt.Sprintf("Patient%d", n))
	for v := 2; v <= n; v++ {
		p = mustEdit(c.t)(c.db.UpdatePatient(acting(c.t), p.ID, p.Version, func(p *db.Patient) { p.Address = &db.Address{City: ptr(fmt.Sprint(v))} }))
	}
	return p
}

func mustEdit(t testing.TB) func(*db.Patient, error) *db.Patient {
	return func(p *db.Patient, err error) *db.Patient {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}

// Pages of any size from either end, and between two cursors, hold the same
// versions with the same changes as the whole list.
func TestHistory_isPaged(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient := newVersions(c, 7)
	ask := func(arguments string) answer {
		return c.ask(`query($id: ID!) { patient(id: $id) { history`+arguments+` { totalCount edges { cursor node { version changes { field before after } } }
			pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`, variables{"id": patient.ID})
	}
	told := func(a answer) (all []string) {
		for _, e := range a.at("patient.history.edges").([]any) {
			all = append(all, asJSON(e))
		}
		return all
	}
	whole := ask("")
	all := told(whole)
	if len(all) != 7 || whole.number("patient.history.totalCount") != 7 || !strings.Contains(all[0], `{"after":"{\"city\":\"7\"}","before":"{\"city\":\"6\"}","field":"address"}`) {
		t.Fatalf("got %s", asJSON(whole))
	}
	for size := 1; size <= 8; size++ {
		var forward, backward []string
		for cursor := ""; ; {
			page := ask(fmt.Sprintf("(first: %d%s)", size, cursor))
			forward = append(forward, told(page)...)
			if page.at("patient.history.pageInfo.hasNextPage") == false || len(forward) > 7 {
				break
			}
			cursor = fmt.Sprintf(", after: %q", page.text("patient.history.pageInfo.endCursor"))
		}
		for cursor := ""; ; {
			page := ask(fmt.Sprintf("(last: %d%s)", size, cursor))
			backward = append(told(page), backward...)
			if page.at("patient.history.pageInfo.hasPreviousPage") == false || len(backward) > 7 {
				break
			}
			cursor = fmt.Sprintf(", before: %q", page.text("patient.history.pageInfo.startCursor"))
		}
		if !slices.Equal(forward, all) || !slices.Equal(backward, all) {
			t.Errorf("pages of %d are\n%q and\n%q", size, forward, backward)
		}
	}
	between := fmt.Sprintf("(first: 9, after: %q, before: %q)", whole.text("patient.history.edges.1.cursor"), whole.text("patient.history.edges.4.cursor"))
	if got := told(ask(between)); !slices.Equal(got, all[2:4]) {
		t.Errorf("between the second and the fifth are %q", got)
	}
	t.Run("refuses the cursor of another list", func(t *testing.T) {
		c := c.in(t)
		for _, from := range []string{`{ list: patients { pageInfo { endCursor } } }`, `{ practitioners { nodes { history { pageInfo { endCursor } } } } }`} {
			newPractitioner(t, c.db, "Doctor")
			got := c.ask(from, nil)
			cursor := got.text("list.pageInfo.endCursor") + got.text("practitioners.nodes.0.history.pageInfo.endCursor")
			wantProblem(t, c.refused(`query($id: ID!, $c: String) { patient(id: $id) { history(after: $c) { totalCount nodes { version } } } }`, variables{"id": patient.ID, "c": cursor}), "BAD_CURSOR")
		}
	})
	t.Run("refuses a page that is too long", func(t *testing.T) {
		wantProblem(t, c.in(t).refused(`query($id: ID!) { patient(id: $id) { history(first: 101) { nodes { version } } } }`, variables{"id": patient.ID}), "OUT_OF_RANGE")
	})
}

// Histories of many rows take as many statements as that of one.
func TestHistories_areReadTogether(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const query = `query($n: Int) { patients(first: $n) { nodes { history(first: 2) { totalCount nodes { version user { loginName } changes { field after } } } } } }`
	c.ask(query, variables{"n": 1})
	for n := range 6 {
		newVersions(c, n+1)
	}
	author := newUser(t, c.db, "author", auth.Doctor)
	c.run("UPDATE history.patients SET changed_by_id = $1", author.ID)
	for _, n := range []int{1, 6} {
		response, text := c.post(query, variables{"n": n})
		if got := statements(t, response.Header.Get("Server-Timing")); got != "4" {
			t.Errorf("%d patients take %s statements: %.300s", n, got, text)
		}
		for i, node := range parse(t, text).Data.at("patients.nodes").([]any) {
			h := answer(node.(map[string]any))
			if h.number("history.totalCount") != i+1 || h.number("history.nodes.0.version") != i+1 || h.text("history.nodes.0.user.loginName") != "author" {
				t.Errorf("patient %d has %s", i, asJSON(h))
			}
		}
	}
}

// As of an instant only what had begun by then is there, and what held then
// holds on.
func TestHistory_asOf(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient := newVersions(c, 4)
	const fields = `{ patient(id: $id) { version history { totalCount ` + versionFields + ` } } }`
	id := variables{"id": patient.ID}
	now := c.ask(`query($id: ID!) `+fields, id)
	all := now.tell(t, "patient.history")
	for i := range 4 {
		from, err := time.Parse(time.RFC3339Nano, now.text(fmt.Sprintf("patient.history.nodes.%d.validFrom", i)))
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{from, from.Add(time.Microsecond)} {
			got := c.ask(`query($id: ID!) @asOf(at: "`+at.Format(time.RFC3339Nano)+`") `+fields, id)
			wantLines(t, got.tell(t, "patient.history"), all[i:]...)
			if got.number("patient.history.totalCount") != 4-i || got.number("patient.version") != 4-i {
				t.Errorf("as of version %d: %s", 4-i, asJSON(got))
			}
		}
		before := from.Add(-time.Microsecond).Format(time.RFC3339Nano)
		if got := c.ask(`query($id: ID!) @asOf(at: "`+before+`") `+fields, id); i == 3 && got["patient"] != nil || i < 3 && got.number("patient.history.totalCount") != 3-i {
			t.Errorf("before version %d: %s", 4-i, asJSON(got))
		}
	}
}

// A version that its own transaction replaced was never seen.
func TestHistory_withoutWhatNobodySaw(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient := newPatient(t, c.db, "Beridze")
	c.run("BEGIN; UPDATE patients SET phone = '1'; UPDATE patients SET email = 'a@b.ge'; UPDATE patients SET phone = '2'; COMMIT")
	got := c.ask(`query($id: ID!) { patient(id: $id) { history { totalCount nodes { changes { field before after } } } } }`, variables{"id": patient.ID})
	const want = `[{"after":"\"2\"","before":null,"field":"phone"},{"after":"\"a@b.ge\"","before":null,"field":"email"}]`
	if asJSON(got.at("patient.history.nodes.0.changes")) != want || got.number("patient.history.totalCount") != 2 || len(got.at("patient.history.nodes").([]any)) != 2 {
		t.Errorf("got %s", asJSON(got))
	}
}
