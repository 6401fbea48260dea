//go:build !linux

package embedded

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// dieWithParent has no equivalent here: the next start ends what was left.
func dieWithParent(*exec.Cmd, syscall.Signal) {}

// namespaced stands for a user that exists on Linux only.
func namespaced() identity {
	return identity{0, 0, func() *syscall.SysProcAttr {
		return &syscall.SysProcAttr{Chroot: "/nonexistent"} // makes every start fail
	}}
}

// workers names the process in the pid file, when it is a Postgres that was
// started on dir and not a stranger that got the same number since.
func workers(dir string) []int {
	pid := readPIDFile(dir).pid
	if pid == 0 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return nil
	}
	command, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil || !strings.Contains(string(command), dir) {
		return nil
	}
	return []int{pid}
}

// ScratchDir is where data that need not last are kept.
func ScratchDir() string { return os.TempDir() }
