package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/web"
)

// What the pages ask for fits the schema, and is run by its id, also where no other document is.
func TestDocumentsOfThePages(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	server := httptest.NewServer(newServer(d.DB, d.URL, &ServeConfig{OnlyOwn: true}).routes())
	t.Cleanup(server.Close)
	texts := web.Documents()
	if len(texts) < 15 {
		t.Fatalf("only %d documents", len(texts))
	}
	for _, text := range texts {
		body, err := json.Marshal(map[string]string{"documentId": fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(text)))})
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/graphql", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := server.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(response.Body)
		response.Body.Close()
		lacksVariables := regexp.MustCompile(`"message":"must be defined","path":\["variable"`) // comes after the document was found to fit
		if err != nil || !lacksVariables.Match(answer) && regexp.MustCompile(`_FAILED|PERSISTED|TRUSTED|BAD_REQUEST|TOO_COMPLEX`).Match(answer) {
			t.Errorf("%s\nis answered with %d %s", text, response.StatusCode, answer)
		}
	}
}
