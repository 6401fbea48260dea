package dbtest

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/clinicql/clinicql/db/embedded"
)

// clusterVariable names another folder for the cluster than the usual one.
const clusterVariable = "CLINICQL_TEST_CLUSTER"

// clusterDir is common to all test processes of one user. A cluster of other
// programs (PG_BINDIR) is another cluster.
func clusterDir() string {
	if dir := os.Getenv(clusterVariable); dir != "" {
		return dir
	}
	name := fmt.Sprintf("clinicql-test-%d", os.Getuid())
	if dir := os.Getenv("PG_BINDIR"); dir != "" {
		sum := sha256.Sum256([]byte(dir))
		name += "-" + hex.EncodeToString(sum[:4])
	}
	return filepath.Join(embedded.ScratchDir(), name)
}

// The two locks in clusterDir. Each process that uses the cluster shares "users"
// for as long as it lives, so the keeper knows when nobody does, even after a
// kill -9. "gate" is held by whoever decides that the cluster starts or stops.
const (
	users = "users"
	gate  = "gate"
)

func lockFile(name string, how int) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(clusterDir(), name), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := flock(file, how); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// flock tries again when a signal of the Go runtime interrupts a wait.
func flock(file *os.File, how int) error {
	for {
		if err := syscall.Flock(int(file.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// memberships are held open until the process ends.
var memberships []*os.File

// joinCluster returns the URL of the shared cluster and starts it when it does
// not run.
func joinCluster() (string, error) {
	if err := os.MkdirAll(clusterDir(), 0o711); err != nil { // root's Postgres runs as somebody else
		return "", err
	}
	entry, err := lockFile(gate, syscall.LOCK_EX)
	if err != nil {
		return "", err
	}
	defer entry.Close()
	membership, err := lockFile(users, syscall.LOCK_SH)
	if err != nil {
		return "", err
	}
	memberships = append(memberships, membership)
	if url, err := os.ReadFile(urlFile()); err == nil && answers(string(url)) {
		return string(url), nil
	}
	return startKeeper()
}

func urlFile() string { return filepath.Join(clusterDir(), "url") }

func answers(url string) bool {
	pool, err := sql.Open("postgres", url)
	if err != nil {
		return false
	}
	defer pool.Close()
	return pool.Ping() == nil
}

// startKeeper runs this program once more as the keeper, detached, so that the
// cluster outlives the package that happened to start it. It must not hold our
// output open, for which "go test" would wait.
func startKeeper() (string, error) {
	os.Remove(urlFile())
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	log, err := os.Create(filepath.Join(clusterDir(), "log"))
	if err != nil {
		return "", err
	}
	defer log.Close()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), keeperVariable+"="+idle.String())
	cmd.Dir = moduleRoot()
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	return awaitURL(ended, log.Name())
}

func awaitURL(ended <-chan struct{}, log string) (string, error) {
	for {
		if url, err := os.ReadFile(urlFile()); err == nil {
			return string(url), nil
		}
		select {
		case <-ended:
			said, _ := os.ReadFile(log)
			return "", errors.New(strings.TrimSpace(string(said)))
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// moduleRoot is the folder with go.mod above the package under test, so that the
// programs in web/node_modules are found.
func moduleRoot() string {
	start, err := os.Getwd()
	if err != nil {
		return ""
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return start
		}
	}
}
