package graph_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/embedded"
	"github.com/clinicql/clinicql/graph"
	"github.com/clinicql/clinicql/migrations"
	"github.com/jmoiron/sqlx"
)

// A lonely cluster waits with each COMMIT for a standby that is not there.
type lonely struct {
	*client
	sql *sqlx.DB // which does not wait
	url string
}

func newLonely(t *testing.T) *lonely {
	t.Helper()
	dir, err := os.MkdirTemp(embedded.ScratchDir(), "clinicql-lonely-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	own, err := embedded.Start(t.Context(), embedded.Options{Dir: dir}) // an ephemeral one has no standbys
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(own.Stop)
	pool := sqlx.MustOpen("postgres", own.URL()+"&synchronous_commit=local")
	t.Cleanup(func() { pool.Close() })
	if _, err := migrations.Up(t.Context(), pool.DB); err != nil {
		t.Fatal(err)
	}
	d := openDB(t, own.URL())
	d.CommitWait = 2 * time.Second
	l := &lonely{&client{t: t, actor: "tester"}, pool, own.URL()}
	l.server = serve(t, d, &l.actor)
	l.ask(register, variables{"key": "register-before", "name": "Abashidze"}) // and every login is there
	l.part()
	return l
}

// part has each COMMIT from now on wait.
func (l *lonely) part() {
	l.t.Helper()
	l.sql.MustExec("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
	l.sql.MustExec("SELECT pg_reload_conf()")
	waits := sqlx.MustOpen("postgres", l.url)
	defer waits.Close()
	for { // until one does
		ctx, cancel := context.WithTimeout(l.t.Context(), 100*time.Millisecond)
		_, _ = waits.ExecContext(ctx, "SELECT pg_logical_emit_message(true, 'test', '')")
		done := ctx.Err() != nil
		cancel()
		if done {
			break
		}
	}
}

// waiting returns the processes that wait for the standby, when there are so many.
func (l *lonely) waiting(n int) (pids []int) {
	l.t.Helper()
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if err := l.sql.Select(&pids, "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"); err != nil {
			l.t.Fatal(err)
		}
		if len(pids) >= n {
			return pids
		}
		if time.Since(begun) > wireTimeout {
			l.t.Fatalf("%d of %d wait for the standby", len(pids), n)
		}
	}
}

// count returns the one number that query asks for.
func (l *lonely) count(query string) (n int) {
	l.t.Helper()
	if err := l.sql.Get(&n, query); err != nil {
		l.t.Fatal(err)
	}
	return n
}

// meet has a standby there: none is waited for.
func (l *lonely) meet() {
	l.sql.MustExec("ALTER SYSTEM RESET synchronous_standby_names")
	l.sql.MustExec("SELECT pg_reload_conf()")
}

// A COMMIT whose wait for a standby somebody ends is answered as unknown, though
// Postgres calls it a success or ends the connection. So is its repeat, as long
// as no standby has it.
func TestStandby_isWaitedForWhateverPostgresSays(t *testing.T) {
	t.Parallel()
	const beridzes = "SELECT count(*) FROM patients WHERE family_name = 'Beridze'"
	for _, way := range []string{"pg_cancel_backend", "pg_terminate_backend"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			l := newLonely(t)
			vars := variables{"key": "register-lonely", "name": "Beridze"}
			for _, try := range []string{"the write", "its repeat"} {
				answered := make(chan string, 1)
				go func() {
					_, text := l.post(register, vars)
					answered <- text
				}()
				for _, pid := range l.waiting(1) {
					l.sql.MustExec("SELECT "+way+"($1)", pid)
				}
				if got := <-answered; !strings.Contains(got, `"UNAVAILABLE"`) {
					t.Errorf("%s is answered %s", try, got)
				}
				if n := l.count(beridzes); n != 1 {
					t.Fatalf("%d patients are there after %s: nothing is tried here", n, try)
				}
			}
			l.meet()
			first := l.ask(register, vars)
			if second := l.ask(register, vars); asJSON(first) != asJSON(second) || l.count(beridzes) != 1 {
				t.Errorf("with a standby the repeats are answered %s and %s, and %d are there", asJSON(first), asJSON(second), l.count(beridzes))
			}
		})
	}
}

