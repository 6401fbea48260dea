package db

import (
	"context"

	"github.com/google/uuid"
)

// Room is one row of rooms: a place where care is given.
type Room struct {
	Row
	Name     string `db:"name" max:"100"`
	IsActive bool   `db:"is_active"`
}

var rooms = newTable(table[Room]{name: "rooms", kind: KindRoom, usual: []orderKey{{column: "name"}}})

// check finds nothing: a name is checked as every text is.
func (*Room) check(*Clinic, *problems) {}

// Rooms returns a page of all rooms by name, those that are closed included.
func (d *DB) Rooms(ctx context.Context, page Page) (*RoomConnection, error) {
	return list(ctx, d, rooms, query{page: page})
}

// CreateRoom adds r, which can be booked at once.
func (d *DB) CreateRoom(ctx context.Context, r *Room) (*Room, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Room, error) {
		r.IsActive = true
		return create(ctx, tx, rooms, r)
	})
}

// UpdateRoom lets change edit the room of the expected version. Visits that are
// booked stay where they are, in a room that is closed too.
func (d *DB) UpdateRoom(ctx context.Context, id uuid.UUID, expected int32, change func(*Room)) (*Room, error) {
	return edit(ctx, d, rooms, id, expected, func(_ context.Context, _ *Tx, r *Room) error {
		change(r)
		return nil
	})
}

// The types that lists of rooms are made of.
type (
	RoomConnection = Connection[Room]
	RoomEdge       = Edge[Room]
)

// RoomEdgeOf returns r as an edge of the list of rooms.
func RoomEdgeOf(r *Room) *RoomEdge { return edge(rooms, r) }
