package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

const setHours = `mutation($id: ID!, $version: Int!, $hours: [WorkingHoursInput!]!) {
	setWorkingHours(input: {practitionerId: $id, expectedVersion: $version, hours: $hours}) { practitioner { version workingHours { kind weekday startTime endTime startsOn endsOn } } } }`

// span is a span of hours: "MONDAY 09:00 17:00", then the kind and the days on which it is valid.
func span(text string) variables {
	parts := strings.Fields(text)
	v := variables{"weekday": parts[0], "startTime": parts[1], "endTime": parts[2]}
	for i, name := range []string{"kind", "startsOn", "endsOn"} {
		if len(parts) > 3+i {
			v[name] = parts[3+i]
		}
	}
	return v
}

func spans(texts ...string) []variables {
	all := []variables{}
	for _, text := range texts {
		all = append(all, span(text))
	}
	return all
}

// plantVisit adds a visit of a status past all rules of booking.
func plantVisit(t testing.TB, c *client, patient *db.Patient, practitioner *db.Practitioner, start time.Time, length time.Duration, status db.AppointmentStatus) uuid.UUID {
	t.Helper()
	id := db.NewID(db.KindAppointment)
	_, err := c.db.SQL.Exec(`
		INSERT INTO appointments (id, patient_id, practitioner_id, starts_at, ends_at, status, cancellation_reason)
		VALUES ($1, $2, $3, $4, $5, $6::text, CASE WHEN $6::text = 'CANCELLED' THEN 'OTHER' END)`, id, patient.ID, practitioner.ID, start, start.Add(length), status)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestSetWorkingHours(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	clinic, err := c.db.Clinic(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	today := func() string { return string(clinic.Today(t.Context())) }
	version := 1
	set := func(c *client, hours []variables) answer {
		c.t.Helper()
		got := c.ask(setHours, variables{"id": doctor.ID, "version": version, "hours": hours})
		version = got.number("setWorkingHours.practitioner.version")
		return got
	}
	for _, role := range []auth.Role{auth.Admin, auth.Receptionist} {
		t.Run("is for "+string(role), func(t *testing.T) {
			before := today()
			got := set(c.in(t).as(role), spans("SUNDAY 22:00 06:00", "MONDAY 14:00 18:00", "MONDAY 09:00 13:00", "MONDAY 10:00 10:15 BREAK 2026-01-01 2026-12-31"))
			const want = `[{"endTime":"13:00","endsOn":null,"kind":"WORK","startTime":"09:00","startsOn":%[1]q,"weekday":"MONDAY"},` +
				`{"endTime":"10:15","endsOn":"2026-12-31","kind":"BREAK","startTime":"10:00","startsOn":"2026-01-01","weekday":"MONDAY"},` +
				`{"endTime":"18:00","endsOn":null,"kind":"WORK","startTime":"14:00","startsOn":%[1]q,"weekday":"MONDAY"},` +
				`{"endTime":"06:00","endsOn":null,"kind":"WORK","startTime":"22:00","startsOn":%[1]q,"weekday":"SUNDAY"}]`
			if list := asJSON(got.at("setWorkingHours.practitioner.workingHours")); list != fmt.Sprintf(want, before) && list != fmt.Sprintf(want, today()) {
				t.Errorf("got  %s\nwant %s", list, fmt.Sprintf(want, today()))
			}
		})
	}
	t.Run("replaces the old ones and makes a version each time", func(t *testing.T) {
		if version != 3 {
			t.Errorf("the version is %d", version)
		}
		set(c.in(t), spans("TUESDAY 09:00 09:00")) // a whole day
		if n := c.count("SELECT count(*) FROM working_hours"); n != 1 {
			t.Errorf("there are %d spans", n)
		}
		if got := set(c.in(t), spans()); asJSON(got) != `{"setWorkingHours":{"practitioner":{"version":5,"workingHours":[]}}}` {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("takes spans that only touch, take turns or are of two kinds", func(t *testing.T) {
		set(c.in(t), spans("MONDAY 09:00 13:00 WORK 2026-01-01 2026-06-30", "MONDAY 12:00 13:00 BREAK 2026-01-01", "MONDAY 10:00 13:00 WORK 2026-07-01",
			"MONDAY 13:00 17:00", "SUNDAY 22:00 09:00 WORK 2026-01-01"))
	})
	for name, test := range map[string]struct {
		hours    []variables
		problems []string
	}{
		"overlapping spans":             {spans("MONDAY 09:00 13:00", "TUESDAY 09:00 13:00", "MONDAY 12:59 15:00"), []string{"input.hours.2 OUT_OF_RANGE"}},
		"overlapping breaks":            {spans("MONDAY 09:00 13:00 BREAK", "MONDAY 09:00 09:01 BREAK"), []string{"input.hours.1 OUT_OF_RANGE"}},
		"a night over the next morning": {spans("SUNDAY 22:00 06:00", "MONDAY 05:59 07:00"), []string{"input.hours.1 OUT_OF_RANGE"}},
		"an end before the start": {spans("MONDAY 09:00 13:00 WORK 2026-07-02 2026-07-01", "TUESDAY 09:00 13:00 WORK 2026-07-02 2026-07-02", "FRIDAY 09:00 13:00 WORK 1800-01-01 1799-01-01"),
			[]string{"input.hours.0.endsOn END_BEFORE_START", "input.hours.2.endsOn END_BEFORE_START", "input.hours.2.startsOn OUT_OF_RANGE"}},
		"51 spans":                     {spans(make51()...), []string{"input.hours TOO_LONG"}},
		"what is no time, day or kind": {spans("MONDAY 24:00 9:30", "MOONDAY 09:00 10:00 REST"), []string{"input.hours.0.startTime BAD_FORMAT", "input.hours.0.endTime BAD_FORMAT", "input.hours.1.weekday BAD_FORMAT", "input.hours.1.kind BAD_FORMAT"}},
		"a day that does not exist":    {spans("MONDAY 09:00 10:00 WORK 2026-02-29"), []string{"input.hours.0.startsOn BAD_FORMAT"}},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			c := c.in(t)
			wantFields(t, c.refused(setHours, variables{"id": doctor.ID, "version": version, "hours": test.hours}), test.problems...)
			if n := c.count("SELECT count(*) FROM working_hours"); n != 5 {
				t.Errorf("there are %d spans", n)
			}
		})
	}
	t.Run("takes 50 spans", func(t *testing.T) { set(c.in(t), spans(make51()[:50]...)) })
	t.Run("refuses a stale version", func(t *testing.T) {
		c := c.in(t)
		got := c.refused(setHours, variables{"id": doctor.ID, "version": version - 1, "hours": spans()})[0].Extensions
		if got.Code != "VERSION_CONFLICT" || got.Current.number("version") != version {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("refuses nobody's hours", func(t *testing.T) {
		got := c.in(t).refused(setHours, variables{"id": db.NewID(db.KindPractitioner), "version": 1, "hours": spans()})
		if got[0].Extensions.Code != "NOT_FOUND" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("is not for doctors", func(t *testing.T) {
		got := c.in(t).as(auth.Doctor).refused(setHours, variables{"id": doctor.ID, "version": version, "hours": spans()})
		if got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("takes effect once for its key", func(t *testing.T) {
		c := c.in(t)
		again := strings.Replace(setHours, "hours: $hours})", `hours: $hours}) @idempotent(key: "monday-only")`, 1)
		vars := variables{"id": doctor.ID, "version": version, "hours": spans("MONDAY 09:00 10:00")}
		if first, second := c.ask(again, vars), c.ask(again, vars); asJSON(first) != asJSON(second) {
			t.Errorf("got %s, first %s", asJSON(second), asJSON(first))
		}
		version++
	})
	t.Run("is for those who left, too", func(t *testing.T) {
		mustDo(t)(c.db.DeactivatePractitioner(acting(t), doctor.ID, int32(version), "retired"))
		version++
		set(c.in(t).as(auth.Receptionist), spans())
	})
	t.Run("keeps the old ones in the audit", func(t *testing.T) {
		if n := c.count("SELECT count(*) FROM audit_log WHERE table_name = 'working_hours' AND action = 'DELETE' AND before ->> 'weekday' = 'TUESDAY' AND before ->> 'start_time' = '09:00:00'"); n != 1 {
			t.Errorf("%d entries tell of the span that was replaced", n)
		}
	})
}

// make51 returns 51 spans that do not overlap.
func make51() (texts []string) {
	for i := range 51 {
		texts = append(texts, fmt.Sprintf("%s %02d:00 %02d:30", db.Weekdays[i%7], i/7, i/7))
	}
	return texts
}

// Whoever books into the calendar at the moment has looked at the old hours.
func TestSetWorkingHours_waitsForBookings(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	waitsForCalendar(t, c, doctor, func() error {
		_, err := c.db.SetWorkingHours(acting(t), doctor.ID, 1, nil)
		return err
	})
}

// waitsForCalendar makes sure that do waits for whoever writes into the calendar of the practitioner.
func waitsForCalendar(t *testing.T, c *client, doctor *db.Practitioner, do func() error) {
	t.Helper()
	booking := c.db.SQL.MustBegin()
	defer func() { _ = booking.Rollback() }()
	booking.MustExec("SELECT lock_calendars(ARRAY[$1]::uuid[])", doctor.ID)
	done := make(chan error, 1)
	go func() { done <- do() }()
	soon(t, "1", func() string {
		return fmt.Sprint(c.count("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"))
	})
	select {
	case err := <-done:
		t.Fatalf("it does not wait (%v)", err)
	default:
	}
	_ = booking.Rollback()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// nextMonday is the start of the first Monday of the clinic's calendar after tomorrow.
func nextMonday(t testing.TB, c *client) time.Time {
	t.Helper()
	clinic, err := c.db.Clinic(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(clinic.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Now().In(zone).AddDate(0, 0, 2)
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, 1)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}

func TestAppointmentsOutsideHours(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor, nurse := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor"), newPractitioner(t, c.db, "Nurse")
	unknown := newPractitioner(t, c.db, "Unknown")
	monday := nextMonday(t, c) // in a zone without daylight saving
	at := func(hour, minute int) time.Time {
		return monday.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	plant := func(who *db.Practitioner, start time.Time, minutes int, status db.AppointmentStatus) {
		plantVisit(t, c, patient, who, start, time.Duration(minutes)*time.Minute, status)
	}
	hours := spans("MONDAY 09:00 12:00", "MONDAY 12:00 17:00", "MONDAY 10:00 10:15 BREAK", "SUNDAY 22:00 02:00")
	mustSet := func(who *db.Practitioner, version int, hours []variables) {
		c.as(auth.Receptionist).ask(setHours, variables{"id": who.ID, "version": version, "hours": hours})
	}
	mustSet(doctor, 1, hours)
	mustSet(nurse, 1, spans("TUESDAY 09:00 17:00"))
	// Within, up to the edges; over the seam of two spans; after midnight.
	plant(doctor, at(9, 0), 60, db.Booked)
	plant(doctor, at(10, 15), 15, db.Booked)
	plant(doctor, at(11, 30), 60, db.Booked)
	plant(doctor, at(16, 30), 30, db.Booked)
	plant(doctor, at(-1, 0), 180, db.Booked)
	// Outside, but not to come or not booked.
	plant(doctor, at(20, 0), 30, db.Requested)
	plant(doctor, at(20, 0), 30, db.Cancelled)
	plant(doctor, at(21, 0).AddDate(0, 0, -21), 30, db.Booked)
	// Outside: too early, over the break, too late, wholly.
	plant(doctor, at(17, 0), 30, db.Booked)
	plant(doctor, at(16, 59).Add(7*24*time.Hour), 2, db.CheckedIn)
	plant(doctor, at(8, 59).Add(7*24*time.Hour), 2, db.InProgress)
	plant(doctor, at(10, 14).Add(14*24*time.Hour), 1, db.Booked)
	plant(nurse, at(9, 0).Add(21*24*time.Hour), 30, db.Booked)
	// Of somebody who is not limited by hours.
	plant(unknown, at(3, 0), 30, db.Booked)
	const query = `{ practitioners { nodes { displayName appointmentsOutsideHours { localStart patient { familyName } } } } }`
	visit := func(at time.Time) string {
		return fmt.Sprintf(`{"localStart":%q,"patient":{"familyName":"Beridze"}}`, at.Format("2006-01-02T15:04"))
	}
	want := fmt.Sprintf(`{"practitioners":{"nodes":[{"appointmentsOutsideHours":[%s],"displayName":"Dr. Test Doctor"},`+
		`{"appointmentsOutsideHours":[%s],"displayName":"Dr. Test Nurse"},{"appointmentsOutsideHours":[],"displayName":"Dr. Test Unknown"}]}}`,
		strings.Join([]string{visit(at(17, 0)), visit(at(8, 59).Add(7 * 24 * time.Hour)), visit(at(16, 59).Add(7 * 24 * time.Hour)), visit(at(10, 14).Add(14 * 24 * time.Hour))}, ","),
		visit(at(9, 0).Add(21*24*time.Hour)))
	t.Run("lists what hours leave out", func(t *testing.T) {
		if got := asJSON(c.in(t).as(auth.Receptionist).ask(query, nil)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
	t.Run("takes as many statements for each as for all", func(t *testing.T) {
		response, _ := c.in(t).post(`{ practitioners { nodes { workingHours { weekday } appointmentsOutsideHours { patient { familyName } } } } }`, nil)
		// The practitioners, their hours for each of the two fields, the times of their visits, those outside, and the patient.
		if got := statements(t, response.Header.Get("Server-Timing")); got != "6" {
			t.Errorf("it took %s statements", got)
		}
	})
	t.Run("lists 50 at most", func(t *testing.T) {
		other := newPatient(t, c.db, "Maisuradze")
		for i := range 51 {
			plantVisit(t, c, other, nurse, at(0, i), time.Minute, db.Booked)
		}
		got := c.in(t).ask(`query($id: ID!) { practitioner(id: $id) { appointmentsOutsideHours { localStart } } }`, variables{"id": nurse.ID})
		if list := got.at("practitioner.appointmentsOutsideHours").([]any); len(list) != 50 || got.text("practitioner.appointmentsOutsideHours.49.localStart") != at(0, 49).Format("2006-01-02T15:04") {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("is not for administrators", func(t *testing.T) {
		if got := c.in(t).as(auth.Admin).refused(query, nil); got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}
