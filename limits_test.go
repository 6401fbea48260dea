package main

import (
	"errors"
	"runtime/debug"
	"testing"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

func TestLimitMemory(t *testing.T) {
	limit, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(-1)
	t.Cleanup(func() { debug.SetMemoryLimit(limit); debug.SetGCPercent(percent) })
	limitMemory(shareAlone, memlimit.Limit(1<<40))
	if got, want := debug.SetMemoryLimit(-1), int64(shareAlone*(1<<40)); got != want {
		t.Errorf("%d bytes, not %d", got, want)
	}
	limitMemory(shareAlone, func() (uint64, error) { return 0, errors.New("no such file") })
	if got, want := debug.SetMemoryLimit(-1), int64(shareAlone*(1<<40)); got != want {
		t.Errorf("%d bytes after an error, not %d", got, want)
	}
	t.Setenv("GOMEMLIMIT", "3GiB")
	limitMemory(shareBesidePostgres, memlimit.Limit(2<<40))
	if got, want := debug.SetMemoryLimit(-1), int64(shareAlone*(1<<40)); got != want {
		t.Errorf("%d bytes beside GOMEMLIMIT, not %d", got, want)
	}
}
