package db

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A statsList is the order of the cells of an answer, and the page of them that
// is asked for. An answer is small, so it is ordered here.
type statsList struct {
	db            *DB
	asked         *statsAsked
	size          int
	backward      bool
	after, before *statsPlace
}

// A statsPlace is where a cell stands: by the measures of the order, then by its key.
type statsPlace struct {
	Suppressed bool
	Values     []*float64
	Key        []string
}

func newStatsList(ctx context.Context, d *DB, a *statsAsked) (*statsList, error) {
	l := &statsList{db: d, asked: a}
	var err error
	if l.size, l.backward, err = a.Page.size(); err != nil {
		return nil, err
	}
	if err = d.loadCursorKey(ctx); err != nil {
		return nil, err
	}
	if l.after, err = l.open("after", a.Page.After); err != nil {
		return nil, err
	}
	l.before, err = l.open("before", a.Page.Before)
	return l, err
}

// compare orders places: suppressed cells come last in the order of their keys,
// and so do those without a value in theirs, whichever way an order runs.
func (l *statsList) compare(a, b *statsPlace) int {
	if a.Suppressed != b.Suppressed {
		if a.Suppressed {
			return 1
		}
		return -1
	}
	byKey := 1
	n := 0
	for _, o := range l.asked.OrderBy {
		sign := 1
		if o.Direction == Descending {
			sign = -1
		}
		if o.Field == "KEY" {
			byKey = sign
			break // nothing is equal after this
		}
		x, y := a.Values[n], b.Values[n]
		n++
		if c := compareValues(x, y, sign); c != 0 {
			return c
		}
	}
	if a.Suppressed {
		byKey = 1
	}
	return byKey * slices.CompareFunc(a.Key, b.Key, compareParts)
}

func compareValues(x, y *float64, sign int) int {
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return 1
	case y == nil:
		return -1
	}
	return sign * cmp.Compare(*x, *y)
}

// compareParts orders whole numbers by what they count, before all else; nothing comes last.
func compareParts(x, y string) int {
	if (x == "") != (y == "") {
		if x == "" {
			return 1
		}
		return -1
	}
	switch n, m := isNumber(x), isNumber(y); {
	case n && !m:
		return -1
	case m && !n:
		return 1
	case n && len(x) != len(y):
		return cmp.Compare(len(x), len(y))
	}
	return cmp.Compare(x, y)
}

func isNumber(part string) bool { return strings.Trim(part, "0123456789") == "" }

func (l *statsList) placeOf(c *StatsCell) *statsPlace {
	p := &statsPlace{Suppressed: c.IsSuppressed, Key: c.Key.values}
	for _, o := range l.asked.OrderBy {
		if o.Field != "KEY" {
			p.Values = append(p.Values, c.values[measureOf(o.Field)])
		}
	}
	return p
}

func (l *statsList) sort(cells []*StatsCell) {
	for _, c := range cells {
		c.place = l.placeOf(c)
	}
	slices.SortFunc(cells, func(a, b *StatsCell) int { return l.compare(a.place, b.place) })
}

// page returns the page of the sorted cells.
func (l *statsList) page(all []*StatsCell) *page[StatsCell] {
	rows := slices.DeleteFunc(slices.Clone(all), func(c *StatsCell) bool {
		return l.after != nil && l.compare(c.place, l.after) <= 0 || l.before != nil && l.compare(c.place, l.before) >= 0
	})
	rows, info := cut(rows, l.size, l.backward, l.after != nil, l.before != nil)
	return &page[StatsCell]{rows: rows, info: info, cursor: l.cursor}
}

// binding names what a cursor is bound to: the statistic, its groups and its order.
func (l *statsList) binding() []byte {
	text := fmt.Sprint("stats ", l.asked.name, l.asked.GroupBy)
	for _, o := range l.asked.OrderBy {
		text += " " + o.Field + " " + string(o.Direction)
	}
	return []byte(text)
}

func (l *statsList) cursor(c *StatsCell) (string, error) {
	plain, err := json.Marshal(c.place)
	if err != nil {
		return "", err
	}
	return l.db.cursors.Load().seal(plain, l.binding()), nil
}

// open reads a cursor that a client gave as the argument called name.
func (l *statsList) open(name string, cursor *string) (*statsPlace, error) {
	if cursor == nil {
		return nil, nil
	}
	place := &statsPlace{}
	plain, ok := l.db.cursors.Load().unseal(*cursor, l.binding())
	if !ok || json.Unmarshal(plain, place) != nil {
		return nil, Invalid(name, BadCursor, "is no cursor of this list in this order")
	}
	return place, nil
}
