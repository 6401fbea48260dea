package db

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// idempotencyAge is how long an answer is kept for repeats.
const idempotencyAge = 24 * time.Hour

// An idempotencyKey makes one write of its context safe to repeat.
type idempotencyKey struct {
	key   string
	input []byte
}

type idempotencyCtx struct{}

// WithIdempotencyKey returns a context in which a write takes effect once for
// the actor and the key, however often it is repeated within 24 hours. The
// input is whatever must be equal for a call to be a repeat.
func WithIdempotencyKey(ctx context.Context, key string, input []byte) context.Context {
	return context.WithValue(ctx, idempotencyCtx{}, &idempotencyKey{key, input})
}

// once runs change, unless its idempotency key was used before: then it returns
// the row that the first call made.
func once[T any, P pointer[T]](ctx context.Context, tx *Tx, actor auth.Actor, k *idempotencyKey, change func(context.Context, *Tx) (*T, error)) (*T, error) {
	if k == nil {
		return change(ctx, tx)
	}
	_, err := tx.ExecContext(ctx, `
		DELETE FROM idempotency_keys
		WHERE actor = $1 AND key = $2 AND created_at < now() - $3 * interval '1 second'`, actor.Name, k.key, idempotencyAge.Seconds())
	if err != nil {
		return nil, fmt.Errorf("claim idempotency key: %w", translate(err))
	}
	// A concurrent call with the same key waits here until the first has ended.
	claimed, err := tx.ExecContext(ctx, `
		INSERT INTO idempotency_keys (actor, key, input)
		VALUES ($1, $2, $3)
		ON CONFLICT DO NOTHING`, actor.Name, k.key, k.input)
	if err != nil {
		return nil, fmt.Errorf("claim idempotency key: %w", translate(err))
	}
	if n, err := claimed.RowsAffected(); err != nil || n == 0 {
		return repeat[T, P](ctx, tx, actor, k)
	}
	row, err := change(ctx, tx)
	if err != nil {
		return nil, err
	}
	answer, err := json.Marshal(row)
	if err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE idempotency_keys SET answer = $3 WHERE actor = $1 AND key = $2", actor.Name, k.key, string(answer))
	return row, translate(err)
}

// repeat returns the row that the first call with the key answered. It locks the
// key: a transaction that leaves no trace does not wait for the standby at its end,
// and would take a first call for safe that is on one server only.
func repeat[T any, P pointer[T]](ctx context.Context, tx *Tx, actor auth.Actor, k *idempotencyKey) (*T, error) {
	var first struct{ Input, Answer []byte }
	err := tx.GetContext(ctx, &first, "SELECT input, answer FROM idempotency_keys WHERE actor = $1 AND key = $2 FOR UPDATE", actor.Name, k.key)
	if err != nil {
		return nil, fmt.Errorf("read idempotency key: %w", translate(err))
	}
	if !hmac.Equal(first.Input, k.input) {
		return nil, ErrIdempotencyMismatch
	}
	row := new(T)
	if err := json.Unmarshal(first.Answer, row); err != nil {
		return nil, fmt.Errorf("read idempotency key: %w", err)
	}
	newBatch[T, P](ctx, tx.db, []*T{row})
	return row, tx.checkRepeat(ctx, P(row))
}

// checkRepeat returns ErrNotFound for a row of a chart that was open to the
// actor when they wrote it, and no longer is.
func (tx *Tx) checkRepeat(ctx context.Context, row noun) error {
	name := tables[KindOf(row.row().ID)]
	w := walls[name]
	if !w.chart {
		return nil
	}
	s := newStatement(ctx)
	s.write("SELECT EXISTS (SELECT FROM ", name, " t WHERE t.id = ", s.arg(row.row().ID), " AND ", s.visible(name, "t"), ")")
	var open bool
	if err := tx.GetContext(ctx, &open, s.String(), s.args...); err != nil {
		return translate(err)
	}
	touch(ctx, referred(row, w.patient))
	if !open {
		return ErrNotFound
	}
	return nil
}

// idempotencyKey returns the key that ctx carries, or nil. Its input is hashed
// with a key of the clinic, as what people type is easily guessed from a plain hash.
func (d *DB) idempotencyKey(ctx context.Context) (*idempotencyKey, error) {
	k, ok := ctx.Value(idempotencyCtx{}).(*idempotencyKey)
	if !ok {
		return nil, nil
	}
	secret, err := d.secret(ctx, "idempotency")
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(k.input)
	return &idempotencyKey{k.key, mac.Sum(nil)}, nil
}

// ForgetIdempotencyKeys deletes the answers that are no longer kept for
// repeats, and says how many.
func (d *DB) ForgetIdempotencyKeys(ctx context.Context) (int64, error) {
	result, err := d.pools[system].ExecContext(ctx, "DELETE FROM idempotency_keys WHERE created_at < now() - $1 * interval '1 second'",
		idempotencyAge.Seconds())
	if err != nil {
		return 0, fmt.Errorf("forget idempotency keys: %w", translate(err))
	}
	return result.RowsAffected()
}
