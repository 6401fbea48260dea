package db_test

import (
	"database/sql"
	"errors"
	"net/url"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/migrations"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Each login is itself, a member of its group and of nothing else, without an
// attribute, and neither it nor the group owns anything in the cluster.
func TestLogins_ownNothing(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	connectAll(t, d)
	for _, login := range db.Logins {
		var who struct{ Session, Current, Oid string }
		if err := d.Pool(login).Get(&who, "SELECT session_user AS session, current_user AS current, oid FROM pg_database WHERE datname = current_database()"); err != nil {
			t.Fatal(err)
		}
		if want := "clinicql_" + login + "_" + who.Oid; who.Session != want || who.Current != want {
			t.Errorf("%s is %+v", login, who)
		}
		for name, query := range map[string]string{
			"attributes":  "SELECT count(*) FROM pg_roles WHERE rolname IN ($1, $2) AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR rolconfig IS NOT NULL OR rolcanlogin = (rolname = $2))",
			"possessions": "SELECT count(*) FROM pg_shdepend JOIN pg_roles r ON r.oid = refobjid WHERE rolname IN ($1, $2) AND deptype = 'o'",
			"others": `SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member JOIN pg_roles g ON g.oid = m.roleid
				WHERE r.rolname IN ($1, $2) AND NOT (r.rolname = $1 AND g.rolname = $2 AND NOT m.admin_option)`,
			"grants of its own": "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE r.rolname = $1 AND $2 <> ''",
			"options to grant":  "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE r.rolname IN ($1, $2) AND a.is_grantable",
		} {
			var n int
			if err := d.SQL.Get(&n, query, who.Session, "clinicql_"+login); err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				t.Errorf("%s has %d %s", login, n, name)
			}
		}
	}
}

// A login connects to its own database, and to no other clinic's in the cluster,
// be it one where nobody has connected yet.
func TestLogins_areOfOneDatabase(t *testing.T) {
	t.Parallel()
	own, other := dbtest.New(t), dbtest.New(t)
	connectAll(t, other)
	fresh := dbtest.Empty(t)
	pool, err := sql.Open("postgres", fresh)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	if _, err := migrations.Up(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	for _, login := range db.Logins {
		name, password, err := own.MakeLogin(t.Context(), login)
		if err != nil {
			t.Fatal(err)
		}
		for address, want := range map[string]string{own.URL: "", other.URL: "42501", fresh: "42501"} {
			u, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			u.User = url.UserPassword(name, password)
			pool := sqlx.MustOpen("postgres", u.String())
			err = pool.Ping()
			pool.Close()
			var refused *pq.Error
			if errors.As(err, &refused); err == nil && want != "" || refused != nil && string(refused.Code) != want {
				t.Errorf("%s connects to %s: %v", login, u.Path, err)
			}
		}
	}
}

// The functions that run as their owner find their tables where nobody can put others.
func TestLogins_hijackNoFunction(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	connectAll(t, d)
	var open []string
	err := d.SQL.Select(&open, `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
		AND NOT coalesce('search_path=pg_catalog, public, pg_temp' = ANY(proconfig), false)`)
	if err != nil || open != nil {
		t.Errorf("%v have a search_path that their caller chooses, %v", open, err)
	}
	var name, database string
	if err := d.Pool("reception").QueryRow("SELECT current_user, current_database()").Scan(&name, &database); err != nil {
		t.Fatal(err)
	}
	// Even one who could make temporary tables, which none can, would not be heard.
	if _, err := d.SQL.Exec("GRANT TEMPORARY ON DATABASE " + database + " TO " + name); err != nil {
		t.Fatal(err)
	}
	tx := d.Pool("reception").MustBegin()
	defer func() { _ = tx.Rollback() }()
	tx.MustExec("CREATE TEMPORARY TABLE practitioners (id uuid, is_active boolean)")
	tx.MustExec("CREATE TEMPORARY TABLE audit_log (actor text, role text, user_id uuid, token_id uuid, operation_id text, action text, patient_id uuid, glass_id uuid, fields text[], reason text)")
	tx.MustExec("SET LOCAL search_path = pg_temp, public")
	id := db.NewID(db.KindPractitioner)
	tx.MustExec("INSERT INTO practitioners VALUES ($1, true)", id)
	var active sql.NullBool
	if err := tx.Get(&active, "SELECT public.hold_practitioner($1)", id); err != nil || active.Valid {
		t.Errorf("a temporary practitioner is active: %v %v", active, err)
	}
	tx.MustExec(`SELECT public.audit_events('{"actor": "x"}', 'READ', '{NULL}', '{}', '')`)
	var n int
	if err := tx.Get(&n, "SELECT count(*) FROM pg_temp.audit_log"); err != nil || n > 0 {
		t.Errorf("%d entries went into a temporary audit, %v", n, err)
	}
	for _, login := range db.Logins {
		if got := sqlState(t, d.Pool(login), "CREATE TABLE public.x (y int)"); got != "42501" {
			t.Errorf("%s makes a table: %q", login, got)
		}
	}
}
