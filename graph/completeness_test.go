package graph_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/graph"
	"github.com/google/uuid"
)

const completenessSeed = 1

// Of 600 random operations the audit tells whose charts each told of and what it
// changed, once, and nothing else. What that is, is worked out from the answers.
func TestAudit_isComplete(t *testing.T) {
	t.Parallel()
	t.Logf("seed %d", completenessSeed)
	r := newRun(t, rand.New(rand.NewPCG(completenessSeed, 0)))
	for range 600 {
		r.step()
	}
	r.compare()
	t.Log(r.summary())
	if r.told < 80 || r.changed < 60 || r.refused < 50 {
		t.Error("that is too little of something: it tries nothing")
	}
}

// A run is a clinic, the people in it, and the ledger of what they did.
type run struct {
	*generator
	t        *testing.T
	c        *client
	actors   []auth.Actor
	policies compiled
	ledger   []*entry
	codes    map[string]int
	repeats  []request
	keys     map[string]bool // that took effect
	took     map[string]int  // mutations that took effect
	told     int             // operations that told of charts
	changed  int             // rows
	refused  int             // operations
}

// A request is a document that somebody sends.
type request struct {
	actor int
	query string
}

// An entry of the ledger is one operation, with what the audit must hold of it.
type entry struct {
	request
	id       string          // of the operation
	text     string          // of the answer
	patients map[string]bool // rows whose patients' charts were told of: surely, or if they are not closed
	closed   map[string]bool // patients
	fields   map[string]bool
	anybody  bool // charts of nobody in particular: counts, lists without a row
	perhaps  bool // or nobody's at all
	isLate   bool // it was refused when what stands beside was read
	denied   bool
	before   calendar
	writes   []string // sorted
}

func newRun(t *testing.T, random *rand.Rand) *run {
	t.Helper()
	c := newClient(t)
	if _, err := seed.Run(acting(t), c.db.DB, seed.Options{Patients: 60, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	r := &run{generator: &generator{Rand: random, ids: map[string][]string{}}, t: t, c: c, policies: policies(t, schema), keys: map[string]bool{}, took: map[string]int{}, codes: map[string]int{}}
	fillCalendar(c)
	for noun, table := range tablesOf {
		var ids []string
		if err := c.db.SQL.Select(&ids, "SELECT id FROM "+table+" ORDER BY id LIMIT 40"); err != nil {
			t.Fatal(err)
		}
		r.ids[noun] = ids
	}
	c.db.SQL.MustExec("UPDATE patients SET is_restricted = true WHERE id = ANY (SELECT id FROM patients ORDER BY id LIMIT 8)")
	glass := func(n int) []auth.Glass {
		return []auth.Glass{{ID: db.NewID(db.KindGlassAccess), PatientID: uuid.MustParse(r.ids["Patient"][n]), ClosesAt: time.Now().Add(time.Hour)}}
	}
	for i, role := range []auth.Role{auth.Doctor, auth.Doctor, auth.Nurse, auth.Receptionist, auth.Admin, auth.Admin} {
		a := auth.Actor{Name: fmt.Sprintf("user%d", i), Role: role, UserID: db.NewID(db.KindUser)}
		if role.IsCare() {
			a.PractitionerID = uuid.MustParse(r.ids["Practitioner"][i])
		}
		if i == 1 || i == 5 {
			a.Glass = glass(i)
		}
		r.actors = append(r.actors, a)
		c.run("INSERT INTO users (id, login_name, display_name, role) VALUES ($1, $2, $2, $3)", a.UserID, a.Name, a.Role)
	}
	api := graph.Handler(c.db.DB, nil)
	c.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		var i int
		_, _ = fmt.Sscan(request.Header.Get("Actor"), &i)
		api.ServeHTTP(w, request.WithContext(auth.WithActor(request.Context(), r.actors[i])))
	}))
	t.Cleanup(c.server.Close)
	return r
}

// step sends a random request, or one of before once more.
func (r *run) step() {
	actor := r.IntN(len(r.actors))
	r.may = func(name string) bool {
		// None of these has a session; and a search for slots, or behind glass for those like another patient, can be refused when the rest was read or
		// written, of which there is no answer then.
		if name == "Query.viewer" || strings.HasSuffix(name, ".availableSlots") || name == "Query.possibleDuplicates" && r.actors[actor].Role == auth.Admin {
			return false
		}
		return r.policies.May(r.actors[actor], name) || r.IntN(2000) == 0
	}
	switch n := r.IntN(10); {
	case n < 4:
		r.send(request{actor, "query " + r.selection(schema.Query, 4)})
	case n < 5:
		r.send(request{actor, r.lookup()})
	case n < 5+r.IntN(2) && len(r.repeats) > 0:
		r.send(r.repeats[r.IntN(len(r.repeats))])
	default:
		one := request{actor, "mutation { " + r.mutation("a") + " }"}
		if r.IntN(5) == 0 {
			one.query = "mutation { " + r.mutation("a") + " " + r.mutation("b") + " }"
		}
		r.send(one)
		if strings.Contains(one.query, "@idempotent") {
			r.repeats = append(r.repeats, one)
		}
	}
}

// lookup asks for things by their ids, each time with more of one noun.
func (r *run) lookup() string {
	var ids, roots []string
	nouns := []string{"Patient", "Appointment", "MedicalRecord", "Allergy"}
	for _, noun := range nouns {
		if r.may(noun + ".id") {
			ids = append(ids, fmt.Sprintf("%q", r.id("id", noun)), fmt.Sprintf("%q", r.id("id", noun)))
		}
	}
	for i, noun := range nouns {
		if r.may(noun+".id") && r.IntN(2) == 0 {
			roots = append(roots, fmt.Sprintf("n%d: nodes(ids: [%s]) { __typename id ... on %s %s }", i, strings.Join(ids, ", "), noun, r.selection(schema.Types[noun], 2)))
		}
	}
	return "{ clinic { name } " + strings.Join(roots, " ") + " }"
}

// send sends a request, and enters it into the ledger.
func (r *run) send(one request) {
	closed, before := r.closedTo(r.actors[one.actor]), r.calendar()
	r.c.header = http.Header{"Actor": {fmt.Sprint(one.actor)}}
	response, text := r.c.post(one.query, nil)
	e := &entry{request: one, id: response.Header.Get("Operation-Id"), text: text, closed: closed, before: before, patients: map[string]bool{}, fields: map[string]bool{}}
	if e.id == "" {
		r.t.Fatalf("%s has no id", one.query)
	}
	r.ledger = append(r.ledger, e)
	got := parse(r.t, text)
	for _, refusal := range got.Errors {
		r.codes[refusal.Extensions.Code]++
		switch refusal.Extensions.Code {
		case "INTERNAL", "UNAVAILABLE", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_REQUEST":
			r.t.Fatalf("%s: %s", one.query, text)
		case "FORBIDDEN":
			e.denied = true
		case "VERSION_CONFLICT":
			e.stale(refusal)
		case "CONFLICT", "INVALID":
			e.conflict(r, refusal)
		}
	}
	if got.Errors != nil {
		r.refused++
	}
	if got.Data != nil {
		e.walk(r, got.Data)
	} else {
		e.isLate = strings.Contains(one.query, "Stats(") || strings.Contains(one.query, "Stats {") // whose arguments are looked at when they are read
	}
	slices.Sort(e.writes)
}

// summary counts what was done.
func (r *run) summary() string {
	return fmt.Sprintf("%d operations, %d told of charts, %d rows changed, %d refused: %v; took effect: %v", len(r.ledger), r.told, r.changed, r.refused, r.codes, r.took)
}
