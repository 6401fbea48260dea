package db_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// What verification looks for is what the migrations make.
func TestGuardsOfTheAudit(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var tables []string
	if err := d.SQL.Select(&tables, "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'audit\\_%' ORDER BY 1"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(tables, db.AuditedTables) {
		t.Errorf("db/audit_guard.go lists the tables %q, and the triggers are on %q", db.AuditedTables, tables)
	}
	tables = nil
	if err := d.SQL.Select(&tables, "SELECT DISTINCT tgrelid::regclass::text COLLATE \"C\" FROM pg_trigger WHERE tgname LIKE 'history\\_%' ORDER BY 1"); err != nil {
		t.Fatal(err)
	}
	if kept := slices.Sorted(maps.Keys(db.KeptTables)); !slices.Equal(tables, kept) {
		t.Errorf("db/audit_guard.go lists the tables %q, and history is kept of %q", kept, tables)
	}
	for name, digest := range db.AuditFunctions {
		got := get[string](t, d, "SELECT encode(sha256(convert_to(prosrc, 'UTF8')), 'hex') FROM pg_proc WHERE proname = $1 AND pronamespace = 'public'::regnamespace", name)
		if got != digest {
			t.Errorf("db/audit_guard.go knows %s by the digest %s; that of the migrations is %s", name, digest, got)
		}
	}
	if report := verify(t, d.DB, ""); report.Broken != nil {
		t.Errorf("a new database is broken: %v", report.Broken)
	}
}

// Whoever switches off what records changes is found, though no row tells of it.
func TestVerifyAudit_guards(t *testing.T) {
	t.Parallel()
	for name, step := range map[string]struct{ tamper, want string }{
		"a trigger switched off":            {"ALTER TABLE patients DISABLE TRIGGER audit_update", "the trigger audit_update of patients is switched off"},
		"all triggers of a table":           {"ALTER TABLE patients DISABLE TRIGGER ALL", "of patients is switched off"},
		"a trigger of replicas":             {"ALTER TABLE patients ENABLE REPLICA TRIGGER audit_insert", "the trigger audit_insert of patients is switched off"},
		"a trigger that is gone":            {"DROP TRIGGER audit_delete ON medical_records", "the trigger audit_delete of medical_records is not there"},
		"the keeper of the audit":           {"ALTER TABLE audit_log DISABLE TRIGGER keep_audit", "the trigger keep_audit of audit_log is switched off"},
		"the keeper of the seals":           {"DROP TRIGGER keep_audit ON audit_seals", "the trigger keep_audit of audit_seals is not there"},
		"a trigger that never runs":         {"DROP TRIGGER keep_audit ON audit_log; CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION keep_audit()", "the trigger keep_audit of audit_log is not that of the migrations"},
		"a trigger of another function":     {"CREATE SCHEMA evil; CREATE FUNCTION evil.audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; DROP TRIGGER audit_delete ON patients; CREATE TRIGGER audit_delete AFTER DELETE ON patients REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION evil.audit()", "the trigger audit_delete of patients is not that of the migrations"},
		"a trigger of the history":          {"ALTER TABLE patients DISABLE TRIGGER history_update", "the trigger history_update of patients is switched off"},
		"a history that is gone":            {"DROP TRIGGER history_delete ON slot_holds", "the trigger history_delete of slot_holds is not there"},
		"a history of other rows":           {"DROP TRIGGER history_update ON rooms; CREATE TRIGGER history_update AFTER UPDATE ON rooms REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_history('false')", "the trigger history_update of rooms is not that of the migrations"},
		"a history that never runs":         {"DROP TRIGGER history_insert ON rooms; CREATE TRIGGER history_insert AFTER INSERT ON rooms REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION keep_history('h.id = r.id')", "the trigger history_insert of rooms is not that of the migrations"},
		"a history that keeps nothing":      {"CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS 'BEGIN RETURN NULL; END'", "the function keep_history is not that of the migrations"},
		"a history of another time":         {"CREATE OR REPLACE FUNCTION change_instant() RETURNS timestamptz LANGUAGE plpgsql AS 'BEGIN RETURN now() - interval $$1 year$$; END'", "the function change_instant is not that of the migrations"},
		"a history that whoever writes":     {"ALTER FUNCTION keep_history() SECURITY INVOKER", "the function keep_history is not that of the migrations"},
		"a function that does nothing":      {"CREATE OR REPLACE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS 'BEGIN RETURN NULL; END'", "the function audit is not that of the migrations"},
		"a function of somebody else":       {"ALTER FUNCTION audit() OWNER TO clinicql_care", "the function audit is not that of the migrations"},
		"a function with the caller's path": {"ALTER FUNCTION audit() RESET ALL", "the function audit is not that of the migrations"},
		"a role without triggers":           {"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', current_database()); END $$", "session_replication_role"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			d.SQL.MustExec(step.tamper)
			if report := verify(t, d.DB, ""); report.Broken == nil || !strings.Contains(report.Broken.Error(), step.want) {
				t.Errorf("it says %v, and not %q", report.Broken, step.want)
			}
		})
	}
}
