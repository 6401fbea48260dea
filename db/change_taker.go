package db

import "sync"

// maxWaiting is how many changes wait for a taker at most.
const maxWaiting = 1000

// A taker gets the changes that matter to one subscription.
type taker struct {
	matters func(*change) bool
	wake    chan struct{} // holds one when there is something new

	mu      sync.Mutex
	last    int64 // number of the last change that was given; none before it is
	waiting []*change
	err     error
}

func newTaker(after int64, matters func(*change) bool) *taker {
	return &taker{matters: matters, wake: make(chan struct{}, 1), last: after}
}

// give has those of the changes wait that matter, and says whether the taker
// takes more.
func (t *taker) give(changes []*change) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range changes {
		if c.ID <= t.last || !t.matters(c) {
			continue
		}
		if len(t.waiting) == maxWaiting {
			t.waiting, t.err = nil, ErrTooSlow
		}
		if t.err != nil {
			break
		}
		t.last = c.ID
		t.waiting = append(t.waiting, c)
	}
	if len(t.waiting) > 0 || t.err != nil {
		t.signal()
	}
	return t.err == nil
}

// end has the taker end with an error.
func (t *taker) end(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		t.err = err
	}
	t.signal()
}

func (t *taker) signal() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// take returns what waits, at most so many; and the error at the end of it.
func (t *taker) take(most int) ([]*change, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.waiting) == 0 {
		return nil, t.err
	}
	n := min(most, len(t.waiting))
	taken := t.waiting[:n:n]
	t.waiting = t.waiting[n:]
	if len(t.waiting) == 0 {
		t.waiting = nil // and what held it
	} else {
		t.signal()
	}
	return taken, nil
}
