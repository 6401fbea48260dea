package migrations_test

import (
	"database/sql"
	"testing"
)

// everything lists, a line each, what migrations can make in a database, except
// what belongs to Postgres, to an extension or to the list of migrations itself.
const everything = `
WITH ours AS (
	SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), extended AS (
	SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
	SELECT c.* FROM pg_class c
	WHERE c.relnamespace IN (SELECT oid FROM ours)
	  AND c.relname NOT IN ('schema_migrations', 'schema_migrations_pkey')
	  AND ('pg_class'::regclass, c.oid) NOT IN (SELECT classid, objid FROM extended)
)
SELECT concat_ws(' ', 'schema', nspname, ARRAY(SELECT unnest(coalesce(nspacl, acldefault('n', nspowner)))::text ORDER BY 1)::text) FROM pg_namespace WHERE oid IN (SELECT oid FROM ours)
UNION ALL
SELECT concat_ws(' ', 'extension', extname) FROM pg_extension
UNION ALL
SELECT concat_ws(' ', 'relation', oid::regclass, relkind, relpersistence, ARRAY(SELECT unnest(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))::text ORDER BY 1)::text, reloptions::text,
	'security', relrowsecurity, relforcerowsecurity, CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END)
FROM relation
UNION ALL
SELECT concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
	attgenerated, nullif(ARRAY(SELECT unnest(attacl)::text ORDER BY 1)::text, '{}'), attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid))
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE attrelid IN (SELECT oid FROM relation) AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
FROM pg_constraint WHERE conrelid IN (SELECT oid FROM relation)
UNION ALL
SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN (SELECT oid FROM relation)
UNION ALL
SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid), tgenabled)
FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM relation) AND NOT tgisinternal
UNION ALL
SELECT concat_ws(' ', 'rule', pg_get_ruledef(r.oid)) FROM pg_rewrite r
WHERE ev_class IN (SELECT oid FROM relation) AND rulename <> '_RETURN'
UNION ALL
SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, polroles::regrole[]::text,
	pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
UNION ALL
SELECT concat_ws(' ', 'function', oid::regprocedure, ARRAY(SELECT unnest(coalesce(proacl, acldefault('f', proowner)))::text ORDER BY 1)::text, CASE WHEN prokind <> 'a' THEN pg_get_functiondef(oid) END)
FROM pg_proc WHERE pronamespace IN (SELECT oid FROM ours)
	AND ('pg_proc'::regclass, oid) NOT IN (SELECT classid, objid FROM extended)
UNION ALL
SELECT concat_ws(' ', 'type', oid::regtype, typtype, format_type(typbasetype, typtypmod), typnotnull, typdefault, typacl::text,
	(SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
	(SELECT string_agg(pg_get_constraintdef(oid), ',' ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid))
FROM pg_type t WHERE typnamespace IN (SELECT oid FROM ours) AND typname !~ 'schema_migrations$'
	AND ('pg_type'::regclass, oid) NOT IN (SELECT classid, objid FROM extended)
	AND (typelem = 0 OR (typelem NOT IN (SELECT objid FROM extended WHERE classid = 'pg_type'::regclass)))
UNION ALL
SELECT concat_ws(' ', 'comment', obj_description, classoid::regclass, objsubid, description)
FROM pg_description d, LATERAL (SELECT (pg_identify_object(classoid, objoid, objsubid)).identity) o(obj_description)
WHERE classoid = 'pg_class'::regclass AND objoid IN (SELECT oid FROM relation)
   OR classoid = 'pg_namespace'::regclass AND objoid IN (SELECT oid FROM ours)
   OR classoid = 'pg_proc'::regclass AND objoid IN (SELECT oid FROM pg_proc WHERE pronamespace IN (SELECT oid FROM ours))
UNION ALL
SELECT concat_ws(' ', 'default privileges', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl::text)
FROM pg_default_acl
UNION ALL
SELECT concat_ws(' ', 'event trigger', evtname, evtevent, evtfoid::regproc) FROM pg_event_trigger
UNION ALL
SELECT concat_ws(' ', 'setting', setrole::regrole, setconfig::text) FROM pg_db_role_setting
WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY 1`

func catalogue(t *testing.T, db *sql.DB) []string {
	t.Helper()
	rows, err := db.Query(everything)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}
