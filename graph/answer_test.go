package graph_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/seed"
)

// Long answers are written where others were; one that is read slowly is whole all the same.
func TestAnswers_areNotWrittenOver(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	if _, err := seed.Run(auth.WithActor(t.Context(), auth.SystemActor("seed")), c.db.DB, seed.Options{Patients: 100, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	const fields = "id mrn givenName familyName birthDate sex phone email createdAt updatedAt"
	one, other := `{ patients(first: 100) { edges { cursor node { `+fields+` } } } }`, `{ patients(last: 99) { edges { node { `+fields+` } cursor } } }`
	_, want := c.post(one, nil)
	if len(want) < 33<<10 || strings.Contains(want, `"errors"`) {
		t.Fatalf("%d bytes: %.300s", len(want), want)
	}
	for range 20 {
		slow := &slowRecorder{ResponseRecorder: httptest.NewRecorder(), before: func() { c.post(other, nil) }}
		request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(asJSON(variables{"query": one})))
		request.Header.Set("Content-Type", "application/json")
		c.server.Config.Handler.ServeHTTP(slow, request)
		if got := costs.ReplaceAllString(strings.TrimSpace(slow.Body.String()), "}"); got != want {
			t.Fatalf("it is another one: %.300s", got)
		}
	}
}

// A slowRecorder takes an answer only when others were made.
type slowRecorder struct {
	*httptest.ResponseRecorder
	before func()
}

func (s *slowRecorder) Write(text []byte) (int, error) {
	s.before()
	return s.ResponseRecorder.Write(text)
}
