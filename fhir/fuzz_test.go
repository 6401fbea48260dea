package fhir_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/fhir"
)

// Whatever a file holds, an import ends, accounts for every resource and says what it
// did not keep.
func FuzzImport(f *testing.F) {
	for _, pattern := range []string{"testdata/*.json", "testdata/*.ndjson"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	for _, text := range []string{
		`{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient","id":"1","name":[{"family":"B"}]}}]}`,
		`{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","birthDate":"1990-13-01","gender":7}}]}`,
		`{"resourceType":"Bundle","entry":{}}`, `[]`, `{`, ``, `{"resourceType":"Patient"}`,
	} {
		f.Add([]byte(text))
	}
	d := dbtest.New(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		report, err := fhir.Import(acting(t), d.DB, fhir.Options{Paths: []string{file(t, "bundle.json", string(text))}})
		if err != nil {
			return
		}
		for resourceType, c := range report.Resources {
			if c.Read != c.Written+c.Known+c.NotKept+c.Refused {
				t.Fatalf("%s is not accounted for: %+v", resourceType, *c)
			}
		}
	})
}
