package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// BenchmarkServe_byID answers a doctor with a token who asks for one patient, through
// all that stands before the API in a server, without the network.
func BenchmarkServe_byID(b *testing.B) {
	d := dbtest.New(b)
	routes := newServer(d.DB, d.URL, &ServeConfig{Rate: 1_000_000_000}).routes()
	server := httptest.NewServer(routes)
	defer server.Close()
	addUser(b, d, "doctor", auth.Doctor)
	patient, err := d.CreatePatient(auth.WithActor(b.Context(), auth.SystemActor("bench")), &db.Registration{Patient: db.Patient{
		Name: db.Name{GivenName: new("Nino"), FamilyName: new("Beridze")}, Sex: db.Female, BirthDatePrecision: db.UnknownPrecision,
	}})
	if err != nil {
		b.Fatal(err)
	}
	token, ok := at(signIn(b, server.URL, "doctor", testPassword).ask(fmt.Sprintf(`mutation { createApiToken(input: {name: "bench", role: DOCTOR, expiresAt: %q}) { token } }`,
		time.Now().AddDate(0, 0, 7).Format(time.RFC3339))), "data", "createApiToken", "token").(string)
	if !ok {
		b.Fatal("there is no token")
	}
	body := fmt.Appendf(nil, `{"query": "query($id: ID!) { patient(id: $id) { id mrn givenName familyName displayName birthDate sex phone version } }", "variables": {"id": %q}}`, patient.ID)
	r, w := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", nil), &discard{header: http.Header{}}
	for name, value := range map[string]string{"Authorization": "Bearer " + token, "Content-Type": "application/json", "Accept": "application/graphql-response+json, application/json;q=0.9"} {
		r.Header.Set(name, value)
	}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		r.Body = io.NopCloser(bytes.NewReader(body))
		w.written = 0
		routes.ServeHTTP(w, r)
		if w.status != http.StatusOK || w.written < 200 {
			b.Fatalf("%d, %d bytes", w.status, w.written)
		}
	}
}

// discard is a writer of answers that keeps nothing of them.
type discard struct {
	header          http.Header
	status, written int
}

func (d *discard) Header() http.Header    { return d.header }
func (d *discard) WriteHeader(status int) { d.status = status }
func (d *discard) Write(p []byte) (int, error) {
	d.written += len(p)
	return len(p), nil
}
