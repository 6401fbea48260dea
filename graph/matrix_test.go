package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
)

const legend = `# What comes back, by field or mutation, actor and patient: the actor's own, another's, one who is restricted to another team, and one who is
# restricted to a team that the actor is of. glass is an ADMIN who broke the glass of the second. Made by: go test ./graph -run TestMatrix -update
# v: a value. n: nothing, as where there is nothing. F: FORBIDDEN. U: sign in first. I: refused as what is not there, or as not allowed. C: CONFLICT.
`

// The table of who sees which field of whose patient, and who can do what to
// whom, is the reviewed one: go test ./graph -run TestMatrix -update
func TestMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t, newHouse(t))
	for _, d := range own() {
		at, ok := m.paths[d.Name]
		switch {
		case d.Kind != ast.Object:
		case !ok:
			t.Errorf("no path leads to %s", d.Name)
		case at.root == schema.Query: // of subscriptions TestChanges_walls shows who is told what
			for _, f := range d.Fields {
				m.read(at, d, f)
			}
		}
	}
	for _, f := range schema.Mutation.Fields {
		m.mutate(f)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s%-49s", legend, "")
	for _, who := range m.actors {
		fmt.Fprintf(&b, " %-5s", who.title)
	}
	for _, name := range slices.Sorted(maps.Keys(m.lines)) {
		b.WriteString(m.line(name))
	}
	m.complete()
	compareWithFile(t, "testdata/matrix.txt", b.String())
}

// line is the matrix's line of a coordinate.
func (m *matrix) line(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-49s", name)
	for _, who := range m.actors {
		fmt.Fprintf(&b, " %-*s", max(5, len(who.title)), m.lines[name][who])
	}
	return b.String()
}

// A matrix is what came back, by coordinate and actor: a letter for each kind of patient.
type matrix struct {
	*house
	paths  map[string]path
	actors []*actor
	lines  map[string]map[*actor]string
	hash   string // of the password
}

// An actor is a column of the matrix.
type actor struct {
	*colleague
	title  string
	charts []*folder
}

func newMatrix(t *testing.T, h *house) *matrix {
	m := &matrix{house: h, paths: paths(schema), lines: map[string]map[*actor]string{}}
	add := func(title string, role auth.Role) *actor {
		a := &actor{colleague: m.employ(strings.ToLower(title), role), title: title}
		a.charts = a.chartsOfEachKind()
		m.actors = append(m.actors, a)
		return a
	}
	nobody := add("anonymous", auth.Doctor)
	nobody.colleague = nobody.anonymous()
	add("ADMIN", auth.Admin)
	glass := add("glass", auth.Admin)
	glass.breakGlass(glass.charts[1])
	for _, role := range auth.Roles[1:] {
		add(string(role), role)
	}
	var err error
	if m.hash, err = auth.NewHasher().Hash(t.Context(), password); err != nil {
		t.Fatal(err)
	}
	m.run("UPDATE clinics SET undo_period = 1440") // this can last longer than the usual one
	m.run(`INSERT INTO audit_seals (number, sealed_at, ids, digests, settled_id, drawn_id, snapshot, hash)
		VALUES (1, now(), '{}', '', 0, 0, pg_current_xact_id(), sha256('x'))`)
	return m
}

// read asks each actor for a field of each of their patients, in one operation.
func (m *matrix) read(at path, d *ast.Definition, f *ast.FieldDefinition) {
	m.t.Helper()
	keyword := strings.ToLower(at.root.Name)
	for _, who := range m.actors {
		gone := slices.Contains([]string{"archivedAt", "archiveReason", "deceasedOn", "deactivationReason"}, f.Name)
		if gone {
			m.leave(who, true)
		}
		query := keyword + " {"
		for _, c := range who.charts {
			m.change(c, meanwhile[changing(d, f)].begin)
			query += " " + c.of(at.to(schema, c.kind, d, f))
		}
		_, text := who.in(m.t).post(query+" }", nil)
		got := parse(m.t, text)
		for _, c := range who.charts {
			m.note(d.Name+"."+f.Name, who, m.verdict(got, c.kind, f.Name, query))
			m.change(c, meanwhile[changing(d, f)].end)
		}
		if gone {
			m.leave(who, false)
		}
	}
}

