package db

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
)

// BookingRule is a rule of the calendar that may be broken on purpose.
type BookingRule string

// The rules.
const (
	RuleOutsideHours BookingRule = "OUTSIDE_HOURS"
	RuleTimeOff      BookingRule = "TIME_OFF"
	RuleBuffer       BookingRule = "BUFFER"
	RuleOverbooking  BookingRule = "OVERBOOKING"
	RuleLateEntry    BookingRule = "LATE_ENTRY"
)

// BookingOverride says which rules may be broken, and why.
type BookingOverride struct {
	Rules  []BookingRule
	Reason string
}

func (o *BookingOverride) allows(rule BookingRule) bool {
	return o != nil && slices.Contains(o.Rules, rule)
}

// Booking is what a visit is booked with: the row to be, and how its time was said.
type Booking struct {
	Appointment
	LocalStart      *LocalDateTime
	Length          *Duration
	SlotHoldID      *uuid.UUID
	WaitListEntryID *uuid.UUID
	Override        *BookingOverride

	moves *uuid.UUID // the visit whose place it takes; its own time is no obstacle
}

// BookAppointment books what b says. It returns a SlotTakenError, with the next
// free slots, when practitioner, patient or room has another visit then, or
// somebody holds the time.
func (d *DB) BookAppointment(ctx context.Context, b *Booking) (*Appointment, error) {
	var asked Booking
	row, err := write(ctx, d, func(ctx context.Context, tx *Tx) (*Appointment, error) {
		asked = *b // as a transaction may be tried again
		asked.Status = Booked
		if err := tx.prepare(ctx, &asked); err != nil {
			return nil, err
		}
		return tx.book(ctx, &asked)
	})
	return row, d.suggest(ctx, err, &asked)
}

// RequestAppointment notes a wish for a visit, which holds no time.
func (d *DB) RequestAppointment(ctx context.Context, b *Booking) (*Appointment, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Appointment, error) {
		asked := *b
		asked.Status = Requested
		if err := tx.prepare(ctx, &asked); err != nil {
			return nil, err
		}
		return &asked.Appointment, insert(ctx, tx, appointments, &asked.Appointment)
	})
}

// ConfirmAppointment books a visit that was requested.
func (d *DB) ConfirmAppointment(ctx context.Context, id uuid.UUID, expected int32, override *BookingOverride) (*Appointment, error) {
	var asked Booking
	row, err := edit(ctx, d, appointments, id, expected, func(ctx context.Context, tx *Tx, a *Appointment) error {
		if err := a.allow(StepConfirm); err != nil {
			return err
		}
		asked = Booking{Appointment: *a, Override: override, moves: &a.ID}
		if err := tx.prepare(ctx, &asked); err != nil {
			return err
		}
		if err := tx.clear(ctx, &asked); err != nil {
			return err
		}
		*a = asked.Appointment
		a.step(Booked)
		return nil
	})
	return row, d.suggest(ctx, err, &asked)
}

// UpdateAppointment lets change edit what the visit of the expected version is
// about and in which room it is. It returns a SlotTakenError when the room is not
// free.
func (d *DB) UpdateAppointment(ctx context.Context, id uuid.UUID, expected int32, change func(*Appointment)) (*Appointment, error) {
	var asked Booking
	row, err := edit(ctx, d, appointments, id, expected, func(ctx context.Context, tx *Tx, a *Appointment) error {
		before := a.RoomID
		change(a)
		if a.RoomID == nil || sameID(before, a.RoomID) {
			return nil
		}
		if !slices.Contains(upcoming, a.Status) {
			return Invalid("roomId", NotAllowedNow, "is not changed of a visit that is over")
		}
		asked = Booking{Appointment: *a, moves: &a.ID}
		if err := tx.lockCalendars(ctx, &a.PatientID, a.PractitionerID, a.RoomID); err != nil {
			return err
		}
		var found problems
		if err := tx.checkRoom(ctx, &asked, &found); err != nil {
			return err
		}
		if err := found.err(); err != nil || a.Status == Requested {
			return err
		}
		return tx.stillFree(ctx, &asked)
	})
	return row, d.suggest(ctx, err, &asked)
}

// RescheduleAppointment moves the visit of the expected version to where move
// puts it, by a new visit that takes its place. The old one's time is free only
// together with the new one being taken. The new visit is returned.
func (d *DB) RescheduleAppointment(ctx context.Context, id uuid.UUID, expected int32, move func(*Booking)) (*Appointment, error) {
	var asked Booking
	row, err := write(ctx, d, func(ctx context.Context, tx *Tx) (*Appointment, error) {
		old, err := lock(ctx, tx, appointments, id)
		if err != nil {
			return nil, err
		}
		if old.Version != expected {
			return nil, staleError(ctx, tx, appointments, old, expected)
		}
		if err := old.allow(StepReschedule); err != nil {
			return nil, err
		}
		asked = old.moved(move)
		if err := tx.prepare(ctx, &asked); err != nil {
			return nil, err
		}
		old.callOff(ctx, tx.clinic, RescheduledReason, nil)
		if err := update(ctx, tx, appointments, old); err != nil {
			return nil, err
		}
		if asked.Status == Requested {
			return &asked.Appointment, insert(ctx, tx, appointments, &asked.Appointment)
		}
		return tx.book(ctx, &asked)
	})
	return row, d.suggest(ctx, err, &asked)
}

