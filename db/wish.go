package db

import (
	"context"
	"time"

	"github.com/lib/pq"
)

// Wish is what is added to the wait list: the row to be, and how its length was said.
type Wish struct {
	WaitListEntry
	Length SlotLength
}

// AddToWaitList notes that a patient wants an earlier time, from today on where
// the wish does not say from when.
func (d *DB) AddToWaitList(ctx context.Context, wish *Wish) (*WaitListEntry, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*WaitListEntry, error) {
		w, today := wish.WaitListEntry, tx.clinic.today()
		w.WrittenStatus = Waiting
		if w.StartsOn == "" {
			w.StartsOn = today
		}
		var found problems
		if w.EndsOn < today {
			found.add("endsOn", InThePast, "lies in the past")
		}
		if err := tx.checkWish(ctx, &w, wish.Length, &found); err != nil {
			return nil, err
		}
		found.texts(&w)
		w.check(tx.clinic, &found)
		if err := found.err(); err != nil {
			return nil, err
		}
		return &w, insert(ctx, tx, waitList, &w)
	})
}

// checkWish says whether what a new wish refers to is there and fits, keeps
// patient and practitioner as they are until tx ends, and fills in the length.
func (tx *Tx) checkWish(ctx context.Context, w *WaitListEntry, length SlotLength, found *problems) error {
	b := &Booking{Appointment: Appointment{PatientID: w.PatientID, PractitionerID: w.PractitionerID}}
	if err := tx.checkPatient(ctx, b, found); err != nil {
		return err
	}
	if w.PractitionerID != nil {
		if err := tx.checkPractitioner(ctx, b, found); err != nil {
			return err
		}
	}
	if err := b.setLength(ctx, tx, length, found); err != nil {
		return err
	}
	if b.Length != nil {
		w.Length = *b.Length
	}
	if w.ReplacesAppointmentID == nil {
		return nil
	}
	s := newStatement(ctx)
	s.write("SELECT EXISTS (SELECT FROM appointments t WHERE t.id = ", s.arg(*w.ReplacesAppointmentID), " AND t.patient_id = ", s.arg(w.PatientID),
		" AND t.status = ANY(", s.arg(pq.Array(upcoming)), ") AND t.starts_at > ", s.arg(time.Now()), " AND ", s.visible("appointments", "t"), ")")
	var isThere bool
	err := tx.GetContext(ctx, &isThere, s.String(), s.args...)
	if err == nil && !isThere {
		found.add("replacesAppointmentId", UnknownReference, "is no visit of the patient that is to come")
	}
	return translate(err)
}
