package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
)

const slotsOf = `query($id: ID!, $from: DateTime!, $until: DateTime!, $length: SlotLength!, $room: ID, $patient: ID, $every: Duration!, $after: String) {
	practitioner(id: $id) { availableSlots(from: $from, until: $until, length: $length, roomId: $room, patientId: $patient, every: $every, first: 100, after: $after) {
		nodes { startsAt endsAt } pageInfo { hasNextPage endCursor } } } }`

// allSlots pages through what a search offers.
func allSlots(c *client, vars variables) []time.Time {
	c.t.Helper()
	var starts []time.Time
	for {
		got := c.ask(slotsOf, vars)
		for i := range got.at("practitioner.availableSlots.nodes").([]any) {
			at := fmt.Sprintf("practitioner.availableSlots.nodes.%d.", i)
			start, err := time.Parse(time.RFC3339, got.text(at+"startsAt"))
			if err != nil {
				c.t.Fatal(err)
			}
			starts = append(starts, start)
		}
		if got.at("practitioner.availableSlots.pageInfo.hasNextPage") != true {
			return starts
		}
		vars["after"] = got.text("practitioner.availableSlots.pageInfo.endCursor")
	}
}

// Pitfall 6, and what makes an offer one: whatever is offered can be booked at
// once, and what is on the grid and not offered cannot, whichever the hours and
// breaks, absences, visits and zone, and over changes of the clocks.
func TestAvailableSlots_canBeBookedAndNothingElseCan(t *testing.T) {
	t.Parallel()
	for zone, change := range map[string]string{ // a day on which the clocks change, where they do
		"Asia/Tbilisi": sunday(time.March, 4), "America/New_York": sunday(time.March, 2), "Australia/Lord_Howe": sunday(time.April, 1), "Asia/Kolkata": sunday(time.March, 4),
	} {
		t.Run(zone, func(t *testing.T) {
			t.Parallel()
			c := newClinic(t, zone)
			for seed := range uint64(4) {
				newDiary(c, zone, change, seed).compare()
			}
		})
	}
}

// A diary is a practitioner with random hours, and what a model that knows
// nothing of the implementation thinks of them.
type diary struct {
	*client
	r           *rand.Rand
	name        string
	zone        *time.Location
	doctor      *db.Practitioner
	patient     *db.Patient
	from, until time.Time
	length      time.Duration
	every       time.Duration
	pause       time.Duration // before and after the visits that are there and those to be
	kind        any           // the type of visit
	spans       []weekSpan
	away, taken [][2]time.Time
}

type weekSpan struct {
	kind       string
	day        time.Weekday
	start, end int // minutes of the day; an end that is not later lies on the next day
}

// newDiary arranges three days around a change of the clocks.
func newDiary(c *client, zone, change string, seed uint64) *diary {
	c.t.Helper()
	d := &diary{client: c, r: rand.New(rand.NewPCG(seed, 1)), name: fmt.Sprintf("%s, seed %d", zone, seed)}
	d.zone, _ = time.LoadLocation(zone)
	day, _ := time.ParseInLocation(time.DateOnly, change, d.zone)
	d.from, d.until = day.Add(-20*time.Hour).UTC(), day.Add(50*time.Hour).UTC()
	d.doctor, d.patient = newPractitioner(c.t, c.db, fmt.Sprintf("Doctor%d", seed)), newPatient(c.t, c.db, fmt.Sprintf("Name%d", seed))
	d.length, d.every = time.Duration(20+10*d.r.IntN(5))*time.Minute, time.Duration(15+15*d.r.IntN(2))*time.Minute
	d.pause = time.Duration(5*d.r.IntN(4)) * time.Minute
	kind := db.NewID(db.KindAppointmentType)
	d.kind = kind
	c.run("INSERT INTO appointment_types (id, name, length, buffer_before, buffer_after) VALUES ($1, $2, $3, $4, $4)", kind, d.name, d.length/time.Minute, d.pause/time.Minute)
	for n := range 7 { // a span of work that begins on each day, overnight on some, and perhaps a break
		start, length := 15*d.r.IntN(96), 240+15*d.r.IntN(30)
		d.span("WORK", n, start, length)
		if d.r.IntN(2) == 0 {
			d.span("BREAK", n, (start+15*d.r.IntN(12))%1440, 15+15*d.r.IntN(4))
		}
	}
	at := func() time.Time { return d.from.Add(time.Duration(d.r.IntN(70*12)) * 5 * time.Minute) }
	for range 2 {
		start := at()
		d.away = append(d.away, [2]time.Time{start, start.Add(2 * time.Hour)})
		c.run("INSERT INTO time_off (id, practitioner_id, starts_at, ends_at) VALUES ($1, $2, $3, $4)", db.NewID(db.KindTimeOff), d.doctor.ID, start, start.Add(2*time.Hour))
	}
	other := newPatient(c.t, c.db, "Other")
	for range 12 {
		start := at()
		_, err := c.db.SQL.Exec(`INSERT INTO appointments (id, patient_id, practitioner_id, starts_at, ends_at, status, buffer_before, buffer_after)
			VALUES ($1, $2, $3, $4, $5, 'BOOKED', $6, $6)`, db.NewID(db.KindAppointment), other.ID, d.doctor.ID, start, start.Add(40*time.Minute), d.pause/time.Minute)
		if err == nil { // or it would overlap another
			d.taken = append(d.taken, [2]time.Time{start, start.Add(40 * time.Minute)})
		}
	}
	return d
}

