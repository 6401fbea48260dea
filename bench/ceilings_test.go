//go:build !race

package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
)

// ceilings are what an answer may take: allocations of the whole server while it is made, how many
// bytes these have, by which garbage grows, and statements besides that of the audit. Under the race
// detector pools forget at random what they keep, so that nothing is counted there.
var ceilings = []struct {
	query                          string
	allocations, bytes, statements int
}{
	{"by-id", 150, 14_000, 1}, // as is asked for
	{"page", 450, 85_000, 1},
	{"nested", 2_100, 560_000, 3}, // of 10,000 that are asked for
	{"upcoming", 400, 74_000, 2},
}

func TestRequests_keepBelowTheirCeilings(t *testing.T) {
	door := openDoor(t)
	server := httptest.NewServer(door)
	defer server.Close()
	for _, ceiling := range ceilings {
		t.Run(ceiling.query, func(t *testing.T) {
			body := door.body(t, ceiling.query, 1)
			response, err := http.Post(server.URL, "application/json", bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			answer, err := io.ReadAll(response.Body)
			if err != nil || len(answer) < 300 || strings.Contains(string(answer), `"errors"`) {
				t.Fatalf("%v %.600s", err, answer)
			}
			told := statementsTold.FindStringSubmatch(response.Header.Get("Server-Timing"))
			if told == nil {
				t.Fatalf("Server-Timing is %q", response.Header.Get("Server-Timing"))
			}
			if n, _ := strconv.Atoi(told[1]); n > ceiling.statements || n < 1 {
				t.Errorf("it takes %d statements, more than %d", n, ceiling.statements)
			}
			if n := int(testing.AllocsPerRun(20, func() { door.ask(t, body) })); n > ceiling.allocations {
				t.Errorf("it takes %d allocations, more than %d", n, ceiling.allocations)
			}
			if n := bytesPerRun(20, func() { door.ask(t, body) }); n > ceiling.bytes {
				t.Errorf("it allocates %d bytes, more than %d", n, ceiling.bytes)
			}
		})
	}
}

// bytesPerRun is testing.AllocsPerRun for bytes. Nothing is collected meanwhile, which pools would
// lose what they keep by.
func bytesPerRun(runs int, run func()) int {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	run()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		run()
	}
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc-before.TotalAlloc) / runs
}

// BenchmarkRequests tells what each query takes without the network, with walls, audit and limits.
func BenchmarkRequests(b *testing.B) {
	door := openDoor(b)
	for _, q := range queries {
		if q.writes || q.role != "" {
			continue
		}
		b.Run(q.name, func(b *testing.B) {
			body := door.body(b, q.name, 1)
			b.ReportAllocs()
			for b.Loop() {
				door.ask(b, body)
			}
		})
	}
}
