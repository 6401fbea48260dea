package embedded

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// childVariable makes the test binary a program that supervises a server in the
// named directory, and inserts until it is killed.
const childVariable = "CLINICQL_EMBEDDED_CHILD"

func TestMain(m *testing.M) {
	// From the module's root the programs in web/node_modules are found too.
	if _, err := os.Stat("../../go.mod"); err == nil {
		if err := os.Chdir("../.."); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if dir := os.Getenv(childVariable); dir != "" {
		if err := insertForever(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// insertForever prints each number once its row is acknowledged.
func insertForever(dir string) error {
	s, err := Start(context.Background(), Options{Dir: dir})
	if err != nil {
		return err
	}
	db, err := sql.Open("postgres", s.URL())
	if err != nil {
		return err
	}
	if _, err := db.Exec(`CREATE TABLE IF NOT EXISTS ledger (n bigint GENERATED ALWAYS AS IDENTITY)`); err != nil {
		return err
	}
	for {
		var n int64
		if err := db.QueryRow(`INSERT INTO ledger DEFAULT VALUES RETURNING n`).Scan(&n); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// TestKilledParent kills the supervisor in the middle of its work and, every
// fourth time, Postgres with it, which then leaves its pid file behind.
func TestKilledParent(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	var acknowledged []int64
	for round := range 20 {
		numbers, err := insertUntilKilled(dir, round)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		acknowledged = append(acknowledged, numbers...)
	}
	db := open(t, run(t, Options{Dir: dir}))
	kept := map[int64]bool{}
	rows, err := db.Query(`SELECT n FROM ledger`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		kept[n] = true
	}
	lost := 0
	for _, n := range acknowledged {
		if !kept[n] {
			lost++
		}
	}
	if lost > 0 || len(acknowledged) == 0 || rows.Err() != nil {
		t.Errorf("%d of %d acknowledged rows are lost, %v", lost, len(acknowledged), rows.Err())
	}
	t.Logf("%d rows were acknowledged and kept", len(acknowledged))
}

// TestKilledStart kills the supervisor while it makes or opens the cluster.
func TestKilledStart(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	for range 20 {
		cmd := child(dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(400 * time.Millisecond))
		cmd.Process.Kill()
		cmd.Wait()
	}
	one(t, open(t, run(t, Options{Dir: dir})), `SELECT 1`)
}

// TestOrphan looks at what happens to Postgres between the death of its parent
// and the next start.
func TestOrphan(t *testing.T) {
	t.Run("ends by itself", func(t *testing.T) {
		t.Parallel()
		if runtime.GOOS != "linux" {
			return // the next start ends it
		}
		d := directory{path: tempDir(t)}
		orphan(t, d.path, func([]int) {})
		for begun := time.Now(); len(workers(d.data())) > 0; time.Sleep(10 * time.Millisecond) {
			if time.Since(begun) > 10*time.Second {
				t.Fatal("Postgres outlives its parent")
			}
		}
	})
	t.Run("is waited for", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		stopped := orphanThatLingers(t, dir)
		const pause = 500 * time.Millisecond
		begun := time.Now()
		time.AfterFunc(pause, func() { signal(stopped, syscall.SIGCONT) })
		s := run(t, Options{Dir: dir})
		if time.Since(begun) < pause {
			t.Error("two servers were on one cluster")
		}
		one(t, open(t, s), `SELECT count(*) > 0 FROM ledger`)
	})
	t.Run("is waited for only as long as the context allows", func(t *testing.T) {
		t.Parallel()
		dir := tempDir(t)
		stopped := orphanThatLingers(t, dir)
		defer signal(stopped, syscall.SIGCONT)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if _, err := Start(ctx, Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), "wait for an earlier postgres") {
			t.Errorf("got %v", err)
		}
	})
}

// orphan leaves in dir what a killed parent leaves. It calls before with all
// processes of the server right before the parent dies.
func orphan(t *testing.T, dir string, before func(pids []int)) {
	t.Helper()
	cmd := child(dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Error("the child did not start")
	}
	d := directory{path: dir}
	before(workers(d.data()))
	cmd.Process.Kill()
	cmd.Wait()
}

// orphanThatLingers stops the postmaster's children, which it waits for. It
// cannot be stopped itself, since the kernel wakes those whose parent dies.
func orphanThatLingers(t *testing.T, dir string) (stopped []int) {
	t.Helper()
	d := directory{path: dir}
	orphan(t, dir, func(pids []int) {
		postmaster := readPIDFile(d.data()).pid
		stopped = slices.DeleteFunc(pids, func(pid int) bool { return pid == postmaster })
		signal(stopped, syscall.SIGSTOP)
	})
	return stopped
}

func signal(pids []int, signal syscall.Signal) {
	for _, pid := range pids {
		syscall.Kill(pid, signal)
	}
}

func child(dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+dir)
	return cmd
}

func insertUntilKilled(dir string, round int) (acknowledged []int64, err error) {
	cmd := child(dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var complaint strings.Builder
	cmd.Stderr = &complaint
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		n, err := strconv.ParseInt(lines.Text(), 10, 64)
		if err != nil {
			return nil, err
		}
		if acknowledged = append(acknowledged, n); len(acknowledged) == 1 {
			time.AfterFunc(50*time.Millisecond+rand.N(100*time.Millisecond), func() { kill(cmd, dir, round) })
		}
	}
	if len(acknowledged) == 0 {
		cmd.Wait()
		return nil, fmt.Errorf("the child did not start: %s", complaint.String())
	}
	return acknowledged, nil
}

func kill(cmd *exec.Cmd, dir string, round int) {
	if round%4 == 3 {
		d := directory{path: dir}
		syscall.Kill(readPIDFile(d.data()).pid, syscall.SIGKILL)
	}
	cmd.Process.Kill()
}
