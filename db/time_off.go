package db

import (
	"context"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
)

// TimeOff is one row of time_off: time in which a practitioner is away, or in
// which the whole clinic is closed.
type TimeOff struct {
	Row
	PractitionerID *uuid.UUID `db:"practitioner_id"`
	StartsAt       time.Time  `db:"starts_at"`
	EndsAt         time.Time  `db:"ends_at"`
	Reason         *string    `db:"reason" max:"200"`
	CancelledAt    *time.Time `db:"cancelled_at"`
}

var timeOff = newTable(table[TimeOff]{
	name: "time_off", kind: KindTimeOff, usual: []orderKey{{column: "starts_at"}}, listed: "t.cancelled_at IS NULL",
})

// TimeOffWhere holds conditions on time off.
type TimeOffWhere struct {
	ID             *IDFilter
	PractitionerID *IDFilter
	StartsAt       *DateTimeFilter
	EndsAt         *DateTimeFilter
	And, Or        []*TimeOffWhere
	Not            *TimeOffWhere
}

// DateRange is some whole days of the clinic's calendar.
type DateRange struct {
	From  Date // the first
	Until Date // the day after the last
}

// Absence is what time off is created with: the row to be, and how its time was said.
type Absence struct {
	TimeOff
	Days *DateRange
}

// longestTimeOff is how many days one absence may have.
const longestTimeOff = 366

func (t *TimeOff) check(_ *Clinic, found *problems) {
	if !t.EndsAt.After(t.StartsAt) {
		found.add("endsAt", EndBeforeStart, "is not after the start")
	}
}

// span sets the time of the absence from its days, if they are given, and says
// what is wrong with it.
func (a *Absence) span(clinic *Clinic) error {
	var found problems
	end := []any{"endsAt"}
	tooLong := a.EndsAt.Sub(a.StartsAt) > longestTimeOff*24*time.Hour
	switch {
	case a.Days != nil:
		if !a.StartsAt.IsZero() || !a.EndsAt.IsZero() {
			return Invalid("days", OutOfRange, "are not used together with startsAt and endsAt")
		}
		end = []any{"days", "until"}
		from, until := calendar.Date(a.Days.From), calendar.Date(a.Days.Until)
		span := calendar.Span(clinic.location, from, until)
		a.StartsAt, a.EndsAt, tooLong = span.Start, span.End, from.Add(longestTimeOff) < until
	default:
		for _, given := range []struct {
			field string
			at    time.Time
		}{{"startsAt", a.StartsAt}, {"endsAt", a.EndsAt}} {
			switch {
			case given.at.IsZero():
				found.add(given.field, Required, "is needed where there are no days")
			case !given.at.Equal(given.at.Truncate(time.Minute)):
				found.add(given.field, OutOfRange, "is a whole minute")
			}
		}
		if err := found.err(); err != nil {
			return err
		}
	}
	switch {
	case !a.EndsAt.After(a.StartsAt):
		found.at(EndBeforeStart, "is not after the start", end...)
	case tooLong:
		found.at(TooLong, fmt.Sprintf("is more than %d days after the start", longestTimeOff), end...)
	}
	if a.EndsAt.Before(time.Now()) {
		found.at(InThePast, "is over", end...)
	}
	return found.err()
}

// TimeOff returns a page of the absences and holidays, by start.
func (d *DB) TimeOff(ctx context.Context, page Page, where *TimeOffWhere) (*TimeOffConnection, error) {
	return list(ctx, d, timeOff, query{page: page, where: where})
}

// CreateTimeOff closes the time of a for its practitioner, or for the whole
// clinic. Visits that are booked stay.
func (d *DB) CreateTimeOff(ctx context.Context, a *Absence) (*TimeOff, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*TimeOff, error) {
		t := *a
		if err := t.span(tx.clinic); err != nil {
			return nil, err
		}
		// Who books into the calendar now has not seen the absence; afterwards
		// their visit is among those that are listed. A holiday of the clinic, which
		// has no practitioner, waits for nobody: it would stop all calendars, and a
		// visit that is booked at the same moment stays as those booked before do.
		if err := tx.lockCalendars(ctx, t.PractitionerID); err != nil {
			return nil, err
		}
		return create(ctx, tx, timeOff, &t.TimeOff)
	})
}

// CancelTimeOff takes the absence of the expected version back; it is kept.
func (d *DB) CancelTimeOff(ctx context.Context, id uuid.UUID, expected int32) (*TimeOff, error) {
	return edit(ctx, d, timeOff, id, expected, func(_ context.Context, _ *Tx, t *TimeOff) error {
		if t.CancelledAt != nil {
			return &ConflictError{"this time off was taken back already"}
		}
		t.CancelledAt = instant()
		return nil
	})
}

// Practitioner returns who is away, or nil where the clinic is closed.
func (t *TimeOff) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, t, practitioners, "practitioner_id")
}

// AppointmentsWithin returns the booked visits to come that the time touches, of
// anybody where the clinic is closed, by start.
func (t *TimeOff) AppointmentsWithin(ctx context.Context) ([]*Appointment, error) {
	const touched = `EXISTS (
		SELECT FROM time_off o
		WHERE o.id = p.id AND t.starts_at < o.ends_at AND t.ends_at > o.starts_at AND (o.practitioner_id IS NULL OR o.practitioner_id = t.practitioner_id))`
	first := int32(maxAffected)
	where := &AppointmentWhere{
		Status: &AppointmentStatusFilter{In: []AppointmentStatus{Booked, CheckedIn, InProgress}},
		EndsAt: since(t.batch.at.Add(time.Microsecond)), // the next instant there is
	}
	page, err := many(ctx, t, appointments, touched, query{Page{First: &first}, where, []*Order{{Field: "STARTS_AT"}}})
	if err != nil {
		return nil, err
	}
	return page.Nodes(ctx)
}

// TimeOff returns a page of the absences of the practitioner.
func (p *Practitioner) TimeOff(ctx context.Context, first *int32, after *string, last *int32, before *string, where *TimeOffWhere) (*TimeOffConnection, error) {
	return many(ctx, p, timeOff, "t.practitioner_id = p.id", query{Page{first, after, last, before}, where, nil})
}

// The types that lists of time off are made of.
type (
	TimeOffConnection = Connection[TimeOff]
	TimeOffEdge       = Edge[TimeOff]
)

// TimeOffEdgeOf returns t as an edge of the list of time off.
func TimeOffEdgeOf(t *TimeOff) *TimeOffEdge { return edge(timeOff, t) }
