package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// old fills a clinic with what is over and what is not. $1 is a user and $2 a
// practitioner; ids are made from kinds and numbers.
const old = `
	INSERT INTO sessions (id, user_id, token_hash, user_agent, address, expires_at, ended_at)
	SELECT made(8, n), $1, sha256(int8send(n)), 'Zqbrowser', '192.0.2.1', now() - over, ended
	FROM generate_series(1, 2503) n, LATERAL (SELECT CASE
			WHEN n <= 2500 THEN interval '91 days' -- expired long ago
			WHEN n = 2501 THEN interval '89 days'
			ELSE interval '-1 hour' END AS over, CASE WHEN n = 2502 THEN now() - interval '2 years' END AS ended) o;
	INSERT INTO api_tokens (id, user_id, name, role, token_hash, expires_at, revoked_at)
	SELECT made(9, n), $1, 'Zqtoken', 'DOCTOR', sha256(int8send(n)), expires, revoked
	FROM (VALUES (1, now() - interval '2 years', NULL), (2, now() + interval '1 year', now() - interval '2 years'), (3, now() - interval '300 days', NULL), (4, now() + interval '1 year', NULL)) t (n, expires, revoked);
	INSERT INTO slot_holds (id, practitioner_id, starts_at, ends_at, expires_at, released_at)
	SELECT made(17, n), $2, now(), now() + interval '1 hour', expires, released
	FROM (VALUES (1, now() - interval '91 days', NULL), (2, now() + interval '1 hour', now() - interval '2 years'), (3, now() - interval '1 year', NULL), (4, now() + interval '1 hour', NULL), (5, now() - interval '89 days', NULL))
		t (n, expires, released);
	INSERT INTO idempotency_keys (actor, key, input, created_at) VALUES ('a', 'over', '', now() - interval '25 hours'), ('a', 'not over', '', now());`

// oldClinic returns a clinic that has been there for long, and the id of the first hold.
func oldClinic(t *testing.T) (d *dbtest.Database, hold string) {
	t.Helper()
	d = dbtest.New(t)
	addUser(t, d, "doctor", auth.Doctor)
	ctx := auth.WithActor(t.Context(), auth.SystemActor("test"))
	family := "Zqfamily"
	practitioner := &db.Practitioner{}
	practitioner.FamilyName = &family
	practitioner, err := d.CreatePractitioner(ctx, practitioner)
	if err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec(`CREATE FUNCTION made(kind int, n bigint) RETURNS uuid LANGUAGE sql AS $$ SELECT encode(decode('0190000000007000', 'hex') || substring(int8send(n) FROM 2) || set_byte('\x00', 0, kind), 'hex')::uuid $$`)
	var user string
	if err := d.SQL.Get(&user, "SELECT id FROM users"); err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec(strings.ReplaceAll(strings.ReplaceAll(old, "$1", "'"+user+"'"), "$2", "'"+practitioner.ID.String()+"'"))
	for _, of := range []string{"'1950-01-01'", "current_date - interval '27 years'", "NULL", "'1950-01-01' -- with a record"} {
		p := &db.Patient{BirthDatePrecision: db.UnknownPrecision, Sex: db.UnknownSex}
		p.FamilyName = &family
		if p, err = d.CreatePatient(ctx, &db.Registration{Patient: *p}); err != nil {
			t.Fatal(err)
		}
		d.SQL.MustExec("UPDATE patients SET birth_date = "+strings.SplitN(of, " --", 2)[0]+", birth_date_precision = CASE WHEN "+strings.SplitN(of, " --", 2)[0]+
			" IS NULL THEN 'UNKNOWN' ELSE 'DAY' END, updated_at = now() - interval '11 years' WHERE id = $1", p.ID)
		if strings.Contains(of, "record") {
			d.SQL.MustExec("INSERT INTO medical_records (id, patient_id, practitioner_id, recorded_on, status, diagnosis) VALUES (made(5, 1), $1, $2, current_date, 'DRAFT', 'Zqdiagnosis')", p.ID, practitioner.ID)
			d.SQL.MustExec("INSERT INTO wait_list_entries (id, patient_id, practitioner_id, length, starts_on, ends_on, status, slot_hold_id) VALUES (made(18, 1), $1, $2, 15, current_date, current_date, 'OFFERED', made(17, 3))",
				p.ID, practitioner.ID)
		}
	}
	if err := d.SQL.Get(&hold, "SELECT made(17, 1)"); err != nil {
		t.Fatal(err)
	}
	return d, hold
}

