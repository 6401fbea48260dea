// Package dbtest gives every test a Postgres database of its own, cloned from a
// template at the newest migration. Tests may all run in parallel.
//
// One throw-away cluster serves all packages of a "go test ./..." and goes away
// when it is idle. TEST_DATABASE_URL names another server to use instead; its
// user must be allowed to create databases, and templates stay behind there.
package dbtest

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/jmoiron/sqlx"
)

// Database is one test's own. SQL is for arranging and asserting what the verbs
// of db do not offer.
type Database struct {
	*db.DB
	URL string
	SQL *sqlx.DB
}

// New returns a migrated, empty database, and removes it when t ends.
func New(t testing.TB) *Database {
	t.Helper()
	s := shared(t)
	template, err := s.migrated()
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	url := s.create(t, template)
	d := &Database{URL: url, SQL: connect(t, url)}
	if d.DB, err = db.Open(url); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	t.Cleanup(func() { d.DB.Close() })
	return d
}

// Empty returns the URL of a database that no migration has touched, and removes
// it when t ends.
func Empty(t testing.TB) string {
	t.Helper()
	return shared(t).create(t, "template0")
}

// Server returns the URL of the database postgres on the shared server. Whoever
// uses it must not disturb other tests.
func Server(t testing.TB) string {
	t.Helper()
	return shared(t).url
}

// shared returns the server that all tests use, or ends t when there is none.
func shared(t testing.TB) *server {
	t.Helper()
	s, err := join()
	if err != nil {
		t.Fatalf("dbtest: there is no Postgres to test on: %v; or set TEST_DATABASE_URL to a server of your own", err)
	}
	return s
}

// connect opens a small pool that is closed when t ends.
func connect(t testing.TB, url string) *sqlx.DB {
	t.Helper()
	pool, err := sqlx.Open("postgres", url)
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	t.Cleanup(func() { pool.Close() })
	return pool
}

// prefix is common to the names of all tests' databases. The number of the
// process that made one follows, so that it can be told when it was left over.
const prefix = "clinicql_test_"

// create clones template for t and returns the clone's URL.
func (s *server) create(t testing.TB, template string) string {
	t.Helper()
	name := fmt.Sprintf("%s%d_%s", prefix, os.Getpid(), strings.ToLower(rand.Text()[:8]))
	if _, err := s.admin.Exec("CREATE DATABASE " + name + " TEMPLATE " + template + s.strategy); err != nil {
		t.Fatalf("dbtest: create a database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.drop(name); err != nil {
			t.Errorf("dbtest: drop a database: %v", err)
		}
	})
	return onServer(s.url, name)
}

// drop removes a database and the logins that were made for it.
func (s *server) drop(name string) error {
	var logins []string
	rows, err := s.admin.Query(`
		SELECT rolname FROM pg_roles, pg_database
		WHERE datname = $1 AND rolname LIKE 'clinicql\_%\_' || pg_database.oid`, name)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var login string
		if err := rows.Scan(&login); err != nil {
			return err
		}
		logins = append(logins, login)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if _, err := s.admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil || logins == nil {
		return err
	}
	_, err = s.admin.Exec("DROP ROLE " + strings.Join(logins, ", "))
	return err
}

// onServer is base with another database.
func onServer(base, database string) string {
	u, err := url.Parse(base)
	if err != nil {
		panic(err) // join has parsed it before
	}
	u.Path = "/" + database
	return u.String()
}
