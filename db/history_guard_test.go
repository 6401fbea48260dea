package db_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// lenses are the schemas that show the tables in another way, each with whether
// whoever may read a table may read it so.
var lenses = map[string]bool{"asof": true}

// withoutHistory are the tables of whose rows no versions are kept, and why.
var withoutHistory = map[string]string{
	"api_tokens":         "accounts are a matter of now",
	"audit_log":          "nothing in it changes; each lens shows the audit_entries of it",
	"audit_seals":        "nothing in it changes",
	"change_position":    "how far the changes can be read",
	"changes":            "ids and times that say which rows with history were written, kept for a day",
	"family_names":       "every family name that a patient has or had, among which all instants look",
	"idempotency_keys":   "answers that are kept for a day",
	"imported_resources": "what an import has seen: it says where a row came from, and the row has history",
	"password_links":     "accounts are a matter of now",
	"passwords":          "nobody is to find out old ones",
	"recovery_codes":     "accounts are a matter of now",
	"role_keys":          "a key",
	"saved_queries":      "what somebody keeps to run is a matter of now, and what they deleted is not shown again",
	"schema_migrations":  "says itself when each was applied",
	"second_factors":     "accounts are a matter of now",
	"secrets":            "keys",
	"sessions":           "accounts are a matter of now",
	"sign_in_challenges": "accounts are a matter of now",
	"sign_in_failures":   "accounts are a matter of now",
}

// withoutAudit are the tables with history whose changes the audit does not
// tell, and why.
var withoutAudit = map[string]string{
	"patient_identifiers":      "derived from patients.identifiers, of which the audit tells",
	"patient_words":            "derived from patients' names, of which the audit tells",
	"practitioner_identifiers": "derived from practitioners.identifiers, of which the audit tells",
}

