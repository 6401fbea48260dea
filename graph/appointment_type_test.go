package graph_test

import (
	"testing"

	"github.com/clinicql/clinicql/auth"
)

func TestAppointmentType(t *testing.T) {
	t.Parallel()
	c := newClient(t).as(auth.Admin)
	const all = `{ name length bufferBefore bufferAfter color isActive version }`
	got := c.ask(`mutation {
		full: createAppointmentType(input: {name: "Surgery", length: "PT90M", bufferBefore: "PT2H", bufferAfter: "PT5M", color: "#2F6f4F"}) { appointmentType `+all+` appointmentTypeEdge { node { name } } }
		longest: createAppointmentType(input: {name: "Observation", length: "P1D"}) { appointmentType `+all+` } }`, nil)
	const want = `{"full":{"appointmentType":{"bufferAfter":"PT5M","bufferBefore":"PT2H","color":"#2f6f4f","isActive":true,"length":"PT1H30M","name":"Surgery","version":1},"appointmentTypeEdge":{"node":{"name":"Surgery"}}},` +
		`"longest":{"appointmentType":{"bufferAfter":"PT0S","bufferBefore":"PT0S","color":null,"isActive":true,"length":"PT24H","name":"Observation","version":1}}}`
	if asJSON(got) != want {
		t.Errorf("got  %s\nwant %s", asJSON(got), want)
	}
	list := c.as(auth.Nurse).ask(`{ appointmentTypes { nodes { id name } } }`, nil)
	vars := variables{"id": list.text("appointmentTypes.nodes.1.id")}
	if list.text("appointmentTypes.nodes.0.name") != "Observation" || list.text("appointmentTypes.nodes.1.name") != "Surgery" {
		t.Errorf("got %s", asJSON(list))
	}
	t.Run("is changed and retired", func(t *testing.T) {
		got := c.in(t).ask(`mutation($id: ID!) { updateAppointmentType(input: {appointmentTypeId: $id, expectedVersion: 1, length: "PT1M", bufferBefore: "PT0S", color: null, isActive: false})
			{ appointmentType `+all+` } }`, vars)
		const want = `{"updateAppointmentType":{"appointmentType":{"bufferAfter":"PT5M","bufferBefore":"PT0S","color":null,"isActive":false,"length":"PT1M","name":"Surgery","version":2}}}`
		if asJSON(got) != want {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("tells lengths of the current version as the API does", func(t *testing.T) {
		got := c.in(t).refused(`mutation($id: ID!) { updateAppointmentType(input: {appointmentTypeId: $id, expectedVersion: 1, length: "PT2M"}) { appointmentType { name } } }`, vars)[0].Extensions
		if got.Code != "VERSION_CONFLICT" || got.Current.text("length") != "PT1M" || got.Current.text("bufferAfter") != "PT5M" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	for input, problems := range map[string][]string{
		`name: "A", length: "PT0S"`:                        {"input.length OUT_OF_RANGE"},
		`name: "A", length: "PT24H1M"`:                     {"input.length OUT_OF_RANGE"},
		`name: "A", length: "PT25H", bufferBefore: "PT3H"`: {"input.length OUT_OF_RANGE", "input.bufferBefore OUT_OF_RANGE"},
		`name: "A", length: "PT1M", bufferAfter: "PT121M"`: {"input.bufferAfter OUT_OF_RANGE"},
		`name: "A", length: "PT1M", color: "2f6f4f"`:       {"input.color BAD_FORMAT"},
		`name: "A", length: "PT1M", color: "#2f6f4g"`:      {"input.color BAD_FORMAT"},
		`name: "A", length: "PT1M", color: "#fff"`:         {"input.color BAD_FORMAT"},
		`name: "A", length: "PT1M", color: ""`:             {"input.color TOO_SHORT"},
		`name: "A", length: "1 hour"`:                      {"input.length BAD_FORMAT"},
		`name: "Surgery", length: "PT1M"`:                  {"input.name NOT_UNIQUE"},
	} {
		t.Run("refuses "+input, func(t *testing.T) {
			wantFields(t, c.in(t).refused(`mutation { createAppointmentType(input: {`+input+`}) { appointmentType { name } } }`, nil), problems...)
		})
	}
	t.Run("is made by administrators only", func(t *testing.T) {
		got := c.in(t).as(auth.Receptionist).refused(`mutation { createAppointmentType(input: {name: "A", length: "PT1M"}) { appointmentType { name } } }`, nil)
		if got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	if n := c.count("SELECT count(*) FROM appointment_types"); n != 2 {
		t.Errorf("there are %d types", n)
	}
}
