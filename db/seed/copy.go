package seed

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/clinicql/clinicql/db"
)

// The rows of one transaction. Postgres keeps what the triggers of a statement
// are still to see in memory.
const (
	patientsAtOnce = 10_000
	visitsAtOnce   = 20_000
)

// writers is how many transactions bring visits at the same time.
const writers = 2

// A copier brings what is made up into the database.
type copier struct {
	db       *db.DB
	progress func(done, total int)
	total    int
	mu       sync.Mutex
	summary  Summary
	booking  sync.Mutex
}

// count adds what a transaction brought.
func (c *copier) count(s Summary) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.summary.Practitioners += s.Practitioners
	c.summary.Patients += s.Patients
	c.summary.Allergies += s.Allergies
	c.summary.Appointments += s.Appointments
	c.summary.MedicalRecords += s.MedicalRecords
	c.summary.Rooms += s.Rooms
	c.summary.AppointmentTypes += s.AppointmentTypes
	c.summary.WorkingHours += s.WorkingHours
	c.summary.TimeOff += s.TimeOff
	c.progress(c.summary.Patients+c.summary.Appointments, c.total)
}

// office brings who works when and where, and what visits there are.
func (c *copier) office(ctx context.Context, seed uint64, o *office) error {
	var doctors []*db.Practitioner
	for _, d := range o.doctors {
		doctors = append(doctors, d.row)
	}
	hours, off := newWorkingHours(seed, o.doctors), o.timeOff(seed)
	err := c.db.Load(ctx, func(l *db.Loader) error {
		for _, add := range []func() error{
			func() error { return l.Practitioners(doctors) },
			func() error { return l.Rooms(o.rooms) },
			func() error { return l.AppointmentTypes(o.types) },
			func() error { return l.WorkingHours(hours) },
			func() error { return l.TimeOff(off) },
		} {
			if err := add(); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		c.count(Summary{Practitioners: len(doctors), Rooms: len(o.rooms), AppointmentTypes: len(o.types), WorkingHours: len(hours), TimeOff: len(off)})
	}
	return err
}

// A registration is a new patient with what was asked at the desk.
type registration struct {
	patient   *db.Patient
	allergies []*db.Allergy
	noneOn    *db.Date // the day on which there were none
}

// patients brings one chunk after the other, as record numbers are issued in
// the order of writing.
func (c *copier) patients(ctx context.Context, registrations iter.Seq[registration]) error {
	return pipe(ctx, 1, chunks(registrations, patientsAtOnce), func(ctx context.Context, chunk []registration) error {
		var patients []*db.Patient
		var allergies []*db.Allergy
		var absences []db.AllergyAbsence
		for _, r := range chunk {
			patients = append(patients, r.patient)
			allergies = append(allergies, r.allergies...)
			if r.noneOn != nil {
				absences = append(absences, db.AllergyAbsence{PatientID: r.patient.ID, NotedOn: *r.noneOn})
			}
		}
		err := c.db.Load(ctx, func(l *db.Loader) error {
			if err := l.Patients(patients); err != nil {
				return err
			}
			if err := l.AllergyAbsences(absences); err != nil {
				return err
			}
			return l.Allergies(allergies)
		})
		if err == nil {
			c.count(Summary{Patients: len(patients), Allergies: len(allergies)})
		}
		return err
	})
}

// visits brings appointments together with their records.
func (c *copier) visits(ctx context.Context, visits iter.Seq[visit]) error {
	return pipe(ctx, writers, chunks(visits, visitsAtOnce), func(ctx context.Context, chunk []visit) error {
		var appointments []*db.Appointment
		var records []*db.MedicalRecord
		for _, v := range chunk {
			appointments = append(appointments, v.appointment)
			if v.record != nil {
				records = append(records, v.record)
			}
		}
		// Who writes visits that take up time keeps the calendars of all their doctors
		// until the transaction ends, and two at once would wait for each other.
		if slices.ContainsFunc(appointments, takesTime) {
			c.booking.Lock()
			defer c.booking.Unlock()
		}
		err := c.db.Load(ctx, func(l *db.Loader) error {
			if err := l.Appointments(appointments); err != nil {
				return err
			}
			return l.MedicalRecords(records)
		})
		if err == nil {
			c.count(Summary{Appointments: len(appointments), MedicalRecords: len(records)})
		}
		return err
	})
}

func takesTime(a *db.Appointment) bool {
	return a.Status == db.Booked || a.Status == db.CheckedIn || a.Status == db.InProgress
}

// chunks gathers what all yields, n at a time.
func chunks[T any](all iter.Seq[T], n int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var chunk []T
		for v := range all {
			if chunk = append(chunk, v); len(chunk) == n {
				if !yield(chunk) {
					return
				}
				chunk = nil
			}
		}
		if len(chunk) > 0 {
			yield(chunk)
		}
	}
}

// pipe hands what all yields to as many workers, while more of it is made, until
// it ends, one of them fails or ctx does.
func pipe[T any](ctx context.Context, workers int, all iter.Seq[T], work func(context.Context, T) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	made := make(chan T)
	go func() {
		defer close(made)
		for v := range all {
			select {
			case made <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for v := range made {
				if err := work(ctx, v); err != nil {
					stop(err)
					return
				}
			}
		})
	}
	running.Wait()
	return context.Cause(ctx)
}
