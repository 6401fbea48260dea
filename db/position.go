package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
)

// A position is how far a primary has written, in a history of its own: the one of
// its cluster, from its last promotion on.
type position struct {
	At       int64 // bytes of the log
	Timeline int64
	System   int64
}

// reaches says whether a standby at p has all that was written at want, by the same
// primary.
func (p position) reaches(want position) bool {
	return p.At >= want.At && p.Timeline == want.Timeline && p.System == want.System
}

// writtenQuery asks a primary for its position. What is acknowledged is on its disk,
// or at least in its log where it was told not to wait for the disk.
const writtenQuery = `
	SELECT (CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END - '0/0'::pg_lsn)::bigint AS at,
		('x' || left(pg_walfile_name(pg_current_wal_flush_lsn()), 8))::bit(32)::bigint AS timeline,
		(SELECT system_identifier FROM pg_control_system()) AS system`

// replayedQuery asks a standby for its position. Its timeline is told late, at its
// first checkpoint after a promotion elsewhere, and never too early.
const replayedQuery = `
	SELECT pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn() - '0/0'::pg_lsn, 0)::bigint,
		greatest((SELECT timeline_id FROM pg_control_checkpoint()), (SELECT min_recovery_end_timeline FROM pg_control_recovery()))::bigint,
		(SELECT system_identifier FROM pg_control_system())`

// positions tells how far the primary has written, one statement at a time for all
// who ask meanwhile.
type positions struct {
	pool *sqlx.DB

	mu     sync.Mutex
	isBusy bool
	next   *asked
}

// An asked is one answer that several wait for.
type asked struct {
	done     chan struct{}
	position position
	err      error
}

// take returns a position that was asked for after take was called: an answer that
// is under way may be older than what the caller has to see.
func (p *positions) take(ctx context.Context) (position, error) {
	p.mu.Lock()
	if p.next == nil {
		p.next = &asked{done: make(chan struct{})}
	}
	mine := p.next
	if !p.isBusy {
		p.isBusy = true
		go p.answer()
	}
	p.mu.Unlock()
	select {
	case <-mine.done:
		return mine.position, mine.err
	case <-ctx.Done():
		return position{}, ctx.Err()
	}
}

// answer asks for as long as anybody waits.
func (p *positions) answer() {
	for {
		p.mu.Lock()
		now := p.next
		p.next = nil
		p.isBusy = now != nil
		p.mu.Unlock()
		if now == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		now.err = p.pool.GetContext(ctx, &now.position, writtenQuery)
		cancel()
		close(now.done)
	}
}

type positionKey struct{}

// The reasons why a standby does not answer.
var (
	errBusy      = errors.New("all connections to standbys are in use")
	errBehind    = errors.New("the standby is behind")
	errForeign   = errors.New("the server is no standby of this database's primary")
	errOnlyReads = errors.New("a standby reads, one statement at a time")
)

// A standbyConn is a connection to a standby. It answers a statement once its server
// has reached the position of the statement's context.
type standbyConn struct {
	postgresConn
	reached position // of its server, which only goes on
}

// QueryContext implements driver.QueryerContext. The rows are read to their end, so
// that what a standby breaks off can be asked of the primary instead.
func (c *standbyConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	want, ok := ctx.Value(positionKey{}).(position)
	if !ok {
		return nil, errOnlyReads
	}
	if err := c.reach(ctx, want); err != nil {
		return nil, err
	}
	return held(c.postgresConn.QueryContext(ctx, query, args))
}

// ExecContext implements driver.ExecerContext.
func (c *standbyConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return nil, errOnlyReads
}

// BeginTx implements driver.ConnBeginTx.
func (c *standbyConn) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) {
	return nil, errOnlyReads
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *standbyConn) PrepareContext(context.Context, string) (driver.Stmt, error) {
	return nil, errOnlyReads
}

// reach waits until the server has replayed what was written at want.
func (c *standbyConn) reach(ctx context.Context, want position) error {
	begun := time.Now()
	for wait := time.Millisecond; !c.reached.reaches(want); wait *= 2 {
		if err := c.look(ctx); err != nil {
			return err
		}
		switch {
		case c.reached.reaches(want):
			return nil
		case c.reached.System != want.System:
			return errForeign
		case c.reached.Timeline != want.Timeline || time.Since(begun)+wait > standbyPatience:
			return errBehind
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
	return nil
}

// look asks the server how far it is.
func (c *standbyConn) look(ctx context.Context) error {
	rows, err := held(c.postgresConn.QueryContext(ctx, replayedQuery, nil))
	if err != nil {
		return err
	}
	row := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(row); err != nil {
		return err
	}
	if isStandby, _ := row[0].(bool); !isStandby {
		return errForeign
	}
	for i, into := range []*int64{&c.reached.At, &c.reached.Timeline, &c.reached.System} {
		n, ok := row[i+1].(int64)
		if !ok {
			return fmt.Errorf("the position of a standby is %T", row[i+1])
		}
		*into = n
	}
	return nil
}

// heldRows are rows that were read to their end.
type heldRows struct {
	columns []string
	rows    [][]driver.Value
}

// held reads rows to their end and closes them.
func held(from driver.Rows, err error) (driver.Rows, error) {
	if err != nil {
		return nil, err
	}
	defer from.Close()
	h := &heldRows{columns: from.Columns()}
	for {
		row := make([]driver.Value, len(h.columns))
		switch err := from.Next(row); {
		case errors.Is(err, io.EOF):
			return h, nil
		case err != nil:
			return nil, err
		}
		for i, value := range row {
			if text, ok := value.([]byte); ok {
				row[i] = append([]byte(nil), text...) // which the driver uses again
			}
		}
		h.rows = append(h.rows, row)
	}
}

// Columns implements driver.Rows.
func (h *heldRows) Columns() []string { return h.columns }

// Close implements driver.Rows.
func (h *heldRows) Close() error { return nil }

// Next implements driver.Rows.
func (h *heldRows) Next(into []driver.Value) error {
	if len(h.rows) == 0 {
		return io.EOF
	}
	copy(into, h.rows[0])
	h.rows = h.rows[1:]
	return nil
}
