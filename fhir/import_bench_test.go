package fhir_test

import (
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
)

// BenchmarkImport imports the charts of Synthea into an empty database each time.
// The test cluster does not wait for its disk; docs/import.md has the rate with
// one that does.
func BenchmarkImport(b *testing.B) {
	folder := dbtest.Synthea(b)
	var patients, bytes int64
	var took time.Duration
	for b.Loop() {
		b.StopTimer()
		d := dbtest.New(b)
		b.StartTimer()
		begun := time.Now()
		report := fine(b, run(b, d, folder))
		took += time.Since(begun)
		patients += int64(report.Patients)
		bytes += report.Bytes
	}
	b.ReportMetric(float64(patients)/took.Seconds(), "patients/s")
	b.ReportMetric(float64(bytes)/1e6/took.Seconds(), "MB/s")
}
