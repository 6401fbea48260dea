package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// errNoEnd says that a COMMIT has not ended in time.
var errNoEnd = errors.New("it waits for a standby or for the network")

// errNoPlace says that as many write as may.
var errNoPlace = fmt.Errorf("%w: those who write do not come to an end", ErrUnavailable)

// places are for those who write over the connections of one login: two of three,
// so that whoever reads has some while commits wait for a standby.
type places chan struct{}

func placesOf(size int) places { return make(places, max(1, size*2/3)) }

// A writer is a connection for one change.
type writer struct {
	*sqlx.Conn
	places places
	wait   time.Duration // for COMMIT
}

// writer waits for a place and a connection of whoever acts in ctx. Whoever has
// it calls end, or commit.
func (d *DB) writer(ctx context.Context) (*writer, error) {
	l, err := loginIn(ctx)
	if err != nil {
		return nil, err
	}
	return d.writerAs(ctx, l)
}

// writerAs waits for a place and a connection of l.
func (d *DB) writerAs(ctx context.Context, l login) (w *writer, err error) {
	w = &writer{places: d.places[l], wait: d.CommitWait}
	overdue := time.NewTimer(w.wait)
	defer overdue.Stop()
	select {
	case w.places <- struct{}{}:
	case <-ctx.Done():
		return nil, translate(ctx.Err())
	case <-overdue.C:
		return nil, errNoPlace
	}
	if w.Conn, err = d.poolOf(ctx, l).Connx(ctx); err != nil {
		<-w.places
		return nil, translate(err)
	}
	return w, nil
}

// end gives the connection and the place back.
func (w *writer) end() {
	_ = w.Close()
	<-w.places
}

// commit ends tx and w. Where that takes too long it returns before, and the
// connection and the place are given back when it is over.
func (w *writer) commit(tx *Tx) error {
	ended := make(chan error, 1)
	go func() {
		defer w.end()
		ended <- tx.Commit()
	}()
	overdue := time.NewTimer(w.wait)
	defer overdue.Stop()
	select {
	case err := <-ended:
		return err
	case <-overdue.C:
		return errNoEnd
	}
}
