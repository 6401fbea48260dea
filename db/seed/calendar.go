package seed

import (
	"math"
	"slices"
	"time"

	"github.com/clinicql/clinicql/db"
)

// How far the calendar reaches around today, in days.
const (
	daysBehind = 548
	daysAhead  = 42
)

// The grid of a working day: half hours from nine to five, by the clinic's clock.
// Nobody comes in the one of lunch.
const (
	opens, closes = 9, 17
	slots         = 16
	lunch         = 8
	slotWidth     = 30 * time.Minute
)

// A day is a weekday on which visits are.
type day struct {
	at     time.Time // midnight at the clinic
	visits int
}

// newCalendar spreads so many visits over the weekdays around now that are no
// holidays: more and more up to today, which is full, and fewer the further ahead.
func newCalendar(now time.Time, holidays []*absence, visits int) []day {
	var days []day
	var weights []float64
	total := 0.0
	for n := -daysBehind; n <= daysAhead; n++ {
		at := time.Date(now.Year(), now.Month(), now.Day()+n, 0, 0, 0, 0, now.Location())
		closed := slices.ContainsFunc(holidays, func(h *absence) bool { return h.covers(db.DateOf(at)) })
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || closed {
			continue
		}
		weight := 1.5 + float64(n)/daysBehind
		switch {
		case n == 0:
			weight = 5
		case n > 0:
			weight = 1.6 * (1 - float64(n)/(daysAhead+1))
		}
		total += weight
		days = append(days, day{at: at})
		weights = append(weights, weight)
	}
	sum, given := 0.0, 0
	for i, w := range weights {
		sum += w
		upTo := int(math.Round(sum / total * float64(visits)))
		days[i].visits = upTo - given
		given = upTo
	}
	return days
}

// slot returns when the nth slot of the day begins.
func (d day) slot(n int) time.Time {
	y, m, date := d.at.Date()
	return time.Date(y, m, date, opens, n*int(slotWidth/time.Minute), 0, 0, d.at.Location())
}
