package db

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"net/netip"
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
	return [][]byte{hash("name " + name), hash("address " + networkOf(auth.VisitFrom(ctx)))}, nil
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
		// There is a row to wait for from the first try on.
		_, err := tx.ExecContext(ctx, `
			INSERT INTO sign_in_failures (subject, failures, blocked_until, last_at)
			SELECT subject, 0, clock_timestamp(), clock_timestamp()
			FROM unnest($1::bytea[]) subject
			ORDER BY subject
			ON CONFLICT DO NOTHING`, pq.ByteaArray(subjects))
		if err != nil {
			return translate(err)
		}
		wait, err := tx.lockTries(ctx, subjects)
		if err != nil {
			return err
		}
		if wait > 0 {
			return &RateLimitedError{RetryAfter: wait}
		}
		_, err = tx.ExecContext(ctx, `
			UPDATE sign_in_failures f SET
				failures = n.failures,
				last_at = clock_timestamp(),
				blocked_until = clock_timestamp() + interval '1 second'
					* CASE WHEN n.failures < n.free THEN 0 ELSE least(power(2, least(n.failures - n.free, 20)), $3) END
			FROM (
				SELECT subject, free, CASE WHEN last_at < clock_timestamp() - $4 * interval '1 second' THEN 1 ELSE failures + 1 END AS failures
				FROM sign_in_failures
				JOIN unnest($1::bytea[], $2::int[]) s (subject, free) USING (subject)
			) n
			WHERE f.subject = n.subject`,
			pq.ByteaArray(subjects), pq.Array([]int64{freeOfName, freeOfAddress}), maxWait.Seconds(), failureAge.Seconds())
		if err != nil {
			return fmt.Errorf("count tries to sign in: %w", translate(err))
		}
		return nil
	})
}

// lockTries makes those who count tries of the same subjects take turns, in one
// order for all, and returns how long there is to wait for the next try.
func (tx *Tx) lockTries(ctx context.Context, subjects [][]byte) (time.Duration, error) {
	var wait float64
	err := tx.GetContext(ctx, &wait, `
		SELECT coalesce(max(extract(epoch FROM blocked_until - clock_timestamp())), 0)
		FROM (SELECT blocked_until FROM sign_in_failures WHERE subject = ANY($1::bytea[]) ORDER BY subject FOR UPDATE) f`, pq.ByteaArray(subjects))
	return time.Duration(wait * float64(time.Second)), translate(err)
}

// takeBack takes back the try that was counted last. Whoever has signed in is
// forgiven all tries of their name besides.
func (d *DB) takeBack(ctx context.Context, name string, signedIn bool) error {
	subjects, err := d.subjects(ctx, name)
	if err != nil {
		return err
	}
	return d.change(as(ctx, accounts), func(ctx context.Context, tx *Tx) error {
		if _, err := tx.lockTries(ctx, subjects); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			UPDATE sign_in_failures
			SET failures = CASE WHEN $3 AND subject = $1 THEN 0 ELSE greatest(failures - 1, 0) END, blocked_until = clock_timestamp()
			WHERE subject IN ($1, $2)`, subjects[0], subjects[1], signedIn)
		return translate(err)
	})
}

// forgive forgets the failures of a name that has signed in.
func (d *DB) forgive(ctx context.Context, name string) error { return d.takeBack(ctx, name, true) }

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

// networkOf returns the address of the client as tries are counted: of IPv6 the
// network of 64 bits, all of whose addresses one computer can take.
func networkOf(v *auth.Visit) string {
	if v.Address.Is6() {
		return netip.PrefixFrom(v.Address, 64).Masked().String()
	}
	return addressOf(v)
}