// span adds hours of a length that begin on a day of the week, unless they meet others.
func (d *diary) span(kind string, day, start, length int) {
	if kind == "WORK" {
		start %= 600 // so that it ends before the next day's begins
		length = min(length, 700)
	}
	s := weekSpan{kind, time.Weekday(day), start, (start + length) % 1440}
	d.spans = append(d.spans, s)
	text := func(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }
	d.run("INSERT INTO working_hours (id, practitioner_id, kind, weekday, start_time, end_time, starts_on) VALUES ($1, $2, $3, $4, $5, $6, '2026-01-01')",
		db.NewID(db.KindWorkingHours), d.doctor.ID, kind, db.WeekdayOf(s.day), text(s.start), text(s.end))
}

// reads returns what the wall clock shows at t: the day, and the minutes since its midnight.
func (d *diary) reads(t time.Time) (day time.Time, minutes int) {
	local := t.In(d.zone)
	return time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC), local.Hour()*60 + local.Minute()
}

// occurrences returns the spans of a kind as instants: each from the first that
// reads its start or later to the last that reads less than its end.
func (d *diary) occurrences(kind string) [][2]time.Time {
	var found [][2]time.Time
	first, _ := d.reads(d.from.Add(-48 * time.Hour))
	for n := range 6 {
		day := first.AddDate(0, 0, n)
		for _, s := range d.spans {
			if s.kind != kind || s.day != day.Weekday() {
				continue
			}
			endDay := day
			if s.end <= s.start {
				endDay = day.AddDate(0, 0, 1)
			}
			var start, end time.Time
			for t := d.from.Add(-80 * time.Hour); t.Before(d.until.Add(60 * time.Hour)); t = t.Add(time.Minute) {
				today, minutes := d.reads(t)
				if start.IsZero() && (today.After(day) || today.Equal(day) && minutes >= s.start) {
					start = t
				}
				if today.Before(endDay) || today.Equal(endDay) && minutes < s.end {
					end = t.Add(time.Minute)
				}
			}
			found = append(found, [2]time.Time{start, end})
		}
	}
	return found
}

// model returns the free starts, and all that are on the grid of some work within the search.
func (d *diary) model() (free, grid []time.Time) {
	work, breaks := d.occurrences("WORK"), d.occurrences("BREAK")
	inside := func(t time.Time, spans [][2]time.Time) bool {
		return slices.ContainsFunc(spans, func(s [2]time.Time) bool { return !t.Before(s[0]) && t.Before(s[1]) })
	}
	for _, w := range work {
		for t := w[0]; t.Before(w[1]); t = t.Add(d.every) {
			if t.Before(d.from) || t.Add(d.length).After(d.until) {
				continue
			}
			grid = append(grid, t)
			isFree := true
			for m := t; m.Before(t.Add(d.length)); m = m.Add(time.Minute) {
				isFree = isFree && inside(m, work) && !inside(m, breaks) && !inside(m, d.away)
			}
			for _, v := range d.taken {
				isFree = isFree && (!t.Before(v[1].Add(d.pause)) || !v[0].Before(t.Add(d.length+d.pause)))
			}
			if isFree {
				free = append(free, t)
			}
		}
	}
	order := func(a, b time.Time) int { return a.Compare(b) }
	slices.SortFunc(free, order)
	slices.SortFunc(grid, order)
	return slices.CompactFunc(free, time.Time.Equal), slices.CompactFunc(grid, time.Time.Equal)
}

// compare asks the API what is free, books all of it, one after the other, and
// tries what was not offered.
func (d *diary) compare() {
	d.t.Helper()
	offered := allSlots(d.client, variables{"id": d.doctor.ID, "from": d.from, "until": d.until, "length": variables{"appointmentTypeId": d.kind},
		"every": db.Duration(d.every).String()})
	free, grid := d.model()
	if !slices.EqualFunc(offered, free, time.Time.Equal) {
		d.t.Fatalf("%s: offered are %d\n%v\nfree are %d\n%v", d.name, len(offered), offered, len(free), free)
	}
	if len(free) == 0 || len(free) == len(grid) {
		d.t.Errorf("%s: %d of %d are free, which proves nothing", d.name, len(free), len(grid))
	}
	for _, start := range grid {
		_, text := d.post(`mutation($input: BookAppointmentInput!) { bookAppointment(input: $input) { appointment { id } } }`, variables{"input": variables{
			"patientId": d.patient.ID, "practitionerId": d.doctor.ID, "startsAt": start, "appointmentTypeId": d.kind,
		}})
		isFree := slices.ContainsFunc(free, start.Equal)
		if booked := parse(d.t, text).Errors == nil; booked != isFree {
			d.t.Errorf("%s: %s is offered: %t, but booking it answers %s", d.name, start, isFree, text)
		}
		d.run("UPDATE appointments SET status = 'ENTERED_IN_ERROR' WHERE patient_id = $1", d.patient.ID)
	}
}
