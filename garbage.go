package main

import (
	"runtime"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
)

// How much garbage there may be before it is collected, in percent of what is used and in
// bytes. With the least a server that uses little would under load do nothing but collect, and
// let who asks for its health wait; with the most it would take five times what long answers
// under way or the hash of a password use for a moment.
const (
	leastGarbage = 100
	mostGarbage  = 400
	enough       = 32 << 20
)

// garbageFor returns what percentage of what is used may be garbage.
func garbageFor(used uint64) int {
	return int(min(max(enough*100/max(used, 1), leastGarbage), mostGarbage))
}

// boundGarbage has garbage collected when there is enough of it, from now on.
func boundGarbage() {
	debug.SetGCPercent(mostGarbage)
	c := &collection{percent: mostGarbage, used: []runtimemetrics.Sample{{Name: "/gc/heap/live:bytes"}}}
	runtime.SetFinalizer(c, (*collection).ended)
}

// A collection is found to be garbage by each collection of it, and then kept for the next.
type collection struct {
	percent int
	used    []runtimemetrics.Sample
}

// ended decides how much garbage there may be until the next collection.
func (c *collection) ended() {
	runtimemetrics.Read(c.used)
	if percent := garbageFor(c.used[0].Value.Uint64()); percent != c.percent {
		c.percent = percent
		debug.SetGCPercent(percent)
	}
	runtime.SetFinalizer(c, (*collection).ended)
}
