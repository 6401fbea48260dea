package embedded

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// superuser owns the cluster and everything in it.
const superuser = "clinicql"

// initialize makes a cluster beside its final place and then renames it, so that
// a first start which is cut short leaves no half of a cluster behind.
func (d *directory) initialize(ctx context.Context, bin binaries, who identity, ephemeral bool) error {
	args := []string{"-D", d.unfinished(), "-U", superuser, "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"}
	if ephemeral {
		args = append(args, "--auth=trust", "--no-sync")
	} else {
		if err := d.writePassword(who); err != nil {
			return err
		}
		args = append(args, "--auth=scram-sha-256", "--pwfile="+d.password())
	}
	if err := runInitdb(ctx, bin, who, d.unfinished(), args); err != nil {
		return err
	}
	if err := os.Rename(d.unfinished(), d.data()); err != nil {
		return err
	}
	d.major = bin.major
	return syncDir(d.path)
}

func runInitdb(ctx context.Context, bin binaries, who identity, dir string, args []string) error {
	cmd := bin.command(ctx, "initdb", who, dir, args...)
	runtime.LockOSThread() // dieWithParent goes by the thread
	defer runtime.UnlockOSThread()
	dieWithParent(cmd, syscall.SIGKILL)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, reason(string(out)))
	}
	return nil
}

// reason returns the first line that tells of an error, or the last one: initdb
// says much about what went well.
func reason(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	for _, line := range lines {
		for _, word := range []string{"FATAL:", "PANIC:", "ERROR:", "error:"} {
			if strings.Contains(line, word) {
				return line
			}
		}
	}
	return lines[len(lines)-1]
}

// writePassword leaves the superuser's password on disk before the cluster that
// needs it exists. The cluster's user owns it, since initdb reads it.
func (d *directory) writePassword(who identity) error {
	os.Remove(d.password())
	file, err := os.OpenFile(d.password(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.WriteString(rand.Text()); err != nil {
		return err
	}
	if err := file.Chown(who.uid, who.gid); err != nil {
		return err
	}
	return file.Sync()
}

func syncDir(path string) error {
	dir, err := os.Open(filepath.Clean(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
