package graph_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

// A document that the server has goes by its id; with the setting no other is run, however it comes.
func TestDocuments(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	own, foreign := `query Own($id: ID!) { node(id: $id) { id } }`, `{ clinic { name } }`
	id := fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(own)))
	variables := map[string]any{"id": db.NewID(db.KindPatient).String()}
	for name, test := range map[string]struct {
		only   bool
		get    string
		body   map[string]any
		status int
		holds  string
	}{
		"by its id":                        {body: map[string]any{"documentId": id, "variables": variables}, status: 200, holds: `{"data":{"node":null`},
		"by its id, by GET":                {get: "?documentId=" + id + "&variables=" + url.QueryEscape(asJSON(variables)), status: 200, holds: `{"data":{"node":null`},
		"by its id, without what it needs": {body: map[string]any{"documentId": id}, status: 400, holds: `GRAPHQL_VALIDATION_FAILED`},
		"by its id, for another of its operations": {body: map[string]any{"documentId": id, "operationName": "Other", "variables": variables}, status: 400,
			holds: `GRAPHQL_VALIDATION_FAILED`},
		"as a text":                {body: map[string]any{"query": foreign}, status: 200, holds: `{"data":{"clinic":`},
		"by an id of nothing":      {body: map[string]any{"documentId": id + "0"}, status: 404, holds: `PERSISTED_QUERY_NOT_FOUND`},
		"by an id that is a path":  {body: map[string]any{"documentId": "../" + id}, status: 404, holds: `PERSISTED_QUERY_NOT_FOUND`},
		"by an id that is no text": {body: map[string]any{"documentId": 5}, status: 400, holds: `BAD_REQUEST`},
		"both ways":                {body: map[string]any{"documentId": id, "query": own}, status: 400, holds: `BAD_REQUEST`},
		"no way":                   {body: map[string]any{"variables": variables}, status: 400, holds: `BAD_REQUEST`},
		"by a hash to be kept": {body: map[string]any{"extensions": map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": id[7:]}}}, status: 400,
			holds: `PERSISTED_QUERY_NOT_SUPPORTED`},
		"where no other is run: by its id":      {only: true, body: map[string]any{"documentId": id, "variables": variables}, status: 200, holds: `{"data":{"node":null`},
		"where no other is run: its text":       {only: true, body: map[string]any{"query": own, "variables": variables}, status: 200, holds: `{"data":{"node":null`},
		"where no other is run: another's text": {only: true, body: map[string]any{"query": foreign}, status: 403, holds: `DOCUMENT_NOT_TRUSTED`},
		"where no other is run: another by GET": {only: true, get: "?query=" + url.QueryEscape(foreign), status: 403, holds: `DOCUMENT_NOT_TRUSTED`},
		"where no other is run: its text, changed": {only: true, body: map[string]any{"query": own + " ", "variables": variables}, status: 403,
			holds: `DOCUMENT_NOT_TRUSTED`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request := httptest.NewRequest(http.MethodGet, "/graphql"+test.get, nil)
			if test.body != nil {
				request = httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(asJSON(test.body)))
				request.Header.Set("Content-Type", oldMedia)
			}
			request.Header.Set("Accept", newMedia)
			answer := httptest.NewRecorder()
			actor := auth.WithActor(t.Context(), auth.Actor{Name: "tester", Role: auth.System})
			graph.Handler(d.DB, graph.NewDocuments([]string{own}, test.only)).ServeHTTP(answer, request.WithContext(actor))
			if text := answer.Body.String(); answer.Code != test.status || !strings.Contains(text, test.holds) {
				t.Errorf("answered %d %s, not %d %s", answer.Code, text, test.status, test.holds)
			}
		})
	}
}
