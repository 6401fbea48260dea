package graph_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

const (
	saveQuery    = `mutation($input: SaveQueryInput!) { saveQuery(input: $input) { savedQuery { id version name document variables } savedQueryEdge { cursor node { name } } } }`
	updateQuery  = `mutation($input: UpdateSavedQueryInput!) { updateSavedQuery(input: $input) { savedQuery { version name description document variables isShared } } }`
	deleteQuery  = `mutation($id: ID!, $version: Int!) { deleteSavedQuery(input: {savedQueryId: $id, expectedVersion: $version}) { deletedSavedQueryId } }`
	readQuery    = `query($id: ID!) { savedQuery(id: $id) { name description document owner { displayName } } node(id: $id) { ... on SavedQuery { name document variables } } }`
	aQuery       = `query Visits($first: Int) { viewer { displayName } savedQueries(first: $first) { nodes { id } } }`
	namesOfMine  = `{ savedQueries { totalCount nodes { name } } }`
	identifying  = "+995599123456"
	nobodysQuery = `{"node":null,"savedQuery":null}`
)

// save keeps a query and returns its id.
func (c *client) save(input variables) string {
	c.t.Helper()
	whole := variables{"name": uuid.NewString(), "document": aQuery}
	maps.Copy(whole, input)
	return c.ask(saveQuery, variables{"input": whole}).text("saveQuery.savedQuery.id")
}

