package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// The ways to what stands in a chart. Each is tried by those to whom the chart
// is closed, and by one of its team, who has to find the way open.
var waysToCharts = map[string]string{
	"patient":                     `{ patient(id: <Patient>) { allergies { substance reaction code } medicalRecords { nodes { diagnosis } totalCount } } }`,
	"patientBy":                   `{ patientBy(by: {mrn: <mrn>}) { medicalRecords { edges { node { notes } } } } }`,
	"a filter of patients":        `{ patients(where: {hasMedicalRecord: {diagnosis: {contains: <marker>}}}) { nodes { id medicalRecords { nodes { prescription } } } } }`,
	"a nested filter":             `{ patients(where: {hasAppointment: {patient: {hasMedicalRecord: {notes: {contains: <marker>}}}}}) { nodes { allergies { reaction } } } }`,
	"a filter of visits":          `{ appointments(where: {hasMedicalRecord: {code: {eq: <marker>}}}) { nodes { medicalRecords { nodes { code } } } } }`,
	"the list of records":         `{ medicalRecords(where: {diagnosis: {contains: <marker>}}) { nodes { diagnosis } } }`,
	"records by patient":          `{ medicalRecords(where: {patientId: {eq: <Patient>}}, orderBy: [{field: RECORDED_ON}]) { nodes { codeSystem } } }`,
	"records by a patient's name": `{ medicalRecords(where: {patient: {familyName: {eq: <search>}}}) { edges { cursor node { diagnosis } } } }`,
	"a record":                    `{ medicalRecord(id: <MedicalRecord>) { diagnosis patient { displayName } } }`,
	"node":                        `{ node(id: <MedicalRecord>) { ... on MedicalRecord { notes } } }`,
	"nodes":                       `{ nodes(ids: [<Patient>, <MedicalRecord>, <Allergy>]) { ... on MedicalRecord { notes } ... on Allergy { substance } } }`,
	"an allergy's node":           `{ node(id: <Allergy>) { ... on Allergy { reaction patient { id } } } }`,
	"a practitioner's records":    `{ practitioner(id: <Practitioner>) { medicalRecords(where: {patientId: {eq: <Patient>}}) { nodes { diagnosis } edges { node { notes } } } } }`,
	"a practitioner's patients":   `{ practitioner(id: <Practitioner>) { patients(where: {id: {eq: <Patient>}}) { nodes { allergies { substance } medicalRecords { nodes { diagnosis } } } } } }`,
	"a visit":                     `{ appointment(id: <Appointment>) { medicalRecords { nodes { diagnosis } } patient { medicalRecords { nodes { notes } } } } }`,
	"search":                      `{ searchPatients(query: <mrn>) { nodes { allergies { substance } } edges { node { medicalRecords { nodes { diagnosis } } } } } }`,
	"possible duplicates":         `{ possibleDuplicates(of: {patient: {familyName: <search>, givenName: "Test", birthDate: "1980-05-17"}}) { patient { allergies { substance } medicalRecords { nodes { diagnosis } } } } }`,
	"a record's history":          `{ medicalRecord(id: <MedicalRecord>) { history { nodes { changes { field before after } } } } }`,
	"an allergy's history":        `{ node(id: <Allergy>) { ... on Allergy { history(last: 1) { edges { node { changes { after } } } } } } }`,
	"histories below a visit":     `{ appointment(id: <Appointment>) { medicalRecords(first: 9) { nodes { history { nodes { changes { after } } } } } } }`,
	"a payload":                   `mutation { updatePatient(input: {patientId: <Patient>, expectedVersion: 1}) { patient { allergies { code } medicalRecords { nodes { diagnosis } } } } }`,
}

