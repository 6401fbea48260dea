package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

// dayAfter is the day so many days from now, in UTC.
func dayAfter(days int) db.Date { return db.DateOf(time.Now().UTC().AddDate(0, 0, days)) }

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

// checkUp adds a type of visit of 20 minutes.
func checkUp(t testing.TB, d *dbtest.Database) (id string) {
	t.Helper()
	id = db.NewID(db.KindAppointmentType).String()
	if _, err := d.SQL.Exec("INSERT INTO appointment_types (id, name, length) VALUES ($1, 'Check-up', 20)", id); err != nil {
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
		got := desk.in(t).ask(addToWaitList, input(func(in variables) {
			delete(in, "practitionerId")
			in["specialty"], in["length"], in["endsOn"] = "Cardiology", variables{"appointmentTypeId": kind}, dayAfter(0)
		}))
		entry := got.at("addToWaitList.waitListEntry").(map[string]any)
		if entry["length"] != "PT20M" || entry["specialty"] != "Cardiology" || entry["practitioner"] != nil || entry["startsOn"] != string(dayAfter(0)) {
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

func TestOfferWaitListSlot(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor, colleague := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor"), newPractitioner(t, c.db, "Colleague")
	desk := c.as(auth.Receptionist)
	offer := func(entry *db.WaitListEntry, change ...func(variables)) variables {
		in := variables{"waitListEntryId": entry.ID, "expectedVersion": entry.Version, "startsAt": tomorrow(2).Format(time.RFC3339)}
		for _, ch := range change {
			ch(in)
		}
		return variables{"input": in}
	}
	at := func(n int) func(variables) {
		return func(in variables) { in["startsAt"] = tomorrow(n).Format(time.RFC3339) }
	}
	with := func(p *db.Practitioner) func(variables) { return func(in variables) { in["practitionerId"] = p.ID } }

	t.Run("keeps the time until the offer lapses, and without a job", func(t *testing.T) {
		desk := desk.in(t)
		entry := newWish(t, c.db, patient, doctor)
		got := desk.ask(offerWaitListSlot, offer(entry))
		hold := got.text("offerWaitListSlot.waitListEntry.slotHold.id")
		want := fmt.Sprintf(`{"offerWaitListSlot":{"waitListEntry":{"id":%q,"slotHold":{"endsAt":%q,"id":%q,"practitioner":{"displayName":"Dr. Test Doctor"},"releasedAt":null,"startsAt":%q},"status":"OFFERED","version":2}}}`,
			entry.ID, tomorrow(3).Format(time.RFC3339), hold, tomorrow(2).Format(time.RFC3339))
		if asJSON(got) != want {
			t.Errorf("got  %s\nwant %s", asJSON(got), want)
		}
		if got := desk.refused(book, booking(newPatient(t, c.db, "Other"), doctor, 2)); got[0].Extensions.Code != "SLOT_TAKEN" || got[0].Extensions.Kind != "HOLD" {
			t.Errorf("somebody else was answered %s", asJSON(got))
		}
		entry.Version = 2
		if got := desk.refused(offerWaitListSlot, offer(entry, at(4))); got[0].Extensions.Code != "CONFLICT" {
			t.Errorf("a second offer was answered %s", asJSON(got))
		}
		lapse(t, c.db, hold)
		const where = `query($id: ID!) { node(id: $id) { ... on WaitListEntry { status slotHold { id } version } } }`
		if got := desk.ask(where, variables{"id": entry.ID}); asJSON(got) != `{"node":{"slotHold":null,"status":"WAITING","version":2}}` {
			t.Errorf("an offer that lapsed is %s", asJSON(got))
		}
		if got := desk.ask(offerWaitListSlot, offer(entry, at(4))); got.text("offerWaitListSlot.waitListEntry.slotHold.startsAt") != tomorrow(4).Format(time.RFC3339) {
			t.Errorf("the next offer is %s", asJSON(got))
		}
	})
	t.Run("offers anyone of the specialty", func(t *testing.T) {
		mustDo(t)(c.db.UpdatePractitioner(acting(t), colleague.ID, 1, func(p *db.Practitioner) { p.Specialty = ptr("Cardiology") }))
		entry := newWish(t, c.db, patient, nil, ofSpecialty("cardiologY"))
		if got := wrongIn(desk.in(t).refused(offerWaitListSlot, offer(entry))); got != "input.practitionerId REQUIRED" {
			t.Errorf("without a practitioner: %s", got)
		}
		if got := wrongIn(desk.in(t).refused(offerWaitListSlot, offer(entry, with(doctor)))); got != "input.practitionerId OUT_OF_RANGE" {
			t.Errorf("of another specialty: %s", got)
		}
		if got := desk.in(t).ask(offerWaitListSlot, offer(entry, with(colleague))); got.text("offerWaitListSlot.waitListEntry.slotHold.practitioner.displayName") != "Dr. Test Colleague" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("counts the visit that would be given up as free", func(t *testing.T) {
		patient := newPatient(t, c.db, "Mover")
		visit := newAppointment(t, c.db, patient, doctor, 20)
		entry := newWish(t, c.db, patient, doctor, func(w *db.Wish) { w.ReplacesAppointmentID = &visit.ID })
		got := desk.in(t).ask(offerWaitListSlot, offer(entry, func(in variables) { in["startsAt"] = tomorrow(20).Add(-15 * time.Minute).Format(time.RFC3339) }))
		if got.text("offerWaitListSlot.waitListEntry.status") != "OFFERED" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	newAppointment(t, c.db, newPatient(t, c.db, "Taker"), doctor, 6)
	newAppointment(t, c.db, newPatient(t, c.db, "Taker2"), doctor, 7)
	busy, dead := newPatient(t, c.db, "Busy"), newPatient(t, c.db, "Dead")
	newAppointment(t, c.db, busy, colleague, 8)
	orphan := newWish(t, c.db, dead, doctor)
	mustDo(t)(c.db.UpdatePatient(acting(t), dead.ID, 1, func(p *db.Patient) { p.DeceasedOn = ptr(db.Date("2026-01-01")) }))
	gone := newWish(t, c.db, patient, doctor)
	mustDo(t)(c.db.WithdrawFromWaitList(acting(t), gone.ID, 1))
	gone.Version = 2
	picky := newWish(t, c.db, patient, doctor, func(w *db.Wish) {
		w.StartsOn, w.EndsOn, w.EarliestTime, w.LatestTime = dayAfter(1), dayAfter(1), ptr(db.LocalTime(10*60)), ptr(db.LocalTime(12*60))
	})
	for name, test := range map[string]struct {
		input variables
		want  string
	}{
		"refuses a time that is taken":             {offer(newWish(t, c.db, patient, doctor), at(6)), "[offerWaitListSlot]SLOT_TAKEN"},
		"refuses a time when the patient is busy":  {offer(newWish(t, c.db, busy, doctor), at(8)), "[offerWaitListSlot]SLOT_TAKEN"},
		"refuses a wish that has ended":            {offer(gone), "[offerWaitListSlot]CONFLICT"},
		"refuses a version that is not the latest": {offer(gone, func(in variables) { in["expectedVersion"] = 1 }), "[offerWaitListSlot]VERSION_CONFLICT"},
		"refuses who has died":                     {offer(orphan), "input.waitListEntryId DECEASED"},
		"refuses another practitioner":             {offer(picky, with(colleague)), "input.practitionerId OUT_OF_RANGE"},
		"refuses a day before":                     {offer(newWish(t, c.db, patient, doctor, func(w *db.Wish) { w.StartsOn = dayAfter(2) })), "input.startsAt OUT_OF_RANGE"},
		"refuses a day after":                      {offer(picky, at(50)), "input.startsAt OUT_OF_RANGE"},
		"refuses an earlier time of day":           {offer(picky, at(1)), "input.startsAt OUT_OF_RANGE"},
		"refuses a later time of day":              {offer(picky, func(in variables) { in["startsAt"] = tomorrow(5).Add(time.Minute).Format(time.RFC3339) }), "input.startsAt OUT_OF_RANGE"},
		"refuses the past":                         {offer(newWish(t, c.db, patient, doctor, func(w *db.Wish) { w.StartsOn = dayAfter(-5) }), at(-70)), "input.startsAt IN_THE_PAST"},
		"refuses to keep it for no time":           {offer(picky, func(in variables) { in["holdFor"] = "PT0M" }), "input.holdFor OUT_OF_RANGE"},
		"refuses to keep it for two days":          {offer(picky, func(in variables) { in["holdFor"] = "P2D" }), "input.holdFor OUT_OF_RANGE"},
	} {
		t.Run(name, func(t *testing.T) {
			before := c.count("SELECT count(*) FROM slot_holds")
			if got := wrongIn(desk.in(t).refused(offerWaitListSlot, test.input)); got != test.want {
				t.Errorf("got %s, not %s", got, test.want)
			}
			if n := c.count("SELECT count(*) FROM slot_holds"); n != before {
				t.Error("the time is held")
			}
		})
	}
	t.Run("takes the last time that fits", func(t *testing.T) {
		if got := desk.in(t).ask(offerWaitListSlot, offer(picky, at(5))); got.text("offerWaitListSlot.waitListEntry.status") != "OFFERED" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

func TestBookAppointment_fulfilsAWish(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	desk := c.as(auth.Receptionist)
	fulfil := func(who *db.Patient, n int, entry *db.WaitListEntry, hold any) variables {
		in := booking(who, doctor, n)
		in["input"].(variables)["waitListEntryId"] = entry.ID
		if hold != nil {
			in["input"].(variables)["slotHoldId"] = hold
		}
		return in
	}
	const where = `query($id: ID!) { node(id: $id) { ... on WaitListEntry { status version slotHold { id } appointment { id } } } }`
	t.Run("by the time that was offered", func(t *testing.T) {
		entry := newWish(t, c.db, patient, doctor)
		offered, err := c.db.OfferWaitListSlot(acting(t), entry.ID, 1, &db.Offer{StartsAt: tomorrow(2), HoldFor: db.Minutes(15)})
		if err != nil {
			t.Fatal(err)
		}
		visit := desk.in(t).ask(book, fulfil(patient, 2, entry, offered.SlotHoldID)).text("bookAppointment.appointment.id")
		got := desk.in(t).ask(where, variables{"id": entry.ID})
		if want := fmt.Sprintf(`{"node":{"appointment":{"id":%q},"slotHold":null,"status":"BOOKED","version":3}}`, visit); asJSON(got) != want {
			t.Errorf("got  %s\nwant %s", asJSON(got), want)
		}
		if got := wrongIn(desk.in(t).refused(book, fulfil(patient, 9, entry, nil))); got != "input.waitListEntryId NOT_ALLOWED_NOW" {
			t.Errorf("a second visit for it was answered %s", got)
		}
		if got := desk.in(t).refused(withdrawFromWaitList, variables{"input": variables{"waitListEntryId": entry.ID, "expectedVersion": 3}}); got[0].Extensions.Code != "CONFLICT" {
			t.Errorf("withdrawing it was answered %s", asJSON(got))
		}
	})
	t.Run("by another time, which frees the one that was offered", func(t *testing.T) {
		patient := newPatient(t, c.db, "Chooser")
		entry := newWish(t, c.db, patient, doctor)
		mustDo(t)(c.db.OfferWaitListSlot(acting(t), entry.ID, 1, &db.Offer{StartsAt: tomorrow(12), HoldFor: db.Minutes(15)}))
		desk.in(t).ask(book, fulfil(patient, 14, entry, nil))
		newAppointment(t, c.db, newPatient(t, c.db, "Next"), doctor, 12)
	})
	t.Run("by a move of the later visit", func(t *testing.T) {
		patient := newPatient(t, c.db, "Mover")
		visit := newAppointment(t, c.db, patient, doctor, 60)
		entry := newWish(t, c.db, patient, doctor, func(w *db.Wish) { w.ReplacesAppointmentID = &visit.ID })
		const move = `mutation($input: RescheduleAppointmentInput!) { rescheduleAppointment(input: $input) { appointment { id } } }`
		next := desk.in(t).ask(move, variables{"input": variables{
			"appointmentId": visit.ID, "expectedVersion": 1, "startsAt": tomorrow(16).Format(time.RFC3339), "waitListEntryId": entry.ID,
		}}).text("rescheduleAppointment.appointment.id")
		if got := desk.in(t).ask(where, variables{"id": entry.ID}); got.text("node.appointment.id") != next {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("and of the same patient only", func(t *testing.T) {
		entry := newWish(t, c.db, patient, doctor)
		before := c.count("SELECT count(*) FROM appointments")
		if got := wrongIn(desk.in(t).refused(book, fulfil(newPatient(t, c.db, "Other"), 18, entry, nil))); got != "input.waitListEntryId UNKNOWN_REFERENCE" {
			t.Errorf("got %s", got)
		}
		if n := c.count("SELECT count(*) FROM appointments"); n != before {
			t.Error("the visit was booked")
		}
	})
}

// matches returns whose wishes fit the times of the visits of a doctor that were called off, in their order.
func matches(c *client, doctor *db.Practitioner) string {
	c.t.Helper()
	got := c.ask(`query($id: ID!) { practitioner(id: $id) { appointments(where: {status: {in: [BOOKED, CANCELLED]}}, orderBy: [{field: STARTS_AT}]) { nodes { waitListMatches {
		patient { familyName } } } } } }`, variables{"id": doctor.ID})
	var visits []string
	for _, visit := range got.at("practitioner.appointments.nodes").([]any) {
		var names []string
		for _, m := range visit.(map[string]any)["waitListMatches"].([]any) {
			names = append(names, m.(map[string]any)["patient"].(map[string]any)["familyName"].(string))
		}
		visits = append(visits, strings.Join(names, " "))
	}
	return strings.Join(visits, "; ")
}

func TestWaitListMatches(t *testing.T) {
	t.Parallel()
	// The half hour from 09:00 UTC is that from 13:00 in Tbilisi.
	const start = 13 * 60
	for name, test := range map[string]struct {
		wish func(*db.Wish)
		want bool
	}{
		"of the practitioner":                       {func(w *db.Wish) {}, true},
		"of the specialty, however it is written":   {func(w *db.Wish) { w.PractitionerID, w.Specialty = nil, ptr("CARDIOLOGY") }, true},
		"of another specialty":                      {func(w *db.Wish) { w.PractitionerID, w.Specialty = nil, ptr("Neurology") }, false},
		"as long as the visit was":                  {func(w *db.Wish) { w.Length.Duration = ptr(db.Minutes(30)) }, true},
		"longer than the visit was":                 {func(w *db.Wish) { w.Length.Duration = ptr(db.Minutes(31)) }, false},
		"on that very day":                          {func(w *db.Wish) { w.StartsOn, w.EndsOn = dayAfter(1), dayAfter(1) }, true},
		"from the next day on":                      {func(w *db.Wish) { w.StartsOn = dayAfter(2) }, false},
		"until the day before":                      {func(w *db.Wish) { w.EndsOn = dayAfter(0) }, false},
		"from that very minute to that very one":    {func(w *db.Wish) { w.EarliestTime, w.LatestTime = ptr(db.LocalTime(start)), ptr(db.LocalTime(start+30)) }, true},
		"later in the day, by the clinic's clock":   {func(w *db.Wish) { w.EarliestTime = ptr(db.LocalTime(start + 1)) }, false},
		"earlier in the day, by the clinic's clock": {func(w *db.Wish) { w.LatestTime = ptr(db.LocalTime(start + 29)) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t)
			inZone(t, c.db, "Asia/Tbilisi")
			doctor := newPractitioner(t, c.db, "Doctor")
			mustDo(t)(c.db.UpdatePractitioner(acting(t), doctor.ID, 1, func(p *db.Practitioner) { p.Specialty = ptr("Cardiology") }))
			visit := newAppointment(t, c.db, newPatient(t, c.db, "Leaver"), doctor, 0)
			newWish(t, c.db, newPatient(t, c.db, "Waiter"), doctor, test.wish)
			mustDo(t)(c.db.CancelAppointment(acting(t), visit.ID, 1, "PATIENT", nil))
			if got := matches(c.as(auth.Receptionist), doctor); (got == "Waiter") != test.want {
				t.Errorf("matched %q", got)
			}
		})
	}
}

func TestWaitListMatches_inOrder(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	doctor, desk := newPractitioner(t, c.db, "Doctor"), c.as(auth.Receptionist)
	leaver := newPatient(t, c.db, "Leaver")
	// Three visits that are siblings: called off, booked, called off and booked again.
	off, kept, again := newAppointment(t, c.db, leaver, doctor, 0), newAppointment(t, c.db, newPatient(t, c.db, "Stayer"), doctor, 2), newAppointment(t, c.db, leaver, doctor, 4)
	mustDo(t)(c.db.CancelAppointment(acting(t), off.ID, 1, "PATIENT", nil))
	mustDo(t)(c.db.CancelAppointment(acting(t), again.ID, 1, "PATIENT", nil))
	_ = kept
	for i := range 6 {
		newWish(t, c.db, newPatient(t, c.db, fmt.Sprint("Name", i)), doctor, func(w *db.Wish) { w.IsUrgent = i == 4 })
	}
	const five = "Name4 Name0 Name1 Name2 Name3"
	if got := matches(desk, doctor); got != five+"; ; "+five {
		t.Errorf("got %s", got)
	}
	newAppointment(t, c.db, newPatient(t, c.db, "Taker"), doctor, 4)
	if got := matches(desk, doctor); got != five+"; ; ; " {
		t.Errorf("where a time was booked again: %s", got)
	}
}

func TestWaitListMatches_areWhoCanStillCome(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	doctor, desk := newPractitioner(t, c.db, "Doctor"), c.as(auth.Receptionist)
	leaver, dead, archived := newPatient(t, c.db, "Leaver"), newPatient(t, c.db, "Dead"), newPatient(t, c.db, "Archived")
	visit, later := newAppointment(t, c.db, leaver, doctor, 0), newAppointment(t, c.db, leaver, doctor, 60)
	newWish(t, c.db, dead, doctor)
	newWish(t, c.db, archived, doctor)
	newWish(t, c.db, leaver, doctor)
	newWish(t, c.db, leaver, doctor, func(w *db.Wish) { w.ReplacesAppointmentID = &visit.ID })
	withdrawn, offered, lapsed := newWish(t, c.db, newPatient(t, c.db, "Withdrawn"), doctor), newWish(t, c.db, newPatient(t, c.db, "Offered"), doctor), newWish(t, c.db, newPatient(t, c.db, "Lapsed"), doctor)
	mustDo(t)(c.db.WithdrawFromWaitList(acting(t), withdrawn.ID, 1))
	mustDo(t)(c.db.OfferWaitListSlot(acting(t), offered.ID, 1, &db.Offer{StartsAt: tomorrow(6), HoldFor: db.Minutes(15)}))
	hold, err := c.db.OfferWaitListSlot(acting(t), lapsed.ID, 1, &db.Offer{StartsAt: tomorrow(8), HoldFor: db.Minutes(15)})
	if err != nil {
		t.Fatal(err)
	}
	lapse(t, c.db, hold.SlotHoldID)
	mustDo(t)(c.db.UpdatePatient(acting(t), dead.ID, 1, func(p *db.Patient) { p.DeceasedOn = ptr(db.Date("2026-01-01")) }))
	mustDo(t)(c.db.ArchivePatient(acting(t), archived.ID, 1, "moved abroad"))
	mustDo(t)(c.db.CancelAppointment(acting(t), visit.ID, 1, "PATIENT", nil))
	if got := matches(desk, doctor); got != "Lapsed; " {
		t.Errorf("got %s", got)
	}
	newWish(t, c.db, leaver, doctor, func(w *db.Wish) { w.ReplacesAppointmentID = &later.ID })
	if got := matches(desk, doctor); got != "Lapsed Leaver; " {
		t.Errorf("of who would give up another visit: %s", got)
	}
	mustDo(t)(c.db.DeactivatePractitioner(acting(t), doctor.ID, 1, "retired"))
	if got := matches(desk, doctor); got != "; " {
		t.Errorf("with a practitioner who has left: %s", got)
	}
}

// What fits a hundred visits is read as what fits one.
func TestWaitListMatches_takeOneStatement(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	inUTC(t, c.db)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	for n := range 20 {
		visit := newAppointment(t, c.db, patient, doctor, n)
		mustDo(t)(c.db.CancelAppointment(acting(t), visit.ID, 1, "PATIENT", nil))
	}
	newWish(t, c.db, newPatient(t, c.db, "Waiter"), doctor)
	const query = `query($first: Int!) { appointments(first: $first) { nodes { waitListMatches { status slotHold { id } patient { familyName } } } } }`
	c.ask(query, variables{"first": 1})
	for _, first := range []int{1, 20} {
		response, text := c.post(query, variables{"first": first})
		if got := statements(t, response.Header.Get("Server-Timing")); got != "3" || strings.Count(text, "Waiter") != first {
			t.Errorf("%d visits took %s statements, not 3: %s", first, got, text)
		}
	}
}
