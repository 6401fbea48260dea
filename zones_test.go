package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
	"github.com/clinicql/clinicql/db/dbtest"
)

// The wall clocks of the server process and of the database are nobody's business:
// whatever they show, the clinic's calendar answers the same, byte for byte.
func TestCalendar_sameInAllZones(t *testing.T) {
	t.Parallel()
	want := calendarIn(t, "UTC", "UTC")
	told := strings.Join(want, "\n")
	for _, word := range []string{"SKIPPED_TIME", "AMBIGUOUS_TIME", "SLOT_TAKEN", "OUTSIDE_HOURS"} {
		if strings.Count(told, `"errors"`) != 4 || !strings.Contains(told, word) {
			t.Fatalf("in UTC the answers are %s", told)
		}
	}
	zones := []string{"Asia/Tbilisi", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"}
	for n, local := range zones {
		for _, database := range []string{local, zones[(n+1)%len(zones)]} {
			t.Run(local+" and "+database, func(t *testing.T) {
				t.Parallel()
				for n, got := range calendarIn(t, local, database) {
					if got != want[n] {
						t.Errorf("answers\n%s\nand not as in UTC\n%s", got, want[n])
					}
				}
			})
		}
	}
}

// calendarIn returns the answers of a clinic in New York, next year when the
// clocks change, with the ids by which two of them differ told in their order.
func calendarIn(t *testing.T, local, database string) []string {
	t.Helper()
	c := arrangeClinic(t, dbtest.New(t), 1, 2)
	c.SQL.MustExec(`UPDATE clinics SET time_zone = 'America/New_York'`)
	c.SQL.MustExec(fmt.Sprintf(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %%I SET timezone = %%L', current_database(), '%s'); END $$`, database))
	address, err := url.Parse(c.URL)
	if err != nil {
		t.Fatal(err)
	}
	parameters := address.Query()
	parameters.Set("TimeZone", database) // or the server would ask for UTC
	address.RawQuery = parameters.Encode()
	c.servers = []*process{startOn(t, address.String(), "TZ="+local)}
	c.signIn(t)
	var answers []string
	seen := map[string]string{}
	for _, document := range c.documents() {
		for id, told := range seen {
			document = strings.ReplaceAll(document, "$("+told+")", quote(id))
		}
		response, err := c.receptionist.post(document, nil)
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if _, err := text.ReadFrom(response.Body); err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if document = strings.TrimSpace(document); strings.Contains(text.String(), "INTERNAL") {
			t.Fatalf("%s answers %s", document, &text)
		}
		answers = append(answers, uuids.ReplaceAllStringFunc(text.String(), func(id string) string {
			if seen[id] == "" {
				seen[id] = fmt.Sprint("id ", len(seen)+1)
			}
			return seen[id]
		}))
	}
	return answers
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// nextYear is told once, as all zones have to be asked about the same.
var nextYear = time.Now().Year() + 1

// sunday returns the nth Sunday of a month of next year.
func sunday(month time.Month, n int) string {
	day := time.Date(nextYear, month, 1, 0, 0, 0, 0, time.UTC)
	return day.AddDate(0, 0, (7-int(day.Weekday()))%7+7*(n-1)).Format(time.DateOnly)
}

// documents are what a receptionist asks, around both changes of the clocks.
func (c *clinic) documents() []string {
	spring, autumn := sunday(time.March, 2), sunday(time.November, 1)
	fill := strings.NewReplacer("$SPRING", spring, "$AUTUMN", autumn, "$BEFORE", string(calendar.Date(autumn).Add(-7)), "$YEAR", fmt.Sprint(nextYear), "$DOCTOR", quote(c.practitioners[0]), "$A", quote(c.patients[0]), "$B", quote(c.patients[1]))
	const slots = `{ nodes { startsAt endsAt localStart } }`
	const visit = `{ appointment { id version status startsAt endsAt localStart length nextSteps isLateCancellation rescheduledFrom { startsAt localStart status } } }`
	all := []string{
		`mutation { setWorkingHours(input: {practitionerId: $DOCTOR, expectedVersion: 1, hours: [
			{weekday: SUNDAY, startTime: "00:30", endTime: "05:00", startsOn: "$YEAR-01-01"},
			{weekday: SUNDAY, kind: BREAK, startTime: "03:30", endTime: "03:45", startsOn: "$YEAR-01-01"},
			{weekday: MONDAY, startTime: "22:00", endTime: "02:00", startsOn: "$YEAR-03-01", endsOn: "$YEAR-11-08"}, {weekday: FRIDAY, startTime: "09:00", endTime: "17:00", startsOn: "$YEAR-06-01"}]})
			{ practitioner { version workingHours { kind weekday startTime endTime startsOn endsOn } } } }`,
		`{ practitioner(id: $DOCTOR) { workingHours { kind weekday startTime endTime startsOn endsOn } availableSlots(from: "$SPRINGT00:00:00-05:00", until: "$SPRINGT23:00:00-04:00", length: {duration: "PT30M"}, every: "PT30M", first: 100) ` + slots + ` } }`,
		`{ availableSlots(practitionerIds: [$DOCTOR], from: "$AUTUMNT00:00:00-04:00", until: "$AUTUMNT23:59:00-05:00", length: {duration: "PT30M"}, every: "PT30M", first: 100) ` + slots + ` }`,
		`{ availableSlots(practitionerIds: [$DOCTOR], from: "$YEAR-02-25T00:00:00+04:00", until: "$YEAR-05-20T00:00:00+05:30", length: {duration: "PT1H"}, every: "PT1H", first: 100) ` + slots + ` }`,
		`mutation { bookAppointment(input: {patientId: $A, practitionerId: $DOCTOR, localStart: "$SPRINGT02:30", length: "PT30M"}) ` + visit + ` }`,
		`mutation { bookAppointment(input: {patientId: $A, practitionerId: $DOCTOR, localStart: "$AUTUMNT01:30", length: "PT30M"}) ` + visit + ` }`,
		`mutation { bookAppointment(input: {patientId: $A, practitionerId: $DOCTOR, startsAt: "$AUTUMNT01:30:00-05:00", length: "PT30M"}) ` + visit + ` }`,
		`mutation { bookAppointment(input: {patientId: $A, practitionerId: $DOCTOR, localStart: "$SPRINGT04:00", length: "PT45M"}) ` + visit + ` }`,
		`mutation { bookAppointment(input: {patientId: $B, practitionerId: $DOCTOR, localStart: "$SPRINGT04:30", length: "PT30M"}) ` + visit + ` }`,
		`mutation { bookAppointment(input: {patientId: $B, practitionerId: $DOCTOR, localStart: "$SPRINGT06:00", length: "PT30M"}) ` + visit + ` }`,
		`mutation { bookAppointment(input: {patientId: $B, practitionerId: $DOCTOR, startsAt: "$SPRINGT00:45:00-05:00", endsAt: "$SPRINGT10:45:00+04:00"}) ` + visit + ` }`,
		`{ schedule(range: {date: "$SPRING"}, practitionerIds: [$DOCTOR]) { startsOn endsOn startsAt endsAt timeZone columns { workingPeriods { kind startsAt endsAt } appointments { startsAt endsAt localStart } } } }`,
		`{ schedule(range: {weekOf: "$AUTUMN"}, practitionerIds: [$DOCTOR]) { startsOn endsOn startsAt endsAt timeZone columns { workingPeriods { kind startsAt endsAt } appointments { startsAt endsAt localStart } } } }`,
		`mutation { createTimeOff(input: {practitionerId: $DOCTOR, days: {from: "$SPRING", until: "$YEAR-03-20"}}) { timeOff { startsAt endsAt appointmentsWithin { localStart } } } }`,
		`mutation { bookAppointmentSeries(input: {patientId: $A, practitionerId: $DOCTOR, startsAt: "$BEFORET01:15:00-04:00", length: {duration: "PT15M"}, recurrence: {frequency: WEEKLY, times: 3}})
			{ appointmentSeries { appointments(first: 5) { nodes { id startsAt localStart } } } } }`,
		`mutation { rescheduleAppointment(input: {appointmentId: $(id 1), expectedVersion: 1, localStart: "$AUTUMNT04:30"}) ` + visit + ` }`,
		`mutation { cancelAppointment(input: {appointmentId: $(id 2), expectedVersion: 1, reason: PATIENT}) ` + visit + ` }`,
		`mutation { addToWaitList(input: {patientId: $B, practitionerId: $DOCTOR, length: {duration: "PT15M"}, startsOn: "$YEAR-03-01", endsOn: "$SPRING", earliestTime: "03:00", latestTime: "05:00"})
			{ waitListEntry { startsOn endsOn earliestTime latestTime status } } }`,
		`{ appointment(id: $(id 2)) { waitListMatches { startsOn earliestTime } } }`,
		`{ appointments(first: 10, where: {startsAt: {gte: "$SPRINGT00:00:00-05:00"}}, orderBy: [{field: STARTS_AT}]) { nodes { id startsAt localStart status } } }`,
		`mutation { createPatient(input: {familyName: "Third", sex: UNKNOWN, birthDate: "1980-03-09", birthDatePrecision: DAY}) { patient { birthDate } } }`,
		`{ clinic { timeZone } patients(first: 10) { nodes { id birthDate } } }`,
	}
	for n, document := range all {
		all[n] = fill.Replace(document)
	}
	return all
}

func quote(v any) string {
	text, _ := json.Marshal(v) // ids only
	return string(text)
}
