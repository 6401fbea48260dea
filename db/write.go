package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// Tx is a transaction that changes the record.
type Tx struct {
	*sqlx.Tx
	db     *DB
	clinic *Clinic
}

// ErrNoActor says that somebody who is not known tried to write.
var ErrNoActor = errors.New("nobody is named who acts")

type operationKey struct{}

// WithOperation returns a context whose writes the audit links to the operation id, which
// does not change.
func WithOperation(ctx context.Context, id *string) context.Context {
	return context.WithValue(ctx, operationKey{}, id)
}

// operationIn returns the id of the operation of ctx; empty where there is none.
func operationIn(ctx context.Context) string {
	if id, ok := ctx.Value(operationKey{}).(*string); ok {
		return *id
	}
	return ""
}

// maxTries is how often a transaction that lost against another is tried.
const maxTries = 6

// write runs change in a transaction of its own, signed with the context's
// actor, and returns its row. With an idempotency key in the context the same
// key and input take effect once, and later calls get the row of the first.
//
// The connection is waited for as long as the request lives; once begun, the
// transaction is not cancelled with it, as the outcome would be unknown. It is
// tried again when Postgres gave way to another, or turned out to be a standby. An error of COMMIT itself
// means that the outcome is unknown: the idempotency key settles it.
func write[T any, P pointer[T]](ctx context.Context, d *DB, change func(context.Context, *Tx) (*T, error)) (*T, error) {
	actor, ok := auth.From(ctx)
	if !ok {
		return nil, ErrNoActor
	}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	// Whatever needs a connection of its own is read before one is held, or
	// writers could wait for each other's for ever.
	key, err := d.idempotencyKey(ctx)
	if err != nil {
		return nil, err
	}
	var row *T
	err = d.try(ctx, actor, clinic, func(ctx context.Context, tx *Tx) (err error) {
		row, err = once[T, P](ctx, tx, actor, key, change)
		return err
	})
	if err == nil {
		touchAnswered(ctx, row)
	}
	return row, err
}

// change runs do in a transaction of its own, signed with the context's actor,
// as write does; for what is no row of the API, and is never repeated by a key.
func (d *DB) change(ctx context.Context, do func(context.Context, *Tx) error) error {
	actor, ok := auth.From(ctx)
	if !ok {
		return ErrNoActor
	}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return err
	}
	return d.try(ctx, actor, clinic, do)
}

// try runs do in a transaction, again when Postgres gave way to another or is a standby now.
func (d *DB) try(ctx context.Context, actor auth.Actor, clinic *Clinic, do func(context.Context, *Tx) error) error {
	for try := 1; ; try++ {
		err := d.transact(ctx, actor, clinic, do)
		if err == nil || try == maxTries || !isRetriable(err) {
			return err
		}
		time.Sleep(time.Duration(rand.Int64N(int64(try) * int64(10*time.Millisecond))))
	}
}

// transact begins, runs change and commits.
func (d *DB) transact(ctx context.Context, actor auth.Actor, clinic *Clinic, change func(context.Context, *Tx) error) (err error) {
	start := time.Now()
	defer count(ctx, start)
	if err := d.space.ask(); err != nil {
		return err
	}
	defer func() { d.space.note(err) }()
	w, err := d.writer(ctx)
	if err != nil {
		return err
	}
	ctx = preparing(context.WithoutCancel(ctx), true)
	begun, err := w.BeginTxx(ctx, nil)
	if err != nil {
		w.end()
		return &beginError{err}
	}
	tx := &Tx{Tx: begun, db: d, clinic: clinic}
	isCommitted := false
	defer func() {
		if !isCommitted {
			_ = tx.Rollback()
			w.end()
		}
	}()
	if err := tx.sign(ctx, actor); err != nil {
		return err
	}
	if err := change(ctx, tx); err != nil {
		return err
	}
	isCommitted = true
	err = w.commit(tx)
	if l, _ := ctx.Value(loginKey{}).(login); l == accounts {
		d.forgetActors()
	}
	if err != nil {
		return fmt.Errorf("%w: %w: %w", ErrUnavailable, ErrUnknown, &commitError{err})
	}
	return nil
}

// A beginError is a failure before anything was done.
type beginError struct{ err error }

func (e *beginError) Error() string { return "begin: " + translate(e.err).Error() }
func (e *beginError) Unwrap() error { return translate(e.err) }

// ErrUnknown says that nobody knows whether a change took effect: its idempotency key
// settles it.
var ErrUnknown = errors.New("whether the change took effect is not known")

// A commitError hides what Postgres said at the end, which is not to be retried.
type commitError struct{ err error }

func (e *commitError) Error() string { return translate(e.err).Error() }

// A lostError is what translate makes of a transaction that gave way to another.
type lostError struct{ code string }

func (e *lostError) Error() string {
	return "gave way to another transaction (SQLSTATE " + e.code + ")"
}

func (e *lostError) Unwrap() error { return ErrUnavailable }

func isRetriable(err error) bool {
	var lost *lostError
	var begin *beginError
	return errors.As(err, &lost) || errors.Is(err, errStandby) || errors.As(err, &begin) && errors.Is(begin.err, driver.ErrBadConn)
}

// A checked row knows the rules that it must meet whoever writes it.
type checked interface{ check(*Clinic, *problems) }

// checkRow brings the texts of row into their normal form and says all that is
// wrong with it at once.
func checkRow(tx *Tx, row checked) error {
	var p problems
	p.texts(row)
	row.check(tx.clinic, &p)
	return p.err()
}

// create checks and adds row.
func create[T any, P interface {
	pointer[T]
	checked
}](ctx context.Context, tx *Tx, t *table[T], row *T) (*T, error) {
	if err := checkRow(tx, P(row)); err != nil {
		return nil, err
	}
	return row, insert[T, P](ctx, tx, t, row)
}

// edit locks the row, refuses when its version is not the expected one, lets
// change edit it, checks it and saves it. A change that alters nothing makes
// no version.
func edit[T any, P interface {
	pointer[T]
	checked
}](ctx context.Context, d *DB, t *table[T], id uuid.UUID, expected int32, change func(context.Context, *Tx, *T) error) (*T, error) {
	return write[T, P](ctx, d, func(ctx context.Context, tx *Tx) (*T, error) {
		row, err := lock[T, P](ctx, tx, t, id)
		if err != nil {
			return nil, err
		}
		if P(row).row().Version != expected {
			return nil, staleError[T, P](ctx, tx, t, row, expected)
		}
		before := *row
		if err := change(ctx, tx, row); err != nil {
			return nil, err
		}
		if err := checkRow(tx, P(row)); err != nil {
			return nil, err
		}
		if reflect.DeepEqual(before, *row) {
			return row, nil
		}
		return row, update[T, P](ctx, tx, t, row)
	})
}

// staleError tells what changed between the version that the caller had and
// row, from the audit.
func staleError[T any, P pointer[T]](ctx context.Context, tx *Tx, t *table[T], row *T, expected int32) error {
	r := P(row).row()
	if t.wall.chart {
		touch(ctx, t.patientsOf(row)...)
	}
	conflict := &VersionConflictError{Current: row, ChangedAt: r.UpdatedAt}
	err := tx.SelectContext(ctx, &conflict.Columns, `
		SELECT changed_columns($1, $2, $3)`, t.name, r.ID, expected)
	if err != nil {
		return translate(err)
	}
	return conflict
}
