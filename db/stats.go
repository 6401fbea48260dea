package db

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// The limits of a statistic.
const (
	maxStatsGroups = 4
	maxStatsCells  = 10_000
	maxStatsYears  = 10
)

// statistics says what is counted: the view that shows each with all that it
// is grouped by and measured with, and what of it is asked for.
type statistics struct {
	name    string // as stats.cells knows it
	field   string // as Query has it
	group   string // the enum of its groups
	view    string
	of      string // the table whose wall and lists it has
	listed  string // what lists leave out
	unless  string
	groups  map[string]statsGroup
	ranged  string            // column whose range the groups by days need, by the name of its condition
	measure map[string]string // the expression of each exact measure
}

// A StatsQuery is what a statistic is asked with.
type StatsQuery struct {
	Measures []string // fields of StatsCell; others than those of the statistic are null
	GroupBy  []string
	Page     Page
	OrderBy  []*Order
}

// AppointmentStats returns a page of the cells of visits. Whoever reads visits
// gets exact numbers of those that are theirs to see; analysts what the database
// tells of many.
func (d *DB) AppointmentStats(ctx context.Context, q StatsQuery, where *AppointmentWhere) (*StatsCellConnection, error) {
	var span statsRange
	if where != nil {
		span = rangeOfInstants(where.StartsAt)
	}
	return d.stats(ctx, &statsAsked{StatsQuery: q, statistics: appointmentStats, where: where, span: span, visits: where})
}

// RecordStats returns a page of the cells of medical records.
func (d *DB) RecordStats(ctx context.Context, q StatsQuery, where *MedicalRecordWhere) (*StatsCellConnection, error) {
	var span statsRange
	if where != nil {
		span = rangeOfDays(where.RecordedOn)
	}
	return d.stats(ctx, &statsAsked{StatsQuery: q, statistics: recordStats, where: where, span: span})
}

// PatientStats returns a page of the cells of patients.
func (d *DB) PatientStats(ctx context.Context, q StatsQuery, where *PatientWhere) (*StatsCellConnection, error) {
	var span statsRange
	if where != nil {
		span = rangeOfInstants(where.CreatedAt)
	}
	return d.stats(ctx, &statsAsked{StatsQuery: q, statistics: patientStats, where: where, span: span})
}

// statsAsked is one question.
type statsAsked struct {
	StatsQuery
	*statistics
	where  whereInput
	span   statsRange
	visits *AppointmentWhere // the same conditions, of visits
	clinic *Clinic
}

// wants says whether a measure is selected or ordered by.
func (a *statsAsked) wants(measure string) bool {
	return slices.Contains(a.Measures, measure) || slices.ContainsFunc(a.OrderBy, func(o *Order) bool { return measureOf(o.Field) == measure })
}

// measured returns the measures that are asked of the database, sorted: utilisation is
// worked out of the minutes that are booked.
func (a *statsAsked) measured() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(a.measure)), func(name string) bool {
		return !a.wants(name) && !(name == "bookedMinutes" && a.wants("utilisation"))
	})
}

// groupedOnlyBy says whether there are no groups but these.
func (a *statsAsked) groupedOnlyBy(groups ...string) bool {
	return !slices.ContainsFunc(a.GroupBy, func(g string) bool { return !slices.Contains(groups, g) })
}

func (d *DB) stats(ctx context.Context, a *statsAsked) (*StatsCellConnection, error) {
	if _, err := d.pool(ctx); err != nil {
		return nil, err
	}
	var err error
	if a.clinic, err = d.Clinic(ctx); err != nil {
		return nil, err
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	list, err := newStatsList(ctx, d, a)
	if err != nil {
		return nil, err
	}
	read := d.exactStats
	if actor, _ := auth.From(ctx); actor.Role == auth.Analyst {
		var asked map[string]string
		if asked, err = a.toldQuestion(ctx); err != nil {
			return nil, d.denied(ctx, err)
		}
		read = func(ctx context.Context, a *statsAsked) ([]*StatsCell, error) { return d.toldStats(ctx, a, asked) }
	}
	cells, err := a.kept(ctx, func(ctx context.Context) ([]*StatsCell, error) {
		cells, err := d.measured(ctx, a, read)
		list.sort(cells)
		return cells, err
	})
	if err != nil {
		return nil, err
	}
	return &StatsCellConnection{
		page: onDemand(func(ctx context.Context) (*page[StatsCell], error) {
			all, err := cells(ctx)
			if err != nil {
				return nil, err
			}
			return list.page(all), nil
		}),
		count: func(ctx context.Context) (*int32, error) {
			all, err := cells(ctx)
			n := int32(len(all))
			return &n, err
		},
	}, nil
}

// measured returns the cells with all that is asked of them.
func (d *DB) measured(ctx context.Context, a *statsAsked, read func(context.Context, *statsAsked) ([]*StatsCell, error)) ([]*StatsCell, error) {
	var minutes map[string]float64
	var failed error
	var hours sync.WaitGroup
	if a.asksForUse() { // while visits are counted
		hours.Go(func() { minutes, failed = d.workingMinutes(ctx, a) })
	}
	cells, err := read(ctx, a)
	hours.Wait()
	switch {
	case err != nil:
		return nil, err
	case failed != nil:
		return nil, failed
	case len(cells) > maxStatsCells:
		return nil, tooManyCells()
	}
	addUse(cells, minutes)
	if a.asksForSlots() {
		err = d.addThirdNext(ctx, a, cells)
	}
	return cells, err
}

// location is the clinic's zone.
func (a *statsAsked) location() *time.Location { return a.clinic.location }

// practitionerKey reads the id that a key holds.
func practitionerKey(value string) (uuid.UUID, bool) {
	id, err := uuid.Parse(value)
	return id, err == nil
}
