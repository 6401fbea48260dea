package graph_test

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/migrations"
	"github.com/jmoiron/sqlx"
)

const anyone = `{ patients(first: 1) { nodes { id } } }`

// A database that is not migrated yet is told as UNAVAILABLE, and works as soon as it is.
func TestUnavailable_untilMigrated(t *testing.T) {
	t.Parallel()
	address := dbtest.Empty(t)
	d := openDB(t, address)
	c := &client{t: t, actor: "tester"}
	c.server = serve(t, d, &c.actor)
	if got := c.refused(anyone, nil); got[0].Extensions.Code != "UNAVAILABLE" {
		t.Fatalf("got %s", asJSON(got))
	}
	if got := c.refused(register, variables{"key": "register-1", "name": "B"}); got[0].Extensions.Code != "UNAVAILABLE" {
		t.Fatalf("got %s", asJSON(got))
	}
	pool := sqlx.MustOpen("postgres", address)
	defer pool.Close()
	if _, err := migrations.Up(t.Context(), pool.DB); err != nil {
		t.Fatal(err)
	}
	c.ask(anyone, nil)
	c.ask(register, variables{"key": "register-1", "name": "B"})
}

// A database that goes away and comes back needs no restart.
func TestUnavailable_whileTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	own := dbtest.New(t)
	between := newProxy(t, own.URL)
	c := &client{t: t, db: own, actor: "tester"}
	c.server = serve(t, openDB(t, between.url), &c.actor)
	c.ask(anyone, nil)
	between.down.Store(true)
	between.cut()
	for _, query := range []string{anyone, `mutation { createPatient(input: {familyName: "B", sex: MALE, birthDate: "1990-01-01"}) { patient { id } } }`} {
		if got := c.refused(query, nil); got[0].Extensions.Code != "UNAVAILABLE" || strings.Contains(asJSON(got), "127.0.0.1") {
			t.Errorf("got %s", asJSON(got))
		}
	}
	between.down.Store(false)
	c.ask(anyone, nil)
}

// A connection that is cut after COMMIT leaves one row: the outcome is told as
// unknown, and repeating with the key settles it.
func TestIdempotent_settlesALostReply(t *testing.T) {
	t.Parallel()
	own := dbtest.New(t)
	between := newProxy(t, own.URL)
	c := &client{t: t, db: own, actor: "tester"}
	c.server = serve(t, openDB(t, between.url), &c.actor)
	c.ask(anyone, nil)
	between.loseCommits.Store(1)
	vars := variables{"key": "register-lost", "name": "Beridze"}
	if got := c.refused(register, vars); got[0].Extensions.Code != "UNAVAILABLE" {
		t.Fatalf("got %s", asJSON(got))
	}
	if n := c.count("SELECT count(*) FROM patients"); n != 1 {
		t.Fatalf("%d patients after the lost reply: nothing was lost, so nothing is tried here", n)
	}
	first := c.ask(register, vars)
	if second := c.ask(register, vars); asJSON(second) != asJSON(first) {
		t.Errorf("the repeats differ: %s and %s", asJSON(first), asJSON(second))
	}
	if n := c.count("SELECT count(*) FROM patients"); n != 1 {
		t.Errorf("%d patients", n)
	}
}

func openDB(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// A proxy stands between a server and its database.
type proxy struct {
	url         string
	down        atomic.Bool
	loseCommits atomic.Int32 // replies to COMMIT that are still to be lost
	connections chan net.Conn
}

func newProxy(t *testing.T, address string) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	target, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	network, host := "tcp", target.Host
	query := target.Query()
	if dir := query.Get("host"); dir != "" {
		network, host = "unix", filepath.Join(dir, ".s.PGSQL.5432")
		query.Del("host")
	}
	target.Host, target.RawQuery = listener.Addr().String(), query.Encode()
	p := &proxy{url: target.String(), connections: make(chan net.Conn, 1000)}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			if p.down.Load() {
				client.Close()
				continue
			}
			go p.carry(client, network, host)
		}
	}()
	return p
}

func (p *proxy) carry(client net.Conn, network, host string) {
	server, err := net.DialTimeout(network, host, time.Second)
	if err != nil {
		client.Close()
		return
	}
	p.connections <- client
	p.connections <- server
	go func() { _, _ = io.Copy(server, client); server.Close() }()
	reply := make([]byte, 64<<10)
	for {
		n, err := server.Read(reply)
		// The tag of a completed command, which Postgres sends once it is durable.
		if bytes.Contains(reply[:n], []byte("COMMIT\x00")) && p.loseCommits.Add(-1) >= 0 {
			break
		}
		if _, werr := client.Write(reply[:n]); err != nil || werr != nil {
			break
		}
	}
	client.Close()
	server.Close()
}

// cut ends all connections.
func (p *proxy) cut() {
	for {
		select {
		case c := <-p.connections:
			c.Close()
		default:
			return
		}
	}
}
