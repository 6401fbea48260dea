package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"
)

// The draws below are of the nth request, the same for each server.

func (c *clinic) patient(n int) string      { return c.patients[n*7919%len(c.patients)] }
func (c *clinic) practitioner(n int) string { return c.practitioners[n%len(c.practitioners)] }
func (c *clinic) prefix(n int) string       { return c.prefixes[n*31%len(c.prefixes)] }
func (c *clinic) part(n int) string         { return c.parts[n*31%len(c.parts)] }

// some returns so many practitioners, from the nth on.
func (c *clinic) some(count, n int) []string {
	var ids []string
	for i := range min(count, len(c.practitioners)) {
		ids = append(ids, c.practitioner(n+i))
	}
	return ids
}

// openDay is a weekday within six weeks before now.
func (c *clinic) openDay(n int) string { return c.weekday(-1 - n%30).Format(time.DateOnly) }

// weekday returns the nth weekday from now on, or before now.
func (c *clinic) weekday(n int) time.Time {
	y, m, d := c.now.In(c.zone).Date()
	monday := time.Date(y, m, d-(int(c.now.In(c.zone).Weekday())+6)%7, 0, 0, 0, 0, c.zone)
	week, day := n/5, n%5
	if day < 0 {
		week, day = week-1, day+5
	}
	return monday.AddDate(0, 0, 7*week+day)
}

// byInstants says a day at the clinic by its beginning and its end.
func (c *clinic) byInstants(v variables) variables {
	day, err := time.ParseInLocation(time.DateOnly, v["date"].(string), c.zone)
	if err != nil {
		panic(err) // it was drawn
	}
	return variables{"from": day.UTC().Format(time.RFC3339), "until": day.AddDate(0, 0, 1).UTC().Format(time.RFC3339), "ids": v["ids"]}
}

// month returns when the nth month from this one on begins, or before it.
func (c *clinic) month(n int) time.Time {
	y, m, _ := c.now.In(c.zone).Date()
	return time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, c.zone)
}

// slots are the half hours of a working day, without that of lunch.
var slots = []int{0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15}

// newVisit draws a time that nobody has yet: all practitioners one after the other in each half
// hour from some weeks on, when the made-up visits, leave and holidays are over.
func (c *clinic) newVisit(n int) variables {
	turn := n / len(c.practitioners)
	day := c.weekday(5*30 + turn/len(slots))
	start := time.Date(day.Year(), day.Month(), day.Day(), 9, 30*slots[turn%len(slots)], 0, 0, c.zone).UTC()
	return variables{"input": variables{
		"patientId": c.patient(n), "practitionerId": c.practitioner(n),
		"startsAt": start.Format(time.RFC3339), "endsAt": start.Add(30 * time.Minute).Format(time.RFC3339), "reason": "Follow-up visit",
	}}
}

func (c *clinic) newRecord(n int) variables {
	return variables{"input": variables{
		"patientId": c.patient(n), "practitionerId": c.practitioner(n), "recordedOn": c.now.AddDate(0, 0, -1-n%300).Format(time.DateOnly),
		"diagnosis": "Essential hypertension", "code": "I10", "codeSystem": "http://hl7.org/fhir/sid/icd-10", "notes": "Blood pressure 152/94 mmHg sitting.",
	}}
}

// newPatient draws a person of a name that nobody else's is like.
func newPatient(*clinic, int) variables {
	name := func() string {
		text := string(rune('A' + rand.IntN(26)))
		for range 9 {
			text += string(rune('a' + rand.IntN(26)))
		}
		return text
	}
	return variables{"input": variables{
		"familyName": name(), "givenName": name(), "birthDate": time.Date(1930+rand.IntN(90), 1, 1+rand.IntN(365), 0, 0, 0, 0, time.UTC).Format(time.DateOnly),
		"sex": "FEMALE", "phone": fmt.Sprintf("+995 5%08d", rand.IntN(100_000_000)),
	}}
}

// newID makes an id of a kind, for servers that do not make them.
func newID(kind byte) string {
	id := uuid.Must(uuid.NewV7())
	id[15] = kind
	return id.String()
}

func folded(name any) string { return strings.ToLower(name.(string)) }

// asRow makes the input of a mutation of PostGraphile: the same row with what ClinicQL adds itself.
func asRow(name string, added func(variables) variables) func(*clinic, variables) variables {
	return func(_ *clinic, v variables) variables {
		input := v["input"].(variables)
		row := added(input)
		for key, value := range input {
			row[key] = value
		}
		return variables{"input": variables{name: row}}
	}
}
