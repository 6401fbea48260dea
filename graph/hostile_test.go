package graph_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// maxRefusal is how long an answer to what is hostile is at most.
const maxRefusal = 16 << 10

// What is meant to hurt is refused over every door, in few words, and never as a
// failure of ours.
func TestHostile_documents(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if n := len(hostileDocuments) + len(hostileBodies); n < 40 {
		t.Errorf("only %d", n)
	}
	nino := h.employ("nino", auth.Receptionist)
	nobody := *h.client
	for name, hurt := range hostileDocuments {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, door := range []struct {
				name string
				send func() (int, string)
			}{
				{"POST", func() (int, string) { return nino.in(t).hurl("application/json", body(hurt)) }},
				{"POST of anybody", func() (int, string) { return nobody.in(t).hurl("application/json", body(hurt)) }},
				{"a stream of events", func() (int, string) { return nino.in(t).hurl("text/event-stream", body(hurt)) }},
				{"GET", func() (int, string) { return nino.in(t).hurlByGet(hurt) }},
				{"a WebSocket", func() (int, string) { return nino.in(t).hurlByWebSocket(body(hurt)) }},
			} {
				status, text := door.send()
				isRefused := strings.Contains(text, `"errors":[{`) || status == http.StatusRequestHeaderFieldsTooLarge
				if status >= 500 || len(text) > maxRefusal || !isRefused || strings.Contains(text, `"data":{`) || strings.Contains(text, "INTERNAL") {
					t.Errorf("by %s: %d, %d bytes: %.300s", door.name, status, len(text), text)
				}
			}
		})
	}
}

func TestHostile_bodies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	for name, hurt := range hostileBodies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, accept := range []string{"application/graphql-response+json", "text/event-stream"} {
				status, text := nino.in(t).hurlBody(accept, hurt)
				if status < 400 || status >= 500 || len(text) > maxRefusal || !strings.Contains(text, `"errors":[{`) {
					t.Errorf("%s: %d, %d bytes: %.300s", accept, status, len(text), text)
				}
			}
		})
	}
}

// body is the JSON of a document.
func body(h hostile) []byte {
	query, _ := json.Marshal(h.query)
	if h.variables == "" {
		h.variables = "null"
	}
	return fmt.Appendf(nil, `{"query":%s,"variables":%s}`, query, h.variables)
}

func (c *client) hurl(accept string, body []byte) (int, string) {
	c.t.Helper()
	return c.hurlBody(accept, hostileBody{body: func() io.Reader { return bytes.NewReader(body) }})
}

// hurlBody sends a body, and says nothing of it when the server hangs up before all
// of it was sent: the answer counts.
func (c *client) hurlBody(accept string, h hostileBody) (int, string) {
	c.t.Helper()
	conn, err := (&net.Dialer{}).DialContext(c.t.Context(), "tcp", strings.TrimPrefix(c.server.URL, "http://"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer conn.Close()
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.server.URL, h.body())
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = c.header.Clone()
	if request.Header == nil {
		request.Header = http.Header{}
	}
	request.Header.Set("Accept", accept)
	request.Header.Set("Content-Type", "application/json")
	if h.media != "" {
		request.Header.Set("Content-Type", h.media)
	}
	if h.encoding != "" {
		request.Header.Set("Content-Encoding", h.encoding)
	}
	go func() {
		if h.length == 0 {
			_ = request.Write(conn)
			return
		}
		fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n", request.Host, h.length)
		_ = request.Header.Write(conn)
		_, _ = io.WriteString(conn, "\r\n")
		_, _ = io.Copy(conn, h.body())
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
	response, err := http.ReadResponse(bufio.NewReader(conn), request)
	if err != nil {
		c.t.Fatalf("no answer: %v", err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(text)
}

func (c *client) hurlByGet(h hostile) (int, string) {
	c.t.Helper()
	address := c.server.URL + "?query=" + url.QueryEscape(h.query) + "&variables=" + url.QueryEscape(h.variables)
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = c.header.Clone()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return http.StatusRequestHeaderFieldsTooLarge, "" // hung up while the address was sent
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(text)
}

// hurlByWebSocket subscribes to a document; the answer is written as over HTTP.
func (c *client) hurlByWebSocket(payload []byte) (int, string) {
	c.t.Helper()
	w, response := c.dial("graphql-transport-ws")
	for response.StatusCode == http.StatusTooManyRequests { // other tests hold as many as there may be
		time.Sleep(10 * time.Millisecond)
		w, response = c.dial("graphql-transport-ws")
	}
	defer w.conn.CloseNow()
	w.send(`{"type":"connection_init"}`)
	w.next()
	w.send(`{"id":"1","type":"subscribe","payload":` + string(payload) + `}`)
	f := w.next()
	switch {
	case f.Type == "closed 1009 ", strings.HasPrefix(f.Type, "closed 4400"), f.Type == "cut", strings.HasPrefix(f.Type, "closed 1009"):
		return http.StatusRequestEntityTooLarge, `"errors":[{}]`
	case f.Type == "error":
		return http.StatusBadRequest, `{"errors":` + string(f.Payload) + `}`
	}
	return http.StatusInternalServerError, f.String() + string(f.Payload)
}
