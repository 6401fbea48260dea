package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/lib/pq"
)

// askEvery is how often the position is read where nobody tells it: a
// notification can be lost with its connection.
const askEvery = time.Second

// ErrTooSlow says that somebody did not take what they subscribed to, and may go
// on from the last of it that they have.
var ErrTooSlow = errors.New("too many changes wait to be taken: subscribe again with after")

// A feed hands the changes of a database to those who subscribed at this server.
type feed struct {
	mu       sync.Mutex
	isLive   bool
	position int64 // of the last change that was handed out
	takers   map[*taker]bool
}

// FollowChanges hands changes to whoever subscribes, until ctx ends. As long as
// it does not run, nobody can.
func (d *DB) FollowChanges(ctx context.Context) {
	said := ""
	for ctx.Err() == nil {
		err := d.follow(ctx)
		d.feed.stop()
		if err != nil && ctx.Err() == nil {
			if err.Error() != said {
				slog.Error("changes are not followed", "error", err.Error())
			}
			said = err.Error()
			_ = pause(ctx, time.Second)
		}
	}
}

// follow listens until ctx ends or the login is refused.
func (d *DB) follow(ctx context.Context) error {
	if err := d.pools[system].PingContext(ctx); err != nil { // which makes the login, or makes it anew
		return translate(err)
	}
	address, _ := d.addresses.Load(system)
	refused := make(chan error, 1)
	listener := pq.NewDialListener(newDialer(), fmt.Sprint(address), 100*time.Millisecond, 2*time.Second, func(_ pq.ListenerEventType, err error) {
		if pe := new(pq.Error); errors.As(err, &pe) && pe.Code.Class() == "28" { // the database was restored, or its roles were
			select {
			case refused <- err:
			default:
			}
		}
	})
	closed := context.AfterFunc(ctx, func() { _ = listener.Close() }) // Listen waits for a connection for ever
	defer func() {
		if closed() {
			_ = listener.Close()
		}
	}()
	listening := make(chan error, 1)
	go func() { listening <- listener.Listen(changesChannel) }()
	ask := time.NewTicker(askEvery)
	defer ask.Stop()
	if err := d.catchUp(ctx); err != nil {
		return err
	}
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case err := <-refused:
			return translate(err)
		case err := <-listening:
			if err != nil {
				return translate(err)
			}
		case told := <-listener.NotificationChannel():
			if told == nil { // after a new connection: what was told meanwhile is not known
				err = d.catchUp(ctx)
			} else if position, malformed := strconv.ParseInt(told.Extra, 10, 64); malformed == nil {
				err = d.handOut(ctx, position)
			}
		case <-ask.C:
			err = d.catchUp(ctx)
		}
		if err != nil && ctx.Err() == nil && !errors.Is(err, ErrUnavailable) {
			return err
		}
	}
}

// catchUp reads the position and hands out what is new.
func (d *DB) catchUp(ctx context.Context) error {
	var settled int64
	if err := d.pools[system].GetContext(ctx, &settled, "SELECT settled_id FROM change_position"); err != nil {
		return fmt.Errorf("read the position of changes: %w", translate(err))
	}
	if d.feed.startAt(settled) {
		return nil
	}
	return d.handOut(ctx, settled)
}

// startAt makes the feed live, when it is not. A position before that of the feed is one
// of a database that was restored: whoever subscribed has to find out.
func (f *feed) startAt(settled int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isLive && settled >= f.position {
		return false
	}
	f.end()
	f.isLive, f.position = true, settled
	return true
}

// handOut reads the changes up to a position and gives each to whom it matters.
func (d *DB) handOut(ctx context.Context, until int64) error {
	for {
		after, isAny := d.feed.next(until)
		if !isAny {
			return nil
		}
		changes, err := d.changesBetween(ctx, after, until)
		if err != nil {
			return err
		}
		d.feed.give(changes, until)
	}
}

// next returns from where on changes are to be read, if any are. Where nobody
// takes them, they are passed over.
func (f *feed) next(until int64) (after int64, isAny bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.takers) == 0 {
		f.position = max(f.position, until)
	}
	return f.position, f.position < until
}

// give hands out changes, which are all up to a position unless they are as many
// as are read at once.
func (f *feed) give(changes []*change, until int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for t := range f.takers {
		if !t.give(changes) {
			delete(f.takers, t)
		}
	}
	f.position = until
	if len(changes) == changesAtOnce {
		f.position = changes[len(changes)-1].ID
	}
}

// join adds a taker, who gets all changes after the position that is returned.
func (f *feed) join(t *taker) (position int64, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.isLive {
		return 0, fmt.Errorf("%w: changes are not followed yet", ErrUnavailable)
	}
	if f.takers == nil {
		f.takers = map[*taker]bool{}
	}
	f.takers[t] = true
	return f.position, nil
}

func (f *feed) leave(t *taker) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.takers, t)
}

// stop ends everybody's subscription.
func (f *feed) stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.end()
	f.isLive = false
}

func (f *feed) end() {
	for t := range f.takers {
		t.end(fmt.Errorf("%w: subscribe again with after", ErrUnavailable))
		delete(f.takers, t)
	}
}
