package main

import (
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/embedded"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/migrations"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// loadVariable names a database that is filled already, in place of a small one on
// this machine's disk.
const loadVariable = "CLINICQL_TEST_LOAD_DATABASE"

// BenchmarkServe_load has 32 clients at one server book visits, and read charts as a
// doctor does who opens a patient: each is one request over HTTP, signed in, audited,
// on a Postgres that waits for its disk.
func BenchmarkServe_load(b *testing.B) {
	const clients = 32
	c := arrangeClinic(b, loadDatabase(b), clients, clients)
	c.servers = append(c.servers, startOn(b, c.URL))
	c.signIn(b)
	addUser(b, c.Database, "doctor", auth.Doctor)
	doctor := signIn(b, "http://"+c.servers[0].address, "doctor", testPassword)
	var patients []uuid.UUID
	if err := c.SQL.Select(&patients, "SELECT id FROM patients WHERE NOT is_restricted ORDER BY md5(id::text) LIMIT 5000"); err != nil {
		b.Fatal(err)
	}
	desks, doctors := make([]*api, clients), make([]*api, clients)
	for n := range clients {
		desks[n] = c.client(n)
		doctors[n] = &api{t: b, address: doctor.address, client: &http.Client{Jar: doctor.client.Jar, Transport: &http.Transport{MaxIdleConnsPerHost: 1}}}
	}
	var visits atomic.Int64
	for name, request := range map[string]func(client, n int) error{
		"bookings": func(client, _ int) error {
			visit := int(visits.Add(1)) // 16 a day for each practitioner
			n := visit % clients
			visit /= clients
			o, err := desks[client].book(c.patients[n], c.practitioners[n], c.day(1+visit/16).Add(time.Duration(visit%16)*visitLength), uuid.NewString())
			if err == nil && o.ID == "" {
				err = fmt.Errorf("%+v", o)
			}
			return err
		},
		"charts": func(client, n int) error {
			response, err := doctors[client].post(`query($id: ID!) { patient(id: $id) {
				displayName birthDate allergies { substance severity }
				medicalRecords(first: 10) { nodes { recordedOn diagnosis notes practitioner { displayName } } }
				appointments(first: 10) { nodes { startsAt endsAt status practitioner { displayName } } }
			} }`, map[string]any{"id": patients[(client*1009+n)%len(patients)]})
			if err != nil {
				return err
			}
			defer response.Body.Close()
			text, err := io.ReadAll(response.Body)
			if err == nil && (response.StatusCode != http.StatusOK || strings.Contains(string(text), `"errors"`)) {
				err = fmt.Errorf("%d %s", response.StatusCode, text)
			}
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			var left, failed atomic.Int64
			left.Store(int64(b.N))
			server, postgres, bytes := c.spent(b)
			b.ResetTimer()
			together(clients, func(client int) {
				for n := 0; left.Add(-1) >= 0; n++ {
					if err := request(client, n); err != nil && failed.Add(1) == 1 {
						b.Error(err)
					}
				}
			})
			each := func(before, after float64, unit string) { b.ReportMetric((after-before)/float64(b.N), unit) }
			serverNow, postgresNow, bytesNow := c.spent(b)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
			each(server, serverNow, "server-cpu-ms/op")
			each(postgres, postgresNow, "postgres-cpu-ms/op")
			each(bytes, bytesNow, "stored-bytes/op")
		})
	}
}

// spent returns the processor time of the server and of Postgres so far, in
// milliseconds, and the size of the database.
func (c *clinic) spent(b *testing.B) (server, postgres, bytes float64) {
	b.Helper()
	var pids []int
	if err := c.SQL.Select(&pids, "SELECT pid FROM pg_stat_activity"); err != nil {
		b.Fatal(err)
	}
	if err := c.SQL.Get(&bytes, "SELECT pg_database_size(current_database())"); err != nil {
		b.Fatal(err)
	}
	of := func(pid int) float64 {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0 // it ended
		}
		_, after, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(after)
		var ticks float64
		for _, field := range fields[11:13] { // in user mode and in the kernel's, a hundred a second
			n, _ := strconv.ParseFloat(field, 64)
			ticks += n
		}
		return ticks * 10
	}
	for _, pid := range pids {
		postgres += of(pid)
	}
	return of(c.servers[0].Process.Pid), postgres, bytes
}

// loadDatabase returns a migrated database with some patients.
func loadDatabase(b *testing.B) *dbtest.Database {
	b.Helper()
	url, given := os.LookupEnv(loadVariable)
	if !given {
		dir, err := os.MkdirTemp("", "clinicql-load-")
		if err == nil {
			err = os.Chmod(dir, 0o755) // the database's own user passes through
		}
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { os.RemoveAll(dir) })
		own, err := embedded.Start(b.Context(), embedded.Options{Dir: filepath.Join(dir, "data")})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(own.Stop)
		url = own.URL()
		pool, err := sql.Open("postgres", url)
		if err != nil {
			b.Fatal(err)
		}
		defer pool.Close()
		if _, err := migrations.Up(b.Context(), pool); err != nil {
			b.Fatal(err)
		}
	}
	d, err := db.Open(url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	if !given {
		if _, err := seed.Run(auth.WithActor(b.Context(), auth.SystemActor("seed")), d, seed.Options{Patients: 500, Seed: 1, Now: time.Now()}); err != nil {
			b.Fatal(err)
		}
	}
	pool := sqlx.MustOpen("postgres", url)
	b.Cleanup(func() { pool.Close() })
	return &dbtest.Database{DB: d, URL: url, SQL: pool}
}
