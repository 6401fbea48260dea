package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/clinicql/clinicql/db/embedded"
	"github.com/jmoiron/sqlx"
)

// A Postgres of the operator's own logs rows and parameters as it comes. The
// server says so, and the settings in the manual end it.
func TestPlanted_inAnOperatorsPostgres(t *testing.T) {
	t.Parallel()
	log := &output{}
	own, err := embedded.Start(t.Context(), embedded.Options{Ephemeral: true, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(own.Stop)
	superuser, err := sqlx.Open("postgres", own.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer superuser.Close()
	for _, usual := range []string{"log_min_messages = warning", "log_min_error_statement = error", "log_error_verbosity = 'default'", "log_parameter_max_length = -1", "log_parameter_max_length_on_error = -1"} {
		superuser.MustExec("ALTER ROLE ALL SET " + usual)
	}
	p, err := start(t, scratch(t), "--demo", "--database-url="+own.URL())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.output.String(), "logs what it is sent") {
		t.Errorf("nothing warns: %s", p.output)
	}
	f := newField(t, p, own.URL())
	f.spoil("patients", "a rule", "ALTER TABLE patients ADD CONSTRAINT spoiled CHECK (id IS NULL) NOT VALID", "ALTER TABLE patients DROP CONSTRAINT spoiled")
	if said := log.String(); !strings.Contains(said, "Failing row contains") {
		t.Errorf("it logs no row, so nothing is tried: %s", said)
	} else if strings.Contains(said, "parameters:") {
		t.Errorf("it logs parameters: %s", said)
	}
	_ = p.end(syscall.SIGTERM)

	manual, err := os.ReadFile("docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range regexp.MustCompile(`(?m)^ALTER DATABASE clinicql (SET .*);$`).FindAllStringSubmatch(string(manual), -1) {
		superuser.MustExec("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I " + s[1] + "', current_database()); END $$")
	}
	superuser.Close() // sessions keep what they began with
	before := len(log.String())
	if p, err = start(t, scratch(t), "--demo", "--database-url="+own.URL()); err != nil {
		t.Fatal(err)
	}
	f = newField(t, p, own.URL())
	f.plantTrouble()
	_ = p.end(syscall.SIGTERM)
	if strings.Contains(p.output.String(), "logs what it is sent") {
		t.Error("it is warned of what is right")
	}
	f.look("the log of Postgres", log.String()[before:])
	f.look("the log", p.output.String())
}

// An address of a database that cannot be read is not repeated: a password is in it.
func TestPlanted_inTheDatabasesAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"postgres://u:zqpassword@localhost:bad/x", "postgres://u:zqpass%zzword@localhost/x", "postgres://u:zqpassword@[::1/x", "host=localhost password=zqpassword"} {
		for _, arguments := range []string{"serve --listen=127.0.0.1:0", "migrate", "migrate --pending", "user add nino --generate", "seed"} {
			c := exec.Command(os.Args[0], strings.Fields(arguments)...)
			c.Env = append(os.Environ(), "CLINICQL_TEST_AS_SERVER=1", "DATABASE_URL="+address)
			if out, err := c.CombinedOutput(); err == nil || strings.Contains(string(out), "zqpass") || !strings.Contains(string(out), "not of the form") {
				t.Errorf("%s with %s: %v: %s", arguments, address, err, out)
			}
		}
	}
}
