package db

import (
	"context"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// longestBuffer is the longest pause around a visit; what lies further away
// from a time cannot be in its way.
const longestBuffer = 2 * time.Hour

// An agenda is what is known of one practitioner's time, and what it is taken by.
type agenda struct {
	calendar.Calendar
	taken []takenTime
}

// A takenTime is a visit or a hold that others must keep clear of, or time off.
type takenTime struct {
	IsOff          bool       `db:"is_off"`
	PractitionerID *uuid.UUID `db:"practitioner_id"` // null of time off that is everybody's
	RoomID         *uuid.UUID `db:"room_id"`
	PatientID      *uuid.UUID `db:"patient_id"` // null of a hold
	StartsAt       time.Time  `db:"starts_at"`
	EndsAt         time.Time  `db:"ends_at"`
	BufferBefore   Duration   `db:"buffer_before"`
	BufferAfter    Duration   `db:"buffer_after"`
	IsOverbooked   bool       `db:"is_overbooked"`
}

func (t *takenTime) visit() calendar.Visit {
	return calendar.Visit{
		Interval: calendar.Interval{Start: t.StartsAt, End: t.EndsAt},
		Before:   time.Duration(t.BufferBefore), After: time.Duration(t.BufferAfter),
	}
}

// agendas says whose time is looked at, and when.
type agendas struct {
	practitioners []uuid.UUID
	room, patient *uuid.UUID // must be free too; nil for none
	window        calendar.Interval
	visit, hold   *uuid.UUID // do not count: the visit that is moved, the hold that is used; nil for none
}

// read returns the agenda of each practitioner, in two statements however
// many there are. Nothing of a patient is in it but that somebody is busy, and
// so it does not ask who may see whose visits.
func (a agendas) read(ctx context.Context, q sqlx.QueryerContext, clinic *Clinic) (map[uuid.UUID]*agenda, error) {
	found := make(map[uuid.UUID]*agenda, len(a.practitioners))
	for _, id := range a.practitioners {
		found[id] = &agenda{}
	}
	for _, read := range []func(context.Context, sqlx.QueryerContext, *Clinic, map[uuid.UUID]*agenda) error{a.readHours, a.readTaken} {
		start := time.Now()
		err := read(ctx, q, clinic, found)
		if _, counted := q.(*Tx); !counted {
			count(ctx, start)
		}
		if err != nil {
			return nil, fmt.Errorf("read calendars: %w", translate(err))
		}
	}
	return found, nil
}

func (a agendas) readHours(ctx context.Context, q sqlx.QueryerContext, clinic *Clinic, found map[uuid.UUID]*agenda) error {
	weekly, err := hoursOf(ctx, q, a.practitioners)
	for id, spans := range weekly {
		found[id].HasHours = true
		found[id].Work, found[id].Breaks = calendar.Expand(clinic.location, spans, a.window)
	}
	return err
}

// timeOffWithin are the rows of time off of some practitioners ($1), or of all, between two
// instants ($2 and $3).
const timeOffWithin = `
		FROM time_off
		WHERE (practitioner_id = ANY ((SELECT $1::uuid[])::uuid[]) OR practitioner_id IS NULL) AND cancelled_at IS NULL
			AND starts_at < (SELECT $3::timestamptz) AND ends_at > (SELECT $2::timestamptz)`

// readTimeOff reads time off alone.
func (a agendas) readTimeOff(ctx context.Context, q sqlx.QueryerContext, _ *Clinic, found map[uuid.UUID]*agenda) error {
	var off []takenTime
	err := sqlx.SelectContext(ctx, q, &off, `
		SELECT practitioner_id, starts_at, ends_at`+timeOffWithin, pq.Array(a.practitioners), a.window.Start, a.window.End)
	for i := range off {
		off[i].addTo(found)
	}
	return err
}

// addTo adds time off to the agendas of those who are away then.
func (t *takenTime) addTo(found map[uuid.UUID]*agenda) {
	for id, agenda := range found {
		if t.PractitionerID == nil || *t.PractitionerID == id {
			agenda.Away = append(agenda.Away, t.visit().Interval)
		}
	}
}

// readTaken reads time off in the window, and the visits and the holds around it. A visit lasts a
// day at most, which bounds the range of starts that each of three indexes gives. The
// planner does not see what is behind a SELECT: no plan for one window looks cheaper to it
// than the one for all, and it makes none at each booking.
func (a agendas) readTaken(ctx context.Context, q sqlx.QueryerContext, _ *Clinic, found map[uuid.UUID]*agenda) error {
	var taken []takenTime
	var past *time.Time
	if at, ok := pastOf(ctx); ok {
		past = &at
	}
	err := sqlx.SelectContext(ctx, q, &taken, `
		SELECT false AS is_off, practitioner_id, room_id, patient_id, starts_at, ends_at, buffer_before, buffer_after, is_overbooked
		FROM appointments
		WHERE (practitioner_id = ANY ((SELECT $1::uuid[])::uuid[]) AND starts_at < (SELECT $10::timestamptz) AND starts_at > (SELECT $9::timestamptz - interval '1 day')
				OR room_id = $4 AND starts_at < (SELECT $10::timestamptz) AND starts_at > (SELECT $9::timestamptz - interval '1 day')
				OR patient_id = $5 AND starts_at < (SELECT $10::timestamptz) AND starts_at > (SELECT $9::timestamptz - interval '1 day'))
			AND ends_at > $9 AND status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND id IS DISTINCT FROM $6
		UNION ALL
		SELECT false, practitioner_id, room_id, NULL, starts_at, ends_at, buffer_before, buffer_after, false
		FROM slot_holds
		WHERE released_at IS NULL AND expires_at > coalesce($8, clock_timestamp()) AND starts_at < $10 AND ends_at > $9
			AND (practitioner_id = ANY ($1::uuid[]) OR room_id = $4) AND id IS DISTINCT FROM $7
		UNION ALL
		SELECT true, practitioner_id, NULL, NULL, starts_at, ends_at, 0, 0, false`+timeOffWithin,
		pq.Array(a.practitioners), a.window.Start, a.window.End, a.room, a.patient, a.visit, a.hold, past,
		a.window.Start.Add(-longestBuffer), a.window.End.Add(longestBuffer))
	for i := range taken {
		t := &taken[i]
		if t.IsOff {
			t.addTo(found)
			continue
		}
		inRoom := a.room != nil && sameID(t.RoomID, a.room)
		ofPatient := a.patient != nil && sameID(t.PatientID, a.patient)
		for id, agenda := range found {
			if inRoom || sameID(t.PractitionerID, &id) {
				agenda.taken = append(agenda.taken, *t)
				agenda.Busy = append(agenda.Busy, t.visit())
			}
			if ofPatient {
				agenda.Patient = append(agenda.Patient, t.visit().Interval)
			}
		}
	}
	return err
}

// inTheWay says what kind of thing keeps a visit with a practitioner, in a room,
// from its time; "" for nothing.
func (a *agenda) inTheWay(during calendar.Interval, practitioner uuid.UUID, verdict calendar.Verdict) string {
	if !verdict.Busy {
		return map[bool]string{true: PatientBusy}[verdict.PatientBusy]
	}
	kind := ""
	for i := range a.taken {
		t := &a.taken[i]
		switch {
		case !t.visit().Overlaps(during):
		case t.PatientID == nil:
			kind = TimeHeld
		case sameID(t.PractitionerID, &practitioner):
			return PractitionerBusy
		default:
			kind = RoomBusy
		}
	}
	return kind
}
