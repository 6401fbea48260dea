package db

import (
	"context"
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

// How long a change can be resumed from, and how long it is kept: a little
// longer, so that what comes after it is there too.
const (
	changesResume = 23 * time.Hour
	changesKept   = 24 * time.Hour
)

// changeBinding is what the ids of changes are bound to, so that no cursor of a
// list is one.
var changeBinding = []byte("changes")

// A changeID is the place of a change among all: its number, when it was, and
// what it was of, which tells it from one of the same number in a database that
// was restored. A place where nothing changed has the nil id.
type changeID struct {
	number int64
	at     time.Time
	rowID  uuid.UUID
}

// seal writes the place so that a client can keep it.
func (i changeID) seal(k *cursorKey) string {
	plain := binary.BigEndian.AppendUint64(nil, uint64(i.number))
	plain = binary.BigEndian.AppendUint64(plain, uint64(i.at.UnixMicro()))
	return k.seal(append(plain, i.rowID[:]...), changeBinding)
}

// errChangesGone refuses to go on from a place.
var errChangesGone = Invalid("after", BadCursor, "is no event, or one of more than 23 hours ago: read again and subscribe without it")

// resume returns the number to go on after. It refuses a place that was altered,
// is too old, or is none of this database.
func (d *DB) resume(ctx context.Context, after string) (int64, error) {
	plain, ok := d.cursors.Load().unseal(after, changeBinding)
	if !ok || len(plain) != 32 {
		return 0, errChangesGone
	}
	place := changeID{int64(binary.BigEndian.Uint64(plain)), time.UnixMicro(int64(binary.BigEndian.Uint64(plain[8:]))), uuid.UUID(plain[16:])}
	if time.Since(place.at) > changesResume {
		return 0, errChangesGone
	}
	var isThere bool
	err := d.pools[system].GetContext(ctx, &isThere, `
		SELECT CASE WHEN $2::uuid = '00000000-0000-0000-0000-000000000000' THEN settled_id >= $1 ELSE EXISTS (SELECT FROM changes WHERE id = $1 AND row_id = $2::uuid) END
		FROM change_position`, place.number, place.rowID)
	if err == nil && !isThere {
		return 0, errChangesGone
	}
	return place.number, translate(err)
}
