package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// The ten queries of the README's tour give the answers that are printed there,
// on the demonstration clinic of any day.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	tour := regexp.MustCompile("(?s)```graphql\n(.*?)```\n```json\n(.*?)```").FindAllSubmatch(readme, -1)
	if len(tour) != 10 {
		t.Fatalf("the tour has %d queries", len(tour))
	}
	d := dbtest.New(t)
	ctx := auth.WithActor(t.Context(), auth.Actor{Name: "seed"})
	day := time.Now().AddDate(0, 0, -rand.IntN(500)) // records cannot lie in the future
	if _, err := seed.Run(ctx, d.DB, seed.Options{Patients: demoPatients, Seed: demoSeed, Now: day}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(newServer(d.DB, d.URL).routes())
	defer server.Close()
	for _, step := range tour {
		got, want := ask(t, server.URL, string(step[1])), decode(t, step[2])
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\nanswers %v\nand not  %v", step[1], got, want)
		}
	}
}

// ask sends a document to the server at address and returns the decoded answer.
func ask(t *testing.T, address, query string) any {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(address+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(response.Body); err != nil {
		t.Fatal(err)
	}
	return decode(t, answer.Bytes())
}

func decode(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}
