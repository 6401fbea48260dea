package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/jmoiron/sqlx"
)

// maxSealed is how many rows one seal holds at most.
const maxSealed = 10_000

// errSealsGone says that seals were made which are not there any more. No seal
// is made then, as its number would hide that.
var errSealsGone = errors.New("seals are gone from the end of the audit; see `clinicql audit verify`")

// SealAudit chains the rows of the audit that were finished since the last seal
// to those before. It returns how many these were, and the last seal that it
// made, of number zero when it made none: nothing was to be sealed, or another
// server is sealing now.
func (d *DB) SealAudit(ctx context.Context) (sealed int, head SealHead, err error) {
	for {
		n, made, err := d.sealOnce(ctx)
		sealed += n
		if made.Number > 0 {
			head = made
			d.space.note(nil)
		}
		if err != nil {
			return sealed, head, fmt.Errorf("seal the audit: %w", translate(err))
		}
		if n < maxSealed {
			return sealed, head, nil
		}
	}
}

// A sealing is what was sealed so far.
type sealing struct {
	Number    int64  // of the last seal
	SealedAt  pgTime `db:"sealed_at"`
	SettledID int64  `db:"settled_id"`
	DrawnID   int64  `db:"drawn_id"` // the highest number that any seal knows of
	Hash      []byte
	Closed    int64 // the last seal of which everything is settled
	Count     int64 // seals that there ever were
	Drawn     int64 // the highest number of a row now, finished or not
}

// sealOnce makes one seal, when there is something to be sealed.
func (d *DB) sealOnce(ctx context.Context) (int, SealHead, error) {
	// Each statement sees what is finished when it starts; their order matters.
	tx, err := d.pools[system].BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return 0, SealHead{}, err
	}
	defer func() { _ = tx.Rollback() }()
	var mine bool
	// The planner cannot know how many ids the seals hold. A merge of both in the
	// order of their numbers is never slow, and stops at the limit.
	err = tx.GetContext(ctx, &mine, `
		SELECT pg_try_advisory_xact_lock(5021767300484)
		FROM (SELECT set_config('search_path', 'pg_catalog, pg_temp', true), set_config('statement_timeout', '60000', true),
			set_config('enable_nestloop', 'off', true), set_config('enable_hashjoin', 'off', true)) AS settings`)
	if err != nil || !mine {
		return 0, SealHead{}, err
	}
	var s sealing
	if err := tx.GetContext(ctx, &s, sealingQuery); err != nil {
		return 0, SealHead{}, err
	}
	if s.Count > s.Number {
		return 0, SealHead{}, errSealsGone
	}
	var isSomething bool
	err = tx.GetContext(ctx, &isSomething, "SELECT EXISTS (SELECT FROM "+unsealed+")", s.SettledID, s.Drawn, s.Closed)
	if err != nil || !isSomething && s.SettledID >= s.DrawnID {
		return 0, SealHead{}, err
	}
	seal, n, err := s.next(ctx, tx)
	if err != nil || seal == nil {
		return 0, SealHead{}, err
	}
	if err := tx.Commit(); err != nil {
		return 0, SealHead{}, err
	}
	// Last, as a sequence is not rolled back: it never runs ahead of the seals.
	_, err = d.pools[system].ExecContext(ctx, `
		SELECT setval('public.audit_seal_count', $1) FROM public.audit_seal_count WHERE last_value < $1 OR NOT is_called`, seal.Number)
	return n, seal.head(), err
}

// sealingQuery reads a sealing. A seal's drawn_id is never below that of the
// seal before, so that the first seal found from the end is the last one closed.
const sealingQuery = `
	WITH last AS (SELECT * FROM public.audit_seals ORDER BY number DESC LIMIT 1)
	SELECT coalesce(l.number, 0) AS number, timestamptz_send(coalesce(l.sealed_at, '-infinity')) AS sealed_at, coalesce(l.settled_id, 0) AS settled_id,
		coalesce(l.drawn_id, 0) AS drawn_id, coalesce(l.hash, '') AS hash,
		coalesce((SELECT s.number FROM public.audit_seals s WHERE s.drawn_id <= l.settled_id ORDER BY s.number DESC LIMIT 1), 0) AS closed,
		CASE WHEN c.is_called THEN c.last_value ELSE 0 END AS count,
		CASE WHEN q.is_called THEN q.last_value ELSE 0 END AS drawn
	FROM public.audit_seal_count c
	CROSS JOIN public.audit_log_id_seq q
	LEFT JOIN last l ON true`

