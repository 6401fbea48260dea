package db_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
)

// Sealing and verifying 100,000 rows, whole charts among them.
func BenchmarkAudit(b *testing.B) {
	const rows = 100_000
	d := dbtest.New(b)
	d.SQL.SetMaxOpenConns(1)
	d.SQL.MustExec("SET session_replication_role = replica")
	for range b.N {
		d.SQL.MustExec("TRUNCATE audit_log, audit_seals")
		d.SQL.MustExec(`
			INSERT INTO audit_log (actor, role, user_id, operation_id, action, table_name, row_id, patient_id, after)
			SELECT 'nino', 'DOCTOR', gen_random_uuid(), gen_random_uuid(), 'INSERT', 'medical_records', gen_random_uuid(), gen_random_uuid(),
				jsonb_build_object('diagnosis', md5(n::text), 'treatment', repeat(md5(n::text), 6), 'patient_id', gen_random_uuid(), 'recorded_at', now(), 'version', 1)
			FROM generate_series(1, $1::int) n`, rows)
		d.SQL.MustExec("ANALYZE audit_log")
		begun := time.Now()
		if n, _ := seal(b, d.DB); n != rows {
			b.Fatalf("%d rows were sealed", n)
		}
		b.ReportMetric(rows/time.Since(begun).Seconds(), "sealed/s")
		begun = time.Now()
		if report := verify(b, d.DB, ""); report.Broken != nil || report.Rows != rows {
			b.Fatal(report, report.Broken)
		}
		b.ReportMetric(rows/time.Since(begun).Seconds(), "verified/s")
	}
}

// How much less is written while the audit is sealed every two seconds, as a
// server does, in turns with and without.
func BenchmarkSealAudit_beside(b *testing.B) {
	d := dbtest.New(b)
	ctx := auth.WithActor(b.Context(), auth.SystemActor("tester"))
	var written [2]atomic.Int64
	for range b.N {
		for turn := range 12 {
			stop := make(chan struct{})
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					for {
						select {
						case <-stop:
							return
						default:
						}
						if _, err := d.CreatePatient(ctx, registering(person("Beridze"))); err != nil {
							b.Error(err)
						}
						if turn > 1 { // the first two warm up
							written[turn%2].Add(1)
						}
					}
				})
			}
			for until := time.Now().Add(4 * time.Second); time.Now().Before(until); time.Sleep(2 * time.Second) {
				if turn%2 == 1 {
					if _, _, err := d.SealAudit(ctx); err != nil {
						b.Error(err)
					}
				}
			}
			close(stop)
			wg.Wait()
		}
	}
	b.ReportMetric(float64(written[0].Load())/20/float64(b.N), "writes/s-without")
	b.ReportMetric(float64(written[1].Load())/20/float64(b.N), "writes/s-with")
}
