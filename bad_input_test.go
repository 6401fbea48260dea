package main

import (
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/jmoiron/sqlx"
)

// A mistake is something that the program is told wrongly.
type mistake struct {
	name        string
	environment []string
	arguments   string
	want        string // of what it says
}

// Whatever the program is told wrongly, it says in one line what and where, ends
// with 1 and changes nothing, neither in the database nor on the disk. What is not
// here is in TestEnvironment_misspelt, TestServe_leavesOthersAlone and TestBackup.
func TestMistakes(t *testing.T) {
	t.Parallel()
	folder, empty := t.TempDir(), dbtest.Empty(t)
	file := filepath.Join(folder, "file")
	write(t, file, "no folder")
	write(t, filepath.Join(folder, "cut", "manifest.json"), `{"bytes": 100, "sha256": "5f", "tables": {"public.patients": {"rows": 1}}}`)
	write(t, filepath.Join(folder, "cut", "clinic.dump"), strings.Repeat("x", 50))
	write(t, filepath.Join(folder, "half", "manifest.json"), `{"bytes": 100, "sha256": "5f", "tab`)
	write(t, filepath.Join(folder, "alone", "manifest.json"), `{"bytes": 100, "sha256": "5f", "tables": {"public.patients": {"rows": 1}}}`)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	taken := listener.Addr().String()

	const (
		none  = "DATABASE_URL="
		gone  = "DATABASE_URL=postgres://clinicql:secret@127.0.0.1:1/clinicql?sslmode=disable"
		spot  = "--listen=127.0.0.1:0"
		where = "dial tcp 127.0.0.1:1: connect: connection refused"
	)
	there := "DATABASE_URL=" + empty
	mistakes := []mistake{
		{"another database's address", []string{"DATABASE_URL=mysql://clinicql:secret@db/clinicql"}, "serve " + spot, "the address is not of the form postgres://user:password@host/name"},
		{"an address that is none", []string{"DATABASE_URL=postgres://clinicql:secret%zz@db/clinicql"}, "migrate", "the address is not of the form postgres://user:password@host/name"},
		{"a parameter of the address", []string{"DATABASE_URL=postgres://clinicql:secret@db/clinicql?sslmode=full"}, "serve " + spot, `wrong value for "sslmode"`},
		{"no database: migrate", []string{gone}, "migrate", "clinicql: apply migrations: " + where},
		{"no database: user", []string{gone}, "user add nino --role=ADMIN --generate", where},
		{"no database: seed", []string{gone}, "seed", where},
		{"no database: audit", []string{gone}, "audit verify", where},
		{"no database: backup", []string{gone}, "backup " + filepath.Join(folder, "new"), "clinicql: backup: the database cannot be reached: " + where},
		{"a port in use", []string{none, "CLINICQL_DATA=" + filepath.Join(folder, "data")}, "serve --listen=" + taken, "clinicql: listen on " + taken + ": listen tcp " + taken + ": bind: address already in use"},
		{"a port of metrics in use", []string{there, "CLINICQL_METRICS_LISTEN=" + taken}, "serve " + spot, "clinicql: listen on " + taken + " for metrics: "},
		{"an address without a port", []string{there}, "serve --listen=localhost", "clinicql: listen on localhost: "},
		{"a duration", []string{there, "CLINICQL_DRAIN=soon"}, "serve " + spot, `CLINICQL_DRAIN: time: invalid duration "soon"`},
		{"a duration below nothing", []string{there, "CLINICQL_DRAIN=-1s"}, "serve " + spot, "clinicql: CLINICQL_DRAIN cannot be -1s"},
		{"no session", []string{there, "CLINICQL_SESSION_IDLE=0s"}, "serve " + spot, "clinicql: CLINICQL_SESSION_IDLE must be longer than nothing, and is 0s"},
		{"an address of nowhere", []string{there, "CLINICQL_PUBLIC_URL=clinic.example"}, "serve " + spot, "clinicql: CLINICQL_PUBLIC_URL must be of the form https://clinic.example"},
		{"a file for a folder", []string{none, "CLINICQL_DATA=" + file}, "serve " + spot, "clinicql: start embedded postgres: open " + file + "/postgres: not a directory"},
		{"a folder for a file", []string{there, "CLINICQL_READ_SPOOL=" + folder}, "serve " + spot, "clinicql: open the spool of reads: open " + folder + ": is a directory"},
		{"another file", []string{there, "CLINICQL_READ_SPOOL=" + file}, "serve " + spot, "clinicql: open the spool of reads: " + file + ": it holds something else"},
		{"half a dump", []string{there}, "restore " + filepath.Join(folder, "cut"), filepath.Join(folder, "cut", "clinic.dump") + " has 50 bytes of 100: the backup is cut off or damaged"},
		{"half a manifest", []string{there}, "restore " + filepath.Join(folder, "half"), filepath.Join(folder, "half", "manifest.json") + " cannot be read: the backup is damaged"},
		{"no dump", []string{there}, "restore " + filepath.Join(folder, "alone"), "clinicql: restore: the backup is not whole: open "},
	}
	before := listing(t, folder)
	for _, m := range mistakes {
		m.check(t)
		if after := listing(t, folder); !maps.Equal(before, after) {
			t.Fatalf("%s: of %v there is %v", m.name, before, after)
		}
	}
	wantTables(t, empty, 0)
}

