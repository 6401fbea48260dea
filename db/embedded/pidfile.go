package embedded

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// pidFile is what a postmaster says about itself in postmaster.pid.
type pidFile struct {
	pid       int
	socketDir string // empty until it listens
	ready     bool   // to answer: recovery is over
}

func pidFilePath(data string) string { return filepath.Join(data, "postmaster.pid") }

// readPIDFile returns zeros for what is not there or not written yet.
func readPIDFile(data string) pidFile {
	content, err := os.ReadFile(pidFilePath(data))
	if err != nil {
		return pidFile{}
	}
	lines := append(strings.Split(string(content), "\n"), make([]string, 8)...)
	pid, _ := strconv.Atoi(lines[0])
	return pidFile{pid: pid, socketDir: lines[4], ready: strings.TrimSpace(lines[7]) == "ready"}
}
