package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/clinicql/clinicql/graph"
)

// What was written by others and knows nothing of this server: the audits of the
// specification of GraphQL over HTTP, linters and compilers of schemas, and clients.
func TestConformance(t *testing.T) {
	t.Parallel()
	c := newClinic(t, 1, 0, 0)
	url := "http://" + c.servers[0].address + "/graphql"
	strict := "http://" + startOn(t, c.URL, "CLINICQL_RATE=1").address + "/graphql"
	schema := filepath.Join(t.TempDir(), "schema.graphql")
	if err := os.WriteFile(schema, []byte(graph.SDL()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, arguments := range [][]string{{"audits.mjs", url, c.token}, {"schema.mjs", schema}, {"clients.mjs", url, c.token, strict}} {
		t.Run(arguments[0], func(t *testing.T) {
			command := exec.CommandContext(t.Context(), "node", arguments...)
			command.Dir = "tools/conformance"
			if out, err := command.CombinedOutput(); err != nil || string(out) != "done\n" {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}
