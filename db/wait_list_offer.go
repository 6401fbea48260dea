package db

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
)

// The limits of how long a time is kept for the answer of a waiting patient.
const (
	shortestOffer = Duration(time.Minute)
	longestOffer  = Duration(24 * time.Hour)
)

// An Offer is a free time for a waiting patient, and how long it is kept.
type Offer struct {
	StartsAt       time.Time
	PractitionerID *uuid.UUID
	HoldFor        Duration
}

// OfferWaitListSlot keeps a free time for the wish of the expected version while
// the patient is asked. It returns a SlotTakenError where the time is not free.
func (d *DB) OfferWaitListSlot(ctx context.Context, id uuid.UUID, expected int32, o *Offer) (*WaitListEntry, error) {
	var asked Booking
	row, err := edit(ctx, d, waitList, id, expected, func(ctx context.Context, tx *Tx, w *WaitListEntry) error {
		if err := w.refuseEnded(); err != nil {
			return err
		}
		if held, err := tx.liveHoldOf(ctx, w); err != nil || held != nil {
			return cmp.Or[error](err, &ConflictError{"a time is held for this wish already"})
		}
		var found problems
		if o.HoldFor < shortestOffer || o.HoldFor > longestOffer {
			found.add("holdFor", OutOfRange, "is PT1M to PT24H")
		}
		if err := tx.checkOffer(ctx, w, o, &found); err != nil {
			return err
		}
		// The patient must be free too, but for the visit that would be given up.
		asked = Booking{
			Appointment: Appointment{PatientID: w.PatientID, PractitionerID: cmp.Or(o.PractitionerID, w.PractitionerID), StartsAt: o.StartsAt},
			Length:      &w.Length, moves: w.ReplacesAppointmentID,
		}
		hold, err := tx.hold(ctx, &asked, time.Duration(o.HoldFor), &found)
		if err != nil {
			return err
		}
		w.WrittenStatus, w.SlotHoldID = Offered, &hold.ID
		return nil
	})
	return row, d.suggest(ctx, err, &asked)
}

// checkOffer says in which way an offer is not what the wish asks for, and
// whether the patient can still be booked.
func (tx *Tx) checkOffer(ctx context.Context, w *WaitListEntry, o *Offer, found *problems) error {
	w.checkTime(tx.clinic, o.StartsAt, found)
	var who problems
	if err := tx.checkPatient(ctx, &Booking{Appointment: Appointment{PatientID: w.PatientID}}, &who); err != nil {
		return err
	}
	for _, p := range who.found {
		found.add("waitListEntryId", p.Code, p.Message)
	}
	switch {
	case w.PractitionerID != nil && o.PractitionerID != nil && *o.PractitionerID != *w.PractitionerID:
		found.add("practitionerId", OutOfRange, "is not the practitioner who is wished for")
	case w.PractitionerID == nil && o.PractitionerID == nil:
		found.add("practitionerId", Required, "is needed, as the wish is for anyone of a specialty")
		return found.err()
	case w.PractitionerID == nil:
		return tx.checkSpecialty(ctx, *o.PractitionerID, *w.Specialty, found)
	}
	return nil
}

// checkSpecialty says whether a practitioner is of the specialty. That there is
// such a practitioner is for others to say.
func (tx *Tx) checkSpecialty(ctx context.Context, practitioner uuid.UUID, specialty string, found *problems) error {
	var isOther bool
	err := tx.GetContext(ctx, &isOther, `
		SELECT EXISTS (SELECT FROM practitioners WHERE id = $1 AND lower(specialty) IS DISTINCT FROM lower($2))`, practitioner, specialty)
	if isOther {
		found.add("practitionerId", OutOfRange, "is not of the specialty that is wished for")
	}
	return translate(err)
}

// checkTime says in which way a start is not what the wish asks for.
func (w *WaitListEntry) checkTime(clinic *Clinic, start time.Time, found *problems) {
	start = start.In(clinic.location)
	end := start.Add(time.Duration(w.Length))
	switch day := DateOf(start); {
	case day < w.StartsOn || day > w.EndsOn:
		found.add("startsAt", OutOfRange, "lies on a day that would not do")
	case w.EarliestTime != nil && LocalTimeOf(start) < *w.EarliestTime:
		found.add("startsAt", OutOfRange, "lies earlier in the day than would do")
	case w.LatestTime != nil && (DateOf(end) != day || LocalTimeOf(end) > *w.LatestTime):
		found.add("startsAt", OutOfRange, "has the visit end later in the day than would do")
	}
}

// isLive says whether the hold keeps its time at an instant.
func (h *SlotHold) isLive(at time.Time) bool { return h.ReleasedAt == nil && h.ExpiresAt.After(at) }

// liveHoldOf returns what is held for the wish now, which stays so until tx
// ends, or nil.
func (tx *Tx) liveHoldOf(ctx context.Context, w *WaitListEntry) (*SlotHold, error) {
	if w.WrittenStatus != Offered {
		return nil, nil
	}
	hold, err := lock(ctx, tx, slotHolds, *w.SlotHoldID)
	if err != nil || !hold.isLive(time.Now()) {
		return nil, err
	}
	return hold, nil
}