// As long as no standby is there writes are answered as unknown, more of them
// than there are connections; who reads is answered all the while; and all goes on
// as soon as one is there, without a restart.
func TestStandby_isAwaitedByWritersOnly(t *testing.T) {
	t.Parallel()
	const writers, addRoom = 30, `mutation($key: String!, $name: String!) { createRoom(input: {name: $name}) @idempotent(key: $key) { room { id } } }`
	l := newLonely(t)
	answered := make(chan string, writers)
	room := func(n int) variables {
		return variables{"key": fmt.Sprint("create-room-", n), "name": fmt.Sprint("Room ", n)}
	}
	for n := range writers {
		go func() {
			_, text := l.post(addRoom, room(n))
			answered <- text
		}()
	}
	l.waiting(4)
	for range writers {
		l.ask(anyone, nil)
		if got := <-answered; !strings.Contains(got, `"UNAVAILABLE"`) {
			t.Errorf("a write is answered %s", got)
		}
	}
	l.meet()
	for n := range writers {
		l.ask(addRoom, room(n))
	}
	if n := l.count("SELECT count(*) FROM rooms"); n != writers {
		t.Errorf("%d of %d are there", n, writers)
	}
}

// What is read of a chart is not answered before its entry in the audit is safe.
func TestStandby_isAwaitedByTheAuditOfReads(t *testing.T) {
	t.Parallel()
	const chart = `{ patients(first: 1) { nodes { allergies { id } } } }`
	l := newLonely(t)
	for range 2 {
		if _, got := l.post(chart, nil); !strings.Contains(got, `"UNAVAILABLE"`) {
			t.Errorf("the chart is answered %s", got)
		}
	}
	l.meet()
	l.ask(chart, nil)
}

// A server that starts while no standby is there answers who reads, and notes that
// they are there: neither waits.
func TestStandby_isNotAwaitedByThoseWhoOnlyRead(t *testing.T) {
	t.Parallel()
	l := newLonely(t)
	ctx, cancel := context.WithTimeout(auth.WithActor(t.Context(), auth.SystemActor("tester")), wireTimeout)
	defer cancel()
	late := openDB(t, l.url)
	if _, err := late.HasPatients(ctx); err != nil {
		t.Errorf("a server that starts now is answered %v", err)
	}
	local := openDB(t, l.url+"&synchronous_commit=local")
	user, err := local.AddUser(ctx, &db.User{LoginName: "desk", DisplayName: "desk", Role: auth.Receptionist}, "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	session, hash := db.NewID(db.KindSession), []byte("hash of the token of a session..")
	l.sql.MustExec("INSERT INTO sessions (id, user_id, token_hash, expires_at, last_used_at) VALUES ($1, $2, $3, now() + interval '1 hour', now() - interval '5 minutes')",
		session, user.ID, hash)
	if who, err := late.Find(ctx, auth.SessionToken, hash); err != nil || who.Name != "desk" {
		t.Errorf("who is signed in is answered %v, %v", who, err)
	}
	if n := l.count("SELECT count(*) FROM sessions WHERE last_used_at > now() - interval '1 minute'"); n != 1 {
		t.Error("the use of the session was not noted")
	}
}

// A write whose COMMIT is waited for longer than an operation may take is told as not
// known, and not as one that was ended.
func TestStandby_outlivesTheOperation(t *testing.T) {
	t.Parallel()
	l := newLonely(t)
	d := openDB(t, l.url)
	d.CommitWait = 4 * time.Second
	impatient := graph.Impatient(graph.Handler(d, nil), 2*time.Second)
	l.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		impatient.ServeHTTP(w, r.WithContext(auth.WithActor(r.Context(), auth.Actor{Name: "tester", Role: auth.System})))
	}))
	t.Cleanup(l.server.Close)
	if got := told(l.refused(register, variables{"key": "register-slowly", "name": "Beridze"})); got != "UNAVAILABLE" {
		t.Errorf("it is told as %s", got)
	}
}
