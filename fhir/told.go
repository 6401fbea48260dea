package fhir

import (
	"time"

	"github.com/clinicql/clinicql/db"
)

// A told is a moment as the input tells it; one without a path is a substitute.
type told struct{ path, text string }

// day returns the first day that is told on the clinic's calendar; else the
// first day of the month or year; else "". What is no moment is a problem.
func (c *chart) day(r *resource, all ...told) (db.Date, bool) {
	var day, about db.Date
	for _, t := range all {
		if t.text == "" {
			continue
		}
		at, ok := c.moments.parse(t.text)
		switch {
		case !ok && t.path == "":
			continue
		case !ok:
			c.refuse(r, r.source.Type+"."+t.path, "is no date that exists")
			return "", false
		}
		d := c.moments.day(at)
		switch {
		case at.precision == db.DayPrecision && day == "":
			day = d
		case day != "" && d != day && t.path != "":
			c.report.LeftOut[r.source.Type+"."+t.path+" (of another day)"]++
		case about == "":
			about = d
		}
	}
	if day == "" {
		day = about
	}
	return day, true
}

// instant reads the start or end of a visit. A day begins at midnight in the clinic.
func (c *chart) instant(r *resource, path, text string) (time.Time, bool) {
	m, ok := c.moments.parse(text)
	if !ok || m.precision != db.DayPrecision {
		c.refuse(r, path, "is no day or instant that exists")
		return time.Time{}, false
	}
	return m.at, true
}
