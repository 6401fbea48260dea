package db_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
)

// A solver that is told the exact number of each cell that is shown, and of each
// row and column, works none of those out that are not: it looks whether one of
// them follows from the equations. Without complementary suppression many do.
func TestStats_solver(t *testing.T) {
	t.Parallel()
	d := quick(t)
	random := rand.New(rand.NewPCG(5, 500))
	suppressed := 0
	try := func(t *testing.T, tables int) (recovered int) {
		for range tables {
			table := randomTable(random)
			shown := shownOf(t, d, table)
			table = whole(table)
			for i, row := range solve(table, shown) {
				for j, found := range row {
					if !shown[i][j] {
						suppressed++
					}
					if found {
						recovered++
					}
					if shown[i][j] && table[i][j] < 11 {
						t.Fatalf("a cell of %d patients is shown", table[i][j])
					}
				}
			}
		}
		return recovered
	}
	if recovered := try(t, 500); recovered > 0 {
		t.Errorf("%d of %d suppressed cells follow from rows and columns", recovered, suppressed)
	}
	t.Logf("of %d suppressed cells none was worked out", suppressed)
	var source string
	if err := d.SQL.Get(&source, "SELECT pg_get_functiondef('stats.cells'::regproc)"); err != nil {
		t.Fatal(err)
	}
	const complementary = "bool_and(t.is_many) OVER (PARTITION BY t.is_usable %21$s)"
	if !strings.Contains(source, complementary) {
		t.Fatal("there is no complementary suppression")
	}
	d.SQL.MustExec(strings.Replace(source, complementary, "t.is_many", 1))
	if recovered := try(t, 50); recovered == 0 {
		t.Error("without complementary suppression the solver finds nothing either: it is none")
	} else {
		t.Logf("without complementary suppression it works %d out", recovered)
	}
}

// randomTable holds patients by sex and hour, many or few, or none.
func randomTable(random *rand.Rand) [][]int {
	table := make([][]int, 2+random.IntN(3))
	columns := 3 + random.IntN(2)
	for i := range table {
		for range columns {
			n := 24 + random.IntN(8)
			if random.IntN(6) == 0 {
				n = random.IntN(14)
			}
			table[i] = append(table[i], n)
		}
	}
	return table
}

// whole is a table with the values that nobody has: analysts are not told which these are.
func whole(table [][]int) [][]int {
	all := make([][]int, 4)
	for i := range all {
		all[i] = make([]int, 24)
		if i < len(table) {
			copy(all[i][8:], table[i])
		}
	}
	return all
}

// shownOf says which cells of a table analysts are shown.
func shownOf(t *testing.T, d *dbtest.Database, table [][]int) [][]bool {
	t.Helper()
	tx, err := d.SQL.Beginx()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	fill(t, tx, table)
	shown := make([][]bool, 4)
	for i := range shown {
		shown[i] = make([]bool, 24)
	}
	for _, c := range toldCells(t, tx, "appointments", "{sex,hour}", onAprilFools, "{count}") {
		i := slices.Index([]string{"FEMALE", "MALE", "OTHER", "UNKNOWN"}, c.Key[0])
		hour := 0
		fmt.Sscan(c.Key[1], &hour)
		shown[i][hour] = c.Told != nil
	}
	return shown
}

// solve says which of the cells that are not shown follow from the sums of rows and
// columns: the elimination of an equation for each, over the rational numbers, of
// which the coefficients stay small.
func solve(table [][]int, shown [][]bool) [][]bool {
	rows, columns := len(table), len(table[0])
	index, unknown := map[[2]int]int{}, 0
	for i := range rows {
		for j := range columns {
			if !shown[i][j] {
				index[[2]int{i, j}] = unknown
				unknown++
			}
		}
	}
	var equations [][]float64
	for line := range rows + columns {
		e := make([]float64, unknown)
		for at, k := range index {
			if line < rows && at[0] == line || line >= rows && at[1] == line-rows {
				e[k] = 1
			}
		}
		equations = append(equations, e)
	}
	pivot := 0
	for k := 0; k < unknown && pivot < len(equations); k++ {
		for i := pivot; i < len(equations); i++ {
			if math.Abs(equations[i][k]) > 1e-9 {
				equations[pivot], equations[i] = equations[i], equations[pivot]
				break
			}
		}
		if math.Abs(equations[pivot][k]) < 1e-9 {
			continue
		}
		for i, e := range equations {
			if factor := e[k] / equations[pivot][k]; i != pivot && factor != 0 {
				for n := range e {
					e[n] -= factor * equations[pivot][n]
				}
			}
		}
		pivot++
	}
	found := make([][]bool, rows)
	for i := range found {
		found[i] = make([]bool, columns)
		for j := range columns {
			k, isUnknown := index[[2]int{i, j}]
			if !isUnknown {
				continue
			}
			for _, e := range equations {
				others := 0
				for n, v := range e {
					if n != k && math.Abs(v) > 1e-9 {
						others++
					}
				}
				found[i][j] = found[i][j] || others == 0 && math.Abs(e[k]) > 1e-9
			}
		}
	}
	return found
}
