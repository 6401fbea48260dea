package seed

import (
	"encoding/binary"
	"math/rand/v2"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// A stream is a source of chance that no other stream disturbs, so that a
// person stays the same however many others there are.
type stream uint64

const (
	patientStream stream = iota + 1
	practitionerStream
	visitStream
	placeStream
	leaveStream
)

// chance returns what falls to the nth of a stream.
func (s stream) chance(seed, n uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed^uint64(s)<<56, (n+1)*0x9e3779b97f4a7c15))
}

func percent(r *rand.Rand, p int) bool { return r.IntN(100) < p }

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// skewed returns a place below n, the first ones more often, as names are spread.
func skewed(r *rand.Rand, n int) int {
	u := r.Float64()
	return int(u * u * float64(n))
}

// newID returns a UUIDv7 of an instant whose other bits are from r.
func newID(r *rand.Rand, kind db.Kind, at time.Time) uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(at.UnixMilli())<<16|7<<12|r.Uint64()&0xfff)
	binary.BigEndian.PutUint64(id[8:], 2<<62|r.Uint64()>>2)
	id[15] = byte(kind)
	return id
}
