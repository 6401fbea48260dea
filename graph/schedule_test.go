package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/google/uuid"
)

// load writes rows as a bulk load does: past ones too, and without the rules of booking.
func load(t testing.TB, d *dbtest.Database, fill func(*db.Loader) error) {
	t.Helper()
	if err := d.Load(acting(t), fill); err != nil {
		t.Fatal(err)
	}
}

// newVisit adds a visit at the times of Tbilisi, "2026-03-02 09:00", with what change adds.
func newVisit(t testing.TB, d *dbtest.Database, patient *db.Patient, doctor *db.Practitioner, from, until string, change ...func(*db.Appointment)) *db.Appointment {
	t.Helper()
	a := &db.Appointment{PatientID: patient.ID, PractitionerID: &doctor.ID, StartsAt: inTbilisi(t, from), EndsAt: inTbilisi(t, until), Status: db.Completed}
	for _, c := range change {
		c(a)
	}
	load(t, d, func(l *db.Loader) error { return l.Appointments([]*db.Appointment{a}) })
	return a
}

func inTbilisi(t testing.TB, at string) time.Time {
	t.Helper()
	parsed, err := time.Parse("2006-01-02 15:04 -07", at+" +04")
	if err != nil {
		t.Fatal(err)
	}
	return parsed.UTC()
}

func newRoom(t testing.TB, d *dbtest.Database, name string) *db.Room {
	t.Helper()
	r := &db.Room{Name: name, IsActive: true}
	load(t, d, func(l *db.Loader) error { return l.Rooms([]*db.Room{r}) })
	return r
}

// newHours has the practitioner work, or rest, on a weekday of each week.
func newHours(t testing.TB, d *dbtest.Database, doctor *db.Practitioner, kind db.WorkingHoursKind, on db.Weekday, from, until string) {
	t.Helper()
	start, err := db.ParseLocalTime(from)
	if err != nil {
		t.Fatal(err)
	}
	end, err := db.ParseLocalTime(until)
	if err != nil {
		t.Fatal(err)
	}
	h := &db.WorkingHours{PractitionerID: doctor.ID, Kind: kind, Weekday: on, StartTime: start, EndTime: end, StartsOn: "2025-01-01"}
	load(t, d, func(l *db.Loader) error { return l.WorkingHours([]*db.WorkingHours{h}) })
}

// newTimeOff has the practitioner be away, or the clinic be closed where there is none.
func newTimeOff(t testing.TB, d *dbtest.Database, doctor *db.Practitioner, from, until, reason string) *db.TimeOff {
	t.Helper()
	off := &db.TimeOff{StartsAt: inTbilisi(t, from), EndsAt: inTbilisi(t, until), Reason: &reason}
	if doctor != nil {
		off.PractitionerID = &doctor.ID
	}
	load(t, d, func(l *db.Loader) error { return l.TimeOff([]*db.TimeOff{off}) })
	return off
}

// newHold keeps a time, until the interval after now, "5 min" or "-5 min".
func newHold(t testing.TB, d *dbtest.Database, doctor *db.Practitioner, room *db.Room, from, until, expires string) uuid.UUID {
	t.Helper()
	id := db.NewID(db.KindSlotHold)
	var roomID *uuid.UUID
	if room != nil {
		roomID = &room.ID
	}
	mustDo(t)(d.SQL.Exec(`
		INSERT INTO slot_holds (id, practitioner_id, room_id, starts_at, ends_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, now() + $6::interval)`, id, doctor.ID, roomID, inTbilisi(t, from), inTbilisi(t, until), expires))
	return id
}

// drawn is all that a calendar is drawn from.
const drawn = `startsOn endsOn startsAt endsAt timeZone columns {
	practitioner { displayName } room { name }
	workingPeriods { kind startsAt endsAt }
	timeOff { startsAt endsAt reason }
	holds { startsAt endsAt practitioner { displayName } }
	appointments { startsAt endsAt status patient { displayName } practitioner { displayName } room { name } }
}`

