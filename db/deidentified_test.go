package db_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// outsideOfTheLens are the tables that analysts do not see in any form, and why.
var outsideOfTheLens = map[string]string{
	"api_tokens":                "their own are read by the login for accounts",
	"appointment_series":        "nothing in it that the visits do not tell",
	"audit_log":                 "says who was treated by whom",
	"audit_seals":               "keys",
	"care_team_members":         "says whose chart is restricted to whom",
	"change_position":           "ids of rows",
	"changes":                   "ids of rows, in the order in which they were written",
	"clinics":                   "the server reads it for everybody",
	"family_names":              "names",
	"glass_accesses":            "names patients for a reason in words",
	"idempotency_keys":          "answers to others",
	"imported_resources":        "ids of rows where they came from",
	"medical_record_amendments": "words",
	"password_links":            "accounts",
	"passwords":                 "accounts",
	"patient_identifiers":       "identifiers",
	"patient_words":             "names",
	"practitioner_identifiers":  "numbers of people",
	"recovery_codes":            "accounts",
	"role_keys":                 "a key",
	"saved_queries":             "accounts",
	"schema_migrations":         "nothing of patients",
	"second_factors":            "accounts",
	"secrets":                   "keys",
	"sessions":                  "their own are read by the login for accounts",
	"sign_in_challenges":        "accounts",
	"sign_in_failures":          "accounts",
	"slot_holds":                "nothing that is past",
	"time_off":                  "words about people who work here",
	"users":                     "their own is read by the login for accounts",
	"wait_list_entries":         "wishes in words, about days to come",
	"working_hours":             "nothing of patients",
}

// lensFaults lists what the de-identified lens lacks; $1 the tables outside of it.
const lensFaults = `
WITH live AS (
	SELECT oid, relname AS name, relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
), columns AS (
	SELECT attrelid AS oid, array_agg(attname || ' ' || format_type(atttypid, atttypmod) ORDER BY attname) AS all
	FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped GROUP BY attrelid
), shown AS (
	SELECT * FROM pg_class WHERE relnamespace = 'deid'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
)
SELECT name || ' has no view in the lens' FROM live WHERE name <> ALL($1) AND name NOT IN (SELECT relname FROM shown)
UNION ALL
SELECT t || ' is in the lens now, or is gone' FROM unnest($1::text[]) t WHERE t IN (SELECT relname FROM shown) OR t NOT IN (SELECT name FROM live)
UNION ALL
SELECT s.relname || ' in the lens is of no table' FROM shown s JOIN columns c ON c.oid = s.oid WHERE relname NOT IN (SELECT name FROM live)
	AND NOT (relname IN (SELECT name || '_in_order' FROM live) AND c.all = '{id uuid}') -- pseudonyms alone
UNION ALL
SELECT l.name || ' has other columns than its view in the lens' FROM live l JOIN shown s ON s.relname = l.name
JOIN columns a ON a.oid = l.oid JOIN columns b ON b.oid = s.oid WHERE a.all <> b.all
UNION ALL
SELECT relname || ' in the lens is no view with a barrier' FROM shown WHERE relname NOT LIKE '%\_in\_order' AND (relkind <> 'v' OR NOT coalesce('security_barrier=true' = ANY(reloptions), false))
UNION ALL
SELECT format('%s may %s %s in the lens', g.grantee::regrole, g.privilege_type, relname) FROM shown, aclexplode(relacl) g
WHERE g.grantee <> relowner AND (g.grantee <> 'clinicql_analyst'::regrole OR g.privilege_type <> 'SELECT')
UNION ALL
SELECT format('%s gives its rows no pseudonyms', name) FROM live
WHERE name = ANY('{patients,appointments,medical_records,allergies}') AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = live.oid AND tgname = 'give_pseudonym' AND tgenabled IN ('O', 'A'))`

func faultsOfLens(t testing.TB, d *dbtest.Database) (faults []string) {
	t.Helper()
	if err := d.SQL.Select(&faults, lensFaults, pq.Array(slices.Sorted(maps.Keys(outsideOfTheLens)))); err != nil {
		t.Fatal(err)
	}
	return faults
}

// Each table has its view in the de-identified lens, alike in columns, or a reason.
func TestDeidentified_ofEveryTable(t *testing.T) {
	t.Parallel()
	for _, fault := range faultsOfLens(t, dbtest.New(t)) {
		t.Error(fault)
	}
}

