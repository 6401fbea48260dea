package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/seed"
)

// seedCommand fills an empty database with people who do not exist.
type seedCommand struct {
	Patients int    `arg:"--patients" placeholder:"N" default:"200" help:"How many patients; six times as many visits and four times as many records come with them."`
	Each     int    `arg:"--each" placeholder:"N" help:"Give each patient exactly so many visits and records instead, as benchmarks want, 50 at most."`
	Seed     uint64 `arg:"--seed" placeholder:"N" default:"1" help:"The same number makes the same people."`
}

// Run says how far it is on standard error, and what it made on standard output.
func (c *seedCommand) Run(ctx context.Context, d *db.DB) error {
	start, said := time.Now(), time.Now()
	made, err := seed.Run(ctx, d, seed.Options{Patients: c.Patients, Each: c.Each, Seed: c.Seed, Progress: func(done, total int) {
		if time.Since(said) > time.Second {
			said = time.Now()
			fmt.Fprintf(os.Stderr, "%d of %d patients and visits\n", done, total)
		}
	}})
	if err != nil {
		return err
	}
	took := time.Since(start)
	fmt.Printf("Made %d practitioners with their hours, %d rooms, %d types of visit, %d absences and holidays, %d patients, %d allergies, "+
		"%d appointments and %d medical records in %s: %.0f rows a second.\n",
		made.Practitioners, made.Rooms, made.AppointmentTypes, made.TimeOff, made.Patients, made.Allergies,
		made.Appointments, made.MedicalRecords, took.Round(time.Millisecond), float64(made.Rows())/took.Seconds())
	return nil
}
