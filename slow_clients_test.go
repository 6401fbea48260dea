package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/coder/websocket"
)

// beginnings are what slow clients send, and nothing more.
var beginnings = []string{
	"",
	"POST /graphql HTTP/1.1\r\nHost: clinic\r\nX-Slow: ",
	"POST /graphql HTTP/1.1\r\nHost: clinic\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{\"query\": \"",
	"POST /graphql HTTP/1.1\r\nHost: clinic\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"query\":\r\n",
	strings.Repeat("GET /licenses HTTP/1.1\r\nHost: clinic\r\n\r\n", 40), // and reads none of the answers
}

// slowly opens n connections to a server on which as good as nothing happens.
func slowly(t testing.TB, address string, n int) []net.Conn {
	t.Helper()
	all := make([]net.Conn, n)
	for i := range all {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		if _, err := io.WriteString(conn, beginnings[i%len(beginnings)]); err != nil {
			t.Fatal(err)
		}
		all[i] = conn
	}
	return all
}

// Clients that send or read next to nothing keep nobody else waiting, and the server
// ends what they opened.
func TestServe_slowClients(t *testing.T) {
	t.Parallel()
	c := newClinic(t, 1, 1, 1)
	s := c.servers[0]
	conns := slowly(t, s.address, 300)
	for range 20 {
		if status, text := s.get(t, "/health/live"); status != http.StatusOK {
			t.Fatalf("it is told %d %s", status, text)
		}
		c.receptionist.ask(`{ patients(first: 1) { nodes { id } } }`)
	}
	for i, conn := range conns {
		if i%len(beginnings) == len(beginnings)-1 {
			continue // whose answers wait to be read for a minute
		}
		_ = conn.SetReadDeadline(time.Now().Add(2 * time.Minute))
		if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("a connection with %q is still open", beginnings[i%len(beginnings)])
		}
	}
}

// BenchmarkServe_slowClients tells how long /health/live takes while 2,000 slow clients
// are there, and then how many goroutines stay of 1,000 sockets that say nothing and of
// 5,000 subscriptions on one.
func BenchmarkServe_slowClients(b *testing.B) {
	c := arrangeClinic(b, dbtest.New(b), 1, 1)
	metrics := freeAddress(b)
	c.servers = []*process{startOn(b, c.URL, "CLINICQL_METRICS_LISTEN="+metrics)}
	c.signIn(b)
	desks := make([]*desk, 200)
	for i := range desks {
		desks[i] = c.newDesk(b, 0)
	}
	before := goroutines(b, metrics)
	for b.Loop() {
		conns := slowly(b, c.servers[0].address, 2000)
		var took []time.Duration
		for range 1000 {
			begun := time.Now()
			response, err := http.Get("http://" + c.servers[0].address + "/health/live")
			if err != nil {
				b.Fatal(err)
			}
			response.Body.Close()
			took = append(took, time.Since(begun))
		}
		slices.Sort(took)
		b.ReportMetric(took[500].Seconds()*1000, "p50-ms")
		b.ReportMetric(took[990].Seconds()*1000, "p99-ms")
		b.ReportMetric(took[999].Seconds()*1000, "worst-ms")
		for _, conn := range conns {
			conn.Close()
		}
		b.ReportMetric(goroutinesLater(b, metrics)-before, "left-of-slow")

		ended := make(chan string, 1000)
		for i := range 1000 {
			go func() { ended <- c.saysNothing(desks[i%len(desks)]) }()
		}
		counts := map[string]float64{}
		for range 1000 {
			counts[<-ended]++
		}
		for how, n := range counts {
			b.ReportMetric(n, "sockets-"+how)
		}
		b.ReportMetric(goroutinesLater(b, metrics)-before, "left-of-sockets")
		b.ReportMetric(float64(c.floods(b, desks[0], 5000)), "subscriptions-refused")
		b.ReportMetric(goroutinesLater(b, metrics)-before, "left-of-subscriptions")
	}
}

// saysNothing opens a WebSocket, and returns how it ended.
func (c *clinic) saysNothing(d *desk) string {
	conn, response, err := c.socket(context.Background(), d)
	if err != nil {
		if response == nil {
			return "failed"
		}
		return strconv.Itoa(response.StatusCode)
	}
	defer conn.CloseNow()
	_, _, err = conn.Read(context.Background())
	return strconv.Itoa(int(websocket.CloseStatus(err)))
}

// floods begins n subscriptions on one connection, and returns how many were refused.
func (c *clinic) floods(t testing.TB, d *desk, n int) (refused int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	conn, _, err := c.socket(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	go func() {
		_ = conn.Write(ctx, websocket.MessageText, []byte(`{"type":"connection_init"}`))
		for i := range n {
			_ = conn.Write(ctx, websocket.MessageText, fmt.Appendf(nil, `{"id":"%d","type":"subscribe","payload":{"query":"subscription { patientChanged { kind } }"}}`, i))
		}
	}()
	for answered := 0; answered < n; {
		_, text, err := conn.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.Contains(string(text), `"error"`):
			refused++
			answered++
		case strings.Contains(string(text), `"next"`):
			answered++
		}
	}
	return refused
}

// socket opens a WebSocket of a desk's session.
func (c *clinic) socket(ctx context.Context, d *desk) (*websocket.Conn, *http.Response, error) {
	base := "http://" + c.servers[0].address
	return websocket.Dial(ctx, base+"/graphql", &websocket.DialOptions{
		Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Cookie": {d.cookie}, "Origin": {base}},
	})
}

// goroutinesLater returns how many goroutines a server has five seconds later.
func goroutinesLater(t testing.TB, metrics string) float64 {
	time.Sleep(5 * time.Second)
	return goroutines(t, metrics)
}

func goroutines(t testing.TB, metrics string) float64 {
	t.Helper()
	response, err := http.Get("http://" + metrics + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^go_goroutines (\d+)`).FindSubmatch(text)
	if found == nil {
		t.Fatalf("no goroutines in %s", text)
	}
	n, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
