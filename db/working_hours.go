package db

import (
	"context"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
)

// WorkingHoursKind says what a span of the week is for.
type WorkingHoursKind string

// The kinds of spans.
const (
	Work  WorkingHoursKind = "WORK"
	Break WorkingHoursKind = "BREAK"
)

// WorkingHours is one row of working_hours: a span of the week in which a
// practitioner works or rests, on the clinic's wall clock.
type WorkingHours struct {
	Row
	PractitionerID uuid.UUID        `db:"practitioner_id"`
	Kind           WorkingHoursKind `db:"kind"`
	Weekday        Weekday          `db:"weekday"`
	StartTime      LocalTime        `db:"start_time"`
	EndTime        LocalTime        `db:"end_time"`
	StartsOn       Date             `db:"starts_on"`
	EndsOn         *Date            `db:"ends_on"`
}

var workingHours = newTable(table[WorkingHours]{
	name: "working_hours", kind: KindWorkingHours, usual: []orderKey{{column: "weekday"}, {column: "start_time"}},
})

func (*WorkingHours) check(*Clinic, *problems) {}

// WorkingHours returns the weekly hours and breaks of the practitioner.
func (p *Practitioner) WorkingHours(ctx context.Context) ([]*WorkingHours, error) {
	panic("not written")
}

// AppointmentsOutsideHours returns the booked visits to come that lie outside
// the hours of the practitioner, or over a break.
func (p *Practitioner) AppointmentsOutsideHours(ctx context.Context) ([]*Appointment, error) {
	panic("not written")
}

// weekly returns the span as the calendar's arithmetic has it.
func (h *WorkingHours) weekly() calendar.Weekly {
	w := calendar.Weekly{
		IsBreak: h.Kind == Break, Weekday: h.Weekday.Go(),
		Start: calendar.TimeOfDay(h.StartTime), End: calendar.TimeOfDay(h.EndTime), From: calendar.Date(h.StartsOn),
	}
	if h.EndsOn != nil {
		w.Until = calendar.Date(*h.EndsOn)
	}
	return w
}
