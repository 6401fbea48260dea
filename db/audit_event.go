package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

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
	if err := d.space.ask(); err != nil {
		return fmt.Errorf("record in the audit: %w", err)
	}
	l, err := loginIn(ctx)
	if err != nil {
		return err
	}
	who, err := signature(ctx, actor)
	if err != nil {
		return err
	}
	statement, args := e.entries(who)
	for try := 1; ; try++ {
		err := d.execOnce(ctx, l, statement, args...)
		d.space.note(err)
		switch {
		case err == nil:
			return nil
		case try == maxTries || !errors.Is(err, errStandby):
			return fmt.Errorf("record in the audit: %w", err)
		}
	}
}

// execOnce runs a statement on one connection of l, as a pool would send it again
// after a reply that was lost, and an entry would stand twice. Postgres waits for a
// standby without an end.
func (d *DB) execOnce(ctx context.Context, l login, statement string, args ...any) error {
	w, err := d.writerAs(ctx, l)
	if err != nil {
		return err
	}
	defer w.end()
	ctx, cancel := context.WithTimeout(ctx, w.wait)
	defer cancel()
	_, err = w.ExecContext(preparing(ctx, true), statement, args...)
	return translate(err)
}

// entries returns the statement that puts the event into the audit, with its
// arguments; who is a signature.
func (e *event) entries(who string) (statement string, args []any) {
	return "SELECT audit_events($1, $2, $3::uuid[], $4::text[], nullif($5, ''))",
		[]any{who, e.action, idArray(e.subjects()), pq.Array(e.fields), e.reason}
}

// subjects returns the patients, or the nil id for nobody.
func (e *event) subjects() []uuid.UUID {
	if len(e.patients) == 0 {
		return []uuid.UUID{uuid.Nil}
	}
	return e.patients
}

// record puts an event of whoever acts into the audit, together with what the
// transaction changes.
func (tx *Tx) record(ctx context.Context, e event) error {
	actor, _ := auth.From(ctx)
	who, err := signature(ctx, actor)
	if err != nil {
		return err
	}
	statement, args := e.entries(who)
	if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
		return fmt.Errorf("record in the audit: %w", translate(err))
	}
	return nil
}

// signature is who acts, as the audit's functions take it.
func signature(ctx context.Context, a auth.Actor) (string, error) {
	operation := operationIn(ctx)
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
	operation := operationIn(ctx)
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
