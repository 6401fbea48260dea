package db

import (
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"time"
)

// LocalTime is a time of day on the clinic's wall clock, in minutes since midnight.
type LocalTime int16

// The forms in which local times are written.
const (
	localTimeForm     = "15:04"
	localDateTimeForm = "2006-01-02T15:04"
)

// ParseLocalTime reads a time of day like 09:30; seconds are taken when they are nought.
func ParseLocalTime(s string) (LocalTime, error) {
	for _, form := range []string{localTimeForm, time.TimeOnly} {
		if t, err := time.Parse(form, s); err == nil && len(s) == len(form) && t.Second() == 0 {
			return LocalTime(t.Hour()*60 + t.Minute()), nil
		}
	}
	return 0, malformed("a time of day is written like 09:30")
}

// LocalTimeOf returns the time of day at t in its own zone.
func LocalTimeOf(t time.Time) LocalTime { return LocalTime(t.Hour()*60 + t.Minute()) }

// String writes the time of day, "09:30".
func (t LocalTime) String() string { return fmt.Sprintf("%02d:%02d", t/60, t%60) }

// Value gives the time to the database.
func (t LocalTime) Value() (driver.Value, error) { return t.String(), nil }

// Scan takes a time from the database.
func (t *LocalTime) Scan(src any) error {
	at, ok := src.(time.Time)
	if !ok {
		return fmt.Errorf("scan a time of day from %T", src)
	}
	*t = LocalTimeOf(at)
	return nil
}

// UnmarshalGQL reads the scalar LocalTime.
func (t *LocalTime) UnmarshalGQL(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return malformed("a time of day is written like 09:30")
	}
	*t, err = ParseLocalTime(s)
	return err
}

// MarshalGQL writes the scalar LocalTime.
func (t LocalTime) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(t.String())) }

// LocalDateTime is a time on the clinic's calendar and wall clock, in whole
// minutes: "2026-03-02T09:30". What instant it is, if any, its zone says.
type LocalDateTime string

// LocalDateTimeOf returns the calendar and the clock at t in its own zone.
func LocalDateTimeOf(t time.Time) LocalDateTime { return LocalDateTime(t.Format(localDateTimeForm)) }

// ParseLocalDateTime reads a local time like 2026-03-02T09:30, of a day that exists.
func ParseLocalDateTime(s string) (LocalDateTime, error) {
	for _, form := range []string{localDateTimeForm, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(form, s); err == nil && len(s) == len(form) && t.Second() == 0 {
			return LocalDateTimeOf(t), nil
		}
	}
	return "", malformed("a local time is written like 2026-03-02T09:30, without an offset, and its day must exist")
}

// UnmarshalGQL reads the scalar LocalDateTime.
func (t *LocalDateTime) UnmarshalGQL(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return malformed("a local time is written like 2026-03-02T09:30, without an offset, and its day must exist")
	}
	*t, err = ParseLocalDateTime(s)
	return err
}

// MarshalGQL writes the scalar LocalDateTime.
func (t LocalDateTime) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, strconv.Quote(string(t)))
}
