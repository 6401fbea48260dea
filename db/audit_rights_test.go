package db_test

import (
	"errors"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// No login of the application can change the audit, or get around what records it.
func TestAuditIsNobodysToChange(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.MustExec(events, 1)
	seal(t, d.DB)
	owner := pq.QuoteIdentifier(get[string](t, d, "SELECT current_user"))
	for _, login := range []string{"accounts", "reception", "care", "admin", "analyst", "system"} {
		statements := []string{
			"UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log", "INSERT INTO audit_log (actor, action) VALUES ('x', 'READ')",
			"COPY audit_log (actor, action) FROM stdin", "MERGE INTO audit_log USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE",
			"UPDATE audit_seals SET sealed_at = now()", "DELETE FROM audit_seals", "TRUNCATE audit_seals", "TRUNCATE audit_seals CASCADE",
			"ALTER TABLE audit_log DISABLE TRIGGER keep_audit", "ALTER TABLE audit_log DISABLE TRIGGER ALL", "ALTER TABLE audit_seals DISABLE TRIGGER keep_audit",
			"ALTER TABLE patients DISABLE TRIGGER audit_update", "DROP TRIGGER keep_audit ON audit_log", "DROP TABLE audit_log", "DROP TABLE audit_seals",
			"ALTER TABLE audit_log OWNER TO current_user", "ALTER TABLE audit_log RENAME TO x", "CREATE TRIGGER x BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION keep_audit()",
			"CREATE RULE x AS ON INSERT TO audit_log DO INSTEAD NOTHING", "CREATE POLICY x ON audit_log USING (false)", "ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY",
			"CREATE OR REPLACE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'", "DROP FUNCTION audit() CASCADE", "ALTER FUNCTION audit() RESET ALL",
			"CREATE FUNCTION public.x() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE SCHEMA x", "CREATE TEMP TABLE audit_log ()",
			"SET session_replication_role = replica", "SET ROLE " + owner, "SET SESSION AUTHORIZATION " + owner, "SELECT nextval('audit_log_id_seq')", "SELECT setval('audit_log_id_seq', 1)",
			"SELECT audit_events('{}', 'INSERT', '{NULL}', NULL, NULL)", "SELECT audit_table('patients')",
		}
		if login != "system" { // which seals
			statements = append(statements, "INSERT INTO audit_seals SELECT * FROM audit_seals", "SELECT setval('audit_seal_count', 1)", "SELECT nextval('audit_seal_count')",
				"SELECT * FROM audit_log")
		}
		for _, s := range statements {
			_, err := d.Pool(login).Exec(s)
			if refused := new(pq.Error); !errors.As(err, &refused) || refused.Code != "42501" {
				t.Errorf("%s: %s: %v", login, s, err)
			}
		}
	}
	if report := verify(t, d.DB, ""); report.Broken != nil {
		t.Error(report.Broken)
	}
}
