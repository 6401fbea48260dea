package db

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// AuditKind says what was done.
type AuditKind string

// AuditEntry is one row of audit_entries: one thing that somebody did. What
// stood in a chart is not in it.
type AuditEntry struct {
	Row
	Kind        AuditKind      `db:"kind"`
	Actor       string         `db:"actor" max:"100"` // a login name, "system:…", "database:…" or "anonymous"
	ActorRole   *auth.Role     `db:"role"`            // that of the server itself too
	UserID      *uuid.UUID     `db:"user_id"`
	TokenID     *uuid.UUID     `db:"token_id"`
	OperationID *string        `db:"operation_id" max:"36"`
	TableName   *string        `db:"table_name" max:"63"`
	SubjectID   *uuid.UUID     `db:"row_id"`
	PatientID   *uuid.UUID     `db:"patient_id"`
	Names       pq.StringArray `db:"fields"` // columns, or fields of the schema
	Before      []byte         `db:"before"` // JSON by column, of what is no chart
	After       []byte         `db:"after"`
	Reason      *string        `db:"reason" max:"500"`
	GlassID     *uuid.UUID     `db:"glass_id"`
	Number      int64          `db:"number"` // what its id holds
}

var auditEntries = newTable(table[AuditEntry]{
	name: "audit_entries", kind: KindAuditEntry, wall: wall{patient: "patient_id", log: true},
	number: "number",
	orders: map[string]string{"OCCURRED_AT": "number"},
	usual:  []orderKey{{column: "number", desc: true}},
})

// AuditEntryWhere holds conditions on entries.
type AuditEntryWhere struct {
	Kind         *AuditKindFilter
	OccurredAt   *DateTimeFilter `db:"created_at"`
	UserID       *IDFilter
	Actor        *StringFilter `text:"exact"`
	PatientID    *IDFilter
	SubjectID    *IDFilter     `db:"row_id"`
	OperationID  *StringFilter `text:"exact"`
	IsUnderGlass *bool         `set:"glass_id"`
	And, Or      []*AuditEntryWhere
	Not          *AuditEntryWhere
}

// OccurredAt returns when it was done.
func (e *AuditEntry) OccurredAt() time.Time { return e.CreatedAt }

// IsUnderGlass says whether it was done under broken glass.
func (e *AuditEntry) IsUnderGlass() bool { return e.GlassID != nil }

// User returns who did it; nil for the server itself and before sign-in.
func (e *AuditEntry) User(ctx context.Context) (*User, error) { return one(ctx, e, users, "user_id") }

// SubjectType returns what it was done to, as the schema names it, or nil.
func (e *AuditEntry) SubjectType() *string {
	if e.TableName == nil {
		return nil
	}
	noun := nounOf(*e.TableName)
	return &noun
}

// Role returns as what the user did it; nil for who is none.
func (e *AuditEntry) Role() *auth.Role {
	if e.ActorRole == nil || !slices.Contains(auth.Roles, *e.ActorRole) {
		return nil
	}
	return e.ActorRole
}

// Fields returns the fields that were read, changed or asked for in vain,
// "MedicalRecord.diagnosis".
func (e *AuditEntry) Fields() []string {
	fields := []string{}
	for _, name := range e.Names {
		if e.TableName != nil {
			name = nounOf(*e.TableName) + "." + camelCase(name)
		}
		fields = append(fields, name)
	}
	return fields
}

// FieldChange is what a field held before and after, as JSON.
type FieldChange struct {
	Field         string
	Before, After *string
}

// Changes returns what was changed; nil for charts, and for what changes no row.
func (e *AuditEntry) Changes() ([]*FieldChange, error) {
	if e.Before == nil && e.After == nil {
		return nil, nil
	}
	var before, after map[string]json.RawMessage
	if e.Before != nil {
		if err := json.Unmarshal(e.Before, &before); err != nil {
			return nil, err
		}
	}
	if e.After != nil {
		if err := json.Unmarshal(e.After, &after); err != nil {
			return nil, err
		}
	}
	changes := []*FieldChange{}
	for _, column := range e.Names {
		changes = append(changes, &FieldChange{camelCase(column), rawText(before[column]), rawText(after[column])})
	}
	return changes, nil
}

func rawText(raw json.RawMessage) *string {
	if raw == nil || string(raw) == "null" {
		return nil
	}
	text := string(raw)
	return &text
}

// nounOf returns the schema's name of a table's row.
func nounOf(tableName string) string {
	if noun, ok := nouns[tableName]; ok {
		return noun
	}
	return tableName
}

// camelCase returns the schema's name of a column.
func camelCase(column string) string {
	words := strings.Split(column, "_")
	for i, w := range words[1:] {
		if w != "" {
			words[i+1] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "")
}

// AuditLog returns a page of the audit, newest first.
func (d *DB) AuditLog(ctx context.Context, page Page, where *AuditEntryWhere, orderBy []*Order) (*AuditEntryConnection, error) {
	touch(ctx, uuid.Nil)
	return list(ctx, d, auditEntries, query{page, where, orderBy})
}

// AccessLog returns a page of what was done with the patient's data, newest
// first; nil for who is not of the care team.
func (p *Patient) AccessLog(ctx context.Context, first *int32, after *string, last *int32, before *string) (*AuditEntryConnection, error) {
	actor, _ := auth.From(ctx)
	switch {
	case actor.Role == auth.System:
	case actor.Role.IsCare():
		if ours, err := p.isOfTeam(ctx); err != nil || !ours {
			return nil, err
		}
	default:
		return nil, nil
	}
	touch(ctx, p.ID)
	return many(ctx, p, auditEntries, "t.patient_id = p.id", query{page: Page{first, after, last, before}})
}

// AuditSealStatus says how far the audit is sealed.
type AuditSealStatus struct {
	SealedAt *time.Time // of the newest seal
	HeadHash *string    // of it, in hexadecimal
	Seals    int32
}

// AuditSealStatus returns how far the audit is sealed.
func (d *DB) AuditSealStatus(ctx context.Context) (*AuditSealStatus, error) {
	status := &AuditSealStatus{}
	err := d.query(ctx, `
		SELECT number, sealed_at, encode(hash, 'hex')
		FROM audit_seals
		ORDER BY number DESC
		LIMIT 1`, nil, func(r *sqlx.Rows) error { return r.Scan(&status.Seals, &status.SealedAt, &status.HeadHash) })
	return status, err
}

// RecordDenial notes that the actor asked for fields that are not theirs.
func (d *DB) RecordDenial(ctx context.Context, fields []string) error {
	return d.recordEvents(ctx, event{action: "DENIED", fields: slices.Clone(fields)})
}

// RecordExport notes that the actor took data out: which fields, and how much of what.
func (d *DB) RecordExport(ctx context.Context, fields []string, what string) error {
	return d.recordEvents(ctx, event{action: "EXPORTED", fields: slices.Clone(fields), reason: what})
}

// The types that lists of entries are made of.
type (
	AuditEntryConnection = Connection[AuditEntry]
	AuditEntryEdge       = Edge[AuditEntry]
	AuditEntryOrder      = Order
	AuditKindFilter      = EnumFilter[AuditKind]
)
