package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// holding are the statuses of visits that hold their time.
var holding = []AppointmentStatus{Booked, CheckedIn, InProgress}

// A toldVisit is an appointment that is not booked but told of.
type toldVisit struct{ *Appointment }

func (v *toldVisit) check(clinic *Clinic, found *problems) {
	v.Appointment.check(clinic, found)
	now := time.Now()
	isOver := v.Status == Completed || v.Status == NoShow
	switch {
	case v.EndsAt.Before(v.StartsAt):
		found.add("endsAt", OutOfRange, "lies before the start")
	case v.EndsAt.Equal(v.StartsAt) && v.Status != Completed:
		found.add("endsAt", OutOfRange, "does not lie after the start")
	case isOver && v.StartsAt.After(now):
		found.add("startsAt", InTheFuture, "lies in the future")
	case v.Status == Completed && v.EndsAt.After(now):
		found.add("endsAt", InTheFuture, "lies in the future")
	}
	if !slices.Contains(upcoming, v.Status) {
		return
	}
	if v.PractitionerID == nil {
		found.add("practitionerId", Required, "names no practitioner")
	}
	if v.Length() > Duration(longestAppointment) {
		found.add("endsAt", OutOfRange, "lies more than 24 hours after the start")
	}
	if v.StartsAt.After(now.Add(furthestAppointment)) {
		found.add("startsAt", OutOfRange, "lies more than five years ahead")
	}
}

// checkCalendars refuses new visits that hold a time which is not free, and
// keeps the calendars as they are until the transaction ends.
func (in *chartImport) checkCalendars(ctx context.Context) error {
	var visits []Imported[Appointment]
	for _, a := range in.visits {
		if slices.Contains(holding, a.Row.Status) && a.Row.PractitionerID != nil {
			visits = append(visits, a)
		}
	}
	if len(visits) == 0 {
		return nil
	}
	calendars := []*uuid.UUID{&in.patient.ID}
	for _, a := range visits {
		if !slices.ContainsFunc(calendars, func(id *uuid.UUID) bool { return *id == *a.Row.PractitionerID }) {
			calendars = append(calendars, a.Row.PractitionerID)
		}
	}
	if err := in.tx.lockCalendars(ctx, calendars...); err != nil {
		return fmt.Errorf("lock calendars: %w", err)
	}
	slices.SortStableFunc(visits, func(a, b Imported[Appointment]) int { return a.Row.StartsAt.Compare(b.Row.StartsAt) })
	var until time.Time
	for _, a := range visits {
		if a.Row.StartsAt.Before(until) {
			in.refuse(a.Source, Problem{[]any{"startsAt"}, NotUnique, "is when the patient has another visit"})
		}
		if a.Row.EndsAt.After(until) {
			until = a.Row.EndsAt
		}
	}
	return in.refuseTaken(ctx, visits)
}

// refuseTaken refuses the visits over which somebody has another.
func (in *chartImport) refuseTaken(ctx context.Context, visits []Imported[Appointment]) error {
	practitioners, starts, ends := make([]uuid.UUID, len(visits)), make([]time.Time, len(visits)), make([]time.Time, len(visits))
	for i, a := range visits {
		practitioners[i], starts[i], ends[i] = *a.Row.PractitionerID, a.Row.StartsAt, a.Row.EndsAt
	}
	var taken []struct {
		N                           int
		IsPractitioner, WithPatient bool
	}
	const another = "a.starts_at < n.ends_at AND a.ends_at > n.starts_at AND a.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')"
	err := in.tx.SelectContext(ctx, &taken, `
		SELECT n.n - 1 AS n,
			EXISTS (SELECT FROM appointments a WHERE a.practitioner_id = n.practitioner_id AND `+another+`) AS ispractitioner,
			EXISTS (SELECT FROM appointments a WHERE a.patient_id = $1 AND `+another+`) AS withpatient
		FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY n (practitioner_id, starts_at, ends_at, n)
		ORDER BY n.n`, in.patient.ID, pq.Array(practitioners), pq.Array(starts), pq.Array(ends))
	if err != nil {
		return fmt.Errorf("look into calendars: %w", translate(err))
	}
	for _, t := range taken {
		who := ""
		switch {
		case t.IsPractitioner:
			who = "practitioner"
		case t.WithPatient:
			who = "patient"
		default:
			continue
		}
		in.refuse(visits[t.N].Source, Problem{[]any{"startsAt"}, NotUnique, "is when the " + who + " has another visit"})
	}
	return nil
}

// checkPeople refuses visits to come of a patient who has died, and with
// practitioners who are not active, and keeps these as they are.
func (in *chartImport) checkPeople(ctx context.Context) error {
	active := map[uuid.UUID]bool{}
	toCome := slices.DeleteFunc(slices.Clone(in.visits), func(a Imported[Appointment]) bool {
		return !slices.Contains(upcoming, a.Row.Status) || a.Row.PractitionerID == nil || a.Row.StartsAt.Before(time.Now())
	})
	slices.SortStableFunc(toCome, func(a, b Imported[Appointment]) int {
		return cmp.Compare(a.Row.PractitionerID.String(), b.Row.PractitionerID.String())
	})
	for _, a := range toCome {
		if in.patient.DeceasedOn != nil {
			in.refuse(a.Source, Problem{[]any{"patientId"}, Deceased, "is a patient who has died"})
		}
		id := *a.Row.PractitionerID
		is, asked := active[id]
		if !asked {
			if err := in.tx.GetContext(ctx, &is, "SELECT hold_practitioner($1)", id); err != nil {
				return fmt.Errorf("find practitioner: %w", translate(err))
			}
			active[id] = is
		}
		if !is {
			in.refuse(a.Source, Problem{[]any{"practitionerId"}, Inactive, "is a practitioner who is not active"})
		}
	}
	return nil
}
