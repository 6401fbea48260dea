package db_test

import (
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

var update = flag.Bool("update", false, "write testdata anew")

// grants lists what each group of logins may do to each thing in the database,
// be it granted to the group itself, to one that it is a member of, or to PUBLIC.
// Columns stand where not all of a table is granted.
const grants = `
WITH grantee (who, place) AS (
	SELECT name, row_number() OVER () FROM unnest('{clinicql_accounts,clinicql_reception,clinicql_care,clinicql_glass,clinicql_admin,clinicql_analyst,clinicql_system,clinicql_retention,public}'::text[]) name
), ours AS (
	SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), extended AS (
	SELECT objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
	SELECT oid, relkind, oid::regclass::text AS name FROM pg_class WHERE relnamespace IN (SELECT oid FROM ours) AND relkind IN ('r', 'v', 'm', 'p', 'f', 'S') AND oid NOT IN (SELECT objid FROM extended)
), privilege (name, letter) AS (
	VALUES ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd'), ('TRUNCATE', 'D'), ('REFERENCES', 'x'), ('TRIGGER', 't')
), held (kind, object, place, letter) AS (
	SELECT CASE relkind WHEN 'v' THEN 'view' ELSE 'table' END, r.name, place, CASE WHEN has_table_privilege(who, r.oid, p.name) THEN letter ELSE '' END
	FROM relation r, grantee, privilege p WHERE relkind <> 'S'
	UNION ALL
	SELECT 'column', r.name || '.' || attname, place, CASE WHEN has_column_privilege(who, r.oid, attnum, p.name) AND NOT has_table_privilege(who, r.oid, p.name) THEN letter ELSE '' END
	FROM relation r JOIN pg_attribute ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped, grantee, privilege p WHERE relkind <> 'S' AND p.name IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
	UNION ALL
	SELECT 'sequence', r.name, place, CASE WHEN has_sequence_privilege(who, r.oid, p.name) THEN letter ELSE '' END
	FROM relation r, grantee, (VALUES ('USAGE', 'U'), ('SELECT', 'r'), ('UPDATE', 'w')) p (name, letter) WHERE relkind = 'S'
	UNION ALL
	SELECT CASE WHEN prosecdef THEN 'definer' ELSE 'function' END, proname, place, CASE WHEN has_function_privilege(who, p.oid, 'EXECUTE') THEN 'X' ELSE '' END
	FROM pg_proc p, grantee WHERE pronamespace IN (SELECT oid FROM ours) AND p.oid NOT IN (SELECT objid FROM extended)
	UNION ALL
	SELECT 'schema', n.oid::regnamespace::text, place, CASE WHEN has_schema_privilege(who, n.oid, p.name) THEN letter ELSE '' END
	FROM ours n, grantee, (VALUES ('USAGE', 'U'), ('CREATE', 'C')) p (name, letter)
	UNION ALL
	SELECT 'database', 'this', place, CASE WHEN has_database_privilege(who, current_database(), p.name) THEN letter ELSE '' END
	FROM grantee, (VALUES ('CONNECT', 'c'), ('TEMPORARY', 'T'), ('CREATE', 'C')) p (name, letter)
), line AS (
	SELECT kind, object, place, coalesce(nullif(string_agg(letter, '' ORDER BY letter), ''), '-') AS letters FROM held GROUP BY kind, object, place
)
SELECT rpad(kind, 9) || rpad(object, 40) || string_agg(rpad(letters, 10), '' ORDER BY place)
FROM line
GROUP BY kind, object
HAVING kind <> 'column' OR bool_or(letters <> '-')
ORDER BY kind, object`

// What the groups may do is what was reviewed: go test ./db -run TestGrants -update
func TestGrants_areAsReviewed(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	connectAll(t, d)
	lines := []string{
		"# r SELECT, a INSERT, w UPDATE, d DELETE, D TRUNCATE, x REFERENCES, t TRIGGER, X EXECUTE, U USAGE, C CREATE, c CONNECT, T TEMPORARY. A definer is a function that",
		"# runs as its owner. The logins are members of one group each, and may connect to this database besides. Made by: go test ./db -run TestGrants -update",
		strings.Repeat(" ", 49) + "accounts  reception care      glass     admin     analyst   system    retention PUBLIC",
	}
	var found []string
	if err := d.SQL.Select(&found, grants); err != nil {
		t.Fatal(err)
	}
	lines = append(lines, found...)
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	const file = "testdata/grants.txt"
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	reviewed := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range reviewed {
		if !slices.Contains(lines, line) {
			t.Errorf("is no longer so: %s", line)
		}
	}
	for _, line := range lines {
		if !slices.Contains(reviewed, line) {
			t.Errorf("is new:          %s", line)
		}
	}
}

// connectAll has every login made.
func connectAll(t testing.TB, d *dbtest.Database) {
	t.Helper()
	for _, login := range db.Logins {
		if err := d.Pool(login).Ping(); err != nil {
			t.Fatalf("%s: %v", login, err)
		}
	}
}

// sqlState runs a statement, undoes it, and returns Postgres's code; "" for none.
func sqlState(t testing.TB, pool *sqlx.DB, statement string) string {
	t.Helper()
	tx, err := pool.Beginx()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	_, err = tx.Exec(statement)
	var refused *pq.Error
	if err != nil && !errors.As(err, &refused) {
		t.Fatalf("%v in %s", err, statement)
	}
	if refused == nil {
		return ""
	}
	return string(refused.Code)
}

// Who writes SQL by hand as one of the application's logins can do this and no more.
func TestGrants_bySQL(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := d.CreatePatient(acting(t), registering(person("Beridze"))); err != nil { // triggers on rows need one
		t.Fatal(err)
	}
	// Everybody of those who serve, with tables and without. The analysts' login has the de-identified lens before the tables, and none of these.
	const everybody, serving, nobody = "accounts reception care glass admin system", "accounts reception care glass admin analyst system", ""
	for statement, may := range map[string]string{
		"SELECT * FROM clinics":                                               everybody,
		"SELECT * FROM users":                                                 everybody,
		"SELECT * FROM practitioners":                                         "accounts reception care glass admin system",
		"SELECT * FROM patients":                                              "reception care glass system",
		"SELECT * FROM appointments":                                          "reception care glass system",
		"SELECT * FROM patient_identifiers":                                   "reception care glass system",
		"SELECT * FROM family_names":                                          "reception care glass system",
		"SELECT * FROM patient_words":                                         "reception care glass system",
		"SELECT * FROM medical_records":                                       "care glass system",
		"SELECT count(*) FROM medical_records":                                "care glass system",
		"SELECT * FROM allergies":                                             "care glass system",
		"SELECT * FROM allergy_absences":                                      "care glass system",
		"SELECT * FROM care_team_members":                                     "reception care glass admin system",
		"SELECT * FROM glass_accesses":                                        "accounts care glass admin system",
		"SELECT * FROM passwords":                                             "accounts",
		"SELECT * FROM second_factors":                                        "accounts",
		"SELECT * FROM recovery_codes":                                        "accounts",
		"SELECT * FROM sign_in_challenges":                                    "accounts",
		"SELECT * FROM password_links":                                        "accounts",
		"SELECT * FROM sign_in_failures":                                      "accounts",
		"SELECT * FROM sessions":                                              "accounts",
		"SELECT token_hash FROM sessions":                                     "accounts",
		"SELECT count(*) FROM sessions WHERE token_hash = sha256('x')":        "accounts",
		"SELECT id, user_id, user_agent FROM sessions":                        everybody,
		"SELECT token_hash FROM api_tokens":                                   "accounts",
		"SELECT s FROM api_tokens s":                                          "accounts",
		"SELECT * FROM secrets":                                               "accounts system",
		"SELECT * FROM role_keys":                                             nobody,
		"SELECT * FROM schema_migrations":                                     nobody,
		"SELECT * FROM imported_resources":                                    "system",
		"SELECT * FROM audit_log":                                             "system",
		"SELECT * FROM audit_entries":                                         "care glass admin system",
		"SELECT * FROM audit_seals":                                           "glass admin system",
		"SELECT * FROM idempotency_keys":                                      everybody,
		"SELECT * FROM pg_authid":                                             nobody,
		"SELECT * FROM pg_statistic":                                          nobody,
		"SELECT pg_read_file('/etc/hostname')":                                nobody,
		"SELECT pg_ls_dir('.')":                                               nobody,
		"SELECT lo_import('/etc/hostname')":                                   nobody,
		"COPY (SELECT 1) TO PROGRAM 'true'":                                   nobody,
		"COPY (SELECT 1) TO '/tmp/clinicql'":                                  nobody,
		"UPDATE audit_log SET actor = 'x'":                                    nobody,
		"DELETE FROM audit_log":                                               nobody,
		"TRUNCATE audit_log":                                                  nobody,
		"INSERT INTO audit_log (actor, action) VALUES ('x', 'READ')":          nobody,
		"LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE":                       nobody,
		"ALTER TABLE audit_log DISABLE TRIGGER ALL":                           nobody,
		"DROP TRIGGER keep_audit ON audit_log":                                nobody,
		"CREATE RULE r AS ON INSERT TO audit_log DO INSTEAD NOTHING":          nobody,
		"ALTER TABLE patients DISABLE TRIGGER audit_update":                   nobody,
		"DROP TRIGGER audit_update ON patients":                               nobody,
		"CREATE TRIGGER t BEFORE INSERT ON patients EXECUTE FUNCTION audit()": nobody,
		"ALTER TABLE idempotency_keys DISABLE ROW LEVEL SECURITY":             nobody,
		"UPDATE audit_seals SET number = 1":                                   nobody,
		"DELETE FROM audit_seals":                                             nobody,
		"TRUNCATE audit_seals":                                                nobody,
		"ALTER TABLE audit_seals DISABLE TRIGGER ALL":                         nobody,
		"SELECT * FROM changes":                                               "system",
		"INSERT INTO changes (row_id, version, is_new, patient_id) SELECT id, 1, true, id FROM patients": nobody,
		"UPDATE changes SET at = now()":                                       nobody,
		"SELECT * FROM change_position":                                       "system",
		"UPDATE change_position SET settled_id = 0":                           "system",
		"SELECT setval('audit_log_id_seq', 1)":                                nobody,
		"SELECT nextval('audit_log_id_seq')":                                  nobody,
		"SELECT last_value FROM audit_log_id_seq":                             "system",
		"SELECT setval('audit_seal_count', 1)":                                "system",
		"SELECT setval('mrn_numbers', 1)":                                     nobody,
		"SELECT next_mrn()":                                                   "reception care system",
		"SELECT hold_practitioner(NULL)":                                      "reception care system",
		"SELECT hold_for_visit(NULL, NULL, NULL)":                             "reception care system",
		"SELECT holds_signed_records(NULL)":                                   "reception care system",
		"SELECT changed_columns('patients', NULL, 1)":                         "accounts reception care glass admin system",
		"SELECT audit_table('patients')":                                      nobody,
		`SELECT audit_events('{"actor": "x"}', 'READ', '{NULL}', '{}', '')`:   serving + " retention",
		`SELECT audit_events('{"actor": "x"}', 'INSERT', '{NULL}', '{}', '')`: nobody,
		`SELECT audit_events('{"actor": "x"}', 'UPDATE', '{NULL}', '{}', '')`: nobody,
		`SELECT audit_events('{"actor": "x"}', 'DELETE', '{NULL}', '{}', '')`: nobody,
		"UPDATE clinics SET name = 'x'":                                       "glass admin system",
		"UPDATE users SET role = 'ADMIN'":                                     "accounts",
		"UPDATE practitioners SET specialty = 'x'":                            "glass admin system",
		"UPDATE patients SET phone = 'x'":                                     "reception care system",
		"UPDATE patients SET is_restricted = true":                            "care system",
		"UPDATE medical_records SET notes = 'x'":                              "care system",
		"UPDATE allergies SET reaction = 'x'":                                 "care system",
		"UPDATE appointments SET reason = 'x'":                                "reception care system",
		"UPDATE care_team_members SET ended_at = now()":                       "care glass admin system",
		"UPDATE glass_accesses SET closes_at = now()":                         "care glass admin system",
		"UPDATE sessions SET ended_at = now()":                                "accounts",
		"UPDATE secrets SET value = ''":                                       nobody,
		"UPDATE role_keys SET value = ''":                                     nobody,
		"DELETE FROM patients":                                                nobody,
		"DELETE FROM medical_records":                                         nobody,
		"DELETE FROM users":                                                   nobody,
		"DELETE FROM glass_accesses":                                          nobody,
		"TRUNCATE patients CASCADE":                                           nobody,
		"SELECT * FROM rooms":                                                 "reception care glass admin system",
		"SELECT * FROM appointment_types":                                     "reception care glass admin system",
		"SELECT * FROM working_hours":                                         "reception care glass admin system",
		"SELECT * FROM time_off":                                              "reception care glass admin system",
		"SELECT * FROM slot_holds":                                            "reception care glass system",
		"SELECT * FROM wait_list_entries":                                     "reception care glass system",
		"SELECT * FROM appointment_series":                                    "reception care glass system",
		"INSERT INTO rooms SELECT * FROM rooms":                               "reception glass admin system",
		"INSERT INTO appointment_types SELECT * FROM appointment_types":       "glass admin system",
		"INSERT INTO working_hours SELECT * FROM working_hours":               "reception glass admin system",
		"INSERT INTO time_off SELECT * FROM time_off":                         "reception glass admin system",
		"INSERT INTO slot_holds SELECT * FROM slot_holds":                     "reception care system",
		"INSERT INTO wait_list_entries SELECT * FROM wait_list_entries":       "reception care system",
		"INSERT INTO appointment_series SELECT * FROM appointment_series":     "reception care system",
		"INSERT INTO practitioners SELECT * FROM practitioners":               "glass admin system",
		"UPDATE rooms SET name = 'x'":                                         "reception glass admin system",
		"UPDATE appointment_types SET length = 5":                             "glass admin system",
		"UPDATE working_hours SET ends_on = NULL":                             nobody,
		"UPDATE time_off SET reason = 'x'":                                    "reception glass admin system",
		"UPDATE slot_holds SET released_at = now()":                           "reception care system",
		"UPDATE wait_list_entries SET note = 'x'":                             "reception care system",
		"UPDATE appointment_series SET times = 2":                             "reception care system",
		"UPDATE practitioners SET version = 2, updated_at = now()":            "reception glass admin system",
		"UPDATE practitioners SET version = 2, family_name = 'x'":             "glass admin system",
		"UPDATE practitioners SET is_active = false":                          "glass admin system",
		"UPDATE clinics SET time_zone = 'UTC'":                                "glass admin system",
		"DELETE FROM working_hours":                                           "reception glass admin system",
		"DELETE FROM rooms":                                                   nobody,
		"DELETE FROM appointment_types":                                       nobody,
		"DELETE FROM time_off":                                                nobody,
		"DELETE FROM slot_holds":                                              "retention",
		"DELETE FROM sessions":                                                "retention",
		"DELETE FROM api_tokens":                                              "retention",
		"SELECT id, expires_at, ended_at FROM sessions":                       everybody + " retention",
		"SELECT id, expires_at, released_at FROM slot_holds":                  "reception care glass system retention",
		"DELETE FROM wait_list_entries":                                       nobody,
		"DELETE FROM appointment_series":                                      nobody,
		"DELETE FROM appointments":                                            nobody,
		"DELETE FROM practitioners":                                           nobody,
		"TRUNCATE working_hours":                                              nobody,
		"SELECT hold_room(NULL)":                                              "reception care system",
		"SELECT lock_calendars('{}')":                                         "reception care glass admin system",
		"ALTER TABLE appointments DISABLE TRIGGER keep_calendar_insert":       nobody,
		"DROP TRIGGER keep_calendar_update ON appointments":                   nobody,
		"ALTER TABLE appointments DROP CONSTRAINT appointments_room_free":     nobody,
		"ALTER TABLE working_hours DISABLE TRIGGER audit_delete":              nobody,
		"CREATE TABLE x (y int)":                                              nobody,
		"CREATE TEMPORARY TABLE x (y int)":                                    nobody,
		"CREATE VIEW x AS SELECT 1":                                           nobody,
		"CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'":          nobody,
		"CREATE FUNCTION pg_temp.x() RETURNS int LANGUAGE sql AS 'SELECT 1'":  nobody,
		"CREATE SCHEMA x":                                                     nobody,
		"CREATE EXTENSION file_fdw":                                           nobody,
		"CREATE ROLE x":                                                       nobody,
		"ALTER ROLE CURRENT_USER CREATEROLE":                                  nobody,
		"ALTER ROLE CURRENT_USER BYPASSRLS":                                   nobody,
		"GRANT clinicql_care TO CURRENT_USER":                                 nobody,
		"SET session_replication_role = replica":                              nobody,
		"SET SESSION AUTHORIZATION clinicql_accounts":                         nobody,
		"SET ROLE clinicql_accounts":                                          "accounts",
		"SET ROLE clinicql_reception":                                         "reception",
		"SET ROLE clinicql_care":                                              "care",
		"SET ROLE clinicql_glass":                                             "glass",
		"SET ROLE clinicql_admin":                                             "admin",
		"SET ROLE clinicql_analyst":                                           "analyst",
		"SET ROLE clinicql_system":                                            "system",
		"SET ROLE clinicql_retention":                                         "retention",
	} {
		for _, login := range db.Logins {
			want := "42501"
			if slices.Contains(strings.Fields(may), login) {
				want = ""
			}
			if got := sqlState(t, d.Pool(login), "SET LOCAL search_path = public; "+statement); got != want {
				t.Errorf("%s: %s answers %q, not %q", login, statement, got, want)
			}
		}
	}
	if n := len(db.Logins); n != len(strings.Fields(serving+" retention")) {
		t.Errorf("there are %d logins", n)
	}
}

// The owner of the tables changes no entry of the audit either.
func TestGrants_theOwnerKeepsTheAudit(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for _, statement := range []string{"UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log", "UPDATE audit_seals SET number = 1", "DELETE FROM audit_seals", "TRUNCATE audit_seals"} {
		if got := sqlState(t, d.SQL, statement); got != "42501" {
			t.Errorf("%s answers %q", statement, got)
		}
	}
}

// The answers kept for repeats are those of one role; the server itself sees
// them to forget them, and changes none.
func TestGrants_repeatsOfOtherRoles(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	const claim = "INSERT INTO idempotency_keys (actor, key, input, answer) VALUES ('a', 'k', '', '{}')"
	if _, err := d.Pool("care").Exec(claim); err != nil {
		t.Fatal(err)
	}
	for _, login := range db.Logins {
		if login == "retention" || login == "analyst" {
			continue // which have no right to any
		}
		pool := d.Pool(login)
		mine := map[string]int64{"care": 1}[login]
		for statement, want := range map[string]int64{
			"UPDATE idempotency_keys SET answer = '[]' WHERE false OR key = 'k'":       mine,
			"UPDATE idempotency_keys SET db_role = db_role WHERE key = 'k'":            mine,
			"SELECT answer FROM idempotency_keys":                                      max(mine, map[string]int64{"system": 1}[login]),
			"WITH d AS (DELETE FROM idempotency_keys RETURNING 1) SELECT * FROM d":     max(mine, map[string]int64{"system": 1}[login]),
			"SELECT FROM idempotency_keys WHERE db_role <> CURRENT_USER AND key > 'a'": map[string]int64{"system": 1}[login],
		} {
			tx := pool.MustBegin()
			result, err := tx.Exec(statement)
			if err != nil {
				t.Fatalf("%s: %s: %v", login, statement, err)
			}
			if n, _ := result.RowsAffected(); n != want {
				t.Errorf("%s: %s: %d rows", login, statement, n)
			}
			_ = tx.Rollback()
		}
		if got := sqlState(t, pool, "INSERT INTO idempotency_keys (db_role, actor, key, input) VALUES ('clinicql_other', 'a', 'k', '')"); got != "42501" {
			t.Errorf("%s writes in another's name: %q", login, got)
		}
		if got := sqlState(t, pool, claim); (got == "") == (login == "care") {
			t.Errorf("%s: the same key answers %q", login, got)
		}
	}
}