// leave has the patients of an actor, and their doctors, be here no more, or again.
func (m *matrix) leave(who *actor, yes bool) {
	for _, c := range who.charts {
		m.run(`UPDATE patients SET archived_at = CASE WHEN $2 THEN now() END, archive_reason = CASE WHEN $2 THEN 'moved' END, deceased_on = CASE WHEN $2 THEN '2026-01-01'::date END
			WHERE id = $1`, c.values["Patient"], yes)
		m.run("UPDATE practitioners SET is_active = NOT $2, deactivation_reason = CASE WHEN $2 THEN 'left' END WHERE id = $1", c.values["Practitioner"], yes)
	}
}

// changing names what is changed as long as a field is read.
func changing(d *ast.Definition, f *ast.FieldDefinition) string {
	switch {
	case strings.HasPrefix(d.Name, "MedicalRecordAmendment"):
		return "MedicalRecordAmendment"
	case d.Name == "PrescriptionLine":
		return d.Name
	}
	return d.Name + "." + f.Name
}

// meanwhile are changes that last as long as a field is read: it is empty as
// long as another one is not.
var meanwhile = map[string]struct{ begin, end string }{
	"MedicalRecordAmendment":        {amend, takeBack},
	"MedicalRecord.amendments":      {amend, takeBack},
	"MedicalRecord.amendedAt":       {amend, takeBack},
	"MedicalRecord.amendedBy":       {amend, takeBack},
	"MedicalRecord.amendmentReason": {amend, takeBack},
	"MedicalRecord.signedAt":        {amend, takeBack},
	"MedicalRecord.signedBy":        {amend, takeBack},
	"MedicalRecord.signer":          {amend, takeBack},
	"MedicalRecord.errorReason":     {"UPDATE medical_records SET status = 'ENTERED_IN_ERROR', error_reason = 'r' WHERE id = <MedicalRecord>", takeBack},
	"PrescriptionLine":              {prescribed, ""},
	"Appointment.waitListMatches":   {"UPDATE wait_list_entries SET status = 'WAITING' WHERE id = <WaitListEntry>", "UPDATE wait_list_entries SET status = 'OFFERED' WHERE id = <WaitListEntry>"},
	"SlotHold.releasedAt":           {"UPDATE slot_holds SET released_at = now() WHERE id = <SlotHold>", "UPDATE slot_holds SET released_at = NULL WHERE id = <SlotHold>"},
	"TimeOff.cancelledAt":           {"UPDATE time_off SET cancelled_at = now() WHERE id = <TimeOff>", "UPDATE time_off SET cancelled_at = NULL WHERE id = <TimeOff>"},
	"Version.validUntil":            {"UPDATE appointments SET reason = 's' WHERE id = <Appointment>", "UPDATE appointments SET reason = 'r' WHERE id = <Appointment>"},
	"WaitListEntry.appointment": {"UPDATE wait_list_entries SET status = 'BOOKED', appointment_id = <Visit> WHERE id = <WaitListEntry>",
		"UPDATE wait_list_entries SET status = 'OFFERED', appointment_id = NULL WHERE id = <WaitListEntry>"},
	"WaitListEntry.specialty": {"UPDATE wait_list_entries SET practitioner_id = NULL, specialty = 's' WHERE id = <WaitListEntry>",
		"UPDATE wait_list_entries SET practitioner_id = <Practitioner>, specialty = NULL WHERE id = <WaitListEntry>"},
}

// prescribed gives the record of a patient a medicine of which everything is said.
const prescribed = `UPDATE medical_records SET prescription_lines = jsonb_build_array(jsonb_build_object('medicine', 'M', 'dose', '1', 'route', 'r', 'frequency', 'f',
	'startsOn', '2026-01-01', 'endsOn', '2026-01-02')) WHERE id = <MedicalRecord>`

// change runs a statement about what hangs on a patient; none for "".
func (m *matrix) change(c *folder, statement string) {
	m.t.Helper()
	if statement != "" {
		m.run(strings.ReplaceAll(c.of(statement), `"`, "'"))
	}
}

func (m *matrix) note(name string, who *actor, verdict string) {
	if m.lines[name] == nil {
		m.lines[name] = map[*actor]string{}
	}
	m.lines[name][who] += verdict
}