func TestSchedule(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	ana, ben := newPatient(t, c.db, "Ana"), newPatient(t, c.db, "Ben")
	adams, baker := newPractitioner(t, c.db, "Adams"), newPractitioner(t, c.db, "Baker")
	room := newRoom(t, c.db, "Room 1")
	inRoom := func(a *db.Appointment) { a.RoomID = &room.ID }
	as := func(s db.AppointmentStatus) func(*db.Appointment) {
		return func(a *db.Appointment) { a.Status = s }
	}

	newHours(t, c.db, adams, db.Work, "MONDAY", "09:00", "17:00")
	newHours(t, c.db, adams, db.Break, "MONDAY", "13:00", "13:30")
	newHours(t, c.db, adams, db.Work, "SUNDAY", "22:00", "02:00") // into Monday
	newTimeOff(t, c.db, adams, "2026-03-02 15:00", "2026-03-02 17:00", "Course")
	newTimeOff(t, c.db, adams, "2026-03-05 00:00", "2026-03-06 00:00", "Leave")
	newTimeOff(t, c.db, nil, "2026-03-02 16:00", "2026-03-03 00:00", "Holiday")
	cancelled := newTimeOff(t, c.db, adams, "2026-03-02 10:00", "2026-03-02 11:00", "Taken back")
	c.db.SQL.MustExec("UPDATE time_off SET cancelled_at = now() WHERE id = $1", cancelled.ID)
	newHold(t, c.db, adams, room, "2026-03-02 11:00", "2026-03-02 11:30", "1 hour")
	newHold(t, c.db, adams, nil, "2026-03-02 12:00", "2026-03-02 12:30", "-5 min")
	released := newHold(t, c.db, adams, nil, "2026-03-02 12:00", "2026-03-02 12:30", "1 hour")
	c.db.SQL.MustExec("UPDATE slot_holds SET released_at = now() WHERE id = $1", released)
	newVisit(t, c.db, ben, adams, "2026-03-02 09:30", "2026-03-02 10:00", as(db.Booked), inRoom)
	newVisit(t, c.db, ana, adams, "2026-03-02 09:00", "2026-03-02 09:30", as(db.NoShow))
	newVisit(t, c.db, ana, adams, "2026-03-02 10:00", "2026-03-02 10:30", as(db.Requested))
	newVisit(t, c.db, ana, adams, "2026-03-01 23:30", "2026-03-02 00:30") // began the day before
	newVisit(t, c.db, ana, adams, "2026-03-01 22:00", "2026-03-02 00:00") // only touches the day
	newVisit(t, c.db, ana, adams, "2026-03-03 00:00", "2026-03-03 00:30")
	newVisit(t, c.db, ana, baker, "2026-03-02 09:00", "2026-03-02 09:30", as(db.Booked))
	newVisit(t, c.db, ana, adams, "2026-03-02 11:00", "2026-03-02 11:30", as(db.Cancelled), func(a *db.Appointment) { a.CancellationReason = ptr(db.OtherReason) })
	newVisit(t, c.db, ana, adams, "2026-03-02 11:00", "2026-03-02 11:30", as(db.AppointmentInError))

	show := func(t *testing.T, arguments string, vars variables, fields string) string {
		t.Helper()
		return asJSON(c.in(t).as(auth.Receptionist).ask(`query($p: [ID!], $r: [ID!]) { schedule(practitionerIds: $p, roomIds: $r, range: `+arguments+`) { `+fields+` } }`, vars).at("schedule"))
	}
	expect := func(t *testing.T, got, want string) {
		t.Helper()
		if want = strings.NewReplacer("\n", "", "\t", "").Replace(want); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}

	t.Run("shows a day of a practitioner and a room", func(t *testing.T) {
		t.Parallel()
		const holiday = `{"endsAt":"2026-03-02T20:00:00Z","reason":"Holiday","startsAt":"2026-03-02T12:00:00Z"}`
		const hold = `"holds":[{"endsAt":"2026-03-02T07:30:00Z","practitioner":{"displayName":"Dr. Test Adams"},"startsAt":"2026-03-02T07:00:00Z"}],`
		const inRoom = `{"endsAt":"2026-03-02T06:00:00Z","patient":{"displayName":"Test Ben"},"practitioner":{"displayName":"Dr. Test Adams"},"room":{"name":"Room 1"},"startsAt":"2026-03-02T05:30:00Z","status":"BOOKED"}`
		visit := func(start, end, status string) string {
			return fmt.Sprintf(`{"endsAt":%q,"patient":{"displayName":"Test Ana"},"practitioner":{"displayName":"Dr. Test Adams"},"room":null,"startsAt":%q,"status":%q}`, end, start, status)
		}
		expect(t, show(t, `{date: "2026-03-02"}`, variables{"p": []any{adams.ID}, "r": []any{room.ID}}, drawn),
			`{"columns":[{"appointments":[`+visit("2026-03-01T19:30:00Z", "2026-03-01T20:30:00Z", "COMPLETED")+`,`+
				visit("2026-03-02T05:00:00Z", "2026-03-02T05:30:00Z", "NO_SHOW")+`,`+inRoom+`,`+visit("2026-03-02T06:00:00Z", "2026-03-02T06:30:00Z", "REQUESTED")+`],`+
				hold+`"practitioner":{"displayName":"Dr. Test Adams"},"room":null,
				"timeOff":[{"endsAt":"2026-03-02T13:00:00Z","reason":"Course","startsAt":"2026-03-02T11:00:00Z"},`+holiday+`],
				"workingPeriods":[{"endsAt":"2026-03-01T22:00:00Z","kind":"WORK","startsAt":"2026-03-01T18:00:00Z"},
				{"endsAt":"2026-03-02T13:00:00Z","kind":"WORK","startsAt":"2026-03-02T05:00:00Z"},
				{"endsAt":"2026-03-02T09:30:00Z","kind":"BREAK","startsAt":"2026-03-02T09:00:00Z"}]},
				{"appointments":[`+inRoom+`],`+hold+`"practitioner":null,"room":{"name":"Room 1"},"timeOff":[`+holiday+`],"workingPeriods":[]}],
				"endsAt":"2026-03-02T20:00:00Z","endsOn":"2026-03-03","startsAt":"2026-03-01T20:00:00Z","startsOn":"2026-03-02","timeZone":"Asia/Tbilisi"}`)
	})
	for day, monday := range map[string]string{"2026-03-01": "2026-02-23", "2026-03-02": "2026-03-02", "2026-03-05": "2026-03-02", "2026-03-08": "2026-03-02"} {
		t.Run("has the week of "+day+" begin on "+monday, func(t *testing.T) {
			t.Parallel()
			end := inTbilisi(t, monday+" 00:00").AddDate(0, 0, 7).In(time.FixedZone("", 4*3600)).Format(time.DateOnly)
			expect(t, show(t, `{weekOf: "`+day+`"}`, nil, "startsOn endsOn"), fmt.Sprintf(`{"endsOn":%q,"startsOn":%q}`, end, monday))
		})
	}
	t.Run("shows some days", func(t *testing.T) {
		t.Parallel()
		expect(t, show(t, `{days: {from: "2026-03-04", until: "2026-04-04"}}`, nil, "startsOn endsOn columns { timeOff { reason } }"),
			`{"columns":[{"timeOff":[{"reason":"Leave"}]},{"timeOff":[]}],"endsOn":"2026-04-04","startsOn":"2026-03-04"}`)
	})
	const who = "columns { practitioner { displayName } room { name } }"
	const columnOfAdams, columnOfBaker = `{"practitioner":{"displayName":"Dr. Test Adams"},"room":null}`, `{"practitioner":{"displayName":"Dr. Test Baker"},"room":null}`
	const columnOfRoom = `{"practitioner":null,"room":{"name":"Room 1"}}`
	for claim, step := range map[string]struct {
		vars variables
		want string
	}{
		"shows all practitioners by name when nobody is named": {nil, columnOfAdams + "," + columnOfBaker},
		"shows rooms alone":                {variables{"r": []any{room.ID}}, columnOfRoom},
		"keeps the order asked for":        {variables{"p": []any{baker.ID, adams.ID}}, columnOfBaker + "," + columnOfAdams},
		"shows each once":                  {variables{"p": []any{baker.ID, adams.ID, baker.ID}, "r": []any{room.ID, room.ID}}, columnOfBaker + "," + columnOfAdams + "," + columnOfRoom},
		"shows nobody when none are named": {variables{"p": []any{}}, ""},
	} {
		t.Run(claim, func(t *testing.T) {
			t.Parallel()
			expect(t, show(t, `{date: "2026-03-02"}`, step.vars, who), `{"columns":[`+step.want+`]}`)
		})
	}
}

