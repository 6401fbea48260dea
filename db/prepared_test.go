package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// More statements than are kept prepared are run by many at once: each finds its rows, and
// no more than these are prepared.
func TestPrepared_manyAtOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx := acting(t)
	if _, err := seed.Run(ctx, d.DB, seed.Options{Patients: 110, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	patients := func(ctx context.Context, size int32, field string) int {
		list, err := d.Patients(ctx, db.Page{First: &size}, nil, []*db.Order{{Field: field}})
		if err != nil {
			t.Error(err)
			return 0
		}
		rows, err := list.Nodes(ctx)
		if err != nil {
			t.Error(err)
		}
		return len(rows)
	}
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 300 {
				size, field := int32(1+(i*(n+1))%75), []string{"FAMILY_NAME", "CREATED_AT"}[i%2]
				if found := patients(ctx, size, field); found != int(size) {
					t.Errorf("%d of %d are found", found, size)
				}
			}
		})
	}
	all.Wait()
	if kept, prepared, err := db.KeptStatements(ctx, d.DB); err != nil || kept > 100 || prepared < 50 {
		t.Errorf("%d statements are kept, of which %d are prepared: %v", kept, prepared, err)
	}
	var open int
	if err := d.SQL.Get(&open, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid() AND backend_type = 'client backend'"); err != nil || open > 0 {
		t.Errorf("%d connections are in use: %v", open, err)
	}
}

// A statement that a migration changes the answer of is forgotten where it was prepared: the
// change is tried again, and nobody is told.
func TestPrepared_isForgottenWhenItsAnswerChanges(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SetPoolSize(1)
	ctx := acting(t)
	start := time.Now().Truncate(time.Hour)
	leave := func() {
		t.Helper()
		off := &db.Absence{TimeOff: db.TimeOff{StartsAt: start, EndsAt: start.Add(time.Hour), Reason: ptr("Leave")}}
		if _, err := d.CreateTimeOff(ctx, off); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		leave()
	}
	d.SQL.MustExec("ALTER TABLE time_off ALTER reason TYPE varchar(200)")
	leave()
}

// What a change ran prepared before it failed is prepared still, and good for the next one.
func TestPrepared_outlivesFailure(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SetPoolSize(1)
	ctx := acting(t)
	for n := range 6 {
		p := person("Beridze")
		p.Identifiers = db.Identifiers{{System: "urn:test", Value: "1"}}
		r := registering(p)
		r.ConfirmNotDuplicate = true
		_, err := d.CreatePatient(ctx, r)
		if isRefused := errors.As(err, new(*db.InvalidError)); isRefused != (n > 0) {
			t.Fatalf("registration %d is answered %v", n, err)
		}
	}
	p := person("Maisuradze")
	if _, err := d.CreatePatient(ctx, registering(p)); err != nil {
		t.Errorf("after those that failed: %v", err)
	}
}
