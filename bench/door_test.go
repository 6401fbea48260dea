package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/graph"
)

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
