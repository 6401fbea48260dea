package embedded

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestStart(t *testing.T) {
	t.Run("makes a database that speaks UTF-8 and folds Georgian", func(t *testing.T) {
		t.Parallel()
		db := open(t, run(t, Options{Dir: tempDir(t)}))
		if got := one(t, db, `SELECT current_setting('server_encoding') || ' ' || lower('ᲜᲘᲜᲝ')`); got != "UTF8 ნინო" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("waits for the disk unless it is ephemeral", func(t *testing.T) {
		t.Parallel()
		const settings = `SELECT concat_ws(' ', current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'))`
		if got := one(t, open(t, run(t, Options{Dir: tempDir(t)})), settings); got != "on on on" {
			t.Errorf("durable: %s", got)
		}
		if got := one(t, open(t, run(t, Options{Ephemeral: true})), settings); got != "off off off" {
			t.Errorf("ephemeral: %s", got)
		}
	})
	t.Run("keeps data and opens them again", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		s := run(t, Options{Dir: dir})
		do(t, open(t, s), `CREATE TABLE patient (name text)`, `INSERT INTO patient VALUES ('ნინო')`)
		s.Stop()
		s = run(t, Options{Dir: dir})
		if got := one(t, open(t, s), `SELECT string_agg(name, ',') FROM patient`); got != "ნინო" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("ignores a pid file that names a stranger", func(t *testing.T) {
		t.Parallel()
		stranger := readPIDFile(run(t, Options{Ephemeral: true}).dir.data()).pid
		dir := tempDir(t)
		run(t, Options{Dir: dir}).Stop()
		stale := fmt.Sprintf("%d\n%s/data\n1\n5432\n%s/run\n\n\nready\n", stranger, dir, dir)
		write(t, filepath.Join(dir, "data", "postmaster.pid"), stale)
		run(t, Options{Dir: dir})
		if err := syscall.Kill(stranger, 0); err != nil {
			t.Errorf("the stranger: %v", err)
		}
	})
	t.Run("does not mind somebody who looks around in the cluster", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		run(t, Options{Dir: dir}).Stop()
		visitor := exec.Command("sleep", "60")
		visitor.Dir = filepath.Join(dir, "data")
		if err := visitor.Start(); err != nil {
			t.Fatal(err)
		}
		defer visitor.Wait()
		defer visitor.Process.Kill()
		run(t, Options{Dir: dir})
	})
	t.Run("puts the socket elsewhere when the path is long", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(tempDir(t), strings.Repeat("long", 30))
		one(t, open(t, run(t, Options{Dir: dir})), `SELECT 1`)
	})
	t.Run("shows its password and its socket to nobody else", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		run(t, Options{Dir: dir})
		for name, want := range map[string]os.FileMode{"password": 0o600, "data": 0o700, "run": 0o700} {
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v", name, info.Mode(), err)
			}
		}
	})
	t.Run("asks for the password", func(t *testing.T) {
		t.Parallel()
		s := run(t, Options{Dir: tempDir(t)})
		err := ping(t.Context(), login{"wrong"}.url(s.dir.socketDir(), database))
		if err == nil || !strings.Contains(err.Error(), "password authentication") {
			t.Errorf("got %v", err)
		}
	})
}

func TestStartRefuses(t *testing.T) {
	t.Run("a directory in use", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		s := run(t, Options{Dir: dir})
		refused(t, dir, dir+" is in use by another running instance")
		one(t, open(t, s), `SELECT 1`)
	})
	t.Run("a cluster of another major version", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		run(t, Options{Dir: dir}).Stop()
		write(t, filepath.Join(dir, "data", "PG_VERSION"), "99\n")
		before := snapshot(t, dir)
		refused(t, dir, "needs PostgreSQL 99, and what was found is ")
		unchanged(t, dir, before)
	})
	t.Run("a directory with other files", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		write(t, filepath.Join(dir, "photos", "cat.jpg"), "meow")
		before := snapshot(t, dir)
		refused(t, dir, dir+" holds files but no database")
		unchanged(t, dir, before)
	})
	t.Run("a data folder that is no cluster", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		write(t, filepath.Join(dir, "data", "letters.txt"), "dear")
		before := snapshot(t, dir)
		refused(t, dir, "data is not a Postgres data directory")
		unchanged(t, dir, before)
	})
	t.Run("a cluster whose password is gone", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		run(t, Options{Dir: dir}).Stop()
		os.Remove(filepath.Join(dir, "password"))
		before := snapshot(t, dir)
		refused(t, dir, "password is missing")
		unchanged(t, dir, before)
	})
	t.Run("to risk a cluster that is meant to last", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		run(t, Options{Dir: dir}).Stop()
		before := snapshot(t, dir)
		if s, err := Start(t.Context(), Options{Dir: dir, Ephemeral: true}); err == nil {
			s.Stop()
			t.Error("was not refused")
		}
		unchanged(t, dir, before)
	})
	t.Run("a cluster that somebody else started", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		run(t, Options{Dir: dir}).Stop()
		other := startByHand(t, dir)
		refused(t, dir, fmt.Sprintf("process %d was started there by something else", other.process.Pid))
		if err := syscall.Kill(other.process.Pid, 0); err != nil {
			t.Errorf("the other server: %v", err)
		}
	})
	t.Run("to be nowhere", func(t *testing.T) {
		t.Parallel()
		refused(t, "", "no directory was named")
	})
}

