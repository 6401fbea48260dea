package main

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
)

// A server whose primary is lost goes on with the standby that takes its place: no
// restart, no visit lost or booked twice, and what changes is told as before.
func TestServe_failOver(t *testing.T) {
	t.Parallel()
	pair := dbtest.NewPair(t)
	c := arrangeClinic(t, pair.Database(), 1, 1)
	c.servers = append(c.servers, startOn(t, c.URL))
	c.signIn(t)
	desk := c.newDesk(t, 0)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go desk.listen(ctx)
	eventually(t, "the desk does not listen", desk.started)

	book := func(n int) *outcome {
		t.Helper()
		o, err := c.client(1).book(c.patients[0], c.practitioners[0], c.day(1).Add(time.Duration(n)*visitLength), "visit-number-"+string(rune('a'+n)))
		if err != nil {
			t.Fatal(err)
		}
		if o.ID == "" && o.Code != "UNAVAILABLE" {
			t.Fatalf("visit %d: %+v", n, o)
		}
		return o
	}
	first := book(0)
	if first.ID == "" {
		t.Fatalf("%+v", first)
	}
	eventually(t, "the desk is not told of the first visit", func() bool { return desk.has(1) })
	pair.CatchUp()

	pair.Primary.Kill()
	if o := book(1); o.ID != "" {
		t.Errorf("without a primary: %+v", o)
	}
	eventually(t, "the server is ready without a primary", func() bool {
		status, _ := c.servers[0].get(t, "/health/ready")
		return status == http.StatusServiceUnavailable
	})
	pair.Standby.Promote()
	eventually(t, "the server does not book at the new primary", func() bool { return book(1).ID != "" })
	c.SQL = pair.Standby.SQL
	if held := c.held(t); len(held) != 2 || held[0].ID == held[1].ID {
		t.Errorf("visits: %v", held)
	}
	eventually(t, "the desk is not told of the second visit", func() bool { return desk.has(2) })
	eventually(t, "the server is not ready", func() bool {
		status, _ := c.servers[0].get(t, "/health/ready")
		return status == http.StatusOK
	})

	folder := filepath.Join(t.TempDir(), "backup")
	for command, want := range map[string]string{"migrate": "0 migrations applied", "audit verify": "The audit is whole", "backup " + folder: "Backed up "} {
		if got, ok := said(t, []string{"DATABASE_URL=" + c.URL}, strings.Fields(command)); !ok || !strings.Contains(got, want) {
			t.Errorf("%s with one host of two: %s", command, got)
		}
	}
	if log := c.servers[0].output.String(); strings.Contains(log, "INTERNAL") || strings.Contains(log, "panic") {
		t.Errorf("it logged %.2000s", log)
	}
}

// eventually waits until ok, or ends t with what is wrong.
func eventually(t *testing.T, wrong string, ok func() bool) {
	t.Helper()
	for begun := time.Now(); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > 30*time.Second {
			t.Fatal(wrong)
		}
	}
}

// Prometheus is told which servers serve reads, and health does not mind when a
// standby is away.
func TestServe_standbys(t *testing.T) {
	t.Parallel()
	pair := dbtest.NewPair(t)
	c := arrangeClinic(t, pair.Database(), 1, 1)
	metrics := freeAddress(t)
	c.servers = append(c.servers, startOn(t, c.URL, "DATABASE_REPLICA_URL="+pair.Standby.URL(), "CLINICQL_METRICS_LISTEN="+metrics))
	c.signIn(t)
	told := func(pattern string) func() bool {
		return func() bool {
			c.receptionist.ask(`{ patients(first: 1) { nodes { id } } }`)
			response, err := http.Get("http://" + metrics + "/metrics")
			if err != nil {
				return false
			}
			defer response.Body.Close()
			text, _ := io.ReadAll(response.Body)
			return regexp.MustCompile("(?m)^" + pattern + "$").Match(text)
		}
	}
	eventually(t, "standbys do not serve", told(`clinicql_standbys_serving 1`))
	eventually(t, "no read is served by a standby", told(`clinicql_reads_total{server="standby"} [1-9]\d*`))
	eventually(t, "the lag is not told", told(`clinicql_standby_lag_bytes \S+`))
	pair.Standby.Stop()
	eventually(t, "a standby that is stopped serves", told(`clinicql_standbys_serving 0`))
	if status, _ := c.servers[0].get(t, "/health/ready"); status != http.StatusOK {
		t.Errorf("without its standby the server says %d", status)
	}
}
