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

// index returns where the patient stands among those found now.
func (p *searchPlace) index(found []*candidate) int {
	if i := slices.IndexFunc(found, func(c *candidate) bool { return c.ID == p.ID }); i >= 0 {
		return i
	}
	return min(p.Position, len(found))
}

// next returns where the page after the place begins.
func (p *searchPlace) next(found []*candidate) int {
	i := p.index(found)
	if i < len(found) && found[i].ID == p.ID {
		i++
	}
	return i
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

// openSearchCursor reads a cursor that a client gave as the argument called
// name; nil where there is none.
func (d *DB) openSearchCursor(name, words string, cursor *string) (*searchPlace, error) {
	if cursor == nil {
		return nil, nil
	}
	invalid := Invalid(name, BadCursor, "is no cursor of this search")
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
