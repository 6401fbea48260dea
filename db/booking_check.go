package db

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

// The limits of a visit that is to take place.
const (
	shortestAppointment = time.Minute
	longestAppointment  = 24 * time.Hour
	furthestAppointment = 5 * 366 * 24 * time.Hour
)

// prepare locks the calendars that b is for, fills in what follows from what was
// said, and returns all that is wrong with it but whether its time is free.
func (tx *Tx) prepare(ctx context.Context, b *Booking) error {
	var found problems
	if b.Override != nil {
		b.Override = &BookingOverride{b.Override.Rules, strings.TrimSpace(b.Override.Reason)}
		checkOverride(b.Override, &found)
	}
	if err := tx.applyType(ctx, b, &found); err != nil {
		return err
	}
	b.resolveTime(tx.clinic, &found)
	if b.PractitionerID == nil {
		found.add("practitionerId", Required, "must not be null")
		return found.err()
	}
	if err := tx.lockWish(ctx, b); err != nil {
		return err
	}
	if err := tx.holdParties(ctx, b, &found); err != nil {
		return err
	}
	if err := tx.checkHold(ctx, b, &found); err != nil {
		return err
	}
	found.texts(&b.Appointment)
	return found.err()
}

func checkOverride(o *BookingOverride, found *problems) {
	code, message := CheckText(o.Reason, 500)
	if code == "" && len([]rune(o.Reason)) < 5 {
		code, message = TooShort, "is shorter than 5 characters"
	}
	if code != "" {
		found.at(code, message, "override", "reason")
	}
	if len(o.Rules) == 0 {
		found.at(Required, "names no rule", "override", "rules")
	}
}

// applyType fills in what the type of the visit says.
func (tx *Tx) applyType(ctx context.Context, b *Booking, found *problems) error {
	if b.AppointmentTypeID == nil || b.moves != nil {
		return nil
	}
	kind, err := findAppointmentType(ctx, tx, *b.AppointmentTypeID, found, "appointmentTypeId")
	if err != nil || kind == nil {
		return err
	}
	b.BufferBefore, b.BufferAfter = kind.BufferBefore, kind.BufferAfter
	if b.Type == nil {
		b.Type = &kind.Name
	}
	if b.Length == nil && b.EndsAt.IsZero() {
		b.Length = &kind.Length
	}
	return nil
}

// startField is the field by which the start was said.
func (b *Booking) startField() string {
	if b.LocalStart != nil {
		return "localStart"
	}
	return "startsAt"
}

// resolveTime makes instants of what was said, and says what is wrong with them.
func (b *Booking) resolveTime(clinic *Clinic, found *problems) {
	before := len(found.found)
	switch {
	case b.LocalStart != nil && !b.StartsAt.IsZero():
		found.add("localStart", OutOfRange, "is not used together with startsAt")
	case b.LocalStart != nil:
		b.StartsAt = clinic.resolve(*b.LocalStart, "localStart", found)
	case b.StartsAt.IsZero():
		found.add("startsAt", Required, "is needed, or localStart")
	}
	lengthField := "endsAt"
	switch {
	case b.Length != nil && !b.EndsAt.IsZero():
		found.add("length", OutOfRange, "is not used together with endsAt")
	case b.Length != nil:
		b.EndsAt, lengthField = b.StartsAt.Add(time.Duration(*b.Length)), "length"
	case b.EndsAt.IsZero():
		found.add("endsAt", Required, "is needed, or length, or a type of visit")
	}
	if len(found.found) > before {
		return
	}
	switch length := b.EndsAt.Sub(b.StartsAt); {
	case length < 0:
		found.add(lengthField, EndBeforeStart, "lies before the start")
	case length < shortestAppointment:
		found.add(lengthField, TooShort, "lies less than a minute after the start")
	case length > longestAppointment:
		found.add(lengthField, TooLong, "lies more than 24 hours after the start")
	}
	now := time.Now()
	b.rule(found, b.StartsAt.Before(now), RuleLateEntry, b.startField(), InThePast, "lies in the past")
	if b.StartsAt.After(now.Add(furthestAppointment)) {
		found.add(b.startField(), InTheFuture, "lies more than five years ahead")
	}
}

