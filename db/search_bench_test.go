package db_test

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// benchVariable names a database that `clinicql seed --patients 200000` filled.
// Without it BenchmarkSearchPatients takes some minutes to fill one of its own.
const benchVariable = "CLINICQL_BENCH_DATABASE"

func largeClinic(b *testing.B) *db.DB {
	if url := os.Getenv(benchVariable); url != "" {
		d, err := db.Open(url)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { d.Close() })
		return d
	}
	d := dbtest.New(b)
	if _, err := seed.Run(context.Background(), d.DB, seed.Options{Patients: 200_000, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	return d.DB
}

// BenchmarkSearchPatients prints the database's time for each kind of search, in
// milliseconds: the median and the worst of what 100 patients are looked for with.
func BenchmarkSearchPatients(b *testing.B) {
	d := largeClinic(b)
	sample := samplePatients(b, d, 100)
	for _, kind := range []struct {
		name  string
		words func(*db.Patient) string
	}{
		{"two names", func(p *db.Patient) string { return p.DisplayName() }},
		{"two names in the other order", func(p *db.Patient) string { return *p.FamilyName + " " + *p.GivenName }},
		{"a given name", func(p *db.Patient) string { return *p.GivenName }},
		{"a family name", func(p *db.Patient) string { return *p.FamilyName }},
		{"the commonest given name", func(*db.Patient) string { return "ნინო" }},
		{"two letters", func(p *db.Patient) string { return p.FamilyKey[:2] }},
		{"three letters", func(p *db.Patient) string { return p.FamilyKey[:3] }},
		{"two letters of a given name", func(p *db.Patient) string { return p.GivenKey[:2] }},
		{"a name and a letter", func(p *db.Patient) string { return *p.GivenName + " " + p.FamilyKey[:1] }},
		{"two letters of each name", func(p *db.Patient) string { return p.GivenKey[:2] + " " + p.FamilyKey[:2] }},
		{"a letter of each name", func(p *db.Patient) string { return p.GivenKey[:1] + " " + p.FamilyKey[:1] }},
		{"two letters swapped", func(p *db.Patient) string { return *p.GivenName + " " + swapped(p.FamilyKey) }},
		{"a family name with two letters swapped", func(p *db.Patient) string { return swapped(p.FamilyKey) }},
		{"a telephone's end", func(p *db.Patient) string { return (*p.PhoneNumber)[9:] }},
		{"a telephone", func(p *db.Patient) string { return *p.Phone }},
		{"a record number", func(p *db.Patient) string { return p.MRN }},
		{"a record number's end", func(p *db.Patient) string { return p.MRN[4:] }},
		{"a birth date", func(p *db.Patient) string { return string(*p.BirthDate) }},
		{"a name and a birth date", func(p *db.Patient) string { return *p.FamilyName + " " + string(*p.BirthDate) }},
		{"nobody", func(p *db.Patient) string { return "zzyzx " + p.FamilyKey }},
	} {
		b.Run(kind.name, func(b *testing.B) {
			var took []time.Duration
			var worst string
			for b.Loop() {
				for _, p := range sample {
					words := kind.words(p)
					var stats db.Stats
					if _, err := d.SearchPatients(db.WithStats(acting(b), &stats), words, db.Page{}); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Duration(stats.Duration.Load()))
					if took[len(took)-1] == slices.Max(took) {
						worst = words
					}
				}
			}
			slices.Sort(took)
			b.ReportMetric(milliseconds(took[len(took)/2]), "median-ms")
			b.ReportMetric(milliseconds(took[len(took)*99/100]), "p99-ms")
			b.ReportMetric(milliseconds(took[len(took)-1]), "worst-ms")
			b.ReportMetric(0, "ns/op")
			b.Logf("worst: %q", worst)
		})
	}
}

// BenchmarkPatients_startsWith prints the database's time for the first 20 of those
// whose family name begins with what 100 patients' names begin with.
func BenchmarkPatients_startsWith(b *testing.B) {
	d := largeClinic(b)
	sample, twenty := samplePatients(b, d, 100), int32(20)
	for _, letters := range []int{2, 3, 4, 100} {
		b.Run(strconv.Itoa(letters), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				for _, p := range sample {
					prefix := p.FamilyKey[:min(letters, len(p.FamilyKey))]
					var stats db.Stats
					ctx := db.WithStats(acting(b), &stats)
					c, err := d.Patients(ctx, db.Page{First: &twenty}, &db.PatientWhere{FamilyName: &db.StringFilter{StartsWith: &prefix}}, nil)
					if err == nil {
						_, err = c.Nodes(ctx)
					}
					if err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Duration(stats.Duration.Load()))
				}
			}
			slices.Sort(took)
			b.ReportMetric(milliseconds(took[len(took)/2]), "median-ms")
			b.ReportMetric(milliseconds(took[len(took)-1]), "worst-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func milliseconds(t time.Duration) float64 { return float64(t.Microseconds()) / 1000 }

// samplePatients returns up to n patients of whom everything is known.
func samplePatients(b *testing.B, d *db.DB, n int) []*db.Patient {
	size, unknown := int32(n), false
	page, err := d.Patients(acting(b), db.Page{First: &size}, &db.PatientWhere{
		PhoneNumber: &db.StringFilter{IsNull: &unknown}, BirthDate: &db.DateFilter{IsNull: &unknown},
	}, []*db.Order{{Field: "CREATED_AT"}})
	if err != nil {
		b.Fatal(err)
	}
	rows, err := page.Nodes(acting(b))
	if err != nil {
		b.Fatal(err)
	}
	return slices.DeleteFunc(rows, func(p *db.Patient) bool { return p.FamilyName == nil || p.GivenName == nil })
}

// swapped writes a word as hurried people do.
func swapped(word string) string {
	if len(word) < 3 || strings.Contains(word, " ") {
		return word
	}
	i := len(word) / 2
	return word[:i-1] + word[i:i+1] + word[i-1:i] + word[i+1:]
}
