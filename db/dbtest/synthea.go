package dbtest

import (
	"os"
	"testing"
)

// syntheaFolder holds the charts of synthetic people, outside of the repository, as a
// package right below its root sees it.
const syntheaFolder = "../../shared/data/synthea-r4"

// Synthea returns the folder. Where it is missing the test skips itself, but not in CI.
func Synthea(t testing.TB) string {
	t.Helper()
	if _, err := os.Stat(syntheaFolder); err == nil {
		return syntheaFolder
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing: CI must have the bundles of Synthea there", syntheaFolder)
	}
	t.Skipf("%s is missing: put FHIR R4 bundles of Synthea there (see docs/import.md)", syntheaFolder)
	return ""
}
