package db

import (
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// Date is a calendar day without time or zone, "1990-02-28". Dates compare as
// their texts do.
type Date string

// DateOf returns the day on which t falls in its own zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// ParseDate reads a day, and refuses one that does not exist.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", malformed("a day is written like 1990-02-28 and must exist")
	}
	return Date(s), nil
}

// AddYears returns the day n years later; 29 February becomes 1 March where
// there is none.
func (d Date) AddYears(n int) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return DateOf(t.AddDate(n, 0, 0))
}

// YearsUntil returns the whole years from d to later, as an age is counted.
func (d Date) YearsUntil(later Date) int {
	if len(d) < 10 || len(later) < 10 {
		return 0
	}
	from, _ := strconv.Atoi(string(d[:4]))
	to, _ := strconv.Atoi(string(later[:4]))
	if later[5:] < d[5:] {
		to--
	}
	return to - from
}

// Value gives the day to the database.
func (d Date) Value() (driver.Value, error) { return string(d), nil }

// Scan takes a day from the database.
func (d *Date) Scan(src any) error {
	t, ok := src.(time.Time)
	if !ok {
		return fmt.Errorf("scan a date from %T", src)
	}
	*d = DateOf(t)
	return nil
}

// UnmarshalGQL reads the scalar Date.
func (d *Date) UnmarshalGQL(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return malformed("a day is written like 1990-02-28 and must exist")
	}
	*d, err = ParseDate(s)
	return err
}

// MarshalGQL writes the scalar Date.
func (d Date) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(d))) }

// MarshalDateTime writes the scalar DateTime: RFC 3339 in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.RFC3339Nano)))
	})
}

// UnmarshalDateTime reads the scalar DateTime, which must carry its offset.
// What is finer than a microsecond is cut off, as the database keeps no more.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, malformed("an instant is written like 2026-03-01T13:00:00+04:00, with its offset")
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	t = t.UTC() // as it is written again, which may be in another year
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, malformed("an instant is written like 2026-03-01T13:00:00+04:00, with its offset")
	}
	return t.Truncate(time.Microsecond), nil
}
