package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestReadAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		claim, sent string
		status      int
		body        string
	}{
		{"of a length", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX: y\r\n\r\nhello", 200, "hello"},
		{"in chunks", "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n11\r\n, world, and all!\r\n0\r\n\r\n", 201, "hello, world, and all!"},
		{"without a body", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404, ""},
	} {
		t.Run(c.claim, func(t *testing.T) {
			reader := bufio.NewReader(strings.NewReader(c.sent + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext"))
			for _, want := range []struct {
				status int
				body   string
			}{{c.status, c.body}, {200, "next"}} {
				status, body, err := readAnswer(reader, nil)
				if err != nil || status != want.status || string(body) != want.body {
					t.Errorf("%d %q %v, want %d %q", status, body, err, want.status, want.body)
				}
			}
		})
	}
	for _, cut := range []string{"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "HTTP/1.1 2", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"} {
		if _, _, err := readAnswer(bufio.NewReader(strings.NewReader(cut)), nil); err == nil {
			t.Errorf("%q is taken for an answer", cut)
		}
	}
}

func TestDrive(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	var refuses atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked.Add(1)
		switch {
		case string(body) != "hello":
			w.WriteHeader(http.StatusTeapot)
		case refuses.Load():
			fmt.Fprint(w, `{"errors":[{"message":"enough"}],"data":null}`)
		default:
			fmt.Fprint(w, "a body of 18 bytes")
		}
	}))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	next := func() []byte { return []byte("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello") }
	l, err := drive(t.Context(), address, 1, 20*time.Millisecond, next)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(l.latencies); n != int(asked.Load()) || l.bytes != 18*n || l.took < 20*time.Millisecond || l.below(0.5) > l.below(0.99) || l.below(0) <= 0 {
		t.Errorf("%d of %d requests, %d bytes, %v", n, asked.Load(), l.bytes, l.took)
	}
	refuses.Store(true)
	if _, err := drive(t.Context(), address, 1, time.Minute, next); err == nil || !strings.Contains(err.Error(), "enough") {
		t.Errorf("an answer with errors is taken: %v", err)
	}
	wrong := func() []byte { return []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
	if _, err := drive(t.Context(), address, 1, time.Minute, wrong); err == nil || !strings.Contains(err.Error(), "418") {
		t.Errorf("an answer that says no is taken: %v", err)
	}
}
