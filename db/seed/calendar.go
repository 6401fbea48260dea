package seed

import (
	"math"
	"time"
)

// How far the calendar reaches around today, in days.
const (
	daysBehind = 548
	daysAhead  = 42
)

// The grid of a working day: half hours from nine to five, by the clinic's clock.
const (
	opens     = 9
	slots     = 16
	slotWidth = 30 * time.Minute
)

// A day is a weekday on which visits are.
type day struct {
	at     time.Time // midnight at the clinic
	visits int
}

// newCalendar spreads so many visits over the weekdays around now: more and more
// up to today, which is full, and fewer the further ahead.
func newCalendar(now time.Time, visits int) []day {
	var days []day
	var weights []float64
	total := 0.0
	for n := -daysBehind; n <= daysAhead; n++ {
		at := time.Date(now.Year(), now.Month(), now.Day()+n, 0, 0, 0, 0, now.Location())
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
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
