package graph

import "sync/atomic"

// maxTaken is how many operations a server takes on at once. All but a few of them
// wait for their turn, and hold memory meanwhile.
const maxTaken = 1280

// A crowd counts the operations that a server has taken on. One that goes on, a
// subscription, is not among them: auth.Gate bounds those.
type crowd struct{ taken atomic.Int64 }

// enter takes an operation on until leave is called, by the same goroutine, which may call
// it twice. It returns false when there are too many.
func (c *crowd) enter() (leave func(), ok bool) {
	isLeft := false
	leave = func() {
		if !isLeft {
			isLeft = true
			c.taken.Add(-1)
		}
	}
	if c.taken.Add(1) > maxTaken {
		leave()
		return nil, false
	}
	return leave, true
}
