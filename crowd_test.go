package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// A deed is one of the things that a crowd does: a mutation, and what it is told.
type deed struct {
	mutation string // with the payload that is asked for
	input    map[string]any
}

// Many people at two servers book, move, call off, take back, hold and repeat
// visits of few patients, practitioners and rooms at the same moment. Each is
// done or refused for a reason; nobody is a deadlock's victim, and at no time are
// there two visits where one can be.
func TestCalendar_inACrowd(t *testing.T) {
	t.Parallel()
	const people, deeds = 20, 40
	c := newClinic(t, 2, 3, 6)
	rooms := make([]uuid.UUID, 2)
	for n := range rooms {
		rooms[n] = db.NewID(db.KindRoom)
		c.SQL.MustExec(`INSERT INTO rooms (id, name) VALUES ($1, $2)`, rooms[n], fmt.Sprint("Room ", n))
	}
	var mu sync.Mutex
	told := map[string]int{}
	together(people, func(i int) {
		a, dice := c.client(i), rand.New(rand.NewPCG(uint64(i), 1))
		for range deeds {
			d := c.deed(a, dice, rooms)
			word, _, _ := strings.Cut(d.mutation, " ")
			got := a.do(d)
			mu.Lock()
			told[word+" "+got]++
			mu.Unlock()
		}
	})
	for _, what := range slices.Sorted(maps.Keys(told)) {
		t.Logf("%5d %s", told[what], what)
		switch _, code, _ := strings.Cut(what, " "); code {
		case "", "SLOT_TAKEN", "CONFLICT", "VERSION_CONFLICT", "INVALID":
		default:
			t.Errorf("%d times: %s", told[what], what)
		}
	}
	var twice int
	err := c.SQL.Get(&twice, `
		SELECT count(*)
		FROM appointments a
		JOIN appointments b ON a.id < b.id AND (a.practitioner_id = b.practitioner_id OR a.patient_id = b.patient_id OR a.room_id = b.room_id)
			AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
		WHERE a.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND b.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')`)
	if err != nil || twice > 0 {
		t.Errorf("%d pairs of visits are at once, %v", twice, err)
	}
	c.checkPeace(t)
}

// deed returns something to do, with a visit that may be somebody else's a moment
// later.
func (c *clinic) deed(a *api, dice *rand.Rand, rooms []uuid.UUID) deed {
	start := c.day(1 + dice.IntN(3)).Add(time.Duration(dice.IntN(16)) * visitLength)
	visit := map[string]any{"patientId": pick(dice, c.patients), "practitionerId": pick(dice, c.practitioners), "startsAt": start, "length": "PT30M"}
	if dice.IntN(2) == 0 {
		visit["roomId"] = pick(dice, rooms)
	}
	const payload = " { appointment { id } }"
	known, _ := at(a.ask(`{ appointments(first: 30, orderBy: [{field: UPDATED_AT, direction: DESC}]) { nodes { id version nextSteps } } }`), "data", "appointments", "nodes").([]any)
	if dice.IntN(3) > 0 && len(known) > 0 {
		one := pick(dice, known)
		input := map[string]any{"appointmentId": at(one, "id"), "expectedVersion": at(one, "version")}
		steps, _ := at(one, "nextSteps").([]any)
		if len(steps) == 0 {
			return deed{"cancelAppointment" + payload, with(input, "reason", "CLINIC")}
		}
		switch pick(dice, steps) {
		case "RESCHEDULE":
			delete(visit, "patientId")
			delete(visit, "length")
			maps.Copy(visit, input)
			return deed{"rescheduleAppointment" + payload, visit}
		case "CONFIRM":
			return deed{"confirmAppointment" + payload, input}
		case "UNDO":
			return deed{"undoAppointmentStep" + payload, input}
		case "CHECK_IN":
			return deed{"checkInAppointment" + payload, input}
		case "START":
			return deed{"startVisit" + payload, input}
		case "COMPLETE":
			return deed{"completeVisit" + payload, input}
		case "MARK_IN_ERROR":
			return deed{"markAppointmentInError" + payload, with(input, "reason", "Tried only")}
		}
		return deed{"cancelAppointment" + payload, with(input, "reason", "PATIENT")}
	}
	switch dice.IntN(6) {
	case 0:
		return deed{"requestAppointment" + payload, visit}
	case 1:
		delete(visit, "patientId")
		return deed{"holdSlot { slotHold { id } }", with(with(visit, "length", map[string]any{"duration": "PT30M"}), "holdFor", "PT1M")}
	case 2:
		return deed{"bookAppointmentSeries { appointmentSeries { id } }", with(with(visit, "length", map[string]any{"duration": "PT30M"}),
			"recurrence", map[string]any{"frequency": "DAILY", "times": 3})}
	}
	return deed{"bookAppointment" + payload, visit}
}

func with(input map[string]any, name string, value any) map[string]any {
	input[name] = value
	return input
}

func pick[T any](dice *rand.Rand, all []T) T { return all[dice.IntN(len(all))] }

// do sends a deed and returns the code that it is answered, empty when it is done.
func (a *api) do(d deed) string {
	name, payload, _ := strings.Cut(d.mutation, " ")
	document := fmt.Sprintf(`mutation($input: %s%sInput!) { %s(input: $input) %s }`, strings.ToUpper(name[:1]), name[1:], name, payload)
	response, err := a.post(document, map[string]any{"input": d.input})
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(response.Body); err != nil {
		return err.Error()
	}
	var got struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(text.Bytes(), &got); err != nil {
		return err.Error()
	}
	if len(got.Errors) == 0 {
		return ""
	}
	return got.Errors[0].Extensions.Code
}
