package dbtest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/embedded"
	"github.com/clinicql/clinicql/migrations"
	"github.com/jmoiron/sqlx"
)

// A Pair is two Postgres of one test's own, of which one follows the other.
type Pair struct{ Primary, Standby *Node }

// A Node is one Postgres of a Pair. Clients reach it at an address whose line can be
// cut; what follows it, and SQL, do not go that way.
type Node struct {
	*Line
	SQL *sqlx.DB

	t      testing.TB
	dir    string
	server *embedded.Server
}

// What a Postgres needs to be followed, and is enough for one test.
var pairSettings = []string{"wal_level=replica", "max_wal_senders=8", "synchronous_commit=on", "max_connections=100", "shared_buffers=32MB"}

// NewPair starts a migrated, empty primary and a standby that follows it, and ends
// both with t. Their roles are theirs, so that no other test sees them.
func NewPair(t testing.TB) *Pair {
	t.Helper()
	primary := newNode(t)
	primary.Start()
	if _, err := migrations.Up(t.Context(), primary.SQL.DB); err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	p := &Pair{Primary: primary}
	p.Standby = p.Another()
	return p
}

// URL is an address of both, with parameters besides.
func (p *Pair) URL(parameters ...string) string {
	return urlOf(p.Standby.Address()+","+p.Primary.Address(), parameters)
}

// Another starts one more standby of the primary.
func (p *Pair) Another() *Node {
	p.Primary.t.Helper()
	standby := newNode(p.Primary.t)
	standby.follow(p.Primary)
	standby.Start()
	return standby
}

// Database is the database of both.
func (p *Pair) Database() *Database {
	p.Primary.t.Helper()
	d := &Database{URL: p.URL(), SQL: p.Primary.SQL}
	var err error
	if d.DB, err = db.Open(d.URL); err != nil {
		p.Primary.t.Fatalf("dbtest: %v", err)
	}
	p.Primary.t.Cleanup(func() { d.DB.Close() })
	return d
}

func newNode(t testing.TB) *Node {
	t.Helper()
	dir, err := os.MkdirTemp(embedded.ScratchDir(), "clinicql-pair-")
	if err == nil {
		err = os.Chmod(dir, 0o711) // root's Postgres runs as somebody else
	}
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	n := &Node{t: t, dir: filepath.Join(dir, "postgres"), Line: NewLine(t)}
	t.Cleanup(n.Stop)
	return n
}

// Start starts the server, which may have been stopped or killed.
func (n *Node) Start() {
	n.t.Helper()
	var err error
	if n.server, err = embedded.Start(context.Background(), embedded.Options{Dir: n.dir, Ephemeral: true, Settings: pairSettings, Log: n.t.Output()}); err != nil {
		n.t.Fatalf("dbtest: %v", err)
	}
	n.Lead(n)
	if n.SQL == nil {
		n.SQL = connect(n.t, n.server.URL())
	}
}

// socketDir is the folder of a server's socket.
func socketDir(s *embedded.Server) string {
	u, err := url.Parse(s.URL())
	if err != nil {
		panic(err) // it made it
	}
	return u.Query().Get("host")
}

// Stop ends the server in good order, as a switch-over does.
func (n *Node) Stop() {
	if n.server != nil {
		n.server.Stop()
		n.server = nil
	}
}

// Kill ends the server as a power cut does.
func (n *Node) Kill() {
	n.t.Helper()
	text, err := os.ReadFile(filepath.Join(n.dir, "data", "postmaster.pid"))
	if err != nil {
		n.t.Fatalf("dbtest: %v", err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err == nil {
		err = syscall.Kill(pid, syscall.SIGKILL)
	}
	if err != nil {
		n.t.Fatalf("dbtest: %v", err)
	}
	<-n.server.Done()
	n.Stop()
}

// Promote makes a standby a primary.
func (n *Node) Promote() {
	n.t.Helper()
	if _, err := n.SQL.Exec("SELECT pg_promote()"); err != nil {
		n.t.Fatalf("dbtest: promote: %v", err)
	}
}

func urlOf(hosts string, parameters []string) string {
	q := url.Values{"sslmode": {"disable"}}
	for i := 0; i < len(parameters); i += 2 {
		q.Set(parameters[i], parameters[i+1])
	}
	return "postgres://clinicql@" + hosts + "/clinicql?" + q.Encode()
}

// follow makes n a standby of primary, a copy of what that holds now.
func (n *Node) follow(primary *Node) {
	n.t.Helper()
	var major int
	if err := primary.SQL.Get(&major, "SELECT current_setting('server_version_num')::int / 10000"); err != nil {
		n.t.Fatalf("dbtest: %v", err)
	}
	program, err := embedded.Client(n.t.Context(), "pg_basebackup", major)
	if err != nil {
		n.t.Fatalf("dbtest: %v", err)
	}
	if err := os.Mkdir(n.dir, 0o711); err != nil {
		n.t.Fatalf("dbtest: %v", err)
	}
	data := filepath.Join(n.dir, "data")
	copying := exec.Command(program, "-h", socketDir(primary.server), "-U", "clinicql", "-D", data, "-X", "stream", "-R", "--checkpoint=fast", "--no-sync")
	if said, err := copying.CombinedOutput(); err != nil {
		n.t.Fatalf("dbtest: pg_basebackup: %v: %s", err, said)
	}
	// The standby belongs to whom the primary does.
	info, err := os.Stat(filepath.Join(primary.dir, "data"))
	if err != nil {
		n.t.Fatalf("dbtest: %v", err)
	}
	whose := info.Sys().(*syscall.Stat_t)
	err = filepath.WalkDir(data, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, int(whose.Uid), int(whose.Gid))
	})
	if err != nil {
		n.t.Fatalf("dbtest: %v", err)
	}
}

// CatchUp returns when the standby has replayed all that the primary wrote so far.
func (p *Pair) CatchUp() {
	p.Primary.t.Helper()
	var written string
	if err := p.Primary.SQL.Get(&written, "SELECT pg_current_wal_insert_lsn()::text"); err != nil {
		p.Primary.t.Fatalf("dbtest: %v", err)
	}
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		var there sql.NullBool
		err := p.Standby.SQL.Get(&there, "SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn", written)
		switch {
		case err == nil && there.Bool:
			return
		case time.Since(begun) > 30*time.Second:
			p.Primary.t.Fatalf("dbtest: the standby does not catch up: %v", err)
		}
	}
}
