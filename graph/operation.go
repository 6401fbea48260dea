package graph

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// An operation is one request to the API, or one subscription over a WebSocket,
// as it is found in the log, in the audit and in what its client was told.
type operation struct {
	id    string // random, and about nobody
	start time.Time

	named trace // by the client; where it names none, one begins when it is asked for
	asked sync.Once
	begun trace

	tell  func(*Observation) // what comes of it; nil where nobody is told
	rates *Rates             // nil where nobody is limited
}

type operationKey struct{}

// begin gives a request its operation, unless it has one, and tells the client
// its id.
func begin(w http.ResponseWriter, r *http.Request) *http.Request {
	if operationOf(r.Context()) != nil {
		return r
	}
	ctx := withOperation(r.Context(), traceOf(r.Header))
	w.Header()["Operation-Id"] = []string{operationID(ctx)}
	return r.WithContext(ctx)
}

// withOperation returns a context of an operation of its own within a trace. Who is told of
// the one around it, and what that may spend, holds for it too.
func withOperation(ctx context.Context, t trace) context.Context {
	o := &operation{id: uuid.Must(uuid.NewV7()).String(), named: t, start: time.Now()}
	if around := operationOf(ctx); around != nil {
		o.tell, o.rates = around.tell, around.rates
	}
	return context.WithValue(db.WithOperation(ctx, &o.id), operationKey{}, o)
}

// trace returns what the operation belongs to.
func (o *operation) trace() trace {
	if o.named.id != "" {
		return o.named
	}
	o.asked.Do(func() { o.begun = newTrace() })
	return o.begun
}

// operationOf returns the operation of ctx; nil where there is none.
func operationOf(ctx context.Context) *operation {
	o, _ := ctx.Value(operationKey{}).(*operation)
	return o
}

func operationID(ctx context.Context) string {
	if o := operationOf(ctx); o != nil {
		return o.id
	}
	return ""
}

// timing is the header Server-Timing of an answer: the id of its operation, how
// many statements it took and how long these and all of it lasted. Whoever is
// not signed in is not told of the database: how much is asked of it for a name
// must not tell whether there is somebody of that name.
func timing(ctx context.Context, stats *db.Stats) string {
	o := operationOf(ctx)
	told := make([]byte, 0, 128)
	told = append(told, `op;desc="`...)
	told = append(told, o.id...)
	if actor, _ := auth.From(ctx); bitOf(actor) != anonymous {
		told = append(told, `", db;desc="`...)
		told = strconv.AppendInt(told, stats.Statements.Load(), 10)
		told = append(told, ` statements";dur=`...)
		told = strconv.AppendFloat(told, milliseconds(time.Duration(stats.Duration.Load())), 'f', 1, 64)
		told = append(told, `, total;dur=`...)
	} else {
		told = append(told, `", total;dur=`...)
	}
	return string(strconv.AppendFloat(told, milliseconds(time.Since(o.start)), 'f', 1, 64))
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// WithOperationIDs returns a handler whose every line that is logged during an
// operation names it, and the trace that it belongs to.
func WithOperationIDs(h slog.Handler) slog.Handler { return operationHandler{h} }

type operationHandler struct{ slog.Handler }

func (h operationHandler) Handle(ctx context.Context, line slog.Record) error {
	if o := operationOf(ctx); o != nil {
		line = line.Clone()
		line.AddAttrs(slog.String("operationId", o.id), slog.String("traceId", o.trace().id))
		if o.named.parent != "" {
			line.AddAttrs(slog.String("parentId", o.named.parent))
		}
	}
	return h.Handler.Handle(ctx, line)
}

func (h operationHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return operationHandler{h.Handler.WithAttrs(attrs)}
}

func (h operationHandler) WithGroup(name string) slog.Handler {
	return operationHandler{h.Handler.WithGroup(name)}
}
