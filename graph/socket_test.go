package graph_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph"
	"github.com/coder/websocket"
	"net/http"
)

const everyPatient = `subscription($after: String) { patientChanged(after: $after) { eventId kind version patient { id displayName } } }`

// What the sub-protocol graphql-transport-ws says of frames, to the letter.
func TestSocket_protocol(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	nino := h.employ("nino", auth.Receptionist)
	const (
		hello = `{"type": "connection_init", "payload": {}}`
		one   = `{"id": "1", "type": "subscribe", "payload": {"query": "subscription { patientChanged { kind } }"}}`
	)
	for name, test := range map[string]struct {
		sent []string
		want string // the frames, in order; the events of patients that are written meanwhile are left out
	}{
		"an operation":                 {[]string{hello, one}, "connection_ack; 1 next"},
		"an operation before hello":    {[]string{one}, "closed 4401 Unauthorized"},
		"hello twice":                  {[]string{hello, hello}, "connection_ack; closed 4429 Too many initialisation requests"},
		"one id twice":                 {[]string{hello, one, one}, "closed 4409 Subscriber for 1 already exists"},
		"one id again after the end":   {[]string{hello, one, `{"id": "1", "type": "complete"}`, one}, "1 next"},
		"the end of nothing":           {[]string{hello, `{"id": "2", "type": "complete"}`, one}, "connection_ack; 1 next"},
		"ping before hello":            {[]string{`{"type": "ping"}`, hello}, "pong; connection_ack"},
		"ping with something":          {[]string{hello, `{"type": "ping", "payload": {"a": 1}}`}, "connection_ack; pong"},
		"pong":                         {[]string{`{"type": "pong"}`, hello}, "connection_ack"},
		"no JSON":                      {[]string{hello, `nothing`}, "connection_ack; closed 4400 Invalid message"},
		"a list":                       {[]string{hello, `[]`}, "connection_ack; closed 4400 Invalid message"},
		"an unknown type":              {[]string{hello, `{"type": "start"}`}, "connection_ack; closed 4400 Invalid message"},
		"no type":                      {[]string{hello, `{"id": "1"}`}, "connection_ack; closed 4400 Invalid message"},
		"no id":                        {[]string{hello, `{"type": "subscribe", "payload": {"query": "{ clinic { name } }"}}`}, "connection_ack; closed 4400 Invalid message"},
		"no document":                  {[]string{hello, `{"id": "1", "type": "subscribe"}`}, "connection_ack; closed 4400 Invalid message"},
		"a document that is no text":   {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": 1}}`}, "connection_ack; closed 4400 Invalid message"},
		"an id that is no text":        {[]string{hello, `{"id": 1, "type": "complete"}`}, "connection_ack; closed 4400 Invalid message"},
		"the end of no operation":      {[]string{hello, `{"type": "complete"}`}, "connection_ack; closed 4400 Invalid message"},
		"a message of the server":      {[]string{hello, `{"id": "1", "type": "next", "payload": {}}`}, "connection_ack; closed 4400 Invalid message"},
		"hello with a text":            {[]string{`{"type": "connection_init", "payload": "x"}`}, "closed 4400 Invalid message"},
		"a document that is none":      {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "{"}}`}, "connection_ack; 1 error GRAPHQL_PARSE_FAILED"},
		"a document of another schema": {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "subscription { nothing }"}}`}, "connection_ack; 1 error GRAPHQL_VALIDATION_FAILED"},
		"a query":                      {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "{ clinic { name } }"}}`}, "connection_ack; 1 error BAD_REQUEST"},
		"a mutation":                   {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "mutation { signOut { viewer { id } } }"}}`}, "connection_ack; 1 error BAD_REQUEST"},
		"a wrong argument":             {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "subscription { patientChanged(after: \"x\") { kind } }"}}`}, "connection_ack; 1 error INVALID after BAD_CURSOR"},
		"another role's field":         {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "subscription { patientChanged { patient { allergies { id } } } }"}}`}, "connection_ack; 1 error FORBIDDEN"},
		"the past": {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "subscription @asOf(at: \"2026-01-01T00:00:00Z\") { patientChanged { kind } }"}}`},
			"connection_ack; 1 error GRAPHQL_VALIDATION_FAILED"},
		"two fields": {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "subscription { a: patientChanged { kind } b: patientChanged { kind } }"}}`},
			"connection_ack; 1 error GRAPHQL_VALIDATION_FAILED"},
		"no field of its own": {[]string{hello, `{"id": "1", "type": "subscribe", "payload": {"query": "subscription { __typename }"}}`}, "connection_ack; 1 error GRAPHQL_VALIDATION_FAILED"},
		"a message of 65 KiB": {[]string{hello, strings.Repeat(" ", 65<<10)}, "connection_ack; closed 1009"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _ := nino.signedIn().in(t).dial("graphql-transport-ws")
			for _, text := range test.sent {
				w.send(text)
			}
			var got []string
			for range strings.Split(test.want, "; ") {
				f := w.next()
				for strings.HasPrefix(test.want, "closed 4409") && !strings.HasPrefix(f.Type, "closed") || test.want == "1 next" && f.Type == "connection_ack" {
					f = w.next()
				}
				text := f.String()
				if f.Type == "error" {
					var errs []refusal
					mustUnmarshal(t, f.Payload, &errs)
					text += " " + told(errs)
				}
				got = append(got, text)
			}
			if text := strings.Join(got, "; "); text != test.want && !(strings.Contains(test.want, "1009") && strings.HasPrefix(text, test.want)) {
				t.Errorf("got %s, want %s", text, test.want)
			}
		})
	}
}

