package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
	"github.com/clinicql/clinicql/web"
)

// scraped is what Prometheus is told.
func scraped(t *testing.T, s *server) string {
	t.Helper()
	w := httptest.NewRecorder()
	s.metrics.handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func wantMetrics(t *testing.T, text string, patterns ...string) {
	t.Helper()
	for _, p := range patterns {
		if !regexp.MustCompile(`(?m)^` + p + `$`).MatchString(text) {
			t.Errorf("there is no %s in\n%s", p, regexp.MustCompile(`(?m)^(#|go_|process_|\S+_bucket).*\n`).ReplaceAllString(text, ""))
		}
	}
}

// Operations are counted by what they are and how they ended, and nothing that a
// client wrote is told.
func TestMetrics(t *testing.T) {
	t.Parallel()
	s := newServer(dbtest.New(t).DB, "", &ServeConfig{})
	s.health.look(t.Context())
	s.health.migrated.Store(true)
	routes := s.routes()
	send := func(body map[string]any) {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", strings.NewReader(string(text)))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("GraphQL-Require-Preflight", "1")
		routes.ServeHTTP(httptest.NewRecorder(), r)
	}
	own := web.Documents()[0]
	send(map[string]any{"query": own})
	send(map[string]any{"query": `query Beridze { viewer { loginName } }`})
	send(map[string]any{"query": `query Beridze { viewer { loginName } }`})
	send(map[string]any{"query": `{ patients { nodes { id } } }`})
	send(map[string]any{"query": `mutation { nino: signIn(input: {loginName: "nino", password: "wrong password"}) { viewer { loginName } } __typename }`})
	send(map[string]any{"query": `{ beridze }`})
	send(map[string]any{"query": ``})
	got := scraped(t, s)
	name := regexp.MustCompile(`(?:query|mutation|subscription) (\w+)`).FindStringSubmatch(own)[1]
	wantMetrics(t, got,
		`clinicql_operations_total\{code="[A-Z_]+",operation="`+name+`",type="(query|mutation|subscription)"\} 1`,
		`clinicql_operations_total\{code="OK",operation="sha256:[0-9a-f]{12}",type="query"\} 2`,
		`clinicql_operations_total\{code="UNAUTHENTICATED",operation="sha256:[0-9a-f]{12}",type="query"\} 1`,
		`clinicql_operations_total\{code="GRAPHQL_VALIDATION_FAILED",operation="sha256:[0-9a-f]{12}",type=""\} 1`,
		`clinicql_operations_total\{code="BAD_REQUEST",operation="",type=""\} 1`,
		`clinicql_mutations_total\{code="UNAUTHENTICATED",field="signIn"\} 1`,
		`clinicql_statements_total\{operation="sha256:[0-9a-f]{12}"\} [1-9]`,
		`clinicql_operation_duration_seconds_count\{type="mutation"\} [12]`,
		`clinicql_database_connections_max\{login="care"\} 14`,
		`clinicql_info\{version=".*"\} 1`, `clinicql_ready 1`, `clinicql_held_connections 0`, `clinicql_audit_lag_seconds [0-9.e-]+`,
	)
	if found := regexp.MustCompile(`(?i)nino|beridze`).FindString(got); found != "" {
		t.Errorf("%q is told", found)
	}
	for n := range maxOperations {
		send(map[string]any{"query": fmt.Sprintf("{ a%d: __typename }", n)})
	}
	got = scraped(t, s)
	wantMetrics(t, got, `clinicql_operations_total\{code="OK",operation="other",type="query"\} [0-9]+`)
	if n := strings.Count(got, "\nclinicql_statements_total{"); n > maxOperations+1 {
		t.Errorf("%d operations are told apart", n)
	}
	s.health.migrated.Store(false)
	wantMetrics(t, scraped(t, s), "clinicql_ready 0")
}

// What the alerts and the dashboard ask for, and operations.md tells of, there is.
func TestMetrics_areThoseOfTheAlerts(t *testing.T) {
	t.Parallel()
	s := newServer(dbtest.New(t).DB, "", &ServeConfig{})
	s.metrics.observe(&graph.Observation{Type: "mutation", Code: "OK", Mutations: map[string]string{"signIn": "OK"}})
	s.metrics.observeExport(&graph.Exported{Format: "csv", Code: "OK"})
	told := scraped(t, s)
	name := regexp.MustCompile(`(clinicql|process)_[a-z_]+[a-z]`)
	for _, file := range []string{"deploy/monitoring/alerts.yml", "deploy/monitoring/dashboard.json", "docs/operations.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		names := name.FindAllString(string(text), -1)
		if file == "docs/operations.md" { // which names roles of the database too
			names = regexp.MustCompile("`(clinicql_[a-z_]+)[{`]").FindAllString(string(text), -1)
			names = slices.DeleteFunc(names, func(n string) bool { return !strings.Contains(n, "{") && !strings.HasSuffix(n, "seconds`") })
		}
		if len(names) < 6 {
			t.Errorf("%s names %d metrics", file, len(names))
		}
		for _, n := range names {
			if n = name.FindString(n); !strings.Contains(told, "\n"+n) {
				t.Errorf("%s names %s, which nobody is told", file, n)
			}
		}
	}
	var dashboard any
	text, _ := os.ReadFile("deploy/monitoring/dashboard.json")
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Error(err)
	}
}

// Metrics have an address of their own, and the public one has none.
func TestMetrics_address(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	p := startOn(t, dbtest.Empty(t), "CLINICQL_METRICS_LISTEN="+address)
	if code, _ := p.get(t, "/metrics"); code == 200 {
		t.Error("everybody is told")
	}
	p.address = address
	code, text := p.get(t, "/metrics")
	if code != 200 {
		t.Errorf("it answers %d", code)
	}
	wantMetrics(t, text, "clinicql_ready 1")
	got, ok := said(t, []string{"CLINICQL_METRICS_LISTEN=" + address, "DATABASE_URL=postgres://localhost/none"}, []string{"serve", "--listen=127.0.0.1:0"})
	if ok || !strings.HasPrefix(got, "clinicql: listen on "+address+" for metrics: ") {
		t.Errorf("where somebody listens already it says %q", got)
	}
}

// freeAddress is one at which nobody listens.
func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
