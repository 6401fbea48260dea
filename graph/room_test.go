package graph_test

import (
	"testing"

	"github.com/clinicql/clinicql/auth"
)

func TestRoom(t *testing.T) {
	t.Parallel()
	c := newClient(t).as(auth.Receptionist)
	got := c.ask(`mutation { createRoom(input: {name: " Room 2 "}) { room { id name isActive version } roomEdge { cursor node { name } } } }`, nil)
	vars := variables{"id": got.text("createRoom.room.id")}
	if got.number("createRoom.room.version") != 1 || got.text("createRoom.roomEdge.node.name") != "Room 2" || got.text("createRoom.roomEdge.cursor") == "" {
		t.Errorf("got %s", asJSON(got))
	}
	got = c.ask(`mutation($id: ID!) {
		closed: updateRoom(input: {roomId: $id, expectedVersion: 1, isActive: false}) { room { name isActive version } }
		renamed: updateRoom(input: {roomId: $id, expectedVersion: 2, name: "Surgery"}) { room { name isActive version } } }`, vars)
	const steps = `{"closed":{"room":{"isActive":false,"name":"Room 2","version":2}},"renamed":{"room":{"isActive":false,"name":"Surgery","version":3}}}`
	if asJSON(got) != steps {
		t.Errorf("got %s", asJSON(got))
	}
	c.ask(`mutation { createRoom(input: {name: "Laboratory"}) { room { id } } }`, nil)

	t.Run("lists by name, closed ones too", func(t *testing.T) {
		got := c.in(t).as(auth.Doctor).ask(`{ rooms { totalCount nodes { name isActive } } }`, nil)
		if want := `{"rooms":{"nodes":[{"isActive":true,"name":"Laboratory"},{"isActive":false,"name":"Surgery"}],"totalCount":2}}`; asJSON(got) != want {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("is found by its id", func(t *testing.T) {
		if got := c.in(t).ask(`query($id: ID!) { node(id: $id) { __typename ... on Room { name } } }`, vars); asJSON(got) != `{"node":{"__typename":"Room","name":"Surgery"}}` {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("refuses a name that is taken", func(t *testing.T) {
		wantFields(t, c.in(t).refused(`mutation { createRoom(input: {name: "Surgery"}) { room { id } } }`, nil), "input.name NOT_UNIQUE")
		wantFields(t, c.in(t).refused(`mutation($id: ID!) { updateRoom(input: {roomId: $id, expectedVersion: 3, name: "Laboratory"}) { room { id } } }`, vars), "input.name NOT_UNIQUE")
	})
	t.Run("refuses no name", func(t *testing.T) {
		wantFields(t, c.in(t).refused(`mutation { createRoom(input: {name: " "}) { room { id } } }`, nil), "input.name TOO_SHORT")
		wantFields(t, c.in(t).refused(`mutation($id: ID!) { updateRoom(input: {roomId: $id, expectedVersion: 3, name: null, isActive: null}) { room { id } } }`, vars),
			"input.name REQUIRED", "input.isActive REQUIRED")
	})
	t.Run("refuses a stale version", func(t *testing.T) {
		got := c.in(t).refused(`mutation($id: ID!) { updateRoom(input: {roomId: $id, expectedVersion: 2, name: "New"}) { room { id } } }`, vars)[0].Extensions
		if got.Code != "VERSION_CONFLICT" || asJSON(got.ChangedFields) != `["name"]` || got.Current.text("name") != "Surgery" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("is made by planners only", func(t *testing.T) {
		if got := c.in(t).as(auth.Doctor).refused(`mutation { createRoom(input: {name: "New"}) { clientMutationId: __typename } }`, nil); got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}
