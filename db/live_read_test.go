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
	"github.com/jmoiron/sqlx"
)

// A read whose context ends is given up at once, with its statement in the database, though
// no timeout of the database would end that; what reads next has another connection.
func TestRead_endsWithItsContext(t *testing.T) {
	t.Parallel()
	r := newHeldReads(t)
	ctx, cancel := context.WithCancel(acting(t))
	ended := r.read(ctx)
	until(t, func() bool { return len(r.waiting()) == 1 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	until(t, func() bool { return len(r.waiting()) == 0 })
	r.release()
	if err := <-r.read(acting(t)); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("what reads next ends with %v", err)
	}
	if _, err := r.db.Patient(ctx, uuid.Nil); !errors.Is(err, context.Canceled) {
		t.Errorf("what begins too late ends with %v", err)
	}
}

// A read that is given up says nothing of the server: the other connections stay.
func TestRead_givenUpEndsNoOtherConnection(t *testing.T) {
	t.Parallel()
	r := newHeldReads(t)
	other := r.read(acting(t))
	until(t, func() bool { return len(r.waiting()) == 1 })
	stays := r.waiting()[0]
	ctx, cancel := context.WithCancel(acting(t))
	ended := r.read(ctx)
	until(t, func() bool { return len(r.waiting()) == 2 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	until(t, func() bool { return len(r.waiting()) == 1 })
	r.release()
	if err := <-other; !errors.Is(err, db.ErrNotFound) {
		t.Errorf("what read beside it ends with %v", err)
	}
	r.hold()
	next := r.read(acting(t))
	until(t, func() bool { return len(r.waiting()) == 1 })
	if got := r.waiting()[0]; got != stays {
		t.Errorf("the next one reads over connection %d, not over %d", got, stays)
	}
	r.release()
	if err := <-next; !errors.Is(err, db.ErrNotFound) {
		t.Errorf("what reads next ends with %v", err)
	}
}

// heldReads is a database whose reads of patients wait while they are held, as long as may be.
type heldReads struct {
	t     *testing.T
	owner *sqlx.DB
	db    *db.DB
	lock  *sqlx.Tx
	id    uuid.UUID
}

// newHeldReads returns one that is held, and whose read of a patient is prepared.
func newHeldReads(t *testing.T) *heldReads {
	t.Helper()
	d := dbtest.New(t)
	u, err := url.Parse(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("lock_timeout", "600000")
	q.Set("statement_timeout", "600000")
	u.RawQuery = q.Encode()
	r := &heldReads{t: t, owner: d.SQL, db: open(t, u.String()), id: db.NewID(db.KindPatient)}
	for range 3 {
		if err := <-r.read(acting(t)); !errors.Is(err, db.ErrNotFound) {
			t.Fatal(err)
		}
	}
	r.hold()
	return r
}

func (r *heldReads) hold() {
	r.lock = r.owner.MustBegin()
	r.t.Cleanup(func() { _ = r.lock.Rollback() })
	r.lock.MustExec("LOCK TABLE patients IN ACCESS EXCLUSIVE MODE")
}

func (r *heldReads) release() {
	if err := r.lock.Rollback(); err != nil {
		r.t.Fatal(err)
	}
}

// read reads a patient who is not there, and tells how that ends.
func (r *heldReads) read(ctx context.Context) <-chan error {
	ended := make(chan error, 1)
	go func() {
		_, err := r.db.Patient(ctx, r.id)
		ended <- err
	}()
	return ended
}

// waiting returns the connections whose reads wait.
func (r *heldReads) waiting() (pids []int) {
	mustSelect(r.t, r.owner, &pids, "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
	return pids
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
