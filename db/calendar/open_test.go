package calendar_test

import (
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ claim, work, breaks, away, window, want string }{
		{"all of the work", "09:00-12:00 13:00-17:00", "", "", "00:00-23:59", "09:00-12:00 13:00-17:00"},
		{"work that touches is one", "12:00-17:00 09:00-12:00", "", "", "00:00-23:59", "09:00-17:00"},
		{"work that overlaps is there once", "09:00-13:00 12:00-17:00 10:00-11:00", "", "", "00:00-23:59", "09:00-17:00"},
		{"what lies in the window", "09:00-12:00 13:00-17:00", "", "", "11:00-14:00", "11:00-12:00 13:00-14:00"},
		{"nothing beside the window", "09:00-12:00", "", "", "13:00-14:00", ""},
		{"nothing in a window that ends before it starts", "09:00-12:00", "", "", "11:00-10:00", ""},
		{"not a break", "09:00-17:00", "12:00-12:30", "", "00:00-23:59", "09:00-12:00 12:30-17:00"},
		{"not when somebody is away", "09:00-17:00", "", "09:00-10:00 16:30-18:00", "00:00-23:59", "10:00-16:30"},
		{"breaks and absences that overlap close once", "09:00-17:00", "12:00-13:00 12:30-12:45", "12:30-14:00", "00:00-23:59", "09:00-12:00 14:00-17:00"},
		{"breaks in any order", "09:00-17:00", "15:00-16:00 10:00-11:00", "", "00:00-23:59", "09:00-10:00 11:00-15:00 16:00-17:00"},
		{"a break of no length closes nothing", "09:00-17:00", "12:00-12:00 13:00-12:30", "", "00:00-23:59", "09:00-17:00"},
		{"a break over two spans of work", "09:00-12:00 13:00-17:00", "11:00-14:00", "", "00:00-23:59", "09:00-11:00 14:00-17:00"},
		{"nothing of a day off", "09:00-12:00 13:00-17:00", "12:00-12:30", "00:00-23:59", "00:00-23:59", ""},
		{"a break before and one after the work", "09:00-12:00", "07:00-08:00 13:00-14:00", "", "00:00-23:59", "09:00-12:00"},
	} {
		t.Run(test.claim, func(t *testing.T) {
			t.Parallel()
			known := calendar.Calendar{HasHours: true, Work: on(t, test.work), Breaks: on(t, test.breaks), Away: on(t, test.away)}
			var got []string
			for _, open := range known.Open(on(t, test.window)[0]) {
				got = append(got, open.Start.Format("15:04")+"-"+open.End.Format("15:04"))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%s, not %s", got, test.want)
			}
		})
	}
}

// Days and hours begin when the clocks in the zone say so, over their changes too, and
// the parts together are the whole.
func TestDays_ofAnInterval(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		claim, zone, from, until string
		hourly                   bool
		want                     string
	}{
		{"days", "Asia/Tbilisi", "2026-03-01T05:30Z", "2026-03-02T21:00Z", false, "1T09:30 2T00:00 3T00:00"},
		{"a day of 23 hours", "America/New_York", "2026-03-08T00:00Z", "2026-03-10T00:00Z", false, "7T19:00 8T00:00 9T00:00"},
		{"hours", "Asia/Kolkata", "2026-03-02T03:40Z", "2026-03-02T06:00Z", true, "2T09:10 2T10:00 2T11:00"},
		{"an hour that is left out", "America/New_York", "2026-03-08T05:30Z", "2026-03-08T08:00Z", true, "8T00:30 8T01:00 8T03:00"},
		{"an hour that comes twice", "America/New_York", "2026-11-01T05:00Z", "2026-11-01T08:00Z", true, "1T01:00 1T01:00 1T02:00"},
		{"nothing", "Asia/Tbilisi", "2026-03-02T00:00Z", "2026-03-02T00:00Z", false, ""},
	} {
		t.Run(test.claim, func(t *testing.T) {
			t.Parallel()
			zone := load(t, test.zone)
			whole := calendar.Interval{Start: instant(t, test.from), End: instant(t, test.until)}
			var got []string
			next := whole.Start
			calendar.Days(zone, whole, test.hourly, func(part calendar.Interval) {
				if !part.Start.Equal(next) || part.Empty() {
					t.Errorf("%s follows %s", part, next)
				}
				next = part.End
				got = append(got, part.Start.In(zone).Format("2T15:04"))
			})
			if !next.Equal(whole.End) || strings.Join(got, " ") != test.want {
				t.Errorf("%s until %s, not %s", got, next.Format(time.RFC3339), test.want)
			}
		})
	}
}
