package dbtest

import (
	"io"
	"net"
	"path/filepath"
	"sync"
	"testing"
)

// A Line leads from an address of its own to a server's socket, until it is cut.
type Line struct {
	listener net.Listener

	mu     sync.Mutex
	socket string // the end of the line; empty where it is cut
	held   bool   // what arrives is taken and goes nowhere
	open   map[net.Conn]bool
}

// NewLine returns a line that leads nowhere yet. It is cut when t ends.
func NewLine(t testing.TB) *Line {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("dbtest: %v", err)
	}
	l := &Line{listener: listener, open: map[net.Conn]bool{}}
	t.Cleanup(func() { listener.Close(); l.Cut() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go l.carry(client)
		}
	}()
	return l
}

// Address is where clients reach it, host and port.
func (l *Line) Address() string { return l.listener.Addr().String() }

// URL is the address of the database at the other end, with parameters besides:
// "target_session_attrs", "any".
func (l *Line) URL(parameters ...string) string { return urlOf(l.Address(), parameters) }

// Lead leads whoever connects from now on to n.
func (l *Line) Lead(n *Node) { l.to(filepath.Join(socketDir(n.server), ".s.PGSQL.5432")) }

func (l *Line) to(socket string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.socket = socket
}

// Cut breaks all connections and lets none be made, until the returned function is called.
func (l *Line) Cut() (mend func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	was := l.socket
	l.socket = ""
	for conn := range l.open {
		conn.Close()
	}
	clear(l.open)
	return func() { l.to(was) }
}

// Silence lets connections be made that nobody answers, until the returned function is called.
func (l *Line) Silence() (end func()) {
	hold := func(held bool) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.held = held
	}
	hold(true)
	return func() { hold(false) }
}

func (l *Line) carry(client net.Conn) {
	defer client.Close()
	server, ok := l.connect(client)
	if !ok {
		return
	}
	if server == nil {
		_, _ = io.Copy(io.Discard, client)
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(server, client)
		server.Close()
	}()
	_, _ = io.Copy(client, server)
}

// connect returns the other end for a client: none where the line is silent, and
// false where it is cut.
func (l *Line) connect(client net.Conn) (server net.Conn, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held {
		l.open[client] = true
		return nil, true
	}
	if l.socket == "" {
		return nil, false
	}
	server, err := net.Dial("unix", l.socket)
	if err != nil {
		return nil, false
	}
	l.open[client] = true
	return server, true
}
