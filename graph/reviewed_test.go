package graph_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew")

// compareWithFile compares lines with those that were reviewed, or with -update
// writes them.
func compareWithFile(t *testing.T, file, text string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimRight(line, " \n"))
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	reviewed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	old := strings.Split(strings.TrimSpace(string(reviewed)), "\n")
	for _, line := range old {
		if !slices.Contains(lines, line) {
			t.Errorf("is no longer so: %s", line)
		}
	}
	for _, line := range lines {
		if !slices.Contains(old, line) {
			t.Errorf("is new:          %s", line)
		}
	}
}