// historyFaults lists what the tables lack, $1 lenses, $2 those that have the
// rights of the tables, $3 the tables without history, $4 those without audit.
const historyFaults = `
WITH RECURSIVE live AS (
	SELECT oid, relname AS name, relowner, relrowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
), chart (oid) AS ( -- what holds a patient's data
	SELECT 'public.patients'::regclass::oid
	UNION
	SELECT attrelid FROM pg_attribute WHERE attrelid IN (SELECT oid FROM live) AND attname ~ '(^|_)patient_id$' AND NOT attisdropped
	UNION
	SELECT conrelid FROM pg_constraint JOIN chart ON confrelid = chart.oid WHERE contype = 'f'
), kept AS (
	SELECT l.*, h.oid AS history, h.relowner AS history_owner, h.relrowsecurity AS history_security
	FROM live l JOIN pg_class h ON h.relname = l.name AND h.relnamespace = to_regnamespace('history') AND h.relkind = 'r'
), columns AS (
	SELECT attrelid AS oid, array_agg(attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attcollation ORDER BY attnum) AS all
	FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped GROUP BY attrelid
), version AS (
	SELECT ARRAY['valid_from timestamp with time zone 0', 'valid_to timestamp with time zone 0', 'changed_by text 100', 'changed_by_id uuid 0', 'change_reason text 100'] AS columns
), shown AS (
	SELECT k.oid, k.name, k.relowner, lens, v.oid AS view, v.relowner AS view_owner
	FROM kept k CROSS JOIN unnest($1::text[]) lens
	LEFT JOIN pg_class v ON v.relname = k.name AND v.relnamespace = to_regnamespace(lens) AND v.relkind = 'v'
), key AS ( -- the first columns of a table of versions' own index are the key of its rows
	SELECT i.indrelid AS history, i.indnkeyatts - 1 AS n, regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING btree \((.*), valid_from\)$', '\1') AS columns
	FROM pg_index i JOIN kept ON history = i.indrelid WHERE pg_get_indexdef(i.indexrelid) ~ ', valid_from\)$' AND i.indpred IS NULL
), granted AS (
	SELECT c.oid, c.relowner, a.grantee, a.privilege_type
	FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a WHERE a.grantee <> c.relowner
), readable AS (
	SELECT c.oid, array_agg(DISTINCT g.grantee ORDER BY g.grantee) FILTER (WHERE g.privilege_type = 'SELECT') AS by
	FROM pg_class c LEFT JOIN granted g ON g.oid = c.oid GROUP BY c.oid
), past AS (
	SELECT c.oid, c.relnamespace, c.oid::regclass::text AS name FROM pg_class c WHERE c.relnamespace IN (SELECT to_regnamespace(s) FROM unnest(ARRAY['history'] || $1) s) AND c.relkind IN ('r', 'v', 'm', 'p')
)
SELECT name || CASE WHEN oid IN (TABLE chart) THEN ' holds a patient''s data and' ELSE '' END || ' has no history' FROM live WHERE name NOT IN (SELECT name FROM kept) AND name <> ALL($3)
UNION ALL
SELECT t || ' has history now, or is gone' FROM unnest($3::text[]) t WHERE t IN (SELECT name FROM kept) OR t NOT IN (SELECT name FROM live)
UNION ALL
SELECT name || CASE WHEN oid IN (TABLE chart) THEN ' holds a patient''s data and' ELSE '' END || ' is not audited'
FROM live WHERE name <> ALL($3 || $4) AND (SELECT count(*) FROM pg_trigger WHERE tgrelid = live.oid AND tgfoid = 'public.audit'::regproc AND tgenabled IN ('O', 'A')) <> 3
UNION ALL
SELECT t || ' is audited now, or is gone' FROM unnest($4::text[]) t
WHERE t NOT IN (SELECT name FROM live) OR EXISTS (SELECT FROM pg_trigger WHERE tgrelid = ('public.' || t)::regclass AND tgfoid = 'public.audit'::regproc)
UNION ALL
SELECT name || ' has not all triggers of history' FROM kept
WHERE (SELECT count(*) FROM pg_trigger WHERE tgrelid = kept.oid AND tgfoid = 'public.keep_history'::regproc AND tgname ~ '^history_(insert|update|delete)$' AND tgenabled IN ('O', 'A')) <> 3
UNION ALL
SELECT k.name || ' has other columns than its history' FROM kept k JOIN columns l ON l.oid = k.oid JOIN columns h ON h.oid = k.history, version WHERE h.all <> version.columns || l.all
UNION ALL
SELECT name || ' has no view in ' || lens FROM shown WHERE view IS NULL
UNION ALL
SELECT s.name || ' has other columns than its view in ' || s.lens FROM shown s JOIN columns l ON l.oid = s.oid JOIN columns v ON v.oid = s.view WHERE l.all <> v.all
UNION ALL
SELECT format('%s has the index %s, and its history none like it', k.name, i.indexrelid::regclass)
FROM kept k JOIN pg_index i ON i.indrelid = k.oid AND NOT i.indisexclusion LEFT JOIN key ON key.history = k.history
WHERE NOT EXISTS (SELECT FROM pg_index h WHERE h.indrelid = k.history AND h.indisvalid
		AND regexp_replace(pg_get_indexdef(h.indexrelid), '^.* USING | WITH \([^)]*\)', '', 'g') = regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING | WITH \([^)]*\)', '', 'g'))
	AND NOT (i.indisunique AND i.indpred IS NULL AND key.columns = (SELECT string_agg(pg_get_indexdef(i.indexrelid, c, true), ', ' ORDER BY c) FROM generate_series(1, key.n) c))
UNION ALL
SELECT name || '''s history has no index on what its rows are told apart by' FROM kept WHERE history NOT IN (SELECT history FROM key)
UNION ALL
SELECT format('%s and its history or view are read by others: %s', k.name, r.oid::regclass) FROM kept k JOIN readable l ON l.oid = k.oid
JOIN readable r ON r.oid = k.history OR r.oid IN (SELECT view FROM shown s WHERE s.oid = k.oid AND lens = ANY($2)) WHERE r.by IS DISTINCT FROM l.by
UNION ALL
SELECT format('%s may be written by %s', name, g.grantee::regrole) FROM past JOIN granted g ON g.oid = past.oid WHERE g.privilege_type <> 'SELECT'
UNION ALL
SELECT format('columns of %s have grants of their own', past.name) FROM past JOIN pg_attribute a ON a.attrelid = past.oid WHERE a.attacl <> '{}'
UNION ALL
SELECT format('%s is not owned by who owns %s', p.oid::regclass, k.name) FROM kept k JOIN shown s ON s.oid = k.oid
JOIN LATERAL (VALUES (k.history, k.history_owner), (s.view, s.view_owner)) p(oid, owner) ON p.owner <> k.relowner
UNION ALL
SELECT name || ' has policies of rows, which its history and views have not' FROM kept WHERE relrowsecurity
UNION ALL
SELECT format('others than its owner may create in the schema %s', nspname) FROM pg_namespace, aclexplode(nspacl) a
WHERE nspname = ANY(ARRAY['history'] || $1) AND a.privilege_type = 'CREATE' AND a.grantee <> nspowner`

func faultsOfHistory(t testing.TB, d *dbtest.Database) []string {
	t.Helper()
	var faults, like []string
	for lens, rights := range lenses {
		if rights {
			like = append(like, lens)
		}
	}
	names := func(m map[string]string) any { return pq.Array(slices.Sorted(maps.Keys(m))) }
	if err := d.SQL.Select(&faults, historyFaults, pq.Array(slices.Sorted(maps.Keys(lenses))), pq.Array(like), names(withoutHistory), names(withoutAudit)); err != nil {
		t.Fatal(err)
	}
	return faults
}

