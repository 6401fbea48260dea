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

const (
	maxSpans     = 50 // of one practitioner
	earliestSpan = Date("1900-01-01")
)

func (h *WorkingHours) check(_ *Clinic, found *problems) {
	if h.StartsOn < earliestSpan {
		found.add("startsOn", OutOfRange, "is not before "+string(earliestSpan))
	}
	if h.EndsOn != nil && *h.EndsOn < h.StartsOn {
		found.add("endsOn", EndBeforeStart, "is before the first day")
	}
}

// WorkingHours returns the weekly hours and breaks of the practitioner, those of
// the past and the future included.
func (p *Practitioner) WorkingHours(ctx context.Context) ([]*WorkingHours, error) {
	b := p.batch
	found, err := b.load("working hours", func() (any, error) {
		rows, err := read(ctx, b.db, workingHours, `
			SELECT `+workingHours.list("t")+`
			FROM working_hours t
			WHERE t.practitioner_id = ANY ($1::uuid[])
			ORDER BY array_position($2::text[], t.weekday), t.start_time, t.id`, pq.Array(b.ids()), pq.Array(Weekdays))
		of := map[uuid.UUID][]*WorkingHours{}
		for _, h := range rows {
			of[h.PractitionerID] = append(of[h.PractitionerID], h)
		}
		return of, err
	})
	if err != nil {
		return nil, err
	}
	return found.(map[uuid.UUID][]*WorkingHours)[p.ID], nil
}

// SetWorkingHours replaces the hours and breaks of the practitioner of the
// expected version, who need not be active, and makes their next version. Spans
// without a first day start on the clinic's today. Visits that are booked stay.
func (d *DB) SetWorkingHours(ctx context.Context, practitionerID uuid.UUID, expected int32, hours []*WorkingHours) (*Practitioner, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Practitioner, error) {
		// Who books into the calendar now has looked at the old hours.
		if err := tx.lockCalendars(ctx, &practitionerID); err != nil {
			return nil, err
		}
		p, err := lock(ctx, tx, practitioners, practitionerID)
		if err != nil {
			return nil, err
		}
		if p.Version != expected {
			return nil, staleError(ctx, tx, practitioners, p, expected)
		}
		for _, h := range hours {
			h.PractitionerID = p.ID
			if h.StartsOn == "" {
				h.StartsOn = tx.clinic.today()
			}
		}
		if err := checkHours(tx.clinic, hours); err != nil {
			return nil, err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM working_hours WHERE practitioner_id = $1", p.ID); err != nil {
			return nil, fmt.Errorf("set working hours: %w", translate(err))
		}
		if err := insertAll(ctx, tx, workingHours, hours); err != nil {
			return nil, err
		}
		// The front desk may write no more of a practitioner than this.
		err = tx.GetContext(ctx, &p.Row, `
			UPDATE practitioners
			SET version = version + 1, updated_at = change_instant()
			WHERE id = $1
			RETURNING id, version, created_at, updated_at`, p.ID)
		if err != nil {
			return nil, fmt.Errorf("set working hours: %w", translate(err))
		}
		return p, nil
	})
}

// checkHours says all that is wrong with the hours of one practitioner.
func checkHours(clinic *Clinic, hours []*WorkingHours) error {
	if len(hours) > maxSpans {
		return Invalid("hours", TooLong, fmt.Sprintf("are more than %d", maxSpans))
	}
	var all problems
	weekly := make([]calendar.Weekly, len(hours))
	for n, h := range hours {
		var found problems
		h.check(clinic, &found)
		for _, p := range found.found {
			all.at(p.Code, p.Message, append([]any{"hours", n}, p.Path...)...)
		}
		weekly[n] = h.weekly()
	}
	if err := all.err(); err != nil {
		return err
	}
	if first, second, found := calendar.FindOverlap(weekly); found {
		all.at(OutOfRange, fmt.Sprintf("overlaps hours.%d, which is of the same kind", first), "hours", second)
	}
	return all.err()
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

// hoursOf returns the hours and breaks of practitioners in one statement; of
// those who have none it holds nothing.
func hoursOf(ctx context.Context, q sqlx.QueryerContext, practitioners []uuid.UUID) (map[uuid.UUID][]calendar.Weekly, error) {
	var rows []*WorkingHours
	err := sqlx.SelectContext(ctx, q, &rows, `
		SELECT practitioner_id, kind, weekday, start_time, end_time, starts_on, ends_on
		FROM working_hours
		WHERE practitioner_id = ANY ((SELECT $1::uuid[])::uuid[])`, pq.Array(practitioners)) // one plan for any number
	if err != nil {
		return nil, fmt.Errorf("read working hours: %w", translate(err))
	}
	of := map[uuid.UUID][]calendar.Weekly{}
	for _, h := range rows {
		of[h.PractitionerID] = append(of[h.PractitionerID], h.weekly())
	}
	return of, nil
}

// hoursOf is the same outside of transactions.
func (d *DB) hoursOf(ctx context.Context, practitioners []uuid.UUID) (map[uuid.UUID][]calendar.Weekly, error) {
	pool, err := d.pool(ctx)
	if err != nil {
		return nil, err
	}
	defer count(ctx, time.Now())
	return hoursOf(ctx, pool, practitioners)
}