// verdict says what came back under an alias.
func (m *matrix) verdict(got result, alias, field, query string) string {
	for _, e := range got.Errors {
		if len(e.Path) > 0 && e.Path[0] != alias {
			continue
		}
		switch code := e.Extensions.Code; {
		case code == "FORBIDDEN":
			return "F"
		case code == "UNAUTHENTICATED" && e.Message == "sign in first":
			return "U"
		case slices.Contains([]string{"UNAUTHENTICATED", "INVALID", "NOT_FOUND", "RATE_LIMITED"}, code):
			return "I"
		case slices.Contains([]string{"CONFLICT", "VERSION_CONFLICT", "SLOT_TAKEN"}, code):
			return "C"
		}
		m.t.Errorf("%s: %s\n%s", e.Extensions.Code, asJSON(e), query)
		return "X"
	}
	if holds(got.Data[alias], field) || field == "" && got.Data[alias] != nil {
		return "v"
	}
	return "n"
}

// holds says whether there is something in v; a count of none is nothing.
func holds(v any, field string) bool {
	switch v := v.(type) {
	case nil:
		return false
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return holds(item, field) })
	case map[string]any:
		for _, inner := range v {
			if holds(inner, field) {
				return true
			}
		}
		return false
	case float64:
		return v > 0 || field != "totalCount"
	}
	return true
}

// beforehand makes room for mutations that are refused when something else is there.
var beforehand = map[string]string{
	"archivePatient":     "UPDATE appointments SET status = 'CANCELLED', cancellation_reason = 'CLINIC' WHERE id IN (<Visit>, <Away>)",
	"restorePatient":     "UPDATE patients SET archived_at = now(), archive_reason = 'moved' WHERE id = <Patient>",
	"confirmNoAllergies": "UPDATE allergies SET status = 'REFUTED' WHERE patient_id = <Patient>",
	"amendMedicalRecord": "UPDATE medical_records SET status = 'SIGNED', signed_at = now() WHERE id = <MedicalRecord>",
	"closeGlass": `INSERT INTO glass_accesses (id, patient_id, user_id, reason, closes_at)
		VALUES (<OpenGlass>, <Patient>, <Breaker>, 'an arranged reason', now() + interval '1 hour')`,
	"reactivatePractitioner": "UPDATE practitioners SET is_active = false, deactivation_reason = 'left' WHERE id = <New>",
	"signIn":                 knownPassword,
	"changePassword":         knownPassword,
	"enrolSecondFactor":      knownPassword,
	"removeSecondFactor":     knownPassword,
	"reactivateUser":         "UPDATE users SET is_active = false WHERE id = <NewUser>",
	"confirmAppointment":     "UPDATE appointments SET status = 'REQUESTED' WHERE id = <Visit>",
	"startVisit":             "UPDATE appointments SET status = 'CHECKED_IN' WHERE id = <Visit>",
	"completeVisit":          "UPDATE appointments SET status = 'IN_PROGRESS' WHERE id = <Visit>",
	"markNoShow":             "UPDATE appointments SET starts_at = starts_at - interval '2000 days', ends_at = ends_at - interval '2000 days' WHERE id = <Visit>",
	"undoAppointmentStep":    "UPDATE appointments SET status = 'CHECKED_IN', previous_status = 'BOOKED', stepped_at = now() WHERE id = <Visit>",
	"offerWaitListSlot":      "UPDATE wait_list_entries SET status = 'WAITING' WHERE id = <WaitListEntry>",
}

const knownPassword = `INSERT INTO passwords (user_id, hash) SELECT id, <hash> FROM users WHERE login_name = <me> ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash`

// mutate has each actor do the least that f asks for to each kind of patient,
// and to people who were there for nothing else.
func (m *matrix) mutate(f *ast.FieldDefinition) {
	m.t.Helper()
	call := f.Name + arguments(schema, f, "")
	isOfSomebody := strings.ContainsAny(call, "<")
	for _, who := range m.actors {
		for i, kind := range kindsOfPatient {
			if i > 0 && !isOfSomebody {
				m.repeat(f, who)
				continue
			}
			c := m.freshChart(who, kind)
			m.change(c, beforehand[f.Name])
			if who.title == "glass" && kind == "other" {
				who.breakGlass(c)
			}
			session := who.client
			if who.title != "anonymous" {
				session = who.signedIn()
			}
			query := c.of("mutation { " + call + m.payload(f.Type.Name()) + " }")
			_, text := session.in(m.t).post(query, nil)
			got := parse(m.t, text)
			verdict := m.verdict(got, f.Name, "", query)
			m.note("Mutation."+f.Name, who, verdict)
			m.notePayload(f, f.Type.Name(), who, verdict, got.Data[f.Name])
			if who.title != "glass" {
				m.run("UPDATE glass_accesses SET closes_at = now() WHERE user_id = $1 AND closes_at > now()", who.user.ID)
			}
		}
	}
}

