package db

import (
	"database/sql/driver"
	"encoding/json"
)

// Address is where a person lives. Every part is optional: addresses differ by country.
type Address struct {
	Line       *string `json:"line,omitempty" max:"200"`
	City       *string `json:"city,omitempty" max:"100"`
	Region     *string `json:"region,omitempty" max:"100"`
	PostalCode *string `json:"postalCode,omitempty" max:"20"`
	Country    *string `json:"country,omitempty" max:"2"` // ISO 3166-1
}

// Value gives the address to the database.
func (a Address) Value() (driver.Value, error) {
	text, err := json.Marshal(a)
	return string(text), err
}

// Scan takes the address from the database.
func (a *Address) Scan(src any) error { return scanJSON(a, src) }

func (a *Address) check(p *problems) {
	var own problems
	own.texts(a)
	if c := text(a.Country); c != "" && !isCountry(c) {
		own.add("country", BadFormat, "is two capital letters of ISO 3166-1")
	}
	for _, found := range own.found {
		found.Path = append([]any{"address"}, found.Path...)
		p.found = append(p.found, found)
	}
}

func isCountry(s string) bool {
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'
}
