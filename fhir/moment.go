package fhir

import (
	"time"

	"github.com/clinicql/clinicql/db"
)

// A moment is a date or dateTime of FHIR: a year, a month, a day or an instant.
type moment struct {
	at        time.Time
	precision db.DatePrecision
	isInstant bool
}

// moments reads moments in the clinic's time zone.
type moments struct{ zone *time.Location }

// parse returns the moment that s tells, and whether it is one that exists.
func (m moments) parse(s string) (moment, bool) {
	layouts := map[int]struct {
		layout    string
		precision db.DatePrecision
	}{4: {"2006", db.YearPrecision}, 7: {"2006-01", db.MonthPrecision}, 10: {time.DateOnly, db.DayPrecision}}
	if l, ok := layouts[len(s)]; ok {
		t, err := time.ParseInLocation(l.layout, s, m.zone)
		return moment{at: t, precision: l.precision}, err == nil && t.Year() > 0
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	return moment{t.UTC().Truncate(time.Microsecond), db.DayPrecision, true}, err == nil && t.Year() > 0
}

// day returns the day on the clinic's calendar, the first one of a month or year.
func (m moments) day(t moment) db.Date { return db.DateOf(t.at.In(m.zone)) }