func TestStop(t *testing.T) {
	t.Run("does not wait for open transactions", func(t *testing.T) {
		t.Parallel()
		s := run(t, Options{Ephemeral: true})
		if _, err := open(t, s).Begin(); err != nil {
			t.Fatal(err)
		}
		since := time.Now()
		s.Stop()
		s.Stop()
		if took := time.Since(since); took > 30*time.Second { // a transaction would keep it waiting for ever
			t.Errorf("took %v", took)
		}
		if err := s.Err(); err != nil {
			t.Errorf("a clean end is no error: %v", err)
		}
	})
	t.Run("removes what is ephemeral", func(t *testing.T) {
		t.Parallel()
		s := run(t, Options{Ephemeral: true})
		s.Stop()
		if _, err := os.Stat(s.dir.path); !os.IsNotExist(err) {
			t.Errorf("%s: %v", s.dir.path, err)
		}
	})
}

func TestDone(t *testing.T) {
	t.Parallel()
	s := run(t, Options{Ephemeral: true})
	syscall.Kill(readPIDFile(s.dir.data()).pid, syscall.SIGKILL)
	select {
	case <-s.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("a killed Postgres was not noticed")
	}
	if err := s.Err(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Errorf("got %v", err)
	}
}

// TestLog provokes every kind of message that would quote what was sent.
func TestLog(t *testing.T) {
	t.Parallel()
	var log safeBuffer
	s := run(t, Options{Dir: tempDir(t), Log: &log})
	db := open(t, s)
	do(t, db, `CREATE TABLE patient (name text PRIMARY KEY, born date CHECK (born < '2100-01-01'))`,
		`INSERT INTO patient VALUES ('Ninotschka', '2000-01-01')`)
	for _, statement := range []string{
		`INSERT INTO patient VALUES ('Ninotschka', '2000-01-01')`,
		`INSERT INTO patient VALUES ('Ninotschka II', '2200-01-01')`,
		`SELECT 'Ninotschka'::date`,
		`SELECT nothing FROM patient WHERE name = 'Ninotschka'`,
		`DO $$ BEGIN RAISE WARNING 'Ninotschka'; END $$`,
		`SELECT pg_sleep(0.01), 1/0, 'Ninotschka'`,
	} {
		db.Exec(statement)
	}
	db.Exec(`INSERT INTO patient VALUES ($1, $2)`, "Ninotschka", "2000-01-01")
	crashBackend(t, db, `SELECT pg_sleep(60), 'Ninotschka'`)
	s.Stop()
	if strings.Contains(log.String(), "Ninotschka") {
		t.Errorf("a person is in the log:\n%s", log.String())
	}
	if !strings.Contains(log.String(), "was terminated by signal 9") {
		t.Errorf("a crash is not in the log:\n%s", log.String())
	}
}

// crashBackend kills the process that runs statement.
func crashBackend(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	go db.Exec(statement)
	for range 500 {
		var pid int
		err := db.QueryRow(`SELECT pid FROM pg_stat_activity WHERE query = $1`, statement).Scan(&pid)
		if err == nil {
			syscall.Kill(pid, syscall.SIGKILL)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the statement to crash did not run")
}

// safeBuffer may be written and read at once.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// run starts a server that is stopped when t ends.
func run(t testing.TB, o Options) *Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s, err := Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// startByHand runs Postgres on the cluster in dir as an administrator might, with
// a socket of another name and without our lock.
func startByHand(t *testing.T, dir string) *Server {
	t.Helper()
	d, bin, err := openDirectory(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer d.release()
	who, err := d.owner(bin)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{done: make(chan struct{}), log: &tail{}}
	if err := s.run(bin.command(context.Background(), "postgres", who, d.data(), "-D", d.data(), "-k", d.data(), "-c", "listen_addresses=")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.process.Signal(syscall.SIGQUIT); <-s.done })
	for !readPIDFile(d.data()).ready {
		time.Sleep(10 * time.Millisecond)
	}
	return s
}

func refused(t *testing.T, dir, want string) {
	t.Helper()
	s, err := Start(t.Context(), Options{Dir: dir})
	if err == nil {
		s.Stop()
		t.Fatal("was not refused")
	}
	if !strings.Contains(err.Error(), want) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func open(t *testing.T, s *Server) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", s.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func do(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

func one(t *testing.T, db *sql.DB, query string) (value string) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// tempDir is one that every user can pass through, unlike t.TempDir.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(ScratchDir(), "embedded-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// snapshot describes everything below dir: names, modes, sizes, times.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		stat := info.Sys().(*syscall.Stat_t)
		b.WriteString(strings.Join([]string{path, info.Mode().String(), info.ModTime().String()}, " "))
		b.WriteString(" " + time.Duration(stat.Size).String() + " " + time.Duration(stat.Uid).String() + "\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func unchanged(t *testing.T, dir, before string) {
	t.Helper()
	if after := snapshot(t, dir); after != before {
		t.Errorf("something changed:\n%s\nwas\n%s", after, before)
	}
}

// BenchmarkStart_again opens a database that is there already.
func BenchmarkStart_again(b *testing.B) {
	dir := tempDir(b)
	run(b, Options{Dir: dir}).Stop()
	for b.Loop() {
		run(b, Options{Dir: dir}).Stop()
	}
}
