package db

import (
	"strings"
	"time"
)

// Weekday is a day of the week, "MONDAY".
type Weekday string

// Weekdays are all of them, from Monday on.
var Weekdays = []Weekday{"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"}

// WeekdayOf returns the day of the week that Go calls d.
func WeekdayOf(d time.Weekday) Weekday { return Weekday(strings.ToUpper(d.String())) }

// Go returns what Go calls the day.
func (w Weekday) Go() time.Weekday {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if WeekdayOf(d) == w {
			return d
		}
	}
	return -1
}