// Nothing is said of an operation after it ended, by its client or with an error.
func TestSocket_isSilentAfterTheEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	w := h.employ("nino", auth.Receptionist).connect()
	w.subscribe("1", everyPatient, nil)
	w.event()
	w.send(`{"id": "1", "type": "complete"}`)
	w.silent()
	newPatient(t, h.db, "Beridze")
	w.subscribe("2", everyPatient, variables{"after": "x"})
	if got := w.refusals(); got != "INVALID after BAD_CURSOR" {
		t.Errorf("refused with %s", got)
	}
	w.subscribe("2", everyPatient, nil)
	if got := w.event(); got.text("kind") != "STARTED" {
		t.Errorf("got %v", got)
	}
	newPatient(t, h.db, "Gelashvili")
	for name := ""; name != "Test Gelashvili"; { // who came before the start may be told of as well
		f := w.next()
		var got result
		mustUnmarshal(t, f.Payload, &got)
		if name = got.Data.text("patientChanged.patient.displayName"); f.ID != "2" || f.Type != "next" {
			t.Fatalf("got %s", f)
		}
	}
	w.silent()
}

// Whoever does not say hello in time is hung up on.
func TestSocket_waitsForHello(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w, _ := h.stranger.dial("graphql-transport-ws")
	if got := w.next(); got.Type != "closed 4408 Connection initialisation timeout" {
		t.Errorf("got %s", got)
	}
}

// Another sub-protocol is refused, the legacy one too.
func TestSocket_subprotocol(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, protocols := range [][]string{{"graphql-ws"}, {"other"}, nil} {
		w, _ := h.stranger.dial(protocols...)
		if got := w.next(); got.Type != "closed 4406 Subprotocol not acceptable" {
			t.Errorf("%v: got %s", protocols, got)
		}
	}
}

// A binary frame is no message.
func TestSocket_binary(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := h.stranger.connect()
	_ = w.conn.Write(t.Context(), websocket.MessageBinary, []byte(`{"type": "ping"}`))
	if got := w.next(); got.Type != "closed 4400 Invalid message" {
		t.Errorf("got %s", got)
	}
}

// Who may open a WebSocket at all.
func TestSocket_handshake(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	token, hash := auth.NewToken(auth.APIToken)
	h.run("INSERT INTO api_tokens (id, user_id, name, role, token_hash, expires_at) VALUES ($1, $2, 'n', 'RECEPTIONIST', $3, now() + interval '1 hour')", strings.Replace(nino.user.ID.String(), "0", "1", 1)[:34]+"09", nino.user.ID, hash)
	for name, test := range map[string]struct {
		header http.Header
		status int
	}{
		"a session":                   {http.Header{"Cookie": nino.header["Cookie"], "Origin": {h.server.URL}}, 101},
		"a token":                     {http.Header{"Authorization": {"Bearer " + token}}, 101},
		"a token from another site":   {http.Header{"Authorization": {"Bearer " + token}, "Origin": {"http://evil.example"}}, 403},
		"a session from another site": {http.Header{"Cookie": nino.header["Cookie"], "Origin": {"http://evil.example"}}, 403},
		"a session from nowhere":      {http.Header{"Cookie": nino.header["Cookie"], "Origin": {"null"}}, 403},
		"an unknown session":          {http.Header{"Cookie": {"clinicql_session=x"}, "Origin": {h.server.URL}}, 401},
		"nobody":                      {http.Header{"Origin": {h.server.URL}}, 401},
	} {
		c := *h.client
		c.header = test.header
		if w, response := c.dial("graphql-transport-ws"); response.StatusCode != test.status {
			t.Errorf("%s: %d", name, response.StatusCode)
		} else if w != nil {
			w.conn.CloseNow()
		}
	}
}

