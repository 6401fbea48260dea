package db

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/lib/pq"
)

// How many failures in a row are free before one has to wait, of one login name
// and from one address, behind which a whole clinic may sit. From then on each
// doubles the wait, up to maxWait: nobody is locked out for good.
const (
	freeOfName    = 5
	freeOfAddress = 30
	maxWait       = time.Minute
	failureAge    = time.Hour // after which failures are forgotten
)

// subjects returns the keyed hashes under which tries are counted, so that the
// table tells nobody who tried.
func (d *DB) subjects(ctx context.Context, name string) ([][]byte, error) {
	secret, err := d.secret(ctx, "sign-in")
	if err != nil {
		return nil, err
	}
	hash := func(text string) []byte {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(text))
		return mac.Sum(nil)
	}
	return [][]byte{hash("name " + name), hash("address " + addressOf(auth.VisitFrom(ctx)))}, nil
}

// countTry notes a try to sign in before it is known what comes of it, so that
// tries at the same time count too. It returns a RateLimitedError when there
// were too many before.
func (d *DB) countTry(ctx context.Context, name string) error {
	subjects, err := d.subjects(ctx, name)
	if err != nil {
		return err
	}
	return d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		var wait float64
		err := tx.GetContext(ctx, &wait, `
			SELECT coalesce(max(extract(epoch FROM blocked_until - clock_timestamp())), 0)
			FROM (SELECT blocked_until FROM sign_in_failures WHERE subject = ANY($1::bytea[]) ORDER BY subject FOR UPDATE) f`, pq.ByteaArray(subjects))
		if err != nil {
			return translate(err)
		}
		if wait > 0 {
			return &RateLimitedError{RetryAfter: time.Duration(wait * float64(time.Second))}
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO sign_in_failures AS f (subject, failures, blocked_until, last_at)
			SELECT subject, 1, clock_timestamp(), clock_timestamp()
			FROM unnest($1::bytea[], $2::int[]) s (subject, free)
			ORDER BY subject
			ON CONFLICT (subject) DO UPDATE SET
				failures = CASE WHEN f.last_at < now() - $4 * interval '1 second' THEN 1 ELSE f.failures + 1 END,
				last_at = clock_timestamp(),
				blocked_until = clock_timestamp() + interval '1 second' * CASE
					WHEN f.last_at < now() - $4 * interval '1 second' OR f.failures + 1 < (
						SELECT free FROM unnest($1::bytea[], $2::int[]) s (subject, free) WHERE s.subject = f.subject) THEN 0
					ELSE least(power(2, least(f.failures + 1 - (
						SELECT free FROM unnest($1::bytea[], $2::int[]) s (subject, free) WHERE s.subject = f.subject), 20)), $3)
				END`,
			pq.ByteaArray(subjects), pq.Array([]int64{freeOfName, freeOfAddress}), maxWait.Seconds(), failureAge.Seconds())
		if err != nil {
			return fmt.Errorf("count tries to sign in: %w", translate(err))
		}
		return nil
	})
}

// forgive forgets the failures of a name that has signed in, and takes back
// what was counted for its address.
func (d *DB) forgive(ctx context.Context, name string) error {
	subjects, err := d.subjects(ctx, name)
	if err != nil {
		return err
	}
	return d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, `
			WITH forgiven AS (DELETE FROM sign_in_failures WHERE subject = $1)
			UPDATE sign_in_failures SET failures = greatest(failures - 1, 0), blocked_until = now() WHERE subject = $2`, subjects[0], subjects[1])
		return translate(err)
	})
}

// ForgetSignIns deletes what is too old to matter: failures, challenges and links.
func (d *DB) ForgetSignIns(ctx context.Context) error {
	for _, old := range []string{
		"DELETE FROM sign_in_failures WHERE last_at < now() - interval '1 hour'",
		"DELETE FROM sign_in_challenges WHERE expires_at < now()",
		"DELETE FROM password_links WHERE expires_at < now()",
	} {
		if _, err := d.pools[accounts].ExecContext(ctx, old); err != nil {
			return fmt.Errorf("forget sign-ins: %w", translate(err))
		}
	}
	return nil
}

// addressOf returns the address of the client, "" where it is not known.
func addressOf(v *auth.Visit) string {
	if !v.Address.IsValid() {
		return ""
	}
	return v.Address.String()
}
