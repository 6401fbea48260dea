package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/embedded"
	"github.com/jmoiron/sqlx"
)

// An ownPostgres is a cluster of one test's own, durable as a clinic's, which can
// be killed and started again.
type ownPostgres struct {
	*embedded.Server
	dir string
	log *output
}

// startPostgres starts the cluster in dir, and makes it when there is none.
func startPostgres(t testing.TB, dir string) *ownPostgres {
	t.Helper()
	log := &output{}
	server, err := embedded.Start(t.Context(), embedded.Options{Dir: dir, Log: log})
	if err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	p := &ownPostgres{server, dir, log}
	t.Cleanup(func() { p.Stop() })
	return p
}

// kill sends kill -9 to the postmaster.
func (p *ownPostgres) kill(t testing.TB) {
	t.Helper()
	if err := syscall.Kill(postmaster(t, p.dir), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-p.Done()
	p.Stop() // which gives the directory free
}

// postmaster returns the id of the process that runs the cluster in dir.
func postmaster(t testing.TB, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.SplitN(string(text), "\n", 2)[0])
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// openDatabase brings the database at url to the newest form and opens it.
func openDatabase(t testing.TB, url string) *dbtest.Database {
	t.Helper()
	if _, err := migrate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	d := &dbtest.Database{URL: url}
	var err error
	if d.DB, err = db.Open(url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.DB.Close() })
	if d.SQL, err = sqlx.Open("postgres", url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.SQL.Close() })
	return d
}
