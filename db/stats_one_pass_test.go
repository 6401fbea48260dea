package db_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// Patients with many more visits than others, in cells of each size that the noise of sums knows.
const frequentPatients = `
	INSERT INTO appointments (id, patient_id, starts_at, ends_at, status, created_at)
	SELECT overlay(gen_random_uuid()::text PLACING '04' FROM 35)::uuid, p.id, at, at + interval '20 minutes', CASE n % 5 WHEN 0 THEN 'NO_SHOW' ELSE 'COMPLETED' END, at - interval '1 hour' * n
	FROM (SELECT id, row_number() OVER (ORDER BY id) AS rank FROM patients) p, generate_series(1, 200) n, LATERAL (SELECT '2026-03-02T06:00Z'::timestamptz + interval '3 hours' * n AS at) v
	WHERE n <= CASE WHEN rank <= 2 THEN 200 WHEN rank <= 5 THEN 70 WHEN rank <= 9 THEN 18 WHEN rank <= 30 THEN 6 END`

// What analysts are told is what the function told that was proven first and found
// it slowly: each cell, each measure and each thing that is not told.
func TestStats_likeBefore(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := seed.Run(acting(t), d.DB, seed.Options{Patients: 500, Seed: 31, Now: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	d.SQL.MustExec("ALTER TABLE appointments DISABLE TRIGGER USER")
	d.SQL.MustExec(frequentPatients)
	const spring = `{"from": "2026-01-01", "until": "2026-07-01"}`
	caps, told, suppressed := []int{}, 0, 0
	for _, asked := range []struct {
		statistic, measures string
		groups              [][2]string // with their conditions
	}{
		{"appointments", "{count,distinctPatients,noShowRate,cancellationRate,lateCancellationRate,bookedMinutes,leadTimeMedian,leadTimeP90,waitMedian,visitLengthMedian}", [][2]string{
			{"{}", "{}"}, {"{}", spring}, {"{}", onAprilFools}, {"{sex}", "{}"}, {"{status,sex}", "{}"}, {"{type}", "{}"}, {"{weekday,hour}", onAprilFools}, {"{weekday,hour}", "{}"}, {"{age_band,status}", spring},
			{"{region}", "{}"}, {"{region,sex}", "{}"}, {"{specialty,status}", spring}, {"{month}", spring}, {"{week}", spring}, {"{day}", onAprilFools}, {"{quarter,sex}", spring}, {"{practitioner,month}", spring},
			{"{practitioner}", "{}"}, {"{specialty,sex,weekday}", "{}"}, {"{quarter,specialty,sex,status}", spring}, {"{sex,specialty}", `{"sex": "FEMALE", "status": "COMPLETED", "from": "2026-03-01", "until": "2026-04-01"}`},
			{"{}", `{"sex": "nobody"}`},
		}},
		{"records", "{count,distinctPatients,codedShare,timeToSignMedian}", [][2]string{
			{"{}", "{}"}, {"{diagnosis_code}", "{}"}, {"{diagnosis_category,sex}", "{}"}, {"{diagnosis_chapter,age_band}", "{}"}, {"{status,practitioner}", "{}"}, {"{specialty}", `{"sex": "MALE"}`}, {"{month,sex}", spring}, {"{week}", spring},
		}},
		{"patients", "{count,distinctPatients,visitsPerPatient,ageMedian}", [][2]string{
			{"{}", "{}"}, {"{sex}", "{}"}, {"{age_band,sex}", "{}"}, {"{region}", "{}"}, {"{preferred_language,primary_practitioner}", "{}"}, {"{registered_month}", `{"from": "2020-01-01", "until": "2027-01-01"}`},
		}},
	} {
		for _, g := range asked.groups {
			var found struct{ Cells, Told, Different int }
			if err := d.SQL.Get(&found, `SELECT count(*) AS cells, count(a.told) AS told, count(*) FILTER (WHERE a.key IS NULL OR b.key IS NULL OR a.told IS DISTINCT FROM b.told) AS different
				FROM stats.cells($1, $2, $3, $4) a FULL JOIN stats.cells_before($1, $2, $3, $4) b ON b.key = coalesce((SELECT array_agg(CASE WHEN v ~ '^[0-9a-f-]{36}$' THEN stats.practitioner_label(v) ELSE v END ORDER BY n) FROM unnest(a.key) WITH ORDINALITY u (v, n)), '{}')`, asked.statistic, g[0], g[1], asked.measures); err != nil {
				t.Fatalf("%s by %s where %s: %v", asked.statistic, g[0], g[1], err)
			}
			if found.Different > 0 || found.Cells == 0 {
				t.Errorf("%s by %s where %s: %d of %d cells are others", asked.statistic, g[0], g[1], found.Different, found.Cells)
			}
			told, suppressed = told+found.Told, suppressed+found.Cells-found.Told
		}
	}
	if told < 100 || suppressed < 100 {
		t.Errorf("%d cells are told and %d are not: that is too little of something", told, suppressed)
	}
	// The caps that there are in these data, by SQL that was written apart.
	if err := d.SQL.Select(&caps, `SELECT DISTINCT CASE WHEN count(*) FILTER (WHERE k > 1) < 3 THEN 1 WHEN count(*) FILTER (WHERE k > 4) < 3 THEN 4 WHEN count(*) FILTER (WHERE k > 16) < 3 THEN 16 ELSE 64 END
		FROM (SELECT date_trunc(unit, starts_at) AS at, patient_id, count(*) AS k FROM appointments, unnest('{day,week,month,year}'::text[]) unit GROUP BY unit, 1, 2) p GROUP BY at ORDER BY 1`); err != nil || fmt.Sprint(caps) != "[1 4 16 64]" {
		t.Errorf("there are the caps %v only: %v", caps, err)
	}
}