// What a migration may forget of the lens is found.
func TestDeidentified_forgotten(t *testing.T) {
	t.Parallel()
	for change, want := range map[string]string{
		"CREATE TABLE photographs (id uuid PRIMARY KEY, patient_id uuid)":                                                  "photographs has no view in the lens",
		"ALTER TABLE patients ADD COLUMN nickname text":                                                                    "patients has other columns than its view in the lens",
		"ALTER TABLE rooms ADD COLUMN floor int":                                                                           "rooms has other columns than its view in the lens",
		"DROP VIEW deid.allergies":                                                                                         "allergies has no view in the lens",
		"DROP TABLE sign_in_failures":                                                                                      "sign_in_failures is in the lens now, or is gone",
		"CREATE VIEW deid.users WITH (security_barrier) AS SELECT * FROM users":                                            "users is in the lens now",
		"CREATE VIEW deid.names WITH (security_barrier) AS SELECT family_name FROM patients":                               "names in the lens is of no table",
		"DROP VIEW deid.patients_in_order; CREATE VIEW deid.patients_in_order AS SELECT id, weeks FROM pseudonym.patients": "patients_in_order in the lens is of no table",
		"ALTER VIEW deid.patients RESET (security_barrier)":                                                                "patients in the lens is no view with a barrier",
		"DROP VIEW deid.rooms; CREATE TABLE deid.rooms AS SELECT * FROM public.rooms":                                      "rooms in the lens is no view with a barrier",
		"GRANT SELECT ON deid.patients TO clinicql_care":                                                                   "clinicql_care may SELECT patients in the lens",
		"GRANT UPDATE ON deid.rooms TO clinicql_analyst":                                                                   "clinicql_analyst may UPDATE rooms in the lens",
		"DROP TRIGGER give_pseudonym ON appointments":                                                                      "appointments gives its rows no pseudonyms",
		"ALTER TABLE patients ALTER COLUMN sex TYPE varchar(10) USING sex" /* a view hangs on it */ :                       "",
	} {
		t.Run(change, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			if want == "" {
				if got := sqlState(t, d.SQL, change); got == "" {
					t.Error("a column changes under the lens")
				}
				return
			}
			d.SQL.MustExec(change)
			if faults := faultsOfLens(t, d); !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, want) }) {
				t.Errorf("it says %q, and not %q", faults, want)
			}
		})
	}
}

// privileges lists what the role of analysts, and the login that is of it, may do to
// relations and columns outside of the lens.
const privileges = `
WITH role (name) AS (
	SELECT 'clinicql_analyst' UNION ALL SELECT format('clinicql_analyst_%s', oid) FROM pg_database WHERE datname = current_database()
), relation AS (
	SELECT c.oid, n.nspname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
		AND c.oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
)
SELECT format('%s may %s %s', role.name, p, oid::regclass) FROM role, relation, unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) p
WHERE relkind <> 'S' AND has_table_privilege(role.name, oid, p) AND NOT (nspname = 'deid' AND p = 'SELECT')
UNION ALL
SELECT format('%s may %s %s.%s', role.name, p, r.oid::regclass, attname)
FROM role, relation r JOIN pg_attribute a ON attrelid = r.oid AND NOT attisdropped, unnest('{SELECT,INSERT,UPDATE,REFERENCES}'::text[]) p
WHERE relkind <> 'S' AND has_column_privilege(role.name, r.oid, attnum, p) AND NOT (nspname = 'deid' AND p = 'SELECT')
UNION ALL
SELECT format('%s may %s %s', role.name, p, oid::regclass) FROM role, relation, unnest('{USAGE,SELECT,UPDATE}'::text[]) p WHERE relkind = 'S' AND has_sequence_privilege(role.name, oid, p)
UNION ALL
SELECT format('%s may run %s', role.name, f.oid::regprocedure) FROM role, pg_proc f JOIN pg_namespace n ON n.oid = pronamespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND f.oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')
	AND prosecdef AND proname <> 'audit_events' AND nspname <> 'stats' AND has_function_privilege(role.name, f.oid, 'EXECUTE')
UNION ALL
SELECT format('%s is of %s', role.name, r.rolname) FROM role, pg_roles r WHERE r.rolname NOT IN (SELECT name FROM role) AND pg_has_role(role.name, r.oid, 'MEMBER')
`

