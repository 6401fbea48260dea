package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// After a fail-over the same DB goes on with the new primary, and every answer
// until then says that the database is not to be had.
func TestFailOver(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*dbtest.Pair){
		"in good order": func(p *dbtest.Pair) { p.Primary.Stop() },
		"by a crash":    func(p *dbtest.Pair) { p.Primary.Kill() },
		"of a dead host": func(p *dbtest.Pair) {
			p.Primary.Kill()
			p.Primary.Silence() // what is sent there is lost
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pair := dbtest.NewPair(t)
			d := open(t, pair.URL())
			ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
			before := rush(t, ctx, d, 12) // there are several connections now
			if t.Failed() {
				return
			}
			pair.CatchUp()
			end(pair)
			if _, err := d.CreatePatient(ctx, registering(person("Lost"))); !errors.Is(err, db.ErrUnavailable) {
				t.Errorf("without a primary: %v", err)
			}
			pair.Standby.Promote()
			settles(t, func() error {
				_, err := d.CreatePatient(ctx, registering(person("Gelashvili")))
				if err != nil && !errors.Is(err, db.ErrUnavailable) {
					t.Fatal(err)
				}
				return err
			})
			rush(t, ctx, d, 12) // whoever comes now is answered, over whatever connection
			past, err := db.AsOf(ctx, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			readers(t, past, d, 1)
			var n int
			if err := pair.Standby.SQL.Get(&n, "SELECT count(*) FROM patients WHERE family_name = 'Beridze'"); err != nil || n != before+12 {
				t.Errorf("the new primary has %d patients of %d (%v)", n, before+12, err)
			}
		})
	}
}

// A connection to a server that takes no writes is found out by one write, and not
// used again: that write is done by the server that the address leads to now.
func TestFailOver_connectionsToAStandby(t *testing.T) {
	t.Parallel()
	pair := dbtest.NewPair(t)
	moving := dbtest.NewLine(t) // as an address that a load balancer moves
	moving.Lead(pair.Primary)
	d := open(t, moving.URL())
	ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
	rush(t, ctx, d, 12)
	settles(t, func() error { return d.Ping(ctx) }) // its login is made too
	pair.CatchUp()
	moving.Cut()
	moving.Lead(pair.Standby)
	settles(t, func() error { return d.Ping(ctx) })
	for write, do := range map[string]func() error{
		"a transaction": func() error {
			_, err := d.CreatePatient(ctx, registering(person("Lost")))
			return err
		},
		"an entry of the audit": func() error { // which is no transaction of ours
			var reads db.Reads
			records, err := d.MedicalRecords(db.WithReads(ctx, &reads), db.Page{}, nil, nil)
			if err != nil {
				return err
			}
			if _, err := records.Nodes(db.WithReads(ctx, &reads)); err != nil {
				return err
			}
			return d.RecordReads(ctx, &reads, []string{"MedicalRecord.id"})
		},
	} {
		if err := do(); !errors.Is(err, db.ErrUnavailable) {
			t.Errorf("%s on a standby: %v", write, err)
		}
		readers(t, ctx, d, 12) // all over connections to the standby
		moving.Lead(pair.Primary)
		if err := do(); err != nil {
			t.Errorf("%s once the address leads to the primary: %v", write, err)
		}
		moving.Cut()
		moving.Lead(pair.Standby)
		settles(t, func() error { return d.Ping(ctx) })
	}
}

// With none but standbys, or with hosts that nobody answers at, it is the database
// that is not to be had, and nothing of ours that is wrong.
func TestFailOver_noPrimary(t *testing.T) {
	t.Parallel()
	pair := dbtest.NewPair(t)
	ctx := auth.WithActor(t.Context(), auth.SystemActor("tester"))
	for name, url := range map[string]string{
		"a standby for a primary": pair.Standby.URL("target_session_attrs", "read-write"),
		"whatever answers":        pair.Standby.URL(),
		"two standbys":            "postgres://clinicql@" + pair.Standby.Address() + "," + pair.Standby.Address() + "/clinicql?sslmode=disable",
		"a wrong name":            pair.Standby.URL("dbname", "another"),
	} {
		d := open(t, url)
		if _, err := d.CreatePatient(ctx, registering(person("Lost"))); !errors.Is(err, db.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Run("a silent host", func(t *testing.T) {
		t.Parallel()
		end := pair.Standby.Silence()
		defer end()
		if _, err := open(t, pair.URL("connect_timeout", "1")).CreatePatient(ctx, registering(person("Beridze"))); err != nil {
			t.Error(err) // the next host was asked
		}
	})
}

func open(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// rush registers n patients at once, and returns n.
func rush(t *testing.T, ctx context.Context, d *db.DB, n int) int {
	t.Helper()
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			if _, err := d.CreatePatient(ctx, registering(person("Beridze"))); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	return n
}

// readers has n read at once.
func readers(t *testing.T, ctx context.Context, d *db.DB, n int) {
	t.Helper()
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			patients, err := d.Patients(ctx, db.Page{}, nil, nil)
			if err == nil {
				_, err = patients.Nodes(ctx)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// settles waits until do succeeds.
func settles(t *testing.T, do func() error) {
	t.Helper()
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := do()
		if err == nil {
			return
		}
		if time.Since(begun) > 30*time.Second {
			t.Fatal(err)
		}
	}
}
