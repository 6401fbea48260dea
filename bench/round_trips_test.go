package main

import (
	"cmp"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
	"github.com/google/uuid"
)

// roundTrips are how often a write may wait for the database. Three are those of any
// transaction: BEGIN, who acts, COMMIT.
var roundTrips = map[string]int{
	"create": 6, // the locks of what somebody is known by, who is like them, the row
	"book":   8, // locks and who takes part, hours, absences and what is in the way, the row; its patient
	"record": 7, // the chart, the row; its patient, and that their name was read
}

func TestWrites_keepBelowTheirRoundTrips(t *testing.T) {
	door := openDoor(t)
	line := meter(t, door.address)
	through, err := db.Open(line.address)
	if err != nil {
		t.Fatal(err)
	}
	defer through.Close()
	door.Handler = graph.Handler(through, nil)
	door.doctor.UserID = uuid.Nil // who is nobody's author
	n := 0
	for name, most := range roundTrips {
		var counts []int64
		for range 9 { // the first ones of a connection prepare their statements, and on a busy machine there are several
			n++
			before := line.waits.Load()
			door.ask(t, door.body(t, name, n))
			counts = append(counts, line.waits.Load()-before)
		}
		slices.Sort(counts)
		if got := counts[len(counts)/4]; got != int64(most) {
			t.Errorf("%s waits %d times for the database, not %d times: %v", name, got, most, counts)
		}
	}
}

// A metered line counts how often somebody sends the database what it waits for.
type meteredLine struct {
	address string
	waits   atomic.Int64
}

// meter leads to a database by an address of its own.
func meter(t *testing.T, address string) *meteredLine {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	network, end := "tcp", u.Host
	if folder := u.Query().Get("host"); folder != "" {
		network, end = "unix", filepath.Join(folder, ".s.PGSQL."+cmp.Or(u.Query().Get("port"), "5432"))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	q := u.Query()
	q.Del("host")
	q.Del("port")
	q.Set("sslmode", "disable")
	u.Host, u.RawQuery = listener.Addr().String(), q.Encode()
	line := &meteredLine{address: u.String()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go line.carry(client, network, end)
		}
	}()
	return line
}

func (l *meteredLine) carry(client net.Conn, network, end string) {
	defer client.Close()
	server, err := net.Dial(network, end)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(client, server)
		client.Close()
	}()
	for isFirst := true; ; isFirst = false {
		head := make([]byte, 5) // the kind of a message and its length, which counts itself
		if isFirst {
			head = head[1:] // the first message has no kind
		}
		if _, err := io.ReadFull(client, head); err != nil {
			return
		}
		if !isFirst && (head[0] == 'Q' || head[0] == 'S') {
			l.waits.Add(1)
		}
		if _, err := server.Write(head); err != nil {
			return
		}
		if _, err := io.CopyN(server, client, int64(binary.BigEndian.Uint32(head[len(head)-4:]))-4); err != nil {
			return
		}
	}
}
