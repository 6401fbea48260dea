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

func (*WaitListEntry) check(*Clinic, *problems) {}

// Status returns where the wish stands: an offer that has lapsed is a wish again.
func (w *WaitListEntry) Status(ctx context.Context) (WaitListStatus, error) { panic("not written") }

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
func (w *WaitListEntry) SlotHold(ctx context.Context) (*SlotHold, error) { panic("not written") }

// WaitListMatches returns the wishes that the time of a visit fits that was called off.
func (a *Appointment) WaitListMatches(ctx context.Context) ([]*WaitListEntry, error) {
	panic("not written")
}

// The types that the wait list is made of.
type (
	WaitListEntryConnection = Connection[WaitListEntry]
	WaitListEntryEdge       = Edge[WaitListEntry]
	WaitListStatusFilter    = EnumFilter[WaitListStatus]
)

// WaitListEntryEdgeOf returns w as an edge of the wait list.
func WaitListEntryEdgeOf(w *WaitListEntry) *WaitListEntryEdge { return edge(waitList, w) }