// The ways to how many there are of something in charts, and to whether there is.
var countsOfCharts = map[string]string{
	"of patients":                     `{ patients(where: {hasMedicalRecord: {diagnosis: {contains: <marker>}}}) { totalCount } }`,
	"of patients by visits":           `{ patients(where: {hasAppointment: {hasMedicalRecord: {notes: {startsWith: <marker>}}}}) { totalCount pageInfo { hasNextPage startCursor } } }`,
	"of patients without":             `{ patients(first: 1, where: {not: {hasMedicalRecord: {diagnosis: {contains: <marker>}}}}) { totalCount } }`,
	"of visits":                       `{ appointments(where: {hasMedicalRecord: {diagnosis: {contains: <marker>}}}) { totalCount } }`,
	"of records":                      `{ medicalRecords(where: {diagnosis: {contains: <marker>}}) { totalCount pageInfo { endCursor } } }`,
	"of records by patient":           `{ medicalRecords(where: {patientId: {eq: <Patient>}}) { totalCount } }`,
	"of records by record":            `{ medicalRecords(where: {id: {eq: <MedicalRecord>}}) { totalCount } }`,
	"of a practitioner's records":     `{ practitioner(id: <Practitioner>) { medicalRecords(where: {prescription: {eq: <marker>}}) { totalCount } } }`,
	"of a practitioner's patients":    `{ practitioner(id: <Practitioner>) { patients(where: {hasMedicalRecord: {code: {eq: <marker>}}}) { totalCount } } }`,
	"of a practitioner's visits":      `{ practitioner(id: <Practitioner>) { appointments(where: {hasMedicalRecord: {code: {eq: <marker>}}}) { totalCount } } }`,
	"of a visit's records":            `{ appointment(id: <Appointment>) { medicalRecords { totalCount } } }`,
	"of a patient's visits":           `{ patient(id: <Patient>) { appointments(where: {hasMedicalRecord: {diagnosis: {contains: <marker>}}}) { totalCount } } }`,
	"of versions":                     `{ medicalRecord(id: <MedicalRecord>) { history { totalCount } } patient(id: <Patient>) { medicalRecords { nodes { history { totalCount } } } } }`,
	"of what is the same for nobody":  `{ medicalRecords(where: {or: [{diagnosis: {eq: <marker>}}, {code: {isNull: true}}]}) { totalCount } }`,
	"of what is not, within what is":  `{ patients(where: {and: [{hasMedicalRecord: {not: {diagnosis: {eq: "x"}}}}, {id: {eq: <Patient>}}]}) { totalCount } }`,
	"of records by patients' records": `{ medicalRecords(where: {patient: {hasMedicalRecord: {diagnosis: {contains: <marker>}}}}) { totalCount } }`,
}

// outsiders are those to whom a restricted chart is closed, with a chart of
// another patient that the second of the administrators opened.
func outsiders(h *house) map[string]*colleague {
	all := map[string]*colleague{}
	for name, role := range map[string]auth.Role{"a doctor": auth.Doctor, "a nurse": auth.Nurse, "a receptionist": auth.Receptionist, "an administrator": auth.Admin,
		"an administrator behind another's glass": auth.Admin, "a doctor behind another's glass": auth.Doctor, "an analyst": auth.Analyst} {
		all[name] = h.employ(strings.ReplaceAll(strings.ReplaceAll(name, " ", "."), "'", ""), role)
		if strings.Contains(name, "behind") {
			all[name].breakGlass(h.patient("restricted", all[name]))
		}
	}
	return all
}

// What stands in a restricted chart is told to nobody off the care team, by any way.
func TestRestricted_everyWayIsClosed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	member := h.employ("member", auth.Nurse)
	chart := h.patient("team", member)
	all := outsiders(h)
	for name, query := range waysToCharts {
		if strings.HasPrefix(query, "mutation") {
			h.run("UPDATE patients SET version = 1 WHERE id = $1", chart.values["Patient"])
		}
		if text := asJSON(member.ask(chart.of(query), nil)); !strings.Contains(text, chart.marker) {
			t.Errorf("%s: the way is no way: %s", name, text)
		}
		for who, c := range all {
			if _, text := c.post(chart.of(query), nil); strings.Contains(text, chart.marker) || strings.Contains(text, "INTERNAL") {
				t.Errorf("%s, %s: %s", name, who, text)
			}
		}
	}
}

