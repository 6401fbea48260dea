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
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
)

// hostileVariable names what a process of TestHostile_inAProcessOfItsOwn is sent.
const hostileVariable = "CLINICQL_TEST_HOSTILE"

// BenchmarkHostile measures what it takes to refuse each thing of the catalogue, in a
// fresh process each, and prints the table of docs/security.md.
func BenchmarkHostile(b *testing.B) {
	rows := []string{"| what is sent | bytes | answer | bytes | CPU ms | memory MB |", "|---|---|---|---|---|---|"}
	for b.Loop() {
		for _, name := range slices.Concat(slices.Sorted(maps.Keys(hostileDocuments)), slices.Sorted(maps.Keys(hostileBodies))) {
			if strings.Contains(name, "forbidden") {
				continue // it is refused by way of the audit, in a database
			}
			c := exec.CommandContext(b.Context(), os.Args[0], "-test.run=^TestHostile_inAProcessOfItsOwn$", "-test.v")
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

// TestHostile_inAProcessOfItsOwn refuses one thing where BenchmarkHostile starts it,
// and says what that took: processor time, and what was allocated.
func TestHostile_inAProcessOfItsOwn(t *testing.T) {
	name := os.Getenv(hostileVariable)
	if name == "" {
		t.Skip("is run by BenchmarkHostile")
	}
	what, ok := hostileBodies[name]
	if hurt, isDocument := hostileDocuments[name]; isDocument {
		text := body(hurt)
		what, ok = hostileBody{body: func() io.Reader { return bytes.NewReader(text) }, length: int64(len(text))}, true
	}
	if !ok {
		t.Fatalf("there is no %q", name)
	}
	api := graph.Handler(nil, nil)
	ask := func(sent io.Reader) *httptest.ResponseRecorder {
		ctx := auth.WithActor(t.Context(), auth.Actor{Name: "nino", Role: auth.Receptionist, UserID: db.NewID(db.KindUser)})
		request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", sent)
		request.Header.Set("Content-Type", "application/json")
		if what.media != "" {
			request.Header.Set("Content-Type", what.media)
		}
		request.Header.Set("Accept", newMedia)
		request.Header.Set("Content-Encoding", what.encoding)
		answer := httptest.NewRecorder()
		api.ServeHTTP(answer, request)
		return answer
	}
	length := what.length
	if length == 0 {
		length, _ = io.Copy(io.Discard, io.LimitReader(what.body(), 1<<24))
	}
	sent := what.body()
	ask(strings.NewReader(`{"query": "{ __typename }"}`)) // what is made once
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := used()
	answer := ask(sent)
	spent := used() - start
	runtime.ReadMemStats(&after)
	code := answer.Body.String()
	if _, rest, ok := strings.Cut(code, `"code":"`); ok {
		code, _, _ = strings.Cut(rest, `"`)
	}
	limit := ""
	if _, rest, ok := strings.Cut(answer.Body.String(), `"limit":"`); ok {
		limit, _, _ = strings.Cut(rest, `"`)
		limit = ", " + limit
	}
	fmt.Printf("ROW %s | %d `%s`%s | %d | %s | %s |\n", strconv.FormatInt(length, 10), answer.Code, code, limit, answer.Body.Len(),
		strconv.FormatFloat(float64(spent.Microseconds())/1000, 'f', 1, 64), strconv.FormatFloat(float64(after.TotalAlloc-before.TotalAlloc)/1e6, 'f', 1, 64))
}

// used is the processor time of the process.
func used() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
