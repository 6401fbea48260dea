package db_test

import (
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
