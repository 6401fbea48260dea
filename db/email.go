package db

import (
	"net/mail"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

// ParseEmail reads an e-mail address without a name beside it, at most 254
// characters long, as SMTP allows.
func ParseEmail(s string) (string, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 || !strings.Contains(s[strings.LastIndexByte(s, '@'):], ".") {
		return "", malformed("an e-mail address is written like nino@example.org")
	}
	return s, nil
}

// MarshalEmailAddress writes the scalar EmailAddress.
func MarshalEmailAddress(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalEmailAddress reads the scalar EmailAddress.
func UnmarshalEmailAddress(v any) (string, error) {
	s, _ := v.(string)
	return ParseEmail(s)
}
