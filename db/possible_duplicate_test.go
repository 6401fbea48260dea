package db_test

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// crowd adds 20,000 patients: 2,000 of one name, 1,000 with one telephone and
// 2,000 born on one New Year's Day.
const crowd = `
	INSERT INTO patients (id, family_name, given_name, birth_date, birth_date_precision, sex, phone_number, identifiers, family_key, given_key, search_words)
	SELECT overlay($1::text PLACING lpad(to_hex(n), 8, '0') FROM 1)::uuid, family, given, CASE n % 10 WHEN 0 THEN date '1990-01-01' ELSE date '1940-01-01' + n * 37 % 28000 END, 'DAY', 'UNKNOWN',
		CASE n % 20 WHEN 3 THEN '+995555000000' ELSE '+9955' || n END, jsonb_build_array(jsonb_build_object('system', 'urn:p', 'value', n::text)), family, given, ARRAY[family, given]
	FROM (SELECT n, CASE n % 10 WHEN 1 THEN 'beridze' ELSE 'family' || n % 4000 END AS family, CASE n % 10 WHEN 1 THEN 'giorgi' ELSE 'given' || n % 300 END AS given
		FROM generate_series(1, 20000) n) n`

func known(family, given, birthDate string) *db.Patient {
	p := person(family)
	p.GivenName, p.BirthDate, p.BirthDatePrecision, p.PhoneNumber = &given, ptr(db.Date(birthDate)), db.DayPrecision, ptr("+995555000000")
	p.Identifiers = db.Identifiers{{System: "urn:p", Value: "17"}}
	return p
}

// Whom a patient may be is found along indexes, in crowds too.
func TestPossibleDuplicates_readNoTableWhole(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	tx := d.SQL.MustBegin()
	tx.MustExec("SELECT set_config('clinicql.actor', 'tester', true)")
	tx.MustExec(crowd, db.NewID(db.KindPatient).String())
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec("ANALYZE")
	for name, p := range map[string]*db.Patient{
		"everything at once": known("Beridze", "Giorgi", "1990-01-01"),
		"nobody":             known("Nobody", "Ever", "1977-05-17"),
		"a year": func() *db.Patient {
			p := known("Beridze", "Giorgi", "1990-01-01")
			p.BirthDatePrecision = db.YearPrecision
			return p
		}(),
		"a name": person("Beridze"),
	} {
		query, arguments := db.DuplicateSearch(acting(t), p)
		var plan []string
		if err := d.SQL.Select(&plan, "EXPLAIN "+query, arguments...); err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(plan, "\n"); strings.Contains(text, "Seq Scan on patient") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}

// Two who are so like that the second is refused share a trait that is locked, so
// that of those who register them at the same moment the second is told.
func TestCreatePatient_whoIsLikeWaits(t *testing.T) {
	t.Parallel()
	g := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...string) *string {
		if one := of[g.IntN(len(of))]; one != "" {
			return &one
		}
		return nil
	}
	anybody := func() *db.Patient {
		p := person("Beridze")
		p.FamilyName = pick("Beridze", "Berizde", "ბერიძე", "Giorgi", "Lomidze")
		p.GivenName = pick("Giorgi", "Georgi", "გიორგი", "Beridze", "Nino", "Nina", "")
		p.PhoneNumber = pick("+995555000001", "+995555000002", "")
		if date := pick("1980-01-02", "1980-02-01", "1980-01-03", "1991-11-21", ""); date != nil {
			p.BirthDate, p.BirthDatePrecision = (*db.Date)(date), db.DayPrecision
		}
		if number := pick("1", "2", "", ""); number != nil {
			p.Identifiers = db.Identifiers{{System: "urn:p", Value: *number}}
		}
		return p
	}
	strong := 0
	for range 20000 {
		a, b := anybody(), anybody()
		score, wait := db.Likeness(a, b)
		if back, _ := db.Likeness(b, a); back != score {
			t.Fatalf("%d one way and %d the other", score, back)
		}
		if score >= db.DuplicateScore {
			strong++
			if !wait {
				t.Fatalf("%s and %s are like by %d and do not wait for each other", a.DisplayName(), b.DisplayName(), score)
			}
		}
	}
	if strong < 1000 {
		t.Errorf("%d pairs were like enough", strong)
	}
}

// BenchmarkPossibleDuplicates looks for duplicates of 100 of 20,000 patients, or of
// those of CLINICQL_BENCH_DATABASE, as somebody at the desk would before registering.
func BenchmarkPossibleDuplicates(b *testing.B) {
	d := duplicateClinic(b)
	sample := samplePatients(b, d, 100)
	var took []time.Duration
	for b.Loop() {
		for _, p := range sample {
			start := time.Now()
			if _, err := d.PossibleDuplicates(acting(b), db.PossibleDuplicatesOf{PatientID: &p.ID}); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	b.ReportMetric(milliseconds(took[len(took)/2]), "median-ms")
	b.ReportMetric(milliseconds(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(milliseconds(took[len(took)-1]), "worst-ms")
	b.ReportMetric(0, "ns/op")
}

func duplicateClinic(b *testing.B) *db.DB {
	if os.Getenv(benchVariable) != "" {
		return largeClinic(b)
	}
	d := dbtest.New(b)
	if _, err := seed.Run(context.Background(), d.DB, seed.Options{Patients: 20_000, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	return d.DB
}
