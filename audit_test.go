package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// command runs this program on a database and returns its output and status.
func command(t testing.TB, url string, arguments ...string) (stdout, stderr string, status int) {
	t.Helper()
	c := exec.Command(os.Args[0], arguments...)
	c.Env = append(os.Environ(), "CLINICQL_TEST_AS_SERVER=1", "DATABASE_URL="+url)
	var out, said bytes.Buffer
	c.Stdout, c.Stderr = &out, &said
	err := c.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), said.String(), c.ProcessState.ExitCode()
}

func TestAuditVerify(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	nino := auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Doctor})
	family := "Beridze"
	p := &db.Patient{BirthDatePrecision: db.UnknownPrecision, Sex: db.UnknownSex}
	p.FamilyName = &family
	if _, err := d.CreatePatient(nino, &db.Registration{Patient: *p}); err != nil {
		t.Fatal(err)
	}
	if out, said, status := command(t, d.URL, "audit", "verify"); status != 0 || !strings.HasPrefix(out, "The audit is whole: 0 seals, 0 rows, ") {
		t.Errorf("without seals it ends with %d: %s%s", status, out, said)
	}
	rows, head, err := d.SealAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("The audit is whole: 1 seals, %d rows, 0 not sealed yet, head %v.\n", rows, head)
	for _, arguments := range [][]string{{"audit", "verify"}, {"audit", "verify", "--head", head.String()}} {
		if out, said, status := command(t, d.URL, arguments...); status != 0 || out != want {
			t.Errorf("%q ends with %d: %s%s", arguments, status, out, said)
		}
	}
	other := head
	other.Hash = slices.Clone(head.Hash)
	other.Hash[0]++
	if out, _, status := command(t, d.URL, "audit", "verify", "--head", other.String()); status != 1 || !strings.HasPrefix(out, "BROKEN at seal 1: ") {
		t.Errorf("with another head it ends with %d: %s", status, out)
	}
	if _, said, status := command(t, d.URL, "audit", "verify", "--head", "12"); status != 1 || !strings.Contains(said, "NUMBER:HASH") {
		t.Errorf("with half a head it ends with %d: %s", status, said)
	}
	d.SQL.MustExec("SET session_replication_role = replica; UPDATE audit_log SET actor = 'levan' WHERE actor = 'nino'; RESET session_replication_role")
	var id int64
	if err := d.SQL.Get(&id, "SELECT id FROM audit_log WHERE actor = 'levan'"); err != nil {
		t.Fatal(err)
	}
	if out, said, status := command(t, d.URL, "audit", "verify"); status != 1 || out != fmt.Sprintf("BROKEN at row %d of seal 1: the row is not what was sealed\n", id) {
		t.Errorf("after tampering it ends with %d: %s%s", status, out, said)
	}
}

