package graph

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// An Observation is what one operation was, how it ended and what it took. Nothing
// in it is of a client's choosing but the hash of its document.
type Observation struct {
	Operation  string            // the name of one of our own documents, else the id of the document; empty where there was none
	Type       string            // "query", "mutation" or "subscription"; empty where that was not clear
	Code       string            // of the first error, or "OK"
	Mutations  map[string]string // the code of each field of a mutation that was run
	Took       time.Duration
	Statements int64
	InDatabase time.Duration // waiting for a connection included
}

// Observed makes each request to next an operation, also those that a gate in
// between refuses, and tells what each was that is answered by one response; those
// that go on are not among them.
func Observed(next http.Handler, tell func(*Observation)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = begin(w, r)
		operationOf(r.Context()).tell = tell
		next.ServeHTTP(w, r)
	})
}

// An observer gathers what is to be told of one operation.
type observer struct {
	tell     func(*Observation)
	executor *executor
	stats    *db.Stats
	text     string
	op       *graphql.OperationContext
	isRun    bool
}

// ended logs and tells what came of it.
func (o *observer) ended(ctx context.Context, errs gqlerror.List) {
	seen := o.look(ctx, errs)
	seen.log(ctx)
	if o.tell != nil {
		o.tell(seen)
	}
}

// look returns what came of it.
func (o *observer) look(ctx context.Context, errs gqlerror.List) *Observation {
	told := &Observation{
		Code: codeOf(errs), Took: time.Since(operationOf(ctx).start), Statements: o.stats.Statements.Load(), InDatabase: time.Duration(o.stats.Duration.Load()),
	}
	if o.text != "" {
		told.Operation = o.executor.cache.idOf(o.text)
	}
	if o.op != nil && o.op.Operation != nil {
		told.Type = string(o.op.Operation.Operation)
		if o.executor.documents.has(told.Operation) {
			told.Operation = o.op.Operation.Name
		}
		if o.isRun && told.Type == string(ast.Mutation) {
			told.Mutations = o.mutations(errs)
		}
	}
	return told
}

// log writes one line, for whoever follows a trace, and for others when they debug.
func (o *Observation) log(ctx context.Context) {
	level := slog.LevelDebug
	if operationOf(ctx).named.parent != "" {
		level = slog.LevelInfo
	}
	if !slog.Default().Enabled(ctx, level) {
		return
	}
	slog.LogAttrs(ctx, level, "operation", slog.String("operation", o.Operation), slog.String("type", o.Type), slog.String("code", o.Code),
		slog.Float64("milliseconds", milliseconds(o.Took)), slog.Int64("statements", o.Statements), slog.Float64("databaseMilliseconds", milliseconds(o.InDatabase)))
}

// mutations returns the code of each root field.
func (o *observer) mutations(errs gqlerror.List) map[string]string {
	codes := map[string]string{}
	for _, field := range graphql.CollectFields(o.op, o.op.Operation.SelectionSet, []string{"Mutation"}) {
		if strings.HasPrefix(field.Name, "__") {
			continue
		}
		var own gqlerror.List
		for _, err := range errs {
			if len(err.Path) == 0 || err.Path[0] == ast.PathName(field.Alias) {
				own = append(own, err)
			}
		}
		codes[field.Name] = codeOf(own)
	}
	return codes
}

func codeOf(errs gqlerror.List) string {
	if len(errs) == 0 {
		return "OK"
	}
	code, _ := errs[0].Extensions["code"].(string)
	return code
}
