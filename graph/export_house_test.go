package graph_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

// An exportingHouse is a clinic whose exports are at /export/{file}.
type exportingHouse struct {
	*house
	gate *auth.Gate
}

// newExportingHouse returns one in which nobody is limited.
func newExportingHouse(t testing.TB) *exportingHouse {
	t.Helper()
	return newExportingHouseOf(t, graph.NewRates(0, 0), func(api http.Handler) http.Handler { return graph.Exports(api, nil) })
}

// newExportingHouseOf returns one with rates, whose exports are those of the API.
func newExportingHouseOf(t testing.TB, rates *graph.Rates, exportsOf func(api http.Handler) http.Handler) *exportingHouse {
	t.Helper()
	d := dbtest.New(t)
	gate := &auth.Gate{Find: d.Find, Look: d.Look, Refuse: graph.Refuse}
	d.Forget = gate.Forget
	api := graph.Handler(d.DB, nil)
	mux := http.NewServeMux()
	mux.Handle("/", gate.Handler(graph.Limited(api, rates)))
	mux.Handle("/export/{file}", gate.Downloads(graph.Limited(exportsOf(api), rates)))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		gate.Close(ctx)
	})
	h := &exportingHouse{&house{client: &client{t: t, db: d, server: server}}, gate}
	h.stranger = h.employ("stranger", auth.Doctor)
	return h
}

// A clock stands still, but for what a test adds, or, while it flies, goes on by 100
// seconds at each look.
type clock struct {
	passed atomic.Int64 // seconds
	flies  atomic.Bool
}

// newPacedHouse returns an exportingHouse in which each user has saved up 400 points,
// of which exports leave 200: enough for two pages of rooms, and then for none until the
// clock goes on.
func newPacedHouse(t testing.TB) (*exportingHouse, *clock) {
	t.Helper()
	c, start := new(clock), time.Now()
	rates := graph.NewRates(20, 0)
	graph.SetClock(rates, func() time.Time {
		if c.flies.Load() {
			c.passed.Add(100)
		}
		return start.Add(time.Duration(c.passed.Load()) * time.Second)
	})
	h := newExportingHouseOf(t, rates, func(api http.Handler) http.Handler { return graph.Exports(api, nil) })
	h.rooms(250)
	return h, c
}

// rooms adds n rooms called "Room 001" and so on.
func (h *house) rooms(n int) { h.roomsCalled("Room ", n) }

// roomsCalled adds n rooms whose names begin so.
func (h *house) roomsCalled(name string, n int) {
	h.run(`INSERT INTO rooms (id, name)
		SELECT overlay(overlay(gen_random_uuid()::text PLACING '0d' FROM 35) PLACING '7' FROM 15)::uuid, $1 || lpad(n::text, greatest(3, length(n::text)), '0') FROM generate_series(1, $2::int) n`, name, n)
}

// A download is what came of asking for an export.
type download struct {
	*http.Response
	text string
	err  error // of reading it
}

// export asks for an export, and reads all of it.
func (c *client) export(file string) *download {
	c.t.Helper()
	return c.fetch(http.MethodGet, file, c.header)
}

// exported returns the export of a query that is saved for it.
func (c *client) exported(query, ending string, vars variables) *download {
	c.t.Helper()
	return c.export(c.save(variables{"document": query, "variables": vars}) + "." + ending)
}

func (c *client) fetch(method, file string, header http.Header) *download {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), time.Minute)
	defer cancel()
	response, err := http.DefaultTransport.RoundTrip(c.asking(ctx, method, file, header))
	if err != nil {
		return &download{err: err, Response: &http.Response{}}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return &download{response, string(text), err}
}

func (c *client) asking(ctx context.Context, method, file string, header http.Header) *http.Request {
	c.t.Helper()
	request, err := http.NewRequestWithContext(ctx, method, c.server.URL+"/export/"+file, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	if header != nil {
		request.Header = header.Clone()
	}
	return request
}

// begin asks for an export, and reads its first lines.
func (c *client) begin(file string, first int) (*http.Response, *bufio.Scanner) {
	c.t.Helper()
	response, err := http.DefaultTransport.RoundTrip(c.asking(c.t.Context(), http.MethodGet, file, c.header))
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { response.Body.Close() })
	lines := bufio.NewScanner(response.Body)
	for n := range first {
		if !lines.Scan() {
			c.t.Fatalf("it ends after %d lines: %v", n, lines.Err())
		}
	}
	return response, lines
}

// records returns the lines of a complete file of CSV.
func (d *download) records(t testing.TB) [][]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(d.text)).ReadAll()
	if err != nil || d.err != nil || d.StatusCode != http.StatusOK || d.Trailer.Get("Clinicql-Rows") != fmt.Sprint(len(records)-1) {
		t.Fatalf("%v, %v: %d %v %s", err, d.err, d.StatusCode, d.Trailer, d.text)
	}
	return records
}