// repeat notes what it noted last, for a mutation that is about no patient.
func (m *matrix) repeat(f *ast.FieldDefinition, who *actor) {
	for name, line := range m.lines {
		of, _, _ := strings.Cut(name, ".")
		at := m.paths[of]
		if name == "Mutation."+f.Name || at.root == schema.Mutation && len(at.steps) > 0 && strings.HasPrefix(at.steps[0]+"(", f.Name+"(") {
			line[who] += line[who][len(line[who])-1:]
		}
	}
}

// freshChart adds a patient, a practitioner and a user to do something to.
func (m *matrix) freshChart(who *actor, kind string) *folder {
	c := m.patient(kind, who.colleague)
	v := c.values
	v["New"], v["NewUser"], v["OpenGlass"] = db.NewID(db.KindPractitioner).String(), db.NewID(db.KindUser).String(), db.NewID(db.KindGlassAccess).String()
	v["hash"] = m.hash
	v["login"], v["Breaker"] = "new-"+v["search"], m.stranger.user.ID.String()
	if kind == "own" {
		v["Breaker"] = who.user.ID.String()
	}
	m.run("INSERT INTO practitioners (id, family_name, family_key, given_key, search_words) VALUES ($1, 'New', 'new', '', '{}')", v["New"])
	m.run("INSERT INTO users (id, login_name, display_name, role) VALUES ($1, $2, 'New', 'ANALYST')", v["NewUser"], "user-"+v["search"])
	return c
}

// payload selects all of an answer, and of the types that only mutations lead to.
func (m *matrix) payload(name string) string {
	text := " {"
	for _, f := range schema.Types[name].Fields {
		text += " " + f.Name
		if inner := schema.Types[f.Type.Name()]; inner.Kind == ast.Object && m.paths[inner.Name].root == schema.Mutation {
			text += m.payload(inner.Name)
		} else {
			text += selected(schema, f)
		}
	}
	return text + " }"
}

// notePayload notes what an answer holds, for the types to which this mutation is the path.
func (m *matrix) notePayload(mutation *ast.FieldDefinition, of string, who *actor, verdict string, value any) {
	if steps := m.paths[of].steps; !strings.HasPrefix(steps[0]+"(", mutation.Name+"(") {
		return
	}
	fields, _ := value.(map[string]any)
	for _, f := range schema.Types[of].Fields {
		mark := verdict
		if fields != nil {
			mark = "n"
			if holds(fields[f.Name], "") {
				mark = "v"
			}
		}
		m.note(of+"."+f.Name, who, mark)
		if inner := schema.Types[f.Type.Name()]; inner.Kind == ast.Object && m.paths[inner.Name].root == schema.Mutation {
			m.notePayload(mutation, inner.Name, who, verdict, fields[f.Name])
		}
	}
}

// Of these nothing is shown here, as they take a token or a code that is known
// to nobody but a person; sign-in's own tests show them. What statistics tell of groups
// and of measures that one statistic alone has, their own tests show.
var shownElsewhere = []string{"Mutation.confirmSecondFactor", "Mutation.setUpFirstAdministrator", "Mutation.usePasswordLink", "Mutation.verifySecondFactor",
	"ConfirmSecondFactorPayload", "SecondFactorChallenge", "SetUpFirstAdministratorPayload", "UsePasswordLinkPayload", "VerifySecondFactorPayload",
	"SignInPayload.challenge", "SignOutPayload.viewer", "StatsKey", "StatsCell.ageMedian", "StatsCell.codedShare", "StatsCell.timeToSignMedian",
	"StatsCell.utilisation", "StatsCell.visitsPerPatient"}

// complete says which fields nobody was shown, so that nothing is proved of them.
func (m *matrix) complete() {
	for name, line := range m.lines {
		of, _, _ := strings.Cut(name, ".")
		shown := slices.ContainsFunc(m.actors, func(who *actor) bool { return strings.Contains(line[who], "v") })
		if elsewhere := slices.Contains(shownElsewhere, name) || slices.Contains(shownElsewhere, of); shown == elsewhere {
			m.t.Errorf("%s: shown to somebody: %v", name, shown)
		}
	}
}