func TestSavedQueries(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nino, other := h.employ("nino", auth.Receptionist), h.employ("other", auth.Receptionist)
	t.Run("are kept, changed and dropped by who keeps them", func(t *testing.T) {
		got := nino.in(t).ask(saveQuery, variables{"input": variables{"name": "B", "document": " " + aQuery + "\n", "variables": variables{"first": 5, "more": variables{"a": []int{1}}}}})
		if saved := asJSON(got.at("saveQuery.savedQuery")); !strings.Contains(saved, asJSON(aQuery)) || !strings.Contains(saved, `"variables":{"first":5,"more":{"a":[1]}},"version":1`) {
			t.Errorf("got %s", saved)
		}
		id := got.text("saveQuery.savedQuery.id")
		nino.in(t).save(variables{"name": "A"})
		if got := asJSON(nino.in(t).ask(namesOfMine, nil)); got != `{"savedQueries":{"nodes":[{"name":"A"},{"name":"B"}],"totalCount":2}}` {
			t.Errorf("got %s", got)
		}
		after := nino.in(t).ask(`query($after: String) { savedQueries(first: 1, after: $after) { nodes { name } } }`, variables{"after": nino.in(t).ask(`{ savedQueries(first: 1) { pageInfo { endCursor } } }`, nil).text("savedQueries.pageInfo.endCursor")})
		if name := after.text("savedQueries.nodes.0.name"); name != "B" {
			t.Errorf("after A comes %q", name)
		}
		if got := asJSON(nino.in(t).ask(updateQuery, variables{"input": variables{"savedQueryId": id, "expectedVersion": 1, "description": "d", "variables": nil, "isShared": true}})); got !=
			`{"updateSavedQuery":{"savedQuery":{"description":"d","document":`+asJSON(aQuery)+`,"isShared":true,"name":"B","variables":{},"version":2}}}` {
			t.Errorf("got %s", got)
		}
		same := nino.in(t).ask(updateQuery, variables{"input": variables{"savedQueryId": id, "expectedVersion": 2, "description": "d", "variables": variables{}}})
		if v := same.number("updateSavedQuery.savedQuery.version"); v != 2 {
			t.Errorf("a change of nothing makes version %d", v)
		}
		stale := nino.in(t).refused(updateQuery, variables{"input": variables{"savedQueryId": id, "expectedVersion": 1, "name": "C"}})
		if e := stale[0].Extensions; e.Code != "VERSION_CONFLICT" || !slices.Contains(e.ChangedFields, "description") || e.Current.text("name") != "B" || asJSON(e.Current.at("variables")) != "{}" {
			t.Errorf("got %+v", stale)
		}
		if got := told(nino.in(t).refused(deleteQuery, variables{"id": id, "version": 1})); got != "VERSION_CONFLICT" {
			t.Errorf("got %s", got)
		}
		if got := nino.in(t).ask(deleteQuery, variables{"id": id, "version": 2}).text("deleteSavedQuery.deletedSavedQueryId"); got != id {
			t.Errorf("got %s", got)
		}
		if got := asJSON(nino.in(t).ask(readQuery, variables{"id": id})); got != nobodysQuery {
			t.Errorf("a deleted one is %s", got)
		}
		if got := told(nino.in(t).refused(deleteQuery, variables{"id": id, "version": 2})); got != "NOT_FOUND" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("are others' only when they are shared, and never to change", func(t *testing.T) {
		id := nino.in(t).save(nil)
		if got := asJSON(other.in(t).ask(readQuery, variables{"id": id})); got != nobodysQuery {
			t.Errorf("another's is %s", got)
		}
		for name, query := range map[string]string{"a change": updateQuery, "a deletion": deleteQuery} {
			vars := variables{"input": variables{"savedQueryId": id, "expectedVersion": 1, "name": "mine"}, "id": id, "version": 1}
			if got := told(other.in(t).refused(query, vars)); got != "NOT_FOUND" {
				t.Errorf("%s of another's is answered %s", name, got)
			}
		}
		nino.in(t).ask(updateQuery, variables{"input": variables{"savedQueryId": id, "expectedVersion": 1, "isShared": true}})
		if got := other.in(t).ask(readQuery, variables{"id": id}); got.text("savedQuery.owner.displayName") != "nino" || got.text("node.document") != aQuery {
			t.Errorf("a shared one is %s", asJSON(got))
		}
		for name, query := range map[string]string{"a change": updateQuery, "a deletion": deleteQuery} {
			vars := variables{"input": variables{"savedQueryId": id, "expectedVersion": 2, "name": "mine"}, "id": id, "version": 2}
			if got := other.in(t).refused(query, vars); told(got) != "INVALID input.savedQueryId NOT_ALLOWED_NOW" {
				t.Errorf("%s of a shared one is answered %s", name, told(got))
			}
		}
		if got := other.in(t).ask(namesOfMine, nil).number("savedQueries.totalCount"); got != 0 {
			t.Errorf("%d of others are on the list", got)
		}
	})
	t.Run("have a name once for each who keeps them, and 500 at most", func(t *testing.T) {
		lela := h.employ("lela", auth.Nurse).in(t)
		lela.save(variables{"name": "Once"})
		got := lela.refused(saveQuery, variables{"input": variables{"name": "Once", "document": aQuery}})
		if told(got) != "INVALID input.name NOT_UNIQUE" {
			t.Errorf("got %+v", got)
		}
		other.in(t).save(variables{"name": "Once"})
		h.run(`INSERT INTO saved_queries (id, user_id, name, document, written_as)
			SELECT overlay(id::text PLACING lpad(to_hex(n), 8, '0') FROM 1)::uuid, user_id, n::text, document, written_as FROM saved_queries, generate_series(1, 498) n
			WHERE user_id = (SELECT id FROM users WHERE login_name = 'lela')`)
		last := lela.save(nil)
		if got := told(lela.refused(saveQuery, variables{"input": variables{"name": "One more", "document": aQuery}})); got != "CONFLICT" {
			t.Errorf("the 501st is answered %s", got)
		}
		lela.ask(deleteQuery, variables{"id": last, "version": 1})
		lela.save(nil)
	})
	t.Run("are audited without their texts", func(t *testing.T) {
		id := nino.in(t).save(variables{"name": "Audited", "description": identifying, "variables": variables{"a": identifying}})
		admin := h.employ("admin", auth.Admin)
		got := asJSON(admin.in(t).ask(`query($id: ID!) { auditLog(where: {subjectId: {eq: $id}}) { nodes { kind actor subjectType fields changes { field } } } }`, variables{"id": id}))
		if !strings.Contains(got, `"actor":"nino","changes":null,"fields":["SavedQuery.description","SavedQuery.document"`) || strings.Contains(got, identifying) {
			t.Errorf("got %s", got)
		}
	})
	t.Run("are a matter of now", func(t *testing.T) {
		id := nino.in(t).save(nil)
		for _, c := range []*client{nino.client, h.employ("manager", auth.Admin).client} {
			nino.in(t).run("UPDATE saved_queries SET is_shared = true, written_as = '{ANALYST}' WHERE id = $1", id)
			got := c.in(t).ask(`query($id: ID!) @asOf(at: "2026-01-01T00:00:00Z") { savedQuery(id: $id) { document owner { id } } node(id: $id) { id } savedQueries { totalCount } }`, variables{"id": id})
			if got.text("savedQuery.document") != aQuery || got.text("node.id") != id || got.text("savedQuery.owner.id") == "" {
				t.Errorf("in the past it is %s", asJSON(got))
			}
		}
	})
	t.Run("are of users", func(t *testing.T) {
		if got := told(newClient(t).refused(saveQuery, variables{"input": variables{"name": "n", "document": aQuery}})); got != "INVALID input.name NOT_ALLOWED_NOW" {
			t.Errorf("the server itself is answered %s", got)
		}
		plain := *h.client
		if got := told(plain.in(t).refused(namesOfMine, nil)); got != "UNAUTHENTICATED" {
			t.Errorf("nobody is answered %s", got)
		}
	})
}

// What is kept fits the schema, is one query, and has values of some size; what is wrong
// is said with its place.
func TestSavedQueries_refuse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	good := nino.save(nil)
	for document, want := range map[string]string{
		"":                                       "TOO_SHORT",
		"  ":                                     "TOO_SHORT",
		"{":                                      "BAD_FORMAT",
		"query { nothing }\n\n{ a }":             "BAD_FORMAT",
		"{ viewer { nothing } }":                 "BAD_FORMAT",
		"mutation { signOut { viewer { id } } }": "NOT_ALLOWED_NOW",
		"subscription { patientChanged { kind } }":                           "NOT_ALLOWED_NOW",
		"query A { viewer { id } } query B { __typename }":                   "NOT_ALLOWED_NOW",
		"query A { viewer { id } } mutation B { signOut { viewer { id } } }": "NOT_ALLOWED_NOW",
		"fragment A on Viewer { id }":                                        "BAD_FORMAT",
		"query($id: ID!) { viewer { id } }":                                  "BAD_FORMAT", // a variable that nothing uses
		deep(13):                                                             "TOO_LONG",
		"{ " + strings.Repeat("viewer { id } ", 400) + "}":                   "TOO_LONG",
		"{ viewer { id } } #" + strings.Repeat("x", 20_000):                  "TOO_LONG",
	} {
		for name, errs := range map[string][]refusal{
			"saved":   nino.refused(saveQuery, variables{"input": variables{"name": "n", "document": document}}),
			"changed": nino.refused(updateQuery, variables{"input": variables{"savedQueryId": good, "expectedVersion": 1, "document": document}}),
		} {
			if !strings.HasPrefix(told(errs), "INVALID input.document "+want) {
				t.Errorf("%.60q is %s with %+v, not %s", document, name, errs, want)
			}
		}
	}
	if got := nino.refused(saveQuery, variables{"input": variables{"name": "n", "document": "{\n  viewer { nothing }\n}"}}); !strings.Contains(got[0].Message, `line 2, column 12: Cannot query field "nothing"`) {
		t.Errorf("got %s", got[0].Message)
	}
	for what, vars := range map[string]any{
		"a list": []int{1}, "a text": "{}", "a number": 1, "9 KiB": variables{"a": strings.Repeat("x", 9<<10)}, "a NUL": variables{"a": "\x00"},
	} {
		if got := nino.refused(saveQuery, variables{"input": variables{"name": "n", "document": aQuery, "variables": vars}}); !strings.HasPrefix(told(got), "INVALID input.variables ") {
			t.Errorf("%s is answered %+v", what, got)
		}
	}
	for _, field := range []string{"name", "document", "isShared"} {
		if got := nino.refused(updateQuery, variables{"input": variables{"savedQueryId": good, "expectedVersion": 1, field: nil}}); told(got) != "INVALID input."+field+" REQUIRED" {
			t.Errorf("%s: null is answered %+v", field, got)
		}
	}
	if n := h.count("SELECT count(*) FROM saved_queries"); n != 1 {
		t.Errorf("%d are kept", n)
	}
}

// A shared query opens to who may see what the roles may in which it was written: what
// somebody wrote in it of a patient is not told to who may not know.
func TestSavedQueries_walls(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	staff := map[auth.Role]*colleague{}
	for _, role := range auth.Roles {
		staff[role] = h.employ(strings.ToLower(string(role)), role)
	}
	for owner, open := range map[auth.Role][]auth.Role{
		auth.Admin:        auth.Roles,
		auth.Doctor:       {auth.Doctor, auth.Nurse},
		auth.Nurse:        {auth.Doctor, auth.Nurse},
		auth.Receptionist: {auth.Doctor, auth.Nurse, auth.Receptionist},
		auth.Analyst:      auth.Roles,
	} {
		id := staff[owner].save(variables{"description": identifying, "document": aQuery + " # " + identifying, "isShared": true, "variables": variables{"note": identifying}})
		for _, role := range auth.Roles {
			_, text := staff[role].post(readQuery, variables{"id": id})
			if isOpen := strings.Contains(text, identifying); isOpen != slices.Contains(open, role) {
				t.Errorf("what %s shared is told to %s: %v", owner, role, isOpen)
			}
			if !slices.Contains(open, role) && text != `{"data":{"savedQuery":null,"node":null}}` {
				t.Errorf("%s is answered %s", role, text)
			}
		}
	}
	// Whose role sees less than it did no longer has what they wrote in the other one, and
	// what two roles wrote is for who sees what both do.
	mover := h.employ("mover", auth.Receptionist)
	old, shared := mover.save(variables{"document": aQuery + " # " + identifying}), mover.save(variables{"isShared": true})
	become := func(role auth.Role) {
		h.run("UPDATE users SET role = $1 WHERE login_name = 'mover'", role)
		h.db.Forget()
	}
	become(auth.Doctor)
	mover.ask(updateQuery, variables{"input": variables{"savedQueryId": shared, "expectedVersion": 1, "description": identifying}})
	become(auth.Analyst)
	for _, query := range []string{`{ savedQueries { nodes { document description } } }`, `query { savedQuery(id: "` + old + `") { document } nodes(ids: ["` + old + `", "` + shared + `"]) { id } }`} {
		if _, text := mover.post(query, nil); strings.Contains(text, identifying) || strings.Contains(text, old) {
			t.Errorf("an analyst who was a receptionist reads %s", text)
		}
	}
	if got := told(mover.refused(updateQuery, variables{"input": variables{"savedQueryId": shared, "expectedVersion": 2, "name": "x"}})); got != "NOT_FOUND" {
		t.Errorf("and is answered %s", got)
	}
	if _, text := staff[auth.Receptionist].post(readQuery, variables{"id": shared}); strings.Contains(text, identifying) {
		t.Errorf("a receptionist reads what a doctor added: %s", text)
	}
	// A repeat of a write tells no more than the query would.
	const repeated = `mutation($input: UpdateSavedQueryInput!) { updateSavedQuery(input: $input) @idempotent(key: "the same key") { savedQuery { document } } }`
	become(auth.Receptionist)
	input := variables{"input": variables{"savedQueryId": old, "expectedVersion": 1, "name": "renamed"}}
	mover.ask(repeated, input)
	mover.ask(repeated, input)
	become(auth.Analyst)
	if _, text := mover.post(repeated, input); strings.Contains(text, identifying) || !strings.Contains(text, "NOT_FOUND") {
		t.Errorf("a repeat is answered %s", text)
	}
}
