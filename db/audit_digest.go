package db

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/lib/pq"
)

// rowDigest is the SQL of the digest of a row l of audit_log: SHA-256 over all
// its columns as a JSON array, in which no two rows look alike. Nothing of it
// depends on settings, and nothing of it is stored in our schema, where it could
// be replaced. Rows that were sealed keep the digest they have: a column that
// comes later needs a form of its own for the rows from then on. The text of a jsonb
// array is the same, and was what older servers wrote; making it takes a quarter more.
const rowDigest = `pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.json_build_array(l.id, pg_catalog.encode(pg_catalog.timestamptz_send(l.at), 'hex'),
	l.actor, l.role, l.user_id, l.token_id, l.operation_id, l.action, l.table_name, l.row_id, l.patient_id, l.fields::pg_catalog.text, l.reason, l.glass_id,
	l.before::pg_catalog.text, l.after::pg_catalog.text)::pg_catalog.text, 'UTF8'))`

// SealHead names a seal, and by its hash all that was sealed up to it. Whoever
// keeps one outside of the database can tell later that nothing before it was
// rewritten.
type SealHead struct {
	Number int64 // zero: none
	Hash   []byte
}

// String is the head as logs and commands write it, "12:9f86d0…".
func (h SealHead) String() string { return fmt.Sprintf("%d:%s", h.Number, hex.EncodeToString(h.Hash)) }

// parseHead reads a head as it was logged, or its hash alone, of number zero.
func parseHead(text string) (SealHead, error) {
	var h SealHead
	number, hash, both := strings.Cut(strings.TrimSpace(text), ":")
	if !both {
		number, hash = "0", number
	}
	var err, err2 error
	h.Number, err = strconv.ParseInt(number, 10, 64)
	h.Hash, err2 = hex.DecodeString(hash)
	if err != nil || err2 != nil || len(h.Hash) != sha256.Size {
		return SealHead{}, fmt.Errorf("a head is written NUMBER:HASH, with a hash of 64 digits, and not %q", text)
	}
	return h, nil
}

// A sealRow is a row of audit_seals, in types that hold whatever somebody may
// have written there.
type sealRow struct {
	Number    int64
	SealedAt  pgTime `db:"sealed_at"`
	IDs       string // as Postgres writes an array
	Digests   []byte
	SettledID int64 `db:"settled_id"`
	DrawnID   int64 `db:"drawn_id"`
	Snapshot  string
	Hash      []byte
}

func (s *sealRow) head() SealHead { return SealHead{Number: s.Number, Hash: s.Hash} }

// contents returns the ids of a seal and the hash that it must have after the
// seal before.
func (s *sealRow) contents(before []byte) (ids []int64, hash []byte, err error) {
	var list pq.Int64Array
	if err := list.Scan(s.IDs); err != nil {
		return nil, nil, errors.New("ids that are no numbers")
	}
	snapshot, err := strconv.ParseUint(s.Snapshot, 10, 64)
	if err != nil {
		return nil, nil, err
	}
	if len(s.Digests) != sha256.Size*len(list) {
		return nil, nil, fmt.Errorf("%d bytes of digests for %d rows", len(s.Digests), len(list))
	}
	text := make([]byte, sha256.Size, sha256.Size+48+len(list)*(8+sha256.Size))
	copy(text, before)
	for _, n := range []uint64{uint64(s.Number), uint64(s.SealedAt), uint64(s.SettledID), uint64(s.DrawnID), snapshot, uint64(len(list))} {
		text = binary.BigEndian.AppendUint64(text, n)
	}
	for _, id := range list {
		text = binary.BigEndian.AppendUint64(text, uint64(id))
	}
	sum := sha256.Sum256(append(text, s.Digests...))
	return list, sum[:], nil
}

// A pgTime is a timestamptz as timestamptz_send writes it: microseconds since
// 2000, the infinite ones included, which no time.Time holds.
type pgTime int64

// The steps of a pgTime that the audit allows for.
const (
	pgMinute pgTime = 60e6
	pgDay           = 24 * 60 * pgMinute
)

var _ sql.Scanner = (*pgTime)(nil)

// Scan implements sql.Scanner.
func (t *pgTime) Scan(v any) error {
	bytes, ok := v.([]byte)
	if !ok || len(bytes) != 8 {
		return fmt.Errorf("%T is not a time as timestamptz_send writes it", v)
	}
	*t = pgTime(binary.BigEndian.Uint64(bytes))
	return nil
}
