package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// The next free with anyone: slots of several practitioners in one order, page
// by page, both ways.
func TestAvailableSlots_pagesThroughEverybody(t *testing.T) {
	t.Parallel()
	c := newClinic(t, "UTC")
	var doctors []string
	for i := range 3 {
		doctor := newPractitioner(t, c.db, fmt.Sprintf("Doctor%d", i))
		works(c, doctor, db.Work, fmt.Sprintf("%02d:00", 9+i), "12:00")
		doctors = append(doctors, doctor.ID.String())
	}
	c.run("UPDATE practitioners SET specialty = 'Cardiology' WHERE id <> $1", doctors[0])
	newPractitioner(t, c.db, "Unknown") // has no hours, and so no slots
	const search = `query($ids: [ID!], $specialty: String, $from: DateTime!, $until: DateTime!, $first: Int, $after: String, $last: Int, $before: String) {
		availableSlots(practitionerIds: $ids, specialty: $specialty, from: $from, until: $until, length: {duration: "PT1H"}, every: "PT1H",
			first: $first, after: $after, last: $last, before: $before) {
			nodes { localStart practitioner { familyName } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
	vars := func(more variables) variables {
		day := tomorrow(0).Truncate(24 * time.Hour)
		all := variables{"from": day, "until": day.Add(48 * time.Hour)}
		for name, value := range more {
			all[name] = value
		}
		return all
	}
	list := func(got answer) string {
		var lines []string
		for i := range got.at("availableSlots.nodes").([]any) {
			at := fmt.Sprintf("availableSlots.nodes.%d.", i)
			lines = append(lines, got.text(at + "localStart")[8:]+" "+got.text(at + "practitioner.familyName")[6:])
		}
		return strings.Join(lines, ", ")
	}
	first, second := tomorrow(0).Format("02"), tomorrow(48).Format("02")
	var want []string
	for _, day := range []string{first, second} {
		want = append(want, day+"T09:00 0", day+"T10:00 0", day+"T10:00 1", day+"T11:00 0", day+"T11:00 1", day+"T11:00 2")
	}
	t.Run("forwards", func(t *testing.T) {
		var seen []string
		cursor := any(nil)
		for len(seen) < 20 {
			got := c.in(t).ask(search, vars(variables{"first": 5, "after": cursor}))
			seen = append(seen, list(got))
			if cursor = got.text("availableSlots.pageInfo.endCursor"); got.at("availableSlots.pageInfo.hasNextPage") == false {
				break
			}
		}
		if all := strings.Join(seen, ", "); len(seen) != 3 || all != strings.Join(want, ", ") {
			t.Errorf("got  %s\nwant %s", all, strings.Join(want, ", "))
		}
	})
	t.Run("backwards", func(t *testing.T) {
		got := c.in(t).ask(search, vars(variables{"last": 4}))
		if list(got) != strings.Join(want[8:], ", ") || got.at("availableSlots.pageInfo.hasPreviousPage") != true {
			t.Errorf("got %s", asJSON(got))
		}
		got = c.in(t).ask(search, vars(variables{"last": 4, "before": got.text("availableSlots.pageInfo.startCursor")}))
		if list(got) != strings.Join(want[4:8], ", ") {
			t.Errorf("before that %s", asJSON(got))
		}
	})
	t.Run("of some, and of a specialty", func(t *testing.T) {
		got := list(c.in(t).ask(search, vars(variables{"ids": doctors[1:2]})))
		if got != first+"T10:00 1, "+first+"T11:00 1, "+second+"T10:00 1, "+second+"T11:00 1" {
			t.Errorf("got %s", got)
		}
		got = list(c.in(t).ask(search, vars(variables{"specialty": "cardiology", "first": 3})))
		if got != first+"T10:00 1, "+first+"T11:00 1, "+first+"T11:00 2" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("not of those who have left", func(t *testing.T) {
		mustDo(t)(c.db.DeactivatePractitioner(acting(t), uuid.MustParse(doctors[2]), 1, "retired"))
		if got := list(c.in(t).ask(search, vars(variables{"ids": doctors[2:]}))); got != "" {
			t.Errorf("got %s", got)
		}
		got := c.in(t).ask(slotsOf, variables{"id": doctors[2], "from": tomorrow(0), "until": tomorrow(48), "length": variables{"duration": "PT30M"}, "every": "PT15M"})
		if asJSON(got.at("practitioner.availableSlots.nodes")) != "[]" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

// What a search cannot be asked with has a code and a field of its own.
func TestAvailableSlots_refuses(t *testing.T) {
	t.Parallel()
	c := newClinic(t, "UTC")
	doctor, patient := newPractitioner(t, c.db, "Doctor"), newPatient(t, c.db, "Dead", func(p *db.Patient) { p.DeceasedOn = ptr(db.Date("2026-01-01")) })
	room, kind := db.NewID(db.KindRoom), db.NewID(db.KindAppointmentType)
	c.run("INSERT INTO rooms (id, name, is_active) VALUES ($1, 'Closed', false)", room)
	c.run("INSERT INTO appointment_types (id, name, length, is_active) VALUES ($1, 'Retired', 20, false)", kind)
	good := variables{"id": doctor.ID, "from": tomorrow(0), "until": tomorrow(48), "length": variables{"duration": "PT30M"}, "every": "PT15M"}
	for name, test := range map[string]struct {
		field string
		value any
		code  db.ProblemCode
		path  string
	}{
		"an end before the start":  {"until", tomorrow(-1), "END_BEFORE_START", `["until"]`},
		"more than 92 days":        {"until", tomorrow(93 * 48), "TOO_LONG", `["until"]`},
		"a length of nothing":      {"length", variables{"duration": "PT0M"}, "OUT_OF_RANGE", `["length","duration"]`},
		"a length of 25 hours":     {"length", variables{"duration": "PT25H"}, "OUT_OF_RANGE", `["length","duration"]`},
		"a retired type":           {"length", variables{"appointmentTypeId": kind}, "INACTIVE", `["length","appointmentTypeId"]`},
		"two lengths":              {"length", variables{"appointmentTypeId": kind, "duration": "PT30M"}, "OUT_OF_RANGE", `["length"]`},
		"a type that is none":      {"length", variables{"appointmentTypeId": db.NewID(db.KindAppointmentType)}, "UNKNOWN_REFERENCE", `["length","appointmentTypeId"]`},
		"a grid of a minute":       {"every", "PT1M", "OUT_OF_RANGE", `["every"]`},
		"a closed room":            {"room", room, "INACTIVE", `["roomId"]`},
		"a patient who has died":   {"patient", patient.ID, "DECEASED", `["patientId"]`},
		"a cursor of another list": {"after", "AAAA", "BAD_CURSOR", `["after"]`},
	} {
		t.Run(name, func(t *testing.T) {
			vars := variables{test.field: test.value}
			for field, value := range good {
				if vars[field] == nil {
					vars[field] = value
				}
			}
			got := c.in(t).refused(slotsOf, vars)
			if wantProblem(t, got, test.code); asJSON(got[0].Extensions.Fields[0].Path) != test.path {
				t.Errorf("the path is %s", asJSON(got[0].Extensions.Fields[0].Path))
			}
		})
	}
}

// Whoever comes too late is told what is free instead, with the same length, in
// the same room and for the same patient.
func TestBookAppointment_tellsWhatIsFreeInstead(t *testing.T) {
	t.Parallel()
	c := newClinic(t, "UTC")
	doctor, other := newPractitioner(t, c.db, "Doctor"), newPractitioner(t, c.db, "Other")
	patient := newPatient(t, c.db, "Beridze")
	works(c, doctor, db.Work, "09:00", "12:00")
	room := db.NewID(db.KindRoom)
	c.run("INSERT INTO rooms (id, name) VALUES ($1, 'Room 1')", room)
	newAppointment(t, c.db, newPatient(t, c.db, "Quick"), doctor, 0) // 9:00 to 9:30
	newAppointment(t, c.db, patient, other, 2)                       // 10:00 to 10:30, the patient is elsewhere
	c.run(`INSERT INTO appointments (id, patient_id, practitioner_id, room_id, starts_at, ends_at, status) VALUES ($1, $2, $3, $4, $5, $6, 'BOOKED')`,
		db.NewID(db.KindAppointment), newPatient(t, c.db, "There").ID, other.ID, room, tomorrow(3), tomorrow(4)) // 10:30 to 11:00, the room is taken
	got := c.refused(`mutation($input: BookAppointmentInput!) { bookAppointment(input: $input) { appointment { id } } }`, variables{"input": variables{
		"patientId": patient.ID, "practitionerId": doctor.ID, "startsAt": tomorrow(0), "length": "PT30M", "roomId": room,
	}})
	want := []db.FreeTime{{StartsAt: tomorrow(1), EndsAt: tomorrow(2)}, {StartsAt: tomorrow(4), EndsAt: tomorrow(5)}, {StartsAt: tomorrow(4).Add(15 * time.Minute), EndsAt: tomorrow(5).Add(15 * time.Minute)}}
	if got[0].Extensions.Code != "SLOT_TAKEN" || !slices.Equal(got[0].Extensions.NextFree, want) {
		t.Errorf("got  %s\nwant %s", asJSON(got), asJSON(want))
	}
}

// A room is another thing that is in one visit at a time.
func TestBookAppointment_takesTheRoom(t *testing.T) {
	t.Parallel()
	c := newClinic(t, "UTC")
	room, closed := db.NewID(db.KindRoom), db.NewID(db.KindRoom)
	c.run("INSERT INTO rooms (id, name, is_active) VALUES ($1, 'Room 1', true), ($2, 'Room 2', false)", room, closed)
	in := func(room any) string { return fmt.Sprintf(", roomId: %q", room) }
	if got := bookWith(c, auth.Receptionist, newPatient(t, c.db, "A"), newPractitioner(t, c.db, "A"), tomorrow(0), in(room)); got.Errors != nil {
		t.Fatalf("got %s", asJSON(got))
	}
	patient, doctor := newPatient(t, c.db, "B"), newPractitioner(t, c.db, "B")
	got := bookWith(c, auth.Receptionist, patient, doctor, tomorrow(0), in(room))
	if len(got.Errors) != 1 || got.Errors[0].Extensions.Code != "SLOT_TAKEN" || got.Errors[0].Extensions.Kind != "ROOM" {
		t.Errorf("got %s", asJSON(got))
	}
	wantProblem(t, bookWith(c, auth.Receptionist, patient, doctor, tomorrow(0), in(closed)).Errors, "INACTIVE")
	wantProblem(t, bookWith(c, auth.Receptionist, patient, doctor, tomorrow(0), in(db.NewID(db.KindRoom))).Errors, "UNKNOWN_REFERENCE")
}

// A search that is refused takes nothing else of the answer along.
func TestAvailableSlots_refusedLeaveTheRest(t *testing.T) {
	t.Parallel()
	c := newClinic(t, "UTC")
	doctor := newPractitioner(t, c.db, "Doctor")
	_, text := c.post(`query($id: ID!, $from: DateTime!, $patient: ID!) { practitioner(id: $id) { familyName
		availableSlots(from: $from, until: $from, length: {duration: "PT30M"}, patientId: $patient) { nodes { startsAt } } } }`,
		variables{"id": doctor.ID, "from": tomorrow(0), "patient": db.NewID(db.KindPatient)})
	got := parse(t, text)
	if wantProblem(t, got.Errors, "UNKNOWN_REFERENCE"); asJSON(got.Data) != `{"practitioner":{"availableSlots":null,"familyName":"Doctor"}}` {
		t.Errorf("got %s", text)
	}
}
