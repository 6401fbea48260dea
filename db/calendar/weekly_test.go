package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
)

func weekly(t testing.TB, weekday time.Weekday, start, end string) calendar.Weekly {
	return calendar.Weekly{Weekday: weekday, Start: clock(t, start), End: clock(t, end)}
}

func during(w calendar.Weekly, from, until calendar.Date) calendar.Weekly {
	w.From, w.Until = from, until
	return w
}

func breakAt(w calendar.Weekly) calendar.Weekly {
	w.IsBreak = true
	return w
}

// Pitfall 6: hours are local, by the week, expanded for each date.
func TestExpand(t *testing.T) {
	t.Parallel()
	monday := weekly(t, time.Monday, "09:00", "17:00")
	for _, test := range []struct {
		claim, zone, from, until string
		weekly                   []calendar.Weekly
		want                     string
	}{
		{"by the week", "Asia/Tbilisi", "2026-03-01T00:00Z", "2026-03-10T00:00Z", []calendar.Weekly{monday},
			"2T05:00/2T13:00 9T05:00/9T13:00 |"},
		{"sorted by start, breaks apart", "Asia/Tbilisi", "2026-03-02T00:00Z", "2026-03-03T00:00Z",
			[]calendar.Weekly{weekly(t, time.Monday, "14:00", "18:00"), breakAt(weekly(t, time.Monday, "15:00", "15:30")), weekly(t, time.Monday, "08:00", "12:00")},
			"2T04:00/2T08:00 2T10:00/2T14:00 | 2T11:00/2T11:30"},
		{"whole over the edges of the window", "Asia/Tbilisi", "2026-03-02T12:59Z", "2026-03-09T05:01Z", []calendar.Weekly{monday},
			"2T05:00/2T13:00 9T05:00/9T13:00 |"},
		{"not what only touches the window", "Asia/Tbilisi", "2026-03-02T13:00Z", "2026-03-09T05:00Z", []calendar.Weekly{monday},
			"|"},
		{"overnight from the day before the window", "America/New_York", "2026-06-10T04:00Z", "2026-06-11T04:00Z", []calendar.Weekly{weekly(t, time.Tuesday, "22:00", "06:00")},
			"10T02:00/10T10:00 |"},
		{"from the first day until the last", "UTC", "2026-03-01T00:00Z", "2026-03-29T00:00Z", []calendar.Weekly{during(monday, "2026-03-09", "2026-03-16")},
			"9T09:00/9T17:00 16T09:00/16T17:00 |"},
		{"24 hours where the end is the start", "UTC", "2026-03-02T00:00Z", "2026-03-08T00:00Z", []calendar.Weekly{weekly(t, time.Monday, "09:00", "09:00")},
			"2T09:00/3T09:00 |"},
		{"until midnight", "UTC", "2026-03-02T00:00Z", "2026-03-08T00:00Z", []calendar.Weekly{weekly(t, time.Monday, "20:00", "00:00")},
			"2T20:00/3T00:00 |"},
		{"shorter where the clocks skip an hour", "America/New_York", "2026-03-08T00:00Z", "2026-03-09T00:00Z", []calendar.Weekly{weekly(t, time.Saturday, "22:00", "06:00")},
			"8T03:00/8T10:00 |"},
		{"longer where an hour comes twice", "America/New_York", "2026-11-01T00:00Z", "2026-11-02T00:00Z", []calendar.Weekly{weekly(t, time.Saturday, "22:00", "06:00")},
			"1T02:00/1T11:00 |"},
		{"from the first coming until the second", "America/New_York", "2026-11-01T00:00Z", "2026-11-02T00:00Z", []calendar.Weekly{weekly(t, time.Sunday, "01:15", "01:45")},
			"1T05:15/1T06:45 |"},
		{"missing where the clocks skip it", "America/New_York", "2026-03-08T00:00Z", "2026-03-09T00:00Z", []calendar.Weekly{weekly(t, time.Sunday, "02:00", "03:00")},
			"|"},
		{"begun after the gap", "America/New_York", "2026-03-08T00:00Z", "2026-03-09T00:00Z", []calendar.Weekly{weekly(t, time.Sunday, "02:15", "05:00")},
			"8T07:00/8T09:00 |"},
		{"missing where the day is skipped", "Pacific/Apia", "2011-12-29T00:00Z", "2011-12-31T12:00Z", []calendar.Weekly{weekly(t, time.Friday, "09:00", "17:00")},
			"|"},
		{"overnight into the day that is skipped", "Pacific/Apia", "2011-12-30T00:00Z", "2011-12-31T00:00Z", []calendar.Weekly{weekly(t, time.Thursday, "22:00", "06:00")},
			"30T08:00/30T10:00 |"},
		{"nothing in an empty window", "UTC", "2026-03-02T12:00Z", "2026-03-02T12:00Z", []calendar.Weekly{monday},
			"|"},
	} {
		t.Run(test.claim, func(t *testing.T) {
			t.Parallel()
			window := calendar.Interval{Start: instant(t, test.from), End: instant(t, test.until)}
			work, breaks := calendar.Expand(load(t, test.zone), test.weekly, window)
			got := ""
			for _, w := range work {
				got += w.Start.Format("2T15:04/") + w.End.Format("2T15:04 ")
			}
			got += "|"
			for _, b := range breaks {
				got += b.Start.Format(" 2T15:04/") + b.End.Format("2T15:04")
			}
			if got != test.want {
				t.Errorf("%s, not %s", got, test.want)
			}
		})
	}
}

