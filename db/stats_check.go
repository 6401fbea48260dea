package db

import (
	"fmt"
	"slices"
	"time"
)

// A statsRange is the time that a question is about; nil for no bound.
type statsRange struct{ from, until *time.Time }

func rangeOfInstants(f *DateTimeFilter) statsRange {
	if f == nil {
		return statsRange{}
	}
	return statsRange{f.Gte, f.Lt}
}

func rangeOfDays(f *DateFilter) statsRange {
	if f == nil {
		return statsRange{}
	}
	day := func(d *Date) *time.Time {
		if d == nil {
			return nil
		}
		at, err := time.Parse(time.DateOnly, string(*d))
		if err != nil {
			return nil
		}
		return &at
	}
	return statsRange{day(f.Gte), day(f.Lt)}
}

// closed says whether the range has both ends.
func (r statsRange) closed() bool { return r.from != nil && r.until != nil }

// check says what is wrong with a question, before any SQL.
func (a *statsAsked) check() error {
	var found problems
	if len(a.GroupBy) > maxStatsGroups {
		found.add("groupBy", TooLong, fmt.Sprintf("are %d groups: ask for at most %d at once", len(a.GroupBy), maxStatsGroups))
		return found.err()
	}
	for i, g := range a.GroupBy {
		switch {
		case a.groups[g].column == "":
			found.at(OutOfRange, "is no group of this statistic", "groupBy", i)
		case slices.Contains(a.GroupBy[:i], g):
			found.at(OutOfRange, "is there already", "groupBy", i)
		}
	}
	years := float64(0)
	if a.span.closed() {
		years = a.span.until.Sub(*a.span.from).Hours() / 24 / 365.25
	}
	switch at := []any{"where", a.ranged}; {
	case a.span.closed() && !a.span.from.Before(*a.span.until):
		found.at(EndBeforeStart, "ends before it starts", at...)
	case years > maxStatsYears+0.01:
		found.at(TooLong, fmt.Sprintf("is a range of %.0f years: ask for at most %d", years, maxStatsYears), at...)
	case !a.span.closed() && slices.ContainsFunc(a.GroupBy, func(g string) bool { return a.groups[g].days > 0 }):
		found.at(Required, "is needed with gte and lt, at most 10 years apart, to group by days, weeks, months or quarters", at...)
	}
	if found.err() == nil {
		a.checkCells(&found, years)
	}
	if len(a.OrderBy) > maxOrders {
		found.add("orderBy", TooLong, "has at most 4 steps")
	}
	return found.err()
}

// checkCells counts the cells that there can be, as far as the question tells.
func (a *statsAsked) checkCells(found *problems, years float64) {
	cells := float64(1)
	for _, g := range a.GroupBy {
		if n := a.groups[g].days; n > 0 {
			cells *= max(1, years*365.25/float64(n))
		}
		cells *= float64(max(1, a.groups[g].values))
	}
	if cells > maxStatsCells {
		found.add("groupBy", OutOfRange, fmt.Sprintf("can make %.0f cells: "+askForFewer, cells))
	}
}

const askForFewer = "ask for fewer or coarser groups, or for a shorter range, to have at most 10,000" // maxStatsCells

// tooManyCells says that there are more cells than could be known before.
func tooManyCells() error {
	return Invalid("groupBy", OutOfRange, "make more than 10,000 cells: "+askForFewer)
}
