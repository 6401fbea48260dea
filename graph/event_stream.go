package graph

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/auth"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// eventStream is the media type of the events of a subscription, in the
// distinct connections mode of GraphQL over Server-Sent Events.
const eventStream = "text/event-stream"

// The times of long answers.
const (
	writeTimeout = 10 * time.Second // of one event
	sayEvery     = 12 * time.Second // something, so that proxies do not take the connection for dead
)

// acceptsEvents says whether a client asks for a stream of events.
func acceptsEvents(accept string) bool {
	if !strings.Contains(strings.ToLower(accept), eventStream) {
		return false // as of almost everybody: what is parsed is allocated
	}
	for part := range strings.SplitSeq(accept, ",") {
		if media, _, err := mime.ParseMediaType(strings.TrimSpace(part)); err == nil && media == eventStream {
			return true
		}
	}
	return false
}

// stream answers a subscription with its events, and returns what it was refused
// or ended with.
func (s *subscription) stream(w http.ResponseWriter, r *http.Request) gqlerror.List {
	held, release, err := auth.Hold(s.ctx)
	if err != nil {
		return refuseHold(w, r, err)
	}
	defer release()
	s.ctx = held
	out := &events{w: w, control: http.NewResponseController(w)}
	_ = out.control.SetReadDeadline(time.Time{}) // of the request, which has been read
	w.Header().Set("Content-Type", eventStream+"; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	_ = out.write(":\n\n", nil)
	stop := out.keepAlive()
	defer stop()
	errs := s.run(func(response *graphql.Response) error { return out.write("event: next\ndata: ", response) })
	if end := endOf(held); end != nil {
		errs = gqlerror.List{end}
	}
	if errs != nil {
		_ = out.write("event: next\ndata: ", &graphql.Response{Errors: errs})
	}
	_ = out.write("event: complete\ndata: \n\n", nil)
	return errs
}

// refuseHold answers whoever may not hold one more connection, and returns with what.
func refuseHold(w http.ResponseWriter, r *http.Request, err error) gqlerror.List {
	w.Header().Set("Retry-After", "10")
	status, code := http.StatusServiceUnavailable, "UNAVAILABLE"
	if errors.Is(err, auth.ErrTooManyOfSession) {
		status, code = http.StatusTooManyRequests, "RATE_LIMITED"
	}
	Refuse(w, r, status, code, err.Error())
	return gqlerror.List{refusal(code, err.Error())}
}

// events writes a stream of events.
type events struct {
	mu      sync.Mutex
	w       http.ResponseWriter
	control *http.ResponseController
}

// write writes what an event begins with, and its response where there is one.
// Responses are JSON of one line.
func (e *events) write(text string, response *graphql.Response) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	_ = e.control.SetWriteDeadline(time.Now().Add(writeTimeout))
	_, err := io.WriteString(e.w, text)
	if err == nil && response != nil {
		if err = encode(e.w, response); err == nil {
			_, err = io.WriteString(e.w, "\n")
		}
	}
	return errors.Join(err, e.control.Flush())
}

// keepAlive writes a comment from time to time until it is stopped.
func (e *events) keepAlive() (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(sayEvery):
				_ = e.write(":\n\n", nil)
			}
		}
	}()
	return func() { close(done); <-ended }
}
