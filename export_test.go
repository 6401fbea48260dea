package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/google/uuid"
)

// saveForExport keeps a query, and returns the address of its export.
func (a *api) saveForExport(document string) string {
	a.t.Helper()
	response, err := a.post(`mutation($name: String!, $document: String!) { saveQuery(input: {name: $name, document: $document}) { savedQuery { exportUrl } } }`,
		map[string]any{"name": uuid.NewString(), "document": document})
	if err != nil {
		a.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	found := regexp.MustCompile(`"exportUrl":"([^"]+)"`).FindSubmatch(text)
	if err != nil || found == nil {
		a.t.Fatalf("%v in %s", err, text)
	}
	return a.address + string(found[1])
}

// manyRooms adds rooms with long names.
func manyRooms(t testing.TB, d *dbtest.Database, n int) {
	t.Helper()
	_, err := d.SQL.Exec(`INSERT INTO rooms (id, name)
		SELECT overlay(overlay(gen_random_uuid()::text PLACING '0d' FROM 35) PLACING '7' FROM 15)::uuid, repeat('long', 25) || gen_random_uuid() FROM generate_series(1, $1::int) n`, n)
	if err != nil {
		t.Fatal(err)
	}
}

// A server exports, tells Prometheus of it, and breaks exports off when it is stopped,
// without waiting for who reads them.
func TestServe_exports(t *testing.T) {
	t.Parallel()
	d, metrics := dbtest.New(t), freeAddress(t)
	p := startOn(t, d.URL, "CLINICQL_METRICS_LISTEN="+metrics)
	addUser(t, d, "nino", auth.Receptionist)
	nino := signIn(t, "http://"+p.address, "nino", testPassword)
	manyRooms(t, d, 250)
	address := nino.saveForExport(`{ rooms { nodes { name } } }`)
	response := nino.follow(address)
	text, err := io.ReadAll(response.Body)
	if err != nil || bytes.Count(text, []byte("\r\n")) != 251 || response.Trailer.Get("Clinicql-Rows") != "250" {
		t.Fatalf("%d lines, %v, %v", bytes.Count(text, []byte("\r\n")), response.Trailer, err)
	}
	for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	scraped, err := http.Get("http://" + metrics + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	told, err := io.ReadAll(scraped.Body)
	scraped.Body.Close()
	for _, want := range []string{`clinicql_exports_total{code="OK",format="csv"} 1`, `clinicql_exported_rows_total{format="csv"} 250`, `clinicql_statements_total{operation="export"} 4`} {
		if err != nil || !strings.Contains(string(told), want+"\n") {
			t.Errorf("Prometheus is not told %s: %v", want, regexp.MustCompile(`(?m)^clinicql_(export|statements_total.*export).*`).FindAllString(string(told), -1))
		}
	}

	manyRooms(t, d, 60_000)
	response = nino.follow(nino.saveForExport(`{ rooms { nodes { a: name b: name c: name d: name e: name f: name } } }`))
	lines := bufio.NewReader(response.Body)
	if _, err := lines.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if err := p.end(syscall.SIGTERM); err != nil || time.Since(begun) > endingTime {
		t.Fatalf("it ends after %v with %v: %s", time.Since(begun), err, p.output)
	}
	if _, err := io.Copy(io.Discard, lines); err == nil || response.Trailer.Get("Clinicql-Rows") != "" {
		t.Errorf("the export looks complete: %v", response.Trailer)
	}
	var entries []string
	if err := d.SQL.Select(&entries, "SELECT regexp_replace(reason, '[0-9a-f-]{36}', 'Q') FROM audit_log WHERE action = 'EXPORTED' ORDER BY id"); err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 || entries[0] != "250 rows as csv by the saved query Q" || !strings.HasSuffix(entries[1], "00 rows as csv by the saved query Q, and broke off") {
		t.Errorf("the audit says %q", entries)
	}
}

// BenchmarkServe_export tells how long the export of all visits takes, with who and for
// whom, and how much more memory the server has at most meanwhile.
func BenchmarkServe_export(b *testing.B) {
	d := loadDatabase(b)
	server := startOn(b, d.URL)
	name := "exporter" + strconv.FormatInt(time.Now().UnixNano(), 36)
	addUser(b, d, name, auth.Doctor)
	doctor := signIn(b, "http://"+server.address, name, testPassword)
	address := doctor.saveForExport(`{ appointments(orderBy: [{field: STARTS_AT}]) { nodes { id startsAt length status type practitioner { displayName specialty } patient { id displayName sex birthDate } } } }`)
	for _, ending := range []string{"csv", "ndjson"} {
		b.Run(ending, func(b *testing.B) {
			for range 50 {
				response, err := doctor.post(`{ appointments(first: 100) { nodes { id startsAt patient { displayName } } } }`, nil)
				if err != nil {
					b.Fatal(err)
				}
				_, _ = io.Copy(io.Discard, response.Body)
				response.Body.Close()
			}
			before := memory(b, server.Process.Pid, "VmRSS")
			if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", server.Process.Pid), []byte("5"), 0); err != nil { // the highest so far
				b.Fatal(err)
			}
			var rows string
			var read int64
			for b.Loop() {
				response := doctor.follow(strings.TrimSuffix(address, "csv") + ending)
				n, err := io.Copy(io.Discard, response.Body)
				if err != nil {
					b.Fatal(err)
				}
				read, rows = n, response.Trailer.Get("Clinicql-Rows")
			}
			n, err := strconv.ParseFloat(rows, 64)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(n, "rows")
			b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(read)/1e6, "MB")
			b.ReportMetric((memory(b, server.Process.Pid, "VmHWM")-before)/1024, "more-MB")
			b.ReportMetric(before/1024, "before-MB")
		})
	}
}

// memory returns what a process has, in KB.
func memory(t testing.TB, pid int, what string) float64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(what + `:\s+(\d+) kB`).FindSubmatch(text)
	if found == nil {
		t.Fatalf("no %s in %s", what, text)
	}
	n, _ := strconv.ParseFloat(string(found[1]), 64)
	return n
}
