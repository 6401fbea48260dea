package compile

import "sync"

// How much room an answer is given before it is written: some more than the last one of its
// plan took, at most largestRoom. That of long answers, in steps so that one fits in the place
// of another, is kept for others when nobody looks at it any more.
const (
	leastRoom   = 512
	stepOfRoom  = 32 << 10
	largestRoom = 256 << 10
)

var rooms sync.Pool // of *[]byte

// room returns an empty buffer for about so many bytes.
func room(size int) []byte {
	if size = size + leastRoom; size < stepOfRoom {
		return make([]byte, 0, size)
	}
	if kept, ok := rooms.Get().(*[]byte); ok && cap(*kept) >= min(size, largestRoom) {
		return (*kept)[:0]
	}
	return make([]byte, 0, min((size+stepOfRoom-1)/stepOfRoom*stepOfRoom, largestRoom))
}

// GiveBack keeps the room of an answer for others, which will write over it.
func GiveBack(answer []byte) {
	if cap(answer) >= stepOfRoom && cap(answer) <= largestRoom {
		kept := answer
		rooms.Put(&kept)
	}
}
