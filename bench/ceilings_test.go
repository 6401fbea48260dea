package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/graph"
)

// ceilings are what an answer may take: allocations of the whole server while it is made, and
// statements with that of the audit. Under the race detector there are some more allocations.
var ceilings = []struct {
	query                   string
	allocations, statements int
}{
	{"by-id", 150, 1}, // as is asked for
	{"page", 520, 1},
	{"nested", 4_000, 4}, // of 10,000 that are asked for; the fourth statement is the audit's
	{"upcoming", 520, 3}, // the third is the audit's
}

func TestRequests_keepBelowTheirCeilings(t *testing.T) {
	door := openDoor(t)
	server := httptest.NewServer(door)
	defer server.Close()
	for _, ceiling := range ceilings {
		t.Run(ceiling.query, func(t *testing.T) {
			body := door.body(t, ceiling.query, 1)
			response, err := http.Post(server.URL, "application/json", bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			answer, err := io.ReadAll(response.Body)
			if err != nil || len(answer) < 300 || strings.Contains(string(answer), `"errors"`) {
				t.Fatalf("%v %.600s", err, answer)
			}
			told := statementsTold.FindStringSubmatch(response.Header.Get("Server-Timing"))
			if told == nil {
				t.Fatalf("Server-Timing is %q", response.Header.Get("Server-Timing"))
			}
			if n, _ := strconv.Atoi(told[1]); n > ceiling.statements || n < 1 {
				t.Errorf("it takes %d statements, more than %d", n, ceiling.statements)
			}
			if n := int(testing.AllocsPerRun(20, func() { door.ask(t, body) })); n > ceiling.allocations {
				t.Errorf("it takes %d allocations, more than %d", n, ceiling.allocations)
			}
		})
	}
}

// BenchmarkRequests tells what each query takes without the network, with walls, audit and limits.
func BenchmarkRequests(b *testing.B) {
	door := openDoor(b)
	for _, q := range queries {
		if q.writes || q.role != "" {
			continue
		}
		b.Run(q.name, func(b *testing.B) {
			body := door.body(b, q.name, 1)
			b.ReportAllocs()
			for b.Loop() {
				door.ask(b, body)
			}
		})
	}
}

// A door is the API of a small clinic as a doctor comes in.
type door struct {
	http.Handler
	clinic  *clinic
	address string // of the database
	doctor  auth.Actor
}

func openDoor(t testing.TB) *door {
	t.Helper()
	d := dbtest.New(t)
	ctx := auth.WithActor(t.Context(), auth.SystemActor("bench"))
	if _, err := seed.Run(ctx, d.DB, seed.Options{Patients: 300, Each: each, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if err := age(t.Context(), d.SQL.DB); err != nil {
		t.Fatal(err)
	}
	c := &clinic{now: time.Now(), sql: d.SQL.DB}
	if err := c.look(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &door{graph.Handler(d.DB, nil), c, d.URL, auth.Actor{Name: "doctor", Role: auth.Doctor, UserID: db.NewID(db.KindUser), PractitionerID: db.NewID(db.KindPractitioner)}}
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.Handler.ServeHTTP(w, r.WithContext(auth.WithActor(r.Context(), d.doctor)))
}

// body is what is sent for a query the nth time.
func (d *door) body(t testing.TB, name string, n int) []byte {
	t.Helper()
	some, err := chosen(queries, []string{name})
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]any{"query": some[0].clinicQL, "variables": some[0].draw(d.clinic, n)})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// ask sends a body past the network.
func (d *door) ask(t testing.TB, body []byte) {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "/", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer := &discarded{header: http.Header{}}
	d.ServeHTTP(answer, request)
	if answer.status != http.StatusOK || answer.size < 100 {
		t.Fatalf("it is answered %d with %d bytes", answer.status, answer.size)
	}
}

// discarded is an answer that nobody reads.
type discarded struct {
	header       http.Header
	status, size int
}

func (d *discarded) Header() http.Header { return d.header }

func (d *discarded) WriteHeader(status int) { d.status = status }

func (d *discarded) Write(text []byte) (int, error) {
	if d.status == 0 {
		d.status = http.StatusOK
	}
	d.size += len(text)
	return len(text), nil
}