// Counting tells no more than reading: a closed chart counts as one in which there is nothing.
func TestRestricted_countsTellNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	member := h.employ("member", auth.Doctor)
	chart := h.patient("team", member)
	stray := h.patient("restricted", member) // whose records nobody here counts
	h.run("UPDATE care_team_members SET ended_at = now() WHERE patient_id = $1", stray.values["Patient"])
	all := outsiders(h)
	for name, query := range countsOfCharts {
		count := func(c *client) string {
			_, text := c.post(chart.of(query), nil)
			return text
		}
		seen := map[string]string{}
		for who, c := range all {
			seen[who] = count(c.client)
		}
		before := count(member.client)
		h.run("UPDATE medical_records SET diagnosis = 'other', code = 'other', prescription = 'other', notes = 'other' WHERE id = $1", chart.values["MedicalRecord"])
		h.run("UPDATE medical_records SET patient_id = $2, appointment_id = NULL WHERE id = $1", chart.values["MedicalRecord"], stray.values["Patient"])
		for who, c := range all {
			if without := count(c.client); without != seen[who] || strings.Contains(without, "INTERNAL") {
				t.Errorf("%s, %s: with a record %s, without one %s", name, who, seen[who], without)
			}
		}
		if count(member.client) == before {
			t.Errorf("%s: the count is none: %s", name, before)
		}
		h.run("UPDATE medical_records SET patient_id = $2, appointment_id = $3, diagnosis = $4, code = $4, prescription = $4, notes = $4 WHERE id = $1",
			chart.values["MedicalRecord"], chart.values["Patient"], chart.values["Appointment"], chart.marker)
	}
}

// Who writes into a closed chart is answered, byte by byte, like who writes
// into one that is not there, after as many statements.
func TestRestricted_closedIsLikeAbsent(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor := h.employ("doctor", auth.Doctor)
	closed, open := h.patient("restricted", doctor), h.patient("team", doctor)
	absent := &folder{values: map[string]string{"Patient": db.NewID(db.KindPatient).String(), "MedicalRecord": db.NewID(db.KindMedicalRecord).String(),
		"Allergy": db.NewID(db.KindAllergy).String(), "Practitioner": doctor.practitioner.ID.String()}}
	for _, query := range []string{
		`mutation { updateMedicalRecord(input: {medicalRecordId: <MedicalRecord>, expectedVersion: 1, notes: "x"}) { medicalRecord { id } } }`,
		`mutation { updateMedicalRecord(input: {medicalRecordId: <MedicalRecord>, expectedVersion: 7, notes: "x"}) { medicalRecord { id } } }`,
		`mutation { createMedicalRecord(input: {patientId: <Patient>, practitionerId: <Practitioner>, diagnosis: "x"}) { medicalRecord { id } } }`,
		`mutation { recordAllergy(input: {patientId: <Patient>, substance: "x"}) { allergy { id } } }`,
		`mutation { confirmNoAllergies(input: {patientId: <Patient>, expectedVersion: 1}) { patient { id } } }`,
		`mutation { confirmNoAllergies(input: {patientId: <Patient>, expectedVersion: 7}) { patient { id } } }`,
		`{ medicalRecord(id: <MedicalRecord>) { id } node(id: <Allergy>) { id } nodes(ids: [<MedicalRecord>]) { id } }`,
	} {
		ask := func(of *folder) string {
			response, text := doctor.post(of.of(query), nil)
			return statements(t, response.Header.Get("Server-Timing")) + " statements: " + text
		}
		notYours, notThere, yours := ask(closed), ask(absent), ask(open)
		if notYours != notThere || yours == notThere {
			t.Errorf("%s\nclosed %s\nabsent %s\nopen   %s", query, notYours, notThere, yours)
		}
	}
	if n := h.count("SELECT count(*) FROM medical_records WHERE patient_id = '" + closed.values["Patient"] + "' AND version = 1"); n != 1 {
		t.Errorf("a closed chart was written: %d", n)
	}
}

