package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// maxChallengeTries is how many codes may be tried before the password is asked
// for again.
const maxChallengeTries = 5

// errEndedChallenge is told alike of a challenge that is used, late or made up.
func errEndedChallenge() error {
	return Invalid("token", WrongSecret, "is no longer good: sign in again")
}

// errWrongCode is told alike of a code that is wrong, late or used.
func errWrongCode() error {
	return Invalid("code", WrongSecret, "is wrong, too late, or was used before")
}

// VerifySecondFactor signs in whoever knows a code after the password was right.
// A code of the app, or a recovery code, is good once.
func (d *DB) VerifySecondFactor(ctx context.Context, token, code string) (*SignedIn, error) {
	kind, hash, ok := auth.HashToken(token)
	if !ok || kind != auth.ChallengeToken {
		return nil, errEndedChallenge()
	}
	var id uuid.UUID
	err := d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		// Counted, and kept so whatever comes of the code.
		err := tx.GetContext(ctx, &id, `
			UPDATE sign_in_challenges SET tries = tries + 1
			WHERE token_hash = $1 AND expires_at > now() AND tries < $2
			RETURNING user_id`, hash, maxChallengeTries)
		if errors.Is(err, sql.ErrNoRows) {
			return errEndedChallenge()
		}
		return translate(err)
	})
	if err != nil {
		return nil, err
	}
	user, err := get(as(ctx, accounts), d, users, id)
	if err != nil {
		return nil, err
	}
	var right bool
	err = d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) (err error) {
		if right, err = tx.useCode(ctx, user.ID, code); err != nil || right {
			return err
		}
		who := auth.Actor{Name: user.LoginName, UserID: user.ID, Role: user.Role}
		return tx.record(auth.WithActor(ctx, who), event{action: "SIGN_IN_FAILED", fields: []string{"User.secondFactor"}})
	})
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, errWrongCode()
	}
	if err := d.forgive(ctx, user.LoginName); err != nil {
		return nil, err
	}
	return d.startSession(ctx, user, func(ctx context.Context, tx *Tx) error {
		used, err := tx.ExecContext(ctx, "DELETE FROM sign_in_challenges WHERE token_hash = $1", hash)
		if err != nil {
			return translate(err)
		}
		if n, err := used.RowsAffected(); err != nil || n == 0 { // ended with a change of the password
			return errEndedChallenge()
		}
		return nil
	})
}

// useCode says whether the code is good, and uses it up.
func (tx *Tx) useCode(ctx context.Context, user uuid.UUID, code string) (bool, error) {
	var factor struct {
		Secret   string
		LastStep int64 `db:"last_step"`
	}
	err := tx.GetContext(ctx, &factor, "SELECT secret, last_step FROM second_factors WHERE user_id = $1 FOR UPDATE", user)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, translate(err)
	}
	if step, ok := auth.CheckCode(factor.Secret, code, factor.LastStep, time.Now()); ok {
		_, err := tx.ExecContext(ctx, "UPDATE second_factors SET last_step = $2 WHERE user_id = $1", user, step)
		return true, translate(err)
	}
	used, err := tx.ExecContext(ctx, "UPDATE recovery_codes SET used_at = now() WHERE user_id = $1 AND hash = $2 AND used_at IS NULL",
		user, auth.HashRecoveryCode(code))
	if err != nil {
		return false, translate(err)
	}
	n, err := used.RowsAffected()
	return n == 1, err
}

// EnrolSecondFactor makes a secret for the user who acts, to be put into an app.
// It is asked for only once it is confirmed.
func (d *DB) EnrolSecondFactor(ctx context.Context, password string) (*auth.SecondFactor, error) {
	c, err := d.checkPassword(ctx, "password", password)
	if err != nil {
		return nil, err
	}
	if c.Secret.Valid {
		return nil, &ConflictError{"you have a second factor: remove it first"}
	}
	factor, err := auth.NewSecondFactor("ClinicQL", c.LoginName)
	if err != nil {
		return nil, err
	}
	err = d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO second_factors (user_id, secret) VALUES ($1, $2)
			ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = now() WHERE second_factors.confirmed_at IS NULL`,
			c.ID, factor.Secret)
		return translate(err)
	})
	return &factor, err
}

// ConfirmSecondFactor has codes asked for from now on, once the user who acts
// shows that they can make one. It returns recovery codes, which are not shown again.
func (d *DB) ConfirmSecondFactor(ctx context.Context, code string) (codes []string, err error) {
	actor, _ := auth.From(ctx)
	if actor.SessionID == uuid.Nil {
		return nil, Invalid("code", NotAllowedNow, "is asked of people who are signed in, not of programs")
	}
	codes = auth.NewRecoveryCodes()
	hashes := make([][]byte, len(codes))
	for i, c := range codes {
		hashes[i] = auth.HashRecoveryCode(c)
	}
	err = d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		// Before the code is looked at, or codes could be guessed here without end.
		var confirmed bool
		err := tx.GetContext(ctx, &confirmed, "SELECT confirmed_at IS NOT NULL FROM second_factors WHERE user_id = $1 FOR UPDATE", actor.UserID)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return errWrongCode()
		case err != nil:
			return translate(err)
		case confirmed:
			return &ConflictError{"your second factor is confirmed already"}
		}
		if right, err := tx.useCode(ctx, actor.UserID, code); err != nil || !right {
			return cmp.Or(err, errWrongCode())
		}
		if _, err := tx.ExecContext(ctx, "UPDATE second_factors SET confirmed_at = now() WHERE user_id = $1", actor.UserID); err != nil {
			return translate(err)
		}
		_, err = tx.ExecContext(ctx, `
			WITH old AS (DELETE FROM recovery_codes WHERE user_id = $1)
			INSERT INTO recovery_codes (user_id, hash) SELECT $1, unnest($2::bytea[])`, actor.UserID, pq.ByteaArray(hashes))
		if err != nil {
			return translate(err)
		}
		return tx.record(ctx, event{action: "SECURITY_CHANGED", fields: []string{"User.secondFactor"}})
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// RemoveSecondFactor has the user who acts asked for no code any more.
func (d *DB) RemoveSecondFactor(ctx context.Context, password string) error {
	c, err := d.checkPassword(ctx, "password", password)
	if err != nil {
		return err
	}
	return d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		if err := tx.removeSecondFactor(ctx, c.ID); err != nil {
			return err
		}
		return tx.record(ctx, event{action: "SECURITY_CHANGED", fields: []string{"User.secondFactor"}})
	})
}

func (tx *Tx) removeSecondFactor(ctx context.Context, user uuid.UUID) error {
	for _, table := range []string{"recovery_codes", "second_factors"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE user_id = $1", user); err != nil {
			return fmt.Errorf("remove the second factor: %w", translate(err))
		}
	}
	return nil
}

// withSecondFactor says which of the users are asked for a code.
func (d *DB) withSecondFactor(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	found := map[uuid.UUID]bool{}
	err := d.query(as(ctx, accounts), "SELECT user_id FROM second_factors WHERE user_id = ANY($1::uuid[]) AND confirmed_at IS NOT NULL",
		[]any{pq.Array(ids)}, func(r *sqlx.Rows) error {
			var id uuid.UUID
			err := r.Scan(&id)
			found[id] = true
			return err
		})
	return found, err
}

// recoveryCodesLeft counts the unused recovery codes of a user.
func (d *DB) recoveryCodesLeft(ctx context.Context, user uuid.UUID) (n int32, err error) {
	err = d.query(as(ctx, accounts), "SELECT count(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL", []any{user},
		func(r *sqlx.Rows) error { return r.Scan(&n) })
	return n, err
}