// What is over is shown, and forgotten when somebody says so: no more than was
// shown, all of it in the audit, which stays whole, and nothing of the past changes.
func TestRetention(t *testing.T) {
	t.Parallel()
	d, hold := oldClinic(t)
	_, head, err := d.SealAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server := signIn(t, "http://"+startOn(t, d.URL).address, "doctor", testPassword)
	before := fmt.Sprintf(`query @asOf(at: %q) { node(id: %q) { ... on SlotHold { startsAt expiresAt } } }`, time.Now().UTC().Format(time.RFC3339Nano), hold)
	then := fmt.Sprint(server.ask(before))
	if !strings.Contains(then, "startsAt") {
		t.Fatalf("the past holds nothing, so nothing is tried: %s", then)
	}
	rows := func() (n [5]int) {
		for i, table := range []string{"sessions", "api_tokens", "slot_holds", "idempotency_keys", "patients"} {
			if err := d.SQL.Get(&n[i], "SELECT count(*) FROM "+table); err != nil {
				t.Fatal(err)
			}
		}
		return n
	}
	all := rows()
	shown, said, status := command(t, d.URL, "retention")
	for _, want := range []string{
		`sessions +90 days +2,504 +2,501  goes by --apply`, `tokens +1 year +4 +2  goes by --apply`, `holds +90 days +4 +2  goes by --apply`, // but for the one of a wish
		`password links +their time +0 +0  is forgotten by the servers`, `audit entries +6 years +\d+ +0  stays: .+`, `versions +10 years +\d+ +0  stays: .+`,
		`patients +10 years +4 +1  stays: a person has to decide`,
	} {
		if !regexp.MustCompile(`(?m)^` + want + `$`).MatchString(shown) {
			t.Errorf("there is no %s in\n%s", want, shown)
		}
	}
	code := regexp.MustCompile(`--apply (\S+)\n$`).FindStringSubmatch(shown)
	if code == nil || status != 0 || rows() != all {
		t.Fatalf("it ends with %d and %v, not %v rows: %s%s", status, rows(), all, shown, said)
	}
	for what, arguments := range map[string][]string{
		"no code at all":                {"--apply", "yes"},
		"another's code":                {"--apply", code[1][:len(code[1])-1] + "x"},
		"other settings":                {"--apply", code[1], "--sessions", "1d"},
		"other settings for other rows": {"--apply", code[1], "--holds", "80d"},
		"a code of last week":           {"--apply", time.Now().UTC().AddDate(0, 0, -7).Format("20060102T150405Z") + code[1][16:]},
		"a code of tomorrow":            {"--apply", time.Now().UTC().AddDate(0, 0, 1).Format("20060102T150405Z") + code[1][16:]},
	} {
		if out, said, status := command(t, d.URL, append([]string{"retention"}, arguments...)...); status != 1 || out != "" || !strings.HasPrefix(said, "clinicql: ") || rows() != all {
			t.Errorf("%s ends with %d: %s%s", what, status, out, said)
		}
	}
	out, said, status := command(t, d.URL, "retention", "--apply", code[1])
	if status != 0 || !strings.HasPrefix(out, "Forgot 2,501 of 2,501 sessions that were over before 20") || strings.Count(out, "\n") != 3 {
		t.Errorf("it ends with %d: %s%s", status, out, said)
	}
	if got, want := rows(), [5]int{all[0] - 2501, all[1] - 2, all[2] - 2, all[3], all[4]}; got != want {
		t.Errorf("%v rows are left, not %v", got, want)
	}
	var entries []string
	err = d.SQL.Select(&entries, `SELECT concat_ws(' ', actor, action, table_name, regexp_replace(reason, '\S+$', '…')) FROM audit_log WHERE reason LIKE '%retention: %' ORDER BY id`)
	if got := strings.Join(entries, "\n"); err != nil || got != strings.Join([]string{
		"system:command line SECURITY_CHANGED 1000 retention: sessions that were over before …",
		"system:command line SECURITY_CHANGED 1000 retention: sessions that were over before …",
		"system:command line SECURITY_CHANGED 501 retention: sessions that were over before …",
		"system:command line SECURITY_CHANGED 2 retention: tokens that were over before …",
		"system:command line DELETE slot_holds retention: holds that were over before …",
		"system:command line DELETE slot_holds retention: holds that were over before …",
	}, "\n") {
		t.Errorf("%v: the audit says %s", err, got)
	}
	if _, _, err := d.SealAudit(t.Context()); err != nil {
		t.Error(err)
	}
	if out, said, status := command(t, d.URL, "audit", "verify", "--head", head.String()); status != 0 {
		t.Errorf("afterwards the audit is not whole: %s%s", out, said)
	}
	if now := fmt.Sprint(server.ask(before)); now != then {
		t.Errorf("the past was %s and is %s", then, now)
	}
	if out, _, status := command(t, d.URL, "retention"); status != 0 || !strings.HasSuffix(out, "There is nothing to forget.\n") {
		t.Errorf("afterwards it ends with %d and %s", status, out)
	}
	if out, said, status := command(t, d.URL, "retention", "--apply", code[1]); status != 1 || !strings.Contains(said, "not what was shown") {
		t.Errorf("the code works twice: %s%s", out, said)
	}
}