func TestSchedule_ofThoseWhoAreActive(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	gone := newPractitioner(t, c.db, "Adams")
	newPractitioner(t, c.db, "Baker")
	mustDo(t)(c.db.DeactivatePractitioner(acting(t), gone.ID, 1, "retired"))
	const query = `query($p: [ID!]) { schedule(range: {date: "2026-03-02"}, practitionerIds: $p) { columns { practitioner { familyName } } } }`
	if got := asJSON(c.ask(query, nil)); got != `{"schedule":{"columns":[{"practitioner":{"familyName":"Baker"}}]}}` {
		t.Errorf("when nobody is named: %s", got)
	}
	if got := asJSON(c.ask(query, variables{"p": gone.ID})); got != `{"schedule":{"columns":[{"practitioner":{"familyName":"Adams"}}]}}` {
		t.Errorf("when they are named: %s", got)
	}
}

// Pitfall 5: days begin and end where the clocks say, not every 24 hours.
func TestSchedule_whereTheClocksChange(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.db.SQL.MustExec("UPDATE clinics SET time_zone = 'America/New_York'")
	for day, want := range map[string]string{
		"2026-03-08": `{"schedule":{"endsAt":"2026-03-09T04:00:00Z","startsAt":"2026-03-08T05:00:00Z","timeZone":"America/New_York"}}`, // 23 hours
		"2026-11-01": `{"schedule":{"endsAt":"2026-11-02T05:00:00Z","startsAt":"2026-11-01T04:00:00Z","timeZone":"America/New_York"}}`, // 25 hours
	} {
		if got := asJSON(c.ask(`query($d: Date!) { schedule(range: {date: $d}) { startsAt endsAt timeZone } }`, variables{"d": day})); got != want {
			t.Errorf("%s: got %s", day, got)
		}
	}
}

