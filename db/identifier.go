package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// Identifier is a number that somebody else gave to a person.
type Identifier struct {
	System string `json:"system"` // who gave it, as a URI
	Value  string `json:"value"`  // as written; unique within its system
}

// Identifiers are kept in their owner's row, and indexed beside it by triggers.
type Identifiers []*Identifier

// Value gives the identifiers to the database.
func (i Identifiers) Value() (driver.Value, error) {
	if i == nil {
		return "[]", nil
	}
	text, err := json.Marshal([]*Identifier(i))
	return string(text), err
}

// Scan takes the identifiers from the database.
func (i *Identifiers) Scan(src any) error { return scanJSON(i, src) }

// maxIdentifiers is how many identifiers one person may have.
const maxIdentifiers = 20

func (i Identifiers) check(p *problems) {
	if len(i) > maxIdentifiers {
		p.add("identifiers", TooLong, fmt.Sprintf("are more than %d", maxIdentifiers))
	}
	seen := map[Identifier]bool{}
	for n, id := range i {
		if id == nil {
			continue
		}
		for field, text := range map[string]string{"system": id.System, "value": id.Value} {
			if code, message := CheckText(text, 200); code != "" {
				p.found = append(p.found, Problem{[]any{"identifiers", n, field}, code, message})
			}
		}
		if seen[*id] {
			p.found = append(p.found, Problem{[]any{"identifiers", n}, NotUnique, "stands there twice"})
		}
		seen[*id] = true
	}
}

// scanJSON reads a jsonb column into target; null leaves it as it is.
func scanJSON(target, src any) error {
	switch text := src.(type) {
	case nil:
		return nil
	case []byte:
		return json.Unmarshal(text, target)
	case string:
		return json.Unmarshal([]byte(text), target)
	}
	return fmt.Errorf("scan %T from %T", target, src)
}
