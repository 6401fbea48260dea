package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/clinicql/clinicql"

// imports are the packages of this module that each of its packages may import,
// besides those within itself.
var imports = map[string][]string{
	"":               {"auth", "db", "db/backup", "db/dsn", "db/embedded", "db/seed", "fhir", "graph", "migrations", "web"},
	"auth":           {},
	"bench":          {"db/embedded"},
	"bench/raw":      {},
	"db":             {"auth", "db/calendar", "db/dsn"},
	"db/backup":      {"db/dsn", "db/embedded"},
	"db/calendar":    {},
	"db/dsn":         {},
	"db/dbtest":      {"auth", "db", "db/embedded", "migrations"},
	"db/embedded":    {},
	"db/seed":        {"auth", "db", "db/calendar"},
	"fhir":           {"auth", "db"},
	"graph":          {"auth", "db", "graph/compile", "graph/examples", "graph/exec", "graph/model"},
	"graph/compile":  {"db"},
	"graph/examples": {"db"},
	"graph/exec":     {"auth", "db", "graph/compile", "graph/examples", "graph/model"},
	"graph/model":    {"auth", "db"},

	"graph/compile/generate": {},
	"migrations":             {},
	"web":                    {},
}

// Imports run one way: auth ← db ← fhir and graph ← the server.
func TestLayers(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		names := strings.Fields(line)
		name := strings.Trim(strings.TrimPrefix(names[0], module), "/")
		allowed, known := imports[name]
		if !known {
			t.Errorf("package %s has no place in the house: add it here and to docs", name)
		}
		for _, imported := range names[1:] {
			inner, ours := strings.CutPrefix(imported, module+"/")
			if ours && !slices.Contains(allowed, inner) {
				t.Errorf("%s imports %s", name, inner)
			}
		}
	}
}