// A database that a newer version migrated is served, and nothing of it is taken back.
func TestMistakes_newerSchema(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.MustExec("INSERT INTO schema_migrations VALUES ('9999_of_tomorrow.sql', now())")
	mistake{"taking back", []string{"DATABASE_URL=" + d.URL}, "migrate --down 1", "9999_of_tomorrow.sql"}.check(t)
	var applied int
	if err := d.SQL.Get(&applied, "SELECT count(*) FROM schema_migrations"); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("migrations/*.sql")
	if applied != len(files)+1 {
		t.Errorf("%d migrations are left of %d", applied, len(files)+1)
	}
}

// A disk that cannot be written to is named.
func TestMistakes_readOnlyDisk(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, 250)
	for _, made := range []string{"tmp", "old"} {
		if err := os.Mkdir(filepath.Join(disk, made), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	old := filepath.Join(disk, "old")
	if got, ok := said(t, []string{"DATABASE_URL=", "CLINICQL_DATA=" + old}, []string{"migrate"}); !ok {
		t.Fatal(got)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	elsewhere, full := t.TempDir(), dbtest.New(t).URL
	long := filepath.Join(elsewhere, strings.Repeat("x", 100)) // whose socket goes to the temporary directory
	before := listing(t, disk)
	for _, m := range []mistake{
		{"the data", []string{"DATABASE_URL=", "CLINICQL_DATA=" + filepath.Join(disk, "data")}, "serve --listen=127.0.0.1:0", "clinicql: start embedded postgres: mkdir " + filepath.Join(disk, "data") + ": read-only file system"},
		{"data that are there", []string{"DATABASE_URL=", "CLINICQL_DATA=" + old}, "serve --listen=127.0.0.1:0", "clinicql: start embedded postgres: open " + old + "/postgres/lock: read-only file system"},
		{"temporary files", []string{"DATABASE_URL=", "CLINICQL_DATA=" + long, "TMPDIR=" + filepath.Join(disk, "tmp")}, "migrate", "read-only file system"},
		{"the spool", []string{"DATABASE_URL=" + full, "CLINICQL_READ_SPOOL=" + filepath.Join(disk, "spool")}, "serve --listen=127.0.0.1:0", "clinicql: open the spool of reads: open " + filepath.Join(disk, "spool") + ": read-only file system"},
		{"a backup", []string{"DATABASE_URL=" + full}, "backup " + filepath.Join(disk, "backup"), filepath.Join(disk, "backup") + ".unfinished: read-only file system"},
	} {
		m.check(t)
	}
	if after := listing(t, disk); !maps.Equal(before, after) {
		t.Errorf("of %v there is %v", before, after)
	}
}

// A server whose database cannot be reached waits for it, and says so once.
func TestServe_waitsForItsDatabase(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	c := exec.Command(os.Args[0], "serve")
	c.Env = append(os.Environ(), "CLINICQL_TEST_AS_SERVER=1", "CLINICQL_LISTEN="+address, "DATABASE_URL=postgres://clinicql:secret@127.0.0.1:1/clinicql?sslmode=disable")
	p := &process{Cmd: c, address: address, output: &output{}}
	c.Stderr = p.output
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(syscall.SIGKILL) })
	if !p.becomes(t, 503) {
		t.Error("it is not waiting")
	}
	time.Sleep(2500 * time.Millisecond) // it tries every second
	if got := p.output.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "dial tcp 127.0.0.1:1: connect: connection refused") || strings.Contains(got, "secret") {
		t.Errorf("it says %s", got)
	}
	if err := p.end(syscall.SIGTERM); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// check makes the mistake.
func (m mistake) check(t *testing.T) {
	t.Helper()
	c := exec.Command(os.Args[0], strings.Fields(m.arguments)...)
	c.Env = append(append(os.Environ(), "CLINICQL_TEST_AS_SERVER=1"), m.environment...)
	timer := time.AfterFunc(30*time.Second, func() { _ = c.Process.Kill() }) // when it is not noticed
	defer timer.Stop()
	out, _ := c.CombinedOutput()
	got := string(out)
	if c.ProcessState.ExitCode() != 1 || strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "clinicql: ") || !strings.Contains(got, m.want) || strings.Contains(got, "secret") {
		t.Errorf("%s: it ends with %d: %s", m.name, c.ProcessState.ExitCode(), got)
	}
}

// listing holds what there is in a folder, files with their sizes and when they were changed.
func listing(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		all[path] = info.Mode().String()
		if !entry.IsDir() {
			all[path] = fmt.Sprint(info.Mode(), info.Size(), info.ModTime())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// write writes a file into a folder that is made.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// wantTables says whether there are so many tables in a database.
func wantTables(t *testing.T, url string, want int) {
	t.Helper()
	pool, err := sqlx.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var tables int
	if err := pool.Get(&tables, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"); err != nil || tables != want {
		t.Errorf("there are %d tables, %v", tables, err)
	}
}
