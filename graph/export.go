package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The bounds of exports.
const (
	maxExports       = 8 // of a server
	maxExportsOfUser = 2
	longestExport    = time.Hour
	longestWrite     = 30 * time.Second // of a page, to a client that reads slowly
	mostWaits        = 6                // of an export under way for its turn, of longestWait each
)

// rowsTrailer is the trailer that says how many rows there were. It comes with a file
// that is complete, and with no other.
const rowsTrailer = "Clinicql-Rows"

// An Exported is what became of one export.
type Exported struct {
	Format     string // "csv" or "ndjson"
	Code       string // why it was refused or broke off, or "OK"
	Rows       int
	Took       time.Duration
	Statements int64
	InDatabase time.Duration
}

// exports answers GET of a saved query, under /export/{file}, with all that it finds
// as one file. It runs the query page after page, each of them as a query of whoever
// asks, and holds one page at a time.
type exports struct {
	*transport
	tell func(*Exported)

	mu     sync.Mutex
	users  map[string]int // how many are under way
	all    int
	longer time.Duration // than this a client may not take to read a page

	between func(n int) // is called after each page that is not the last; nil but in tests
}

// Exports returns what answers with exports of the API, and tells of each.
func Exports(api http.Handler, tell func(*Exported)) http.Handler {
	return &exports{transport: api.(*transport), tell: tell, users: map[string]int{}, longer: longestWrite}
}

// An export is one that is under way.
type export struct {
	*exports
	w       http.ResponseWriter
	control *http.ResponseController
	ctx     context.Context
	name    string // of its format
	*format
	plan   *exportPlan
	query  *db.SavedQuery
	stats  db.Stats
	fields []string // what was read
	rows   int
	begun  bool // something was written
}

func (x *exports) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	r = begin(w, r)
	name, ending, _ := strings.Cut(r.PathValue("file"), ".")
	id, err := db.UnmarshalID(name)
	form := formats[ending]
	switch {
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		refuseExport(w, http.StatusMethodNotAllowed, refusal("BAD_REQUEST", "use GET"))
		return
	case err != nil || form == nil:
		refuseExport(w, http.StatusNotFound, refusal("NOT_FOUND", "an export is called by the id of a saved query and .csv or .ndjson"))
		return
	}
	e := &export{exports: x, w: w, control: http.NewResponseController(w), ctx: r.Context(), name: ending, format: form}
	_ = e.control.SetReadDeadline(time.Time{}) // of the request, which has been read
	defer func() {
		if value := recover(); value == http.ErrAbortHandler {
			panic(value)
		} else if value != nil { // what it panicked with may hold anything
			e.end(http.StatusInternalServerError, x.executor.present(e.ctx, recovered(e.ctx, value)))
		}
	}()
	if actor, _ := auth.From(e.ctx); bitOf(actor) == anonymous {
		e.end(http.StatusUnauthorized, refusal("UNAUTHENTICATED", "sign in first"))
		return
	}
	if err := spenderOf(e.ctx).refused(); err != nil {
		w.Header().Set("Retry-After", strconv.Itoa(err.Extensions["retryAfter"].(int)))
		e.end(http.StatusTooManyRequests, err)
		return
	}
	leave, status, refused := x.enter(e.ctx)
	if refused != nil {
		w.Header().Set("Retry-After", "10")
		e.end(status, refused)
		return
	}
	defer leave()
	held, release, err := auth.Hold(e.ctx)
	if err != nil {
		e.end(0, nil, refuseHold(w, r, err)...)
		return
	}
	defer release()
	limited, cancel := context.WithTimeoutCause(held, longestExport, errTooLong)
	defer cancel()
	e.ctx = limited
	e.end(e.run(id))
}

// refuseExport answers with one error.
func refuseExport(w http.ResponseWriter, status int, err *gqlerror.Error) {
	answer(w, plainJSON, status, &graphql.Response{Errors: gqlerror.List{err}})
}

// enter takes an export of the actor on until leave is called.
func (x *exports) enter(ctx context.Context) (leave func(), status int, refused *gqlerror.Error) {
	actor, _ := auth.From(ctx)
	name := actor.Name + " " + actor.UserID.String()
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.users[name] >= maxExportsOfUser:
		return nil, http.StatusTooManyRequests, refusal("RATE_LIMITED", fmt.Sprintf("you have %d exports under way: wait until one has ended", maxExportsOfUser))
	case x.all >= maxExports:
		return nil, http.StatusServiceUnavailable, refusal("UNAVAILABLE", errBusy.Error())
	}
	x.users[name]++
	x.all++
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.all--
		if x.users[name]--; x.users[name] == 0 {
			delete(x.users, name)
		}
	}, 0, nil
}

