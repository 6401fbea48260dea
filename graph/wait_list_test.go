package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

const (
	addToWaitList = `mutation($input: AddToWaitListInput!) { addToWaitList(input: $input) { waitListEntry {
		id version status patient { displayName } practitioner { displayName } specialty length startsOn endsOn earliestTime latestTime isUrgent note
		slotHold { id } replacesAppointment { id } appointment { id } } waitListEntryEdge { node { id } } } }`
	offerWaitListSlot = `mutation($input: OfferWaitListSlotInput!) { offerWaitListSlot(input: $input) { waitListEntry {
		id version status slotHold { id startsAt endsAt practitioner { displayName } releasedAt } } } }`
	withdrawFromWaitList = `mutation($input: WithdrawFromWaitListInput!) { withdrawFromWaitList(input: $input) { waitListEntry { id version status slotHold { id } } } }`
)

// dayAfter is the day so many days after that on which the tests began, in UTC.
func dayAfter(days int) db.Date { return db.DateOf(tomorrow(48 * (days - 1))) }

// inUTC sets the clinic's zone before anybody has asked for it.
func inUTC(t testing.TB, d *dbtest.Database) {
	t.Helper()
	inZone(t, d, "UTC")
}

func inZone(t testing.TB, d *dbtest.Database, zone string) {
	t.Helper()
	if _, err := d.SQL.Exec("UPDATE clinics SET time_zone = $1", zone); err != nil {
		t.Fatal(err)
	}
}

