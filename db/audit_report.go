package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// An AuditFilter says which entries of the audit a report shows. What is not
// set does not limit it.
type AuditFilter struct {
	From, To time.Time // from inclusive, to exclusive
	Patient  string    // an id or a record number
	User     string    // a login name, or another name that stands in the audit
}

// An AuditLine is an entry of the audit as a report shows it: who did what to
// whom, without what stood in a chart and without names of patients.
type AuditLine struct {
	At          time.Time      `db:"at"`
	Actor       string         `db:"actor"`
	Role        string         `db:"role"`
	Kind        string         `db:"kind"`
	TableName   string         `db:"table_name"`
	RowID       *uuid.UUID     `db:"row_id"`
	PatientID   *uuid.UUID     `db:"patient_id"`
	MRN         string         `db:"mrn"`
	Fields      pq.StringArray `db:"fields"`
	Reason      string         `db:"reason"`
	IsByGlass   bool           `db:"is_by_glass"` // of a chart whose glass was broken
	OperationID string         `db:"operation_id"`
}

// ReportAudit hands the entries that f asks for to each, in the order in which
// they were made. That a report was made is an entry itself; it is put there
// before anything is shown. The error is ErrNotFound when there is no such patient.
func (d *DB) ReportAudit(ctx context.Context, f AuditFilter, each func(*AuditLine) error) error {
	if err := d.reportAudit(ctx, f, each); err != nil {
		return fmt.Errorf("report the audit: %w", err)
	}
	return nil
}

func (d *DB) reportAudit(ctx context.Context, f AuditFilter, each func(*AuditLine) error) error {
	exported := event{action: "EXPORTED", fields: []string{"AuditEntry"}, reason: f.String()}
	var patient *uuid.UUID
	if f.Patient != "" {
		patient = new(uuid.UUID)
		err := d.owner.GetContext(ctx, patient, "SELECT id FROM public.patients WHERE id::text = lower($1) OR mrn = upper($1)", f.Patient)
		if errors.Is(translate(err), ErrNotFound) {
			return fmt.Errorf("%w: no patient has the id or record number %q", ErrNotFound, f.Patient)
		} else if err != nil {
			return translate(err)
		}
		exported.patients = []uuid.UUID{*patient}
	}
	if err := d.recordEvents(ctx, exported); err != nil {
		return err
	}
	tx, err := d.beginReading(ctx)
	if err != nil {
		return translate(err)
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.QueryxContext(ctx, `
		SELECT e.created_at AS at, e.actor, coalesce(e.role, '') AS role, e.kind, coalesce(e.table_name, '') AS table_name, e.row_id, e.patient_id,
			coalesce(p.mrn, '') AS mrn, e.fields, coalesce(e.reason, '') AS reason, e.glass_id IS NOT NULL AS is_by_glass,
			coalesce(e.operation_id, '') AS operation_id
		FROM public.audit_entries e
		LEFT JOIN public.patients p ON p.id = e.patient_id
		WHERE ($1::timestamptz IS NULL OR e.created_at >= $1) AND ($2::timestamptz IS NULL OR e.created_at < $2)
		  AND ($3::uuid IS NULL OR e.patient_id = $3) AND ($4 = '' OR e.actor = $4)
		ORDER BY e.number`, orNull(f.From), orNull(f.To), patient, f.User)
	if err != nil {
		return translate(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line AuditLine
		if err := rows.StructScan(&line); err != nil {
			return translate(err)
		}
		line.At = line.At.UTC()
		if err := each(&line); err != nil {
			return err
		}
	}
	return translate(rows.Err())
}

// String says what was asked for, as the audit keeps it.
func (f AuditFilter) String() string {
	said := "audit report"
	for _, t := range []struct {
		word string
		at   time.Time
	}{{" from ", f.From}, {" to ", f.To}} {
		if !t.at.IsZero() {
			said += t.word + t.at.UTC().Format(time.RFC3339)
		}
	}
	if f.User != "" {
		said += " of " + f.User
	}
	return said
}

// orNull is nil for the zero time.
func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
