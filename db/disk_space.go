package db

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// retrySpace is how often a change is tried while the database has no room.
const retrySpace = time.Second

// A diskSpace knows whether the database has room for changes, from the last one that
// was tried. Where there was none, one change a second is tried and all others are
// refused at once: each that fails takes room from the log of Postgres, which ends
// when that has none.
type diskSpace struct{ again atomic.Int64 } // nanoseconds since 1970 when a change may be tried; 0: at any time

// ask returns ErrNoWrites when a change is not to be tried now.
func (s *diskSpace) ask() error {
	again, now := s.again.Load(), time.Now()
	if again == 0 || again <= now.UnixNano() && s.again.CompareAndSwap(again, now.Add(retrySpace).UnixNano()) {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, ErrNoWrites)
}

// note notes what became of a change that was tried.
func (s *diskSpace) note(err error) {
	switch {
	case err == nil:
		s.again.Store(0)
	case errors.Is(err, ErrNoWrites):
		s.again.Store(time.Now().Add(retrySpace).UnixNano())
	}
}

// TakesChanges says whether there was room for the change that was tried last, and
// nothing waits for room.
func (d *DB) TakesChanges() bool { return d.space.again.Load() == 0 && d.KeptReads() == 0 }
