package db_test

import (
	"context"
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/google/uuid"
)

// A read whose context ends is given up at once, with its statement in the database, though
// no timeout of the database would end that; what reads next has another connection.
func TestRead_endsWithItsContext(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	u, err := url.Parse(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("lock_timeout", "600000")
	q.Set("statement_timeout", "600000")
	u.RawQuery = q.Encode()
	patient := open(t, u.String()).Patient
	id := db.NewID(db.KindPatient)
	for range 3 { // it is prepared then
		if _, err := patient(acting(t), id); !errors.Is(err, db.ErrNotFound) {
			t.Fatal(err)
		}
	}
	lock := d.SQL.MustBegin()
	defer lock.Rollback()
	lock.MustExec("LOCK TABLE patients IN ACCESS EXCLUSIVE MODE")
	waiting := func() (n int) {
		if err := d.SQL.Get(&n, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"); err != nil {
			t.Fatal(err)
		}
		return n
	}
	ctx, cancel := context.WithCancel(acting(t))
	ended := make(chan error, 1)
	go func() {
		_, err := patient(ctx, id)
		ended <- err
	}()
	until(t, func() bool { return waiting() == 1 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	until(t, func() bool { return waiting() == 0 })
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := patient(acting(t), id); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("what reads next ends with %v", err)
	}
	if _, err := patient(ctx, uuid.Nil); !errors.Is(err, context.Canceled) {
		t.Errorf("what begins too late ends with %v", err)
	}
}

// until waits for what becomes so.
func until(t *testing.T, is func() bool) {
	t.Helper()
	for start := time.Now(); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > 30*time.Second {
			t.Fatal("it does not become so")
		}
	}
}
