package graph

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// What a server takes on at once. What it runs waits for some forty connections
// to the database; more of it would only wait longer, and hold memory meanwhile.
const (
	maxRunning = 256
	maxWaiting = 1024
	patience   = 2 * time.Second
)

// errOverloaded is told to whoever comes while there is no room. Nothing of the
// operation was run.
var errOverloaded = errors.New("the server has too much to do at the moment: send it again in a second")

// A crowd lets so many operations run at once, and lets some more wait for their
// turn. One that goes on, a subscription, has no place in it: auth.Gate bounds those.
type crowd struct {
	places  chan struct{}
	waiting atomic.Int64
}

func newCrowd() *crowd { return &crowd{places: make(chan struct{}, maxRunning)} }

// enter takes a place, until leave is called, which may be called twice.
func (c *crowd) enter(ctx context.Context) (leave func(), err error) {
	leave = sync.OnceFunc(func() { <-c.places })
	select {
	case c.places <- struct{}{}:
		return leave, nil
	default:
	}
	defer c.waiting.Add(-1)
	if c.waiting.Add(1) > maxWaiting {
		return nil, errOverloaded
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case c.places <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, errOverloaded
	}
}
