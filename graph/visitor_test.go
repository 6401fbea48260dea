package graph_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

// A visitor comes to a server by its gate, as a page in a browser does, and
// keeps the cookies that it is given.
type visitor struct {
	*client
	jar http.CookieJar
}

// newVisitor starts a server over d and returns somebody who is not signed in.
func newVisitor(t testing.TB, d *dbtest.Database) *visitor {
	t.Helper()
	return newVisitorAt(t, d, newReplica(t, d.DB))
}

// newReplica starts one of the servers over a database, with a gate of its own.
func newReplica(t testing.TB, d *db.DB, proxies ...netip.Prefix) *httptest.Server {
	t.Helper()
	gate := &auth.Gate{Find: d.Find, Refuse: graph.Refuse, TrustedProxies: proxies}
	d.Forget = gate.Forget
	server := httptest.NewUnstartedServer(graph.ForBrowsers(gate.Handler(graph.Handler(d, nil))))
	server.Config.MaxHeaderBytes = 64 << 10 // as the server sets it
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// newVisitorAt returns somebody who is not signed in, at a server that runs.
func newVisitorAt(t testing.TB, d *dbtest.Database, server *httptest.Server) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{"Graphql-Require-Preflight": {"1"}}
	return &visitor{&client{t: t, db: d, server: server, header: header, browser: &http.Client{Jar: jar}}, jar}
}

// in returns the visitor for a subtest.
func (v *visitor) in(t testing.TB) *visitor { return &visitor{v.client.in(t), v.jar} }

// another returns somebody else at the same server, who is not signed in.
func (v *visitor) another() *visitor { return newVisitorAt(v.t, v.db, v.server) }

// at returns somebody who has the same cookies and headers at another server.
func (v *visitor) at(server *httptest.Server) *visitor {
	v.t.Helper()
	other := newVisitorAt(v.t, v.db, server)
	other.header = v.header.Clone()
	other.jar.SetCookies(v.address(), v.jar.Cookies(v.address())) // cookies know no ports
	return other
}

// copied returns somebody who has stolen the cookies.
func (v *visitor) copied() *visitor { return v.at(v.server) }

// bearing returns a program at the same server that sends a token.
func (v *visitor) bearing(token string) *visitor {
	other := v.another()
	other.header = http.Header{"Authorization": {"Bearer " + token}}
	return other
}

// from returns somebody else at the same server whom a proxy says to come from
// an address.
func (v *visitor) from(address string) *visitor {
	other := v.another()
	other.header.Set("X-Forwarded-For", address)
	return other
}

func (v *visitor) address() *url.URL {
	address, err := url.Parse(v.server.URL)
	if err != nil {
		v.t.Fatal(err)
	}
	return address
}

// session returns the token of the visitor's session, "" without one.
func (v *visitor) session() string {
	for _, c := range v.jar.Cookies(v.address()) {
		if c.Name == "clinicql_session" {
			return c.Value
		}
	}
	return ""
}

const signIn = `mutation($name: String!, $password: String!) {
	signIn(input: {loginName: $name, password: $password}) { viewer { loginName } challenge { token expiresAt } } }`

// signedIn returns somebody else at the same server, who has signed in.
func (v *visitor) signedIn(name string) *visitor {
	v.t.Helper()
	other := v.another()
	other.signIn(name, password)
	return other
}

// signIn gives the visitor a session.
func (v *visitor) signIn(name, password string) {
	v.t.Helper()
	if got := v.ask(signIn, variables{"name": name, "password": password}).text("signIn.viewer.loginName"); got != name {
		v.t.Fatalf("%q is signed in, not %s", got, name)
	}
}

// tries returns what comes of a sign-in: a login name, "a code is asked for", or
// what it is refused with.
func (v *visitor) tries(name, password string) string {
	v.t.Helper()
	return v.does(signIn, variables{"name": name, "password": password}, func(a answer) string {
		if a.text("signIn.challenge.token") != "" {
			return "a code is asked for"
		}
		return a.text("signIn.viewer.loginName")
	})
}

// who returns whom the server takes the visitor for, "nino DOCTOR", "nobody", or
// what it refuses them with.
func (v *visitor) who() string {
	v.t.Helper()
	return v.does(`{ viewer { loginName role } }`, nil, func(a answer) string {
		if a.at("viewer") == nil {
			return "nobody"
		}
		return a.text("viewer.loginName") + " " + a.text("viewer.role")
	})
}

// does returns what a document is refused with, or else what say makes of its
// answer, "done" where nobody says anything.
func (v *visitor) does(query string, vars variables, say func(answer) string) string {
	v.t.Helper()
	_, text := v.post(query, vars)
	got := parse(v.t, text)
	if len(got.Errors) > 0 {
		return told(got.Errors)
	}
	if say == nil {
		return "done"
	}
	return say(got.Data)
}

// told writes errors in a line: "INVALID input.code WRONG_SECRET".
func told(errors []refusal) string {
	parts := []string{}
	for _, e := range errors {
		parts = append(parts, e.Extensions.Code)
		for _, p := range e.Extensions.Fields {
			parts = append(parts, db.PathText(p.Path), string(p.Code))
		}
	}
	return strings.Join(parts, " ")
}

// change runs a statement that no verb offers, such as one that moves time, and
// has the server forget whom it knows.
func (v *visitor) change(statement string, args ...any) {
	v.t.Helper()
	result, err := v.db.SQL.Exec(statement, args...)
	if err != nil {
		v.t.Fatal(err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		v.t.Fatalf("%s changed nothing (%v)", statement, err)
	}
	v.db.Forget()
}

// everything returns each table's rows as text, in which a bytea is hexadecimal.
func everything(t testing.TB, d *dbtest.Database) map[string]string {
	t.Helper()
	var tables []string
	if err := d.SQL.Select(&tables, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, table := range tables {
		var rows []string
		if err := d.SQL.Select(&rows, "SELECT to_jsonb(t)::text FROM "+table+" t"); err != nil {
			t.Fatal(err)
		}
		found[table] = strings.Join(rows, "\n")
	}
	return found
}

// holding returns the names of the tables that hold any of the texts, sorted.
func holding(tables map[string]string, texts ...string) []string {
	names := []string{}
	for name, rows := range tables {
		if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(rows, text) }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// events returns the entries of the audit that are no change of a row, oldest
// first: "nino SIGNED_IN", with the fields and the reason where there are any.
func events(t testing.TB, d *dbtest.Database) []string {
	t.Helper()
	found := []string{}
	err := d.SQL.Select(&found, `
		SELECT concat_ws(' ', actor, kind, nullif(array_to_string(fields, ','), ''), reason)
		FROM audit_entries
		WHERE kind NOT IN ('CREATED', 'UPDATED', 'DELETED')
		ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// soon waits until is returns want, and says how long it took. What a server
// remembers it remembers for half a second (auth/gate_memory.go); a machine that
// is busy with other things takes longer to ask.
func soon(t testing.TB, want string, is func() string) time.Duration {
	t.Helper()
	for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		got := is()
		took := time.Since(start)
		if got == want {
			return took
		}
		if took > 10*time.Second {
			t.Errorf("after %v it is %q still, not %q", took, got, want)
			return took
		}
	}
}

// atOnce runs n functions at the same time and returns how often each thing was said.
func atOnce(n int, do func(i int) string) map[string]int {
	said := make(chan string, n)
	start := make(chan struct{})
	for i := range n {
		go func() {
			<-start
			said <- do(i)
		}()
	}
	close(start)
	counts := map[string]int{}
	for range n {
		counts[<-said]++
	}
	return counts
}
