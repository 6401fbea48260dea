package db

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/nyaruka/phonenumbers"
)

// ParsePhone reads a telephone number as a person types it in the country
// (ISO 3166-1, "GE"), and returns it in E.164, or "" where it is no number.
func ParsePhone(raw, country string) string {
	n, err := phonenumbers.Parse(raw, country)
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return ""
	}
	return phonenumbers.Format(n, phonenumbers.E164)
}

// MarshalPhoneNumber writes the scalar PhoneNumber.
func MarshalPhoneNumber(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalPhoneNumber reads the scalar PhoneNumber, which is in E.164.
func UnmarshalPhoneNumber(v any) (string, error) {
	s, _ := v.(string)
	if e164 := ParsePhone(s, "ZZ"); e164 == "" || e164 != s {
		return "", malformed("a telephone number is written in E.164, like +995555123456")
	}
	return s, nil
}
