package graph_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/vektah/gqlparser/v2/ast"
)

// Random queries over all of the schema that a role may see, with random conditions,
// orders and page sizes, are answered: none is INTERNAL, none is refused by the
// database, none costs more than an operation may or than was said before it ran.
func TestRandomQueries(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	ctx := auth.WithActor(t.Context(), auth.SystemActor("seed"))
	if _, err := seed.Run(ctx, c.db.DB, seed.Options{Patients: 60, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	fillCalendar(c)
	ids := map[string][]string{}
	for noun, table := range tablesOf {
		var some []string
		if err := c.db.SQL.Select(&some, "SELECT id FROM "+table+" ORDER BY id LIMIT 20"); err != nil {
			t.Fatal(err)
		}
		ids[noun] = some
	}
	p := policies(t, schema)
	for n, role := range append(auth.Roles, auth.System) {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			actor := auth.Actor{Name: "tester", Role: role}
			g := &generator{Rand: rand.New(rand.NewPCG(1, uint64(n))), ids: ids, may: func(name string) bool { return p.May(actor, name) }}
			queries := c.in(t).as(role)
			answered, tried := 0, 0
			for ; answered < 500 && tried < 3000; tried++ {
				if queries.answersOrRefuses("query " + g.selection(schema.Query, 3)) {
					answered++
				}
			}
			if answered < 500 {
				t.Errorf("only %d of %d were answered", answered, tried)
			}
		})
	}
}

// answersOrRefuses says whether a query was answered. It fails the test when it was
// neither answered nor refused well.
func (c *client) answersOrRefuses(query string) bool {
	c.t.Helper()
	got := c.pay(query, nil)
	for _, e := range got.Errors {
		if code := e.Extensions.Code; code != "INVALID" && code != "TOO_COMPLEX" && code != "FORBIDDEN" {
			c.t.Errorf("%s: %s", code, query)
		}
	}
	if cost := got.Extensions.Cost; got.Errors == nil && (cost.RequestedQueryCost == 0 || cost.RequestedQueryCost > 10_000 || cost.ActualQueryCost > cost.RequestedQueryCost) {
		c.t.Errorf("it costs %+v\n%s", cost, query)
	}
	return got.Errors == nil
}

// tablesOf are the tables of the nouns that random queries ask for by id.
var tablesOf = map[string]string{
	"Patient": "patients", "Practitioner": "practitioners", "Appointment": "appointments", "MedicalRecord": "medical_records", "Allergy": "allergies",
	"Room": "rooms", "AppointmentType": "appointment_types", "TimeOff": "time_off", "SlotHold": "slot_holds", "WaitListEntry": "wait_list_entries",
	"AppointmentSeries": "appointment_series",
}

// fillCalendar adds a series, a hold and a wish for each patient who has visits;
// half of the wishes are offered what is held.
func fillCalendar(c *client) {
	c.t.Helper()
	const of = "overlay(md5($1 || patient_id)::uuid::text PLACING $1 FROM 35)::uuid"
	c.run(`INSERT INTO appointment_series (id, patient_id, practitioner_id, frequency, every, times)
		SELECT `+of+`, patient_id, (array_agg(practitioner_id ORDER BY id))[1], 'DAILY', 1, 2 FROM appointments WHERE practitioner_id IS NOT NULL GROUP BY patient_id`, "13")
	c.run("UPDATE appointments a SET series_id = s.id FROM appointment_series s WHERE s.patient_id = a.patient_id")
	c.run(`INSERT INTO slot_holds (id, practitioner_id, starts_at, ends_at, expires_at)
		SELECT `+of+`, practitioner_id, now() + interval '1 day', now() + interval '25 hours', now() + interval '1 hour' FROM appointment_series`, "11")
	c.run(`INSERT INTO wait_list_entries (id, patient_id, practitioner_id, length, starts_on, ends_on, note, status)
		SELECT `+of+`, patient_id, practitioner_id, 30, current_date, current_date + 300, 'n', 'WAITING' FROM appointment_series`, "12")
	c.run(`UPDATE wait_list_entries SET status = 'OFFERED', slot_hold_id = overlay(md5('11' || patient_id)::uuid::text PLACING '11' FROM 35)::uuid
		WHERE id < '80000000-0000-0000-0000-000000000000'`)
}

// A generator writes random parts of queries.
type generator struct {
	*rand.Rand
	ids map[string][]string    // of rows, by noun
	may func(name string) bool // says whether a field may be selected; nil for all

	vary func(d *ast.Definition, field string) string // writes a field otherwise, and selects possible types too; nil for never
}

// selection writes some fields of a type, with what is below them.
func (g *generator) selection(d *ast.Definition, depth int) string {
	fields := []string{"__typename"}
	for _, f := range d.Fields {
		if strings.HasPrefix(f.Name, "__") || g.may != nil && !g.may(d.Name+"."+f.Name) {
			continue
		}
		isKey := g.may != nil && (g.vary == nil || d != schema.Query) && (f.Name == "id" || f.Name == "version" || f.Name == "nodes")
		if !isKey && (d == schema.Query && g.IntN(6) > 0 || g.IntN(2) == 0) {
			continue
		}
		inner := schema.Types[f.Type.Name()]
		isLeaf := inner.Kind == ast.Scalar || inner.Kind == ast.Enum
		if !isLeaf && depth == 0 {
			continue
		}
		text := f.Name + g.arguments(f)
		if !isLeaf {
			below := depth - 1
			if strings.HasSuffix(inner.Name, "Connection") || strings.HasSuffix(inner.Name, "Edge") {
				below = depth // these lead to their nodes only
				if depth < 2 && strings.HasSuffix(inner.Name, "Edge") {
					below = 1
				}
			}
			text += " " + g.selection(inner, max(below, 0))
		}
		if g.vary != nil {
			text = g.vary(d, text)
		}
		fields = append(fields, text)
	}
	if g.vary != nil && d.IsAbstractType() {
		all := schema.GetPossibleTypes(d)
		possible := all[g.IntN(len(all))]
		fields = append(fields, "... on "+possible.Name+" "+g.selection(possible, depth-1))
	}
	return "{ " + strings.Join(fields, " ") + " }"
}

