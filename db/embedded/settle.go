package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"syscall"
	"time"
)

// patience is how long an orphan gets for a clean end before it is told to drop
// everything; the log is then replayed at the next start.
const patience = 20 * time.Second

// settle returns when no process works in the cluster. We hold the lock, so
// what still works there is left over from a supervisor that was killed: it is
// on its way out and is waited for. A pid file that names no such process is
// stale, even when its number belongs to a stranger now, and is removed.
func settle(ctx context.Context, d *directory) error {
	if err := d.leaveNoOrphans(ctx); err != nil {
		return fmt.Errorf("wait for an earlier postgres in %s: %w", d.path, err)
	}
	err := os.Remove(pidFilePath(d.data()))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (d *directory) leaveNoOrphans(ctx context.Context) error {
	since := time.Now()
	for asked := syscall.Signal(0); ; {
		left := append(workers(d.data()), workers(d.unfinished())...)
		if len(left) == 0 {
			return nil
		}
		if pid := readPIDFile(d.data()); slices.Contains(left, pid.pid) && pid.socketDir != "" {
			if pid.socketDir != d.socketDir() {
				return fmt.Errorf("process %d was started there by something else: stop it first", pid.pid)
			}
			asked = pid.ask(asked, time.Since(since))
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("processes %v: %w", left, ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// ask sends an orphan the signal that is due after it was waited for so long,
// unless that was asked before, and returns what was asked last.
func (p pidFile) ask(asked syscall.Signal, waited time.Duration) syscall.Signal {
	due := syscall.SIGINT
	if waited > patience {
		due = syscall.SIGQUIT
	}
	if due != asked {
		_ = syscall.Kill(p.pid, due) // one that is gone meanwhile is what we wait for
	}
	return due
}
