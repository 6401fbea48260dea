package embedded

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// dieWithParent has the kernel send signal to cmd when the thread that started
// it ends, which also covers a kill -9 of this process.
func dieWithParent(cmd *exec.Cmd, signal syscall.Signal) { cmd.SysProcAttr.Pdeathsig = signal }

// namespaced runs Postgres in a user namespace in which root has another number.
func namespaced() identity {
	const inside = 1000
	return identity{0, 0, func() *syscall.SysProcAttr {
		return &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: inside, HostID: 0, Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: inside, HostID: 0, Size: 1}},
		}
	}}
}

// workers lists the programs of Postgres whose working directory is dir, which
// is where initdb, the postmaster and its children work.
func workers(dir string) []int {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	var pids []int
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != dir {
			continue
		}
		process := filepath.Dir(link)
		name, _ := os.ReadFile(filepath.Join(process, "comm"))
		switch strings.TrimSpace(string(name)) {
		case "postgres", "initdb": // and not the shell of somebody who looks around
			pid, _ := strconv.Atoi(filepath.Base(process))
			pids = append(pids, pid)
		}
	}
	return pids
}

// ScratchDir is where data that need not last are kept: in memory when there is
// a gigabyte of it to spare (a container often has 64 MB).
func ScratchDir() string {
	const shm = "/dev/shm"
	var fs syscall.Statfs_t
	if err := syscall.Statfs(shm, &fs); err == nil && fs.Bavail*uint64(fs.Bsize) >= 1<<30 {
		return shm
	}
	return os.TempDir()
}
