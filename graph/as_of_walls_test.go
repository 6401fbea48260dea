package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// pastOf writes a query as of an instant.
func pastOf(at, query string) string { return `query @asOf(at: "` + at + `") ` + query }

// A chart that is restricted now was written when it was open to all, and all of it
// has been written anew since: the past of it is as closed as it is now.
func newlyRestricted(t *testing.T, role auth.Role) (h *house, member *colleague, chart *folder, at string) {
	t.Helper()
	h = newHouse(t)
	member = h.employ("member", role)
	chart = h.patient("other", member)
	chart.values["team"] = member.practitioner.ID.String()
	at = h.instant()
	h.run("UPDATE medical_records SET diagnosis = 'new', code = 'new', code_system = 'new', prescription = 'new', notes = 'new' WHERE id = $1", chart.values["MedicalRecord"])
	h.run("UPDATE allergies SET substance = 'new', code = 'new', code_system = 'new', reaction = 'new', status_reason = 'new' WHERE id = $1", chart.values["Allergy"])
	h.run("UPDATE care_team_members SET practitioner_id = $2 WHERE id = $1", chart.values["CareTeamMember"], chart.values["team"])
	h.run("UPDATE patients SET is_restricted = true WHERE id = $1", chart.values["Patient"])
	return h, member, chart, at
}

// What stood in a chart that is restricted now is told to nobody off the care
// team, by any way, though it was open then; the team of now reads it.
func TestAsOf_restrictedNow(t *testing.T) {
	t.Parallel()
	h, member, chart, at := newlyRestricted(t, auth.Nurse)
	all := outsiders(h)
	all["the patient's doctor then"] = h.stranger
	h.run("UPDATE patients SET primary_practitioner_id = NULL WHERE id = $1", chart.values["Patient"])
	for name, query := range waysToCharts {
		if strings.HasPrefix(query, "mutation") {
			continue
		}
		query = pastOf(at, chart.of(query))
		if text := asJSON(member.ask(query, nil)); !strings.Contains(text, chart.marker) {
			t.Errorf("%s: the way is no way: %s", name, text)
		}
		for who, c := range all {
			if _, text := c.post(query, nil); strings.Contains(text, chart.marker) || strings.Contains(text, "INTERNAL") {
				t.Errorf("%s, %s: %s", name, who, text)
			}
		}
	}
	look := pastOf(at, chart.of(`{ patient(id: <Patient>) { isRestricted chartAccess medicalRecords { totalCount } currentProblems { id } timeline { totalCount } allergies { id } allergyStatus accessLog { totalCount } }
		nodes(ids: [<MedicalRecord>, <Allergy>]) { id } appointment(id: <Visit>) { patient { chartAccess } } }`))
	const closed = `{"appointment":{"patient":{"chartAccess":"CLOSED"}},"nodes":[null,null],"patient":{"accessLog":null,"allergies":null,"allergyStatus":null,"chartAccess":"CLOSED","currentProblems":null,"isRestricted":true,"medicalRecords":null,"timeline":null}}`
	if got := asJSON(h.stranger.ask(look, nil)); got != closed {
		t.Errorf("the patient's doctor then got %s", got)
	}
	doctor := all["a doctor"]
	doctor.breakGlass(chart)
	under := doctor.ask(chart.of(look), nil)
	if under.text("patient.chartAccess") != "UNDER_GLASS" || under.number("patient.medicalRecords.totalCount") != 1 || under.at("nodes.1.id") != chart.values["Allergy"] || under.at("patient.accessLog") != nil {
		t.Errorf("behind the glass one got %s", asJSON(under))
	}
	if got := asJSON(doctor.ask(pastOf(at, chart.of(waysToCharts["patient"])), nil)); !strings.Contains(got, chart.marker) {
		t.Errorf("behind the glass one got %s", got)
	}
	admin := all["an administrator"]
	admin.breakGlass(chart)
	if got := asJSON(admin.ask(pastOf(at, chart.of(waysToCharts["patient"])), nil)); !strings.Contains(got, chart.marker) {
		t.Errorf("an administrator behind the glass got %s", got)
	}
	h.run("UPDATE glass_accesses SET closes_at = now() WHERE user_id = $1", doctor.user.ID)
	h.db.Forget()
	if got := asJSON(doctor.ask(look, nil)); got != closed {
		t.Errorf("an hour later one got %s", got)
	}
}

// Counting the past tells no more than reading it.
func TestAsOf_countsTellNothing(t *testing.T) {
	t.Parallel()
	h, member, chart, at := newlyRestricted(t, auth.Doctor)
	h.run("UPDATE patients SET primary_practitioner_id = NULL WHERE id = $1", chart.values["Patient"])
	all := outsiders(h)
	for name, query := range countsOfCharts {
		seen, nowhere := pastOf(at, chart.of(query)), pastOf(at, chart.of(strings.ReplaceAll(query, "<marker>", `"stands nowhere"`)))
		_, theirs := member.post(seen, nil)
		_, none := member.post(nowhere, nil)
		if !strings.Contains(query, "<marker>") {
			_, none = all["a doctor"].post(seen, nil)
		}
		if theirs == none {
			t.Errorf("%s: the count is none: %s", name, theirs)
		}
		for who, c := range all {
			_, text := c.post(seen, nil)
			if _, none := c.post(nowhere, nil); text != none || strings.Contains(text, "INTERNAL") {
				t.Errorf("%s, %s: counted %s, of what stands nowhere %s", name, who, text, none)
			}
		}
	}
}

