package graph_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// What an answer says that it cost, and by whom it was asked.
type paid struct {
	Errors     []refusal
	Extensions struct {
		Cost struct{ RequestedQueryCost, ActualQueryCost int }
		SQL  *struct {
			Statements   int
			Milliseconds float64
		}
	}
}

func (c *client) pay(query string, vars variables) paid {
	c.t.Helper()
	_, text := c.send(query, vars)
	var got paid
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		c.t.Fatalf("%v in %s", err, text)
	}
	return got
}

// Every list of the schema has a size, or the handler does not start.
func TestCosts_ofEveryList(t *testing.T) {
	t.Parallel()
	if problems := graph.CostProblems(schema); problems != "" {
		t.Error(problems)
	}
	for _, own := range []string{"type Query { a: [A!] } type A { b: Int }", "type Query { a: AConnection } type AConnection { nodes: [A] } type A { b: Int }"} {
		s := gqlparser.MustLoadSchema(&ast.Source{Input: own})
		if graph.CostProblems(s) == "" {
			t.Errorf("%s is found fit", own)
		}
	}
}

// What operations cost, and what they may not.
func TestCosts(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	id := db.NewID(db.KindPractitioner).String()
	for _, test := range []struct {
		query string
		vars  variables
		cost  int
	}{
		{`{ __typename }`, nil, 0},
		{`{ clinic { id name } }`, nil, 1},
		{`{ patients { totalCount } }`, nil, 2},
		{`{ patients { nodes { id } } }`, nil, 2 + 50},
		{`{ patients(first: 7) { nodes { id } pageInfo { endCursor } } }`, nil, 2 + 7 + 1},
		{`{ patients(last: 7) { edges { node { id } } } }`, nil, 2 + 7*2},
		{`query($n: Int) { patients(first: $n) { nodes { id } } }`, variables{"n": 100}, 2 + 100},
		{`query($n: Int = 3) { patients(first: $n) { nodes { id } } }`, nil, 2 + 3},
		{`query($n: Int) { patients(first: $n) { nodes { id } } }`, nil, 2 + 50},
		{`{ patients(first: 4) { nodes { appointments(first: 5) { nodes { practitioner { id } } } } } }`, nil, 2 + 4*(1+2+5*2)},
		{`{ patients(first: 4) { ...p } rooms(first: 3) { nodes { id } } } fragment p on PatientConnection { nodes { ...q ...q } } fragment q on Patient { primaryPractitioner { id } }`, nil, 2 + 4*(1+1+1) + 2 + 3},
		{`{ a: patients(first: 4) { ...p } b: patients(first: 40) { ...p } } fragment p on PatientConnection { nodes { id } }`, nil, 2 + 4 + 2 + 40},
		{`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, variables{"ids": []string{id, id, id}}, 3},
		{`{ nodes(ids: "` + id + `") { id } }`, nil, 1},
		{`{ patients(first: 2) { nodes { currentProblems { id } } } }`, nil, 2 + 2*(1+50)},
		{`{ schedule(range: {date: "2026-03-02"}) { columns { appointments { id } } } }`, nil, 20 + 1 + 50*(1+50)},
		{`query($a: [ID!], $b: [ID!]) { schedule(range: {date: "2026-03-02"}, practitionerIds: $a, roomIds: $b) { columns { appointments { id } } } }`,
			variables{"a": []string{id, id}, "b": []string{id}}, 20 + 1 + 3*(1+50)},
		{`{ searchPatients(query: "a", first: 5) { nodes { id } } }`, nil, 50 + 2 + 5},
		{`mutation { a: signOut { viewer { id } } b: signOut { viewer { id } } }`, nil, 2 * (10 + 2)},
		{`{ __schema { types { name } } }`, nil, 100},
	} {
		if got := c.pay(test.query, test.vars); got.Extensions.Cost.RequestedQueryCost != test.cost {
			t.Errorf("%s costs %d, not %d: %s", test.query, got.Extensions.Cost.RequestedQueryCost, test.cost, asJSON(got.Errors))
		}
	}
}

// An operation that may cost too much is refused, and is told where.
func TestCosts_areLimited(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	const nested = `query($n: Int, $m: Int) { rooms { nodes { id } } all: patients(first: $n) { nodes { ...p } } } fragment p on Patient { records: medicalRecords(first: $m) { nodes { id } } }`
	if got := c.pay(nested, variables{"n": 96, "m": 100}); got.Errors != nil || got.Extensions.Cost.RequestedQueryCost != 2+50+2+96*(1+2+100) {
		t.Errorf("got %s", asJSON(got))
	}
	_, text := c.post(nested, variables{"n": 100, "m": 100})
	const want = `{"errors":[{"message":"the operation is too large: ask for less of what the path leads to, with a smaller first or fewer ids, or for fewer fields below; it costs 10354",` +
		`"path":["all","nodes","records"],"extensions":{"allowed":10000,"code":"TOO_COMPLEX","cost":10354,"limit":"cost"}}]}`
	if text != want {
		t.Errorf("got %s", text)
	}
	for _, query := range []string{
		`{ appointments(first: 100) { nodes { patient { appointments(first: 100) { nodes { patient { appointments(first: 100) { nodes { id } } } } } } } } }`,
		`{ a: patients(first: 100) { ...f } b: patients(first: 100) { ...f } } fragment f on PatientConnection { nodes { appointments { nodes { id } } } }`,
		`{ nodes(ids: [` + strings.Repeat(`"`+db.NewID(db.KindPatient).String()+`" `, 100) + `]) { ... on Patient { appointments(first: 100) { nodes { id } } } } }`,
	} {
		if got := c.refused(query, nil); told(got) != "TOO_COMPLEX" || len(got[0].Path) == 0 {
			t.Errorf("%s: %s", query, asJSON(got))
		}
	}
	_, text = c.post(`{ schedule(range: {date: "2026-03-02"}, practitionerIds: ["`+db.NewID(db.KindPractitioner).String()+`"]) { columns { appointments { patient { appointments(first: 90) { nodes { id } } } } } } }`, nil)
	if !strings.Contains(text, `"limit":"items"`) || !strings.Contains(text, `"allowed":100000,"code":"TOO_COMPLEX"`) {
		t.Errorf("a busy calendar with much below each visit is answered %s", text)
	}
	for _, first := range []string{"0", "-5", "101", "2147483648", "9223372036854775807", "92233720368547758070", `"5"`} {
		if got := c.refused(`{ patients(first: `+first+`) { nodes { appointments(first: 100) { nodes { id } } } } }`, nil); got[0].Extensions.Code == "" || got[0].Extensions.Code == "INTERNAL" {
			t.Errorf("first: %s: %s", first, asJSON(got))
		}
	}
}

// The documents of our own pages, which are reviewed, may cost more, and not without end.
func TestCosts_ofOwnDocuments(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	lists := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " l%d: appointments(first: 100) { nodes { id } }", i)
		}
		return `{ patients(first: 100) { nodes {` + b.String() + ` } } }`
	}
	own := *c
	own.server = serve(t, c.db.DB, &own.actor, lists(1), lists(3), lists(4))
	for n, want := range map[int]string{3: "", 4: "TOO_COMPLEX"} { // 30,702 and 40,902
		if _, text := own.post(lists(n), nil); strings.Contains(text, "TOO_COMPLEX") != (want != "") {
			t.Errorf("%d lists of our own are answered %s", n, text)
		}
		if got := c.refused(lists(n), nil); told(got) != "TOO_COMPLEX" {
			t.Errorf("%d lists of somebody's are answered %s", n, told(got))
		}
	}
}

// What is asked for of lists within lists never becomes less by being more: sums and
// products do not overflow, and a size that is none counts as the largest.
func TestCosts_neverOverflow(t *testing.T) {
	t.Parallel()
	cost := 0
	for depth := 1; depth < 25; depth++ {
		text := `query($n: Int) { patients(first: $n) { nodes { ` + strings.Repeat(`appointments(first: $n) { nodes { patient { `, depth) + `id` + strings.Repeat(` } } }`, depth) + ` } } }`
		full := graph.CostOf(text, variables{"n": 100})
		if full < cost || full <= 0 {
			t.Fatalf("%d levels cost %d, one less %d", depth, full, cost)
		}
		cost = full
		for _, n := range []any{-1, 0, -1 << 62, 1 << 40, "-5", "1e9", 1.5, false} {
			if got := graph.CostOf(text, variables{"n": n}); got < full {
				t.Errorf("%d levels of %v items cost %d, of 100 %d", depth, n, got, full)
			}
		}
		twice := `query($n: Int) { ` + strings.Repeat(`...f `, 20) + `} fragment f on Query { a: patients(first: $n) { nodes { id } } ` + text[strings.Index(text, "patients"):]
		if got := graph.CostOf(twice, variables{"n": 100}); got < full {
			t.Errorf("twenty times %d levels cost %d, once %d", depth, got, full)
		}
	}
}

// What an answer cost is told in it: the objects that came, and never more than was
// asked for.
func TestCosts_areTold(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	for range 3 {
		newPatient(t, c.db, `B{"{\`)
	}
	for _, test := range []struct {
		query string
		cost  int
	}{
		{`{ patients { nodes { id familyName } pageInfo { endCursor } } }`, 1 + 1 + 3 + 1},
		{`{ clinic { name } }`, 1},
		{`mutation { signOut { viewer { id } } }`, 10},
		{`{ __schema { types { name } } }`, 100},
		{`{ patients(after: "x") { nodes { id } } }`, 1},
	} {
		if got := c.pay(test.query, nil).Extensions; got.Cost.ActualQueryCost != test.cost || got.SQL != nil {
			t.Errorf("%s cost %d, not %d", test.query, got.Cost.ActualQueryCost, test.cost)
		}
	}
	if got := c.pay(`{ nothing }`, nil).Extensions; got.Cost.RequestedQueryCost != 0 {
		t.Errorf("what is no operation costs %v", got)
	}
	for _, role := range auth.Roles {
		got := c.as(role).pay(`mutation { signOut { viewer { id } } }`, nil).Extensions
		if sees := role == auth.Admin || role == auth.Analyst; sees != (got.SQL != nil) {
			t.Errorf("%s is told %s", role, asJSON(got))
		}
	}
	if got := c.as(auth.Admin).pay(`{ rooms { nodes { id } totalCount } }`, nil).Extensions.SQL; got.Statements != 2 || got.Milliseconds <= 0 {
		t.Errorf("an administrator is told %s", asJSON(got))
	}
}

// The documents of the pages may cost more than those of others; few do.
func TestCosts_ofThePages(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("../web/src/gql/documents.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	mustUnmarshal(t, file, &texts)
	ids := make([]any, 50) // columns of a large clinic
	var dear string
	for _, text := range texts {
		switch cost := graph.CostOf(text, variables{"practitionerIds": ids, "first": 100}); {
		case cost > 40_000:
			t.Errorf("costs %d: %s", cost, text)
		case cost > 10_000 && !strings.Contains(text, "query DaySchedule"):
			t.Errorf("costs %d, more than others may: %s", cost, text)
		case cost > 10_000 && !strings.Contains(text, "@asOf"):
			dear = text
		}
	}
	c := newClient(t)
	c.server = serve(t, c.db.DB, &c.actor, dear)
	vars := variables{"date": "2026-03-02", "from": "2026-03-02T00:00:00Z", "until": "2026-03-03T00:00:00Z", "practitionerIds": make([]string, 50)}
	for i := range 50 {
		vars["practitionerIds"].([]string)[i] = db.NewID(db.KindPractitioner).String()
	}
	if _, text := c.send(dear, vars); strings.Contains(text, "TOO_COMPLEX") || !strings.Contains(text, `"requestedQueryCost":1`) {
		t.Errorf("our own is answered with %s", text)
	}
	if got := c.refused(dear+" # and not ours", vars); told(got) != "TOO_COMPLEX" {
		t.Errorf("another is answered with %s", asJSON(got))
	}
}

// BenchmarkLimits measures a document, and finds out what an operation costs, as is
// done with each that is not known and with each.
func BenchmarkLimits(b *testing.B) {
	for name, text := range map[string]string{"page": page, "introspection": introspection(9)} {
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			b.Fatal(err)
		}
		b.Run("extent of "+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				graph.CheckExtent(doc)
			}
		})
		cost := graph.Meter(text)
		b.Run("cost of "+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				cost(nil)
			}
		})
	}
	answer := []byte(strings.Repeat(`{"id":"01900000-0000-7000-8000-000000000000","displayName":"Nino \"Beridze\"","appointments":{"nodes":[]}},`, 650))
	b.Run(fmt.Sprintf("objects in %d bytes", len(answer)), func(b *testing.B) {
		for b.Loop() {
			graph.Objects(answer)
		}
	})
}