// The analysts' role and its login may read the lens, and nothing else: no table,
// column or sequence, no function that runs as another, in no schema.
func TestDeidentified_privileges(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	connectAll(t, d)
	var found []string
	mustSelect(t, d.SQL, &found, privileges)
	if found != nil {
		t.Errorf("%q", found)
	}
	for change, want := range map[string]string{
		"GRANT SELECT ON patients TO clinicql_analyst":                             "clinicql_analyst may SELECT patients",
		"GRANT SELECT (weeks) ON pseudonym.patients TO clinicql_analyst":           "clinicql_analyst may SELECT pseudonym.patients.weeks",
		"GRANT SELECT ON history.patients TO PUBLIC":                               "clinicql_analyst may SELECT history.patients",
		"GRANT EXECUTE ON FUNCTION holds_signed_records TO clinicql_analyst":       "clinicql_analyst may run holds_signed_records(uuid)",
		"GRANT SELECT ON SEQUENCE mrn_numbers TO clinicql_analyst":                 "clinicql_analyst may SELECT mrn_numbers",
		"GRANT INSERT (name) ON rooms TO clinicql_analyst":                         "clinicql_analyst may INSERT rooms.name",
		"GRANT EXECUTE ON FUNCTION pseudonym.give TO clinicql_analyst":             "clinicql_analyst may run pseudonym.give()",
		"GRANT SELECT (xmin) ON pseudonym.appointments TO clinicql_analyst":        "clinicql_analyst may SELECT pseudonym.appointments.xmin",
		"GRANT SELECT, REFERENCES ON deid.patients TO clinicql_analyst":            "clinicql_analyst may REFERENCES deid.patients",
		"REVOKE ALL ON deid.patients FROM PUBLIC; GRANT SELECT ON users TO PUBLIC": "clinicql_analyst may SELECT users",
	} {
		tx := d.SQL.MustBegin()
		tx.MustExec(change)
		found = nil
		if err := tx.Select(&found, privileges); err != nil || !slices.Contains(found, want) {
			t.Errorf("%s: %q, %v", change, found, err)
		}
		_ = tx.Rollback()
	}
}

// Whoever writes SQL by hand as the analysts' login reads the lens and nothing
// behind it: neither shifts nor true ids, not by statistics, definitions or
// operators that tell of what they see.
func TestDeidentified_bySQL(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	closed, open := registered(t, d, "Closed"), registered(t, d, "Open")
	d.SQL.MustExec(`INSERT INTO medical_records (id, patient_id, recorded_on, status, diagnosis, code) VALUES ($1, $2, '2026-01-05', 'SIGNED', 'd', 'B20'), ($3, $4, '2026-01-05', 'SIGNED', 'd', 'J45')`,
		db.NewID(db.KindMedicalRecord), closed.ID, db.NewID(db.KindMedicalRecord), open.ID)
	d.SQL.MustExec("SELECT set_config('clinicql.actor', 'x', false); UPDATE patients SET is_restricted = true WHERE family_name = 'Closed'; ANALYZE")
	analyst := d.Pool("analyst")
	for _, statement := range []string{
		"SELECT * FROM public.patients", "SELECT 1 FROM public.patients", "SELECT * FROM pseudonym.patients", "SELECT weeks FROM pseudonym.patients", "SELECT * FROM history.patients",
		"SELECT * FROM asof.patients", "SELECT * FROM pg_statistic", "SELECT pseudonym.new_shift()", "SELECT * FROM public.users", "SELECT * FROM public.clinics",
		"SELECT public.next_mrn()", "SELECT pg_relation_filenode('public.patients'), pg_read_file('PG_VERSION')", "SET ROLE clinicql_care", "CREATE VIEW deid.x AS SELECT 1",
		"CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = int, PROCEDURE = int4lt)", "TABLE pg_statistic_ext_data", "COPY (TABLE public.patients) TO STDOUT",
	} {
		if got := sqlState(t, analyst, statement); got != "42501" {
			t.Errorf("%s answers %q", statement, got)
		}
	}
	for query, want := range map[string]string{
		"SELECT count(*) FROM patients":                                                                            "1",
		"SELECT string_agg(code, ',') FROM medical_records":                                                        "J45",
		"SELECT count(*) FROM pg_stats WHERE schemaname IN ('public', 'pseudonym', 'history', 'asof')":             "0",
		"SELECT count(*) FROM pg_stats_ext":                                                                        "0",
		"SELECT count(*) FROM pg_stats_ext_exprs":                                                                  "0",
		"SELECT count(*) FROM pg_sequences WHERE last_value IS NOT NULL":                                           "0",
		"SELECT count(*) FROM information_schema.columns WHERE table_schema IN ('public', 'pseudonym', 'history')": "0",
		"SELECT count(*) FROM patients WHERE given_name <> 'Patient' OR family_name !~ '^[0-9A-F]{4}$'":            "0",
		"SELECT count(*) FROM patients WHERE family_name <> upper(left(id::text, 4))":                              "0",
		// What runs before the barrier would fail at the row of the restricted chart.
		"SELECT count(*) FROM medical_records WHERE CASE WHEN code = 'B20' THEN 1 / (length(code) - 3) ELSE 1 END = 1":        "1",
		"SELECT count(*) FROM medical_records WHERE CASE code WHEN 'B20' THEN code ELSE '7' END::int = 7":                     "1",
		"SELECT count(*) FROM pg_views WHERE definition ~ '(" + closed.ID.String() + "|" + open.ID.String() + ")'":            "0",
		"SELECT count(*) FROM pg_class WHERE relnamespace = 'pseudonym'::regnamespace AND has_table_privilege(oid, 'SELECT')": "0",
	} {
		var got string
		if err := analyst.Get(&got, query); err != nil || got != want {
			t.Errorf("%s answers %s, %v", query, got, err)
		}
	}
}

