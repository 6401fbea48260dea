package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// VerifyOptions say what is known about the audit from elsewhere.
type VerifyOptions struct {
	Head string // of a seal as it was logged: it must still be there
}

// An AuditReport says what a verification read.
type AuditReport struct {
	Seals    int64
	Rows     int64    // in seals
	Unsealed int64    // newer than the last seal
	Head     SealHead // the last seal
	Broken   *Broken  // the first thing that is wrong; nil when the audit is whole
}

// Broken is what was found to be wrong with the audit.
type Broken struct {
	Seal int64 // zero: none in particular
	Row  int64 // the number of a row of the audit; zero: none in particular
	Why  string
}

func (b *Broken) Error() string {
	switch {
	case b.Row != 0 && b.Seal != 0:
		return fmt.Sprintf("at row %d of seal %d: %s", b.Row, b.Seal, b.Why)
	case b.Row != 0:
		return fmt.Sprintf("at row %d: %s", b.Row, b.Why)
	case b.Seal != 0:
		return fmt.Sprintf("at seal %d: %s", b.Seal, b.Why)
	}
	return b.Why
}

// VerifyAudit reads the whole audit as it is now, and says whether its rows are
// those that were sealed. It reads as the database's owner, and changes nothing.
// The report is of use only when there is no error.
func (d *DB) VerifyAudit(ctx context.Context, o VerifyOptions) (report AuditReport, err error) {
	known := SealHead{}
	if o.Head != "" {
		if known, err = parseHead(o.Head); err != nil {
			return report, err
		}
	}
	w := &walk{known: known}
	if err := w.verify(ctx, d); err != nil && !errors.As(err, &w.report.Broken) {
		return report, fmt.Errorf("verify the audit: %w", translate(err))
	}
	return w.report, nil
}

// beginReading begins a transaction that reads all as it is now, for as long as
// it takes, as the database's owner.
func (d *DB) beginReading(ctx context.Context) (*sqlx.Tx, error) {
	tx, err := d.owner.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, `
		SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true),
			set_config('search_path', 'pg_catalog, pg_temp', true)`)
	if err != nil {
		_ = tx.Rollback()
	}
	return tx, err
}
