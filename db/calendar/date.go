// Package calendar is the arithmetic of a clinic's calendar. It is the one place
// where local times become instants: Go and Postgres both do so silently, and not
// alike, where the clocks are changed. All instants that it returns are in UTC,
// and nothing depends on the zone of the machine.
package calendar

import "time"

// Date is a calendar day without time or zone, "2006-01-02". Dates compare as
// their texts do. Whoever makes a Date has checked that the day exists; one that
// does not stands for the first day of year 1, and Resolve refuses it.
type Date string

// TimeOfDay is what a clock on the wall reads, in whole minutes since midnight,
// 0 to 1439.
type TimeOfDay int16

const day = 24 * time.Hour

// DayOf returns the day that the calendar in zone shows at t.
func DayOf(zone *time.Location, t time.Time) Date { return Date(t.In(zone).Format(time.DateOnly)) }

// Add returns the day that many days later, or earlier where days is negative.
func (d Date) Add(days int) Date { return Date(d.midnight().AddDate(0, 0, days).Format(time.DateOnly)) }

// Weekday returns the day's place in the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// wall writes the local time down as if it were UTC, so that local times can be
// compared and counted without a zone.
func (d Date) wall(at TimeOfDay) time.Time {
	return d.midnight().Add(time.Duration(at) * time.Minute)
}

func (d Date) midnight() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// number counts the days since 1970.
func (d Date) number() int { return int(d.midnight().Unix() / int64(day/time.Second)) }