func registered(t testing.TB, d *dbtest.Database, family string) *db.Patient {
	t.Helper()
	p, err := d.CreatePatient(acting(t), registering(person(family)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Weekday, time of day and length of each visit stay, and so does what lies between
// two events of a patient, over both changes of the clocks; every patient's dates
// are shifted by weeks of their own.
func TestDeidentified_shift(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec("SELECT set_config('clinicql.actor', 'x', false); UPDATE clinics SET time_zone = 'Europe/Berlin'")
	starts := []time.Time{}
	for day := time.Date(2026, 1, 5, 9, 10, 0, 0, zone); day.Year() == 2026; day = day.AddDate(0, 0, 37) {
		starts = append(starts, day)
	}
	const patients = 40
	for n := range patients {
		p := registered(t, d, fmt.Sprintf("Family%d", n))
		for i, at := range starts {
			at = at.Add(time.Duration(i) * time.Minute)
			d.SQL.MustExec("INSERT INTO appointments (id, patient_id, starts_at, ends_at, status, started_at) VALUES ($1, $2, $3, $4, 'COMPLETED', $5)",
				db.NewID(db.KindAppointment), p.ID, at, at.Add(25*time.Minute), at.Add(90*time.Second))
			d.SQL.MustExec("INSERT INTO medical_records (id, patient_id, recorded_on, status, diagnosis) VALUES ($1, $2, $3, 'SIGNED', $4)",
				db.NewID(db.KindMedicalRecord), p.ID, at.Format(time.DateOnly), fmt.Sprint(i))
		}
	}
	var seen []struct {
		PatientID string    `db:"patient_id"`
		StartsAt  time.Time `db:"starts_at"`
		EndsAt    time.Time `db:"ends_at"`
		StartedAt time.Time `db:"started_at"`
		Shown     db.Date
	}
	mustSelect(t, d.Pool("analyst"), &seen, `
		SELECT a.patient_id, a.starts_at, a.ends_at, a.started_at, m.recorded_on AS shown
		FROM (SELECT a.*, row_number() OVER (PARTITION BY patient_id ORDER BY starts_at) AS n FROM appointments a) a
		JOIN (SELECT m.*, row_number() OVER (PARTITION BY patient_id ORDER BY recorded_on) AS n FROM medical_records m) m USING (patient_id, n)
		ORDER BY a.patient_id, a.starts_at`)
	if len(seen) != patients*len(starts) {
		t.Fatalf("%d visits", len(seen))
	}
	shifts := map[int]int{}
	for n, v := range seen {
		at := starts[n%len(starts)].Add(time.Duration(n%len(starts)) * time.Minute)
		shown := v.StartsAt.In(zone)
		weeks := daysBetween(at, shown) / 7
		if weeks == 0 || weeks < -26 || weeks > 26 || !at.AddDate(0, 0, 7*weeks).Equal(shown) {
			t.Errorf("%v is shown as %v", at, shown)
		}
		first := seen[n-n%len(starts)].StartsAt.In(zone)
		if daysBetween(first, shown) != daysBetween(starts[0], at) {
			t.Errorf("%v lies %d days after the first", shown, daysBetween(first, shown))
		}
		if v.EndsAt.Sub(v.StartsAt) != 25*time.Minute || v.StartedAt.Sub(v.StartsAt) != time.Minute || string(v.Shown) != shown.Format(time.DateOnly) {
			t.Errorf("a visit at %v ends at %v, began at %v, and its record is of %s", shown, v.EndsAt, v.StartedAt, v.Shown)
		}
		shifts[weeks]++
	}
	if len(shifts) < 12 {
		t.Errorf("shifts of %v weeks", slices.Sorted(maps.Keys(shifts)))
	}

	d.SQL.MustExec("UPDATE clinics SET is_deidentification_strict = true")
	var strict []string
	mustSelect(t, d.Pool("analyst"), &strict, `
		SELECT DISTINCT to_char(starts_at AT TIME ZONE 'Europe/Berlin', 'MM-DD HH24:MI:SS') || to_char(recorded_on, ' MM-DD ') || (ends_at - starts_at)
		FROM appointments JOIN medical_records USING (patient_id)`)
	if fmt.Sprint(strict) != "[01-01 00:00:00 01-01 00:25:00]" {
		t.Errorf("strictly it is %v", strict)
	}
}

// daysBetween counts the days of the calendar between two instants.
func daysBetween(a, b time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(b).Sub(day(a)).Hours()) / 24
}

// Who is 90 or older, today or at death, is as old as others of 90.
func TestDeidentified_ages(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	year := time.Now().Year()
	d.SQL.MustExec("SELECT set_config('clinicql.actor', 'x', false)")
	for name, test := range map[string]struct {
		born int
		died string // its end is as long a shift away from other years
		want string
	}{
		"Child": {year - 3, "", fmt.Sprint(year - 3)}, "Old": {year - 89, "", fmt.Sprint(year - 89)}, "Ninety": {year - 90, "", fmt.Sprint(year - 90)},
		"Oldest": {year - 110, "", fmt.Sprint(year - 90)}, "Dead": {1900, "1950-07-02", "1900"},
	} {
		p := registered(t, d, name)
		d.SQL.MustExec("UPDATE patients SET birth_date = make_date($2, 6, 15), birth_date_precision = 'DAY', deceased_on = nullif($3, '')::date WHERE id = $1", p.ID, test.born, test.died)
		var got string
		err := d.SQL.Get(&got, "SELECT to_char(birth_date, 'YYYY') || CASE WHEN to_char(birth_date, 'MM-DD') <> '01-01' THEN '!' ELSE '' END FROM deid.patients JOIN pseudonym.patients k USING (id) WHERE k.row_id = $1", p.ID)
		if err != nil || got != test.want {
			t.Errorf("%s is born %s, %v", name, got, err)
		}
	}
	p := registered(t, d, "Died")
	d.SQL.MustExec("UPDATE patients SET birth_date = '1890-06-15', birth_date_precision = 'DAY', deceased_on = '1995-07-02' WHERE id = $1", p.ID)
	var age int
	if err := d.SQL.Get(&age, "SELECT extract(year FROM deceased_on) - extract(year FROM birth_date) FROM deid.patients JOIN pseudonym.patients k USING (id) WHERE k.row_id = $1", p.ID); err != nil || age != 90 {
		t.Errorf("somebody died at %d, %v", age, err)
	}
}

// A code is shown as far as it is one.
func TestDeidentified_codes(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for code, want := range map[[2]string]string{
		{"J45.9", ""}: "J45.9", {"E11", "http://hl7.org/fhir/sid/icd-10"}: "E11", {"44054006", "http://snomed.info/sct"}: "44054006", {"4548-4", "http://loinc.org"}: "4548-4",
		{"01024012345", ""}: "", {"Beridze", "http://snomed.info/sct"}: "", {"J45", "urn:nino"}: "", {"01024012345", "urn:oid:2.16.840.1.113883.4.1"}: "", {"j45", ""}: "", {"J45 Nino", ""}: "",
	} {
		var got string
		if err := d.SQL.Get(&got, "SELECT coalesce(deid.public_code($1, nullif($2, '')), '')", code[0], code[1]); err != nil || got != want {
			t.Errorf("%s is shown as %q, %v", code, got, err)
		}
	}
}