func TestSchedule_refuses(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor, room := newPractitioner(t, c.db, "Adams"), newRoom(t, c.db, "Room 1")
	many := func(kind db.Kind) []any {
		ids := make([]any, 51)
		for i := range ids {
			ids[i] = db.NewID(kind)
		}
		return ids
	}
	const day = `{date: "2026-03-02"}`
	for claim, step := range map[string]struct {
		days string
		vars variables
		want string
	}{
		"an end before the start": {`{days: {from: "2026-03-02", until: "2026-03-01"}}`, nil, `[{"path":["range","days","until"],"code":"END_BEFORE_START","message":"must be after the first day"}]`},
		"no day at all":           {`{days: {from: "2026-03-02", until: "2026-03-02"}}`, nil, `[{"path":["range","days","until"],"code":"END_BEFORE_START","message":"must be after the first day"}]`},
		"32 days":                 {`{days: {from: "2026-03-01", until: "2026-04-02"}}`, nil, `[{"path":["range","days","until"],"code":"TOO_LONG","message":"must be at most 31 days after the first"}]`},
		"the end of time":         {`{weekOf: "9999-12-31"}`, nil, `[{"path":["range","weekOf"],"code":"OUT_OF_RANGE","message":"must lie in the years 2 to 9998"}]`},
		"the beginning of time":   {`{date: "0000-01-01"}`, nil, `[{"path":["range","date"],"code":"OUT_OF_RANGE","message":"must lie in the years 2 to 9998"}]`},
		"two ranges":              {`{date: "2026-03-02", weekOf: "2026-03-02"}`, nil, `[{"path":["range"],"code":"OUT_OF_RANGE","message":"takes exactly one field"}]`},
		"51 of each": {day, variables{"p": many(db.KindPractitioner), "r": many(db.KindRoom)},
			`[{"path":["practitionerIds"],"code":"TOO_LONG","message":"has more than 50 items"},{"path":["roomIds"],"code":"TOO_LONG","message":"has more than 50 items"}]`},
		"whom nobody knows": {day, variables{"p": []any{doctor.ID, room.ID}, "r": []any{doctor.ID, room.ID, db.NewID(db.KindRoom)}},
			`[{"path":["practitionerIds",1],"code":"UNKNOWN_REFERENCE","message":"is no practitioner"},` +
				`{"path":["roomIds",0],"code":"UNKNOWN_REFERENCE","message":"is no room"},{"path":["roomIds",2],"code":"UNKNOWN_REFERENCE","message":"is no room"}]`},
	} {
		t.Run(claim, func(t *testing.T) {
			t.Parallel()
			got := c.in(t).refused(`query($p: [ID!], $r: [ID!]) { schedule(range: `+step.days+`, practitionerIds: $p, roomIds: $r) { startsOn } }`, step.vars)
			if text := asJSON(got[0].Extensions.Fields); len(got) != 1 || text != step.want {
				t.Errorf("got %s", asJSON(got))
			}
		})
	}
}

