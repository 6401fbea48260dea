package graph

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
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
	if err := spenderOf(e.ctx).admit(e.ctx); err != nil {
		e.end(http.StatusTooManyRequests, err)
		return
	}
	leave, status, refused := x.enter(e.ctx)
	if refused != nil {
		e.end(status, refused)
		return
	}
	defer leave()
	held, release, err := auth.Hold(e.ctx)
	if err != nil {
		e.note(refuseHold(w, r, err)[0])
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
	answer(w, form{media: plainJSON}, status, &graphql.Response{Errors: gqlerror.List{err}})
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

// end tells what became of the export, and answers what was refused. One that broke
// off ends its connection, so that nobody takes what came for all.
func (e *export) end(status int, err *gqlerror.Error) {
	if e.begun && err != nil {
		_ = e.record(", and broke off")
	}
	e.note(err)
	switch {
	case err == nil:
	case e.begun:
		panic(http.ErrAbortHandler)
	default:
		if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
			e.w.Header().Set("Retry-After", retryAfter(err))
		}
		refuseExport(e.w, status, err)
	}
}

// retryAfter returns in how many seconds what was refused may be asked for again.
func retryAfter(err *gqlerror.Error) string {
	if seconds, ok := err.Extensions["retryAfter"].(int); ok {
		return strconv.Itoa(seconds)
	}
	return "10"
}

// note has the log, and whoever is told of exports, know what became of the export; err
// is why it was refused or broke off.
func (e *export) note(err *gqlerror.Error) {
	told := &Exported{Format: e.name, Code: "OK", Rows: e.rows, Took: time.Since(operationOf(e.ctx).start), Statements: e.stats.Statements.Load(), InDatabase: time.Duration(e.stats.Duration.Load())}
	if err != nil {
		told.Code = codeOf(gqlerror.List{err})
	}
	slog.LogAttrs(e.ctx, slog.LevelInfo, "export", slog.String("format", told.Format), slog.String("code", told.Code), slog.Int("rows", told.Rows),
		slog.Float64("milliseconds", milliseconds(told.Took)), slog.Int64("statements", told.Statements), slog.Float64("databaseMilliseconds", milliseconds(told.InDatabase)))
	if e.tell != nil {
		e.tell(told)
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