// unsealed are the finished rows l above a settled number ($1), up to another
// ($2), that none of the seals after one ($3) holds.
const unsealed = `
	public.audit_log l
	WHERE l.id > $1 AND l.id <= $2
	  AND NOT EXISTS (
		SELECT FROM (SELECT unnest(s.ids) AS id FROM public.audit_seals s WHERE s.number > $3 AND s.ids[cardinality(s.ids)] > $1) held
		WHERE held.id = l.id)`

// next adds the seal after s and returns it with the number of its rows, or nil
// when it would neither hold rows nor settle all that was open.
//
// A row has its number before its transaction ends, so that lower numbers may
// appear after higher ones. But whoever draws a number has a transaction id by
// then: ids up to s.Drawn are all of transactions older than the one that asks
// for its own now, and once none of these runs, what is missing never will be.
// The seal keeps both for the seals after it. (The end of a snapshot would not
// do for it: transactions that run may lie beyond.)
func (s *sealing) next(ctx context.Context, tx *sqlx.Tx) (*sealRow, int, error) {
	seal := &sealRow{Number: s.Number + 1, DrawnID: max(s.Drawn, s.DrawnID)}
	if err := tx.GetContext(ctx, &seal.Snapshot, "SELECT pg_current_xact_id()"); err != nil {
		return nil, 0, err
	}
	// A snapshot of the future is one of another cluster, from which this
	// database was restored: nothing of then still runs.
	err := tx.GetContext(ctx, &seal.SettledID, `
		SELECT greatest($1::bigint, CASE WHEN pg_snapshot_xmin(now) >= $2::xid8 THEN $3::bigint END, (
			SELECT max(drawn_id) FROM public.audit_seals
			WHERE number > $4 AND (snapshot <= pg_snapshot_xmin(now) OR snapshot > $2::xid8)))
		FROM pg_current_snapshot() AS now`, s.SettledID, seal.Snapshot, seal.DrawnID, s.Closed)
	if err != nil {
		return nil, 0, err
	}
	var rows struct {
		IDs     string
		Highest int64
		Count   int
		Digests []byte
		Now     pgTime
	}
	err = tx.GetContext(ctx, &rows, `
		SELECT coalesce(array_agg(l.id ORDER BY l.id), '{}') AS ids, coalesce(max(l.id), 0) AS highest, count(*) AS count,
			coalesce(string_agg(`+rowDigest+`, '' ORDER BY l.id), '') AS digests, timestamptz_send(clock_timestamp()) AS now
		FROM (SELECT l.* FROM `+unsealed+` ORDER BY l.id LIMIT `+strconv.Itoa(maxSealed)+`) l`, s.SettledID, seal.DrawnID, s.Closed)
	if err != nil {
		return nil, 0, err
	}
	switch {
	case rows.Count == maxSealed: // there may be more
		seal.SettledID = min(seal.SettledID, rows.Highest)
	case rows.Count == 0 && seal.SettledID < s.DrawnID:
		return nil, 0, nil
	}
	seal.IDs, seal.Digests = rows.IDs, rows.Digests
	seal.SealedAt = max(rows.Now, s.SealedAt) // a clock may be set back
	before := s.Hash
	if s.Number == 0 {
		before = make([]byte, sha256.Size)
	}
	if _, seal.Hash, err = seal.contents(before); err != nil {
		return nil, 0, err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO public.audit_seals (number, sealed_at, ids, digests, settled_id, drawn_id, snapshot, hash)
		VALUES ($1, timestamptz '2000-01-01 00:00:00Z' + $2::bigint * interval '1 microsecond', $3::bigint[], $4, $5, $6, $7::xid8, $8)`,
		seal.Number, int64(seal.SealedAt), seal.IDs, seal.Digests, seal.SettledID, seal.DrawnID, seal.Snapshot, seal.Hash)
	return seal, rows.Count, err
}
