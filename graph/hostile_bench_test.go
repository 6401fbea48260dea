package graph_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
)

// hostileVariable names what a process of TestHostile_memory is sent.
const hostileVariable = "CLINICQL_TEST_HOSTILE"

// What refusing one thing may take.
const (
	maxRefusalTime   = 100 * time.Millisecond // of a processor
	maxRefusalMemory = 50_000_000             // bytes that are allocated
)

// A refused is what it took to refuse something.
type refused struct {
	sent   int64
	status int
	answer string
	time   time.Duration
	memory uint64
}

// hostileNames are what is refused without a database: what is forbidden is refused
// by way of the audit, in one.
func hostileNames() []string {
	names := slices.Concat(slices.Sorted(maps.Keys(hostileDocuments)), slices.Sorted(maps.Keys(hostileBodies)))
	return slices.DeleteFunc(names, func(name string) bool { return strings.Contains(name, "forbidden") })
}

// BenchmarkHostile measures what it takes to refuse each thing of the catalogue, in a
// fresh process each, and prints the table of docs/security.md.
func BenchmarkHostile(b *testing.B) {
	rows := []string{"| what is sent | bytes | answer | bytes | CPU ms | memory MB |", "|---|---|---|---|---|---|"}
	for b.Loop() {
		for _, name := range hostileNames() {
			c := exec.CommandContext(b.Context(), os.Args[0], "-test.run=^TestHostile_memory$", "-test.v")
			c.Env = append(os.Environ(), hostileVariable+"="+name)
			out, err := c.CombinedOutput()
			_, row, ok := strings.Cut(string(out), "ROW")
			row, _, _ = strings.Cut(row, "\n")
			if err != nil || !ok {
				b.Fatalf("%s: %v %s", name, err, out)
			}
			rows = append(rows, "| "+name+" |"+row)
		}
	}
	fmt.Println(strings.Join(rows, "\n"))
}

// Nothing that is meant to hurt takes much memory. Where BenchmarkHostile starts it, it
// refuses one thing, and says what that took of the processor too.
func TestHostile_memory(t *testing.T) {
	api := graph.Handler(nil, nil)
	refuse(t, api, hostileBody{body: func() io.Reader { return strings.NewReader(`{"query": "{ nothing }"}`) }}) // what is made once
	name := os.Getenv(hostileVariable)
	if name != "" {
		r := refuseNamed(t, api, name)
		if r.time > maxRefusalTime {
			t.Errorf("it takes %v of a processor", r.time)
		}
		fmt.Println("ROW " + r.row())
		return
	}
	for _, name := range hostileNames() {
		refuseNamed(t, api, name)
	}
}

// refuseNamed sends something of the catalogue.
func refuseNamed(t *testing.T, api http.Handler, name string) refused {
	t.Helper()
	what, ok := hostileBodies[name]
	if hurt, isDocument := hostileDocuments[name]; isDocument {
		text := body(hurt)
		what, ok = hostileBody{body: func() io.Reader { return bytes.NewReader(text) }, length: int64(len(text))}, true
	}
	if !ok {
		t.Fatalf("there is no %q", name)
	}
	r := refuse(t, api, what)
	if r.status >= 500 || !strings.Contains(r.answer, `"errors":[{`) || len(r.answer) > maxRefusal || r.memory > maxRefusalMemory {
		t.Errorf("%s: %d, %d bytes, %d bytes of memory", name, r.status, len(r.answer), r.memory)
	}
	return r
}

// refuse sends something as somebody who is signed in.
func refuse(t *testing.T, api http.Handler, what hostileBody) refused {
	t.Helper()
	r := refused{sent: what.length}
	if r.sent == 0 {
		r.sent, _ = io.Copy(io.Discard, io.LimitReader(what.body(), 1<<24))
	}
	ctx := auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Receptionist, UserID: db.NewID(db.KindUser)})
	request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", what.body())
	request.Header.Set("Content-Type", "application/json")
	if what.media != "" {
		request.Header.Set("Content-Type", what.media)
	}
	request.Header.Set("Accept", newMedia)
	request.Header.Set("Content-Encoding", what.encoding)
	answer := httptest.NewRecorder()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := used()
	api.ServeHTTP(answer, request)
	r.time = used() - start
	runtime.ReadMemStats(&after)
	r.status, r.answer, r.memory = answer.Code, answer.Body.String(), after.TotalAlloc-before.TotalAlloc
	return r
}

// row is the row of the table.
func (r refused) row() string {
	code, limit := r.answer, ""
	if _, rest, ok := strings.Cut(code, `"code":"`); ok {
		code, _, _ = strings.Cut(rest, `"`)
	}
	if _, rest, ok := strings.Cut(r.answer, `"limit":"`); ok {
		limit, _, _ = strings.Cut(rest, `"`)
		limit = ", " + limit
	}
	return fmt.Sprintf("%d | %d `%s`%s | %d | %.1f | %.1f |", r.sent, r.status, code, limit, len(r.answer), float64(r.time.Microseconds())/1000, float64(r.memory)/1e6)
}

// used is the processor time of the process.
func used() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
