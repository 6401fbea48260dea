package fhir

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// finish adds how fast the import went.
func (r *Report) finish(took time.Duration, json int64) {
	r.sort()
	r.Bytes, r.Seconds = json, took.Seconds()
	if r.Seconds > 0 {
		r.PatientsPerSecond = float64(r.Patients) / r.Seconds
		r.MegabytesPerSec = float64(json) / 1e6 / r.Seconds
	}
	r.PeakMegabytes = peakMemory()
}

// peakMemory returns the most memory that this process had, in megabytes, or 0
// where the system does not tell. Linux does.
func peakMemory() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kilobytes float64
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kilobytes); err == nil {
			return kilobytes * 1024 / 1e6
		}
	}
	return 0
}
