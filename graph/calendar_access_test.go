package graph_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// The ways to ask for a time that somebody else has: <at> is that of a visit,
// <held> that of a hold for somebody who waits, <mine> a visit of one's own.
var takenTimes = map[string]string{
	"book":                  `bookAppointment(input: {patientId: <me>, practitionerId: <Practitioner>, startsAt: <at>, endsAt: <later>}) { appointment { id } }`,
	"book a part":           `bookAppointment(input: {patientId: <me>, practitionerId: <Practitioner>, startsAt: <at>, length: "PT5M"}) { appointment { id } }`,
	"book what is held":     `bookAppointment(input: {patientId: <me>, practitionerId: <Practitioner>, startsAt: <held>, endsAt: <away>}) { appointment { id } }`,
	"book the room":         `bookAppointment(input: {patientId: <me>, practitionerId: <another>, roomId: <Room>, startsAt: <at>, endsAt: <later>}) { appointment { id } }`,
	"move":                  `rescheduleAppointment(input: {appointmentId: <mine>, expectedVersion: 1, practitionerId: <Practitioner>, startsAt: <at>}) { appointment { id } }`,
	"hold":                  `holdSlot(input: {practitionerId: <Practitioner>, startsAt: <at>, length: {duration: "PT10M"}}) { slotHold { id } }`,
	"hold the room":         `holdSlot(input: {practitionerId: <another>, roomId: <Room>, startsAt: <held>, length: {duration: "PT10M"}}) { slotHold { id } }`,
	"book a series":         `bookAppointmentSeries(input: {patientId: <me>, practitionerId: <Practitioner>, startsAt: <at>, length: {duration: "PT10M"}, recurrence: {frequency: WEEKLY, times: 2}}) { appointmentSeries { id } }`,
	"offer":                 `offerWaitListSlot(input: {waitListEntryId: <wish>, expectedVersion: 1, practitionerId: <Practitioner>, startsAt: <at>}) { waitListEntry { id } }`,
	"use their hold":        `bookAppointment(input: {patientId: <me>, practitionerId: <Practitioner>, startsAt: <at>, endsAt: <later>, slotHoldId: <SlotHold>}) { appointment { id } }`,
	"fulfil their wish":     `bookAppointment(input: {patientId: <me>, practitionerId: <Practitioner>, startsAt: <later>, endsAt: <end>, waitListEntryId: <WaitListEntry>}) { appointment { id } }`,
	"within their time off": `bookAppointment(input: {patientId: <me>, practitionerId: <Practitioner>, startsAt: <away>, endsAt: <back>}) { appointment { id } }`,
}

var nextFree = regexp.MustCompile(`"nextFree":\[[^\]]*\]`)

// Who asks for a time is told what kind of thing is in the way and when else, in
// the same words whoever has it: nothing of whose it is, nor when it begins and ends.
func TestRestricted_takenTimesTellNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, role := range []auth.Role{auth.Receptionist, auth.Doctor} {
		desk := h.employ("desk-"+strings.ToLower(string(role)), role)
		own, restricted, other := h.patient("own", desk), h.patient("restricted", desk), h.patient("other", desk)
		h.run("UPDATE appointments SET series_id = NULL WHERE id = $1", own.values["Visit"])
		h.run("UPDATE wait_list_entries SET status = 'WAITING', practitioner_id = NULL, specialty = 's', starts_on = current_date, ends_on = current_date + 300 WHERE id = $1", own.values["WaitListEntry"])
		for name, query := range takenTimes {
			ask := func(of *folder) string {
				for key, value := range map[string]string{"me": "Patient", "mine": "Visit", "wish": "WaitListEntry"} {
					of.values[key] = own.values[value]
				}
				of.values["another"] = desk.practitioner.ID.String()
				_, text := desk.in(t).post(of.of("mutation { "+query+" }"), nil)
				if !strings.Contains(text, `"SLOT_TAKEN"`) && !strings.Contains(text, `"INVALID"`) {
					t.Errorf("%s, %s: got %s", role, name, text)
				}
				for _, free := range parse(t, text).Errors[0].Extensions.NextFree {
					if from := free.StartsAt.Format("2006-01-02T15:04:05Z07:00"); from == of.values["at"] || from == of.values["held"] {
						t.Errorf("%s, %s: %s is offered, which is taken", role, name, from)
					}
				}
				for _, secret := range []string{"Patient", "Visit", "SlotHold", "WaitListEntry", "search", "end", "away"} {
					if text := nextFree.ReplaceAllString(text, ""); strings.Contains(text, of.values[secret]) {
						t.Errorf("%s, %s: tells %s: %s", role, name, secret, text)
					}
				}
				text = nextFree.ReplaceAllString(text, `"nextFree":[…]`)
				return strings.NewReplacer(of.values["at"], "<at>", of.values["day"], "<day>").Replace(text)
			}
			if got, want := ask(restricted), ask(other); got != want {
				t.Errorf("%s, %s: of the restricted %s\nof another %s", role, name, got, want)
			}
		}
	}
}

