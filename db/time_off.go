package db

import (
	"context"
	"time"

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

func (*TimeOff) check(*Clinic, *problems) {}

// Practitioner returns who is away, or nil where the clinic is closed.
func (t *TimeOff) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, t, practitioners, "practitioner_id")
}

// AppointmentsWithin returns the booked visits to come that the time touches.
func (t *TimeOff) AppointmentsWithin(ctx context.Context) ([]*Appointment, error) {
	panic("not written")
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
