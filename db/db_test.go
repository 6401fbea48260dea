package db_test

import (
	"crypto/rand"
	"net/url"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/migrations"
	"github.com/jmoiron/sqlx"
)

// Pitfall 27: a database whose locale knows ASCII only cannot search Georgian names.
func TestCheckLocale(t *testing.T) {
	t.Parallel()
	if err := dbtest.New(t).CheckLocale(t.Context()); err != nil {
		t.Errorf("a locale that knows Georgian is refused: %v", err)
	}
	server := sqlx.MustOpen("postgres", dbtest.Server(t))
	defer server.Close()
	name := "ascii_" + strings.ToLower(rand.Text())
	server.MustExec("CREATE DATABASE " + name + " TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
	defer server.Exec("DROP DATABASE " + name + " WITH (FORCE)")
	address, err := url.Parse(dbtest.Server(t))
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name
	pool := sqlx.MustOpen("postgres", address.String())
	defer pool.Close()
	if _, err := migrations.Up(t.Context(), pool.DB); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(address.String())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.CheckLocale(t.Context()); err == nil || !strings.Contains(err.Error(), "does not know Georgian") {
		t.Errorf("a locale of ASCII answers %v", err)
	}
}

// Postgres compiles no statement of ours, even where that is its setting.
func TestOpen_withoutJIT(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.MustExec(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET jit = on', current_database()); END $$`)
	for _, login := range db.Logins {
		var jit string
		if err := d.Pool(login).Get(&jit, "SHOW jit"); err != nil || jit != "off" {
			t.Errorf("jit is %s for %s: %v", jit, login, err)
		}
	}
}