// A conflict and a repeat show a chart to whoever may read it at that time.
func TestRestricted_conflictsAndRepeats(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor, other := h.employ("doctor", auth.Doctor), h.employ("other", auth.Doctor)
	chart := h.patient("team", doctor)
	stale := chart.of(`mutation { updateMedicalRecord(input: {medicalRecordId: <MedicalRecord>, expectedVersion: 9, notes: "x"}) { medicalRecord { id } } }`)
	if got := doctor.refused(stale, nil); got[0].Extensions.Code != "VERSION_CONFLICT" || got[0].Extensions.Current["diagnosis"] != chart.marker {
		t.Errorf("the team got %s", asJSON(got))
	}
	if got := other.refused(stale, nil); got[0].Extensions.Code != "NOT_FOUND" || strings.Contains(asJSON(got), chart.marker) {
		t.Errorf("another doctor got %s", asJSON(got))
	}
	write := chart.of(`mutation { updateMedicalRecord(input: {medicalRecordId: <MedicalRecord>, expectedVersion: 1, code: "c"}) @idempotent(key: "key-of-a-repeat") { medicalRecord { diagnosis version } } }`)
	for range 2 {
		if got := doctor.ask(write, nil); got.text("updateMedicalRecord.medicalRecord.diagnosis") != chart.marker || got.number("updateMedicalRecord.medicalRecord.version") != 2 {
			t.Errorf("the team got %s", asJSON(got))
		}
	}
	if got := other.refused(write, nil); got[0].Extensions.Code != "NOT_FOUND" {
		t.Errorf("another doctor who repeats got %s", asJSON(got))
	}
	h.run("UPDATE care_team_members SET ended_at = now() WHERE patient_id = $1", chart.values["Patient"])
	if got := doctor.refused(write, nil); got[0].Extensions.Code != "NOT_FOUND" || strings.Contains(asJSON(got), chart.marker) {
		t.Errorf("who left the team and repeats got %s", asJSON(got))
	}
}

// The audit tells of a closed chart neither what stands in it nor, to who is
// off the team, who looked; and nobody is said to have read what was closed to them.
func TestRestricted_audit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	member, doctor, admin := h.employ("member", auth.Doctor), h.employ("doctor", auth.Doctor), h.employ("admin", auth.Admin)
	closed := h.patient("team", member)
	open := h.patient("own", doctor)
	const list = `{ patients { nodes { id allergyStatus allergies { id } medicalRecords { totalCount nodes { id } } } } }`
	member.ask(list, nil)
	doctor.ask(list, nil)
	reads := func(of *folder, by *colleague) int {
		return h.count(fmt.Sprintf("SELECT count(*) FROM audit_log WHERE action = 'READ' AND patient_id = '%s' AND user_id = '%s'", of.values["Patient"], by.user.ID))
	}
	if reads(closed, member) != 1 || reads(open, doctor) != 1 || reads(closed, doctor) != 0 {
		t.Errorf("reads: %d of the team, %d of the own doctor, %d of a closed chart", reads(closed, member), reads(open, doctor), reads(closed, doctor))
	}
	const everything = `{ nodes { id kind actor reason fields operationId subjectId isUnderGlass } totalCount }`
	query := closed.of(`{ patient(id: <Patient>) { accessLog ` + everything + ` } node(id: <AuditEntry>) { id } }`)
	if got := member.ask(query, nil); got.number("patient.accessLog.totalCount") == 0 || got.at("node") == nil {
		t.Errorf("the team got %s", asJSON(got))
	}
	if got := doctor.ask(query, nil); got.at("patient.accessLog") != nil || got.at("node") != nil {
		t.Errorf("a doctor off the team got %s", asJSON(got))
	}
	log := asJSON(admin.ask(`{ auditLog(first: 100) { nodes { id actor reason fields subjectId changes { field before after } } totalCount } }`, nil))
	if strings.Contains(log, closed.marker) || strings.Contains(log, open.marker) || !strings.Contains(log, "care_team_members") && !strings.Contains(log, closed.values["CareTeamMember"]) {
		t.Errorf("the audit holds %s", log)
	}
}

