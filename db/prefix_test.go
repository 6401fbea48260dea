package db_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/lib/pq"
)

// What begins with a text, and nothing else, lies between it and what comes after all
// that do, by code points.
func TestAfterAll(t *testing.T) {
	t.Parallel()
	for prefix, want := range map[string]string{
		"": "", "ber": "bes", "z": "{", "ბერ": "ბეს", "ა\U0010FFFF": "ბ", "\U0010FFFF": "", "\U0010FFFF\U0010FFFF": "", "a\uD7FF": "a\uE000",
	} {
		if got := db.AfterAll(prefix); got != want {
			t.Errorf("after all that begin with %q comes %q, want %q", prefix, got, want)
		}
	}
	letters := []rune{'a', 'b', 'z', '{', 'ჰ', '힣', 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFE, 0x10FFFF}
	word := func() string {
		w := make([]rune, rand.IntN(5))
		for i := range w {
			w[i] = letters[rand.IntN(len(letters))]
		}
		return string(w)
	}
	for range 100_000 {
		prefix, text := word(), word()
		end := db.AfterAll(prefix)
		if between := text >= prefix && (end == "" || text < end); between != strings.HasPrefix(text, prefix) {
			t.Fatalf("%q lies between %q and %q: %t", text, prefix, end, between)
		}
	}
}