// What is free does not tell whose the rest is, and who cannot be asked about
// is answered like who is not there.
func TestRestricted_freeTimesTellNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	desk, admin := h.employ("desk", auth.Receptionist), h.employ("admin", auth.Admin)
	own, restricted, open := h.patient("own", desk), h.patient("restricted", desk), h.patient("other", desk)
	admin.breakGlass(open)
	const slots = `{ availableSlots(practitionerIds: [<Practitioner>], from: <at>, until: <back>, length: {duration: "PT10M"}) { nodes { startsAt endsAt practitioner { id } } } }`
	before := asJSON(desk.ask(restricted.of(slots), nil))
	h.run("UPDATE wait_list_entries SET replaces_appointment_id = NULL")
	h.run("UPDATE appointments SET patient_id = $2, rescheduled_from_id = NULL, series_id = NULL WHERE id = $1", restricted.values["Visit"], own.values["Patient"])
	if after := asJSON(desk.ask(restricted.of(slots), nil)); before != after || !strings.Contains(before, restricted.values["later"]) || strings.Contains(before, `"startsAt":"`+restricted.values["at"]) {
		t.Errorf("of the restricted %s\nof another %s", before, after)
	}
	const about = `{ availableSlots(practitionerIds: [<Practitioner>], patientId: <whom>, from: <at>, until: <back>, length: {duration: "PT10M"}) { nodes { startsAt } } }`
	ask := func(whom string) string {
		restricted.values["whom"] = whom
		_, text := admin.post(restricted.of(about), nil)
		return text
	}
	notYours, notThere, yours := ask(own.values["Patient"]), ask(db.NewID(db.KindPatient).String()), ask(open.values["Patient"])
	if notYours != notThere || !strings.Contains(notThere, "UNKNOWN_REFERENCE") || strings.Contains(yours, "errors") {
		t.Errorf("not yours %s\nnot there %s\nyours %s", notYours, notThere, yours)
	}
}

// The calendar is the desk's: others are refused it, and an administrator who
// broke a glass sees whatever hangs on that patient and on nobody else.
func TestGlass_ofTheCalendar(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	desk, plain, admin, late, analyst := h.employ("desk", auth.Receptionist), h.employ("plain", auth.Admin), h.employ("admin", auth.Admin), h.employ("late", auth.Admin), h.employ("analyst", auth.Analyst)
	var all []*folder
	for range 3 {
		all = append(all, h.patient("other", desk))
	}
	chart := all[1]
	admin.breakGlass(chart)
	late.breakGlass(chart)
	h.run("UPDATE glass_accesses SET closes_at = now() WHERE user_id = $1", late.user.ID)
	h.db.Forget()
	h.run("UPDATE wait_list_entries SET status = 'WAITING', starts_on = current_date, ends_on = current_date + 300")
	chart.values["from"], chart.values["until"] = all[0].values["day"], tomorrow(48*5).Format("2006-01-02")
	for name, query := range map[string]string{
		"schedule":          `{ schedule(range: {days: {from: <from>, until: <until>}}, practitionerIds: [<Practitioner>]) { columns { appointments { patient { id } } } } }`,
		"schedule of rooms": `{ schedule(range: {days: {from: <from>, until: <until>}}, roomIds: [<rooms>]) { columns { appointments { patient { id } } } } }`,
		"wait list":         `{ waitList { nodes { patient { id } } edges { node { patient { id } } } } }`,
		"matches":           `{ appointments { nodes { waitListMatches { patient { id } } } } }`,
		"outside hours":     `{ practitioner(id: <Practitioner>) { appointmentsOutsideHours { patient { id } } } }`,
		"within time off":   `{ timeOff { nodes { appointmentsWithin { patient { id } } } } }`,
		"nodes":             `{ nodes(ids: [<nodes>]) { ... on WaitListEntry { patient { id } } ... on AppointmentSeries { patient { id } appointments { nodes { patient { id } } } } } }`,
		"holds":             `{ waitList { nodes { slotHold { id } appointment { id } replacesAppointment { id } } } node(id: <SlotHold>) { ... on SlotHold { practitioner { id } } } }`,
		"slots":             `{ availableSlots(practitionerIds: [<Practitioner>], from: <at>, until: <back>, length: {duration: "PT10M"}) { nodes { startsAt } } }`,
		"a practitioner's":  `{ practitioner(id: <Practitioner>) { availableSlots(from: <at>, until: <back>, length: {duration: "PT10M"}) { nodes { startsAt } } } }`,
	} {
		var rooms, nodes []string
		for _, one := range all {
			rooms, nodes = append(rooms, one.of("<Room>")), append(nodes, one.of("<WaitListEntry>, <AppointmentSeries>"))
		}
		query = strings.NewReplacer("<rooms>", strings.Join(rooms, ", "), "<nodes>", strings.Join(nodes, ", ")).Replace(query)
		seen := func(c *colleague) (ids []string) {
			text := asJSON(c.in(t).ask(chart.of(query), nil))
			for _, one := range all {
				if strings.Contains(text, one.values["Patient"]) {
					ids = append(ids, one.values["Patient"])
				}
			}
			return ids
		}
		tells := strings.Contains(query, "patient {")
		if got := seen(admin); tells && !slices.Equal(got, []string{chart.values["Patient"]}) || !tells && got != nil {
			t.Errorf("%s: behind the glass of %s are %v", name, chart.values["Patient"], got)
		}
		if got := seen(desk); tells && len(got) != len(all) {
			t.Errorf("%s: the desk sees %v: the way is no way", name, got)
		}
		for _, c := range []*colleague{plain, late, analyst} {
			if got := c.in(t).refused(chart.of(query), nil); len(got) != 1 || got[0].Extensions.Code != "FORBIDDEN" {
				t.Errorf("%s: %s got %s", name, c.user.LoginName, asJSON(got))
			}
		}
	}
}

