package graph_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/graph"
	"github.com/vektah/gqlparser/v2/ast"
)

// Random documents are answered by their plans, byte for byte, as by the resolvers, errors
// and their paths included: by each role and through each lens, with aliases, fragments,
// what is included and skipped, conditions, orders and pages.
func TestPlans_answerAsResolversDo(t *testing.T) {
	t.Parallel()
	first := rand.Uint64()
	t.Logf("the seed is %d", first)
	ways := newTwoWays(t)
	p := policies(t, schema)
	t.Cleanup(func() {
		if ran, others := graph.RanByPlan(ways.api); ran < 10*others {
			t.Errorf("%d documents were answered by their plans, %d were not", ran, others)
		}
	})
	for n, role := range append(auth.Roles, auth.System) {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			actor := auth.Actor{Name: "tester", Role: role}
			a := newAuthor(first+uint64(n), ways.ids, func(name string) bool { return p.May(actor, name) && !slices.Contains(unsteady, name) })
			a.past = ways.past
			answered, refused := ways.compare(t, role, documentsOfEach(), a.document)
			if answered < documentsOfEach()/4 || refused < documentsOfEach()/50 {
				t.Errorf("%d were answered, %d refused", answered, refused)
			}
		})
	}
}

// twoWays is a clinic that answers by plans, and by resolvers.
type twoWays struct {
	byPlan, byResolvers *client
	api                 http.Handler
	ids                 map[string][]string // of some rows of each noun
	past                string              // an instant before half of the patients were changed
}

