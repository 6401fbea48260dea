package db

import (
	"context"
	"fmt"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// forgottenAtOnce is how many rows one transaction deletes.
const forgottenAtOnce = 1000

// ForgetOld deletes what goes by a plan, a thousand rows in a transaction of their
// own with what the audit says of it, and tells after each how many of a class
// are gone. What was done when it ends early stays done: the next plan holds the
// rest. It connects as a login that may delete nothing else.
func (d *DB) ForgetOld(ctx context.Context, plan *RetentionPlan, tell func(class string, gone int64)) error {
	actor, ok := auth.From(ctx)
	if !ok {
		return ErrNoActor
	}
	for _, l := range plan.Lines {
		if l.Fate != Goes {
			continue
		}
		gone := int64(0)
		for gone < l.Due {
			n, err := d.forgetSome(ctx, actor, &l)
			if err != nil {
				return fmt.Errorf("forget %s: %w", l.Class, err)
			}
			if n == 0 {
				break // somebody else was faster
			}
			gone += n
			tell(l.Class, gone)
		}
	}
	return nil
}

// forgetSome deletes the oldest.
func (d *DB) forgetSome(ctx context.Context, actor auth.Actor, l *RetentionLine) (n int64, err error) {
	stays := ""
	if l.class.from == "slot_holds" {
		stays = " AND NOT EXISTS (SELECT FROM wait_list_entries w WHERE w.slot_hold_id = t.id)"
	}
	err = d.try(as(ctx, retention), actor, nil, func(ctx context.Context, tx *Tx) error {
		reason := fmt.Sprintf("retention: %s that were over before %s", l.Class, l.Before.Format(time.RFC3339))
		if err := tx.explain(ctx, reason); err != nil { // for the triggers of tables that are audited row by row
			return err
		}
		result, err := tx.ExecContext(ctx, `
			DELETE FROM `+l.class.from+`
			WHERE id IN (SELECT t.id FROM `+l.class.from+` t WHERE `+l.class.over+` < $1`+stays+` ORDER BY t.id LIMIT $2)`, l.Before, forgottenAtOnce)
		if err != nil {
			return translate(err)
		}
		if n, err = result.RowsAffected(); err != nil || n == 0 || l.class.from == "slot_holds" {
			return err
		}
		return tx.record(ctx, event{action: "SECURITY_CHANGED", reason: fmt.Sprintf("%d %s", n, reason)})
	})
	return n, err
}
