package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// ticksPerSecond is the unit of processor time in /proc/PID/stat.
const ticksPerSecond = 100

// A stat is what the kernel says of a process.
type stat struct {
	parent int
	spent  time.Duration // by it and by its children that ended
}

func statOf(pid int) (stat, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return stat{}, err
	}
	_, after, _ := strings.Cut(string(text[strings.LastIndexByte(string(text), ')'):]), " ") // the name may hold anything
	fields := strings.Fields(after)
	parent, err := strconv.Atoi(fields[1])
	ticks := 0
	for _, field := range fields[11:15] { // in user mode and in the kernel's, then those of children
		n, _ := strconv.Atoi(field)
		ticks += n
	}
	return stat{parent, time.Duration(ticks) * time.Second / ticksPerSecond}, err
}

func parentOf(pid int) (int, error) {
	s, err := statOf(pid)
	return s.parent, err
}

// family returns a process with all that descend from it.
func family(root int) []int {
	children := map[int][]int{}
	folders, _ := filepath.Glob("/proc/[0-9]*")
	for _, folder := range folders {
		pid, _ := strconv.Atoi(filepath.Base(folder))
		if s, err := statOf(pid); err == nil { // else it ended
			children[s.parent] = append(children[s.parent], pid)
		}
	}
	all := []int{root}
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all
}

// spentBy returns the processor time of a family so far.
func spentBy(root int) (spent time.Duration) {
	for _, pid := range family(root) {
		if s, err := statOf(pid); err == nil {
			spent += s.spent
		}
	}
	return spent
}

// memoryOf returns the bytes that a family holds; what several share is counted once.
func memoryOf(root int) (bytes int) {
	for _, pid := range family(root) {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		for line := range strings.Lines(string(text)) {
			if of, found := strings.CutPrefix(line, "Pss:"); found {
				kilobytes, _ := strconv.Atoi(strings.Fields(of)[0])
				bytes += kilobytes << 10
			}
		}
	}
	return bytes
}

// A spending is processor time up to an instant: of a server, of Postgres, of this program, and of
// the whole machine.
type spending struct{ server, postgres, own, machine time.Duration }

func spentNow(server, postmaster int) spending {
	own, _ := statOf(os.Getpid())
	return spending{spentBy(server), spentBy(postmaster), own.spent, busy()}
}

func (s spending) since(before spending) spending {
	return spending{s.server - before.server, s.postgres - before.postgres, s.own - before.own, s.machine - before.machine}
}

// others returns the share of all cores that somebody else used meanwhile.
func (s spending) others(took time.Duration) float64 {
	return max(0, float64(s.machine-s.server-s.postgres-s.own)/float64(took)/float64(runtime.NumCPU()))
}

// busy returns for how long cores were not idle since the machine started.
func busy() time.Duration {
	text, _ := os.ReadFile("/proc/stat")
	line, _, _ := strings.Cut(string(text), "\n")
	ticks := 0
	for i, field := range strings.Fields(line)[1:9] {
		if i != 3 && i != 4 { // idle, waiting for a disk
			n, _ := strconv.Atoi(field)
			ticks += n
		}
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond
}
