package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// ErrInUse is in the error of Start when another process has the directory.
var ErrInUse = errors.New("is in use by another running instance")

// acquire makes the directory when it is missing and locks it. The kernel drops
// the lock when this process ends, however it ends.
func (d *directory) acquire() error {
	if err := os.MkdirAll(d.path, newDirMode()); err != nil {
		return err
	}
	path, err := filepath.EvalSymlinks(d.path)
	if err != nil {
		return err
	}
	d.path = path
	lock, err := os.OpenFile(filepath.Join(d.path, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fmt.Errorf("%s %w", d.path, ErrInUse)
	}
	if err != nil {
		lock.Close()
		return err
	}
	d.lock = lock
	return nil
}

// release gives the directory back, and removes what was not meant to last.
func (d *directory) release() {
	os.RemoveAll(d.socketDir())
	if d.fleeting {
		os.RemoveAll(d.path)
	}
	d.lock.Close()
}

// newDirMode lets others pass through a directory made by root, because Postgres
// then runs as somebody else; only that user may enter the cluster itself.
func newDirMode() os.FileMode {
	if os.Geteuid() == 0 {
		return 0o711
	}
	return 0o700
}
