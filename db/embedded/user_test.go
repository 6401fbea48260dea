package embedded

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestOrdinaryUser runs the tests of this package once more without privileges.
func TestOrdinaryUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("all tests here run as an ordinary user already")
		return
	}
	cmd := exec.Command(copyOfTests(t), "-test.run", "^(TestStart|TestStartRefuses|TestStop|TestLog)$")
	cmd.Env = append(os.Environ(), "HOME=/nonexistent", "PG_BINDIR="+programsForAll(t))
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// programsForAll returns the folder of the Postgres programs. Those of npm lie in
// the checkout, which others may not reach: they are copied.
func programsForAll(t *testing.T) string {
	t.Helper()
	bin, err := findBinaries(&directory{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(bin.dir, "node_modules") {
		return bin.dir
	}
	if err := linkLibraries(bin.dir); err != nil {
		t.Fatal(err)
	}
	dir := tempDir(t)
	if out, err := exec.Command("cp", "-R", filepath.Dir(bin.dir), dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(dir, filepath.Base(filepath.Dir(bin.dir)), "bin")
}

// TestRootOnlyDirectory starts below a folder that only its owner may enter, as
// root's home is. Where the kernel allows no user namespace the refusal must say
// what to do.
func TestRootOnlyDirectory(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "below") // t.TempDir has mode 0700
	s, err := Start(t.Context(), Options{Dir: dir})
	if err != nil {
		probe := exec.Command("true")
		probe.SysProcAttr = namespaced().attributes()
		if probe.Run() == nil || !strings.Contains(err.Error(), "name a directory that they reach") {
			t.Error(err)
		}
		return
	}
	do(t, open(t, s), `CREATE TABLE patient ()`)
	s.Stop()
	one(t, open(t, run(t, Options{Dir: dir})), `SELECT count(*) FROM patient`)
}

// copyOfTests puts this program where every user can run it.
func copyOfTests(t *testing.T) string {
	t.Helper()
	from, err := os.Open(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	path := filepath.Join(tempDir(t), "tests")
	to, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		t.Fatal(err)
	}
	return path
}
