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
	"strings"
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
	ctx := auth.WithActor(t.Context(), auth.SystemActor("seed"))
	day := time.Now().AddDate(0, 0, -rand.IntN(500)) // records cannot lie in the future
	if _, err := seed.Run(ctx, d.DB, seed.Options{Patients: demoPatients, Seed: demoSeed, Now: day}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(newServer(d.DB, d.URL, &ServeConfig{}).routes())
	defer server.Close()
	var timing string
	for _, step := range tour {
		var got any
		got, timing = askTimed(t, server.URL, string(step[1]))
		want := decode(t, step[2])
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\nanswers %v\nand not  %v", step[1], got, want)
		}
	}
	if !strings.Contains(timing, `"4 statements"`) {
		t.Errorf("the last query's timing is %s", timing)
	}
}

// ask sends a document to the server at address and returns the decoded answer.
func ask(t *testing.T, address, query string) any {
	t.Helper()
	answer, _ := askTimed(t, address, query)
	return answer
}

// askTimed returns the answer's Server-Timing too.
func askTimed(t *testing.T, address, query string) (answer any, timing string) {
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
	var text bytes.Buffer
	if _, err := text.ReadFrom(response.Body); err != nil {
		t.Fatal(err)
	}
	return decode(t, text.Bytes()), response.Header.Get("Server-Timing")
}

func decode(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}
