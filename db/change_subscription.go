package db

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
)

// maxFollowed is how many patients one subscription can be about.
const maxFollowed = 100

// eventsAtOnce is how many events are made together: their rows are read in one
// statement, and so is what hangs on them.
const eventsAtOnce = 100

// Events are the changes of rows of one noun that somebody subscribed to, in
// order and each once, as far as the rows are theirs to see.
type Events[T any] struct {
	db      *DB
	read    func(context.Context, []uuid.UUID) (map[uuid.UUID]*T, error)
	taker   *taker
	matters func(*change) bool // now
	started bool               // or resumed, and need not be told
	reached int64              // number up to which was read what had been before
	joined  int64              // number after which the taker gets all
}

// An Event tells that a row changed.
type Event[T any] struct {
	Kind       ChangeKind
	OccurredAt time.Time
	Version    *int32

	place changeID
	row   *T // as it is now
	db    *DB
}

// An AppointmentChange tells that a visit changed.
type AppointmentChange struct{ Event[Appointment] }

// A PatientChange tells that a patient changed.
type PatientChange struct{ Event[Patient] }

// Appointment returns the visit as it is now, nil where there is none to tell of.
func (c *AppointmentChange) Appointment() *Appointment { return c.row }

// Patient returns the patient as they are now, nil where there is none to tell of.
func (c *PatientChange) Patient() *Patient { return c.row }

// EventID returns the place of the event, to be given to `after`.
func (e *Event[T]) EventID() string { return e.place.seal(e.db.cursors.Load()) }

// AppointmentEvents are the changes of visits that touch some days, before the
// change or since, with any of the practitioners; with anyone where nil is given.
func (d *DB) AppointmentEvents(ctx context.Context, r ScheduleRange, practitionerIDs []uuid.UUID, after *string) (*Events[Appointment], error) {
	if _, err := d.pool(ctx); err != nil { // the clinic is read whoever asks
		return nil, err
	}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	found := &problems{}
	from, until := r.days(found)
	checkWidth(found, "practitionerIds", practitionerIDs)
	if err := found.err(); err != nil {
		return nil, err
	}
	span := calendar.Span(clinic.location, from, until)
	matters := func(c *change, whose uuid.NullUUID, start, end *time.Time) bool {
		return KindOf(c.RowID) == KindAppointment && start != nil && start.Before(span.End) && end.After(span.Start) &&
			(practitionerIDs == nil || whose.Valid && slices.Contains(practitionerIDs, whose.UUID))
	}
	matter := func(c *change) bool { return matters(c, c.PractitionerID, c.StartsAt, c.EndsAt) }
	did := func(c *change) bool { return matters(c, c.OldPractitionerID, c.OldStartsAt, c.OldEndsAt) }
	return subscribe(ctx, d, appointments, after, matter, func(c *change) bool { return matter(c) || did(c) })
}

// PatientEvents are the changes of the patients; of all where nil is given.
func (d *DB) PatientEvents(ctx context.Context, ids []uuid.UUID, after *string) (*Events[Patient], error) {
	if len(ids) > maxFollowed {
		return nil, Invalid("patientIds", TooLong, fmt.Sprintf("has more than %d items", maxFollowed))
	}
	matters := func(c *change) bool {
		return KindOf(c.RowID) == KindPatient && (ids == nil || slices.Contains(ids, c.RowID))
	}
	return subscribe(ctx, d, patients, after, matters, matters)
}

// subscribe begins to collect changes. They are collected from now on, or from
// the place on that after names.
func subscribe[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], after *string, matters, ever func(*change) bool) (*Events[T], error) {
	if _, ok := auth.From(ctx); !ok {
		return nil, ErrNoActor
	}
	if err := d.loadCursorKey(ctx); err != nil {
		return nil, err
	}
	read := func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*T, error) {
		return byID[T, P](ctx, d, t, ids)
	}
	e := &Events[T]{db: d, read: read, matters: matters, started: after != nil}
	if after != nil {
		var err error
		if e.reached, err = d.resume(ctx, *after); err != nil {
			return nil, err
		}
	}
	e.taker = newTaker(e.reached, ever)
	var err error
	e.joined, err = patiently(ctx, func() (int64, error) { return d.feed.join(e.taker) }) // the server may have started just now
	if after == nil {
		e.reached = e.joined
	}
	return e, err
}

// Close ends the collecting. It must be called.
func (e *Events[T]) Close() { e.db.feed.leave(e.taker) }

// Next waits for events and returns them, at most so many as are made at once.
// Where a database is away for a moment it waits; an error ends the events.
func (e *Events[T]) Next(ctx context.Context) ([]*Event[T], error) {
	for {
		if !e.started {
			e.started = true
			return []*Event[T]{{Kind: ChangesStarted, OccurredAt: time.Now(), place: changeID{number: e.joined, at: time.Now()}, db: e.db}}, nil
		}
		changes, err := e.changes(ctx)
		if err != nil {
			return nil, err
		}
		events, err := patiently(ctx, func() ([]*Event[T], error) { return e.events(ctx, changes) })
		if err != nil || len(events) > 0 {
			return events, err
		}
	}
}

// changes returns the next changes that matter: first those from before the
// subscription, then those that the feed gave.
func (e *Events[T]) changes(ctx context.Context) ([]*change, error) {
	for e.reached < e.joined {
		before, err := patiently(ctx, func() ([]*change, error) { return e.db.changesBetween(ctx, e.reached, e.joined) })
		if err != nil {
			return nil, err
		}
		e.reached = e.joined
		if len(before) == changesAtOnce {
			e.reached = before[len(before)-1].ID
		}
		before = slices.DeleteFunc(before, func(c *change) bool { return !e.taker.matters(c) })
		if len(before) > 0 {
			return before, nil
		}
	}
	for {
		changes, err := e.taker.take(eventsAtOnce)
		if len(changes) > 0 || err != nil {
			return changes, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-e.taker.wake:
		}
	}
}

// events reads the rows that changed, as whoever acts, and makes events of those
// that are theirs to see.
func (e *Events[T]) events(ctx context.Context, changes []*change) ([]*Event[T], error) {
	ids := make([]uuid.UUID, len(changes))
	for i, c := range changes {
		ids[i] = c.RowID
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	rows, err := e.read(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	var all []*Event[T]
	for _, c := range changes {
		if row := rows[c.RowID]; row != nil {
			all = append(all, &Event[T]{
				Kind: c.kind(e.matters(c)), OccurredAt: c.At, Version: &c.Version, place: changeID{c.ID, c.At, c.RowID}, row: row, db: e.db,
			})
		}
	}
	return all, nil
}

// patiently reads again for some seconds while the database is away.
func patiently[T any](ctx context.Context, read func() (T, error)) (T, error) {
	for wait := 100 * time.Millisecond; ; wait *= 2 {
		value, err := read()
		if err == nil || !errors.Is(err, ErrUnavailable) || wait > 4*time.Second {
			return value, err
		}
		if err := pause(ctx, wait); err != nil {
			return value, err
		}
	}
}