func TestFindOverlap(t *testing.T) {
	t.Parallel()
	morning, noon := weekly(t, time.Monday, "09:00", "13:00"), weekly(t, time.Monday, "12:00", "18:00")
	for _, test := range []struct {
		claim  string
		weekly []calendar.Weekly
		want   string
	}{
		{"two that overlap", []calendar.Weekly{morning, noon}, "0 1 true"},
		{"the first pair of several", []calendar.Weekly{weekly(t, time.Friday, "09:00", "10:00"), morning, noon, noon}, "1 2 true"},
		{"not two that touch", []calendar.Weekly{morning, weekly(t, time.Monday, "13:00", "18:00")}, "0 0 false"},
		{"nor in the other order", []calendar.Weekly{weekly(t, time.Monday, "13:00", "18:00"), morning}, "0 0 false"},
		{"not on different days", []calendar.Weekly{morning, weekly(t, time.Tuesday, "09:00", "13:00")}, "0 0 false"},
		{"not work and a break", []calendar.Weekly{morning, breakAt(noon)}, "0 0 false"},
		{"two breaks", []calendar.Weekly{breakAt(morning), breakAt(noon)}, "0 1 true"},
		{"overnight", []calendar.Weekly{weekly(t, time.Tuesday, "05:00", "07:00"), weekly(t, time.Monday, "22:00", "06:00")}, "0 1 true"},
		{"overnight over the end of the week", []calendar.Weekly{weekly(t, time.Saturday, "22:00", "06:00"), weekly(t, time.Sunday, "05:59", "07:00")}, "0 1 true"},
		{"not overnight until the next begins", []calendar.Weekly{weekly(t, time.Sunday, "22:00", "06:00"), weekly(t, time.Monday, "06:00", "07:00")}, "0 0 false"},
		{"not after the other is over", []calendar.Weekly{during(morning, "", "2026-03-31"), during(noon, "2026-04-01", "")}, "0 0 false"},
		{"not where they share days, but no Monday", []calendar.Weekly{during(morning, "", "2026-04-04"), during(noon, "2026-03-31", "")}, "0 0 false"},
		{"on the last Monday", []calendar.Weekly{during(morning, "", "2026-04-06"), during(noon, "2026-04-06", "")}, "0 1 true"},
		{"overnight after its last day", []calendar.Weekly{during(weekly(t, time.Monday, "22:00", "06:00"), "", "2026-04-06"), during(weekly(t, time.Tuesday, "05:00", "09:00"), "2026-04-07", "")}, "0 1 true"},
		{"not where one ends before it begins", []calendar.Weekly{morning, during(noon, "2026-04-07", "2026-04-06")}, "0 0 false"},
		{"until the end of all days", []calendar.Weekly{during(morning, "2026-04-07", "9999-12-31"), during(weekly(t, time.Sunday, "12:00", "12:00"), "2026-04-07", "9999-12-31")}, "0 1 true"},
	} {
		t.Run(test.claim, func(t *testing.T) {
			t.Parallel()
			if i, j, found := calendar.FindOverlap(test.weekly); fmt.Sprint(i, j, found) != test.want {
				t.Errorf("%d %d %t, not %s", i, j, found, test.want)
			}
		})
	}
}

