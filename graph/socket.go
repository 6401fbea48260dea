package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// socketProtocol is the sub-protocol that is spoken over WebSockets, and the only
// one: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
const socketProtocol = "graphql-transport-ws"

// The bounds of a WebSocket.
const (
	initTimeout   = 5 * time.Second
	pingEvery     = 25 * time.Second
	maxMessage    = 64 << 10
	maxOperations = 20
)

// The codes with which a WebSocket is closed, as its sub-protocol has them.
const (
	badMessage       websocket.StatusCode = 4400
	notAcknowledged  websocket.StatusCode = 4401
	notAllowed       websocket.StatusCode = 4403
	badSubprotocol   websocket.StatusCode = 4406
	notInitialised   websocket.StatusCode = 4408
	sameOperation    websocket.StatusCode = 4409
	initialisedTwice websocket.StatusCode = 4429
)

// isSocket says whether a request opens a WebSocket.
func isSocket(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// A socket is one WebSocket, over which subscriptions are answered.
type socket struct {
	executor *executor
	conn     *websocket.Conn
	ctx      context.Context // ends with the session, the server or the connection
	ended    sync.WaitGroup  // the operations

	mu       sync.Mutex
	isInited bool
	running  map[string]*socketOperation
}

// socket answers over a WebSocket until it ends. Whoever is not signed in has
// nothing to subscribe to.
func (t *transport) socket(w http.ResponseWriter, r *http.Request) {
	if actor, _ := auth.From(r.Context()); bitOf(actor) == anonymous {
		Refuse(w, r, http.StatusUnauthorized, "UNAUTHENTICATED", "sign in first")
		return
	}
	held, release, err := auth.Hold(r.Context())
	if err != nil {
		refuseHold(w, r, err)
		return
	}
	defer release()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{socketProtocol}})
	if err != nil {
		return // and answered
	}
	defer conn.CloseNow()
	if conn.Subprotocol() != socketProtocol {
		_ = conn.Close(badSubprotocol, "Subprotocol not acceptable")
		return
	}
	conn.SetReadLimit(maxMessage)
	ctx, cancel := context.WithCancel(held)
	s := &socket{executor: t.executor, conn: conn, ctx: ctx, running: map[string]*socketOperation{}}
	overdue := time.AfterFunc(initTimeout, s.closeUninitialised)
	stopped := context.AfterFunc(ctx, s.closeEnded) // of ctx, whose cause it asks for
	s.ended.Go(s.ping)
	s.read()
	overdue.Stop()
	stopped()
	cancel()
	_ = conn.CloseNow()
	s.ended.Wait()
}

func (s *socket) closeUninitialised() {
	s.mu.Lock()
	late := !s.isInited
	s.mu.Unlock()
	if late {
		_ = s.conn.Close(notInitialised, "Connection initialisation timeout")
	}
}

// closeEnded says why the session or the server has ended.
func (s *socket) closeEnded() {
	switch cause := context.Cause(s.ctx); {
	case errors.Is(cause, auth.ErrSessionOver):
		_ = s.conn.Close(notAllowed, "Forbidden")
	case errors.Is(cause, auth.ErrStopping):
		_ = s.conn.Close(websocket.StatusGoingAway, "the server stops")
	default:
		_ = s.conn.CloseNow()
	}
}

// ping looks from time to time whether anybody is there, and ends the connection
// when nobody is.
func (s *socket) ping() {
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-time.After(pingEvery):
		}
		ctx, cancel := context.WithTimeout(s.ctx, writeTimeout)
		err := s.conn.Ping(ctx)
		cancel()
		if err != nil {
			_ = s.conn.CloseNow()
			return
		}
	}
}

// A socketMessage is what is sent over a WebSocket, one way or the other.
type socketMessage struct {
	ID      *string         `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// A violation closes a WebSocket.
type violation struct {
	code   websocket.StatusCode
	reason string
}

// read takes messages until the connection ends, or one breaks the protocol.
func (s *socket) read() {
	for {
		kind, text, err := s.conn.Read(context.WithoutCancel(s.ctx)) // whose end is told by a close
		if err != nil {
			return
		}
		broken := &violation{badMessage, "Invalid message"}
		var m socketMessage
		if kind == websocket.MessageText && json.Unmarshal(text, &m) == nil {
			broken = s.take(&m)
		}
		if broken != nil {
			_ = s.conn.Close(broken.code, broken.reason)
			return
		}
		spenderOf(s.ctx).pause(s.ctx)
	}
}

// take does what a message asks for.
func (s *socket) take(m *socketMessage) *violation {
	switch m.Type {
	case "connection_init":
		return s.init(m)
	case "ping":
		_ = s.send(&socketMessage{Type: "pong", Payload: m.Payload})
		return nil
	case "pong":
		return nil
	case "subscribe":
		return s.subscribe(m)
	case "complete":
		if m.ID == nil {
			break
		}
		s.mu.Lock()
		op := s.running[*m.ID]
		delete(s.running, *m.ID)
		s.mu.Unlock()
		if op != nil {
			op.stop()
		}
		return nil
	}
	return &violation{badMessage, "Invalid message"}
}

func (s *socket) init(m *socketMessage) *violation {
	if payload := bytes.TrimSpace(m.Payload); len(payload) > 0 && payload[0] != '{' && !bytes.Equal(payload, []byte("null")) {
		return &violation{badMessage, "Invalid message"}
	}
	s.mu.Lock()
	again := s.isInited
	s.isInited = true
	s.mu.Unlock()
	if again {
		return &violation{initialisedTwice, "Too many initialisation requests"}
	}
	_ = s.send(&socketMessage{Type: "connection_ack"})
	return nil
}

// subscribe begins an operation.
func (s *socket) subscribe(m *socketMessage) *violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.isInited {
		return &violation{notAcknowledged, "Unauthorized"}
	}
	spenderOf(s.ctx).spend(len(m.Payload) / bytesOfAPoint)
	p, err := readParams(m.Payload)
	if m.ID == nil || *m.ID == "" || err != nil || p.Query == "" {
		return &violation{badMessage, "Invalid message"}
	}
	if s.running[*m.ID] != nil {
		id := strings.ToValidUTF8((*m.ID)[:min(len(*m.ID), 64)], "") // a reason is short
		return &violation{sameOperation, "Subscriber for " + id + " already exists"}
	}
	op := &socketOperation{socket: s, id: *m.ID}
	if len(s.running) >= maxOperations {
		spenderOf(s.ctx).blame(0)
		refused := tooComplex("operations", maxOperations)
		s.ended.Go(func() { op.fail(gqlerror.List{refused}) })
		return nil
	}
	s.running[op.id] = op
	ctx, cancel := context.WithCancel(s.ctx)
	op.cancel = cancel
	s.ended.Go(func() { op.run(ctx, &p.RawParams) })
	return nil
}

// send writes a message. Where nobody takes it in time the connection ends.
func (s *socket) send(m *socketMessage) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), writeTimeout)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageText, text)
}