// Each table has its history, its audit and its view in each lens, alike in
// columns, indexes and rights, or a reason.
func TestHistory_ofEveryTable(t *testing.T) {
	t.Parallel()
	for _, fault := range faultsOfHistory(t, dbtest.New(t)) {
		t.Error(fault)
	}
}

// What a migration may forget is found.
func TestHistory_forgotten(t *testing.T) {
	t.Parallel()
	for change, want := range map[string]string{
		"CREATE TABLE photographs (id uuid PRIMARY KEY, patient_id uuid)":                    "photographs holds a patient's data and has no history",
		"CREATE TABLE x_rays (id uuid PRIMARY KEY, shown_patient_id uuid)":                   "x_rays holds a patient's data and is not audited",
		"CREATE TABLE results (id uuid PRIMARY KEY, record uuid REFERENCES medical_records)": "results holds a patient's data and has no history",
		"CREATE TABLE devices (id uuid PRIMARY KEY)":                                         "devices has no history",
		"CREATE TABLE photographs (id uuid PRIMARY KEY, version int, created_at timestamptz, updated_at timestamptz, patient_id uuid); SELECT history_table('photographs')": "photographs holds a patient's data and is not audited",
		"DROP TABLE sign_in_failures":                                                       "sign_in_failures has history now, or is gone",
		"SELECT audit_table('practitioner_identifiers')":                                    "practitioner_identifiers is audited now, or is gone",
		"DROP TABLE history.allergies CASCADE":                                              "allergies holds a patient's data and has no history",
		"DROP TRIGGER audit_update ON patients":                                             "patients holds a patient's data and is not audited",
		"DROP TRIGGER history_update ON patients":                                           "patients has not all triggers of history",
		"ALTER TABLE patients DISABLE TRIGGER history_insert":                               "patients has not all triggers of history",
		"ALTER TABLE allergies ADD COLUMN note text":                                        "allergies has other columns than its history",
		"ALTER TABLE history.rooms DROP COLUMN name CASCADE":                                "rooms has other columns than its history",
		"ALTER TABLE rooms ADD COLUMN a int; ALTER TABLE history.rooms ADD COLUMN a int":    "rooms has other columns than its view in asof",
		"ALTER TABLE rooms ADD COLUMN a int; ALTER TABLE history.rooms ADD COLUMN a bigint": "rooms has other columns than its history",
		"DROP VIEW asof.medical_records CASCADE":                                            "medical_records has no view in asof",
		"DROP VIEW asof.rooms; CREATE TABLE asof.rooms (LIKE rooms)":                        "rooms has no view in asof",
		"DROP VIEW asof.rooms; CREATE VIEW asof.rooms AS SELECT id FROM history.rooms":      "rooms has other columns than its view in asof",
		"DROP INDEX history.patients_birth_date_id_idx":                                     "patients has the index patients_birth_date, and its history none like it",
		"CREATE INDEX patients_by_email ON patients (email)":                                "patients has the index patients_by_email, and its history none like it",
		"CREATE INDEX of_drafts ON medical_records (patient_id) WHERE status = 'DRAFT'":     "medical_records has the index of_drafts, and its history none like it",
		"DROP INDEX history.patients_id_valid_from_idx":                                     "patients's history has no index on what its rows are told apart by",
		"GRANT SELECT ON medical_records TO clinicql_reception":                             "medical_records and its history or view are read by others",
		"GRANT SELECT ON history.medical_records TO clinicql_reception":                     "medical_records and its history or view are read by others: history.medical_records",
		"GRANT SELECT ON asof.medical_records TO PUBLIC":                                    "medical_records and its history or view are read by others: asof.medical_records",
		"REVOKE SELECT ON asof.patients FROM clinicql_care":                                 "patients and its history or view are read by others: asof.patients",
		"GRANT SELECT (diagnosis) ON history.medical_records TO clinicql_admin":             "columns of history.medical_records have grants of their own",
		"GRANT INSERT ON history.patients TO clinicql_system":                               "history.patients may be written by clinicql_system",
		"GRANT UPDATE ON asof.patients TO clinicql_care":                                    "asof.patients may be written by clinicql_care",
		"GRANT TRUNCATE ON history.rooms TO clinicql_admin":                                 "history.rooms may be written by clinicql_admin",
		"GRANT CREATE ON SCHEMA history TO clinicql_admin":                                  "others than its owner may create in the schema history",
		"ALTER VIEW asof.rooms OWNER TO clinicql_admin":                                     "asof.rooms is not owned by who owns rooms",
		"ALTER TABLE history.rooms OWNER TO clinicql_admin":                                 "history.rooms is not owned by who owns rooms",
		"ALTER TABLE rooms ENABLE ROW LEVEL SECURITY":                                       "rooms has policies of rows",
	} {
		t.Run(change, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			d.SQL.MustExec(change)
			if faults := faultsOfHistory(t, d); !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, want) }) {
				t.Errorf("it says %q, and not %q", faults, want)
			}
		})
	}
}
