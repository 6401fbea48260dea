package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/embedded"
	"github.com/jmoiron/sqlx"
)

// A cluster is that of deploy/ha, on this machine, until the test ends.
type cluster struct {
	t   testing.TB
	dir string
}

func newCluster(t testing.TB) *cluster {
	t.Helper()
	for _, program := range []string{"patroni", "etcd", "haproxy"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatal(program + " is not installed: make ha-test does that")
		}
	}
	dir, err := os.MkdirTemp(embedded.ScratchDir(), "clinicql-ha-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	c := &cluster{t, dir}
	t.Cleanup(func() {
		c.do("down")
		if kept := os.Getenv("CLINICQL_TEST_LOGS"); kept != "" {
			if err := os.CopyFS(filepath.Join(kept, filepath.Base(dir)), os.DirFS(filepath.Join(dir, "log"))); err != nil {
				t.Error(err)
			}
		}
		os.RemoveAll(dir)
	})
	c.do("up")
	return c
}

// try runs cluster.sh, whose ports are nobody's else as long as few of these tests run at once.
func (c *cluster) try(arguments ...string) (string, error) {
	script := exec.Command("deploy/ha/cluster.sh", append([]string{c.dir}, arguments...)...)
	script.Env = append(os.Environ(), fmt.Sprint("PORT=", 20000+os.Getpid()%300*40))
	var said strings.Builder
	script.Stderr = &said
	out, err := script.Output()
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", arguments, err, said.String())
	}
	return strings.TrimSpace(string(out)), err
}

func (c *cluster) do(arguments ...string) string {
	c.t.Helper()
	out, err := c.try(arguments...)
	if err != nil {
		c.t.Fatal(err)
	}
	return out
}

// others are the nodes but one.
func (c *cluster) others(node string) []string {
	return slices.DeleteFunc([]string{"a", "b", "c"}, func(n string) bool { return n == node })
}

// database is the clinic's, through HAProxy.
func (c *cluster) database() *dbtest.Database {
	c.t.Helper()
	d := &dbtest.Database{URL: c.do("url")}
	var err error
	if d.SQL, err = sqlx.Open("postgres", d.URL); err == nil {
		d.DB, err = db.Open(d.URL)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _, _ = d.SQL.Close(), d.DB.Close() })
	return d
}
