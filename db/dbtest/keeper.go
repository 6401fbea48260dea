package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/clinicql/clinicql/db/embedded"
)

// keeperVariable makes a test program the keeper of the cluster; its value is how
// long the cluster waits for another test process. It is looked at before any
// test runs, so that no package needs a TestMain for it.
const keeperVariable = "CLINICQL_TEST_KEEPER"

var idle = 15 * time.Second

func init() {
	patience, err := time.ParseDuration(os.Getenv(keeperVariable))
	if err != nil {
		return
	}
	if err := keep(patience); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

// keep runs the cluster until nobody has used it for a while.
func keep(patience time.Duration) error {
	dir := filepath.Join(clusterDir(), "postgres")
	server, err := startCluster(dir)
	if err != nil {
		return fmt.Errorf("%w (%s may be removed)", err, dir)
	}
	defer server.Stop()
	url := onServer(server.URL(), "postgres")
	if err := announce(url); err != nil {
		return err
	}
	closed, err := awaitIdle(server, url, patience)
	if err != nil {
		return err
	}
	defer closed.Close()
	os.Remove(urlFile())
	server.Stop()
	return os.RemoveAll(dir)
}

// startCluster waits a moment for an earlier keeper whose Postgres crashed.
func startCluster(dir string) (*embedded.Server, error) {
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		server, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Ephemeral: true, Log: os.Stdout})
		if !errors.Is(err, embedded.ErrInUse) || time.Since(begun) > 5*time.Second {
			return server, err
		}
	}
}

// announce writes the URL in one step: who sees the file sees all of it.
func announce(url string) error {
	unfinished := urlFile() + ".new"
	if err := os.WriteFile(unfinished, []byte(url), 0o600); err != nil {
		return err
	}
	return os.Rename(unfinished, urlFile())
}

// awaitIdle returns when the cluster may stop, with the gate, which is closed to
// newcomers until the cluster is gone. A crash of the cluster is an error.
func awaitIdle(server *embedded.Server, url string, patience time.Duration) (*os.File, error) {
	lastUsed, sweep := time.Now(), time.Tick(patience/3)
	for {
		select {
		case <-server.Done():
			return nil, errors.Join(errors.New("the cluster is gone"), server.Err())
		case <-sweep:
			dropLeftovers(url)
		case <-time.After(patience / 30):
		}
		if inUse() {
			lastUsed = time.Now()
		}
		if time.Since(lastUsed) < patience {
			continue
		}
		closed, err := lockFile(gate, syscall.LOCK_EX)
		if err != nil || !inUse() { // somebody may have joined before we had the gate
			return closed, err
		}
		closed.Close()
	}
}

func inUse() bool {
	alone, err := lockFile(users, syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		return true
	}
	alone.Close()
	return false
}

// dropLeftovers removes the databases of test processes that were killed before
// they could. It cannot do harm: what still lives keeps its databases.
func dropLeftovers(url string) {
	pool, err := sql.Open("postgres", url)
	if err != nil {
		return
	}
	defer pool.Close()
	rows, err := pool.Query(`SELECT datname FROM pg_database WHERE starts_with(datname, $1)`, prefix)
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if rows.Scan(&name) == nil && !makerLives(name) {
			pool.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
		}
	}
}

func makerLives(database string) bool {
	number, _, _ := strings.Cut(strings.TrimPrefix(database, prefix), "_")
	pid, err := strconv.Atoi(number)
	return err != nil || !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
