package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/jmoiron/sqlx"
)

// said runs `clinicql` and returns what it says and whether it went well.
func said(t *testing.T, environment, arguments []string) (string, bool) {
	t.Helper()
	c := exec.Command(os.Args[0], arguments...)
	c.Env = append(append(os.Environ(), "CLINICQL_TEST_AS_SERVER=1"), environment...)
	out, err := c.CombinedOutput()
	return string(out), err == nil
}

// A variable that nobody reads is a mistake, and said in one line; those that are
// made up from the name of a service are none.
func TestEnvironment_misspelt(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]string{
		"CLINICQL_LISTN=:1":                       "clinicql: there is no variable CLINICQL_LISTN: is CLINICQL_LISTEN meant?\n",
		"CLINICQL_LISTEN_FILES=/x":                "clinicql: there is no variable CLINICQL_LISTEN_FILES: is CLINICQL_LISTEN meant?\n",
		"CLINICQL_LOG_LEVEL=":                     "",
		"CLINICQL_PORT=tcp://10.0.0.1:80":         "",
		"CLINICQL_PORT_8080_TCP_ADDR=10.0.0.1":    "",
		"CLINICQL_SERVICE_HOST=10.0.0.1":          "",
		"CLINICQL_WEB_SERVICE_PORT_HTTP=80":       "",
		"CLINICQL_DRAIN=soon":                     "CLINICQL_DRAIN",
		"CLINICQL_TRUSTED_PROXIES=10.0.0.0/8,one": "CLINICQL_TRUSTED_PROXIES",
	} {
		arguments := []string{"schema"}
		if strings.HasPrefix(set, "CLINICQL_DRAIN") || strings.HasPrefix(set, "CLINICQL_TRUSTED") {
			arguments = []string{"serve"}
		}
		got, ok := said(t, []string{set}, arguments)
		if ok != (want == "") || !ok && !strings.Contains(got, want) || strings.Contains(got, "tcp://") {
			t.Errorf("%s: %q", set, got)
		}
	}
}

// Secrets come in files, and a password apart from the address it is for.
func TestEnvironment_files(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("mysql://none\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		environment []string
		want        string
	}{
		{[]string{"DATABASE_URL=", "DATABASE_URL_FILE=" + file}, "the address is not of the form postgres://"},
		{[]string{"DATABASE_URL=postgres://one", "DATABASE_URL_FILE=" + file}, "DATABASE_URL and DATABASE_URL_FILE are both set"},
		{[]string{"DATABASE_URL=", "DATABASE_URL_FILE=" + file + ".gone"}, "read DATABASE_URL_FILE: open "},
	} {
		if got, ok := said(t, test.environment, []string{"migrate"}); ok || !strings.Contains(got, test.want) || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: %q", test.environment, got)
		}
	}
	for address, want := range map[string]string{
		"postgres://clinicql@db/clinicql?sslmode=disable":                "postgres://clinicql:a%2Fb%3Ac%40d@db/clinicql?connect_timeout=3&sslmode=disable",
		"postgres://clinicql@one:5432,two:5433/clinicql?sslmode=disable": "postgres://clinicql:a%2Fb%3Ac%40d@/clinicql?connect_timeout=3&host=one%2Ctwo&port=5432%2C5433&sslmode=disable&target_session_attrs=read-write",
	} {
		c := Config{DatabaseURL: address, DatabasePassword: "a/b:c@d"}
		if got := c.databaseURL(); got != want {
			t.Errorf("got %s", got)
		}
	}
}

