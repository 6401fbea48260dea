package graph

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strings"
)

// A trace is what an operation belongs to beyond this server, in the hexadecimal
// digits of https://www.w3.org/TR/trace-context/.
type trace struct {
	id     string
	parent string // what the client was doing; empty where the trace begins here
}

// The lengths of a traceparent of version 00, such as
// 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.
const (
	traceDigits  = 32
	parentDigits = 16
	traceparent  = len("00-") + traceDigits + len("-") + parentDigits + len("-01")
)

// traceOf returns the trace that a client names, or none where it names none, or more than
// one, or none that can be read.
func traceOf(h http.Header) trace {
	if named := h.Values("Traceparent"); len(named) == 1 {
		if t, ok := parseTraceparent(named[0]); ok {
			return t
		}
	}
	return trace{}
}

// newTrace begins a trace.
func newTrace() trace {
	id := make([]byte, traceDigits/2)
	_, _ = rand.Read(id) // which never fails
	return trace{id: hex.EncodeToString(id)}
}

// parseTraceparent reads the header of version 00, and of a later version what
// that will have of it: more may follow there, after one more "-". No ids are of
// zeros only, no digits are capitals, and there is no version ff.
func parseTraceparent(text string) (t trace, ok bool) {
	if len(text) < traceparent || len(text) > traceparent && (text[:2] == "00" || text[traceparent] != '-') {
		return t, false
	}
	parts := strings.Split(text[:traceparent], "-")
	if len(parts) != 4 {
		return t, false
	}
	for i, digits := range []int{2, traceDigits, parentDigits, 2} {
		if len(parts[i]) != digits || strings.Trim(parts[i], "0123456789abcdef") != "" {
			return t, false
		}
	}
	t = trace{id: parts[1], parent: parts[2]}
	return t, parts[0] != "ff" && strings.Trim(t.id, "0") != "" && strings.Trim(t.parent, "0") != ""
}