// A rule that doctors alone may break is refused to others however it is written,
// before anything runs.
func TestAccess_ofBookingRules(t *testing.T) {
	t.Parallel()
	p := policies(t, schema)
	const book = `bookAppointment(input: {patientId: "p", practitionerId: "d", override: %s}) { __typename }`
	with := func(text string) string { return "mutation { " + strings.Replace(book, "%s", text, 1) + " }" }
	both := variables{"rules": []any{"BUFFER", "OVERBOOKING"}, "reason": "because"}
	for name, test := range map[string]struct {
		query string
		vars  variables
		want  string
	}{
		"allowed":              {with(`{rules: [OUTSIDE_HOURS, BUFFER, LATE_ENTRY], reason: "because"}`), nil, ""},
		"a list":               {with(`{rules: [BUFFER, OVERBOOKING], reason: "because"}`), nil, "BookingRule.OVERBOOKING"},
		"one without its list": {with(`{rules: TIME_OFF, reason: "because"}`), nil, "BookingRule.TIME_OFF"},
		"a variable of rules":  {`mutation($r: [BookingRule!]!) { ` + strings.Replace(book, "%s", `{rules: $r, reason: "because"}`, 1) + ` }`, variables{"r": both["rules"]}, "BookingRule.OVERBOOKING"},
		"a variable of one":    {`mutation($r: BookingRule!) { ` + strings.Replace(book, "%s", `{rules: [$r], reason: "because"}`, 1) + ` }`, variables{"r": "TIME_OFF"}, "BookingRule.TIME_OFF"},
		"a default":            {`mutation($r: [BookingRule!]! = [OVERBOOKING]) { ` + strings.Replace(book, "%s", `{rules: $r, reason: "because"}`, 1) + ` }`, nil, "BookingRule.OVERBOOKING"},
		"a variable around it": {`mutation($o: BookingOverrideInput) { ` + strings.Replace(book, "%s", `$o`, 1) + ` }`, variables{"o": both}, "BookingRule.OVERBOOKING"},
		"a whole input":        {`mutation($i: ConfirmAppointmentInput!) { confirmAppointment(input: $i) { __typename } }`, variables{"i": variables{"override": both}}, "BookingRule.OVERBOOKING"},
		"a move":               {`mutation($i: RescheduleAppointmentInput!) { rescheduleAppointment(input: $i) { __typename } }`, variables{"i": variables{"override": both}}, "BookingRule.OVERBOOKING"},
		"a series":             {`mutation($i: BookAppointmentSeriesInput!) { bookAppointmentSeries(input: $i) { __typename } }`, variables{"i": variables{"override": both}}, "BookingRule.OVERBOOKING"},
	} {
		op := operation(t, schema, test.query)
		for _, kept := range []bool{false, true} {
			for _, role := range []auth.Role{auth.Nurse, auth.Receptionist, auth.Doctor} {
				want := test.want
				if role == auth.Doctor {
					want = ""
				}
				if got := strings.Join(p.Refused(auth.Actor{Name: "a", Role: role}, op, kept, test.vars), " "); got != want {
					t.Errorf("%s, %s: got %q, want %q", name, role, got, want)
				}
			}
		}
	}
}
