package fhir

import (
	"strconv"

	"github.com/clinicql/clinicql/db"
)

// An encounter becomes a visit that is over: COMPLETED, CANCELLED or
// ENTERED_IN_ERROR. Visits that are still to come or under way are the business
// of the calendar and not kept.
type encounter struct {
	Status      string            `json:"status"`
	Type        []codeableConcept `json:"type"`
	Subject     *reference        `json:"subject"`
	Participant []struct {
		Individual *reference `json:"individual"`
	} `json:"participant"`
	Appointment []*reference      `json:"appointment"` // that it fulfilled
	Period      period            `json:"period"`
	ReasonCode  []codeableConcept `json:"reasonCode"`
}

func (e *encounter) subject() *reference { return e.Subject }
func (*encounter) visit() *reference     { return nil }

func (e *encounter) people() []*reference {
	all := make([]*reference, len(e.Participant))
	for i, p := range e.Participant {
		all[i] = p.Individual
	}
	return all
}

func (*encounter) element(field string) string {
	return map[string]string{"startsAt": "period.start", "endsAt": "period.end", "type": "type", "reason": "reasonCode",
		"practitionerId": "participant"}[field]
}

var encounterStatuses = map[string]db.AppointmentStatus{
	"finished": db.Completed, "cancelled": db.Cancelled, "entered-in-error": db.AppointmentInError,
	"planned": "", "arrived": "", "triaged": "", "in-progress": "", "onleave": "", "unknown": "",
}

// row returns the visit's row, or nil when it is not kept or wrong.
func (e *encounter) row(c *chart, r *resource) *db.Appointment {
	status, ok := encounterStatuses[e.Status]
	switch {
	case !ok:
		c.refuse(r, "Encounter.status", "is no code of FHIR's encounter-status")
		return nil
	case status == "":
		c.notKept(r, "that are not over, with the status "+e.Status)
		return nil
	case e.Period.Start == "":
		c.notKept(r, "without a start")
		return nil
	}
	row := &db.Appointment{Status: status, Type: optional(firstText(e.Type)), Reason: optional(firstText(e.ReasonCode))}
	c.leftOut("Encounter.type", len(e.Type)-1)
	c.leftOut("Encounter.reasonCode", len(e.ReasonCode)-1)
	var isFine bool
	if row.StartsAt, isFine = c.instant(r, "Encounter.period.start", e.Period.Start); !isFine {
		return nil
	}
	row.EndsAt = row.StartsAt
	if e.Period.End != "" {
		if row.EndsAt, isFine = c.instant(r, "Encounter.period.end", e.Period.End); !isFine {
			return nil
		}
	}
	if status != db.Completed && row.EndsAt.Equal(row.StartsAt) {
		c.notKept(r, "that did not take place and have no length")
		return nil
	}
	if status == db.Cancelled {
		reason := db.OtherReason
		row.CancellationReason, row.CancellationNote = &reason, optional("Called off where this was imported from")
	}
	for i, p := range e.Participant {
		if row.PractitionerID == nil {
			row.PractitionerID = c.practitioner(r, "Encounter.participant["+strconv.Itoa(i)+"].individual", p.Individual)
		} else {
			c.leftOut("Encounter.participant", 1)
		}
	}
	return row
}
