// Package seed makes up a clinic: people, visits and records that are plausible
// and belong to nobody.
package seed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// Options say which clinic to make. The same options make the same clinic; its
// people, other than its visits, do not depend on Now.
type Options struct {
	Patients int
	Each     int // visits and records of each patient, as benchmarks ask for; 0 for as many as are usual
	Seed     uint64
	Now      time.Time             // visits before are past; the zero time is the present
	Progress func(done, total int) // told of each chunk, in patients and visits together; may be nil
}

// Summary counts what was made.
type Summary struct {
	Practitioners, Patients, Allergies, Appointments, MedicalRecords int
	Rooms, AppointmentTypes, WorkingHours, TimeOff                   int
}

// Rows counts all of them.
func (s Summary) Rows() int {
	return s.Practitioners + s.Patients + s.Allergies + s.Appointments + s.MedicalRecords + s.Rooms + s.AppointmentTypes + s.WorkingHours + s.TimeOff
}

// ErrNotEmpty says that a clinic is there already.
var ErrNotEmpty = errors.New("the database holds patients already; a made-up clinic is put into an empty one only")

// Run puts a made-up clinic into d, or returns ErrNotEmpty. It commits chunk by
// chunk: when it fails, what it has made so far stays.
func Run(ctx context.Context, d *db.DB, o Options) (Summary, error) {
	if o.Patients < 1 {
		return Summary{}, fmt.Errorf("seed: %d is not a number of patients", o.Patients)
	}
	if err := checkEach(o.Each); err != nil {
		return Summary{}, fmt.Errorf("seed: %w", err)
	}
	if _, named := auth.From(ctx); !named {
		ctx = auth.WithActor(ctx, auth.SystemActor("seed"))
	}
	s, err := run(ctx, d, o)
	if err != nil {
		return s, fmt.Errorf("seed: %w", err)
	}
	return s, nil
}

func run(ctx context.Context, d *db.DB, o Options) (Summary, error) {
	if some, err := d.HasPatients(ctx); err != nil {
		return Summary{}, err
	} else if some {
		return Summary{}, ErrNotEmpty
	}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return Summary{}, err
	}
	zone, err := time.LoadLocation(clinic.TimeZone)
	if err != nil {
		return Summary{}, err
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	office := newOffice(o, zone)
	visits, expected := office.visits(o.Patients*visitsOfOne), visitsOfOne
	if o.Each > 0 {
		visits, expected = office.evenly(o.Each), o.Each
	}
	c := &copier{db: d, progress: o.Progress, total: o.Patients * (1 + expected)}
	if err := c.office(ctx, o.Seed, office); err != nil {
		return c.summary, err
	}
	if err := c.patients(ctx, office.registrations(o)); err != nil {
		return c.summary, err
	}
	if err := c.visits(ctx, visits); err != nil {
		return c.summary, err
	}
	return c.summary, d.Analyze(ctx)
}
