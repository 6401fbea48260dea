package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

// trouble is an API whose database keeps what is asked of a table waiting.
type trouble struct{ *client }

func newTrouble(t *testing.T, table string, api func(*dbtest.Database) http.Handler) *trouble {
	t.Helper()
	c := newClient(t)
	c.server = serveAPI(t, api(c.db), &c.actor)
	for _, name := range []string{"Beridze", "Kapanadze"} {
		patient := newPatient(t, c.db, name)
		newAppointment(t, c.db, patient, newPractitioner(t, c.db, name), len(name))
	}
	c.ask(`{ patients { nodes { id } } }`, nil) // reads the key of cursors, once for a server
	blocker, err := c.db.SQL.BeginTxx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blocker.Rollback() })
	blocker.MustExec("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE")
	return &trouble{c}
}

// waiting returns which statements wait, each as where it runs and in which transaction.
func (c *trouble) waiting() (all []string) {
	c.t.Helper()
	err := c.db.SQL.Select(&all, "SELECT pid || ' ' || virtualtransaction FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() AND NOT granted")
	if err != nil {
		c.t.Error(err)
	}
	return all
}

// during answers a query while each statement that waits is ended by a function of
// Postgres, and says how many there were.
func (c *trouble) during(end, query string) (text string, ended int) {
	c.t.Helper()
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		_, text = c.post(query, nil)
	}()
	seen := map[string]bool{}
	for {
		for _, statement := range c.waiting() {
			if !seen[statement] {
				seen[statement] = true
				c.run("SELECT "+end+"(split_part($1, ' ', 1)::int)", statement)
			}
		}
		select {
		case <-answered:
			return operationIDs.ReplaceAllString(text, ""), len(seen)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

var operationIDs = regexp.MustCompile(`,"operationId":"[^"]*"`)

// When the database cannot answer a query, nothing of it is asked for again, nor more of
// it: whoever asked is told at once, in the words and places of the resolvers.
func TestPlans_askNothingAgain(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]struct {
		table, end, code string
		asks             int // at most
		query            string
	}{
		"a list that takes too long": {"patients", "pg_cancel_backend", "TIMED_OUT", 1,
			`{ patients { nodes { familyName appointments { totalCount } } } }`},
		"what hangs on rows takes too long": {"appointments", "pg_cancel_backend", "TIMED_OUT", 1,
			`{ rooms { nodes { name } } patients { totalCount nodes { familyName appointments { totalCount nodes { id } } } } }`},
		"beside what can be null": {"appointments", "pg_cancel_backend", "TIMED_OUT", 1,
			`{ patients { nodes { familyName lastVisit { startsAt } nextAppointment { startsAt } } } }`},
		"a connection that is lost": {"appointments", "pg_terminate_backend", "UNAVAILABLE", 3, // database/sql tries a statement on three connections
			`{ rooms { nodes { name } } patients { nodes { familyName appointments { totalCount nodes { id } } } } }`},
		"in the past": {"history.appointments", "pg_cancel_backend", "TIMED_OUT", 1,
			`query @asOf(at: "2026-03-01T09:00:00Z") { appointments { totalCount nodes { id } } }`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var api http.Handler
			byPlan := newTrouble(t, of.table, func(d *dbtest.Database) http.Handler { api = graph.Handler(d.DB, nil); return api })
			got, asked := byPlan.during(of.end, of.query)
			if ran, others := graph.RanByPlan(api); ran != 1 || others != 1 {
				t.Errorf("%d were answered by their plans, %d were not", ran, others)
			}
			resolvers := newTrouble(t, of.table, func(d *dbtest.Database) http.Handler { return graph.ByResolvers(graph.Handler(d.DB, nil)) })
			want, _ := resolvers.during(of.end, of.query)
			if told := parse(t, want); len(told.Errors) == 0 || told.Errors[0].Extensions.Code != of.code {
				t.Fatalf("resolvers answered %s", want)
			}
			if got, want := inOrder(t, got), inOrder(t, want); got != want {
				t.Errorf("got  %s\nnot  %s", got, want)
			}
			if asked < 1 || asked > of.asks {
				t.Errorf("the database was asked %d times, not %d", asked, of.asks)
			}
		})
	}
}

// A client that hangs up has what is asked for them ended, by plans and by resolvers, long
// before the database would end it.
func TestPlans_stopForWhoHangsUp(t *testing.T) {
	t.Parallel()
	const query = `{ patients { totalCount nodes { familyName appointments { totalCount nodes { id } } } } }`
	for name, by := range map[string]struct {
		serve func(http.Handler) http.Handler
		asks  string // so much at once
	}{
		"by a plan":    {func(api http.Handler) http.Handler { return api }, "1 wait"},
		"by resolvers": {graph.ByResolvers, "2 wait"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newTrouble(t, "appointments", func(d *dbtest.Database) http.Handler { return by.serve(graph.Handler(patientOf(t, d), nil)) })
			ctx, hangUp := context.WithCancel(t.Context())
			request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.server.URL, strings.NewReader(asJSON(variables{"query": query})))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Content-Type", "application/json")
			var hasEnded sync.WaitGroup
			hasEnded.Go(func() {
				if response, err := http.DefaultClient.Do(request); err == nil {
					response.Body.Close()
					t.Errorf("it was answered %s", response.Status)
				}
			})
			soon(t, by.asks, func() string { return fmt.Sprintf("%d wait", len(c.waiting())) })
			hangUp()
			hasEnded.Wait()
			soon(t, "[]", func() string {
				var run []string
				err := c.db.SQL.Select(&run, "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()")
				if err != nil {
					return err.Error()
				}
				return fmt.Sprint(run)
			})
		})
	}
}

// patientOf returns the record over connections on which the database waits for a minute.
func patientOf(t *testing.T, d *dbtest.Database) *db.DB {
	t.Helper()
	u, err := url.Parse(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("lock_timeout", "60000")
	q.Set("statement_timeout", "60000")
	u.RawQuery = q.Encode()
	patient, err := db.Open(u.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = patient.Close() })
	return patient
}

// inOrder returns an answer with its errors in the order of their paths.
func inOrder(t *testing.T, text string) string {
	t.Helper()
	var got struct {
		Data   any
		Errors []any
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	slices.SortFunc(got.Errors, func(a, b any) int { return strings.Compare(asJSON(a), asJSON(b)) })
	return asJSON(got)
}
