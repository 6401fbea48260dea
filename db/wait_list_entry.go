package db

import (
	"context"

	"github.com/google/uuid"
)

// WaitListStatus says where a wish stands.
type WaitListStatus string

// The statuses of a wish.
const (
	Waiting    WaitListStatus = "WAITING"
	Offered    WaitListStatus = "OFFERED"
	WishBooked WaitListStatus = "BOOKED"
	Withdrawn  WaitListStatus = "WITHDRAWN"
)

// WaitListEntry is one row of wait_list_entries: a patient who wants an earlier time.
type WaitListEntry struct {
	Row
	PatientID             uuid.UUID      `db:"patient_id"`
	PractitionerID        *uuid.UUID     `db:"practitioner_id"`
	Specialty             *string        `db:"specialty" max:"100"`
	Length                Duration       `db:"length"`
	StartsOn              Date           `db:"starts_on"`
	EndsOn                Date           `db:"ends_on"`
	EarliestTime          *LocalTime     `db:"earliest_time"`
	LatestTime            *LocalTime     `db:"latest_time"`
	IsUrgent              bool           `db:"is_urgent"`
	Note                  *string        `db:"note" max:"500"`
	WrittenStatus         WaitListStatus `db:"status"`
	ReplacesAppointmentID *uuid.UUID     `db:"replaces_appointment_id"`
	SlotHoldID            *uuid.UUID     `db:"slot_hold_id"`
	AppointmentID         *uuid.UUID     `db:"appointment_id"`
}

var waitList = newTable(table[WaitListEntry]{
	name: "wait_list_entries", kind: KindWaitListEntry, wall: wall{patient: "patient_id"},
	usual:  []orderKey{{column: "is_urgent", desc: true}, {column: "created_at"}},
	listed: "t.status IN ('WAITING', 'OFFERED')", unless: "Status",
})

// WaitListEntryWhere holds conditions on wishes.
type WaitListEntryWhere struct {
	ID             *IDFilter
	PatientID      *IDFilter
	PractitionerID *IDFilter
	Specialty      *StringFilter
	Status         *WaitListStatusFilter
	EndsOn         *DateFilter
	And, Or        []*WaitListEntryWhere
	Not            *WaitListEntryWhere
}

func (w *WaitListEntry) check(_ *Clinic, found *problems) {
	switch {
	case w.PractitionerID == nil && w.Specialty == nil:
		found.add("practitionerId", Required, "is needed where no specialty is given")
	case w.PractitionerID != nil && w.Specialty != nil:
		found.add("specialty", OutOfRange, "is not given together with practitionerId")
	}
	switch {
	case w.EndsOn < w.StartsOn:
		found.add("endsOn", EndBeforeStart, "lies before startsOn")
	case w.EndsOn > w.StartsOn.AddYears(1):
		found.add("endsOn", OutOfRange, "lies more than a year after startsOn")
	}
	if w.EarliestTime != nil && w.LatestTime != nil {
		switch {
		case *w.LatestTime <= *w.EarliestTime:
			found.add("latestTime", EndBeforeStart, "does not lie after earliestTime")
		case Minutes(int(*w.LatestTime-*w.EarliestTime)) < w.Length:
			found.add("latestTime", OutOfRange, "leaves less time than the visit takes")
		}
	}
}

// Status returns where the wish stands: an offer that has lapsed is a wish again.
func (w *WaitListEntry) Status(ctx context.Context) (WaitListStatus, error) {
	if w.WrittenStatus != Offered {
		return w.WrittenStatus, nil
	}
	if hold, err := w.SlotHold(ctx); err != nil || hold == nil {
		return Waiting, err
	}
	return Offered, nil
}

// Patient returns who waits.
func (w *WaitListEntry) Patient(ctx context.Context) (*Patient, error) {
	return one(ctx, w, patients, "patient_id")
}

// Practitioner returns with whom, or nil where it is anyone of a specialty.
func (w *WaitListEntry) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, w, practitioners, "practitioner_id")
}

