package db

import (
	"context"
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// The times of the notifier.
const (
	lookEvery  = 150 * time.Millisecond // for changes
	lookAgain  = 20 * time.Millisecond  // for a number that is missing
	applyEvery = 500 * time.Millisecond // for the office, where another server holds it
	sweepEvery = time.Minute            // for changes that are a day old
)

// sweptAtOnce is how many numbers one statement of the sweep goes through.
const sweptAtOnce = 2000

// changesChannel is the channel on which the position is told.
const changesChannel = "clinicql_changes"

// NotifyChanges tells all servers of one database how far they can read the
// changes, as long as no other server does. It returns when ctx ends, or with an
// error, after which it may be called again.
//
// Numbers are drawn before transactions end, so a lower one may appear after a
// higher. Nothing is settled beyond a number that is missing, until it appears,
// or all transactions are over that may have drawn it: whoever draws a number
// has a transaction id by then, and so an older one than who asks for one later.
func (d *DB) NotifyChanges(ctx context.Context) error {
	conn, err := d.pools[system].Connx(ctx)
	if err != nil {
		return fmt.Errorf("notify of changes: %w", translate(err))
	}
	n := &notifier{conn: conn}
	defer n.close()
	err = n.run(ctx) // which ends with an error only
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("notify of changes: %w", translate(err))
}

// A notifier is who holds the office, or wants to, on a connection of its own:
// the office ends with it.
type notifier struct {
	conn    *sqlx.Conn
	settled int64
	gap     gap
	swept   time.Time
}

// A gap is that numbers up to drawn were missing when the transaction id xid was
// the next. The zero value is none.
type gap struct {
	drawn int64
	xid   uint64
}

// close gives the connection away, and the office with it: it may not go back to the pool.
func (n *notifier) close() {
	_ = n.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = n.conn.Close()
}

func (n *notifier) run(ctx context.Context) error {
	// Where this server vanishes without a word, the database finds out soon and
	// the office is free. What is announced can be found again: nobody waits for the disk.
	_, err := n.conn.ExecContext(ctx, `
		SELECT set_config(name, value, false)
		FROM (VALUES ('tcp_keepalives_idle', '2'), ('tcp_keepalives_interval', '1'), ('tcp_keepalives_count', '3'), ('synchronous_commit', 'off')) s (name, value)`)
	for mine := false; err == nil && !mine; {
		if err = n.conn.GetContext(ctx, &mine, "SELECT pg_try_advisory_lock(5021767300486)"); err == nil && !mine {
			err = pause(ctx, applyEvery)
		}
	}
	for err == nil {
		var behind bool
		if behind, err = n.look(ctx); err == nil && behind {
			err = pause(ctx, lookAgain)
		} else if err == nil {
			err = pause(ctx, lookEvery)
		}
	}
	return err
}

// pause waits, and returns an error when ctx ends before.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// look moves the position as far as it goes now, tells it, and says whether it
// is behind the numbers that were drawn.
func (n *notifier) look(ctx context.Context) (behind bool, err error) {
	var now struct {
		Drawn   int64
		Settled int64
	}
	err = n.conn.GetContext(ctx, &now, `
		SELECT CASE WHEN q.is_called THEN q.last_value ELSE 0 END AS drawn, p.settled_id AS settled
		FROM changes_id_seq q, change_position p`)
	if err != nil {
		return false, err
	}
	n.settled = now.Settled
	if now.Drawn > now.Settled {
		if err := n.settle(ctx, now.Drawn); err != nil {
			return false, err
		}
	}
	if time.Since(n.swept) > sweepEvery {
		err = n.sweep(ctx)
	}
	return n.settled < now.Drawn, err
}

// settle moves the position over all that is there or never will be, of the
// numbers that were drawn.
func (n *notifier) settle(ctx context.Context, drawn int64) error {
	before := n.settled
	if n.gap.drawn > n.settled {
		var isOver bool
		if err := n.conn.GetContext(ctx, &isOver, "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8", fmt.Sprint(n.gap.xid)); err != nil {
			return err
		}
		if isOver {
			n.settled, n.gap = n.gap.drawn, gap{}
		}
	}
	for there := true; there; {
		last := n.settled
		err := n.conn.GetContext(ctx, &n.settled, `
			SELECT coalesce(max(id), $1)
			FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM (SELECT id FROM changes WHERE id > $1 ORDER BY id LIMIT 10000) c) c
			WHERE id = $1 + place`, last)
		if err != nil {
			return err
		}
		there = n.settled == last+10000
	}
	if n.settled < drawn && n.gap.drawn <= n.settled {
		n.gap.drawn = drawn
		if err := n.conn.GetContext(ctx, &n.gap.xid, "SELECT pg_current_xact_id()::text::numeric"); err != nil {
			return err
		}
	}
	if n.settled == before {
		return nil
	}
	_, err := n.conn.ExecContext(ctx, `
		WITH moved AS (UPDATE change_position SET settled_id = $1 WHERE settled_id < $1 RETURNING settled_id)
		SELECT pg_notify($2, settled_id::text) FROM moved`, n.settled, changesChannel)
	return err
}

// sweep takes away what is older than a day, the oldest first and a few at a time.
func (n *notifier) sweep(ctx context.Context) error {
	for {
		result, err := n.conn.ExecContext(ctx, `
			DELETE FROM changes
			WHERE id < (SELECT min(id) FROM changes) + $1 AND at < now() - $2 * interval '1 second'`, sweptAtOnce, changesKept.Seconds())
		if err != nil {
			return err
		}
		if swept, err := result.RowsAffected(); err != nil || swept == 0 {
			n.swept = time.Now()
			return err
		}
	}
}
