package db_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// analysing returns the context of an analyst.
func analysing(t testing.TB) context.Context {
	return auth.WithActor(t.Context(), auth.Actor{Name: "analyst", Role: auth.Analyst, UserID: db.NewID(db.KindUser)})
}

// tableOfPatients makes the patients of a table $1 of $2 columns, each with a visit:
// rows are sexes, and columns the hours from 8 on.
const tableOfPatients = `
	WITH cell AS (
		SELECT i, j, c FROM unnest($1::int[]) WITH ORDINALITY u (c, n), LATERAL (SELECT (n - 1) / $2::int + 1 AS i, (n - 1) % $2::int AS j) p
	), person AS (
		INSERT INTO patients (id, family_name, family_key, given_key, search_words, birth_date_precision, sex)
		SELECT overlay(gen_random_uuid()::text PLACING '03' FROM 35)::uuid, 'Test', 'test', '', '{}', 'UNKNOWN', (ARRAY['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'])[i]
		FROM cell, generate_series(1, c) RETURNING id, sex
	), numbered AS (
		SELECT id, sex, row_number() OVER (PARTITION BY sex ORDER BY id) AS n FROM person
	), seat AS (
		SELECT (ARRAY['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'])[i] AS sex, j, row_number() OVER (PARTITION BY i ORDER BY j) AS n FROM cell, generate_series(1, c)
	)
	INSERT INTO appointments (id, patient_id, starts_at, ends_at, status)
	SELECT overlay(gen_random_uuid()::text PLACING '04' FROM 35)::uuid, p.id, '2026-03-04T04:00Z'::timestamptz + (s.j || ' hours')::interval,
		'2026-03-04T04:10Z'::timestamptz + (s.j || ' hours')::interval, 'COMPLETED'
	FROM numbered p JOIN seat s USING (sex, n)`

// quick makes a database in which writing costs little: what follows writes is off.
func quick(t testing.TB) *dbtest.Database {
	t.Helper()
	d := dbtest.New(t)
	d.SQL.MustExec("ALTER TABLE patients DISABLE TRIGGER USER; ALTER TABLE appointments DISABLE TRIGGER USER; DROP INDEX patients_search_words, patients_name_trigrams, patients_mrn_end, patients_phone")
	return d
}

// fill puts a table of patients into an empty database.
func fill(t testing.TB, tx *sqlx.Tx, table [][]int) {
	t.Helper()
	var flat []int
	for _, row := range table {
		flat = append(flat, row...)
	}
	if _, err := tx.Exec(tableOfPatients, pq.Array(flat), len(table[0])); err != nil {
		t.Fatal(err)
	}
}

type toldCell struct {
	Key  pq.StringArray
	Told *string
}

func toldCells(t testing.TB, q sqlx.Queryer, statistic, groups, conditions, measures string) []toldCell {
	t.Helper()
	var cells []toldCell
	if err := sqlx.Select(q, &cells, "SELECT key, told FROM stats.cells($1, $2, $3, $4)", statistic, groups, conditions, measures); err != nil {
		t.Fatal(err)
	}
	return cells
}

const onAprilFools = `{"from": "2026-03-01", "until": "2026-04-01"}`

