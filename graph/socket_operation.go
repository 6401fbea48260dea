package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// A socketOperation is one subscription over a WebSocket. Nothing is sent of it
// after it was completed, by either side, or has failed.
type socketOperation struct {
	socket *socket
	id     string
	cancel context.CancelFunc

	mu   sync.Mutex // is held while something is sent
	over bool
}

var errOver = errors.New("the operation is over")

// run answers the operation, which is one of its own in the trace of the
// connection, until it ends.
func (o *socketOperation) run(ctx context.Context, params *graphql.RawParams) {
	defer o.cancel()
	var stats db.Stats
	seen := &observer{executor: o.socket.executor, stats: &stats, text: params.Query}
	ctx = withOperation(db.WithStats(graphql.StartOperationTrace(ctx), &stats), operationOf(ctx).trace())
	s, errs := o.socket.executor.newSubscription(ctx, params)
	if errs == nil {
		seen.op = s.op
		errs = s.run(func(response *graphql.Response) error {
			var text bytes.Buffer
			if err := encode(&text, response); err != nil {
				return err
			}
			return o.send("next", bytes.TrimSpace(text.Bytes()), false)
		})
	}
	seen.look(ctx, errs).log(ctx)
	switch {
	case ctx.Err() != nil: // the client, the session or the server ended it
	case errs != nil:
		o.fail(errs)
	default:
		o.socket.forget(o)
		_ = o.send("complete", nil, true)
	}
}

// fail ends the operation with errors.
func (o *socketOperation) fail(errs gqlerror.List) {
	o.socket.forget(o)
	if text, err := json.Marshal(errs[:min(len(errs), maxErrors)]); err == nil {
		_ = o.send("error", text, true)
	}
}

// send writes a message of the operation, perhaps its last.
func (o *socketOperation) send(kind string, payload json.RawMessage, isLast bool) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.over {
		return errOver
	}
	o.over = isLast
	return o.socket.send(&socketMessage{ID: &o.id, Type: kind, Payload: payload})
}

// stop ends the operation without a word, as its client asked for.
func (o *socketOperation) stop() {
	o.cancel()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = true
}

// forget lets the id be used again, before the client is told that it can.
func (s *socket) forget(o *socketOperation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[o.id] == o {
		delete(s.running, o.id)
	}
}
