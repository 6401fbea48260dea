package auth

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"time"
)

// The bounds of long answers: WebSockets and streams of events.
const (
	maxHolds          = 500 // of a server
	maxHoldsOfSession = 5
	lookEvery         = 700 * time.Millisecond // whether a session goes on
)

// Why a long answer is refused, or ends.
var (
	ErrTooManyHolds     = errors.New("this server holds as many connections as it can: try again later")
	ErrTooManyOfSession = errors.New("this session or token holds as many connections as it may: close one")
	ErrSessionOver      = errors.New("sign in again: the session or token has ended, or may do something else now")
	ErrStopping         = errors.New("the server stops: connect again")
)

// Hold returns a context for a long answer to the request of ctx. It ends with
// its session or token, with the rights that they had, and with the server;
// context.Cause says which. Release must be called when the answer has ended.
//
// A hold is no use of a session: whoever only listens is signed out in time.
func Hold(ctx context.Context) (held context.Context, release func(), err error) {
	p, ok := ctx.Value(passKey{}).(*pass)
	if !ok { // nobody keeps a gate
		held, cancel := context.WithCancelCause(ctx)
		return held, func() { cancel(nil) }, nil
	}
	return p.gate.holds.add(ctx, p)
}

// Holding returns how many long answers there are now.
func (g *Gate) Holding() int {
	g.holds.mu.Lock()
	defer g.holds.mu.Unlock()
	return len(g.holds.all)
}

// A pass is what somebody was let in with.
type pass struct {
	gate  *Gate
	kind  TokenKind
	hash  []byte // of the token; nil for nobody
	actor Actor
}

type passKey struct{}

// holds are the long answers that a gate watches over. Its zero value has none.
type holds struct {
	mu       sync.Mutex
	stopping bool
	all      map[*hold]bool
	watches  map[string]*watch // by the hash of the token
	gone     sync.WaitGroup
}

// A hold is one long answer.
type hold struct {
	actor  Actor
	cancel context.CancelCauseFunc
}

// A watch looks whether one session or token goes on, for all of its holds.
type watch struct {
	holds map[*hold]bool
	look  chan struct{} // holds one when there is a reason to look at once
	stop  context.CancelFunc
}

func (h *holds) add(ctx context.Context, p *pass) (context.Context, func(), error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := h.watches[string(p.hash)]
	switch {
	case h.stopping:
		return nil, nil, ErrStopping
	case len(h.all) >= maxHolds:
		return nil, nil, ErrTooManyHolds
	case w != nil && len(w.holds) >= maxHoldsOfSession:
		return nil, nil, ErrTooManyOfSession
	case w == nil:
		watching, stop := context.WithCancel(context.WithoutCancel(ctx))
		w = &watch{holds: map[*hold]bool{}, look: make(chan struct{}, 1), stop: stop}
		if h.watches == nil {
			h.all, h.watches = map[*hold]bool{}, map[string]*watch{}
		}
		h.watches[string(p.hash)] = w
		if p.hash != nil {
			go h.watch(watching, w, p)
		}
	}
	held, cancel := context.WithCancelCause(ctx)
	one := &hold{actor: p.actor, cancel: cancel}
	h.all[one], w.holds[one] = true, true
	h.gone.Add(1)
	return held, sync.OnceFunc(func() {
		cancel(nil)
		h.mu.Lock()
		delete(h.all, one)
		delete(w.holds, one)
		if len(w.holds) == 0 {
			w.stop()
			delete(h.watches, string(p.hash))
		}
		h.mu.Unlock()
		h.gone.Done()
	}), nil
}

// watch ends the holds of a session or token that is over, and those of an actor
// whose rights are others now. While nobody can tell, they go on: nothing can be
// read then either.
func (h *holds) watch(ctx context.Context, w *watch, p *pass) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.look:
		case <-time.After(lookEvery):
		}
		actor, err := p.gate.look(ctx, p.kind, p.hash)
		if err != nil && !errors.Is(err, ErrUnknownToken) {
			continue
		}
		h.mu.Lock()
		for one := range w.holds {
			if err != nil || !reflect.DeepEqual(actor, one.actor) {
				one.cancel(ErrSessionOver)
			}
		}
		h.mu.Unlock()
	}
}

// look has all watches look at once.
func (h *holds) look() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, w := range h.watches {
		select {
		case w.look <- struct{}{}:
		default:
		}
	}
}

// stop ends all holds, lets no more begin, and waits for them until ctx ends.
func (h *holds) stop(ctx context.Context) {
	h.mu.Lock()
	h.stopping = true
	for one := range h.all {
		one.cancel(ErrStopping)
	}
	h.mu.Unlock()
	done := make(chan struct{})
	go func() { h.gone.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
	}
}
