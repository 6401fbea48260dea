package main

import (
	"runtime"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
	"testing"
	"time"
)

func TestGarbageFor(t *testing.T) {
	for used, want := range map[uint64]int{0: 400, 5 << 20: 400, 16 << 20: 200, 32 << 20: 100, 1 << 40: 100} {
		if got := garbageFor(used); got != want {
			t.Errorf("of %d bytes %d percent, not %d", used, got, want)
		}
	}
}

// Who uses much is allowed the least, as long as they do, and each time anew.
func TestBoundGarbage(t *testing.T) {
	before := debug.SetGCPercent(-1)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	boundGarbage()
	for range 3 {
		used := make([]byte, 2*enough)
		collectUntil(t, func(percent uint64) bool { return percent == leastGarbage })
		runtime.KeepAlive(used)
		collectUntil(t, func(percent uint64) bool { return percent > leastGarbage })
	}
}

func collectUntil(t *testing.T, is func(percent uint64) bool) {
	t.Helper()
	share := []runtimemetrics.Sample{{Name: "/gc/gogc:percent"}}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		runtime.GC()
		if runtimemetrics.Read(share); is(share[0].Value.Uint64()) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("garbage may be %d percent", share[0].Value.Uint64())
		}
	}
}
