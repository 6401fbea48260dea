package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

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
	api := graph.Handler(seeded(b, 2000).DB, nil)
	answerAll(b, api, page, auth.Actor{Name: "doctor", Role: auth.Doctor, UserID: db.NewID(db.KindUser), PractitionerID: db.NewID(db.KindPractitioner)})
}

// BenchmarkReads answers what is asked most, by plans and by resolvers.
func BenchmarkReads(b *testing.B) {
	d := seeded(b, 2000)
	var id string
	if err := d.SQL.Get(&id, "SELECT id FROM patients ORDER BY mrn LIMIT 1"); err != nil {
		b.Fatal(err)
	}
	actor := auth.Actor{Name: "doctor", Role: auth.Doctor, UserID: db.NewID(db.KindUser), PractitionerID: db.NewID(db.KindPractitioner)}
	for name, query := range map[string]string{
		"by id":  fmt.Sprintf(`{ patient(id: %q) { id mrn givenName familyName birthDate sex } }`, id),
		"page":   `{ patients(first: 50) { edges { cursor node { id mrn givenName familyName birthDate sex } } pageInfo { hasNextPage endCursor } } }`,
		"nested": page,
	} {
		for by, api := range map[string]http.Handler{"plan": graph.Handler(d.DB, nil), "resolvers": graph.ByResolvers(graph.Handler(d.DB, nil))} {
			b.Run(name+" by "+by, func(b *testing.B) { answerAll(b, api, query, actor) })
		}
	}
}

// BenchmarkPayload changes a patient and answers with 50 visits and 50 records, by plans and
// by resolvers. The change is repeated by its key.
func BenchmarkPayload(b *testing.B) {
	d := dbtest.New(b)
	if _, err := seed.Run(acting(b), d.DB, seed.Options{Patients: 60, Each: 50, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	var id string
	if err := d.SQL.Get(&id, "SELECT id FROM patients ORDER BY mrn LIMIT 1"); err != nil {
		b.Fatal(err)
	}
	actor := auth.Actor{Name: "doctor", Role: auth.Doctor, UserID: db.NewID(db.KindUser), PractitionerID: db.NewID(db.KindPractitioner)}
	mutation := fmt.Sprintf(`mutation { updatePatient(input: {patientId: %q, expectedVersion: 1, email: "a@example.org"}) @idempotent(key: "benchmark") { patient { id displayName
		appointments(first: 50) { edges { cursor node { id startsAt status reason practitioner { id displayName } } } }
		medicalRecords(first: 50) { edges { cursor node { id recordedOn diagnosis practitioner { id displayName } } } } } } }`, id)
	for by, api := range map[string]http.Handler{"plan": graph.Handler(d.DB, nil), "resolvers": graph.ByResolvers(graph.Handler(d.DB, nil))} {
		b.Run(by, func(b *testing.B) { answerAll(b, api, mutation, actor) })
	}
}

// BenchmarkSchedule answers the calendar of 20 practitioners and 6 rooms on a day
// and in a week, with all that is drawn and the patients' names, to the front desk.
func BenchmarkSchedule(b *testing.B) {
	d := seeded(b, 3000)
	api := graph.Handler(d.DB, nil)
	var rooms []string
	if err := d.SQL.Select(&rooms, "SELECT id FROM rooms ORDER BY name"); err != nil {
		b.Fatal(err)
	}
	var practitioners []string
	if err := d.SQL.Select(&practitioners, "SELECT id FROM practitioners ORDER BY id"); err != nil {
		b.Fatal(err)
	}
	tuesday := time.Now().AddDate(0, 0, -int(time.Now().Weekday()+5)).Format(time.DateOnly) // of last week, which is full
	for _, days := range []string{"date", "weekOf"} {
		b.Run(days, func(b *testing.B) {
			query := fmt.Sprintf(`{ schedule(range: {%s: %q}, practitionerIds: ["%s"], roomIds: ["%s"]) { %s } }`,
				days, tuesday, strings.Join(practitioners, `", "`), strings.Join(rooms, `", "`), drawn)
			answerAll(b, api, query, auth.Actor{Name: "desk", Role: auth.Receptionist, UserID: db.NewID(db.KindUser)})
		})
	}
}

// seeded returns a made-up clinic.
func seeded(b *testing.B, patients int) *dbtest.Database {
	b.Helper()
	d := dbtest.New(b)
	ctx := auth.WithActor(b.Context(), auth.SystemActor("bench"))
	if _, err := seed.Run(ctx, d.DB, seed.Options{Patients: patients, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	return d
}

// answerAll measures how long the API takes to answer the actor's query.
func answerAll(b *testing.B, api http.Handler, query string, actor auth.Actor) {
	b.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		b.Fatal(err)
	}
	ctx := auth.WithActor(b.Context(), actor)
	b.ReportAllocs()
	for b.Loop() {
		request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		api.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK || answer.Body.Len() < 150 {
			b.Fatalf("%d: %.300s", answer.Code, answer.Body)
		}
	}
}
