package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// A sought patient is registered with what a search can find.
type sought struct{ given, family, birth, phone, identifier string }

// register adds people and returns their ids and record numbers, by their names.
func register(t *testing.T, d *dbtest.Database, people ...sought) map[string]*db.Patient {
	t.Helper()
	ctx := auth.WithActor(t.Context(), auth.SystemActor("test"))
	registered := map[string]*db.Patient{}
	for _, p := range people {
		row := &db.Patient{Sex: db.UnknownSex, BirthDatePrecision: db.UnknownPrecision}
		if p.given != "" {
			row.GivenName = &p.given
		}
		if p.family != "" {
			row.FamilyName = &p.family
		}
		if p.phone != "" {
			row.Phone = &p.phone
		}
		if p.birth != "" {
			day, precision, _ := strings.Cut(p.birth, " ")
			born := db.Date(day)
			row.BirthDate, row.BirthDatePrecision = &born, db.DatePrecision(strings.TrimSpace(precision))
			if precision == "" {
				row.BirthDatePrecision = db.DayPrecision
			}
		}
		if p.identifier != "" {
			row.Identifiers = db.Identifiers{{System: "https://national-id.example", Value: p.identifier}}
		}
		created, err := d.CreatePatient(ctx, &db.Registration{Patient: *row})
		if err != nil {
			t.Fatal(err)
		}
		registered[created.DisplayName()] = created
	}
	return registered
}

func search(t *testing.T, d *db.DB, words string) *db.PatientSearchConnection {
	t.Helper()
	found, err := d.SearchPatients(acting(t), words, db.Page{})
	if err != nil {
		t.Fatalf("%q: %v", words, err)
	}
	return found
}

func names(c *db.PatientSearchConnection) []string {
	all := []string{}
	for _, p := range c.Nodes() {
		all = append(all, p.DisplayName())
	}
	return all
}