// Two spans overlap when they do on some day, and touching is no overlap: as the
// minutes of each of three years show.
func TestFindOverlap_is_what_the_days_show(t *testing.T) {
	t.Parallel()
	cases := 500
	if testing.Short() {
		cases = 100
	}
	overlaps := 0
	for seed := range uint64(cases) {
		random := rand.New(rand.NewPCG(seed, 2))
		list := make([]calendar.Weekly, 2+random.IntN(3))
		for i := range list {
			list[i] = randomWeekly(random, "2026-06-01", 60)
			list[i].Weekday = time.Weekday((random.IntN(3) + 6) % 7)
			list[i].IsBreak = random.IntN(4) == 0
		}
		i, j, found := calendar.FindOverlap(list)
		wantI, wantJ, want := overlapByDays(list)
		if i != wantI || j != wantJ || found != want {
			t.Fatalf("seed %d: %d %d %t, not %d %d %t, in %+v", seed, i, j, found, wantI, wantJ, want, list)
		}
		if found {
			overlaps++
		}
	}
	if overlaps < cases/10 || overlaps > cases*9/10 {
		t.Errorf("%d of %d cases have an overlap, which proves little", overlaps, cases)
	}
}

// overlapByDays writes down the occurrences of three years, sorts them, and looks
// at each two of one kind that follow each other.
func overlapByDays(list []calendar.Weekly) (int, int, bool) {
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			if list[i].IsBreak == list[j].IsBreak && overlapOf(list[i], list[j]) {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

func overlapOf(a, b calendar.Weekly) bool {
	var spans [][2]int
	for day, n := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), 0; day.Year() < 2028; day, n = day.AddDate(0, 0, 1), n+1 {
		for _, w := range []calendar.Weekly{a, b} {
			if !startsOn(w, day) {
				continue
			}
			start, end := n*perDay+int(w.Start), n*perDay+int(w.End)
			for end <= start {
				end += perDay
			}
			spans = append(spans, [2]int{start, end})
		}
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return a[0] - b[0] })
	for i := 1; i < len(spans); i++ {
		if spans[i][0] < spans[i-1][1] {
			return true
		}
	}
	return false
}

// startsOn says whether an occurrence starts on the day, a midnight in UTC.
func startsOn(w calendar.Weekly, day time.Time) bool {
	text := day.Format(time.DateOnly)
	return day.Weekday() == w.Weekday && text >= string(w.From) && (w.Until == "" || text <= string(w.Until))
}

// randomWeekly is valid from or until some of the days around one, or always.
func randomWeekly(random *rand.Rand, around calendar.Date, days int) calendar.Weekly {
	raster := []int{1, 5, 15, 30, 60}[random.IntN(5)]
	w := calendar.Weekly{
		Weekday: time.Weekday(random.IntN(7)),
		Start:   calendar.TimeOfDay(random.IntN(perDay/raster) * raster),
		End:     calendar.TimeOfDay(random.IntN(perDay/raster) * raster),
	}
	switch random.IntN(8) {
	case 0:
		w.End = w.Start
	case 1, 2, 3: // the hours at which clocks are changed
		w.Start, w.End = calendar.TimeOfDay(random.IntN(5*60/raster)*raster), calendar.TimeOfDay(random.IntN(5*60/raster)*raster)
	}
	if random.IntN(3) == 0 {
		w.From = around.Add(random.IntN(2*days+1) - days)
	}
	if random.IntN(3) == 0 {
		w.Until = around.Add(random.IntN(2*days+1) - days)
	}
	return w
}