// However many columns and days a calendar has, it takes a statement for each
// kind of row, and none for what nobody asks for.
func TestSchedule_takesAConstantNumberOfStatements(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient := newPatient(t, c.db, "Ana")
	var doctors, places []any
	for i := range 20 {
		doctor, room := newPractitioner(t, c.db, fmt.Sprintf("Doctor%02d", i)), newRoom(t, c.db, fmt.Sprintf("Room %02d", i))
		doctors, places = append(doctors, doctor.ID), append(places, room.ID)
		for _, day := range []db.Weekday{"MONDAY", "THURSDAY"} {
			newHours(t, c.db, doctor, db.Work, day, "09:00", "17:00")
		}
		for _, day := range []string{"2026-03-02", "2026-03-05"} {
			newVisit(t, c.db, patient, doctor, day+" 09:00", day+" 09:30", func(a *db.Appointment) { a.RoomID = &room.ID })
			newHold(t, c.db, doctor, room, day+" 10:00", day+" 10:30", "1 hour")
			newTimeOff(t, c.db, doctor, day+" 15:00", day+" 16:00", "Course")
		}
	}
	// Practitioners, rooms, hours, time off, holds, whose the holds are, and visits with their patients, practitioners and rooms.
	const all, bare = "7", "2"
	for _, step := range []struct{ days, fields, want string }{
		{`{date: "2026-03-02"}`, drawn, all},
		{`{weekOf: "2026-03-02"}`, drawn, all},
		{`{weekOf: "2026-03-02"}`, "columns { practitioner { displayName } room { name } }", bare},
	} {
		for _, n := range []int{1, 20} {
			response, text := c.post(`query($p: [ID!], $r: [ID!]) { schedule(range: `+step.days+`, practitionerIds: $p, roomIds: $r) { `+step.fields+` } }`,
				variables{"p": doctors[:n], "r": places[:n]})
			if got := statements(t, response.Header.Get("Server-Timing")); got != step.want {
				t.Errorf("%d columns of %s took %s statements, not %s: %.300s", 2*n, step.days, got, step.want, text)
			}
			if days := strings.Count(step.days, "weekOf") + 1; step.want == all && strings.Count(text, `"status":"COMPLETED"`) != 2*n*days {
				t.Errorf("%d columns of %s show %d visits", 2*n, step.days, strings.Count(text, `"status":"COMPLETED"`))
			}
		}
	}
}

func TestSchedule_ofTooManyVisits(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Ana"), newPractitioner(t, c.db, "Adams")
	start := inTbilisi(t, "2026-03-02 09:00")
	visits := make([]*db.Appointment, db.MaxScheduleVisits)
	for i := range visits {
		visits[i] = &db.Appointment{PatientID: patient.ID, PractitionerID: &doctor.ID, StartsAt: start, EndsAt: start.Add(time.Hour), Status: db.Completed}
	}
	load(t, c.db, func(l *db.Loader) error { return l.Appointments(visits) })
	const query = `{ schedule(range: {date: "2026-03-02"}) { columns { appointments { status } } } }`
	if n := len(c.ask(query, nil).at("schedule.columns.0.appointments").([]any)); n != db.MaxScheduleVisits {
		t.Errorf("%d visits are shown", n)
	}
	newVisit(t, c.db, patient, doctor, "2026-03-02 12:00", "2026-03-02 12:30")
	got := c.refused(query, nil)
	if wantProblem(t, got, db.TooLong); asJSON(got[0].Extensions.Fields[0].Path) != `["range"]` {
		t.Errorf("got %s", asJSON(got))
	}
}

// What hangs on the visits of a calendar counts as often as there may be visits.
func TestSchedule_isBoundedInSize(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Adams")
	query := `query($n: Int) { schedule(range: {date: "2026-03-02"}, practitionerIds: ["` + doctor.ID.String() + `"]) { columns { appointments { medicalRecords(first: $n) { nodes { id } } } } } }`
	c.ask(query, variables{"n": 18})
	if got := c.refused(query, variables{"n": 20}); got[0].Extensions.Code != "TOO_COMPLEX" {
		t.Errorf("got %s", asJSON(got))
	}
}

// Who broke a glass sees that patient's visits and no others.
func TestSchedule_behindAGlass(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	ana, ben, doctor := newPatient(t, c.db, "Ana"), newPatient(t, c.db, "Ben"), newPractitioner(t, c.db, "Adams")
	newVisit(t, c.db, ana, doctor, "2026-03-02 09:00", "2026-03-02 09:30")
	newVisit(t, c.db, ben, doctor, "2026-03-02 10:00", "2026-03-02 10:30")
	const query = `{ schedule(range: {date: "2026-03-02"}) { columns { workingPeriods { kind } timeOff { id } holds { id } appointments { patient { displayName } } } } }`
	const want = `{"schedule":{"columns":[{"appointments":[{"patient":{"displayName":"Test Ana"}}],"holds":[],"timeOff":[],"workingPeriods":[]}]}}`
	if got := asJSON(c.behindGlass("open", ana).ask(query, nil)); got != want {
		t.Errorf("got %s", got)
	}
	if got := c.behindGlass("closed", ana).refused(query, nil); got[0].Extensions.Code != "FORBIDDEN" {
		t.Errorf("behind a closed glass: %s", asJSON(got))
	}
}
