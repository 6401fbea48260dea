package graph_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

const (
	bookSeries = `mutation($input: BookAppointmentSeriesInput!) { bookAppointmentSeries(input: $input) { appointmentSeries {
		id version frequency every weekdays times patient { displayName } practitioner { displayName }
		appointments { nodes { startsAt endsAt localStart status type bufferAfter overriddenRules series { times } } } } } }`
	cancelSeries = `mutation($input: CancelAppointmentSeriesInput!) { cancelAppointmentSeries(input: $input) { appointmentSeries {
		version appointments { nodes { status cancellationReason cancellationNote isLateCancellation } } } } }`
)

// series is a visit of half an hour tomorrow at nine, and on the same weekday of the two weeks after.
func series(patient *db.Patient, practitioner *db.Practitioner, change ...func(in, recurrence variables)) variables {
	recurrence := variables{"frequency": "WEEKLY", "times": 3}
	in := variables{
		"patientId": patient.ID, "practitionerId": practitioner.ID, "startsAt": tomorrow(0).Format(time.RFC3339),
		"length": variables{"duration": "PT30M"}, "recurrence": recurrence,
	}
	for _, c := range change {
		c(in, recurrence)
	}
	return variables{"input": in}
}

// weekOn is the start of a visit so many weeks after that of tomorrow.
func weekOn(weeks int) string { return tomorrow(48 * 7 * weeks).Format(time.RFC3339) }

