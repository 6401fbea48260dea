package db

import (
	"encoding/json"
	"slices"

	"github.com/google/uuid"
)

// A searchPlace is what the cursor of a search holds: a patient's place among
// those found. When others come or go, the patient is looked for first.
type searchPlace struct {
	Position int
	ID       uuid.UUID
}

// next returns where the page after the place begins; at the start for no place.
func (p *searchPlace) next(found []*candidate) int {
	if p == nil {
		return 0
	}
	if i := slices.IndexFunc(found, func(c *candidate) bool { return c.ID == p.ID }); i >= 0 {
		return i + 1
	}
	return min(p.Position, len(found))
}

// searchBinding names what a cursor of a search is bound to: the words.
func searchBinding(words string) []byte { return []byte("search\x00" + words) }

func (d *DB) sealSearchCursor(words string, place searchPlace) (string, error) {
	plain, err := json.Marshal(place)
	if err != nil {
		return "", err
	}
	return d.cursors.Load().seal(plain, searchBinding(words)), nil
}

// openSearchCursor reads a cursor that a client gave; nil where there is none.
func (d *DB) openSearchCursor(words string, cursor *string) (*searchPlace, error) {
	if cursor == nil {
		return nil, nil
	}
	invalid := Invalid("after", BadCursor, "is no cursor of this search")
	plain, ok := d.cursors.Load().unseal(*cursor, searchBinding(words))
	if !ok {
		return nil, invalid
	}
	var place searchPlace
	if json.Unmarshal(plain, &place) != nil || place.Position < 0 {
		return nil, invalid
	}
	return &place, nil
}
