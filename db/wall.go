package db

import (
	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

// A wall says which rows of a table an actor sees. The role has been looked at
// before (package graph), and the database grants no more (the login); these
// are the conditions on rows, which every statement carries. They look at what
// is so now, whatever instant a statement looks at.
type wall struct {
	patient string // column that says whose the row is among patients; "" for none
	chart   bool   // of a restricted patient only the care team sees it, and who broke the glass
	log     bool   // of the audit: administrators see all, the care team what was done with its patients
	user    string // column of the user whose the row is; others than administrators see their own
	written string // column of the roles in which the row was written: its user sees it, and others if it is shared, whose role may see what these do
	glass   bool   // only those who can break glass have any
}

// walls holds the wall of each table; of those with a row type, newTable adds it.
var walls = map[string]wall{"allergy_absences": {patient: "id", chart: true}}

// nobodys is the condition of rows of which none is the actor's to see. The
// database may grant the actor's login nothing of such a table.
const nobodys = "false"

// visible writes the condition that the row alias of a table is the actor's to see.
func (s *statement) visible(table, alias string) string { return s.behind(walls[table], alias) }

// behind writes the condition that the row alias, which w stands before, is the
// actor's to see.
func (s *statement) behind(w wall, alias string) string {
	a := s.actor
	switch {
	case a.Role == auth.System || w == wall{}:
		return "true"
	case w.written != "":
		return "((" + alias + "." + w.user + " = " + s.arg(a.UserID) + " OR " + alias + ".is_shared) AND " + alias + "." + w.written + " <@ " + s.arg(pq.Array(sees[a.Role])) + "::text[])"
	case w.user != "":
		if a.Role == auth.Admin {
			return "true"
		}
		if w.glass && !a.Role.IsCare() {
			return nobodys
		}
		return alias + "." + w.user + " = " + s.arg(a.UserID)
	case s.isDeidentified && !w.log: // the lens has the rows that analysts see
		return "true"
	case w.log && a.Role == auth.Admin:
		return "true"
	case w.log && a.Role.IsCare():
		return "EXISTS (SELECT FROM public.patients r WHERE r.id = " + alias + "." + w.patient + " AND " + s.onTeam("r") + ")"
	case w.log:
		return nobodys
	case a.Role == auth.Receptionist && !w.chart, a.Role.IsCare() && !w.chart:
		return "true"
	case a.Role.IsCare():
		return "NOT EXISTS (SELECT FROM public.patients r WHERE r.id = " + alias + "." + w.patient + " AND r.is_restricted AND NOT " + s.openChart("r") + ")"
	case a.Role == auth.Admin:
		return alias + "." + w.patient + " = ANY(" + s.arg(openedTo(a)) + "::uuid[])"
	}
	return nobodys
}

// onTeam writes the condition that the actor cares for the patient alias.
func (s *statement) onTeam(alias string) string {
	me := s.arg(s.actor.PractitionerID)
	return "(coalesce(" + alias + ".primary_practitioner_id = " + me + ", false) OR EXISTS (SELECT FROM public.care_team_members m WHERE m.patient_id = " +
		alias + ".id AND m.practitioner_id = " + me + " AND m.ended_at IS NULL))"
}

// openChart writes the condition that the restricted chart of the patient alias
// is open to the actor: for one of the care team, or because they broke the glass.
func (s *statement) openChart(alias string) string {
	if len(s.actor.OpenGlass()) == 0 {
		return s.onTeam(alias)
	}
	return "(" + alias + ".id = ANY(" + s.arg(openedTo(s.actor)) + "::uuid[]) OR " + s.onTeam(alias) + ")"
}

// openedTo returns the patients whose glass the actor broke.
func openedTo(a auth.Actor) any {
	ids := []uuid.UUID{}
	for _, g := range a.OpenGlass() {
		ids = append(ids, g.PatientID)
	}
	return pq.Array(ids)
}

// patientsOf returns whose the rows are.
func (t *table[T]) patientsOf(rows ...*T) []uuid.UUID {
	if t.wall.patient == "" {
		return nil
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = referred(any(row).(noun), t.wall.patient)
	}
	return ids
}