// newSeries books the visits of tomorrow and of the same weekday in three weeks after.
func newSeries(t testing.TB, d *dbtest.Database, patient *db.Patient, practitioner *db.Practitioner) *db.AppointmentSeries {
	t.Helper()
	half := db.Minutes(30)
	b := &db.SeriesBooking{Length: db.SlotLength{Duration: &half}, Recurrence: db.Recurrence{Frequency: db.Weekly, Every: 1, Times: 4}}
	b.PatientID, b.PractitionerID, b.StartsAt = patient.ID, &practitioner.ID, tomorrow(0)
	s, err := d.BookAppointmentSeries(acting(t), b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBookAppointmentSeries(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	got := c.as(auth.Receptionist).ask(bookSeries, series(patient, doctor, func(in, _ variables) { in["length"] = variables{"appointmentTypeId": checkUp(t, c.db)} }))
	var visits []string
	for i := range 3 {
		visits = append(visits, fmt.Sprintf(`{"bufferAfter":"PT5M","endsAt":%q,"localStart":%q,"overriddenRules":[],"series":{"times":3},"startsAt":%q,"status":"BOOKED","type":"Check-up"}`,
			tomorrow(48*7*i).Add(20*time.Minute).Format(time.RFC3339), strings.TrimSuffix(weekOn(i), ":00Z"), weekOn(i)))
	}
	want := fmt.Sprintf(`{"bookAppointmentSeries":{"appointmentSeries":{"appointments":{"nodes":[%s]},"every":1,"frequency":"WEEKLY","id":%q,"patient":{"displayName":"Test Beridze"},`+
		`"practitioner":{"displayName":"Dr. Test Doctor"},"times":3,"version":1,"weekdays":[%q]}}}`,
		strings.Join(visits, ","), got.text("bookAppointmentSeries.appointmentSeries.id"), db.WeekdayOf(tomorrow(0).Weekday()))
	if asJSON(got) != want {
		t.Errorf("got  %s\nwant %s", asJSON(got), want)
	}
}

// Pitfall 5: the clocks of New York are changed within a year, and the visits stay at their time.
func TestBookAppointmentSeries_keepsTheWallClock(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inZone(t, c.db, "America/New_York")
	patient, doctor, desk := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor"), c.as(auth.Receptionist)
	got := desk.ask(bookSeries, series(patient, doctor, func(in, recurrence variables) {
		recurrence["every"], recurrence["times"], in["type"] = 4, 13, "Physiotherapy"
	}))
	instants := map[string]bool{}
	for _, visit := range got.at("bookAppointmentSeries.appointmentSeries.appointments.nodes").([]any) {
		v := visit.(map[string]any)
		instants[v["startsAt"].(string)[11:]] = true
		if first := got.text("bookAppointmentSeries.appointmentSeries.appointments.nodes.0.localStart"); v["localStart"].(string)[11:] != first[11:] || v["type"] != "Physiotherapy" {
			t.Errorf("a visit is %s", asJSON(v))
		}
	}
	if len(instants) != 2 {
		t.Errorf("by UTC the visits of a year are at %v", instants)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	change := time.Date(time.Now().Year()+1, time.March, 8, 0, 0, 0, 0, newYork) // the clocks are set forward
	for change.Weekday() != time.Sunday {
		change = change.AddDate(0, 0, 1)
	}
	t.Run("refuses visits of a day before a day of 23 hours", func(t *testing.T) {
		patient, doctor := newPatient(t, c.db, "Free"), newPractitioner(t, c.db, "Other") // whose visits are nowhere near
		errors := desk.in(t).refused(bookSeries, series(patient, doctor, func(in, recurrence variables) {
			in["startsAt"], in["length"] = change.AddDate(0, 0, -2).Add(12*time.Hour).Format(time.RFC3339), variables{"duration": "P1D"}
			recurrence["frequency"], recurrence["times"] = "DAILY", 4
		}))
		if errors[0].Extensions.Code != "SLOT_TAKEN" || errors[0].Extensions.Kind != "PATIENT" {
			t.Errorf("got %s", asJSON(errors))
		}
	})
	t.Run("refuses a time that the clocks skip, by its day", func(t *testing.T) {
		errors := desk.in(t).refused(bookSeries, series(patient, doctor, func(in, _ variables) {
			in["startsAt"] = change.AddDate(0, 0, -7).Add(150 * time.Minute).Format(time.RFC3339)
		}))
		wantProblem(t, errors, db.SkippedTime)
		if day := change.Format(time.DateOnly); wrongIn(errors) != "input.startsAt SKIPPED_TIME" || !strings.Contains(errors[0].Message, day) {
			t.Errorf("%s is not named in %s", day, asJSON(errors))
		}
	})
}

func TestBookAppointmentSeries_booksAllOrNone(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	desk := c.as(auth.Receptionist)
	newAppointment(t, c.db, newPatient(t, c.db, "Other"), doctor, 48*7)
	newAppointment(t, c.db, patient, newPractitioner(t, c.db, "Colleague"), 48*7*3)
	nothingWritten := func(t *testing.T) {
		t.Helper()
		if n := c.count("SELECT (SELECT count(*) FROM appointment_series) * 100 + (SELECT count(*) FROM appointments)"); n != 2 {
			t.Errorf("something was written: %d", n)
		}
	}
	t.Run("and tells of each time that is not free", func(t *testing.T) {
		_, text := desk.in(t).post(bookSeries, series(patient, doctor, func(_, recurrence variables) { recurrence["times"] = 5 }))
		var got struct {
			Errors []struct{ Extensions map[string]any }
		}
		if err := json.Unmarshal([]byte(text), &got); err != nil || len(got.Errors) != 1 {
			t.Fatalf("got %s (%v)", text, err)
		}
		want := fmt.Sprintf(`{"code":"SLOT_TAKEN","kind":"PRACTITIONER","nextFree":[],"taken":[{"kind":"PRACTITIONER","startsAt":%q},{"kind":"PATIENT","startsAt":%q}]}`, weekOn(1), weekOn(3))
		if asJSON(got.Errors[0].Extensions) != want {
			t.Errorf("got  %s\nwant %s", asJSON(got.Errors[0].Extensions), want)
		}
		nothingWritten(t)
	})
	archived, left := newPatient(t, c.db, "Archived"), newPractitioner(t, c.db, "Left")
	mustDo(t)(c.db.ArchivePatient(acting(t), archived.ID, 1, "moved abroad"))
	mustDo(t)(c.db.DeactivatePractitioner(acting(t), left.ID, 1, "retired"))
	for name, test := range map[string]struct {
		input variables
		want  string
	}{
		"of a patient who is archived": {series(archived, doctor), "input.patientId ARCHIVED"},
		"with a practitioner who has left, once": {series(patient, left, func(_, recurrence variables) { recurrence["times"] = 1 }),
			"input.practitionerId INACTIVE; input.recurrence.times OUT_OF_RANGE"},
		"of 53":        {series(patient, doctor, func(_, recurrence variables) { recurrence["times"] = 53 }), "input.recurrence.times OUT_OF_RANGE"},
		"in the past":  {series(patient, doctor, func(in, _ variables) { in["startsAt"] = tomorrow(-96).Format(time.RFC3339) }), "input.startsAt IN_THE_PAST"},
		"in ten years": {series(patient, doctor, func(in, _ variables) { in["startsAt"] = tomorrow(48 * 3650).Format(time.RFC3339) }), "input.startsAt IN_THE_FUTURE"},
		"into the sixth year": {series(patient, doctor, func(_, recurrence variables) {
			recurrence["frequency"], recurrence["every"], recurrence["times"] = "MONTHLY", 12, 7
		}), "input.recurrence.times OUT_OF_RANGE"},
		"of 25 hours":                {series(patient, doctor, func(in, _ variables) { in["length"] = variables{"duration": "PT25H"} }), "input.length.duration OUT_OF_RANGE"},
		"on weekdays without it":     {series(patient, doctor, func(_, recurrence variables) { recurrence["weekdays"] = []any{db.WeekdayOf(tomorrow(48).Weekday())} }), "input.recurrence.weekdays OUT_OF_RANGE"},
		"in a room that there isn't": {series(patient, doctor, func(in, _ variables) { in["roomId"] = db.NewID(db.KindRoom) }), "input.roomId UNKNOWN_REFERENCE"},
	} {
		t.Run("and none "+name, func(t *testing.T) {
			if got := wrongIn(desk.in(t).refused(bookSeries, test.input)); got != test.want {
				t.Errorf("got %s, not %s", got, test.want)
			}
			nothingWritten(t)
		})
	}
}

func TestBookAppointmentSeries_keepsToTheCalendar(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	for _, n := range []int{48 * 7, 48 * 7 * 2} {
		if _, err := c.db.SQL.Exec("INSERT INTO time_off (id, starts_at, ends_at) VALUES ($1, $2, $3)", db.NewID(db.KindTimeOff), tomorrow(n-4), tomorrow(n+4)); err != nil {
			t.Fatal(err)
		}
	}
	errors := c.as(auth.Receptionist).refused(bookSeries, series(patient, doctor))
	if got := wrongIn(errors); got != "input.startsAt TIME_OFF; input.startsAt TIME_OFF" {
		t.Errorf("got %s", got)
	}
	for i, p := range errors[0].Extensions.Fields {
		if !strings.HasSuffix(p.Message, " on "+weekOn(i + 1)[:10]) {
			t.Errorf("%q does not name the day", p.Message)
		}
	}
	if n := c.count("SELECT count(*) FROM appointments"); n != 0 {
		t.Errorf("%d visits were booked", n)
	}
	got := c.as(auth.Doctor).ask(bookSeries, series(patient, doctor, func(in, _ variables) {
		in["override"] = variables{"rules": []any{"TIME_OFF"}, "reason": "the doctor comes in for it"}
	}))
	var rules []string
	for i := range 3 {
		rules = append(rules, asJSON(got.at(fmt.Sprintf("bookAppointmentSeries.appointmentSeries.appointments.nodes.%d.overriddenRules", i))))
	}
	if strings.Join(rules, " ") != `[] ["TIME_OFF"] ["TIME_OFF"]` {
		t.Errorf("rules are broken by %s", rules)
	}
}

// Series of the same times have one winner, and the others are told of all times.
func TestBookAppointmentSeries_hasOneWinnerAmong8(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	doctor := newPractitioner(t, c.db, "Doctor")
	outcomes, patients := make([]string, 8), make([]*db.Patient, 8)
	for i := range patients {
		patients[i] = newPatient(t, c.db, fmt.Sprint("Name", i))
	}
	var race sync.WaitGroup
	start := make(chan struct{})
	for i := range outcomes {
		race.Go(func() {
			<-start
			_, outcomes[i] = c.post(bookSeries, series(patients[i], doctor))
		})
	}
	close(start)
	race.Wait()
	winners := 0
	for _, text := range outcomes {
		switch {
		case !strings.Contains(text, `"errors"`):
			winners++
		case !strings.Contains(text, `"SLOT_TAKEN"`) || strings.Count(text, `{"startsAt"`) != 3:
			t.Errorf("a loser was told %s", text)
		}
	}
	if n := c.count("SELECT count(*) FROM appointments"); winners != 1 || n != 3 {
		t.Errorf("%d won, %d visits", winners, n)
	}
}

func TestCancelAppointmentSeries(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	s := newSeries(t, c.db, patient, doctor)
	single := newAppointment(t, c.db, patient, doctor, 5)
	// The first visit has begun, and the second was called off on its own.
	if _, err := c.db.SQL.Exec("UPDATE appointments SET starts_at = now() - interval '1 hour', ends_at = now() WHERE series_id = $1 AND starts_at = $2", s.ID, tomorrow(0)); err != nil {
		t.Fatal(err)
	}
	visits, err := s.Appointments(acting(t), nil, nil, nil, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := visits.Nodes(acting(t))
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t)(c.db.CancelAppointment(acting(t), rows[1].ID, 1, "PATIENT", nil))
	desk := c.as(auth.Receptionist)
	input := func(version int, reason string, note any) variables {
		return variables{"input": variables{"appointmentSeriesId": s.ID, "expectedVersion": version, "reason": reason, "note": note}}
	}
	for name, test := range map[string]struct {
		input variables
		want  string
	}{
		"another version":        {input(2, "CLINIC", nil), "[cancelAppointmentSeries]VERSION_CONFLICT"},
		"a move":                 {input(1, "RESCHEDULED", nil), "input.reason NOT_ALLOWED_NOW"},
		"another without a note": {input(1, "OTHER", nil), "input.note REQUIRED"},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			if got := wrongIn(desk.in(t).refused(cancelSeries, test.input)); got != test.want {
				t.Errorf("got %s, not %s", got, test.want)
			}
		})
	}
	const want = `{"cancelAppointmentSeries":{"appointmentSeries":{"appointments":{"nodes":[` +
		`{"cancellationNote":null,"cancellationReason":null,"isLateCancellation":null,"status":"BOOKED"},` +
		`{"cancellationNote":null,"cancellationReason":"PATIENT","isLateCancellation":false,"status":"CANCELLED"},` +
		`{"cancellationNote":"the room is rebuilt","cancellationReason":"OTHER","isLateCancellation":false,"status":"CANCELLED"},` +
		`{"cancellationNote":"the room is rebuilt","cancellationReason":"OTHER","isLateCancellation":false,"status":"CANCELLED"}]},"version":2}}}`
	if got := desk.ask(cancelSeries, input(1, "OTHER", "the room is rebuilt")); asJSON(got) != want {
		t.Errorf("got  %s\nwant %s", asJSON(got), want)
	}
	if a, err := c.db.Appointment(acting(t), single.ID); err != nil || a.Status != db.Booked {
		t.Errorf("a visit that is of no series is %v (%v)", a, err)
	}
	newAppointment(t, c.db, newPatient(t, c.db, "Other"), doctor, 48*7*2) // the time is free again
	if got := desk.refused(cancelSeries, input(2, "CLINIC", nil)); got[0].Extensions.Code != "CONFLICT" {
		t.Errorf("where nothing is to come: %s", asJSON(got))
	}
}

// A visit that was moved is still one of its series.
func TestCancelAppointmentSeries_alsoOfVisitsThatWereMoved(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	s, desk := newSeries(t, c.db, patient, doctor), c.as(auth.Receptionist)
	const first = `query($id: ID!) { node(id: $id) { ... on AppointmentSeries { appointments(first: 1) { nodes { id } } } } }`
	desk.ask(`mutation($input: RescheduleAppointmentInput!) { rescheduleAppointment(input: $input) { appointment { id } } }`, variables{"input": variables{
		"appointmentId": desk.ask(first, variables{"id": s.ID}).text("node.appointments.nodes.0.id"), "expectedVersion": 1, "startsAt": tomorrow(4).Format(time.RFC3339),
	}})
	got := desk.ask(cancelSeries, variables{"input": variables{"appointmentSeriesId": s.ID, "expectedVersion": 1, "reason": "CLINIC"}})
	var reasons []string
	for _, visit := range got.at("cancelAppointmentSeries.appointmentSeries.appointments.nodes").([]any) {
		reasons = append(reasons, visit.(map[string]any)["cancellationReason"].(string))
	}
	if strings.Join(reasons, " ") != "RESCHEDULED CLINIC CLINIC CLINIC CLINIC" {
		t.Errorf("called off by %s", reasons)
	}
}
