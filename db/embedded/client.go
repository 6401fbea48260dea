package embedded

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// Client returns the path of one of Postgres's client programs, such as pg_dump,
// for a server of a major version: of the same version where there is one, else
// of the next that is newer, since an older one may not know what is there.
func Client(ctx context.Context, program string, major int) (string, error) {
	places := []string{os.Getenv("PG_BINDIR")}
	if places[0] == "" {
		places = nil
		if path, err := exec.LookPath(program); err == nil {
			places = append(places, filepath.Dir(path))
		}
		places = append(places, newestFirst(globAll(systemPlaces))...)
	}
	best, found := 0, ""
	for _, dir := range places {
		path := filepath.Join(dir, program)
		out, err := exec.CommandContext(ctx, path, "--version").Output()
		if err != nil {
			continue
		}
		version, err := majorIn(string(out))
		if err != nil {
			continue
		}
		if n, _ := strconv.Atoi(version); n >= major && (best == 0 || n < best) {
			best, found = n, path
		}
	}
	if found == "" {
		return "", fmt.Errorf("%s of Postgres %d or newer was not found: install Postgres's client programs (Debian: apt install postgresql-client), or set PG_BINDIR to their folder", program, major)
	}
	return found, nil
}