// resolve returns the instant of a local time of the clinic.
func (c *Clinic) resolve(at LocalDateTime, field string, found *problems) time.Time {
	day, clock, _ := strings.Cut(string(at), "T")
	of, _ := ParseLocalTime(clock)
	t, err := calendar.Resolve(c.location, calendar.Date(day), calendar.TimeOfDay(of))
	var twice *calendar.AmbiguousError
	switch {
	case errors.As(err, &twice):
		found.add(field, AmbiguousTime, "comes twice, as the clocks are set back: give startsAt with its offset, "+
			twice.Earlier.In(c.location).Format(time.RFC3339)+" or "+twice.Later.In(c.location).Format(time.RFC3339))
	case err != nil:
		found.add(field, SkippedTime, "is skipped, as the clocks are set forward")
	}
	return t.UTC()
}

// lockCalendars makes those who write into the same calendars wait for each
// other, in one order, so that none of them is chosen as a deadlock's victim.
func (tx *Tx) lockCalendars(ctx context.Context, of ...*uuid.UUID) error {
	var calendars []uuid.UUID
	for _, id := range of {
		if id != nil {
			calendars = append(calendars, *id)
		}
	}
	_, err := tx.ExecContext(ctx, "SELECT lock_calendars($1::uuid[])", pq.Array(calendars))
	return translate(err)
}

// holdParties locks the calendars that b is for, as lockCalendars does, says whether patient,
// practitioner and room can be booked, and keeps that so until tx ends.
func (tx *Tx) holdParties(ctx context.Context, b *Booking, found *problems) error {
	var held struct{ Archived, Deceased, Practitioner, Room *bool }
	err := tx.GetContext(ctx, &held, "SELECT archived, deceased, practitioner, room FROM hold_for_visit($1, $2, $3)", b.PatientID, b.PractitionerID, b.RoomID)
	if err != nil {
		return translate(err)
	}
	found.ofPatient(held.Archived, held.Deceased)
	found.ofPractitioner(held.Practitioner)
	if b.RoomID != nil {
		found.ofRoom(held.Room)
	}
	return nil
}

// checkPatient says whether the patient can be booked, and keeps that so until
// tx ends.
func (tx *Tx) checkPatient(ctx context.Context, b *Booking, found *problems) error {
	var patient struct{ Archived, Deceased *bool }
	err := tx.GetContext(ctx, &patient, `
		SELECT archived_at IS NOT NULL AS archived, deceased_on IS NOT NULL AS deceased
		FROM patients
		WHERE id = $1
		FOR SHARE`, b.PatientID)
	if err := translate(err); err != nil && !isNotFound(err) {
		return err
	}
	found.ofPatient(patient.Archived, patient.Deceased)
	return nil
}

// ofPatient adds why a patient cannot be booked; null of both for one who is not there.
func (p *problems) ofPatient(archived, deceased *bool) {
	switch {
	case archived == nil:
		p.add("patientId", UnknownReference, "is no patient")
	case *deceased:
		p.add("patientId", Deceased, "is a patient who has died")
	case *archived:
		p.add("patientId", Archived, "is a patient who is archived")
	}
}

// checkPractitioner says whether the practitioner can be booked, and keeps that
// so until tx ends.
func (tx *Tx) checkPractitioner(ctx context.Context, b *Booking, found *problems) error {
	var active *bool
	if err := tx.GetContext(ctx, &active, "SELECT hold_practitioner($1)", b.PractitionerID); err != nil {
		return translate(err)
	}
	found.ofPractitioner(active)
	return nil
}

// ofPractitioner adds why a practitioner cannot be booked; null for one who is not there.
func (p *problems) ofPractitioner(active *bool) {
	switch {
	case active == nil:
		p.add("practitionerId", UnknownReference, "is no practitioner")
	case !*active:
		p.add("practitionerId", Inactive, "is a practitioner who is not active")
	}
}

// checkRoom says whether the room can be booked, and keeps that so until tx ends.
func (tx *Tx) checkRoom(ctx context.Context, b *Booking, found *problems) error {
	if b.RoomID == nil {
		return nil
	}
	var active *bool
	if err := tx.GetContext(ctx, &active, "SELECT hold_room($1)", b.RoomID); err != nil {
		return translate(err)
	}
	found.ofRoom(active)
	return nil
}

// ofRoom adds why a room cannot be booked; null for one that is not there.
func (p *problems) ofRoom(active *bool) {
	switch {
	case active == nil:
		p.add("roomId", UnknownReference, "is no room")
	case !*active:
		p.add("roomId", Inactive, "is a room that is closed")
	}
}
