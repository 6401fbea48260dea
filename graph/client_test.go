package graph_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
	"github.com/google/uuid"
)

// A client sends GraphQL to a server of its test's own.
type client struct {
	t      testing.TB
	db     *dbtest.Database
	server *httptest.Server
	actor  string
	header http.Header // says who acts, when it is not the system

	browser *http.Client // that keeps cookies; nil for one that does not
}

func newClient(t testing.TB) *client {
	t.Helper()
	d := dbtest.New(t)
	c := &client{t: t, db: d, actor: "tester"}
	c.server = serve(t, d.DB, &c.actor)
	return c
}

// serve starts the API over d for the actor, who is the system unless the
// request's headers say otherwise, with documents of its own pages.
func serve(t testing.TB, d *db.DB, actor *string, documents ...string) *httptest.Server {
	t.Helper()
	return serveAPI(t, graph.ForBrowsers(graph.Handler(d, graph.NewDocuments(documents, false))), actor)
}

func serveAPI(t testing.TB, api http.Handler, actor *string) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := auth.Actor{Name: *actor, Role: auth.System}
		if role := r.Header.Values("Role"); role != nil {
			a.Role = auth.Role(role[0])
		}
		if state, id, ok := strings.Cut(r.Header.Get("Glass"), " "); ok {
			closes := map[string]time.Duration{"open": time.Hour, "closed": -time.Second}[state]
			a.Glass = []auth.Glass{{ID: db.NewID(db.KindGlassAccess), PatientID: uuid.MustParse(id), ClosesAt: time.Now().Add(closes)}}
		}
		if id := r.Header.Get("Practitioner"); id != "" {
			a.PractitionerID = uuid.MustParse(id)
		}
		api.ServeHTTP(w, r.WithContext(auth.WithActor(r.Context(), a)))
	}))
	t.Cleanup(server.Close)
	return server
}

// in returns the client for a subtest.
func (c *client) in(t testing.TB) *client {
	sub := *c
	sub.t = t
	return &sub
}

// as returns the client of somebody with the role.
func (c *client) as(role auth.Role) *client {
	other := *c
	other.header = http.Header{"Role": {string(role)}}
	return &other
}

// behindGlass returns the client of an administrator who has broken the glass
// of a patient, which is open or closed again.
func (c *client) behindGlass(state string, of *db.Patient) *client {
	other := c.as(auth.Admin)
	other.header.Set("Glass", state+" "+of.ID.String())
	return other
}

// being returns the client of somebody who is the practitioner.
func (c *client) being(who *db.Practitioner) *client {
	other := *c
	other.header = c.header.Clone()
	other.header.Set("Practitioner", who.ID.String())
	return &other
}

type variables = map[string]any

// post sends a document and returns the answer with its body read, without what it
// cost, which is no part of what is asked.
func (c *client) post(query string, vars variables) (*http.Response, string) {
	c.t.Helper()
	response, text := c.send(query, vars)
	return response, costs.ReplaceAllString(text, "}")
}

var costs = regexp.MustCompile(`,"extensions":\{"cost":\{[^}]*\}(,"sql":\{[^}]*\})?\}\}$`)

// send sends a document and returns the whole answer.
func (c *client) send(query string, vars variables) (*http.Response, string) {
	c.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		c.t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.server.URL, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	maps.Copy(request.Header, c.header)
	request.Header.Set("Content-Type", "application/json")
	response, err := cmp.Or(c.browser, http.DefaultClient).Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(response.Body); err != nil {
		c.t.Fatal(err)
	}
	return response, strings.TrimSpace(text.String())
}

// ask returns the data of a document that must succeed.
func (c *client) ask(query string, vars variables) answer {
	c.t.Helper()
	_, text := c.post(query, vars)
	var got struct {
		Data   answer
		Errors []any
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil || got.Errors != nil {
		c.t.Fatalf("%s\nanswered %s", query, text)
	}
	return got.Data
}

// refused returns the errors of a document that must have some.
func (c *client) refused(query string, vars variables) []refusal {
	c.t.Helper()
	_, text := c.post(query, vars)
	var got struct{ Errors []refusal }
	if err := json.Unmarshal([]byte(text), &got); err != nil || len(got.Errors) == 0 {
		c.t.Fatalf("%s\nwas not refused but answered %s", query, text)
	}
	return got.Errors
}

// A refusal is one error of an answer.
type refusal struct {
	Message    string
	Path       []any
	Extensions struct {
		Code          string
		Kind          string
		NextFree      []db.FreeTime
		OperationID   string
		Fields        []db.Problem
		Current       answer
		ChangedFields []string
		Denied        []string
		RetryAfter    int
		Candidates    []struct {
			PatientID string
			Score     int
			Reasons   []string
		}
	}
}

// An answer is the data of an answer, or a part of it.
type answer map[string]any

// at returns what the path of names and positions leads to: "patients.nodes.0.id".
func (a answer) at(path string) any {
	var v any = map[string]any(a)
	for _, step := range strings.Split(path, ".") {
		switch inner := v.(type) {
		case map[string]any:
			v = inner[step]
		case []any:
			i := 0
			for _, r := range step {
				i = i*10 + int(r-'0')
			}
			if i >= len(inner) {
				return nil
			}
			v = inner[i]
		default:
			return nil
		}
	}
	return v
}

func (a answer) text(path string) string {
	s, _ := a.at(path).(string)
	return s
}

func (a answer) number(path string) int {
	f, _ := a.at(path).(float64)
	return int(f)
}

// json writes v in one line, with the keys of objects in order.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// A result is a whole answer.
type result struct {
	Data   answer
	Errors []refusal
}

func parse(t testing.TB, text string) result {
	t.Helper()
	var got result
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return got
}

// count returns the number that a query selects.
func (c *client) count(query string) (n int) {
	c.t.Helper()
	if err := c.db.SQL.Get(&n, query); err != nil {
		c.t.Fatal(err)
	}
	return n
}

// mustDo ends t when a verb fails.
func mustDo(t testing.TB) func(_ any, err error) {
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// run runs a statement as the owner of the database.
func (c *client) run(statement string, args ...any) {
	c.t.Helper()
	if _, err := c.db.SQL.Exec(statement, args...); err != nil {
		c.t.Fatalf("%v in %s", err, statement)
	}
}