// Nobody off the team makes themselves, or others, one of it.
func TestRestricted_nobodyOpensItThemselves(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor, desk, member := h.employ("doctor", auth.Doctor), h.employ("desk", auth.Receptionist), h.employ("member", auth.Nurse)
	chart := h.patient("team", member)
	chart.values["me"] = doctor.practitioner.ID.String()
	try := func(who *colleague, want, query string) {
		t.Helper()
		got := parse(t, func() string { _, text := who.in(t).post(chart.of("mutation { "+query+" }"), nil); return text }())
		if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != want {
			t.Errorf("%s: %s got %s", query, who.user.LoginName, asJSON(got))
		}
	}
	const (
		own        = `updatePatient(input: {patientId: <Patient>, expectedVersion: 1, primaryPractitionerId: <me>}) { patient { id } }`
		nobodys    = `updatePatient(input: {patientId: <Patient>, expectedVersion: 1, primaryPractitionerId: null}) { patient { id } }`
		join       = `addCareTeamMember(input: {patientId: <Patient>, practitionerId: <me>}) { careTeamMember { id } }`
		remove     = `removeCareTeamMember(input: {careTeamMemberId: <CareTeamMember>}) { careTeamMember { id } }`
		unrestrict = `unrestrictPatient(input: {patientId: <Patient>, expectedVersion: 1, reason: "because"}) { patient { id } }`
	)
	for range 2 { // the second time behind the glass
		for _, query := range []string{own, nobodys, join, remove, unrestrict} {
			try(doctor, "INVALID", query)
		}
		doctor.breakGlass(chart)
	}
	h.run("UPDATE glass_accesses SET closes_at = now() WHERE user_id = $1", doctor.user.ID)
	h.db.Forget()
	try(desk, "INVALID", own)
	try(desk, "INVALID", nobodys)
	for _, query := range []string{join, remove, unrestrict} {
		try(desk, "FORBIDDEN", query)
	}
	// A visit with a doctor makes them no member of the team.
	chart.values["Practitioner"] = chart.values["me"]
	for _, who := range []*colleague{desk, doctor} {
		h.charts++
		chart.values["at"], chart.values["later"] = tomorrow(2*h.charts).Format("2006-01-02T15:04:05Z07:00"), tomorrow(2*h.charts+1).Format("2006-01-02T15:04:05Z07:00")
		who.ask(chart.of(`mutation { bookAppointment(input: {patientId: <Patient>, practitionerId: <me>, startsAt: <at>, endsAt: <later>}) { appointment { id } } }`), nil)
	}
	got := doctor.ask(chart.of(`{ patient(id: <Patient>) { chartAccess medicalRecords { totalCount } } medicalRecord(id: <MedicalRecord>) { id } }`), nil)
	if asJSON(got) != `{"medicalRecord":null,"patient":{"chartAccess":"CLOSED","medicalRecords":null}}` {
		t.Errorf("after all this the chart is open: %s", asJSON(got))
	}
	member.ask(chart.of(`mutation { addCareTeamMember(input: {patientId: <Patient>, practitionerId: <me>}) { careTeamMember { id } } }`), nil)
	if got := doctor.ask(chart.of(`{ medicalRecord(id: <MedicalRecord>) { diagnosis } }`), nil); got.text("medicalRecord.diagnosis") != chart.marker {
		t.Errorf("who was made a member got %s", asJSON(got))
	}
}

