package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// partOf returns the trimmed lines of a file between one that begins and one that ends.
func partOf(t *testing.T, file, begin, end string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "\n"+begin+"\n")
	part, _, ends := strings.Cut(rest, "\n"+end)
	if !ok || !ends {
		t.Fatalf("%s has no part from %s to %s", file, begin, end)
	}
	var lines []string
	for line := range strings.Lines(part) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// Each of two servers is what the one is, but for how it is reached and stops.
func TestCompose_scale(t *testing.T) {
	t.Parallel()
	one := partOf(t, "docker-compose.yml", "  app:", "  # docker compose run --rm tools")
	two := partOf(t, "docker-compose.scale.yml", "x-server: &server", "services:")
	others := regexp.MustCompile(`^(ports|CLINICQL_TRUSTED_PROXIES|CLINICQL_DRAIN): `)
	differ := 0
	for _, lines := range [][2][]string{{one, two}, {two, one}} {
		for _, line := range lines[0] {
			if others.MatchString(line) {
				differ++
			} else if !slices.Contains(lines[1], line) {
				t.Errorf("not in both: %s", line)
			}
		}
	}
	if differ != 5 || len(one) < 25 {
		t.Errorf("%d lines differ of %d", differ, len(one))
	}
}

// Whatever can be set for compose is in .env.example, and nothing else.
func TestCompose_settings(t *testing.T) {
	t.Parallel()
	used, told := map[string]bool{}, map[string]bool{}
	for file, names := range map[string]map[string]bool{"docker-compose.yml": used, "docker-compose.scale.yml": used, ".env.example": told} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`\$\{(CLINICQL_\w+)|(?m:^#(CLINICQL_\w+)=)`).FindAllStringSubmatch(string(text), -1) {
			names[found[1]+found[2]] = true
		}
	}
	for name := range used {
		if !told[name] {
			t.Errorf("%s is not in .env.example", name)
		}
	}
	for name := range told {
		if !used[name] {
			t.Errorf("%s is used by no compose file", name)
		}
	}
}
