package db_test

import (
	"errors"
	"io"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/lib/pq"
)

// A dyingServer is a Postgres that asks for a password and ends.
type dyingServer struct{}

func (dyingServer) Dial(network, address string) (net.Conn, error) {
	return dyingServer{}.DialTimeout(network, address, time.Minute)
}

func (dyingServer) DialTimeout(string, string, time.Duration) (net.Conn, error) {
	ours, theirs := net.Pipe()
	go func() {
		_, _ = theirs.Read(make([]byte, 1000))
		_, _ = io.WriteString(theirs, "R\x00\x00\x00\x17\x00\x00\x00\x0aSCRAM-SHA-256\x00\x00")
	}()
	return &dyingConn{Conn: ours}, nil
}

type dyingConn struct {
	net.Conn
	isStarted bool
}

func (c *dyingConn) Write(p []byte) (int, error) {
	if c.isStarted {
		return 0, &net.OpError{Op: "write", Net: "unix", Err: syscall.EPIPE}
	}
	c.isStarted = true
	return c.Conn.Write(p)
}

// A database that ends while somebody signs in there is unavailable, and this is no
// failure of ours.
func TestTranslate_unsent(t *testing.T) {
	t.Parallel()
	connector, err := pq.NewConnector("postgres://nobody:secret@127.0.0.1:1/none?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	connector.Dialer(dyingServer{})
	_, err = connector.Connect(t.Context())
	if err == nil || !errors.Is(db.Translate(err), db.ErrUnavailable) {
		t.Errorf("it is told as %T: %v", err, db.Translate(err))
	}
}
