package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/coder/websocket"
)

// goLive has changes told, until the test ends.
func goLive(t testing.TB, d *db.DB) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	followed := make(chan struct{})
	go func() { d.FollowChanges(ctx); close(followed) }()
	notified := make(chan struct{})
	go func() {
		for ctx.Err() == nil {
			_ = d.NotifyChanges(ctx)
		}
		close(notified)
	}()
	t.Cleanup(func() { stop(); <-followed; <-notified })
	for range 500 {
		events, err := d.PatientEvents(acting(t), nil, nil)
		if err == nil {
			events.Close()
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("changes are not followed")
}

// A wire is a WebSocket at the API, as its frames show it.
type wire struct {
	t    testing.TB
	conn *websocket.Conn
}

// A frame is a message of the sub-protocol, or how the connection was closed.
type frame struct {
	ID      string
	Type    string
	Payload json.RawMessage
}

func (f frame) String() string { return strings.TrimSpace(f.ID + " " + f.Type) }

// dial opens a WebSocket; the answer is the one to the handshake.
func (c *client) dial(protocols ...string) (*wire, *http.Response) {
	c.t.Helper()
	header := c.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	if header.Get("Origin") == "" && header.Get("Authorization") == "" {
		header.Set("Origin", c.server.URL)
	}
	conn, response, err := websocket.Dial(c.t.Context(), c.server.URL, &websocket.DialOptions{Subprotocols: protocols, HTTPHeader: header})
	if err != nil {
		return nil, response
	}
	c.t.Cleanup(func() { conn.CloseNow() })
	conn.SetReadLimit(1 << 20)
	return &wire{c.t, conn}, response
}

// connect opens a WebSocket that is ready for operations.
func (c *client) connect() *wire {
	c.t.Helper()
	w, response := c.dial("graphql-transport-ws")
	if w == nil {
		c.t.Fatalf("the handshake is answered %v", response)
	}
	w.send(`{"type": "connection_init"}`)
	if got := w.next(); got.Type != "connection_ack" {
		c.t.Fatalf("got %s", got)
	}
	return w
}

func (w *wire) send(text string) {
	w.t.Helper()
	if err := w.conn.Write(w.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		w.t.Logf("not sent: %v", err)
	}
}

// subscribe begins an operation.
func (w *wire) subscribe(id, query string, vars variables) {
	w.t.Helper()
	w.send(asJSON(map[string]any{"id": id, "type": "subscribe", "payload": map[string]any{"query": query, "variables": vars}}))
}

// wireTimeout is how long a test waits for what must come; it says nothing of
// how long that takes as a rule.
const wireTimeout = 20 * time.Second

// next returns the next frame, or one of the type "closed 4400 why".
func (w *wire) next() frame {
	w.t.Helper()
	f, ok := w.within(wireTimeout)
	if !ok {
		w.t.Fatal("nothing came")
	}
	return f
}

// within returns the next frame, and whether one came in time. After one that
// did not the connection is gone.
func (w *wire) within(d time.Duration) (frame, bool) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), d)
	defer cancel()
	_, text, err := w.conn.Read(ctx)
	var closed websocket.CloseError
	switch {
	case errors.As(err, &closed):
		return frame{Type: fmt.Sprintf("closed %d %s", closed.Code, closed.Reason)}, true
	case err != nil && ctx.Err() != nil:
		return frame{}, false
	case err != nil:
		return frame{Type: "cut", Payload: []byte(err.Error())}, true
	}
	var f frame
	if err := json.Unmarshal(text, &f); err != nil {
		w.t.Fatalf("%v in %s", err, text)
	}
	return f, true
}

// event returns the data of the next event, which must be one of a subscription's
// only field.
func (w *wire) event() answer {
	w.t.Helper()
	f := w.next()
	var got result
	if f.Type != "next" || json.Unmarshal(f.Payload, &got) != nil || got.Errors != nil {
		w.t.Fatalf("got %s %s", f, f.Payload)
	}
	for _, event := range got.Data {
		return event.(map[string]any)
	}
	return nil
}

// refusals returns the codes of an operation that failed.
func (w *wire) refusals() string {
	w.t.Helper()
	f := w.next()
	var errs []refusal
	if f.Type != "error" || json.Unmarshal(f.Payload, &errs) != nil {
		w.t.Fatalf("got %s %s", f, f.Payload)
	}
	return told(errs)
}

// silent says that no frame comes that is not asked for: a ping is answered first.
func (w *wire) silent() {
	w.t.Helper()
	w.send(`{"type": "ping", "payload": {"n": 1}}`)
	if f := w.next(); f.Type != "pong" || string(f.Payload) != `{"n":1}` {
		w.t.Errorf("got %s %s", f, f.Payload)
	}
}
