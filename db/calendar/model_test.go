package calendar_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
)

// world is a random clinic: all its times are whole minutes.
type world struct {
	zone                        *time.Location
	window                      calendar.Interval
	weekly                      []calendar.Weekly
	known                       calendar.Calendar // without work and breaks
	length, before, after, step time.Duration
}

func randomWorld(random *rand.Rand, zone *time.Location, changes []time.Time) world {
	start := time.Date(2026, 1, 5, 0, random.IntN(700*perDay), 0, 0, time.UTC)
	if len(changes) > 0 && random.IntN(4) > 0 {
		start = changes[random.IntN(len(changes))].Add(-time.Duration(random.IntN(30*60)) * time.Minute)
	}
	w := world{
		zone: zone, window: calendar.Interval{Start: start, End: start.Add(minutes(random, 60, 60*60))},
		length: minutes(random, 5, 90), before: pause(random), after: pause(random), step: minutes(random, 5, 60),
	}
	if random.IntN(3) == 0 {
		day := calendar.DayOf(zone, start)
		w.window = calendar.Span(zone, day, day.Add(1+random.IntN(2)))
	}
	if random.IntN(2) == 0 {
		w.length, w.step = w.length.Round(15*time.Minute)+15*time.Minute, 15*time.Minute
	}
	for range random.IntN(18) {
		weekly := randomWeekly(random, calendar.DayOf(zone, start), 3)
		weekly.IsBreak = random.IntN(4) == 0
		if random.IntN(2) == 0 {
			weekly.Weekday = (calendar.DayOf(zone, start).Weekday() + time.Weekday(random.IntN(3)+6)) % 7
		}
		w.weekly = append(w.weekly, weekly)
	}
	w.known.HasHours = random.IntN(12) > 0
	for range random.IntN(3) {
		w.known.Away = append(w.known.Away, w.interval(random, 0, 400))
	}
	for range random.IntN(3) {
		w.known.Patient = append(w.known.Patient, w.interval(random, 0, 90))
	}
	for range random.IntN(12) {
		w.known.Busy = append(w.known.Busy, calendar.Visit{Interval: w.interval(random, 5, 120), Before: pause(random), After: pause(random)})
	}
	return w
}

// interval lies in the window, or not far from it; it may be empty.
func (w *world) interval(random *rand.Rand, least, most int) calendar.Interval {
	span := int(w.window.End.Sub(w.window.Start)/time.Minute) + 4*60
	start := w.window.Start.Add(time.Duration(random.IntN(span)-2*60) * time.Minute)
	if random.IntN(2) == 0 {
		start = start.Truncate(15 * time.Minute)
	}
	return calendar.Interval{Start: start, End: start.Add(minutes(random, least, most))}
}

func minutes(random *rand.Rand, least, most int) time.Duration {
	return time.Duration(least+random.IntN(most-least+1)) * time.Minute
}

func pause(random *rand.Rand) time.Duration {
	return []time.Duration{0, 0, 0, 5, 10, 15, 30, 61}[random.IntN(8)] * time.Minute
}

// calendar is what the world's calendar says of it, as a server would ask.
func (w *world) calendar() *calendar.Calendar {
	known := w.known
	known.Work, known.Breaks = calendar.Expand(w.zone, w.weekly, w.window)
	return &known
}

// model is what each minute of a world is, as its clocks show. It starts three
// days before the window and ends a day after it.
type model struct {
	world               *world
	clocks              readings
	grid, work, onBreak []bool
	away, patient       []bool
}

func newModel(w *world) *model {
	from := w.window.Start.Add(-3 * 24 * time.Hour)
	count := max(0, int(w.window.End.Sub(from)/time.Minute)) + perDay
	m := &model{
		world: w, clocks: readClocks(w.zone, from, count),
		grid: make([]bool, count), work: make([]bool, count), onBreak: make([]bool, count),
		away: make([]bool, count), patient: make([]bool, count),
	}
	for _, weekly := range w.weekly {
		// What starts on the first day, which is not whole, is over before the window.
		for day := m.clocks.shown[0]/perDay + 1; day <= m.clocks.shown[count-1]/perDay; day++ {
			if startsOn(weekly, time.Unix(int64(day)*perDay*60, 0).UTC()) {
				m.add(weekly, day)
			}
		}
	}
	for i := range count {
		m.away[i], m.patient[i] = m.within(w.known.Away, i), m.within(w.known.Patient, i)
	}
	return m
}

// add marks one occurrence: from the first minute that reads its start or more
// until the last one that reads less than its end.
func (m *model) add(weekly calendar.Weekly, day int) {
	start, end := day*perDay+int(weekly.Start), day*perDay+int(weekly.End)
	if end <= start {
		end += perDay
	}
	first, last := m.clocks.first(start), m.clocks.end(end)
	for i := first; i < last; i++ {
		if weekly.IsBreak {
			m.onBreak[i] = true
			continue
		}
		m.work[i] = true
		if time.Duration(i-first)*time.Minute%m.world.step == 0 {
			m.grid[i] = true
		}
	}
}

