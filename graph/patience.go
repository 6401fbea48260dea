package graph

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// patience is how many refusals in a second, on the average, a spender may have at once, with
// those of burst saved up. Whoever comes back no sooner than they are told to has one.
const patience = 5

// How long whoever has no patience left is held before anything of their request is read, more
// or less, and how many a server holds at once: each is a connection, and no body.
const (
	holdTime = time.Second
	maxHeld  = 1000
)

// A door is where requests are held.
type door struct {
	held  atomic.Int64
	most  int64
	after func(time.Duration) <-chan time.Time
}

func newDoor() door { return door{most: maxHeld, after: time.After} }

// hold returns after a while. It returns false at once when there are as many as may be, and
// when ctx ends: net/http ends that of a request whose client hung up, unless there is a body
// to read yet.
func (d *door) hold(ctx context.Context) bool {
	defer d.held.Add(-1)
	return d.held.Add(1) <= d.most && d.wait(ctx)
}

// wait is hold for whom something else bounds.
func (d *door) wait(ctx context.Context) bool {
	select {
	case <-d.after(holdTime/2 + rand.N(holdTime)): // not all of them at the same time
		return true
	case <-ctx.Done():
		return false
	}
}

// admit returns why a request is not let in, at once or, to who has no patience left, after it
// was held; a few of those are let in.
func (s spender) admit(ctx context.Context) *gqlerror.Error {
	if s.isOutOfPatience() {
		if !s.door.hold(ctx) || !s.tryAgain() {
			return rateLimited(holdTime)
		}
		operationOf(ctx).start = time.Now() // what is told of its time is how long the work took
	}
	return s.refused()
}

// pause holds who has no patience left, for the next message of a WebSocket.
func (s spender) pause(ctx context.Context) {
	if s.isOutOfPatience() {
		s.door.wait(ctx)
	}
}

// blame takes points, and some patience, for what is refused.
func (s spender) blame(points int) {
	if s.purses == nil {
		return
	}
	s.purses.mu.Lock()
	defer s.purses.mu.Unlock()
	one := s.purses.of(s.name)
	one.points -= float64(points)
	one.patience = max(one.patience-1, 0)
}

func (s spender) isOutOfPatience() bool {
	if s.purses == nil {
		return false
	}
	s.purses.mu.Lock()
	defer s.purses.mu.Unlock()
	return s.purses.of(s.name).patience < 1
}

// tryAgain takes some patience, and says whether there was any.
func (s spender) tryAgain() bool {
	s.purses.mu.Lock()
	defer s.purses.mu.Unlock()
	one := s.purses.of(s.name)
	if one.patience < 1 {
		return false
	}
	one.patience--
	return true
}