func TestPatients_startsWith(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	register(t, d,
		sought{given: "A", family: "Ber"}, sought{given: "B", family: "Beridze"}, sought{given: "C", family: "ბერიძე"}, sought{given: "D", family: "Berzzzzzzzzzzzzzzzzzzzzzzzzz"},
		sought{given: "E", family: "Berя"}, sought{given: "F", family: "Ber\U0002CEA1"}, sought{given: "G", family: "Ber Berov"}, sought{given: "H", family: "Bes"}, sought{given: "I", family: "Beq"},
		sought{given: "J", family: "Bér"}, sought{given: "K", family: "O Ber"},
	)
	for prefix, want := range map[string]string{"ber": "AGBCDEFJ", "BÉR": "AGBCDEFJ", "ბერ": "AGBCDEFJ", "ber ": "AGBCDEFJ", "berя": "E", "ber\U0002CEA1": "F", "bez": "", "": "IAJGBCDEFHK", "%": "IAJGBCDEFHK"} {
		c, err := d.Patients(acting(t), db.Page{}, &db.PatientWhere{FamilyName: &db.StringFilter{StartsWith: &prefix}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := c.Nodes(acting(t))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range rows {
			got += *p.GivenName
		}
		if sorted(got) != sorted(want) {
			t.Errorf("%q begins the names of %q, want %q", prefix, got, want)
		}
	}
}

// What is asked for besides a beginning, or a part, decides on the plan, and the planner sees it all.
func TestPatients_namesHidden(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	begun, part, short := &db.StringFilter{StartsWith: new("ber")}, &db.StringFilter{Contains: new("eri")}, &db.StringFilter{Contains: new("er")}
	for name, c := range map[string]struct {
		where    db.PatientWhere
		isHidden bool
	}{
		"beginning":                {db.PatientWhere{FamilyName: begun}, true},
		"beginning and given name": {db.PatientWhere{FamilyName: begun, GivenName: begun}, false},
		"beginning of given name":  {db.PatientWhere{GivenName: begun}, false}, // in the order of family names
		"beginning of either":      {db.PatientWhere{Or: []*db.PatientWhere{{FamilyName: begun}, {GivenName: begun}}}, false},
		"part":                     {db.PatientWhere{FamilyName: part}, true},
		"part without trigrams":    {db.PatientWhere{FamilyName: short}, false},
		"part and e-mail":          {db.PatientWhere{FamilyName: part, Email: begun}, false},
		"beginning with a part":    {db.PatientWhere{FamilyName: &db.StringFilter{StartsWith: begun.StartsWith, Contains: part.Contains}}, false},
	} {
		query, _, err := db.PatientsWhere(acting(t), d.DB, db.Page{}, &c.where)
		if err != nil {
			t.Fatal(err)
		}
		if isHidden := strings.Contains(query, "(SELECT $"); isHidden != c.isHidden {
			t.Errorf("%s: what is looked for is hidden: %t\n%s", name, isHidden, query)
		}
	}
}

func sorted(letters string) string {
	all := strings.Split(letters, "")
	slices.Sort(all)
	return strings.Join(all, "")
}

// manyPatients has 20,000 patients of 4,000 family names, some of them common, and of
// 40 given names.
func manyPatients(t *testing.T) *dbtest.Database {
	t.Helper()
	d := dbtest.New(t)
	d.SQL.MustExec(`
		INSERT INTO patients (id, mrn, given_name, family_name, birth_date_precision, sex, family_key, given_key, search_words)
		SELECT overlay(gen_random_uuid()::text PLACING '03' FROM 35)::uuid, 'C' || 10000000 + n, g, f, 'UNKNOWN', 'UNKNOWN', f, g, ARRAY[g, f]
		FROM generate_series(1, 20000) n,
			LATERAL (SELECT CASE WHEN n % 4 = 0 THEN (ARRAY['beridze', 'bera', 'ninidze', 'kapanadze', 'kap'])[1 + n / 4 % 5] ELSE 'k' || substr(md5((n % 4000)::text), 1, 5) END AS f,
				(ARRAY['nino', 'nini', 'ana', 'giorgi', 'berdia'])[1 + n % 5] || CASE WHEN n % 3 = 0 THEN '' ELSE chr(97 + n % 8) END AS g) names`)
	d.SQL.MustExec("VACUUM ANALYZE patients, patient_words, history.patients, history.patient_words")
	return d
}

// Names that begin alike are found between two places of an index, and where they are
// many a search looks at nothing else.
func TestBeginnings(t *testing.T) {
	t.Parallel()
	d := manyPatients(t)
	now := auth.WithActor(t.Context(), auth.Actor{Name: "desk", Role: auth.Receptionist, UserID: db.NewID(db.KindUser)})

	t.Run("run along an index", func(t *testing.T) {
		past, err := db.AsOf(now, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		plan := func(schema, query string, args []any) string {
			t.Helper()
			tx := d.SQL.MustBegin()
			defer tx.Rollback()
			tx.MustExec("SET LOCAL search_path = " + schema)
			tx.MustExec("SET LOCAL clinicql.as_of = '" + time.Now().UTC().Format(time.RFC3339) + "'")
			tx.MustExec("SET LOCAL plan_cache_mode = force_generic_plan") // as for what is prepared: LIKE has no bounds then
			tx.MustExec("PREPARE listed AS " + query)
			defer tx.MustExec("DEALLOCATE listed")
			values := make([]string, len(args))
			for i, a := range args {
				values[i] = pq.QuoteLiteral(fmt.Sprint(a))
			}
			var lines []string
			if err := tx.Select(&lines, "EXPLAIN (COSTS OFF) EXECUTE listed("+strings.Join(values, ", ")+")"); err != nil {
				t.Fatal(err)
			}
			return strings.Join(lines, "\n")
		}
		prefix, ten := "ber", int32(10)
		for name, where := range map[string]*db.PatientWhere{
			"family_key": {FamilyName: &db.StringFilter{StartsWith: &prefix}},
			"given_key":  {GivenName: &db.StringFilter{StartsWith: &prefix}},
		} {
			query, args, err := db.PatientsWhere(now, d.DB, db.Page{First: &ten}, where)
			if err != nil {
				t.Fatal(err)
			}
			bounds := regexp.MustCompile(fmt.Sprintf(`Index Cond: \(\(%[1]s >= .+\) AND \(%[1]s < .+\)\)`, name))
			got := plan("public", query, args)
			if !bounds.MatchString(got) || name == "family_key" && strings.Contains(got, "Sort") {
				t.Errorf("a page by %s:\n%s", name, got)
			}
			if name == "family_key" {
				query, args, err = db.PatientsWhere(past, d.DB, db.Page{First: &ten}, where)
				if err != nil {
					t.Fatal(err)
				}
				if got := plan("asof, public", query, args); !bounds.MatchString(got) {
					t.Errorf("a page of the past:\n%s", got)
				}
			}
		}
		query, args := db.BegunSearch(now, prefix)
		got := plan("public", query, args)
		for _, index := range []string{"patients_by_name", "patients_by_given_name"} {
			if !strings.Contains(got, "Index Only Scan using "+index+" ") || strings.Contains(got, "Sort") {
				t.Errorf("a search:\n%s", got)
			}
		}
	})

	t.Run("find what all steps of a search do", func(t *testing.T) {
		shorter := 0
		for _, word := range []string{"be", "ber", "bera", "berid", "beridze", "beridzex", "ni", "nin", "nini", "nino", "ninoa", "ninidze", "ka", "kap", "kapa", "kapanadze", "k1", "kc", "gio", "giorgi", "an", "ana", "berdia", "berd", "zz"} {
			all, short, err := db.SearchSteps(now, d.DB, word)
			if err != nil {
				t.Fatal(err)
			}
			if short == nil {
				continue
			}
			shorter++
			if !slices.Equal(all, short) {
				t.Errorf("%q finds %d as all steps do, and then others: %.300q, %.300q", word, len(short), all, short)
			}
		}
		if shorter < 8 {
			t.Errorf("the short way is gone %d times", shorter)
		}
	})
}
