package main

import (
	"math/rand/v2"
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

// The fifteen queries of the README's tour give the answers that are printed there,
// on the demonstration clinic of any day; … stands for an id that is made anew, and …T…Z for an instant.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	tour := regexp.MustCompile("(?s)```graphql\n(.*?)```\n```json\n(.*?)```").FindAllSubmatch(readme, -1)
	if len(tour) != 15 {
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
	said, err := demoUsers(ctx, d.DB)
	if err != nil {
		t.Fatal(err)
	}
	doctor := signIn(t, server.URL, "doctor", regexp.MustCompile(`doctor +(\S+)`).FindStringSubmatch(said)[1])
	var timing, id, instant string
	fill := func(text []byte) string {
		return strings.ReplaceAll(strings.ReplaceAll(string(text), "…T…Z", instant), "…", id)
	}
	for _, step := range tour {
		var got any
		got, timing = doctor.askTimed(fill(step[1]))
		if made := regexp.MustCompile(`"id": ?"…"`).Match(step[2]); made {
			id = got.(map[string]any)["data"].(map[string]any)["createMedicalRecord"].(map[string]any)["medicalRecord"].(map[string]any)["id"].(string)
		}
		if made := regexp.MustCompile(`"updatedAt": ?"…T…Z"`).Match(step[2]); made {
			instant = got.(map[string]any)["data"].(map[string]any)["signMedicalRecord"].(map[string]any)["medicalRecord"].(map[string]any)["updatedAt"].(string)
		}
		want := decode(t, []byte(fill(step[2])))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\nanswers %v\nand not  %v", step[1], got, want)
		}
	}
	if !strings.Contains(timing, `"3 statements"`) {
		t.Errorf("the last query's timing is %s", timing)
	}
}
