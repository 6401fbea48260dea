package db

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
)

// Recurrence says how a series repeats.
type Recurrence struct {
	Frequency RecurrenceFrequency
	Every     int32
	Weekdays  []Weekday
	Times     int32
}

// The limits of a recurrence.
const (
	mostBetween = 12 // days, weeks or months from one visit to the next
	fewestTimes = 2
	mostTimes   = 52
)

// starts returns the starts of all visits of a series whose first is given: at
// the same time on the clinic's wall clock, and at the first of the two where
// that comes twice. Where something is wrong with the recurrence it is found
// instead, but not that the first visit lies too far ahead: that is one of visits.
func (r *Recurrence) starts(zone *time.Location, first time.Time, found *problems) []time.Time {
	on, at := calendar.DayOf(zone, first), calendar.TimeOfDay(LocalTimeOf(first.In(zone)))
	latest := time.Now().Add(furthestAppointment)
	if ok := r.check(WeekdayOf(on.Weekday()), found); !ok || first.After(latest) {
		return nil
	}
	starts := []time.Time{first}
	for _, day := range r.days(on)[1:] {
		start, err := calendar.Resolve(zone, day, at)
		var twice *calendar.AmbiguousError
		switch {
		case errors.Is(err, calendar.ErrGap):
			found.add("startsAt", SkippedTime, fmt.Sprintf("is at a time of day that the clocks skip on %s", day))
			continue
		case errors.As(err, &twice):
			start = twice.Earlier
		}
		starts = append(starts, start)
	}
	if starts[len(starts)-1].After(latest) {
		found.at(OutOfRange, "has the last visit lie more than five years ahead", "recurrence", "times")
	}
	return starts
}

// check says what is wrong with a recurrence whose first visit is on the
// weekday, and whether nothing is.
func (r *Recurrence) check(first Weekday, found *problems) bool {
	before := len(found.found)
	if !slices.Contains([]RecurrenceFrequency{Daily, Weekly, Monthly}, r.Frequency) {
		found.at(BadFormat, "is DAILY, WEEKLY or MONTHLY", "recurrence", "frequency")
	}
	if r.Every < 1 || r.Every > mostBetween {
		found.at(OutOfRange, fmt.Sprintf("is a number from 1 to %d", mostBetween), "recurrence", "every")
	}
	if r.Times < fewestTimes || r.Times > mostTimes {
		found.at(OutOfRange, fmt.Sprintf("is a number from %d to %d", fewestTimes, mostTimes), "recurrence", "times")
	}
	switch {
	case len(r.Weekdays) == 0:
	case r.Frequency != Weekly:
		found.at(OutOfRange, "is given with WEEKLY only", "recurrence", "weekdays")
	case !slices.Contains(r.Weekdays, first):
		found.at(OutOfRange, "lacks the weekday of the first visit", "recurrence", "weekdays")
	}
	return len(found.found) == before
}

// weekdays returns on which days a series is that repeats by week, from Monday
// on, each once; those of others are none.
func (r *Recurrence) weekdays(first Weekday) textArray {
	days := textArray{}
	for _, day := range Weekdays {
		if r.Frequency == Weekly && (slices.Contains(r.Weekdays, day) || len(r.Weekdays) == 0 && day == first) {
			days = append(days, string(day))
		}
	}
	return days
}

// days returns the days of all visits, the first of which is given. Weeks begin
// on Monday; months without the day are skipped.
func (r *Recurrence) days(first calendar.Date) (days []calendar.Date) {
	weekdays := r.weekdays(WeekdayOf(first.Weekday()))
	monday := first.Add(-slices.Index(Weekdays, WeekdayOf(first.Weekday())))
	for n := 0; len(days) < int(r.Times); n += int(r.Every) {
		switch r.Frequency {
		case Daily:
			days = append(days, first.Add(n))
		case Weekly:
			for _, weekday := range weekdays {
				if day := monday.Add(7*n + slices.Index(Weekdays, Weekday(weekday))); day >= first {
					days = append(days, day)
				}
			}
		case Monthly:
			if day, ok := months(first, n); ok {
				days = append(days, day)
			}
		}
	}
	return days[:r.Times]
}

// months returns the same day so many months later, and whether there is one:
// Go takes the 31st of a short month for a day of the next.
func months(day calendar.Date, later int) (calendar.Date, bool) {
	t, err := time.Parse(time.DateOnly, string(day))
	there := t.AddDate(0, later, 0)
	return calendar.Date(there.Format(time.DateOnly)), err == nil && there.Day() == t.Day()
}
