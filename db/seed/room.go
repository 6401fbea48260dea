package seed

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// roomsInAll is how many rooms the clinic has, however many doctors; the other
// visits are in rooms that nobody books.
const roomsInAll = 6

// inRoom is how many visits are in a room where one is free, in percent.
const inRoom = 70

func newRooms(seed uint64) []*db.Room {
	r := placeStream.chance(seed, 0)
	all := make([]*db.Room, roomsInAll)
	for n := range all {
		all[n] = &db.Room{Name: fmt.Sprintf("Room %d", n+1), IsActive: true}
		all[n].ID = newID(r, db.KindRoom, opened.Add(time.Duration(n-30_000)*time.Second))
	}
	return all
}

// A roomPlan says which rooms are taken in the slots of a day.
type roomPlan [roomsInAll][slots]bool

// take returns a room that is free in the slot, and takes it; nil where none is
// or the visit needs none.
func (p *roomPlan) take(r *rand.Rand, rooms []*db.Room, slot int) *uuid.UUID {
	if !percent(r, inRoom) {
		return nil
	}
	for i, first := 0, r.IntN(roomsInAll); i < roomsInAll; i++ {
		if n := (first + i) % roomsInAll; !p[n][slot] {
			p[n][slot] = true
			return &rooms[n].ID
		}
	}
	return nil
}
