package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/backup"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// A backup is brought back the same, row for row, and a server goes on from there.
func TestBackup(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := seed.Run(auth.WithActor(t.Context(), auth.SystemActor("seed")), d.DB, seed.Options{Patients: 30, Seed: 1, Now: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.SealAudit(auth.WithActor(t.Context(), auth.SystemActor("seal"))); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "backup")
	does := func(ok bool, want, url string, arguments ...string) {
		t.Helper()
		got, went := said(t, []string{"DATABASE_URL=" + url}, arguments)
		if went != ok || !strings.Contains(got, want) || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: want %q, got %s", arguments, want, got)
		}
	}
	does(true, "Backed up ", d.URL, "backup", folder)
	restored := dbtest.Empty(t)
	does(true, "the same as were backed up, and the audit is whole", restored, "restore", folder)
	does(true, "The audit is whole", restored, "audit", "verify")
	again := filepath.Join(t.TempDir(), "again")
	does(true, "Backed up ", restored, "backup", again)
	one, err := backup.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	two, err := backup.Read(again)
	if err != nil {
		t.Fatal(err)
	}
	for name, table := range one.Tables {
		if two.Tables[name] != table && name != "public.audit_log" { // where it is noted that the audit was verified
			t.Errorf("%s is %v, was %v", name, two.Tables[name], table)
		}
	}
	if one.Tables["public.patients"].Rows != 30 || one.Tables["history.patients"].Rows < 30 || one.Head == "" || len(one.Roles) < 7 {
		t.Errorf("it says %+v", one)
	}
	startOn(t, restored)

	nothing := dbtest.Empty(t)
	does(false, "clinicql: backup: "+folder+" is there already, and nothing is written over", d.URL, "backup", folder)
	does(false, "clinicql: backup: the database is empty", nothing, "backup", folder+"2")
	does(false, "clinicql: backup: the database cannot be reached", "postgres://nobody@127.0.0.1:1/none?sslmode=disable", "backup", folder+"2")
	does(false, "clinicql: restore: the database has ", d.URL, "restore", folder)
	does(false, "clinicql: restore: this is no backup: ", nothing, "restore", folder+"2")
	if left, _ := filepath.Glob(folder + "2*"); left != nil {
		t.Errorf("%s is left", left)
	}

	dump := filepath.Join(folder, "clinic.dump")
	whole, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text []byte) {
		if err := os.WriteFile(dump, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(whole[:len(whole)/2])
	does(false, "the backup is cut off or damaged", nothing, "restore", folder)
	write(append(whole[:len(whole)-1:len(whole)-1], whole[len(whole)-1]^1))
	does(false, "is not what was backed up: its SHA-256 is another", nothing, "restore", folder)
	write(whole)
	manifest := filepath.Join(folder, "manifest.json")
	text, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(manifest, []byte(strings.Replace(string(text), `"rows": 30,`, `"rows": 31,`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	does(false, "clinicql: restore: what was restored is not what was backed up: [", nothing, "restore", folder)
}