func newTwoWays(t *testing.T) *twoWays {
	t.Helper()
	c := newClient(t)
	if _, err := seed.Run(acting(t), c.db.DB, seed.Options{Patients: 60, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	fillCalendar(c)
	c.run("UPDATE patients SET is_restricted = true WHERE id IN (SELECT id FROM patients ORDER BY mrn LIMIT 10)")
	ways := &twoWays{byPlan: c, ids: map[string][]string{}, past: time.Now().UTC().Format(time.RFC3339Nano)}
	c.run("UPDATE patients SET gender_identity = 'other', version = version + 1, updated_at = change_instant() WHERE id IN (SELECT id FROM patients ORDER BY mrn LIMIT 30)")
	for noun, table := range tablesOf {
		var some []string
		if err := c.db.SQL.Select(&some, "SELECT id FROM "+table+" ORDER BY id LIMIT 20"); err != nil {
			t.Fatal(err)
		}
		ways.ids[noun] = some
	}
	ways.api = graph.Handler(c.db.DB, nil)
	c.server = serveAPI(t, ways.api, &c.actor)
	resolvers := *c
	resolvers.server = serveAPI(t, graph.ByResolvers(graph.Handler(c.db.DB, nil)), &c.actor)
	ways.byResolvers = &resolvers
	return ways
}

// compare answers n documents in both ways, and says how many were answered, and how many
// refused.
func (w *twoWays) compare(t *testing.T, role auth.Role, n int, write func() (string, variables)) (answered, refused int) {
	t.Helper()
	byPlan, byResolvers := w.byPlan.in(t).as(role), w.byResolvers.in(t).as(role)
	for range n {
		document, vars := write()
		got, want := outcomeOf(byPlan, document, vars), outcomeOf(byResolvers, document, vars)
		differ := got != want && want == outcomeOf(byResolvers, document, vars)
		if differ && strings.Contains(document, "thirdNextAvailable") { // a minute may have passed before the resolvers were asked
			differ = outcomeOf(byPlan, document, vars) != want
		}
		if differ {
			at := 0
			for at < len(got) && at < len(want) && got[at] == want[at] {
				at++
			}
			t.Errorf("%s\n%v\nafter ...%s\nby its plan: %.300s\nby resolvers: %.300s", document, vars, want[max(0, at-300):at], got[at:], want[at:])
		}
		if strings.Contains(want, `"errors"`) {
			refused++
		} else {
			answered++
		}
	}
	return answered, refused
}

// A query whose plan panics is answered by the resolvers.
func TestPlans_panic(t *testing.T) {
	t.Parallel()
	var api http.Handler
	c := newOwnClient(t, auth.Doctor, func(d *db.DB) http.Handler {
		api = graph.PanickingPlans(d)
		return api
	})
	newPatient(t, c.db, "Beridze")
	const query = `{ patients { nodes { familyName appointments { totalCount } } } }`
	if _, got := c.post(query, nil); got != `{"data":{"patients":{"nodes":[{"familyName":"Beridze","appointments":{"totalCount":0}}]}}}` {
		t.Errorf("got %s", got)
	}
	if ran, others := graph.RanByPlan(api); ran != 0 || others != 1 {
		t.Errorf("%d were answered by their plans, %d were not", ran, others)
	}
}

// Fields that are not the same when they are asked for again, because asking is recorded.
var unsteady = []string{"Query.auditLog", "Query.auditSealStatus", "Patient.accessLog"}

// outcomeOf returns an answer with its errors in the order of their paths.
func outcomeOf(c *client, document string, vars variables) string {
	c.t.Helper()
	response, text := c.post(document, vars)
	var got struct {
		Data   json.RawMessage  `json:"data,omitempty"`
		Errors []map[string]any `json:"errors,omitempty"`
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil || response.StatusCode != http.StatusOK {
		c.t.Errorf("%d %s", response.StatusCode, text)
	}
	var errs []string
	for _, e := range got.Errors {
		errs = append(errs, fmt.Sprintf("%v %v %v %v", e["path"], e["message"], e["extensions"], e["locations"]))
	}
	slices.Sort(errs)
	if errs == nil {
		return string(got.Data)
	}
	return fmt.Sprintf(`%s "errors": %q`, got.Data, errs)
}

// An author writes random documents.
type author struct {
	generator
	past      string
	fragments []string
	names     int
}

func newAuthor(first uint64, ids map[string][]string, may func(string) bool) *author {
	a := &author{generator: generator{Rand: rand.New(rand.NewPCG(first, 0)), ids: ids, may: may}}
	a.vary = a.otherwise
	return a
}

// document writes a document, and the variables that it includes and skips by.
func (a *author) document() (string, variables) {
	var text string
	for { // as large as an operation may be
		a.fragments, a.names = nil, 0
		text = a.selection(schema.Query, 3+a.IntN(2))
		if all := text + strings.Join(a.fragments, " "); len(all) < 4000 && strings.Count(all, "@") < 18 && strings.Contains(text, "id") {
			break
		}
	}
	head := "query ($yes: Boolean!, $no: Boolean = false) "
	if a.IntN(4) == 0 {
		head += fmt.Sprintf("@asOf(at: %q) ", a.past)
	}
	vars := variables{"yes": a.IntN(4) > 0}
	if a.IntN(2) == 0 {
		vars["no"] = a.IntN(4) == 0
	}
	return head + "{ __typename @include(if: $yes) t: __typename @skip(if: $no) ..." + text + " } " + strings.Join(a.fragments, " "), vars
}

// otherwise writes a field of d in one of the other ways to select it.
func (a *author) otherwise(d *ast.Definition, field string) string {
	a.names++
	name := fmt.Sprintf("n%d", a.names)
	switch a.IntN(60) {
	case 0, 1:
		return name + ": " + field
	case 2:
		return "... on " + d.Name + " { " + field + " }"
	case 3:
		return "... @include(if: $yes) { " + field + " }"
	case 4:
		return "... @skip(if: $no) { " + field + " }"
	case 5:
		a.fragments = append(a.fragments, "fragment "+name+" on "+d.Name+" { "+field+" }")
		return "..." + name
	case 6:
		return field + " " + field
	case 7:
		return field + " ... @include(if: $yes) { " + field + " __typename }"
	case 8:
		return strings.Replace(field, "first: ", "after: \"none\", first: ", 1)
	case 9:
		return strings.Replace(field, "first: 5", "first: 500", 1)
	}
	return field
}

// documentsOfEach is how many are tried by each role.
func documentsOfEach() int { return 850 }
