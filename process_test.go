package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// As a child of a test this binary is the server itself.
func TestMain(m *testing.M) {
	if os.Getenv("CLINICQL_TEST_AS_SERVER") != "" {
		main()
	}
	os.Exit(m.Run())
}

// A process is a server in a process of its own.
type process struct {
	*exec.Cmd
	address   string
	passwords map[string]string // of the demonstration users
	said      *output           // on standard output
	output    *output           // on standard error
}

// An output is what a process writes, which may be read while it runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// start runs `clinicql serve` on the data directory and waits until it is ready.
func start(t testing.TB, dir string, arguments ...string) (*process, error) {
	t.Helper()
	return launch(t, []string{"CLINICQL_DATA=" + dir, "DATABASE_URL="}, arguments...)
}

// startOn runs `clinicql serve` on the database at url, which outlives it, and
// waits until it is ready. It limits nobody unless it is told to: a user of these tests
// stands for many.
func startOn(t testing.TB, url string, environment ...string) *process {
	t.Helper()
	p, err := launch(t, append([]string{"CLINICQL_RATE=0", "DATABASE_URL=" + url}, environment...))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// launch runs `clinicql serve` and waits until it is ready.
func launch(t testing.TB, environment []string, arguments ...string) (*process, error) {
	t.Helper()
	p := &process{said: &output{}, output: &output{}, passwords: map[string]string{}}
	p.Cmd = exec.Command(os.Args[0], append([]string{"serve"}, arguments...)...)
	p.Env = append(append(os.Environ(), "CLINICQL_TEST_AS_SERVER=1", "CLINICQL_LISTEN=127.0.0.1:0"), environment...)
	p.Stderr = p.output
	stdout, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.end(syscall.SIGKILL) })
	ready := make(chan string, 1)
	demo := slices.Contains(arguments, "--demo")
	go func() {
		address, said := "", false
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			fmt.Fprintln(p.said, lines.Text())
			if found := regexp.MustCompile(`API +http://(\S+)/graphql`).FindStringSubmatch(lines.Text()); found != nil {
				address = found[1]
			}
			if found := regexp.MustCompile(`sign in as +(\S+) +(\S+)`).FindStringSubmatch(lines.Text()); found != nil && !said {
				p.passwords[found[1]] = found[2]
			}
			if done := len(p.passwords) == len(auth.Roles) || !demo; address != "" && done && !said {
				said = true
				ready <- address
			}
		}
		ready <- ""
	}()
	select {
	case p.address = <-ready:
		if p.address == "" {
			_ = p.Wait()
			return nil, fmt.Errorf("it did not start: %s", p.output)
		}
	case <-time.After(time.Minute):
		return nil, fmt.Errorf("it is not ready after a minute: %s", p.output)
	}
	return p, nil
}

// end sends the signal and waits until the process is gone.
func (p *process) end(signal syscall.Signal) error {
	if p.ProcessState != nil {
		return nil
	}
	_ = p.Process.Signal(signal)
	return p.Wait()
}

func (p *process) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := http.Get("http://" + p.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(text)
}

// beside runs `clinicql` beside a server on the data directory, and returns what it says.
func beside(t *testing.T, dir, input string, arguments ...string) string {
	t.Helper()
	c := exec.Command(os.Args[0], arguments...)
	c.Env = append(os.Environ(), "CLINICQL_TEST_AS_SERVER=1", "CLINICQL_DATA="+dir, "DATABASE_URL=")
	c.Stdin = strings.NewReader(input)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", arguments, err, out)
	}
	return string(out)
}

// scratch is a directory that the database's own user can pass through.
func scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "clinicql-server-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return filepath.Join(dir, "data")
}
