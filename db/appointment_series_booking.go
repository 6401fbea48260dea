package db

import (
	"context"
	"errors"
	"time"
)

// SeriesBooking is what a series is booked with: its first visit, how long each
// is, and how it repeats.
type SeriesBooking struct {
	Booking
	Length     SlotLength
	Recurrence Recurrence
}

// BookAppointmentSeries books all visits of a series, or none: each is checked
// before any is booked. It returns a SlotTakenError that holds every time that is
// not free.
func (d *DB) BookAppointmentSeries(ctx context.Context, b *SeriesBooking) (*AppointmentSeries, error) {
	var inTheWay Booking
	row, err := write(ctx, d, func(ctx context.Context, tx *Tx) (*AppointmentSeries, error) {
		first := b.Booking // as a transaction may be tried again
		starts, err := tx.prepareSeries(ctx, &first, b)
		if err != nil {
			return nil, err
		}
		visits, err := tx.clearSeries(ctx, &first, starts, &inTheWay)
		if err != nil {
			return nil, err
		}
		s := &AppointmentSeries{
			PatientID: first.PatientID, PractitionerID: *first.PractitionerID, Frequency: b.Recurrence.Frequency, Every: b.Recurrence.Every,
			WeekdayNames: b.Recurrence.weekdays(WeekdayOf(first.StartsAt.In(tx.clinic.location).Weekday())), Times: b.Recurrence.Times,
		}
		if err := insert(ctx, tx, appointmentSeries, s); err != nil {
			return nil, err
		}
		for _, visit := range visits {
			visit.SeriesID = &s.ID
			if _, err := tx.place(ctx, visit); err != nil {
				return nil, err
			}
		}
		return s, nil
	})
	return row, d.suggest(ctx, err, &inTheWay)
}

// prepareSeries fills in what follows from what was said of the first visit, and
// returns the starts of all; or all that is wrong but whether the times are free.
func (tx *Tx) prepareSeries(ctx context.Context, first *Booking, b *SeriesBooking) ([]time.Time, error) {
	var found problems
	if err := first.setLength(ctx, tx, b.Length, &found); err != nil {
		return nil, err
	}
	first.Status = Booked
	if b.Type != nil {
		first.Type = b.Type
	}
	if len(found.found) == 0 {
		if err := found.take(tx.prepare(ctx, first)); err != nil {
			return nil, err
		}
	}
	starts := b.Recurrence.starts(tx.clinic.location, first.StartsAt, &found)
	return starts, found.err()
}

// clearSeries returns the visits of a series whose times are all free and keep to
// the calendar's rules. It notes the first that is in the way of another.
func (tx *Tx) clearSeries(ctx context.Context, first *Booking, starts []time.Time, inTheWay *Booking) ([]*Booking, error) {
	var found problems
	taken := &SlotTakenError{}
	visits := make([]*Booking, len(starts))
	for i, start := range starts {
		visit := *first
		visit.StartsAt, visit.EndsAt, visit.RuleNames, visit.OverrideReason = start, time.Time{}, nil, nil
		visits[i] = &visit
		var own problems
		visit.resolveTime(tx.clinic, &own)
		err := own.err()
		switch {
		case err != nil:
		case i > 0 && start.Before(visits[i-1].EndsAt):
			err = &SlotTakenError{Kind: PatientBusy} // by the visit before, where the clocks are set forward
		default:
			err = tx.clear(ctx, &visit)
		}
		if busy := (*SlotTakenError)(nil); errors.As(err, &busy) {
			if taken.Taken == nil {
				taken.Kind, *inTheWay = busy.Kind, visit
			}
			taken.Taken = append(taken.Taken, TakenTime{start, busy.Kind})
		} else if err := own.take(err); err != nil {
			return nil, err
		}
		for _, p := range own.found {
			found.at(p.Code, p.Message+" on "+string(tx.clinic.DayOf(start)), p.Path...)
		}
	}
	if err := found.err(); err != nil || taken.Taken == nil {
		return visits, err
	}
	return nil, taken
}
