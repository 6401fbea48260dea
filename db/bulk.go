package db

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/clinicql/clinicql/auth"
	"github.com/jmoiron/sqlx/reflectx"
)

// A Loader adds many rows at once. They meet the same rules, get the same
// derived columns and are audited as if each had been written alone.
type Loader struct {
	ctx context.Context
	tx  *Tx
}

// Load runs fill in one transaction, signed with the context's actor, whose
// statements may take as long as they need. It is not tried again: rows of
// fill may have been changed by the first try.
func (d *DB) Load(ctx context.Context, fill func(*Loader) error) error {
	actor, ok := auth.From(ctx)
	if !ok {
		return ErrNoActor
	}
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return err
	}
	return d.transact(ctx, actor, clinic, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, `
			SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)`)
		if err != nil {
			return translate(err)
		}
		return fill(&Loader{ctx, tx})
	})
}

// Practitioners adds rows.
func (l *Loader) Practitioners(rows []*Practitioner) error { return copyIn(l, practitioners, rows) }

// WorkingHours adds rows.
func (l *Loader) WorkingHours(rows []*WorkingHours) error { return copyIn(l, workingHours, rows) }

// TimeOff adds rows.
func (l *Loader) TimeOff(rows []*TimeOff) error { return copyIn(l, timeOff, rows) }

// Rooms adds rows.
func (l *Loader) Rooms(rows []*Room) error { return copyIn(l, rooms, rows) }

// AppointmentTypes adds rows.
func (l *Loader) AppointmentTypes(rows []*AppointmentType) error {
	return copyIn(l, appointmentTypes, rows)
}

// Patients adds rows; their record numbers are issued in the same order.
func (l *Loader) Patients(rows []*Patient) error { return copyIn(l, patients, rows) }

// Allergies adds rows.
func (l *Loader) Allergies(rows []*Allergy) error { return copyIn(l, allergies, rows) }

// AllergyAbsences notes who has no allergies.
func (l *Loader) AllergyAbsences(rows []AllergyAbsence) error {
	return l.tx.noteNoAllergies(l.ctx, rows...)
}

// Appointments adds rows. Past ones are welcome.
func (l *Loader) Appointments(rows []*Appointment) error { return copyIn(l, appointments, rows) }

// MedicalRecords adds rows, of any status.
func (l *Loader) MedicalRecords(rows []*MedicalRecord) error { return copyIn(l, medicalRecords, rows) }

// Analyze brings what Postgres knows of all tables up to date, without which
// it plans badly after a large load. Only their owner can. It waits as long as need be for
// who holds a table, and lets go of each before the next: in one string with another
// statement ANALYZE would hold all of them to its end.
func (d *DB) Analyze(ctx context.Context) error {
	conn, err := d.owner.Connx(ctx)
	if err != nil {
		return translate(err)
	}
	defer conn.Close() // for good: what it is set to nobody else has
	for _, statement := range []string{"SET statement_timeout = 0", "SET lock_timeout = 0", "ANALYZE"} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return translate(err)
		}
	}
	return nil
}

// copyIn checks rows and adds them by one COPY. A row without an id is given one.
func copyIn[T any, P interface {
	pointer[T]
	checked
}](l *Loader, t *table[T], rows []*T) error {
	for i, row := range rows {
		if err := checkRow(l.tx, P(row)); err != nil {
			return fmt.Errorf("load %s: row %d: %w", t.name, i, err)
		}
		identify[T, P](t, row)
	}
	columns := t.given()
	into, err := l.tx.PrepareContext(l.ctx, "COPY "+t.name+" ("+strings.Join(columns, ", ")+") FROM STDIN")
	if err != nil {
		return fmt.Errorf("load %s: %w", t.name, translate(err))
	}
	defer into.Close()
	paths := mapper.TraversalsByName(reflect.TypeFor[T](), columns)
	values := make([]any, len(columns))
	for _, row := range rows {
		v := reflect.ValueOf(row).Elem()
		for i, path := range paths {
			values[i] = reflectx.FieldByIndexesReadOnly(v, path).Interface()
		}
		if _, err := into.ExecContext(l.ctx, values...); err != nil {
			return fmt.Errorf("load %s: %w", t.name, translate(err))
		}
	}
	if _, err := into.ExecContext(l.ctx); err != nil { // sends the rest and waits for the answer
		return fmt.Errorf("load %s: %w", t.name, translate(err))
	}
	return nil
}

// HasPatients says whether anybody was ever registered, archived ones included.
func (d *DB) HasPatients(ctx context.Context) (some bool, err error) {
	err = d.pools[system].GetContext(ctx, &some, "SELECT EXISTS (SELECT FROM patients)")
	if err != nil {
		return false, fmt.Errorf("look for patients: %w", translate(err))
	}
	return some, nil
}
