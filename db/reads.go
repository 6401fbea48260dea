package db

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// Reads collects whose charts an operation looks into.
type Reads struct {
	mu       sync.Mutex
	patients map[uuid.UUID]bool // the nil id: the charts of nobody in particular
	fields   []string           // that are told without having been asked for
	areFew   bool               // an analyst asked for what few patients match
}

type readsKey struct{}

// WithReads returns a context whose reads of charts are noted in r.
func WithReads(ctx context.Context, r *Reads) context.Context {
	return context.WithValue(ctx, readsKey{}, r)
}

// Collected is a context whose statements are counted and whose reads of charts are noted,
// as by WithStats and WithReads, in one: it is asked often.
type Collected struct {
	context.Context
	Stats Stats
	Reads Reads

	asksStandbys bool
	reading      reading
}

// Value implements context.Context.
func (c *Collected) Value(key any) any {
	switch key.(type) {
	case statsKey:
		return &c.Stats
	case readsKey:
		return &c.Reads
	case readingKey:
		if c.asksStandbys {
			return &c.reading
		}
	}
	return c.Context.Value(key)
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
	if isDeidentified(ctx) {
		r.patients[uuid.Nil] = true // a pseudonym is nobody's id
		return
	}
	for _, id := range patients {
		r.patients[id] = true
	}
}

// touchFew notes that few patients match what an analyst asked for.
func touchFew(ctx context.Context) {
	if r, ok := ctx.Value(readsKey{}).(*Reads); ok {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.areFew = true
	}
}

// isRecorded says whether reads of what stands behind w are noted: those of charts,
// and all that analysts read of patients.
func isRecorded(ctx context.Context, w wall) bool {
	return w.chart || isMasked(ctx, w)
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
// with the fields that were asked for. While the database has no room for them
// they wait in the spool, if there is one (KeepReads). What it returns an error
// for must not be answered.
func (d *DB) RecordReads(ctx context.Context, r *Reads, fields []string) error {
	r.mu.Lock()
	var patients []uuid.UUID
	for id := range r.patients {
		patients = append(patients, id)
	}
	fields = slices.Concat(fields, r.fields)
	reason := ""
	if r.areFew {
		reason = fmt.Sprintf("fewer than %d patients match", fewPatients)
	}
	r.mu.Unlock()
	slices.Sort(fields)
	fields = slices.Compact(fields)
	if len(patients) == 0 {
		return nil
	}
	slices.SortFunc(patients, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	e := event{action: "READ", patients: patients, fields: fields, reason: reason}
	err := d.recordEvents(ctx, e)
	if d.reads == nil || !errors.Is(err, ErrNoWrites) {
		return err
	}
	if failed := d.reads.keep(ctx, e); failed != nil {
		return fmt.Errorf("%w; keep it until there is room: %w", err, failed)
	}
	return nil
}