func (m *model) within(intervals []calendar.Interval, minute int) bool {
	at := m.clocks.at(minute)
	for _, interval := range intervals {
		if !at.Before(interval.Start) && at.Before(interval.End) {
			return true
		}
	}
	return false
}

func (m *model) minute(t time.Time) int { return int(t.Sub(m.clocks.from) / time.Minute) }

// verdict looks at each minute of a visit, and at each other visit.
func (m *model) verdict(start int) (verdict calendar.Verdict) {
	end := start + int(m.world.length/time.Minute)
	verdict.OutsideHours = m.world.known.HasHours && slices.Contains(m.work[start:end], false)
	verdict.OnBreak = slices.Contains(m.onBreak[start:end], true)
	verdict.TimeOff = slices.Contains(m.away[start:end], true)
	verdict.PatientBusy = slices.Contains(m.patient[start:end], true)
	for _, busy := range m.world.known.Busy {
		switch otherStart, otherEnd := m.minute(busy.Start), m.minute(busy.End); {
		case otherEnd <= start:
			verdict.Buffer = verdict.Buffer || start-otherEnd < int(max(busy.After, m.world.before)/time.Minute)
		case end <= otherStart:
			verdict.Buffer = verdict.Buffer || otherStart-end < int(max(busy.Before, m.world.after)/time.Minute)
		default:
			verdict.Busy = true
		}
	}
	return verdict
}

// What is offered is what the clocks, minute by minute, show to be free: nothing
// else, and nothing less. Check agrees on each minute of the grid in the window, and
// on some others.
func TestStarts_are_what_the_clocks_show(t *testing.T) {
	t.Parallel()
	cases := uint64(300)
	if testing.Short() {
		cases = 60
	}
	for _, name := range []string{"Asia/Tbilisi", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zone, seen := load(t, name), tally{}
			changes := changes(zone, instant(t, "2026-01-01T00:00Z"), instant(t, "2028-01-01T00:00Z"))
			for seed := range cases {
				w := randomWorld(rand.New(rand.NewPCG(seed, 1)), zone, changes)
				if !compare(t, &w, &seen) {
					t.Fatalf("seed %d, visits of %s every %s with pauses of %s and %s in %v: %+v, %+v",
						seed, w.length, w.step, w.before, w.after, w.window, w.weekly, w.known)
				}
			}
			seen.check(t)
		})
	}
}

// compare asks the calendar and the model the same.
func compare(t *testing.T, w *world, seen *tally) bool {
	t.Helper()
	asked, model := w.calendar(), newModel(w)
	var want []time.Time
	for i := model.minute(w.window.Start); !model.clocks.at(i).Add(w.length).After(w.window.End); i++ {
		if !model.grid[i] && i%7 > 0 {
			continue
		}
		at, verdict := model.clocks.at(i), model.verdict(i)
		visit := calendar.Visit{Interval: calendar.Interval{Start: at, End: at.Add(w.length)}, Before: w.before, After: w.after}
		if got := asked.Check(visit); got != verdict || got.Clean() != (verdict == calendar.Verdict{}) {
			t.Errorf("at %s the verdict is %+v, not %+v", at, got, verdict)
			return false
		}
		seen.count(verdict)
		if w.known.HasHours && model.grid[i] && verdict.Clean() {
			want = append(want, at)
		}
	}
	got := asked.Starts(w.window, w.length, w.before, w.after, w.step, 0)
	if !slices.Equal(got, want) {
		t.Errorf("offered are\n%v, not\n%v", got, want)
		return false
	}
	if some := asked.Starts(w.window, w.length, w.before, w.after, w.step, 3); !slices.Equal(some, want[:min(3, len(want))]) {
		t.Errorf("the first of\n%v are\n%v", want, some)
		return false
	}
	seen.starts += len(want)
	return true
}

// tally counts what the random worlds were like, lest they prove nothing.
type tally struct {
	starts, clean                                     int
	outside, onBreak, timeOff, buffer, busy, patients int
}

func (s *tally) count(verdict calendar.Verdict) {
	for _, one := range []struct {
		counter *int
		is      bool
	}{
		{&s.clean, verdict.Clean()}, {&s.outside, verdict.OutsideHours}, {&s.onBreak, verdict.OnBreak}, {&s.timeOff, verdict.TimeOff},
		{&s.buffer, verdict.Buffer}, {&s.busy, verdict.Busy}, {&s.patients, verdict.PatientBusy},
	} {
		if one.is {
			*one.counter++
		}
	}
}

func (s *tally) check(t *testing.T) {
	t.Helper()
	t.Logf("%+v", *s)
	if min(s.starts, s.clean, s.outside, s.onBreak, s.timeOff, s.buffer, s.busy, s.patients) < 100 {
		t.Errorf("the cases prove little: %+v", *s)
	}
}