// A chart that was restricted then and is not now is open as of then, too.
func TestAsOf_restrictedThen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor := h.employ("doctor", auth.Doctor)
	chart := h.patient("restricted", doctor)
	at := h.instant()
	look := pastOf(at, chart.of(`{ patient(id: <Patient>) { isRestricted chartAccess medicalRecords { nodes { diagnosis } } } medicalRecord(id: <MedicalRecord>) { id } }`))
	if got := doctor.ask(look, nil); got.text("patient.chartAccess") != "CLOSED" || got.at("medicalRecord") != nil {
		t.Errorf("while it is restricted one got %s", asJSON(got))
	}
	h.run("UPDATE patients SET is_restricted = false WHERE id = $1", chart.values["Patient"])
	got := doctor.ask(look, nil)
	if got.text("patient.chartAccess") != "OPEN" || got.at("patient.isRestricted") != false || got.text("patient.medicalRecords.nodes.0.diagnosis") != chart.marker || got.at("medicalRecord") == nil {
		t.Errorf("since it is not restricted one got %s", asJSON(got))
	}
}

// Whoever was of the team when something was written, and is not any more, reads
// as little of it as of what is written now; who joined since reads all of it.
func TestAsOf_teamOfThen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	leaver, joiner := h.employ("leaver", auth.Doctor), h.employ("joiner", auth.Nurse)
	own, team := h.patient("own", leaver), h.patient("team", leaver)
	h.run("UPDATE patients SET is_restricted = true WHERE id = $1", own.values["Patient"])
	at := h.instant()
	const look = `{ patient(id: <Patient>) { chartAccess medicalRecords { nodes { notes } } accessLog { totalCount } careTeam { practitioner { id } } } node(id: <AuditEntry>) { id } }`
	for kind, chart := range map[string]*folder{"own": own, "team": team} {
		if got := leaver.ask(pastOf(at, chart.of(look)), nil); got.text("patient.chartAccess") != "OPEN" || got.at("node") == nil {
			t.Errorf("%s: of the team one got %s", kind, asJSON(got))
		}
		if got := joiner.ask(pastOf(at, chart.of(look)), nil); got.text("patient.chartAccess") != "CLOSED" {
			t.Errorf("%s: off the team one got %s", kind, asJSON(got))
		}
		h.run("UPDATE patients SET primary_practitioner_id = $2 WHERE id = $1", chart.values["Patient"], h.stranger.practitioner.ID)
		h.run("UPDATE care_team_members SET ended_at = now(), practitioner_id = $2 WHERE patient_id = $1", chart.values["Patient"], leaver.practitioner.ID)
		h.run("INSERT INTO care_team_members (id, patient_id, practitioner_id) VALUES ($1, $2, $3)", db.NewID(db.KindCareTeamMember), chart.values["Patient"], joiner.practitioner.ID)
		_, text := leaver.post(pastOf(at, chart.of(look)), nil)
		if got := parse(t, text).Data; strings.Contains(text, chart.marker) || got.text("patient.chartAccess") != "CLOSED" || got.at("patient.accessLog") != nil || got.at("node") != nil {
			t.Errorf("%s: who left got %s", kind, text)
		}
		got := joiner.ask(pastOf(at, chart.of(look)), nil)
		if got.text("patient.medicalRecords.nodes.0.notes") != chart.marker || got.number("patient.accessLog.totalCount") == 0 || strings.Contains(asJSON(got.at("patient.careTeam")), joiner.practitioner.ID.String()) {
			t.Errorf("%s: who joined got %s", kind, asJSON(got))
		}
	}
}

// Whoever looks at the past of a chart stands in the audit like who looks at it
// now, and so does who may not.
func TestAsOf_isAudited(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor, desk := h.employ("doctor", auth.Doctor), h.employ("desk", auth.Receptionist)
	chart := h.patient("own", doctor)
	at := h.instant()
	h.run("UPDATE medical_records SET diagnosis = 'new', code = 'new', notes = 'new' WHERE id = $1", chart.values["MedicalRecord"])
	h.run("UPDATE allergies SET substance = 'new', code = 'new' WHERE id = $1", chart.values["Allergy"]) // the past alone holds it
	entries := func(who *colleague, action string) int {
		return h.count(fmt.Sprintf("SELECT count(*) FROM audit_log WHERE action = '%s' AND user_id = '%s' AND (patient_id = '%s' OR action = 'DENIED')", action, who.user.ID, chart.values["Patient"]))
	}
	for n, query := range []string{
		`{ medicalRecord(id: <MedicalRecord>) { diagnosis } }`,
		`{ node(id: <Allergy>) { ... on Allergy { substance } } }`,
		`{ patients { nodes { currentProblems { diagnosis } } } }`,
		`{ medicalRecords(where: {patientId: {eq: <Patient>}}) { nodes { notes } } }`,
	} {
		if text := asJSON(doctor.ask(pastOf(at, chart.of(query)), nil)); !strings.Contains(text, chart.marker) {
			t.Errorf("%s: got %s", query, text)
		}
		if got := entries(doctor, "READ"); got != n+1 {
			t.Errorf("%s: %d reads are recorded", query, got)
		}
		if got := desk.refused(pastOf(at, chart.of(query)), nil); got[0].Extensions.Code != "FORBIDDEN" && n != 1 {
			t.Errorf("%s: the front desk got %s", query, asJSON(got))
		}
	}
	if got := entries(desk, "DENIED"); got != 4 || entries(desk, "READ") != 0 {
		t.Errorf("%d denials are recorded", got)
	}
	var fields string
	if err := h.db.SQL.Get(&fields, "SELECT fields FROM audit_log WHERE action = 'READ' ORDER BY id LIMIT 1"); err != nil || !strings.Contains(fields, "MedicalRecord.diagnosis") {
		t.Errorf("the first read is of %s, %v", fields, err)
	}
}
