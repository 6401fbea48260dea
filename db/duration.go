package db

import (
	"database/sql/driver"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"time"
)

// Duration is a length of time in whole minutes, which is how the database
// keeps it.
type Duration time.Duration

// Minutes returns n minutes.
func Minutes(n int) Duration { return Duration(time.Duration(n) * time.Minute) }

// longestDuration is the longest that is read.
const longestDuration = Duration(31 * 24 * time.Hour)

// durationForm is that of ISO 8601, without what has no length of its own, years
// and months, and without seconds but for none of them: PT0S is how nothing is
// mostly written.
var durationForm = regexp.MustCompile(`^P(?:(\d{1,2})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:0S)?)?$`)

// ParseDuration reads a length like PT20M.
func ParseDuration(s string) (Duration, error) {
	found := durationForm.FindStringSubmatch(s)
	if found == nil || s[len(s)-1] == 'P' || s[len(s)-1] == 'T' {
		return 0, malformed("a length is written like PT20M or PT1H30M, in days, hours and whole minutes")
	}
	var minutes int
	for i, unit := range []int{24 * 60, 60, 1} {
		n, _ := strconv.Atoi("0" + found[i+1])
		minutes += n * unit
	}
	d := Minutes(minutes)
	if d > longestDuration {
		return 0, malformed("a length is at most 31 days")
	}
	return d, nil
}

// String writes the length in hours and minutes, "PT1H30M", and none as "PT0S".
func (d Duration) String() string {
	if d == 0 {
		return "PT0S"
	}
	hours, minutes := int(time.Duration(d).Hours()), int(time.Duration(d).Minutes())%60
	text := "PT"
	if hours > 0 {
		text += strconv.Itoa(hours) + "H"
	}
	if minutes > 0 {
		text += strconv.Itoa(minutes) + "M"
	}
	return text
}

// MarshalText writes the length as String does, wherever a row is written as JSON.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Duration) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDuration(string(text))
	return err
}

// Value gives the minutes to the database.
func (d Duration) Value() (driver.Value, error) { return int64(time.Duration(d) / time.Minute), nil }

// Scan takes minutes from the database.
func (d *Duration) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("scan a duration from %T", src)
	}
	*d = Minutes(int(n))
	return nil
}

// UnmarshalGQL reads the scalar Duration.
func (d *Duration) UnmarshalGQL(v any) (err error) {
	s, ok := v.(string)
	if !ok {
		return malformed("a length is written like PT20M or PT1H30M, in days, hours and whole minutes")
	}
	*d, err = ParseDuration(s)
	return err
}

// MarshalGQL writes the scalar Duration.
func (d Duration) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(d.String())) }
