package db

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// A Period is for how long something is kept, in days or years of the calendar.
type Period struct{ Years, Days int }

var periodForm = regexp.MustCompile(`^([1-9]\d{0,4})(d|y)$`)

// longestPeriod is the longest that is read, in years.
const longestPeriod = 200

// UnmarshalText reads "90d" or "6y", of at least a day.
func (p *Period) UnmarshalText(text []byte) error {
	found := periodForm.FindSubmatch(text)
	if found == nil {
		return fmt.Errorf("%q is not of the form 90d or 6y, of at least a day", text)
	}
	n, err := strconv.Atoi(string(found[1]))
	if err != nil {
		return err
	}
	*p = Period{Days: n}
	if string(found[2]) == "y" {
		*p = Period{Years: n}
	}
	if p.Years > longestPeriod || p.Days > longestPeriod*365 {
		return fmt.Errorf("%q is longer than %d years", text, longestPeriod)
	}
	return nil
}

// MarshalText writes what UnmarshalText reads.
func (p Period) MarshalText() ([]byte, error) {
	if p.Years > 0 {
		return fmt.Appendf(nil, "%dy", p.Years), nil
	}
	return fmt.Appendf(nil, "%dd", p.Days), nil
}

// String says it in words.
func (p Period) String() string {
	n, word := p.Days, "day"
	if p.Years > 0 {
		n, word = p.Years, "year"
	}
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}

// before returns when what is due at an instant was over.
func (p Period) before(at time.Time) time.Time { return at.AddDate(-p.Years, 0, -p.Days) }
