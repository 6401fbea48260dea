package db

// Room is one row of rooms: a place where care is given.
type Room struct {
	Row
	Name     string `db:"name" max:"100"`
	IsActive bool   `db:"is_active"`
}

var rooms = newTable(table[Room]{name: "rooms", kind: KindRoom, usual: []orderKey{{column: "name"}}})

func (*Room) check(*Clinic, *problems) {}

// The types that lists of rooms are made of.
type (
	RoomConnection = Connection[Room]
	RoomEdge       = Edge[Room]
)

// RoomEdgeOf returns r as an edge of the list of rooms.
func RoomEdgeOf(r *Room) *RoomEdge { return edge(rooms, r) }