func TestSearchPatients(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := seed.Run(context.Background(), d.DB, seed.Options{Patients: 500, Seed: 7}); err != nil {
		t.Fatal(err)
	}
	registered := register(t, d,
		sought{"გიორგი", "ფიროსმანაშვილი", "1990-02-01", "+995 555 71 34 56", "61001090801"},
		sought{"Nino", "Kvitsaridze", "1985-11-30", "599 00 77 88", "AB-778899"},
		sought{"Zoë", "O'Halloran-Smythe", "2001-07-04 MONTH", "+44 20 7946 0991", ""},
		sought{"Jürgen", "Weißbröd", "1960-01-01 YEAR", "", ""},
		sought{"Szymon", "Łęski", "", "", ""},
		sought{"Sukarnoputri", "", "1947-01-23", "", ""},
		sought{"ხვიჩა", "ყარყარაშვილი", "1999-12-31", "", ""},
	)
	piro, nino := registered["გიორგი ფიროსმანაშვილი"], registered["Nino Kvitsaridze"]

	for _, c := range []struct{ claim, words, who string }{
		{"both names", "გიორგი ფიროსმანაშვილი", "გიორგი ფიროსმანაშვილი"},
		{"names in the other order", "ფიროსმანაშვილი გიორგი", "გიორგი ფიროსმანაშვილი"},
		{"the other script", "giorgi pirosmanashvili", "გიორგი ფიროსმანაშვილი"},
		{"Georgian for a Latin name", "ნინო კვიცარიძე", "Nino Kvitsaridze"},
		{"both scripts at once", "ნინო kvitsaridze", "Nino Kvitsaridze"},
		{"Mtavruli capitals", "ᲤᲘᲠᲝᲡᲛᲐᲜᲐᲨᲕᲘᲚᲘ", "გიორგი ფიროსმანაშვილი"},
		{"Latin capitals", "KVITSARIDZE", "Nino Kvitsaridze"},
		{"accents that are not there", "kvítsäridzé", "Nino Kvitsaridze"},
		{"accents that are left out", "zoe", "Zoë O'Halloran-Smythe"},
		{"letters that have no accent", "weissbrod", "Jürgen Weißbröd"},
		{"a barred l", "leski szymon", "Szymon Łęski"},
		{"one half of a double name", "smythe", "Zoë O'Halloran-Smythe"},
		{"an apostrophe left out", "ohalloran", "Zoë O'Halloran-Smythe"},
		{"a name of one word", "sukarnoputri", "Sukarnoputri"},
		{"the beginning of a name", "kvits", "Nino Kvitsaridze"},
		{"beginnings of both names", "ni kvi", "Nino Kvitsaridze"},
		{"an initial", "n. kvitsaridze", "Nino Kvitsaridze"},
		{"a letter too few", "kvitsaride", "Nino Kvitsaridze"},
		{"a letter too many", "kvitsarridze", "Nino Kvitsaridze"},
		{"a wrong letter", "kvitsaritze", "Nino Kvitsaridze"},
		{"a wrong first letter", "gvitsaridze", "Nino Kvitsaridze"},
		{"two letters swapped", "kvitasridze", "Nino Kvitsaridze"},
		{"the first letters swapped", "vkitsaridze", "Nino Kvitsaridze"},
		{"two wrong letters", "kvitzaritze", "Nino Kvitsaridze"},
		{"a short name with letters swapped", "nnio kvitsaridze", "Nino Kvitsaridze"},
		{"another romanisation", "xvicha karkarashvili", "ხვიჩა ყარყარაშვილი"},
		{"q for ყ", "qarqarashvili", "ხვიჩა ყარყარაშვილი"},
		{"a record number", piro.MRN, "გიორგი ფიროსმანაშვილი"},
		{"a record number in small letters", strings.ToLower(piro.MRN), "გიორგი ფიროსმანაშვილი"},
		{"a record number without its letter", piro.MRN[1:], "გიორგი ფიროსმანაშვილი"},
		{"the end of a record number", piro.MRN[len(piro.MRN)-4:], "გიორგი ფიროსმანაშვილი"},
		{"a telephone", "+995 555 71 34 56", "გიორგი ფიროსმანაშვილი"},
		{"a telephone as said at home", "555713456", "გიორგი ფიროსმანაშვილი"},
		{"a telephone dialled from abroad", "00995555713456", "გიორგი ფიროსმანაშვილი"},
		{"the end of a telephone", "3456", "გიორგი ფიროსმანაშვილი"},
		{"the end of a telephone in groups", "0077-88", "Nino Kvitsaridze"},
		{"an identifier", "61001090801", "გიორგი ფიროსმანაშვილი"},
		{"an identifier with letters", "ab-778899", "Nino Kvitsaridze"},
		{"a birth date", "1990-02-01", "გიორგი ფიროსმანაშვილი"},
		{"a birth date with dots", "01.02.1990", "გიორგი ფიროსმანაშვილი"},
		{"a birth date with slashes", "1/2/1990", "გიორგი ფიროსმანაშვილი"},
		{"a birth date with hyphens", "01-02-1990", "გიორგი ფიროსმანაშვილი"},
		{"a day of a month that is all we know", "2001-07-19", "Zoë O'Halloran-Smythe"},
		{"a day of a year that is all we know", "weißbröd 20.4.1960", "Jürgen Weißbröd"},
		{"a name and a birth date", "pirosmanashvili 1990-02-01", "გიორგი ფიროსმანაშვილი"},
		{"a name and a telephone's end", "nino 7788", "Nino Kvitsaridze"},
		{"a name, a comma and more", "Kvitsaridze, Nino; 30.11.1985", "Nino Kvitsaridze"},
	} {
		t.Run("finds by "+c.claim, func(t *testing.T) {
			found := names(search(t, d.DB, c.words))
			if !slices.Contains(found[:min(3, len(found))], c.who) {
				t.Errorf("%q finds %q", c.words, found)
			}
		})
	}

	for _, c := range []struct{ claim, words string }{
		{"a name of nobody", "zzyzxq"},
		{"a name of nobody beside one of somebody", "nino zzyzxq"},
		{"a birth date that does not fit the name", "pirosmanashvili 1990-02-02"},
		{"a day that does not exist", "kvitsaridze 31.02.1985"},
		{"percent and underscore", "%_"},
		{"dots", "..."},
		{"three digits of a telephone", "788"},
	} {
		t.Run("finds nobody by "+c.claim, func(t *testing.T) {
			if found := search(t, d.DB, c.words); len(found.Edges) > 0 || found.TotalCount != 0 || cursor(t, found.PageInfo.EndCursor) != nil {
				t.Errorf("%q finds %q", c.words, names(found))
			}
		})
	}

	for _, c := range []struct {
		words string
		want  []db.PatientMatch
	}{
		{"nino kvitsaridze", []db.PatientMatch{db.MatchName}},
		{"ni kvitsaridze", []db.PatientMatch{db.MatchNamePrefix, db.MatchName}},
		{"kvitasridze", []db.PatientMatch{db.MatchNameSimilar}},
		{nino.MRN, []db.PatientMatch{db.MatchMRN}},
		{"nino 007788", []db.PatientMatch{db.MatchName, db.MatchPhone}},
		{"AB-778899", []db.PatientMatch{db.MatchIdentifier}},
		{"1985-11-30 kvitsaridze", []db.PatientMatch{db.MatchBirthDate, db.MatchName}},
	} {
		t.Run("says what fitted "+c.words, func(t *testing.T) {
			found := search(t, d.DB, c.words)
			i := slices.IndexFunc(found.Edges, func(e *db.PatientSearchEdge) bool { return e.Node.ID == nino.ID })
			if i < 0 || !slices.Equal(found.Edges[i].MatchedOn, c.want) {
				t.Errorf("%q: found at %d, %+v", c.words, i, found.Edges)
			}
		})
	}

	t.Run("leaves archived patients out", func(t *testing.T) {
		ctx := auth.WithActor(t.Context(), auth.SystemActor("test"))
		leski := registered["Szymon Łęski"]
		if _, err := d.ArchivePatient(ctx, leski.ID, leski.Version, "moved away"); err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{"łęski", "les", "lseki", leski.MRN} {
			if found := names(search(t, d.DB, words)); slices.Contains(found, "Szymon Łęski") {
				t.Errorf("%q finds %q", words, found)
			}
		}
	})
	t.Run("takes a constant number of statements, nested fields included", func(t *testing.T) {
		var stats db.Stats
		ctx := db.WithStats(acting(t), &stats)
		found, err := d.SearchPatients(ctx, "gi", db.Page{})
		if err != nil || len(found.Edges) < 10 {
			t.Fatalf("%d found, %v", len(found.Edges), err)
		}
		for _, p := range found.Nodes() {
			if _, err := p.LastVisit(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if n := stats.Statements.Load(); n != 5 {
			t.Errorf("%d statements, want 4 and one for all visits", n)
		}
	})
	for words, code := range map[string]db.ProblemCode{
		"": db.TooShort, " a ": db.TooShort, "ბ": db.TooShort,
		strings.Repeat("ბ", 101): db.TooLong,
	} {
		t.Run(fmt.Sprintf("refuses %d bytes", len(words)), func(t *testing.T) {
			_, err := d.SearchPatients(acting(t), words, db.Page{})
			refused(t, err, "query", code)
		})
	}
	t.Run("takes 100 Georgian letters", func(t *testing.T) { search(t, d.DB, strings.Repeat("ბა ", 33)) })
}

func refused(t *testing.T, err error, field string, code db.ProblemCode) {
	t.Helper()
	var invalid *db.InvalidError
	if !errors.As(err, &invalid) || invalid.Problems[0].Code != code || db.PathText(invalid.Problems[0].Path) != field {
		t.Errorf("got %v, want %s of %s", err, code, field)
	}
}

// swapCase changes a character of a cursor.
func swapCase(s string) string {
	if lower := strings.ToLower(s); lower != s {
		return lower
	}
	if upper := strings.ToUpper(s); upper != s {
		return upper
	}
	return "x"
}

func TestSearchPatients_order(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	register(t, d,
		sought{given: "Beka", family: "Zarandia"}, sought{given: "Ana", family: "Bek"}, sought{given: "Bekari", family: "Adamia"},
		sought{given: "Zura", family: "Bekauri"}, sought{given: "Nana", family: "Becka"}, sought{given: "Beka", family: "Adamia"},
	)
	for words, want := range map[string][]string{
		// Exact ones, by family name; then beginnings, family names and short ones first; then errors.
		"beka": {"Beka Adamia", "Beka Zarandia", "Zura Bekauri", "Bekari Adamia", "Nana Becka", "Ana Bek"},
		"bek":  {"Ana Bek", "Zura Bekauri", "Beka Adamia", "Beka Zarandia", "Bekari Adamia"},
		// The order of the words does not matter, and all of them must fit.
		"beka ad": {"Beka Adamia", "Bekari Adamia"}, "ad beka": {"Beka Adamia", "Bekari Adamia"},
	} {
		got := names(search(t, d.DB, words))
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
	t.Run("gives scores that never rise", func(t *testing.T) {
		last := 1.0
		for _, e := range search(t, d.DB, "beka").Edges {
			if e.Score > last || e.Score <= 0 {
				t.Errorf("%s: %v after %v", e.Node.DisplayName(), e.Score, last)
			}
			last = e.Score
		}
	})
	t.Run("orders namesakes the same each time", func(t *testing.T) {
		first := search(t, d.DB, "adamia")
		for range 5 {
			if again := search(t, d.DB, "adamia"); again.Edges[0].Node.ID != first.Edges[0].Node.ID {
				t.Error("the order changed")
			}
		}
	})
}

// cursor returns a cursor of a page, nil where it has no rows.
func cursor(t testing.TB, of func() (*string, error)) *string {
	t.Helper()
	made, err := of()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestSearchPatients_pages(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := seed.Run(context.Background(), d.DB, seed.Options{Patients: 2000, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	page := func(words string, first int32, after *string) *db.PatientSearchConnection {
		t.Helper()
		c, err := d.SearchPatients(acting(t), words, db.Page{First: &first, After: after})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}

	t.Run("hold at most 200 together, each once", func(t *testing.T) {
		seen := map[string]bool{}
		var after *string
		for n := 0; ; n++ {
			c := page("ni", 33, after)
			if c.TotalCount != 200 || c.PageInfo.HasPreviousPage != (n > 0) || c.PageInfo.HasNextPage != (n < 6) {
				t.Fatalf("page %d: %d in all, %+v", n, c.TotalCount, c.PageInfo)
			}
			for _, p := range c.Nodes() {
				if seen[p.MRN] {
					t.Fatalf("%s is on two pages", p.MRN)
				}
				seen[p.MRN] = true
			}
			if after = cursor(t, c.PageInfo.EndCursor); !c.PageInfo.HasNextPage {
				break
			}
		}
		if len(seen) != 200 {
			t.Errorf("%d seen", len(seen))
		}
	})
	t.Run("run backwards as they do forwards", func(t *testing.T) {
		all := page("ni", 100, nil)
		var behind []string
		size := int32(33)
		var before *string
		for range 10 {
			c, err := d.SearchPatients(acting(t), "ni", db.Page{Last: &size, Before: before})
			if err != nil {
				t.Fatal(err)
			}
			var mrns []string
			for _, n := range c.Nodes() {
				mrns = append(mrns, n.MRN)
			}
			behind = append(mrns, behind...)
			if before = cursor(t, c.PageInfo.StartCursor); !c.PageInfo.HasPreviousPage {
				break
			}
		}
		for i, n := range all.Nodes() {
			if i >= len(behind) || behind[i] != n.MRN {
				t.Fatalf("place %d of %d is another one backwards", i, len(behind))
			}
		}
		if len(behind) != int(all.TotalCount) {
			t.Errorf("%d backwards, %d in all", len(behind), all.TotalCount)
		}
	})
	t.Run("go on after the same patient when others come", func(t *testing.T) {
		first := page("mariam", 5, nil)
		want := page("mariam", 6, nil).Nodes()[5]
		register(t, d, sought{given: "Mariam", family: "Aaaa"})
		if got := page("mariam", 1, cursor(t, first.PageInfo.EndCursor)).Nodes()[0]; got.ID != want.ID {
			t.Errorf("got %s, want %s", got.MRN, want.MRN)
		}
	})
	t.Run("go on at the same place when the patient has gone", func(t *testing.T) {
		first := page("tamar", 3, nil)
		want := page("tamar", 4, nil).Nodes()[3]
		d.SQL.MustExec("UPDATE patients SET archived_at = now(), archive_reason = 'test' WHERE id = $1", first.Nodes()[2].ID)
		if got := page("tamar", 1, cursor(t, first.PageInfo.EndCursor)).Nodes()[0]; got.ID != want.ID {
			t.Errorf("got %s, want %s", got.MRN, want.MRN)
		}
	})
	t.Run("refuse a cursor of another search", func(t *testing.T) {
		own := *cursor(t, page("mariam", 5, nil).PageInfo.EndCursor)
		list, err := d.Patients(acting(t), db.Page{}, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		info, err := list.PageInfo(acting(t))
		if err != nil {
			t.Fatal(err)
		}
		edited := own[:30] + swapCase(own[30:31]) + own[31:]
		for _, c := range []struct{ words, cursor string }{
			{"ana", own}, {"mariam", *cursor(t, info.EndCursor)}, {"mariam", edited}, {"mariam", ""}, {"mariam", own[:20]},
		} {
			_, err := d.SearchPatients(acting(t), c.words, db.Page{After: &c.cursor})
			refused(t, err, "after", db.BadCursor)
		}
	})
	t.Run("hide what the cursor holds", func(t *testing.T) {
		c := page("mariam", 1, nil)
		if strings.Contains(c.Edges[0].Cursor, c.Nodes()[0].ID.String()) {
			t.Error("the id shows")
		}
	})
	for _, n := range []int32{0, -1, 101} {
		t.Run(fmt.Sprintf("refuse a size of %d", n), func(t *testing.T) {
			_, err := d.SearchPatients(acting(t), "mariam", db.Page{First: &n})
			refused(t, err, "first", db.OutOfRange)
		})
	}
}
