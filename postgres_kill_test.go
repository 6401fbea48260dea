package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Kill -9 of Postgres, and of one of its processes, while sixteen clients book:
// the servers go on by themselves when it is back, and every booking that was
// acknowledged is there, once. BenchmarkBookAppointment_survivesKillsOfPostgres
// does the same ten times each.
func TestBookAppointment_survivesKillsOfPostgres(t *testing.T) {
	t.Parallel()
	for name, kill := range killsOfPostgres {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, slowest := surviveKillsOfPostgres(t, 2, kill)
			t.Logf("ready %v after the database at the latest", slowest)
		})
	}
}

// BenchmarkBookAppointment_survivesKillsOfPostgres tells how long after the
// database was back the servers were ready, and one had acknowledged a booking.
func BenchmarkBookAppointment_survivesKillsOfPostgres(b *testing.B) {
	for name, kill := range killsOfPostgres {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				r, slowest := surviveKillsOfPostgres(b, 10, kill)
				b.ReportMetric(float64(r.acknowledged.Load()), "bookings")
				b.ReportMetric(float64(r.unknown.Load()), "unanswered")
				b.ReportMetric(float64(r.repeated()), "settled-by-key")
				b.ReportMetric(float64(slowest.Milliseconds()), "ready-ms")
			}
		})
	}
}

// killsOfPostgres kill some of a cluster that works for c, and return one that runs.
var killsOfPostgres = map[string]func(t testing.TB, p *ownPostgres, c *clinic) *ownPostgres{
	"the postmaster": func(t testing.TB, p *ownPostgres, _ *clinic) *ownPostgres {
		p.kill(t)
		return startPostgres(t, p.dir)
	},
	"a process that writes": func(t testing.TB, p *ownPostgres, c *clinic) *ownPostgres {
		var pid int
		err := c.SQL.Get(&pid, "SELECT pid FROM pg_stat_activity WHERE usename LIKE 'clinicql_reception%' AND datname = current_database() ORDER BY query_start DESC LIMIT 1")
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		for c.SQL.Ping() == nil { // until it has ended all others
			time.Sleep(time.Millisecond)
		}
		return p
	},
}

// surviveKillsOfPostgres returns how long after the database the slowest server
// was ready.
func surviveKillsOfPostgres(t testing.TB, kills int, kill func(testing.TB, *ownPostgres, *clinic) *ownPostgres) (r *rush, slowest time.Duration) {
	t.Helper()
	const clients = 16
	own := startPostgres(t, filepath.Join(scratch(t), "postgres"))
	c := arrangeClinic(t, openDatabase(t, own.URL()), clients/2, clients)
	c.SQL.SetMaxIdleConns(0) // or a connection of before would be taken for an answer
	for range 2 {
		c.servers = append(c.servers, startOn(t, c.URL))
	}
	c.signIn(t)
	r = c.rush(clients, func(try int) string { return c.servers[try%2].address })
	for range kills {
		r.wait(t, 40)
		own = kill(t, own, c)
		for c.SQL.Ping() != nil {
			time.Sleep(time.Millisecond)
		}
		back := time.Now()
		for n, s := range c.servers {
			if !s.becomes(t, http.StatusOK) {
				t.Fatalf("server %d is not ready: %.2000s", n, s.output)
			}
		}
		r.wait(t, 1)
		slowest = max(slowest, time.Since(back))
	}
	r.end(t)
	for n, s := range c.servers {
		if err := s.end(syscall.SIGTERM); err != nil {
			t.Errorf("server %d ended with %v", n, err)
		}
		for line := range strings.Lines(s.output.String()) {
			if strings.Contains(line, `"INTERNAL"`) || strings.Contains(line, "panic") {
				t.Errorf("server %d logged %.2000s", n, line)
			}
		}
	}
	return r, slowest
}