// newWish has a patient wait for half an hour with the practitioner, on any of the next 20 days.
func newWish(t testing.TB, d *dbtest.Database, patient *db.Patient, practitioner *db.Practitioner, change ...func(*db.Wish)) *db.WaitListEntry {
	t.Helper()
	half := db.Minutes(30)
	wish := &db.Wish{Length: db.SlotLength{Duration: &half}}
	wish.PatientID, wish.EndsOn = patient.ID, dayAfter(20)
	if practitioner != nil {
		wish.PractitionerID = &practitioner.ID
	}
	for _, c := range change {
		c(wish)
	}
	entry, err := d.AddToWaitList(acting(t), wish)
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

// ofSpecialty is a wish for anyone of it.
func ofSpecialty(specialty string) func(*db.Wish) {
	return func(w *db.Wish) { w.Specialty = &specialty }
}

// checkUp adds a type of visit of 20 minutes with a pause of 5 after it.
func checkUp(t testing.TB, d *dbtest.Database) (id string) {
	t.Helper()
	id = db.NewID(db.KindAppointmentType).String()
	if _, err := d.SQL.Exec("INSERT INTO appointment_types (id, name, length, buffer_after) VALUES ($1, 'Check-up', 20, 5)", id); err != nil {
		t.Fatal(err)
	}
	return id
}

// lapse lets what is held for a wish expire.
func lapse(t testing.TB, d *dbtest.Database, hold any) {
	t.Helper()
	if _, err := d.SQL.Exec("UPDATE slot_holds SET expires_at = now() - interval '1 second' WHERE id = $1", hold); err != nil {
		t.Fatal(err)
	}
}

func TestAddToWaitList(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	desk := c.as(auth.Receptionist)
	input := func(change func(variables)) variables {
		in := variables{"patientId": patient.ID, "practitionerId": doctor.ID, "length": variables{"duration": "PT30M"}, "endsOn": dayAfter(10)}
		change(in)
		return variables{"input": in}
	}
	t.Run("notes what is wished for", func(t *testing.T) {
		visit := newAppointment(t, c.db, patient, doctor, 200)
		got := desk.in(t).ask(addToWaitList, input(func(in variables) {
			in["startsOn"], in["earliestTime"], in["latestTime"], in["isUrgent"], in["note"] = dayAfter(1), "09:00", "12:30", true, " by phone only "
			in["replacesAppointmentId"] = visit.ID
		}))
		id := got.text("addToWaitList.waitListEntry.id")
		want := fmt.Sprintf(`{"addToWaitList":{"waitListEntry":{"appointment":null,"earliestTime":"09:00","endsOn":%q,"id":%q,"isUrgent":true,"latestTime":"12:30",`+
			`"length":"PT30M","note":"by phone only","patient":{"displayName":"Test Beridze"},"practitioner":{"displayName":"Dr. Test Doctor"},`+
			`"replacesAppointment":{"id":%q},"slotHold":null,"specialty":null,"startsOn":%q,"status":"WAITING","version":1},"waitListEntryEdge":{"node":{"id":%q}}}}`,
			dayAfter(10), id, visit.ID, dayAfter(1), id)
		if asJSON(got) != want {
			t.Errorf("got  %s\nwant %s", asJSON(got), want)
		}
	})
	t.Run("takes the length of a type, anyone of a specialty, and today", func(t *testing.T) {
		kind := checkUp(t, c.db)
		got, today := onOneDay(t, "UTC", func(day db.Date) answer {
			return desk.in(t).ask(addToWaitList, input(func(in variables) {
				delete(in, "practitionerId")
				in["specialty"], in["length"], in["endsOn"] = "Cardiology", variables{"appointmentTypeId": kind}, day
			}))
		})
		entry := got.at("addToWaitList.waitListEntry").(map[string]any)
		if entry["length"] != "PT20M" || entry["specialty"] != "Cardiology" || entry["practitioner"] != nil || entry["startsOn"] != string(today) {
			t.Errorf("got %s", asJSON(got))
		}
	})
	archived, dead, left := newPatient(t, c.db, "Archived"), newPatient(t, c.db, "Dead"), newPractitioner(t, c.db, "Left")
	mustDo(t)(c.db.ArchivePatient(acting(t), archived.ID, 1, "moved abroad"))
	mustDo(t)(c.db.UpdatePatient(acting(t), dead.ID, 1, func(p *db.Patient) { p.DeceasedOn = ptr(db.Date("2026-01-01")) }))
	mustDo(t)(c.db.DeactivatePractitioner(acting(t), left.ID, 1, "retired"))
	cancelled := newAppointment(t, c.db, patient, doctor, 210)
	mustDo(t)(c.db.CancelAppointment(acting(t), cancelled.ID, 1, "PATIENT", nil))
	foreign := newAppointment(t, c.db, newPatient(t, c.db, "Other"), doctor, 220)
	for name, test := range map[string]struct {
		change func(variables)
		want   string
	}{
		"refuses who is archived":               {func(in variables) { in["patientId"] = archived.ID }, "input.patientId ARCHIVED"},
		"refuses who has died":                  {func(in variables) { in["patientId"] = dead.ID }, "input.patientId DECEASED"},
		"refuses who is nobody":                 {func(in variables) { in["patientId"] = db.NewID(db.KindPatient) }, "input.patientId UNKNOWN_REFERENCE"},
		"refuses a practitioner who has left":   {func(in variables) { in["practitionerId"] = left.ID }, "input.practitionerId INACTIVE"},
		"refuses a wish with nobody":            {func(in variables) { delete(in, "practitionerId") }, "input.practitionerId REQUIRED"},
		"refuses a wish with two":               {func(in variables) { in["specialty"] = "Cardiology" }, "input.specialty OUT_OF_RANGE"},
		"refuses a visit of 25 hours":           {func(in variables) { in["length"] = variables{"duration": "PT25H"} }, "input.length.duration OUT_OF_RANGE"},
		"refuses a visit of no time":            {func(in variables) { in["length"] = variables{"duration": "PT0M"} }, "input.length.duration OUT_OF_RANGE"},
		"refuses a type that there is not":      {func(in variables) { in["length"] = variables{"appointmentTypeId": db.NewID(db.KindAppointmentType)} }, "input.length.appointmentTypeId UNKNOWN_REFERENCE"},
		"refuses days that are over":            {func(in variables) { in["startsOn"], in["endsOn"] = dayAfter(-5), dayAfter(-1) }, "input.endsOn IN_THE_PAST"},
		"refuses an end before the start":       {func(in variables) { in["startsOn"] = dayAfter(11) }, "input.endsOn END_BEFORE_START"},
		"refuses more than a year":              {func(in variables) { in["endsOn"] = dayAfter(370) }, "input.endsOn OUT_OF_RANGE"},
		"refuses a time of day that ends early": {func(in variables) { in["earliestTime"], in["latestTime"] = "12:00", "12:00" }, "input.latestTime END_BEFORE_START"},
		"refuses too little of the day":         {func(in variables) { in["earliestTime"], in["latestTime"] = "12:00", "12:29" }, "input.latestTime OUT_OF_RANGE"},
		"refuses a visit that is called off":    {func(in variables) { in["replacesAppointmentId"] = cancelled.ID }, "input.replacesAppointmentId UNKNOWN_REFERENCE"},
		"refuses a visit of somebody else":      {func(in variables) { in["replacesAppointmentId"] = foreign.ID }, "input.replacesAppointmentId UNKNOWN_REFERENCE"},
		"refuses a long note":                   {func(in variables) { in["note"] = strings.Repeat("n", 501) }, "input.note TOO_LONG"},
		"tells of all mistakes":                 {func(in variables) { in["practitionerId"], in["endsOn"] = left.ID, dayAfter(370) }, "input.endsOn OUT_OF_RANGE; input.practitionerId INACTIVE"},
	} {
		t.Run(name, func(t *testing.T) {
			before := c.count("SELECT count(*) FROM wait_list_entries")
			if got := wrongIn(desk.in(t).refused(addToWaitList, input(test.change))); got != test.want {
				t.Errorf("got %s, not %s", got, test.want)
			}
			if n := c.count("SELECT count(*) FROM wait_list_entries"); n != before {
				t.Errorf("something was written")
			}
		})
	}
}

// wrongIn writes where an input is wrong, and how: "input.endsOn IN_THE_PAST".
func wrongIn(errors []refusal) string { return strings.Join(problemsOf(errors), "; ") }

func TestWaitList(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	doctor := newPractitioner(t, c.db, "Doctor")
	urgent := func(w *db.Wish) { w.IsUrgent = true }
	for i, change := range [][]func(*db.Wish){{}, {urgent}, {}, {urgent}, {}} {
		newWish(t, c.db, newPatient(t, c.db, fmt.Sprintf("Name%d", i)), doctor, change...)
	}
	ended := newWish(t, c.db, newPatient(t, c.db, "Ended"), doctor)
	mustDo(t)(c.db.WithdrawFromWaitList(acting(t), ended.ID, 1))
	desk := c.as(auth.Receptionist)
	const query = `query($first: Int, $after: String, $last: Int, $before: String, $where: WaitListEntryWhere) {
		waitList(first: $first, after: $after, last: $last, before: $before, where: $where) { nodes { patient { familyName } } pageInfo { startCursor endCursor hasNextPage } totalCount } }`
	names := func(a answer) string {
		var all []string
		for _, n := range a.at("waitList.nodes").([]any) {
			all = append(all, strings.TrimPrefix(n.(map[string]any)["patient"].(map[string]any)["familyName"].(string), "Name"))
		}
		return strings.Join(all, " ")
	}
	t.Run("has urgent wishes first, then the oldest, without those that ended", func(t *testing.T) {
		got := desk.in(t).ask(query, nil)
		if names(got) != "1 3 0 2 4" || got.number("waitList.totalCount") != 5 {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("is paged both ways", func(t *testing.T) {
		page := desk.in(t).ask(query, variables{"first": 3})
		next := desk.in(t).ask(query, variables{"first": 3, "after": page.text("waitList.pageInfo.endCursor")})
		last := desk.in(t).ask(query, variables{"last": 2, "before": next.text("waitList.pageInfo.startCursor")})
		if got := names(page) + "; " + names(next) + "; " + names(last); got != "1 3 0; 2 4; 3 0" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("shows what is asked for", func(t *testing.T) {
		got := desk.in(t).ask(query, variables{"where": variables{"status": variables{"eq": "WITHDRAWN"}}})
		if names(got) != "Ended" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("is not the analysts' and not the administrators'", func(t *testing.T) {
		for _, role := range []auth.Role{auth.Analyst, auth.Admin} {
			if got := c.as(role).in(t).refused(query, nil); got[0].Extensions.Code != "FORBIDDEN" {
				t.Errorf("%s was answered %s", role, asJSON(got))
			}
		}
	})
}

func TestWithdrawFromWaitList(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	entry := newWish(t, c.db, patient, doctor)
	mustDo(t)(c.db.OfferWaitListSlot(acting(t), entry.ID, 1, &db.Offer{StartsAt: tomorrow(2), HoldFor: db.Minutes(15)}))
	desk := c.as(auth.Receptionist)
	withdraw := func(version int) variables {
		return variables{"input": variables{"waitListEntryId": entry.ID, "expectedVersion": version}}
	}
	if got := desk.refused(withdrawFromWaitList, withdraw(1)); got[0].Extensions.Code != "VERSION_CONFLICT" {
		t.Errorf("a stale version was answered %s", asJSON(got))
	}
	want := fmt.Sprintf(`{"withdrawFromWaitList":{"waitListEntry":{"id":%q,"slotHold":null,"status":"WITHDRAWN","version":3}}}`, entry.ID)
	if got := desk.ask(withdrawFromWaitList, withdraw(2)); asJSON(got) != want {
		t.Errorf("got  %s\nwant %s", asJSON(got), want)
	}
	newAppointment(t, c.db, newPatient(t, c.db, "Other"), doctor, 2) // what was held is free
	if got := desk.refused(withdrawFromWaitList, withdraw(3)); got[0].Extensions.Code != "CONFLICT" {
		t.Errorf("a second time was answered %s", asJSON(got))
	}
}
