package db

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

// Reads collects whose charts an operation looks into.
type Reads struct {
	mu       sync.Mutex
	patients map[uuid.UUID]bool // the nil id: the charts of nobody in particular
	fields   []string           // that are told without having been asked for
}

type readsKey struct{}

// WithReads returns a context whose reads of charts are noted in r.
func WithReads(ctx context.Context, r *Reads) context.Context {
	return context.WithValue(ctx, readsKey{}, r)
}

// touch notes that the charts of patients were looked into.
func touch(ctx context.Context, patients ...uuid.UUID) {
	r, ok := ctx.Value(readsKey{}).(*Reads)
	if !ok {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.patients == nil {
		r.patients = map[uuid.UUID]bool{}
	}
	for _, id := range patients {
		r.patients[id] = true
	}
}

// touchAnswered notes that a row is answered to whoever wrote it, or did so
// before: one of a chart holds more than they sent.
func touchAnswered(ctx context.Context, row any) {
	switch row := row.(type) {
	case *MedicalRecord:
		touch(ctx, row.PatientID)
	case *Allergy:
		touch(ctx, row.PatientID)
	}
}

// Told notes fields of a chart that an error tells of, "MedicalRecord.notes".
func Told(ctx context.Context, fields ...string) {
	if r, ok := ctx.Value(readsKey{}).(*Reads); ok {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.fields = append(r.fields, fields...)
	}
}

// orNobody returns patients, or the nil id where there are none: that nothing
// is found in charts tells of them too.
func orNobody(patients []uuid.UUID) []uuid.UUID {
	if len(patients) == 0 {
		return []uuid.UUID{uuid.Nil}
	}
	return patients
}

// RecordReads puts what was noted into the audit, one entry for each patient,
// with the fields that were asked for. What it returns an error for must not
// be answered.
func (d *DB) RecordReads(ctx context.Context, r *Reads, fields []string) error {
	r.mu.Lock()
	var patients []uuid.UUID
	for id := range r.patients {
		patients = append(patients, id)
	}
	fields = slices.Concat(fields, r.fields)
	r.mu.Unlock()
	slices.Sort(fields)
	fields = slices.Compact(fields)
	if len(patients) == 0 {
		return nil
	}
	slices.SortFunc(patients, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return d.recordEvents(ctx, event{action: "READ", patients: patients, fields: fields})
}

// An event is an entry of the audit that is no change of a row, for each of its
// patients; the nil id stands for none.
type event struct {
	action   string
	patients []uuid.UUID // none: one entry without a patient
	fields   []string
	reason   string
}

// recordEvents puts an event of the context's actor into the audit.
func (d *DB) recordEvents(ctx context.Context, e event) error {
	actor, ok := auth.From(ctx)
	if !ok {
		return ErrNoActor
	}
	pool, err := d.pool(ctx)
	if err != nil {
		return err
	}
	who, err := signature(ctx, actor)
	if err != nil {
		return err
	}
	if len(e.patients) == 0 {
		e.patients = []uuid.UUID{uuid.Nil}
	}
	patients := make([]*uuid.UUID, len(e.patients))
	for i, id := range e.patients {
		if id != uuid.Nil {
			patients[i] = &id
		}
	}
	// On one connection, as a pool would send the statement again after a reply
	// that was lost, and the entry would stand twice.
	conn, err := pool.Connx(ctx)
	if err != nil {
		return translate(err)
	}
	defer conn.Close()
	_, err = conn.ExecContext(ctx, "SELECT audit_events($1, $2, $3::uuid[], $4::text[], nullif($5, ''))",
		who, e.action, pq.Array(patients), pq.Array(e.fields), e.reason)
	if err != nil {
		return fmt.Errorf("record in the audit: %w", translate(err))
	}
	return nil
}

// record puts an event of whoever acts into the audit, together with what the
// transaction changes.
func (tx *Tx) record(ctx context.Context, e event) error {
	actor, _ := auth.From(ctx)
	who, err := signature(ctx, actor)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "SELECT audit_events($1, $2, '{NULL}'::uuid[], $3::text[], nullif($4, ''))", who, e.action, pq.Array(e.fields), e.reason)
	if err != nil {
		return fmt.Errorf("record in the audit: %w", translate(err))
	}
	return nil
}

// signature is who acts, as the audit's functions take it.
func signature(ctx context.Context, a auth.Actor) (string, error) {
	operation, _ := ctx.Value(operationKey{}).(string)
	who := map[string]any{"actor": a.Name, "glass": glassOf(a)}
	for name, text := range map[string]string{"role": string(a.Role), "operation": operation, "user": idText(a.UserID), "token": idText(a.TokenID)} {
		if text != "" {
			who[name] = text
		}
	}
	text, err := json.Marshal(who)
	return string(text), err
}

// sign tells the triggers of the transaction who acts.
func (tx *Tx) sign(ctx context.Context, a auth.Actor) error {
	operation, _ := ctx.Value(operationKey{}).(string)
	glass, err := json.Marshal(glassOf(a))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		SELECT set_config('clinicql.actor', $1, true), set_config('clinicql.operation', $2, true), set_config('clinicql.role', $3, true),
			set_config('clinicql.user', $4, true), set_config('clinicql.token', $5, true), set_config('clinicql.glass', $6, true),
			set_config('clinicql.reason', '', true)`,
		a.Name, operation, string(a.Role), idText(a.UserID), idText(a.TokenID), string(glass))
	return translate(err)
}

// explain tells the triggers of the transaction why.
func (tx *Tx) explain(ctx context.Context, reason string) error {
	_, err := tx.ExecContext(ctx, "SELECT set_config('clinicql.reason', $1, true)", reason)
	return translate(err)
}

// glassOf returns the glass that is broken now by patient.
func glassOf(a auth.Actor) map[string]string {
	glass := map[string]string{}
	for _, g := range a.OpenGlass() {
		glass[g.PatientID.String()] = g.ID.String()
	}
	return glass
}

// idText is an id as text, "" for the nil one.
func idText(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}
