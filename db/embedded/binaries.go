package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// binaries is a folder with the programs of one Postgres.
type binaries struct {
	dir   string
	major string // "17", and "9.6" before version 10
}

// systemPlaces are where packages put server programs: Debian, Red Hat, Alpine,
// Homebrew on three kinds of machine, and Postgres.app.
var systemPlaces = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/usr/libexec/postgresql*",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// findBinaries returns the programs that may open d: those of the same major
// version as its cluster, or the first found when there is none yet.
func findBinaries(d *directory) (binaries, error) {
	var found, broken []string
	for _, dir := range candidates() {
		major, err := versionOf(dir)
		switch {
		case err != nil:
			broken = append(broken, fmt.Sprintf("%s does not run: %v", dir, err))
		case d.major == "" || d.major == major:
			return binaries{dir, major}, nil
		case !slices.Contains(found, major):
			found = append(found, major)
		}
	}
	return binaries{}, notFound(d, found, broken)
}

func notFound(d *directory, found, broken []string) error {
	why := ""
	if dir := os.Getenv("PG_BINDIR"); dir != "" {
		why = " (only PG_BINDIR was looked at, which is " + dir + ")"
	}
	if len(broken) > 0 {
		why += " (" + strings.Join(broken, "; ") + ")"
	}
	if d.major == "" {
		return errors.New("no Postgres server programs were found" + why + ": install them (Debian: apt install postgresql), " +
			"run npm install in web/, or set PG_BINDIR to their folder")
	}
	if found == nil {
		found = []string{"none"}
	}
	return fmt.Errorf("the database in %s needs PostgreSQL %s, and what was found is %s%s: "+
		"install version %s or set PG_BINDIR to its folder (nothing was changed)",
		d.path, d.major, strings.Join(found, ", "), why, d.major)
}

// candidates lists folders with server programs, in order of preference. Whoever
// sets PG_BINDIR wants that one and no other.
func candidates() []string {
	if dir := os.Getenv("PG_BINDIR"); dir != "" {
		return withInitdb([]string{dir})
	}
	var dirs []string
	if program, err := exec.LookPath("initdb"); err == nil {
		if program, err = filepath.EvalSymlinks(program); err == nil {
			dirs = append(dirs, filepath.Dir(program))
		}
	}
	dirs = append(dirs, newestFirst(globAll(systemPlaces))...)
	dirs = append(dirs, npmPlaces()...)
	return withInitdb(dirs)
}

func withInitdb(dirs []string) []string {
	return slices.DeleteFunc(dirs, func(dir string) bool {
		_, err := os.Stat(filepath.Join(dir, "initdb"))
		return err != nil
	})
}

func globAll(patterns []string) []string {
	var paths []string
	for _, pattern := range patterns {
		matches, _ := filepath.Glob(pattern) // the only error is a malformed pattern
		paths = append(paths, matches...)
	}
	return paths
}

// newestFirst orders folders by the version in their paths, compared as numbers:
// 9.6 is older than 15.
func newestFirst(dirs []string) []string {
	slices.SortStableFunc(dirs, func(a, b string) int {
		return slices.Compare(versionIn(b), versionIn(a))
	})
	return dirs
}

var versionPattern = regexp.MustCompile(`\d+(\.\d+)*`)

// versionIn reads the last version number in path: [9 6] from /usr/pgsql-9.6/bin.
func versionIn(path string) []int {
	matches := versionPattern.FindAllString(path, -1)
	if matches == nil {
		return nil
	}
	var version []int
	for part := range strings.SplitSeq(matches[len(matches)-1], ".") {
		n, _ := strconv.Atoi(part)
		version = append(version, n)
	}
	return version
}

// versionOf asks the programs in dir for their major version.
func versionOf(dir string) (string, error) {
	if err := linkLibraries(dir); err != nil {
		return "", err
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return "", err
	}
	return majorIn(string(out))
}

var answerPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)(\.\d+)?`)

// majorIn reads "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
func majorIn(answer string) (string, error) {
	match := answerPattern.FindStringSubmatch(answer)
	if match == nil {
		return "", fmt.Errorf("unknown version %q", answer)
	}
	if major, _ := strconv.Atoi(match[1]); major < 10 {
		return match[1] + match[2], nil
	}
	return match[1], nil
}

// command prepares a program to run as who with its working directory in the
// cluster, and with an environment that carries none of our secrets.
func (b binaries) command(ctx context.Context, program string, who identity, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(b.dir, program), args...)
	cmd.Dir = dir
	cmd.SysProcAttr = who.attributes()
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "TZ=UTC"}
	return cmd
}
