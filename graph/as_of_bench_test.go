package graph_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph"
	"github.com/jmoiron/sqlx"
)

// BenchmarkAsOf answers a page of 50 patients with what hangs on them to a
// doctor, now and as of last month in turns. It prints the milliseconds of
// processor time that each takes of the server and of its connections' Postgres
// processes together, and how often the past takes what the present does.
func BenchmarkAsOf(b *testing.B) {
	url := clinicWithPast(b, 10_000)
	pool := sqlx.MustOpen("postgres", url)
	defer pool.Close()
	api := graph.Handler(openDB(b, url), nil)
	ctx := auth.WithActor(b.Context(), aDoctor)
	lenses := []string{"", `query @asOf(at: "` + lastMonth() + `") `}
	for name, query := range map[string]string{"as of BenchmarkPage": page, "with more": pastPage} {
		b.Run(name, func(b *testing.B) {
			var spent [2]time.Duration
			var said [2]string
			answer := func(lens int) {
				request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader(asJSON(map[string]string{"query": lenses[lens] + query})))
				request.Header.Set("Content-Type", "application/json")
				got := httptest.NewRecorder()
				spent[lens] += processorTime(b, pool, func() { api.ServeHTTP(got, request) })
				said[lens] = statements(b, got.Header().Get("Server-Timing"))
				if got.Code != http.StatusOK || got.Body.Len() < 1_000 {
					b.Fatalf("%d: %.300s", got.Code, got.Body)
				}
			}
			for range 20 {
				answer(0)
				answer(1)
			}
			spent = [2]time.Duration{}
			for b.Loop() {
				answer(0)
				answer(1)
			}
			if said[0] != said[1] {
				b.Errorf("now it takes %s statements, and as of last month %s", said[0], said[1])
			}
			for lens, unit := range []string{"cpu-ms/now", "cpu-ms/then"} {
				b.ReportMetric(float64(spent[lens])/float64(b.N)/1e6, unit)
			}
			b.ReportMetric(float64(spent[1])/float64(spent[0]), "then/now")
		})
	}
}

// BenchmarkHistory books visits and changes patients with and without the
// triggers that keep versions, in turns of 20.
func BenchmarkHistory(b *testing.B) {
	c := newClinic(b, "UTC")
	patient, doctor := newPatient(b, c.db, "Beridze"), newPractitioner(b, c.db, "Doctor")
	works(c, doctor, db.Work, "00:00", "00:00")
	var changed []*db.Patient
	for i := range 100 {
		changed = append(changed, newPatient(b, c.db, fmt.Sprintf("Name%03d", i)))
	}
	start, next := tomorrow(0), 0
	for name, write := range map[string]func(){
		"book": func() {
			_, err := c.db.BookAppointment(acting(b), &db.Booking{Appointment: db.Appointment{PatientID: patient.ID, PractitionerID: &doctor.ID, StartsAt: start, EndsAt: start.Add(20 * time.Minute)}})
			must(b, err)
			start = start.Add(20 * time.Minute)
		},
		"change": func() {
			p := changed[next%len(changed)]
			c.ask(`mutation($id: ID!, $version: Int!, $phone: String) { updatePatient(input: {patientId: $id, expectedVersion: $version, phone: $phone}) { patient { id } } }`,
				variables{"id": p.ID, "version": p.Version, "phone": fmt.Sprintf("+995 599 %06d", next)})
			p.Version++
			next++
		},
	} {
		b.Run(name, func(b *testing.B) {
			var spent [2]time.Duration
			for b.Loop() {
				for i, how := range []string{"ENABLE", "DISABLE"} {
					for _, table := range []string{"patients", "patient_identifiers", "patient_words", "appointments"} {
						for _, event := range []string{"insert", "update", "delete"} {
							c.db.SQL.MustExec("ALTER TABLE " + table + " " + how + " TRIGGER history_" + event)
						}
					}
					for range 5 { // what was prepared before is prepared anew
						write()
					}
					spent[i] += processorTime(b, c.db.SQL, func() {
						for range 20 {
							write()
						}
					})
				}
			}
			b.ReportMetric(float64(spent[0])/float64(20*b.N)/1e6, "cpu-ms/with")
			b.ReportMetric(float64(spent[1])/float64(20*b.N)/1e6, "cpu-ms/without")
		})
	}
}

// processorTime returns what this process spends while it does something, and
// the processes of Postgres that serve the application's connections to pool's
// database, which run on this machine.
func processorTime(b *testing.B, pool *sqlx.DB, do func()) time.Duration {
	b.Helper()
	var backends []int
	must(b, pool.Select(&backends, `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'clinicql\_%'`))
	sum := func() (spent time.Duration) {
		for _, pid := range backends {
			stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", pid))
			if err != nil {
				b.Skip("the processes of Postgres are not on this machine")
			}
			var nanoseconds int64
			_, err = fmt.Sscan(string(stat), &nanoseconds)
			must(b, err)
			spent += time.Duration(nanoseconds)
		}
		var own syscall.Rusage
		must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &own))
		return spent + time.Duration(own.Utime.Nano()+own.Stime.Nano())
	}
	before := sum()
	do()
	return sum() - before
}
