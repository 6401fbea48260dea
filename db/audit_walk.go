package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
)

// An auditRow is what is verified of a row.
type auditRow struct {
	ID     int64
	At     pgTime
	Digest []byte
}

// A sealedRow is what a seal says of a row.
type sealedRow struct {
	id, seal int64
	digest   []byte
	sealedAt pgTime
}

// A walk goes through rows in the order of their numbers, and through seals as
// far ahead of the rows as numbers are settled late.
type walk struct {
	rows    *stream[auditRow]
	seals   *stream[sealRow]
	known   SealHead
	drawn   int64       // the highest number that a row can have
	count   int64       // of seals that were ever made
	last    sealRow     // of the seals that were read
	open    []sealedRow // rows of these that were not met yet, in order
	met     []int64     // rows that were met, above what is settled
	earlier []sealRow   // seals that tell when the rows to come were numbered; without their rows
	passed  int64       // the number of the last row
	report  AuditReport
}

// verify returns nil when the audit is whole, and a *Broken when it is not.
// Sequences are not of a snapshot: one that seals are counted by is read before
// it is taken, and one that rows are numbered by after.
func (w *walk) verify(ctx context.Context, d *DB) error {
	err := d.owner.GetContext(ctx, &w.count, "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM public.audit_seal_count")
	if err != nil {
		return err
	}
	tx, err := d.beginReading(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := w.run(ctx, tx); err != nil {
		return err
	}
	return checkGuards(ctx, tx)
}

// run goes through the rows and seals.
func (w *walk) run(ctx context.Context, tx *sqlx.Tx) error {
	err := tx.GetContext(ctx, &w.drawn, `
		SELECT CASE WHEN is_called THEN last_value ELSE 0 END
		FROM public.audit_log_id_seq, set_config('enable_sort', 'off', true)`) // rows come in the order of an index, and are not all read first
	if err != nil {
		return err
	}
	w.seals, err = newStream[sealRow](ctx, tx, "seals", 32, `
		SELECT number, timestamptz_send(sealed_at) AS sealed_at, ids::text AS ids, digests, settled_id, drawn_id, snapshot::text AS snapshot, hash
		FROM public.audit_seals ORDER BY number`)
	if err != nil {
		return err
	}
	w.rows, err = newStream[auditRow](ctx, tx, "audit_rows", 2000, `
		SELECT l.id, timestamptz_send(l.at) AS at, `+rowDigest+` AS digest FROM public.audit_log l ORDER BY l.id`)
	if err != nil {
		return err
	}
	w.last.Hash = make([]byte, sha256.Size)
	for {
		row, err := w.rows.next(ctx)
		if err != nil {
			return err
		}
		if row == nil {
			break
		}
		if err := w.meet(ctx, row); err != nil {
			return err
		}
		w.passed = row.ID
	}
	for more := true; more; {
		if more, err = w.readSeal(ctx); err != nil {
			return err
		}
	}
	if len(w.open) > 0 {
		return w.missed(w.open[0])
	}
	return w.end()
}

// missed says why a sealed row was not met in its place.
func (w *walk) missed(r sealedRow) error {
	if slices.Contains(w.met, r.id) {
		return &Broken{r.seal, r.id, "the row is in another seal too"}
	}
	return &Broken{r.seal, r.id, "the row is gone"}
}

// end checks what can be said when all seals were read.
func (w *walk) end() error {
	w.report.Head = w.last.head()
	switch n := w.last.Number; {
	case w.count > n:
		return &Broken{Seal: n + 1, Why: fmt.Sprintf("of %d seals that were made this one and all after it are gone", w.count)}
	case len(w.known.Hash) > 0:
		return &Broken{Seal: w.known.Number, Why: "no seal has the hash of the head that was given: seals were made anew or are gone"}
	}
	return nil
}

// meet looks for the seal of a row and compares.
func (w *walk) meet(ctx context.Context, row *auditRow) error {
	for (len(w.open) == 0 || w.open[0].id > row.ID) && w.last.SettledID < row.ID {
		if more, err := w.readSeal(ctx); err != nil {
			return err
		} else if !more {
			break
		}
	}
	switch {
	case len(w.open) > 0 && w.open[0].id < row.ID:
		return w.missed(w.open[0])
	case len(w.open) > 0 && w.open[0].id == row.ID:
		sealed := w.open[0]
		w.open, w.met = w.open[1:], append(w.met, row.ID)
		w.report.Rows++
		return w.compare(row, sealed)
	case row.ID <= w.last.SettledID:
		return &Broken{Row: row.ID, Why: "no seal holds the row, though seals hold all that there was up to its number: it was put there later"}
	case row.ID > w.drawn:
		return &Broken{Row: row.ID, Why: "the row has a number that the database has not come to yet"}
	}
	w.report.Unsealed++
	return nil
}

// compare checks a row against what its seal says of it.
func (w *walk) compare(row *auditRow, sealed sealedRow) error {
	for len(w.earlier) > 1 && w.earlier[1].DrawnID < row.ID {
		w.earlier = w.earlier[1:]
	}
	switch {
	case !bytes.Equal(row.Digest, sealed.digest):
		return &Broken{sealed.seal, row.ID, "the row is not what was sealed"}
	case row.At > sealed.sealedAt+pgMinute: // clocks are set
		return &Broken{sealed.seal, row.ID, "the row is dated after its seal"}
	case len(w.earlier) > 0 && w.earlier[0].DrawnID < row.ID && row.At < w.earlier[0].SealedAt-pgDay: // no transaction takes that long
		return &Broken{sealed.seal, row.ID, fmt.Sprintf("the row is dated more than a day before seal %d, after which it was written", w.earlier[0].Number)}
	}
	return nil
}