// run writes the export of a saved query. It returns why it was refused or broke off.
func (e *export) run(id [16]byte) (status int, err *gqlerror.Error) {
	if err := e.prepare(id); err != nil {
		return statusOfExport(err), err
	}
	size, err := e.executor.sizeOfPage(e.ctx, e.plan)
	if err != nil {
		return statusOfExport(err), err
	}
	var after *string
	for n := 1; ; n++ {
		page, err := e.read(size, after)
		if err != nil {
			return statusOfExport(err), err
		}
		if err := e.write(page); err != nil {
			return 0, refusal("CLIENT_GONE", "the client reads no more")
		}
		if !page.more || page.cursor == nil {
			break
		}
		if after = page.cursor; e.between != nil {
			e.between(n)
		}
	}
	if err := e.record(""); err != nil {
		return 0, err
	}
	e.w.Header().Set(rowsTrailer, strconv.Itoa(e.rows))
	return 0, nil
}

// prepare reads the saved query, which must be the actor's to see, and makes the plan.
func (e *export) prepare(id [16]byte) *gqlerror.Error {
	ctx := db.WithStats(e.ctx, &e.stats)
	query, err := e.executor.db.SavedQuery(ctx, id)
	if err != nil {
		return e.executor.present(e.ctx, err)
	}
	variables, err := query.Variables.Values()
	if err != nil {
		return e.executor.present(e.ctx, err)
	}
	plan, refused := e.executor.planExport(e.ctx, query.Document, variables)
	e.query, e.plan = query, plan
	return refused
}

// read runs the query for one page, when it is its turn and the actor can afford it.
func (e *export) read(size int, after *string) (*pageOfRows, *gqlerror.Error) {
	if err := e.afford(); err != nil {
		return nil, err
	}
	var reads db.Reads
	ctx := db.WithReads(db.WithStats(graphql.StartOperationTrace(e.ctx), &e.stats), &reads)
	params := &graphql.RawParams{Query: e.plan.document, Variables: maps.Clone(e.plan.variables)}
	if params.Variables == nil {
		params.Variables = map[string]any{}
	}
	params.Variables[e.plan.first] = json.Number(strconv.Itoa(size))
	if after != nil {
		params.Variables[e.plan.after] = *after
	}
	op, errs := e.executor.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	leave, done, err := e.turn(ctx, op)
	if err != nil {
		return nil, err
	}
	defer leave()
	ctx, cancel := context.WithTimeoutCause(db.WithStandbys(ctx), e.longest, errTooLong)
	defer cancel()
	response, ctx := e.executor.respond(ctx, op, done)
	switch {
	case response == nil:
		return nil, e.broken(ctx)
	case len(response.Errors) > 0:
		return nil, response.Errors[0]
	}
	if err := e.executor.recordReads(ctx, op, &reads); err != nil {
		return nil, e.executor.present(ctx, err)
	}
	if e.fields == nil {
		e.fields = e.executor.policy.walked(op.Operation).taken()
	}
	e.executor.extend(ctx, op, response, nil)
	page, found, failed := e.plan.page(response.Data)
	switch {
	case failed != nil:
		return nil, e.executor.present(ctx, failed)
	case !found:
		return nil, e.executor.present(ctx, db.ErrNotFound)
	}
	return page, nil
}

// broken says why there is no answer.
func (e *export) broken(ctx context.Context) *gqlerror.Error {
	if end := endOf(e.ctx); end != nil {
		return end
	}
	if errors.Is(context.Cause(ctx), errTooLong) {
		return e.executor.present(ctx, errTooLong)
	}
	return refusal("CLIENT_GONE", "the client is gone")
}

