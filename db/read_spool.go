package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// A readSpool keeps entries of the audit about reads while the database has no
// room for them.
type readSpool struct {
	*spool
	draining sync.Mutex
	isUnsure bool // whether some of its entries are in the audit already
}

// A keptRead is an entry of a read that waits.
type keptRead struct {
	Who       json.RawMessage // as audit_events takes it
	Operation string
	Patients  []uuid.UUID // the nil id for nobody, which was null in older files
	Fields    []string
	Reason    string // that the event had
	At        time.Time
}

// reason is what the audit says of an entry that came late. No two of one
// operation are alike.
func (k *keptRead) reason() string {
	reason := "read at " + k.At.UTC().Format(time.RFC3339Nano) + ", kept by the server until the database took changes again"
	if k.Reason != "" {
		reason += ": " + k.Reason
	}
	return reason
}

// event is what the audit is told.
func (k *keptRead) event() event {
	return event{action: "READ", patients: k.Patients, fields: k.Fields, reason: k.reason()}
}

// KeepReads has entries of the audit about reads wait in a file while the
// database takes no changes. Without one charts are not told then. It is called
// before d is used.
func (d *DB) KeepReads(path string) error {
	s, err := openSpool(path)
	if err != nil {
		return fmt.Errorf("open the spool of reads: %w", err)
	}
	d.reads = &readSpool{spool: s, isUnsure: s.left > 0}
	return nil
}

// KeptReads is how many entries wait.
func (d *DB) KeptReads() int {
	if d.reads == nil {
		return 0
	}
	return d.reads.waiting()
}

// keep has an entry wait.
func (s *readSpool) keep(ctx context.Context, e event) error {
	actor, _ := auth.From(ctx)
	who, err := signature(ctx, actor)
	if err != nil {
		return err
	}
	k := keptRead{Who: json.RawMessage(who), Patients: e.subjects(), Fields: e.fields, Reason: e.reason, At: time.Now()}
	k.Operation = operationIn(ctx)
	text, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return s.add(text)
}

// DrainReads puts what waits into the audit, the oldest first, and returns how
// many entries these were. They say when the reads were.
func (d *DB) DrainReads(ctx context.Context) (drained int, err error) {
	if d.KeptReads() == 0 {
		return 0, nil
	}
	s := d.reads
	s.draining.Lock()
	defer s.draining.Unlock()
	var known map[string]bool
	if s.isUnsure {
		if known, err = d.drainedBefore(ctx); err != nil {
			return 0, fmt.Errorf("drain the spool of reads: %w", err)
		}
	}
	err = s.drain(func(entry []byte) error {
		var k keptRead
		if err := json.Unmarshal(entry, &k); err != nil {
			return err
		}
		if known[k.Operation+k.reason()] {
			return nil
		}
		s.isUnsure = true
		err := d.recordLate(ctx, &k)
		if err == nil || errors.Is(err, ErrNoWrites) {
			s.isUnsure = false
		}
		if err == nil {
			drained++
		}
		return err
	})
	if err != nil {
		return drained, fmt.Errorf("drain the spool of reads: %w", err)
	}
	return drained, nil
}

// recordLate puts an entry into the audit.
func (d *DB) recordLate(ctx context.Context, k *keptRead) error {
	e := k.event()
	statement, args := e.entries(string(k.Who))
	err := d.execOnce(ctx, system, statement, args...)
	d.space.note(err)
	return err
}

// drainedBefore returns which entries of spools are in the audit.
func (d *DB) drainedBefore(ctx context.Context) (map[string]bool, error) {
	var all []string
	err := d.pools[system].SelectContext(ctx, &all, `
		SELECT DISTINCT coalesce(operation_id, '') || reason
		FROM audit_log
		WHERE action = 'READ' AND reason LIKE 'read at %, kept by the server %' AND at > now() - interval '30 days'`)
	if err != nil {
		return nil, translate(err)
	}
	known := map[string]bool{}
	for _, one := range all {
		known[one] = true
	}
	return known, nil
}