// What analysts' login sends by hand is refused, or read as what it is.
func TestStats_hostile(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	pool := d.Pool("analyst")
	for _, arguments := range [][4]string{
		{"patients'; DROP TABLE patients; --", "{}", "{}", "{count}"},
		{"pg_class", "{}", "{}", "{count}"},
		{"patients", "{family_name}", "{}", "{count}"},
		{"patients", `{"sex FROM public.patients t --"}`, "{}", "{count}"},
		{"patients", "{sex,sex}", "{}", "{count}"},
		{"patients", "{{sex,region}}", "{}", "{count}"},
		{"patients", "{NULL}", "{}", "{count}"},
		{"patients", "{sex}", `{"family_name": "Beridze"}`, "{count}"},
		{"patients", "{sex}", `{"sex' OR true --": "x"}`, "{count}"},
		{"patients", "{sex}", `{"sex": {"eq": "x"}}`, "{count}"},
		{"patients", "{sex}", `{"sex": ["x"]}`, "{count}"},
		{"patients", "{sex}", `{"sex": null}`, "{count}"},
		{"patients", "{sex}", `[]`, "{count}"},
		{"patients", "{sex}", `"sex"`, "{count}"},
		{"patients", "{sex}", `null`, "{count}"},
		{"patients", "{sex}", `{"sex": "` + strings.Repeat("x", 101) + `"}`, "{count}"},
		{"patients", "{sex}", "{}", "{mrn}"},
		{"patients", "{sex}", "{}", `{"count(*) FROM public.patients --"}`},
		{"patients", "{sex}", "{}", "{" + strings.Repeat("count,", 100000) + "count}"},
		{"patients", "{" + strings.Repeat("sex,", 100000) + "sex}", "{}", "{count}"},
		{"appointments", "{reason}", "{}", "{count}"},
		{"appointments", "{day}", "{}", "{count}"},
		{"appointments", "{day,hour}", `{"from": "2020-01-01", "until": "2030-01-01"}`, "{count}"},
		{"appointments", "{day,week}", onAprilFools, "{count}"},
		{"appointments", "{practitioner,specialty}", onAprilFools, "{count}"},
		{"appointments", "{}", `{"from": "2026-01-02", "until": "2026-03-01"}`, "{count}"},
		{"appointments", "{}", `{"from": "1900-01-01", "until": "2100-01-01"}`, "{count}"},
		{"appointments", "{}", `{"from": "2026-03-01", "until": "2026-03-01"}`, "{count}"},
		{"appointments", "{}", `{"from": "2026-03-01"}`, "{count}"},
		{"appointments", "{}", `{"practitioner": "0190a0a0-0000-7000-8000-000000000002"}`, "{count}"},
		{"appointments", "{}", `{"patient_id": "0190a0a0-0000-7000-8000-000000000003"}`, "{count}"},
	} {
		var cells []toldCell
		err := pool.Select(&cells, "SELECT key, told FROM stats.cells($1, $2, $3, $4)", arguments[0], arguments[1], arguments[2], arguments[3])
		var refused *pq.Error
		if !errors.As(err, &refused) || refused.Code != "22023" && refused.Code != "22004" && refused.Code != "54000" {
			t.Errorf("%.100q: %v %v", arguments, cells, err)
		}
	}
	for _, conditions := range []string{`{"sex": "x' OR '1'='1"}`, `{"sex": "\\'; DROP TABLE patients; --"}`, `{"region": "%s %1$s %I"}`} {
		if cells := toldCells(t, pool, "patients", "{}", conditions, "{count}"); len(cells) != 1 || cells[0].Told != nil {
			t.Errorf("%s answers %v", conditions, cells)
		}
	}
	for _, statement := range []string{"SELECT * FROM stats.noise_keys", "SELECT * FROM public.appointment_facts", "SELECT * FROM asof.patient_facts", "SELECT stats.noise(stats.hash('x', 'y', '{}'))",
		"SELECT stats.practitioner_label('x')", "SELECT show_facts()", "CREATE FUNCTION stats.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"} {
		if _, err := pool.Exec(statement); err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	// Names that somebody puts in front of those of Postgres are not found.
	if _, err := pool.Exec("SET search_path = pg_temp, public; SET clinicql.as_of = '1999-01-01'"); err != nil {
		t.Fatal(err)
	}
	toldCells(t, pool, "patients", "{sex,age_band}", "{}", "{count,ageMedian,visitsPerPatient}")
}

// possible is the logarithm of the probability that a cell of so many patients is
// told as a multiple of five, or, where told is negative, is not told.
func possible(n, told int) float64 {
	const q = 1 / math.E
	mass := func(k int) float64 { return (1 - q) / (1 + q) * math.Pow(q, math.Abs(float64(k))) }
	sum, shown := 0.0, 0.0
	for k := -400; k <= 400; k++ {
		if p := n + k; n >= 11 && p >= 21 {
			shown += mass(k)
			if int(5*math.Round(float64(p)/5)) == told {
				sum += mass(k)
			}
		}
	}
	if told < 0 {
		return math.Log1p(-shown)
	}
	return math.Log(sum)
}

// Two questions that differ by one patient, in a world with and in one without
// that patient: whatever is answered can be answered in both, hardly less likely.
// Only that a cell of 11 is told at all cannot be answered in the other world, and
// that is less likely than one in 20,000.
func TestStats_pairs(t *testing.T) {
	t.Parallel()
	d := quick(t)
	random := rand.New(rand.NewPCG(2, 200))
	worst, told := 0.0, map[bool]int{}
	const bound = 1.01 // a bit more than e to the one, for each number
	for pair := range 200 {
		n := 2 + random.IntN(40)
		if pair%4 == 0 {
			n = []int{10, 11, 12, 15, 16, 20, 21, 22, 25, 26}[pair/4%10]
		}
		for _, with := range []bool{true, false} {
			tx, err := d.SQL.Beginx()
			if err != nil {
				t.Fatal(err)
			}
			there := n
			if !with {
				there--
			}
			// The patient is the only one at the second hour, who is in the first question and not in the second.
			fill(t, tx, [][]int{{n - 1, there - n + 1}})
			for _, question := range []struct {
				groups       string
				n, elsewhere int
			}{{"{sex}", there, 2*n - 1 - there}, {"{hour}", n - 1, n - 1}} {
				for _, c := range toldCells(t, tx, "appointments", question.groups, onAprilFools, "{distinctPatients}") {
					if c.Key[0] != "FEMALE" && c.Key[0] != "8" {
						continue
					}
					number := -1
					if c.Told != nil {
						fmt.Sscanf(*c.Told, `{"distinctPatients": %d}`, &number)
					}
					told[number >= 0]++
					here, elsewhere := possible(question.n, number), possible(question.elsewhere, number)
					worst = math.Max(worst, math.Abs(here-elsewhere))
					if math.IsInf(elsewhere, -1) || math.Abs(here-elsewhere) > bound {
						t.Errorf("%d patients are told as %d, by %.1f likelier than were there %d", question.n, number, here-elsewhere, question.elsewhere)
					}
				}
			}
			_ = tx.Rollback()
		}
	}
	t.Logf("no answer is more than e^%.2f times as likely in one world: %v told or not", worst, told)
	if told[true] < 100 || told[false] < 100 {
		t.Error("that is too little of something")
	}
	if p := math.Exp(math.Log1p(-math.Exp(possible(11, -1)))); p > 1.0/20_000 {
		t.Errorf("a cell of 11 patients is told with probability %v", p)
	}
}

// By other keys the numbers are others, spread as they are said to be; by the same
// key they are the same, however often and in whatever form they are asked for.
func TestStats_noise(t *testing.T) {
	t.Parallel()
	d := quick(t)
	tx, err := d.SQL.Beginx()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	fill(t, tx, [][]int{{22, 40}, {30, 50}})
	ask := func(groups, conditions, key string) string {
		for _, c := range toldCells(t, tx, "appointments", groups, conditions, "{distinctPatients}") {
			if strings.Join(c.Key, " ") == key && c.Told != nil {
				return *c.Told
			}
		}
		return "nothing"
	}
	seen := map[string]int{}
	const keys = 150
	for range keys {
		tx.MustExec("UPDATE stats.noise_keys SET value = sha256(value)")
		first := ask("{sex}", onAprilFools, "FEMALE")
		for _, same := range []string{
			ask("{sex}", onAprilFools, "FEMALE"), ask("{}", `{"until": "2026-04-01", "sex": "FEMALE", "from": "2026-03-01"}`, ""),
			ask("{sex,month}", onAprilFools, "FEMALE 2026-03-01"), ask("{month}", `{"from": "2026-03-01", "until": "2026-04-01", "sex": "FEMALE"}`, "2026-03-01"),
		} {
			if same != first && same != "nothing" {
				t.Fatalf("asked in another way %s becomes %s", first, same)
			}
		}
		seen[ask("{}", `{"from": "2026-03-01", "until": "2026-04-01", "sex": "MALE"}`, "")]++
	}
	for told, n := range seen {
		number := -1
		fmt.Sscanf(told, `{"distinctPatients": %d}`, &number)
		if expected := keys * math.Exp(possible(80, number)); math.Abs(float64(n)-expected) > 5*math.Sqrt(expected)+5 {
			t.Errorf("80 patients are told as %s %d times of %d, not some %.0f times", told, n, keys, expected)
		}
	}
	if len(seen) < 3 {
		t.Errorf("there is no noise: %v", seen)
	}
}

// What analysts may not ask is refused by name, before any SQL.
func TestStats_masked(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	name, id, at := "Beridze", db.NewID(db.KindPatient), time.Now()
	for denied, where := range map[string]*db.AppointmentWhere{
		"AppointmentWhere.patientId":    {PatientID: &db.IDFilter{Eq: &id}},
		"AppointmentWhere.reason":       {Reason: &db.StringFilter{Contains: &name}},
		"AppointmentWhere.id":           {ID: &db.IDFilter{Eq: &id}},
		"AppointmentWhere.or":           {Or: []*db.AppointmentWhere{{}}},
		"AppointmentWhere.not":          {Not: &db.AppointmentWhere{}},
		"AppointmentWhere.updatedAt":    {UpdatedAt: &db.DateTimeFilter{Gte: &at}},
		"PatientWhere.familyName":       {Patient: &db.PatientWhere{FamilyName: &db.StringFilter{Eq: &name}}},
		"PatientWhere.mrn":              {Patient: &db.PatientWhere{MRN: &db.StringFilter{Eq: &name}}},
		"PatientWhere.createdAt":        {Patient: &db.PatientWhere{CreatedAt: &db.DateTimeFilter{Gte: &at}}},
		"PatientWhere.hasMedicalRecord": {Patient: &db.PatientWhere{HasMedicalRecord: &db.MedicalRecordWhere{}}},
		"PractitionerWhere.familyName":  {Practitioner: &db.PractitionerWhere{FamilyName: &db.StringFilter{Eq: &name}}},
	} {
		_, err := d.AppointmentStats(analysing(t), db.StatsQuery{}, where)
		var forbidden *db.ForbiddenError
		if !errors.As(err, &forbidden) || len(forbidden.Names) != 1 || forbidden.Names[0] != denied {
			t.Errorf("%s: %v", denied, err)
		}
	}
	female, code := db.Female, "E11"
	month := func(s string) *time.Time { at, _ := time.Parse(time.RFC3339, s); return &at }
	asked := func(where *db.AppointmentWhere) error {
		page, err := d.AppointmentStats(analysing(t), db.StatsQuery{Measures: []string{"count"}}, where)
		if err == nil {
			_, err = page.Nodes(analysing(t))
		}
		return err
	}
	if err := asked(&db.AppointmentWhere{Patient: &db.PatientWhere{Sex: &db.EnumFilter[db.Sex]{Eq: &female}}, Practitioner: &db.PractitionerWhere{Specialty: &db.StringFilter{Eq: &code}},
		StartsAt: &db.DateTimeFilter{Gte: month("2026-02-28T20:00:00Z"), Lt: month("2026-03-31T20:00:00Z")}}); err != nil {
		t.Error(err)
	}
	for _, where := range []*db.AppointmentWhere{
		{StartsAt: &db.DateTimeFilter{Gte: month("2026-03-01T00:00:00Z"), Lt: month("2026-03-31T20:00:00Z")}}, {StartsAt: &db.DateTimeFilter{Gte: month("2026-02-28T20:00:00Z")}},
		{Type: &db.StringFilter{Contains: &code}}, {Type: &db.StringFilter{In: []string{"a", "b"}}}, {Type: &db.StringFilter{Eq: &code, StartsWith: &code}},
	} {
		var invalid *db.InvalidError
		if err := asked(where); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", where, err)
		}
	}
}

// The facts have every column of what they are of, so that every condition of a
// list holds for a statistic; and as many in the past.
func TestStats_factsHaveAllColumns(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var missing []string
	err := d.SQL.Select(&missing, `
		SELECT n.nspname || '.' || f.view || '.' || a.attname
		FROM (VALUES ('appointments', 'appointment_facts'), ('medical_records', 'record_facts'), ('patients', 'patient_facts')) f (name, view)
		JOIN pg_namespace n ON n.nspname IN ('public', 'asof')
		JOIN pg_attribute a ON a.attrelid = ('public.' || f.name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
		WHERE NOT EXISTS (SELECT FROM pg_attribute v WHERE v.attrelid = (n.nspname || '.' || f.view)::regclass AND v.attname = a.attname)`)
	if err != nil || missing != nil {
		t.Errorf("SELECT show_facts() is missing after a new column: %v (%v)", missing, err)
	}
}
