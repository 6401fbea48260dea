package fhir

import (
	"strconv"
	"time"

	"github.com/clinicql/clinicql/db"
)

// An appointment becomes a visit, asked for, to come or past. One that holds its
// time is refused when somebody or something else has it.
type appointment struct {
	Status            string            `json:"status"`
	CancelationReason *codeableConcept  `json:"cancelationReason"`
	ServiceType       []codeableConcept `json:"serviceType"`
	AppointmentType   *codeableConcept  `json:"appointmentType"`
	ReasonCode        []codeableConcept `json:"reasonCode"`
	Description       string            `json:"description"`
	Start             string            `json:"start"`
	End               string            `json:"end"`
	Participant       []participant     `json:"participant"`
}

// A participant is who or what an appointment is with.
type participant struct {
	Actor *reference `json:"actor"`
}

// subject returns the participant who says to be a patient; set.patientIn finds
// those whose type stands elsewhere.
func (a *appointment) subject() *reference {
	for _, ref := range a.people() {
		if ref != nil && ref.parse().Type == "Patient" {
			return ref
		}
	}
	return nil
}

func (*appointment) visit() *reference { return nil }

func (a *appointment) people() []*reference {
	all := make([]*reference, len(a.Participant))
	for i, p := range a.Participant {
		all[i] = p.Actor
	}
	return all
}

func (*appointment) element(field string) string {
	return map[string]string{"startsAt": "start", "endsAt": "end", "type": "appointmentType", "reason": "description",
		"cancellationNote": "cancelationReason", "practitionerId": "participant", "patientId": "participant"}[field]
}

// appointmentStatuses holds the codes of appointmentstatus; those without a
// status of ours are not kept.
var appointmentStatuses = map[string]db.AppointmentStatus{
	"proposed": db.Requested, "pending": db.Requested, "booked": db.Booked, "arrived": db.CheckedIn, "checked-in": db.CheckedIn,
	"fulfilled": db.Completed, "cancelled": db.Cancelled, "noshow": db.NoShow, "entered-in-error": db.AppointmentInError, "waitlist": "",
}

// row returns the visit's row, or nil when it is not kept or wrong.
func (a *appointment) row(c *chart, r *resource) *db.Appointment {
	status, ok := appointmentStatuses[a.Status]
	switch {
	case !ok:
		c.refuse(r, "Appointment.status", "is no code of FHIR's appointmentstatus")
		return nil
	case status == "":
		c.notKept(r, "with the status "+a.Status)
		return nil
	case (a.Start == "" || a.End == "") && (status == db.Requested || status == db.Cancelled || status == db.AppointmentInError):
		c.notKept(r, "that have no start or no end")
		return nil
	}
	row := &db.Appointment{Status: status, Type: optional(a.AppointmentType.text()), Reason: optional(a.Description)}
	others, reasons := len(a.ServiceType), len(a.ReasonCode)
	if row.Type == nil {
		row.Type = optional(firstText(a.ServiceType))
		others--
	}
	if row.Reason == nil {
		row.Reason = optional(firstText(a.ReasonCode))
		reasons--
	}
	c.leftOut("Appointment.serviceType", others)
	c.leftOut("Appointment.reasonCode", reasons)
	starts, startIsFine := c.timestamp(r, "Appointment.start", a.Start)
	ends, endIsFine := c.timestamp(r, "Appointment.end", a.End)
	if !startIsFine || !endIsFine {
		return nil
	}
	row.StartsAt, row.EndsAt = starts, ends
	if status == db.Cancelled {
		reason := db.OtherReason
		row.CancellationReason, row.CancellationNote = &reason, optional(a.CancelationReason.text())
		if row.CancellationNote == nil {
			row.CancellationNote = optional("Called off where this was imported from")
		}
	}
	for i, p := range a.Participant {
		id := c.practitioner(r, "Appointment.participant["+strconv.Itoa(i)+"].actor", p.Actor)
		switch {
		case row.PractitionerID == nil:
			row.PractitionerID = id
		case id != nil:
			c.leftOut("Appointment.participant", 1)
		}
	}
	return row
}

// timestamp reads an instant, with its offset.
func (c *chart) timestamp(r *resource, path, text string) (time.Time, bool) {
	m, ok := c.moments.parse(text)
	switch {
	case text == "":
		c.refuse(r, path, "is missing")
	case !ok || !m.isInstant:
		c.refuse(r, path, "is no instant that exists")
	default:
		return m.at, true
	}
	return time.Time{}, false
}

// patientIn returns the participant who is a patient, or nil.
func (s *set) patientIn(a *appointment) *reference {
	for _, ref := range a.people() {
		if ref == nil || ref.isEmpty() {
			continue
		}
		if to, ok := s.settle(ref); ok && to.Type == "Patient" {
			return ref
		}
	}
	return nil
}