// ReplacesAppointment returns the later visit that would be given up, or nil.
func (w *WaitListEntry) ReplacesAppointment(ctx context.Context) (*Appointment, error) {
	return one(ctx, w, appointments, "replaces_appointment_id")
}

// Appointment returns the visit that it led to, or nil.
func (w *WaitListEntry) Appointment(ctx context.Context) (*Appointment, error) {
	return one(ctx, w, appointments, "appointment_id")
}

// SlotHold returns the time that is held for the patient now, or nil.
func (w *WaitListEntry) SlotHold(ctx context.Context) (*SlotHold, error) {
	if w.WrittenStatus != Offered {
		return nil, nil
	}
	hold, err := one(ctx, w, slotHolds, "slot_hold_id")
	if err != nil || hold == nil || !hold.isLive(w.batch.at) {
		return nil, err
	}
	return hold, nil
}

// WaitList returns a page of the wishes, urgent ones first, then by age.
func (d *DB) WaitList(ctx context.Context, page Page, where *WaitListEntryWhere) (*WaitListEntryConnection, error) {
	return list(ctx, d, waitList, query{page, where, nil})
}

// WithdrawFromWaitList ends the wish of the expected version; what is held for
// it is free.
func (d *DB) WithdrawFromWaitList(ctx context.Context, id uuid.UUID, expected int32) (*WaitListEntry, error) {
	return edit(ctx, d, waitList, id, expected, func(ctx context.Context, tx *Tx, w *WaitListEntry) error {
		if err := w.refuseEnded(); err != nil {
			return err
		}
		if w.WrittenStatus == Offered {
			if err := tx.release(ctx, *w.SlotHoldID); err != nil {
				return err
			}
		}
		w.WrittenStatus = Withdrawn
		return nil
	})
}

// refuseEnded returns a ConflictError for a wish that is none any more.
func (w *WaitListEntry) refuseEnded() error {
	if w.WrittenStatus == WishBooked || w.WrittenStatus == Withdrawn {
		return &ConflictError{"a wish that is " + string(w.WrittenStatus) + " has ended"}
	}
	return nil
}

// lockWish keeps the wish that b is to fulfil as it is until tx ends. Wishes are
// locked before calendars and holds, whatever is done with them, so that nobody is
// chosen as a deadlock's victim. Whether it can be fulfilled is said by fulfil.
func (tx *Tx) lockWish(ctx context.Context, b *Booking) error {
	if b.WaitListEntryID == nil {
		return nil
	}
	_, err := lock(ctx, tx, waitList, *b.WaitListEntryID)
	if isNotFound(err) {
		return nil
	}
	return err
}

// fulfil notes that a, which has been added, is what the wish led to. What is
// held for the wish is used up. The wish must be one of the same patient.
func (tx *Tx) fulfil(ctx context.Context, entryID uuid.UUID, a *Appointment) error {
	w, err := lock(ctx, tx, waitList, entryID)
	switch {
	case isNotFound(err), err == nil && w.PatientID != a.PatientID:
		return Invalid("waitListEntryId", UnknownReference, "is no wish of the patient")
	case err != nil:
		return err
	case w.refuseEnded() != nil:
		return Invalid("waitListEntryId", NotAllowedNow, "is a wish that has ended")
	}
	if w.WrittenStatus == Offered {
		if err := tx.release(ctx, *w.SlotHoldID); err != nil {
			return err
		}
	}
	w.WrittenStatus, w.AppointmentID = WishBooked, &a.ID
	return update(ctx, tx, waitList, w)
}

// The types that the wait list is made of.
type (
	WaitListEntryConnection = Connection[WaitListEntry]
	WaitListEntryEdge       = Edge[WaitListEntry]
	WaitListStatusFilter    = EnumFilter[WaitListStatus]
)

// WaitListEntryEdgeOf returns w as an edge of the wait list.
func WaitListEntryEdgeOf(w *WaitListEntry) *WaitListEntryEdge { return edge(waitList, w) }