// moved returns the booking that takes the place of old, as long as it unless
// move says otherwise.
func (old *Appointment) moved(move func(*Booking)) Booking {
	length := old.Length()
	next := Booking{moves: &old.ID, Appointment: Appointment{
		PatientID: old.PatientID, PractitionerID: old.PractitionerID, Status: old.Status, Type: old.Type, Reason: old.Reason, RescheduledFromID: &old.ID,
		RoomID: old.RoomID, AppointmentTypeID: old.AppointmentTypeID, BufferBefore: old.BufferBefore, BufferAfter: old.BufferAfter, SeriesID: old.SeriesID,
	}}
	move(&next)
	if next.EndsAt.IsZero() && next.Length == nil {
		next.Length = &length
	}
	return next
}

// book takes the time of a visit that was prepared.
func (tx *Tx) book(ctx context.Context, b *Booking) (*Appointment, error) {
	if err := tx.clear(ctx, b); err != nil {
		return nil, err
	}
	return tx.place(ctx, b)
}

// place adds a visit whose time is clear, and uses up what was kept for it.
func (tx *Tx) place(ctx context.Context, b *Booking) (*Appointment, error) {
	if err := insert(ctx, tx, appointments, &b.Appointment); err != nil {
		return nil, err
	}
	if b.SlotHoldID != nil {
		if err := tx.release(ctx, *b.SlotHoldID); err != nil {
			return nil, err
		}
	}
	if b.WaitListEntryID != nil {
		return &b.Appointment, tx.fulfil(ctx, *b.WaitListEntryID, &b.Appointment)
	}
	return &b.Appointment, nil
}

// clear says whether the time of b is free and keeps to the calendar's rules, in
// calendars that tx has locked. It notes which rules are broken on purpose.
func (tx *Tx) clear(ctx context.Context, b *Booking) error {
	during := calendar.Interval{Start: b.StartsAt, End: b.EndsAt}
	found, err := agendas{
		practitioners: []uuid.UUID{*b.PractitionerID}, room: b.RoomID, patient: &b.PatientID, window: during, visit: b.moves, hold: b.SlotHoldID,
	}.read(ctx, tx, tx.clinic)
	if err != nil {
		return err
	}
	agenda := found[*b.PractitionerID]
	verdict := agenda.Check(calendar.Visit{Interval: during, Before: time.Duration(b.BufferBefore), After: time.Duration(b.BufferAfter)})
	var broken problems
	field := b.startField()
	b.rule(&broken, verdict.OutsideHours, RuleOutsideHours, field, OutsideHours, "lies outside the practitioner's working hours")
	b.rule(&broken, verdict.OnBreak, RuleOutsideHours, field, OutsideHours, "lies over a break")
	b.rule(&broken, verdict.TimeOff, RuleTimeOff, field, DuringTimeOff, "lies in time off or on a holiday")
	b.rule(&broken, verdict.Buffer, RuleBuffer, field, WithinBuffer, "leaves no pause to another visit")
	if err := broken.err(); err != nil {
		return err
	}
	if kind := agenda.inTheWay(during, *b.PractitionerID, verdict); kind != "" && !b.overbooks(agenda, during, kind, verdict) {
		return &SlotTakenError{Kind: kind}
	}
	if len(b.RuleNames) == 0 {
		return nil
	}
	return tx.explain(ctx, *b.OverrideReason)
}

// rule adds a problem where a rule is broken, or notes that it is on purpose.
func (b *Booking) rule(found *problems, isBroken bool, rule BookingRule, field string, code ProblemCode, message string) {
	switch {
	case !isBroken:
	case b.Override.allows(rule):
		b.override(rule)
	default:
		found.add(field, code, message)
	}
}

// override notes that a rule is broken on purpose.
func (b *Booking) override(rule BookingRule) {
	if !slices.Contains(b.RuleNames, string(rule)) {
		b.RuleNames = append(b.RuleNames, string(rule))
	}
	b.OverrideReason = &b.Override.Reason
}

// overbooks says whether b may take a time that is taken. Two visits at once are
// the most, and nobody who waits for an answer loses the time that is held.
func (b *Booking) overbooks(a *agenda, during calendar.Interval, kind string, verdict calendar.Verdict) bool {
	if !b.Override.allows(RuleOverbooking) || kind == PatientBusy || verdict.PatientBusy {
		return false
	}
	for i := range a.taken {
		if t := &a.taken[i]; t.visit().Overlaps(during) && (t.IsOverbooked || t.PatientID == nil) {
			return false
		}
	}
	b.override(RuleOverbooking)
	b.IsOverbooked = true
	return true
}

// suggest adds the next free slots to an error that says that a time is taken.
func (d *DB) suggest(ctx context.Context, err error, b *Booking) error {
	var taken *SlotTakenError
	if !errors.As(err, &taken) || b.PractitionerID == nil {
		return err
	}
	free, unavailable := d.nextFree(ctx, b)
	if unavailable != nil {
		return unavailable
	}
	taken.NextFree = free
	return err
}
