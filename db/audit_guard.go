package db

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// auditedTables are those whose changes are recorded by triggers.
var auditedTables = []string{"allergies", "allergy_absences", "appointment_series", "appointment_types", "appointments", "care_team_members", "clinics",
	"glass_accesses", "medical_record_amendments", "medical_records", "patients", "practitioners", "rooms", "saved_queries", "slot_holds", "time_off", "users", "wait_list_entries", "working_hours"}

// keptTables are those of whose rows every version is kept, each with the
// condition that a version h is one of the row r.
var keptTables = map[string]string{
	"allergies": versionByID, "allergy_absences": versionByID, "appointment_series": versionByID, "appointment_types": versionByID, "appointments": versionByID, "care_team_members": versionByID,
	"clinics": versionByID, "glass_accesses": versionByID, "medical_record_amendments": versionByID, "medical_records": versionByID, "patients": versionByID, "practitioners": versionByID, "rooms": versionByID,
	"slot_holds": versionByID, "time_off": versionByID, "users": versionByID, "wait_list_entries": versionByID, "working_hours": versionByID,
	"patient_identifiers":      "h.system = r.system AND h.value = r.value",
	"practitioner_identifiers": "h.system = r.system AND h.value = r.value",
	"patient_words":            "h.word = r.word",
}

const versionByID = "h.id = r.id"

// auditFunctions are those that write the audit and the history and keep them,
// each with the SHA-256 of its source. A migration that makes one anew changes
// its digest here.
var auditFunctions = map[string]string{
	"audit":          "f0e4c7bd7a9e01e62a320d4cb7cc53e66b3a1001337a32c5740a59f9989ca979",
	"audit_events":   "9ab98c4cc5b3b586605cabc4327206188613d437f434c4035b605e147ff7269a",
	"keep_audit":     "48f45382a60aca5700894fd3c16dd2c55ef7e23bb2dac023ff8b43b6a54371da",
	"change_instant": "8eacd727fb7b95ba85079a46ad0aeb82fb503fbcc97f213db745901ebc696b0d",
	"keep_history":   "ea251a0fc7e3730cc322b0fc82c588261e36c73decbca3be618f5c417adb2e83",
}

// checkGuards returns a *Broken when something that records changes, or keeps the
// audit or the history, is missing, switched off or replaced.
func checkGuards(ctx context.Context, tx *sqlx.Tx) error {
	var kept, conditions, names, digests []string
	for table, condition := range keptTables {
		kept, conditions = append(kept, table), append(conditions, condition)
	}
	for name, digest := range auditFunctions {
		names, digests = append(names, name), append(digests, digest)
	}
	var faults []string
	err := tx.SelectContext(ctx, &faults, guardQuery, pq.Array(auditedTables), pq.Array(names), pq.Array(digests), pq.Array(kept), pq.Array(conditions))
	if err != nil {
		return fmt.Errorf("read the triggers: %w", err)
	}
	if len(faults) > 0 {
		return &Broken{Why: faults[0]}
	}
	return nil
}

// guardQuery says what is wrong. The text of a trigger holds its table, its
// function, and whatever may keep it from running; whether it runs at all is the
// server's setting too, and can be set for some who connect.
const guardQuery = `
	WITH change (name, text) AS (
		VALUES ('insert', 'AFTER INSERT ON public.%I REFERENCING NEW TABLE AS new_rows'),
			('update', 'AFTER UPDATE ON public.%I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'),
			('delete', 'AFTER DELETE ON public.%I REFERENCING OLD TABLE AS old_rows')
	), wanted AS (
		SELECT t AS relation, 'audit_' || c.name AS name, c.text, 'audit()' AS call FROM unnest($1::text[]) t, change c
		UNION ALL SELECT k.relation, 'history_' || c.name, c.text, format('keep_history(%L)', k.condition) FROM unnest($4::text[], $5::text[]) k(relation, condition), change c
		UNION ALL SELECT t, 'keep_audit', 'BEFORE DELETE OR UPDATE OR TRUNCATE ON public.%I', 'keep_audit()' FROM unnest('{audit_log,audit_seals}'::text[]) t
	)
	SELECT format('the trigger %s of %s is ', w.name, w.relation) || CASE
			WHEN g.oid IS NULL THEN 'not there'
			WHEN g.tgenabled NOT IN ('O', 'A') THEN 'switched off'
			ELSE 'not that of the migrations' END
	FROM wanted w
	LEFT JOIN pg_class c ON c.relname = w.relation AND c.relnamespace = 'public'::regnamespace
	LEFT JOIN pg_trigger g ON g.tgrelid = c.oid AND g.tgname = w.name
	WHERE g.oid IS NULL OR g.tgenabled NOT IN ('O', 'A')
		OR pg_get_triggerdef(g.oid) <> format('CREATE TRIGGER %I ' || w.text || ' FOR EACH STATEMENT EXECUTE FUNCTION public.', w.name, w.relation) || w.call
	UNION ALL
	SELECT format('the function %s is not that of the migrations', f.name)
	FROM unnest($2::text[], $3::text[]) f(name, digest)
	WHERE (SELECT count(*) FROM pg_proc p WHERE p.proname = f.name AND p.pronamespace = 'public'::regnamespace
		AND encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex') = f.digest
		AND p.proowner = (SELECT relowner FROM pg_class WHERE oid = 'public.audit_log'::regclass)
		AND (p.prosecdef AND p.proconfig = '{"search_path=pg_catalog, public, pg_temp"}' OR f.name IN ('keep_audit', 'change_instant'))) <> 1
	UNION ALL
	SELECT 'triggers are switched off by session_replication_role'
	WHERE current_setting('session_replication_role') = 'replica' OR EXISTS (
		SELECT FROM pg_db_role_setting s, unnest(s.setconfig) c
		WHERE c LIKE 'session_replication_role=%' AND c NOT LIKE '%=origin'
			AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())))`