// Glass opens one chart to one user, in front of all administrators, for an hour.
func TestGlass(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	member, doctor, second, admin, watcher := h.employ("member", auth.Doctor), h.employ("doctor", auth.Doctor), h.employ("second", auth.Doctor),
		h.employ("admin", auth.Admin), h.employ("watcher", auth.Admin)
	chart, other := h.patient("restricted", member), h.patient("restricted", member)
	const look = `{ patient(id: <Patient>) { chartAccess medicalRecords { nodes { diagnosis } } } medicalRecord(id: <MedicalRecord>) { notes } }`
	sees := func(c *colleague) string {
		_, text := c.in(t).post(chart.of(look), nil)
		got := parse(t, text)
		if got.Errors != nil {
			return got.Errors[0].Extensions.Code
		}
		if strings.Contains(text, chart.marker) == (got.Data.text("patient.chartAccess") == "CLOSED") {
			t.Errorf("%s: %s", c.user.LoginName, text)
		}
		return got.Data.text("patient.chartAccess")
	}
	expect := func(when string, want ...string) {
		t.Helper()
		if got := []string{sees(doctor), sees(second), sees(admin)}; !slices.Equal(got, want) {
			t.Errorf("%s: %v", when, got)
		}
	}
	breaking := `mutation { breakTheGlass(input: {patientId: <Patient>, reason: "found unconscious"}) { glassAccess { id closesAt user { loginName } } } }`
	expect("before", "CLOSED", "CLOSED", "FORBIDDEN")
	glass := doctor.ask(chart.of(breaking), nil).text("breakTheGlass.glassAccess.id")
	expect("while the doctor's is broken", "UNDER_GLASS", "CLOSED", "FORBIDDEN")
	if got := doctor.ask(other.of(`{ patient(id: <Patient>) { chartAccess allergies { id } } medicalRecord(id: <MedicalRecord>) { id } }`), nil); asJSON(got) != `{"medicalRecord":null,"patient":{"allergies":null,"chartAccess":"CLOSED"}}` {
		t.Errorf("of another patient: %s", asJSON(got))
	}
	listed := watcher.ask(`{ glassAccesses(first: 1) { nodes { id patientId reason user { loginName } } } }`, nil)
	if listed.text("glassAccesses.nodes.0.id") != glass || listed.text("glassAccesses.nodes.0.user.loginName") != "doctor" || listed.text("glassAccesses.nodes.0.patientId") != chart.values["Patient"] {
		t.Errorf("administrators are shown %s", asJSON(listed))
	}
	marked := chart.of(`{ auditLog(where: {patientId: {eq: <Patient>}, kind: {eq: READ}}) { nodes { isUnderGlass actor } } }`)
	for _, n := range watcher.ask(marked, nil).at("auditLog.nodes").([]any) {
		if entry := n.(map[string]any); entry["isUnderGlass"] != (entry["actor"] == "doctor") {
			t.Errorf("a read is marked wrong: %s", asJSON(n))
		}
	}
	if n := h.count("SELECT count(*) FROM audit_log WHERE action = 'READ' AND glass_id = '" + glass + "'"); n != 1 {
		t.Errorf("%d reads bear the number of the glass", n)
	}
	if got := second.refused(fmt.Sprintf(`mutation { closeGlass(input: {glassAccessId: %q}) { glassAccess { id } } }`, glass), nil); got[0].Extensions.Code != "NOT_FOUND" {
		t.Errorf("another doctor who closes it got %s", asJSON(got))
	}
	doctor.ask(fmt.Sprintf(`mutation { closeGlass(input: {glassAccessId: %q}) { glassAccess { closesAt } } }`, glass), nil)
	expect("closed", "CLOSED", "CLOSED", "FORBIDDEN")
	admin.ask(chart.of(breaking), nil)
	expect("while the administrator's is broken", "CLOSED", "CLOSED", "UNDER_GLASS")
	if got := admin.ask(`{ patients { totalCount } appointments { nodes { patient { id } } } medicalRecords { nodes { patient { id } } } }`, nil); got.number("patients.totalCount") != 1 || strings.Contains(asJSON(got), other.values["Patient"]) {
		t.Errorf("the administrator sees %s", asJSON(got))
	}
	doctor.ask(chart.of(breaking), nil)
	expect("while both are broken", "UNDER_GLASS", "CLOSED", "UNDER_GLASS")
	h.run("UPDATE glass_accesses SET closes_at = now() WHERE patient_id = $1", chart.values["Patient"])
	h.db.Forget()
	expect("after an hour", "CLOSED", "CLOSED", "FORBIDDEN")
	var minutes float64
	if err := h.db.SQL.Get(&minutes, "SELECT max(extract(epoch FROM (after ->> 'closes_at')::timestamptz - at)) / 60 FROM audit_log WHERE table_name = 'glass_accesses' AND action = 'INSERT' AND actor = 'doctor'"); err != nil || minutes < 59 || minutes > 60.1 {
		t.Errorf("it was open for %f minutes, %v", minutes, err)
	}
}