// turn waits until the server takes the operation on, and it is its turn. An export
// under way waits longer than another query does.
func (e *export) turn(ctx context.Context, op *graphql.OperationContext) (leave, done func(), refused *gqlerror.Error) {
	for waits := 1; ; waits++ {
		leave, ok := e.crowd.enter()
		err := errBusy
		if ok {
			if done, err = e.executor.turns.wait(ctx, op); err == nil {
				return leave, done, nil
			}
			leave()
		}
		switch {
		case !errors.Is(err, errBusy):
			return nil, nil, e.broken(ctx)
		case !e.begun || waits == mostWaits:
			return nil, nil, refusal("UNAVAILABLE", errBusy.Error())
		case !ok && !sleep(ctx, time.Second):
			return nil, nil, e.broken(ctx)
		}
	}
}

// afford waits until the actor has half of what they can save up: the other half is
// for what they do meanwhile.
func (e *export) afford() *gqlerror.Error {
	for {
		wait := spenderOf(e.ctx).untilHalf()
		if wait == 0 {
			return nil
		}
		if !sleep(e.ctx, min(wait, time.Second)) {
			return e.broken(e.ctx)
		}
	}
}

// sleep returns false when ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// write writes a page, and before the first one what a file begins with.
func (e *export) write(page *pageOfRows) error {
	var b bytes.Buffer
	if !e.begun {
		header := e.w.Header()
		header.Set("Content-Type", e.media)
		header.Set("Content-Disposition", `attachment; filename="export.`+e.name+`"`)
		header.Set("Trailer", rowsTrailer)
		header.Set("X-Accel-Buffering", "no")
		e.format.begin(&b, e.plan.columns)
	}
	for _, row := range page.rows {
		if err := e.row(&b, e.plan.columns, row); err != nil {
			return err
		}
	}
	e.begun = true
	_ = e.control.SetWriteDeadline(time.Now().Add(e.longer))
	_, err := e.w.Write(b.Bytes())
	if err == nil {
		e.rows += len(page.rows)
		err = e.control.Flush()
	}
	return errors.Join(err, e.ctx.Err())
}

// record puts the export into the audit, with how many rows were sent and how it ended.
func (e *export) record(how string) *gqlerror.Error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(e.ctx), e.longest)
	defer cancel()
	what := fmt.Sprintf("%d rows as %s by the saved query %s%s", e.rows, e.name, e.query.ID, how)
	if err := e.executor.db.RecordExport(ctx, e.fields, what); err != nil {
		return e.executor.present(ctx, err)
	}
	return nil
}

// end tells what became of the export, and answers what was refused. One that broke
// off ends its connection, so that nobody takes what came for all.
func (e *export) end(status int, err *gqlerror.Error, answered ...*gqlerror.Error) {
	if e.begun && err != nil {
		_ = e.record(", and broke off")
	}
	told := &Exported{Format: e.name, Code: "OK", Rows: e.rows, Took: time.Since(operationOf(e.ctx).start), Statements: e.stats.Statements.Load(), InDatabase: time.Duration(e.stats.Duration.Load())}
	if errs := append(answered, err); errs[0] != nil {
		told.Code = codeOf(errs)
	}
	slog.LogAttrs(e.ctx, slog.LevelInfo, "export", slog.String("format", told.Format), slog.String("code", told.Code), slog.Int("rows", told.Rows),
		slog.Float64("milliseconds", milliseconds(told.Took)), slog.Int64("statements", told.Statements), slog.Float64("databaseMilliseconds", milliseconds(told.InDatabase)))
	if e.tell != nil {
		e.tell(told)
	}
	switch {
	case err == nil:
	case e.begun:
		panic(http.ErrAbortHandler)
	default:
		if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
			e.w.Header().Set("Retry-After", "10")
		}
		refuseExport(e.w, status, err)
	}
}

// statusOfExport returns the HTTP status of an export that did not begin.
func statusOfExport(err *gqlerror.Error) int {
	switch code := err.Extensions["code"]; code {
	case "NOT_FOUND":
		return http.StatusNotFound
	case "RATE_LIMITED":
		return http.StatusTooManyRequests
	case "UNAVAILABLE", "TIMED_OUT":
		return http.StatusServiceUnavailable
	case "INTERNAL":
		return http.StatusInternalServerError
	}
	return statusOf(err)
}

// taken returns the sorted names of the fields that an operation asks for, but for those
// of the lists themselves.
func (w *walk) taken() []string {
	names := []string{}
	for at := range w.touched {
		if !strings.HasSuffix(at.of, "Connection") && !strings.HasSuffix(at.of, "Edge") && at.of != "PageInfo" {
			names = append(names, at.String())
		}
	}
	slices.Sort(names)
	return names
}
