package seed

import (
	"time"

	"github.com/clinicql/clinicql/db"
)

// newWorkingHours has each doctor work on weekdays, with a break at noon.
func newWorkingHours(seed uint64, doctors []*doctor) []*db.WorkingHours {
	r := placeStream.chance(seed, 2)
	var all []*db.WorkingHours
	for _, d := range doctors {
		for on := time.Monday; on <= time.Friday; on++ {
			for _, span := range []*db.WorkingHours{
				{Kind: db.Work, StartTime: opens * 60, EndTime: closes * 60},
				{Kind: db.Break, StartTime: clockOf(lunch), EndTime: clockOf(lunch + 1)},
			} {
				span.ID, span.PractitionerID = newID(r, db.KindWorkingHours, opened), d.row.ID
				span.Weekday, span.StartsOn = db.WeekdayOf(on), "2020-01-01"
				all = append(all, span)
			}
		}
	}
	return all
}

// clockOf returns the time of day at which a slot begins.
func clockOf(slot int) db.LocalTime {
	return opens*60 + db.LocalTime(slot)*db.LocalTime(slotWidth/time.Minute)
}
