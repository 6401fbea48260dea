package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

const createTimeOff = `mutation($input: CreateTimeOffInput!) { createTimeOff(input: $input) {
	timeOff { id practitioner { displayName } startsAt endsAt reason cancelledAt version } timeOffEdge { cursor } } }`

func TestTimeOff(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	monday := nextMonday(t, c)
	at := monday.Add(9 * time.Hour).UTC()
	stamp := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	create := func(c *client, input variables) answer {
		c.t.Helper()
		return c.ask(createTimeOff, variables{"input": input})
	}
	var away, holiday answer
	t.Run("closes the time of a practitioner", func(t *testing.T) {
		away = create(c.in(t).as(auth.Receptionist), variables{"practitionerId": doctor.ID, "startsAt": at, "endsAt": at.Add(time.Hour), "reason": "Training"})
		away = away.at("createTimeOff.timeOff").(map[string]any)
		want := fmt.Sprintf(`{"cancelledAt":null,"endsAt":%q,"practitioner":{"displayName":"Dr. Test Doctor"},"reason":"Training","startsAt":%q,"version":1}`, stamp(at.Add(time.Hour)), stamp(at))
		if got := except(away, "id"); got != want {
			t.Errorf("got %s", got)
		}
	})
	t.Run("closes the clinic for whole days of its calendar", func(t *testing.T) {
		holiday = create(c.in(t).as(auth.Admin), variables{"days": variables{"from": monday.Format(time.DateOnly), "until": monday.AddDate(0, 0, 2).Format(time.DateOnly)}})
		holiday = holiday.at("createTimeOff.timeOff").(map[string]any)
		want := fmt.Sprintf(`{"cancelledAt":null,"endsAt":%q,"practitioner":null,"reason":null,"startsAt":%q,"version":1}`, stamp(monday.AddDate(0, 0, 2)), stamp(monday))
		if got := except(holiday, "id"); got != want {
			t.Errorf("got %s", got)
		}
	})
	t.Run("has days of 23 and 25 hours where the clocks are changed", func(t *testing.T) {
		c := newClient(t)
		c.ask(`mutation { updateClinic(input: {expectedVersion: 1, timeZone: "America/New_York"}) { clinic { name } } }`, nil)
		for days, want := range map[[2]string]string{
			{"2037-03-08", "2037-03-09"}: `["2037-03-08T05:00:00Z","2037-03-09T04:00:00Z"]`,
			{"2037-11-01", "2037-11-02"}: `["2037-11-01T04:00:00Z","2037-11-02T05:00:00Z"]`,
		} {
			got := create(c, variables{"days": variables{"from": days[0], "until": days[1]}})
			if span := asJSON([]string{got.text("createTimeOff.timeOff.startsAt"), got.text("createTimeOff.timeOff.endsAt")}); span != want {
				t.Errorf("%s is %s", days[0], span)
			}
		}
	})
	t.Run("is listed by start, of all and of each", func(t *testing.T) {
		got := c.in(t).as(auth.Doctor).ask(`query($id: ID!) { timeOff { totalCount nodes { id } } practitioner(id: $id) { timeOff { nodes { id } } }
			holidays: timeOff(where: {practitionerId: {isNull: true}}) { nodes { id } } }`, variables{"id": doctor.ID})
		want := fmt.Sprintf(`{"holidays":{"nodes":[{"id":%[2]q}]},"practitioner":{"timeOff":{"nodes":[{"id":%[1]q}]}},"timeOff":{"nodes":[{"id":%[2]q},{"id":%[1]q}],"totalCount":2}}`,
			away.text("id"), holiday.text("id"))
		if asJSON(got) != want {
			t.Errorf("got  %s\nwant %s", asJSON(got), want)
		}
	})
	t.Run("is taken back once, and kept", func(t *testing.T) {
		c := c.in(t).as(auth.Receptionist)
		const cancel = `mutation($id: ID!, $v: Int!) { cancelTimeOff(input: {timeOffId: $id, expectedVersion: $v}) { timeOff { version cancelledAt } } }`
		vars := variables{"id": away.text("id"), "v": 1}
		if got := c.ask(cancel, vars); got.number("cancelTimeOff.timeOff.version") != 2 || got.text("cancelTimeOff.timeOff.cancelledAt") == "" {
			t.Errorf("got %s", asJSON(got))
		}
		if got := c.refused(cancel, vars); got[0].Extensions.Code != "VERSION_CONFLICT" {
			t.Errorf("got %s", asJSON(got))
		}
		vars["v"] = 2
		if got := c.refused(cancel, vars); got[0].Extensions.Code != "CONFLICT" {
			t.Errorf("got %s", asJSON(got))
		}
		got := c.ask(`query($id: ID!) { timeOff { totalCount } node(id: $id) { ... on TimeOff { reason } } }`, variables{"id": away.text("id")})
		if asJSON(got) != `{"node":{"reason":"Training"},"timeOff":{"totalCount":1}}` {
			t.Errorf("got %s", asJSON(got))
		}
	})
	past := time.Now().UTC().Truncate(time.Minute)
	day := func(n int) string { return monday.AddDate(0, 0, n).Format(time.DateOnly) }
	for name, test := range map[string]struct {
		input    variables
		problems []string
	}{
		"no time at all":          {variables{}, []string{"input.startsAt REQUIRED", "input.endsAt REQUIRED"}},
		"no end":                  {variables{"startsAt": at}, []string{"input.endsAt REQUIRED"}},
		"no start":                {variables{"startsAt": nil, "endsAt": at}, []string{"input.startsAt REQUIRED"}},
		"both forms":              {variables{"startsAt": at, "endsAt": at.Add(time.Hour), "days": variables{"from": day(0), "until": day(1)}}, []string{"input.days OUT_OF_RANGE"}},
		"days and a start":        {variables{"startsAt": at, "days": variables{"from": day(0), "until": day(1)}}, []string{"input.days OUT_OF_RANGE"}},
		"an end at the start":     {variables{"startsAt": at, "endsAt": at}, []string{"input.endsAt END_BEFORE_START"}},
		"an end before the start": {variables{"startsAt": at, "endsAt": at.Add(-time.Minute)}, []string{"input.endsAt END_BEFORE_START"}},
		"days that end at once":   {variables{"days": variables{"from": day(0), "until": day(0)}}, []string{"input.days.until END_BEFORE_START"}},
		"more than 366 days":      {variables{"startsAt": at, "endsAt": at.AddDate(0, 0, 366).Add(time.Minute)}, []string{"input.endsAt TOO_LONG"}},
		"367 days":                {variables{"days": variables{"from": day(0), "until": day(367)}}, []string{"input.days.until TOO_LONG"}},
		"what is over":            {variables{"startsAt": past.Add(-time.Hour), "endsAt": past}, []string{"input.endsAt IN_THE_PAST"}},
		"days that are over":      {variables{"days": variables{"from": "2020-01-01", "until": "2020-01-02"}}, []string{"input.days.until IN_THE_PAST"}},
		"an end before a start of old": {variables{"startsAt": past.Add(-time.Hour), "endsAt": past.Add(-2 * time.Hour)},
			[]string{"input.endsAt END_BEFORE_START", "input.endsAt IN_THE_PAST"}},
		"seconds":              {variables{"startsAt": at.Add(time.Second), "endsAt": at.Add(time.Hour)}, []string{"input.startsAt OUT_OF_RANGE"}},
		"nobody":               {variables{"practitionerId": db.NewID(db.KindPractitioner), "startsAt": at, "endsAt": at.Add(time.Hour)}, []string{"input.practitionerId UNKNOWN_REFERENCE"}},
		"a patient":            {variables{"practitionerId": db.NewID(db.KindPatient), "startsAt": at, "endsAt": at.Add(time.Hour)}, []string{"input.practitionerId UNKNOWN_REFERENCE"}},
		"a long story":         {variables{"startsAt": at, "endsAt": at.Add(time.Hour), "reason": strings.Repeat("a", 201)}, []string{"input.reason TOO_LONG"}},
		"an end that is unset": {variables{"startsAt": at, "endsAt": "tomorrow"}, []string{"input.endsAt BAD_FORMAT"}},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			wantFields(t, c.in(t).refused(createTimeOff, variables{"input": test.input}), test.problems...)
		})
	}
	t.Run("takes 366 days, and what has begun", func(t *testing.T) {
		create(c.in(t), variables{"days": variables{"from": day(0), "until": day(366)}})
		create(c.in(t), variables{"startsAt": past.Add(-time.Hour), "endsAt": past.Add(24 * time.Hour)})
	})
	t.Run("is not for doctors", func(t *testing.T) {
		got := c.in(t).as(auth.Doctor).refused(createTimeOff, variables{"input": variables{"startsAt": at, "endsAt": at.Add(time.Hour)}})
		if got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

// except writes an answer without one of its fields.
func except(a answer, name string) string {
	rest := answer{}
	for field, v := range a {
		if field != name {
			rest[field] = v
		}
	}
	return asJSON(rest)
}

// Whoever books into the calendar at the moment has not seen the absence.
func TestCreateTimeOff_waitsForBookings(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	absence := &db.Absence{TimeOff: db.TimeOff{PractitionerID: &doctor.ID, StartsAt: tomorrow(0), EndsAt: tomorrow(1)}}
	waitsForCalendar(t, c, doctor, func() error {
		_, err := c.db.CreateTimeOff(acting(t), absence)
		return err
	})
}

func TestAppointmentsWithin(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor, nurse := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor"), newPractitioner(t, c.db, "Nurse")
	at := func(n int) time.Time { return tomorrow(n).Add(24 * time.Hour) }
	plant := func(who *db.Practitioner, n int, status db.AppointmentStatus) {
		plantVisit(t, c, patient, who, at(n), 30*time.Minute, status)
	}
	plant(doctor, 0, db.Booked) // ends as the absence starts
	plant(doctor, 1, db.CheckedIn)
	plant(nurse, 2, db.InProgress)
	plant(doctor, 2, db.Cancelled)
	plant(doctor, 3, db.Booked)
	plant(doctor, 4, db.Booked) // starts as the absence ends
	plantVisit(t, c, patient, doctor, time.Now().Add(-2*time.Hour), time.Hour, db.Booked)
	for _, of := range []*db.Practitioner{doctor, nurse, nil} {
		absence := &db.Absence{TimeOff: db.TimeOff{StartsAt: at(1), EndsAt: at(4)}}
		if of != nil {
			absence.PractitionerID = &of.ID
		} else {
			absence.StartsAt = at(1).Add(-96 * time.Hour) // has begun
		}
		mustDo(t)(c.db.CreateTimeOff(acting(t), absence))
	}
	const query = `{ timeOff { nodes { practitioner { familyName } appointmentsWithin { startsAt practitioner { familyName } } } } }`
	visit := func(n int, who string) string {
		return fmt.Sprintf(`{"practitioner":{"familyName":%q},"startsAt":%q}`, who, at(n).Format(time.RFC3339))
	}
	want := fmt.Sprintf(`{"timeOff":{"nodes":[{"appointmentsWithin":[%[1]s,%[2]s,%[3]s,%[4]s],"practitioner":null},`+
		`{"appointmentsWithin":[%[2]s,%[4]s],"practitioner":{"familyName":"Doctor"}},{"appointmentsWithin":[%[3]s],"practitioner":{"familyName":"Nurse"}}]}}`,
		visit(0, "Doctor"), visit(1, "Doctor"), visit(2, "Nurse"), visit(3, "Doctor"))
	t.Run("lists what the time touches", func(t *testing.T) {
		if got := asJSON(c.in(t).as(auth.Receptionist).ask(query, nil)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
	t.Run("takes one statement for all", func(t *testing.T) {
		response, _ := c.in(t).post(`{ timeOff { nodes { appointmentsWithin { startsAt } } } }`, nil)
		if got := statements(t, response.Header.Get("Server-Timing")); got != "2" {
			t.Errorf("it took %s statements", got)
		}
	})
	t.Run("lists 50 at most", func(t *testing.T) {
		for i := range 51 {
			plantVisit(t, c, patient, nurse, at(20).Add(time.Duration(i)*time.Minute), time.Minute, db.Booked)
		}
		mustDo(t)(c.db.CreateTimeOff(acting(t), &db.Absence{TimeOff: db.TimeOff{PractitionerID: &nurse.ID, StartsAt: at(20), EndsAt: at(40)}}))
		got := c.in(t).ask(`query($from: DateTime!) { timeOff(where: {startsAt: {gte: $from}}) { nodes { appointmentsWithin { startsAt } } } }`, variables{"from": at(20)})
		if n := len(got.at("timeOff.nodes.0.appointmentsWithin").([]any)); n != 50 {
			t.Errorf("%d are listed", n)
		}
	})
	t.Run("is not for administrators", func(t *testing.T) {
		if got := c.in(t).as(auth.Admin).refused(query, nil); got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}
