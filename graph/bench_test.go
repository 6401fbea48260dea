package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/graph"
)

// page asks for 50 patients with what hangs on them.
const page = `{ patients(first: 50) { nodes { id displayName birthDate
	appointments(first: 5) { nodes { id startsAt status reason practitioner { displayName } } }
	medicalRecords(first: 5) { nodes { id recordedOn diagnosis practitioner { displayName } } } } } }`

// BenchmarkPage answers a page of 50 patients, each with five appointments and
// five records and their practitioners, without the network, to a doctor: with
// the walls and the entries of the audit.
func BenchmarkPage(b *testing.B) {
	d := dbtest.New(b)
	ctx := auth.WithActor(b.Context(), auth.SystemActor("bench"))
	if _, err := seed.Run(ctx, d.DB, seed.Options{Patients: 2000, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{"query": page})
	if err != nil {
		b.Fatal(err)
	}
	api := graph.Handler(d.DB)
	ctx = auth.WithActor(b.Context(), auth.Actor{Name: "doctor", Role: auth.Doctor, UserID: db.NewID(db.KindUser), PractitionerID: db.NewID(db.KindPractitioner)})
	b.ReportAllocs()
	for b.Loop() {
		request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		api.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK || answer.Body.Len() < 10_000 {
			b.Fatalf("%d: %.300s", answer.Code, answer.Body)
		}
	}
}
