package graph_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
	"net/http"
)

// newOwnClient is a client of an API that answers somebody with the role.
func newOwnClient(t *testing.T, role auth.Role, api func(d *db.DB) http.Handler) *client {
	t.Helper()
	d := dbtest.New(t)
	next := api(d.DB)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(auth.WithActor(r.Context(), auth.Actor{Name: "nino", Role: role, UserID: db.NewID(db.KindUser)})))
	}))
	t.Cleanup(server.Close)
	return &client{t: t, db: d, server: server}
}

// What takes too long is ended, and said to have taken too long.
func TestTime_isLimited(t *testing.T) {
	t.Parallel()
	c := newOwnClient(t, auth.Receptionist, func(d *db.DB) http.Handler { return graph.Impatient(graph.Handler(d, nil), 300*time.Millisecond) })
	const query = `{ clinic { name } rooms { totalCount } }`
	c.ask(query, nil)
	blocker, err := c.db.SQL.BeginTxx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = blocker.Rollback() }()
	blocker.MustExec("LOCK TABLE rooms IN ACCESS EXCLUSIVE MODE")
	for _, text := range []string{query, `mutation { a: createRoom(input: {name: "1"}) { room { id } } b: createRoom(input: {name: "2"}) { room { id } } }`} {
		_, answer := c.post(text, nil)
		if got := parse(t, answer); len(got.Errors) == 0 || got.Errors[0].Extensions.Code != "TIMED_OUT" || !strings.Contains(got.Errors[0].Message, "too long") {
			t.Errorf("%s: %s", text, answer)
		}
	}
	_ = blocker.Rollback()
	c.ask(query, nil)
}

// A server can be told to tell nobody of its schema.
func TestIntrospection_canBeTakenAway(t *testing.T) {
	t.Parallel()
	c := newOwnClient(t, auth.Admin, func(d *db.DB) http.Handler { return graph.Discreet(graph.Handler(d, nil)) })
	for _, query := range []string{introspection(7), `{ __type(name: "Clinic") { name } }`, `{ ...f } fragment f on Query { ... { a: __type(name: "Clinic") { name } } }`} {
		if got := c.refused(query, nil); told(got) != "FORBIDDEN" {
			t.Errorf("%.40s: %s", query, told(got))
		}
	}
	c.ask(`{ __typename clinic { __typename name } }`, nil)
	if ids := asJSON(c.ask(`{ exampleQueries { id } }`, nil)); strings.Contains(ids, "ask-the-schema") || !strings.Contains(ids, "clinic") {
		t.Errorf("the examples are %s", ids)
	}
}