// In production the server says all that is missing, and does not start.
func TestProduction(t *testing.T) {
	t.Parallel()
	const (
		tls, proxies, demo = "CLINICQL_PUBLIC_URL", "CLINICQL_TRUSTED_PROXIES", "CLINICQL_DEMO"
		verify, weak       = "sslmode=verify-full", "16 characters"
	)
	good := ServeConfig{PublicURL: "https://clinic.example"}
	if err := good.TrustedProxies.UnmarshalText([]byte("10.0.0.0/8")); err != nil {
		t.Fatal(err)
	}
	withReplica := func(address string) ServeConfig {
		with := good
		with.ReplicaURL = address
		return with
	}
	withDemo := good
	withDemo.Demo = true
	for _, test := range []struct {
		serve    ServeConfig
		database string
		want     []string
	}{
		{good, "", nil},
		{good, "postgres:///clinicql?host=/run/postgresql", nil},
		{good, "postgres://clinicql:short@127.0.0.1:5432/clinicql?sslmode=disable", nil},
		{good, "postgres://clinicql:0123456789abcdef@db/clinicql?sslmode=verify-full", nil},
		{good, "postgres://clinicql@db/clinicql?sslmode=verify-full&sslkey=/run/key", nil},
		{good, "postgres://clinicql:0123456789abcde@db/clinicql?sslmode=require", []string{verify, weak}},
		{good, "postgres://clinicql:0123456789abcdef@localhost,db/clinicql", []string{verify}},
		{good, "postgres://clinicql:0123456789abcdef@/clinicql?host=10.1.1.1", []string{verify}},
		{good, "postgres://clinicql:0123456789abcdef@localhost:5432,db:5432/clinicql", []string{verify}},
		{good, "postgres://clinicql:short@localhost:5432,127.0.0.1:5433,[::1]/clinicql?sslmode=disable", nil},
		{good, "postgres://clinicql:short@db:5432,db:5433/clinicql?sslmode=verify-full", []string{weak}},
		{good, "postgres://clinicql:0123456789abcdef@localhost/clinicql?hostaddr=10.1.1.1", []string{verify}},
		{good, "postgres://clinicql@/clinicql?host=/run/postgresql,db&sslmode=verify-full&password=0123456789abcdef", []string{verify}}, // the driver encrypts neither
		{good, "postgres://clinicql:0123456789abcdef@db:5432:1,db/clinicql", []string{"cannot be read"}},
		{withDemo, "", []string{demo}},
		{ServeConfig{PublicURL: "http://clinic.example"}, "", []string{tls, proxies}},
		{withReplica("postgres://127.0.0.1,db/clinicql"), "postgres:///clinicql?host=/run/postgresql", []string{"DATABASE_REPLICA_URL must say sslmode=verify-full"}},
		{withReplica("postgres://127.0.0.1,db/clinicql?sslmode=verify-full"), "postgres:///clinicql?host=/run/postgresql", nil},
	} {
		err := test.serve.checkProduction(&Config{DatabaseURL: test.database})
		if (err == nil) != (test.want == nil) {
			t.Errorf("%q: %v", test.database, err)
			continue
		}
		for _, reason := range []string{tls, proxies, demo, verify, weak, "cannot be read", "DATABASE_REPLICA_URL"} {
			wanted := false
			for _, want := range test.want {
				wanted = wanted || strings.Contains(want, reason)
			}
			if err != nil && strings.Contains(err.Error(), reason) != wanted {
				t.Errorf("%q: %v", test.database, err)
			}
		}
	}
	for replica, want := range map[string]string{"mysql://u:secret@a/b": "DATABASE_REPLICA_URL: the address is not of the form", "postgres://a/b": "DATABASE_REPLICA_URL needs DATABASE_URL"} {
		database := "postgres://a/b"
		if strings.Contains(want, "needs") {
			database = ""
		}
		if got, ok := said(t, []string{"DATABASE_URL=" + database, "DATABASE_REPLICA_URL=" + replica, "CLINICQL_LISTEN=127.0.0.1:0"}, []string{"serve"}); ok || !strings.Contains(got, want) || strings.Contains(got, "secret") || strings.Count(got, "\n") != 1 {
			t.Errorf("it says %q", got)
		}
	}
	if got, ok := said(t, []string{"CLINICQL_PRODUCTION=true", "DATABASE_URL="}, []string{"serve"}); ok || !strings.HasPrefix(got, "clinicql: in production ") {
		t.Errorf("it says %q", got)
	}
}

// A database of something else is left alone, whatever that calls its tables.
func TestServe_leavesOthersAlone(t *testing.T) {
	t.Parallel()
	for _, made := range []string{
		"CREATE TABLE orders (id int)", "CREATE SCHEMA shop CREATE TABLE orders (id int)",
		"CREATE TABLE schema_migrations (version text); INSERT INTO schema_migrations VALUES ('20240101'); CREATE TABLE orders (id int)",
		"CREATE TABLE schema_migrations (id text, applied_at timestamptz); INSERT INTO schema_migrations VALUES ('1.sql'); CREATE TABLE patients (id int)",
	} {
		url := dbtest.Empty(t)
		other, err := sqlx.Open("postgres", url)
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		other.MustExec(made)
		for _, command := range []string{"migrate", "serve"} {
			got, ok := said(t, []string{"DATABASE_URL=" + url, "CLINICQL_LISTEN=127.0.0.1:0"}, []string{command})
			if ok || !strings.Contains(got, "the database holds tables of something else") {
				t.Errorf("%s: %s says %q", made, command, got)
			}
		}
		var tables int
		if err := other.Get(&tables, "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'shop'))"); err != nil || tables != strings.Count(made, "CREATE TABLE") {
			t.Errorf("%s: %d tables are there (%v)", made, tables, err)
		}
	}
}
