package embedded_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/clinicql/clinicql/db/embedded"
)

// A command that finds the directory in use can work with the server there.
func TestRunning(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "postgres")
	if _, err := embedded.Running(dir); err == nil {
		t.Error("a directory without a cluster has a running server")
	}
	s, err := embedded.Start(t.Context(), embedded.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	if _, err := embedded.Start(t.Context(), embedded.Options{Dir: dir}); !errors.Is(err, embedded.ErrInUse) {
		t.Fatalf("a second start says %v", err)
	}
	url, err := embedded.Running(dir)
	if err != nil || url != s.URL() {
		t.Fatalf("it is at %q (%v), not %q", url, err, s.URL())
	}
	pool, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if err := pool.Ping(); err != nil {
		t.Error(err)
	}
}