func (g *generator) arguments(f *ast.FieldDefinition) string {
	var all []string
	isPaged := f.Arguments.ForName("first") != nil
	for _, a := range f.Arguments {
		switch {
		case isPaged && (a.Name == "after" || a.Name == "before"):
		case isPaged && a.Name == "first":
			all = append(all, fmt.Sprintf("%s: %d", []string{"first", "last"}[g.IntN(2)], 1+g.IntN(5)))
		case isPaged && a.Name == "last":
		case a.Name == "query":
			all = append(all, fmt.Sprintf("query: %q", []string{"giorgi", "be", "ნინო ბ", "1990-02-01", "5551", "C10000", "%_", "o'x"}[g.IntN(8)]))
		case a.Type.NonNull || g.IntN(2) == 0:
			all = append(all, a.Name+": "+g.value(a.Type, a.Name, f.Type.Name(), 2))
		}
	}
	if all == nil {
		return ""
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// value writes a value of a type, for the argument or field called name of what
// is about noun.
func (g *generator) value(t *ast.Type, name, noun string, depth int) string {
	if t.Elem != nil {
		items := make([]string, g.IntN(3))
		if name == "ids" {
			items = make([]string, 1+g.IntN(3))
		}
		for i := range items {
			items[i] = g.value(t.Elem, name, noun, depth)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	d := schema.Types[t.NamedType]
	switch d.Kind {
	case ast.Enum:
		return d.EnumValues[g.IntN(len(d.EnumValues))].Name
	case ast.InputObject:
		return g.object(d, name, noun, depth)
	}
	switch d.Name {
	case "ID":
		return fmt.Sprintf("%q", g.id(name, noun))
	case "Boolean":
		return fmt.Sprint(g.IntN(2) == 0)
	case "Int":
		return fmt.Sprint(g.IntN(50))
	case "Duration":
		return fmt.Sprintf("%q", []string{"PT5M", "PT15M", "PT1H"}[g.IntN(3)])
	case "LocalTime":
		return fmt.Sprintf(`"%02d:30"`, g.IntN(24))
	case "LocalDateTime":
		return fmt.Sprintf(`"20%d-0%d-1%dT09:30"`, 20+g.IntN(10), 1+g.IntN(9), g.IntN(10))
	}
	switch name + " " + d.Name { // of what has to be short
	case "from Date":
		return `"2026-12-01"`
	case "until Date":
		return fmt.Sprintf(`"2026-12-%02d"`, 2+g.IntN(30))
	case "from DateTime":
		return fmt.Sprintf("%q", tomorrow(0).Format(time.RFC3339))
	case "until DateTime":
		return fmt.Sprintf("%q", tomorrow(g.IntN(92*48)).Format(time.RFC3339))
	}
	switch d.Name {
	case "Date":
		return fmt.Sprintf(`"%d-0%d-1%d"`, 1930+g.IntN(100), 1+g.IntN(9), g.IntN(10))
	case "DateTime":
		return fmt.Sprintf(`"20%d-0%d-1%dT09:00:00+04:00"`, 20+g.IntN(10), 1+g.IntN(9), g.IntN(10))
	}
	return fmt.Sprintf("%q", []string{"a", "Ber", "ი", "%", "_", `\`, "C1000009", "asthma", "J45"}[g.IntN(9)])
}

func (g *generator) object(d *ast.Definition, name, noun string, depth int) string {
	if isWhere := strings.HasSuffix(d.Name, "Where"); isWhere {
		noun = strings.TrimSuffix(d.Name, "Where")
		if depth--; depth < 0 {
			return "{}"
		}
	}
	var fields []string
	oneOf := d.Directives.ForName("oneOf") != nil
	only := g.IntN(len(d.Fields))
	for i, f := range d.Fields {
		if oneOf && i != only || !oneOf && !f.Type.NonNull && g.IntN(4) > 0 {
			continue
		}
		inner := f.Name
		if d.Name == "IdFilter" {
			inner = name
		}
		fields = append(fields, f.Name+": "+g.value(f.Type, inner, noun, depth))
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// id returns the id of some row that fits its place.
func (g *generator) id(name, noun string) string {
	for kind := range g.ids {
		if strings.HasPrefix(strings.ToLower(strings.TrimPrefix(name, "primary")), strings.ToLower(kind)+"id") || name == "appointmentId" && kind == "Appointment" {
			noun = kind
		}
	}
	if name == "seriesId" {
		noun = "AppointmentSeries"
	}
	noun = strings.TrimSuffix(strings.TrimSuffix(noun, "Key"), "Connection")
	ids := g.ids[noun]
	if ids == nil {
		return db.NewID(db.KindPatient).String()
	}
	return ids[g.IntN(len(ids))]
}
