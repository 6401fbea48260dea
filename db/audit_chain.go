package db

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
)

// readSeal reads the next seal and checks that it follows from the last; it
// returns false when there is none.
func (w *walk) readSeal(ctx context.Context) (bool, error) {
	seal, err := w.seals.next(ctx)
	if seal == nil || err != nil {
		return false, err
	}
	ids, err := w.follow(seal)
	if err != nil {
		return false, err
	}
	for i, id := range ids {
		switch {
		case id <= w.last.SettledID || i > 0 && id <= ids[i-1] || id > seal.DrawnID:
			return false, &Broken{seal.Number, id, "the seal holds a number that is not its to hold"}
		case id <= w.passed:
			return false, w.missed(sealedRow{id: id, seal: seal.Number})
		}
		w.open = append(w.open, sealedRow{id, seal.Number, seal.Digests[i*sha256.Size : (i+1)*sha256.Size], seal.SealedAt})
	}
	slices.SortFunc(w.open, func(a, b sealedRow) int { return cmp.Compare(a.id, b.id) })
	settled, _ := slices.BinarySearch(w.met, seal.SettledID+1)
	w.met = w.met[settled:]
	w.last = *seal
	w.last.IDs, w.last.Digests = "", nil
	w.earlier = append(w.earlier, w.last)
	if bytes.Equal(seal.Hash, w.known.Hash) && (w.known.Number == 0 || w.known.Number == seal.Number) {
		w.known = SealHead{} // found
	}
	w.report.Seals++
	return true, nil
}

// follow checks a seal against the last one, and returns the rows that it holds.
func (w *walk) follow(seal *sealRow) ([]int64, error) {
	last := &w.last
	if missing := last.Number + 1; seal.Number != missing {
		return nil, &Broken{Seal: missing, Why: fmt.Sprintf("the seal is not there; the next has the number %d", seal.Number)}
	}
	ids, hash, err := seal.contents(last.Hash)
	if err != nil {
		return nil, &Broken{Seal: seal.Number, Why: "the seal holds what no server writes: " + err.Error()}
	}
	broken := &Broken{Seal: seal.Number}
	if len(ids) > 0 {
		broken.Row = ids[0]
	}
	switch {
	case !bytes.Equal(hash, seal.Hash):
		broken.Why = "the chain breaks: the hash of the seal does not follow from what it holds and the seal before"
	case last.Number > 0 && seal.SealedAt < last.SealedAt:
		broken.Why = "the seal is dated before the one before it"
	case seal.SettledID < last.SettledID || seal.DrawnID < last.DrawnID || seal.SettledID > seal.DrawnID:
		broken.Why = "the numbers of the seal go backwards"
	default:
		return ids, nil
	}
	return nil, broken
}

// A stream reads the rows of a query a few at a time.
type stream[T any] struct {
	tx    *sqlx.Tx
	fetch string
	ahead []T
}

func newStream[T any](ctx context.Context, tx *sqlx.Tx, name string, size int, query string) (*stream[T], error) {
	_, err := tx.ExecContext(ctx, "DECLARE "+name+" NO SCROLL CURSOR FOR "+query)
	return &stream[T]{tx: tx, fetch: fmt.Sprintf("FETCH %d FROM %s", size, name)}, err
}

// next returns the next row, or nil at the end.
func (s *stream[T]) next(ctx context.Context) (*T, error) {
	if len(s.ahead) == 0 {
		if err := s.tx.SelectContext(ctx, &s.ahead, s.fetch); err != nil || len(s.ahead) == 0 {
			return nil, err
		}
	}
	row := &s.ahead[0]
	s.ahead = s.ahead[1:]
	return row, nil
}