func TestAuditReport(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	nino := db.WithOperation(auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Doctor}), new("op-1"))
	var patients []*db.Patient
	for _, family := range []string{"Beridze", "Maisuradze"} {
		p := &db.Patient{BirthDatePrecision: db.UnknownPrecision, Sex: db.UnknownSex}
		p.FamilyName = &family
		p, err := d.CreatePatient(nino, &db.Registration{Patient: *p})
		if err != nil {
			t.Fatal(err)
		}
		patients = append(patients, p)
		d.SQL.MustExec(`SELECT audit_events(jsonb_build_object('actor', 'levan', 'role', 'NURSE', 'glass', jsonb_build_object($1::text, gen_random_uuid())),
			'READ', ARRAY[$1::uuid], '{Patient.allergies}', '=HYPERLINK("http://evil")')`, p.ID)
	}
	of := patients[0]
	report := func(arguments ...string) [][]string {
		t.Helper()
		out, said, status := command(t, d.URL, append([]string{"audit", "report", "--csv"}, arguments...)...)
		if status != 0 || strings.Contains(out, "Beridze") || strings.Contains(out, "Maisuradze") {
			t.Fatalf("%q ends with %d: %s%s", arguments, status, out, said)
		}
		lines, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return lines[1:]
	}
	lines := report("--patient", strings.ToLower(of.MRN))
	if len(lines) != 3 {
		t.Fatalf("%d lines: %q", len(lines), lines)
	}
	want := [][]string{
		{"nino", "DOCTOR", "CREATED", "patients", of.ID.String(), of.ID.String(), of.MRN, "no", "op-1", "birth_date_precision family_name identifiers is_restricted mrn not_duplicate_of sex", ""},
		{"levan", "NURSE", "READ", "", "", of.ID.String(), of.MRN, "yes", "", "Patient.allergies", `'=HYPERLINK("http://evil")`},
		{"system:command line", "SYSTEM", "EXPORTED", "", "", of.ID.String(), of.MRN, "no", "", "AuditEntry", "audit report"},
	}
	for i, line := range lines {
		if at, err := time.Parse(time.RFC3339, line[0]); err != nil || time.Since(at) > time.Minute || !strings.HasSuffix(line[0], "Z") {
			t.Errorf("the time is %q: %v", line[0], err)
		}
		if !slices.Equal(line[1:], want[i]) {
			t.Errorf("line %d is\n%q and not\n%q", i, line[1:], want[i])
		}
	}
	day := time.Now().UTC().Format(time.DateOnly)
	for _, step := range []struct {
		lines     int
		arguments []string
	}{
		{4, []string{"--patient", of.ID.String()}}, {2, []string{"--user", "levan"}}, {2, []string{"--user", "nino", "--from", day, "--to", day}},
		{0, []string{"--user", "nino", "--to", "2026-01-01T00:00:00+04:00"}}, {0, []string{"--user", "nino", "--from", "2100-01-01"}}, {0, []string{"--user", "nobody"}},
	} {
		if lines := report(step.arguments...); len(lines) != step.lines {
			t.Errorf("%q lists %d: %q", step.arguments, len(lines), lines)
		}
	}
	if out, said, status := command(t, d.URL, "audit", "report", "--patient", of.MRN, "--user", "levan"); status != 0 ||
		!regexp.MustCompile(`\d{3}Z +levan +NURSE +READ +- +- +`+of.ID.String()+" "+of.MRN+` +yes +- +Patient.allergies +=HYPER`).MatchString(out) {
		t.Errorf("as text it is, with %d:\n%s%s", status, out, said)
	}
	for _, wrong := range [][]string{{"--patient", "MRN-nobody"}, {"--from", "yesterday"}} {
		if out, said, status := command(t, d.URL, append([]string{"audit", "report"}, wrong...)...); status != 1 || !strings.Contains(said, wrong[1]) {
			t.Errorf("%q ends with %d: %s%s", wrong, status, out, said)
		}
	}
}

// The server seals what was written, says the head, and seals the rest when it stops.
func TestServe_sealsTheAudit(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	p, err := start(t, "", "--database-url", d.URL)
	if err != nil {
		t.Fatal(err)
	}
	addUser(t, d, "doctor", auth.Doctor)
	doctor := signIn(t, "http://"+p.address, "doctor", testPassword)
	if _, err := registerOne(doctor, "Beridze"); err != nil {
		t.Fatal(err)
	}
	for begun := time.Now(); !strings.Contains(p.output.String(), `"msg":"audit sealed"`); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("nothing was sealed: %s", p.output)
		}
	}
	if _, err := registerOne(doctor, "Maisuradze"); err != nil {
		t.Fatal(err)
	}
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Fatalf("it ended with %v: %s", err, p.output)
	}
	heads := regexp.MustCompile(`"head":"(\d+:[0-9a-f]{64})"`).FindAllStringSubmatch(p.output.String(), -1)
	if len(heads) == 0 {
		t.Fatalf("no head was logged: %s", p.output)
	}
	if out, said, status := command(t, d.URL, "audit", "verify", "--head", heads[0][1]); status != 0 || !strings.Contains(out, " 0 not sealed yet, head "+heads[len(heads)-1][1]) {
		t.Errorf("afterwards it says, with %d: %s%s", status, out, said)
	}
}
