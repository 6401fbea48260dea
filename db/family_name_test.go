package db_test

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// Parts of names that nobody has, few, many and all, and what LIKE would take for a pattern.
var partsOfNames = []string{"zzz", "k1", "a2b", "apan", "ERI", "ბერ", "id", "a", "k", "%", "_", "0%", "e d", " ", ""}

// Whoever is found by a part of their family name is whom a look at all patients finds, in
// each order, direction and lens, with each other condition, and the pages follow each other.
func TestPatients_contains(t *testing.T) {
	t.Parallel()
	d := manyPatients(t)
	d.SQL.MustExec("DELETE FROM patients WHERE abs(hashtext(id::text)) % 150 > 0") // some 130 are enough
	for _, family := range []string{"Mac Donald", "Ber Idze", "100%", "O_Neil"} {
		register(t, d, sought{given: "Ana", family: family})
	}
	desk := auth.WithActor(t.Context(), auth.Actor{Name: "desk", Role: auth.Receptionist, UserID: db.NewID(db.KindUser)})
	registered := time.Now()
	d.SQL.MustExec("UPDATE patients SET family_key = 'zurabi', family_name = 'Zurabi' WHERE family_key = 'ninidze'")
	past, err := db.AsOf(desk, registered)
	if err != nil {
		t.Fatal(err)
	}
	sex, archived := db.UnknownSex, false
	for lens, ctx := range map[string]context.Context{"now": desk, "past": past} {
		everybody := walk(t, ctx, d, nil, nil, 100, false)
		for _, part := range partsOfNames {
			for name, orders := range map[string][]*db.Order{
				"usual": nil, "down": {{Field: "FAMILY_NAME", Direction: db.Descending}}, "mixed": {{Field: "FAMILY_NAME"}, {Field: "BIRTH_DATE", Direction: db.Descending}}, "given": {{Field: "GIVEN_NAME"}},
			} {
				ordered := everybody
				if orders != nil {
					ordered = walk(t, ctx, d, nil, orders, 100, false)
				}
				var want []*db.Patient
				for _, p := range ordered {
					if strings.Contains(p.FamilyKey, db.Fold(part)) {
						want = append(want, p)
					}
				}
				where := &db.PatientWhere{FamilyName: &db.StringFilter{Contains: &part}, Sex: &db.SexFilter{Eq: &sex}, IsArchived: &archived}
				for _, backward := range []bool{false, true} {
					got := walk(t, ctx, d, where, orders, 7, backward)
					if !slices.EqualFunc(got, want, func(a, b *db.Patient) bool { return a.ID == b.ID }) {
						t.Errorf("%s, %s, backward %t: %q finds %d, want %d", lens, name, backward, part, len(got), len(want))
					}
				}
				c, err := d.Patients(ctx, db.Page{}, where, orders)
				if err != nil {
					t.Fatal(err)
				}
				if n, err := c.TotalCount(ctx); err != nil || int(*n) != len(want) {
					t.Errorf("%s: %q counts %v (%v), want %d", lens, part, n, err, len(want))
				}
			}
		}
	}
}

// walk reads all pages of a list, and returns its rows in the order of the list.
func walk(t *testing.T, ctx context.Context, d *dbtest.Database, where *db.PatientWhere, orders []*db.Order, size int32, backward bool) (all []*db.Patient) {
	t.Helper()
	page := db.Page{First: &size}
	if backward {
		page = db.Page{Last: &size}
	}
	for range 1000 {
		c, err := d.Patients(ctx, page, where, orders)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := c.Nodes(ctx)
		if err != nil {
			t.Fatal(err)
		}
		info, err := c.PageInfo(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if backward {
			all = append(slices.Clone(rows), all...)
			page.Before = cursor(t, info.StartCursor)
		} else {
			all = append(all, rows...)
			page.After = cursor(t, info.EndCursor)
		}
		if !info.HasNextPage && !backward || !info.HasPreviousPage && backward {
			return all
		}
	}
	t.Fatal("the pages do not end")
	return nil
}

var hits = regexp.MustCompile(`Buffers: shared (?:hit=(\d+))?(?: ?read=(\d+))?`)

// A page by a part of the family name reads little whether few or many have it, wherever in
// the order of names they are.
func TestPatients_containsReadsLittle(t *testing.T) {
	t.Parallel()
	d := manyPatients(t)
	d.SQL.MustExec("VACUUM ANALYZE family_names")
	desk := auth.WithActor(t.Context(), auth.Actor{Name: "desk", Role: auth.Receptionist, UserID: db.NewID(db.KindUser)})
	twenty := int32(20)
	for _, part := range []string{"zzz", "nini", "panad", "erid", "k1", "3f", "0", "a", "k"} {
		query, args, err := db.PatientsWhere(desk, d.DB, db.Page{First: &twenty}, &db.PatientWhere{FamilyName: &db.StringFilter{Contains: &part}})
		if err != nil {
			t.Fatal(err)
		}
		for _, cost := range []string{"1.1", "4"} { // of our own Postgres, and of others as they come
			tx := d.Pool("reception").MustBegin()
			tx.MustExec("SET LOCAL random_page_cost = " + cost)
			var lines []string
			if err := tx.Select(&lines, "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) "+query, args...); err != nil {
				t.Fatal(err)
			}
			_ = tx.Rollback()
			plan := strings.Join(lines, "\n")
			read := 0
			for _, n := range hits.FindStringSubmatch(plan)[1:] { // the first line of them is of all
				pages, _ := strconv.Atoi(n)
				read += pages
			}
			if read == 0 || read > 200 {
				t.Errorf("%q reads %d pages where one costs %s:\n%s", part, read, cost, plan)
			}
		}
	}
}