// How much one session and one connection may hold.
func TestSocket_bounds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	nino := h.employ("nino", auth.Receptionist)
	var wires []*wire
	for range 5 {
		wires = append(wires, nino.connect())
	}
	if _, response := nino.dial("graphql-transport-ws"); response.StatusCode != http.StatusTooManyRequests || response.Header.Get("Retry-After") == "" {
		t.Errorf("the sixth is answered %d", response.StatusCode)
	}
	nino.signedIn().connect() // another session
	wires[0].conn.CloseNow()
	soon(t, "101", func() string {
		w, response := nino.dial("graphql-transport-ws")
		if w != nil {
			w.conn.CloseNow()
		}
		return fmt.Sprint(response.StatusCode)
	})
	for n := range 20 {
		wires[1].subscribe(fmt.Sprint(n), everyPatient, nil)
	}
	for range 20 {
		wires[1].event()
	}
	wires[1].subscribe("more", everyPatient, nil)
	if got := wires[1].refusals(); got != "TOO_COMPLEX" {
		t.Errorf("one more is refused with %s", got)
	}
	wires[1].send(`{"id": "7", "type": "complete"}`)
	wires[1].subscribe("more", everyPatient, nil)
	wires[1].event()
}

// What ends the rights of a session ends its connections.
func TestSocket_endsWithItsRights(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	chart := h.patient("other", h.stranger)
	for name, test := range map[string]struct {
		role auth.Role
		end  string
	}{
		"the session":  {auth.Receptionist, "UPDATE sessions SET ended_at = now() WHERE user_id = $1"},
		"the user":     {auth.Receptionist, "UPDATE users SET is_active = false WHERE id = $1"},
		"the role":     {auth.Nurse, "UPDATE users SET role = 'ANALYST' WHERE id = $1"},
		"the glass":    {auth.Admin, "UPDATE glass_accesses SET closes_at = now() WHERE user_id = $1"},
		"the time":     {auth.Receptionist, "UPDATE sessions SET expires_at = now() WHERE user_id = $1"},
		"idle a while": {auth.Receptionist, "UPDATE sessions SET last_used_at = now() - interval '16 minutes' WHERE user_id = $1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			who := h.employ(strings.ReplaceAll(name, " ", "-"), test.role)
			if test.role == auth.Admin {
				who.breakGlass(chart)
			}
			w, s := who.in(t).connect(), who.in(t).stream(everyPatient, nil)
			w.subscribe("1", everyPatient, nil)
			w.event()
			s.event()
			h.run(test.end, who.user.ID)
			got := w.next()
			for got.Type == "next" { // the chart's own, which may be told after all this began
				got = w.next()
			}
			if got.Type != "closed 4403 Forbidden" {
				t.Errorf("got %s %s", got, got.Payload)
			}
			if got := s.all(); !strings.Contains(got, "event: next\ndata: {\"errors\":[{") || !strings.Contains(got, `"UNAUTHENTICATED"`) || !strings.HasSuffix(got, "event: complete\ndata: \n\n") {
				t.Errorf("the stream ends with %s", got)
			}
		})
	}
}

// Whoever only listens does not use their session.
func TestSocket_isNoUseOfTheSession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	w := nino.connect()
	h.run("UPDATE sessions SET last_used_at = now() - interval '10 minutes' WHERE user_id = $1", nino.user.ID)
	time.Sleep(1500 * time.Millisecond) // at least one look
	w.silent()
	if n := h.count("SELECT count(*) FROM sessions WHERE last_used_at > now() - interval '9 minutes' AND user_id = '" + nino.user.ID.String() + "'"); n != 0 {
		t.Error("it counts as a use")
	}
}

// A panic fails one operation, and says nothing of it.
func TestSocket_panic(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		graph.Broken().ServeHTTP(w, r.WithContext(auth.WithActor(context.WithoutCancel(r.Context()), auth.Actor{Name: "nino", Role: auth.Doctor})))
	}))
	defer server.Close()
	w := (&client{t: t, server: server}).connect()
	w.subscribe("1", everyPatient, nil)
	if got := w.refusals(); got != "INTERNAL" {
		t.Errorf("got %s", got)
	}
	w.silent()
}
