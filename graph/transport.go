package graph

import (
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph/compile"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The media types of answers; their difference is that the older one says 200
// to every document that could be read.
const (
	graphqlResponse = "application/graphql-response+json"
	plainJSON       = "application/json"
)

// transport speaks GraphQL over HTTP: POST, GET for queries, and WebSockets and
// streams of events for subscriptions.
type transport struct {
	executor *executor
	crowd    crowd
	longest  time.Duration // that an operation takes which is no subscription
}

func (t *transport) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header["Cache-Control"], header["Vary"] = noStore, varies
	r = begin(w, r)
	who := spenderOf(r.Context())
	if err := who.admit(r.Context()); err != nil {
		refuseRate(w, negotiate(r.Header.Get("Accept")), err)
		t.observe(r, &db.Stats{}).ended(r.Context(), gqlerror.List{err})
		return
	}
	if isSocket(r) {
		t.socket(w, r)
		return
	}
	streams := r.Method == http.MethodPost && acceptsEvents(r.Header.Get("Accept"))
	media := negotiate(r.Header.Get("Accept"))
	var params *graphql.RawParams
	var refused *httpError
	switch {
	case media == "" && !streams:
		refused = &httpError{http.StatusNotAcceptable, "BAD_REQUEST", "Accept must allow " + graphqlResponse + " or " + plainJSON}
	case r.Method == http.MethodPost:
		params, refused = t.readPost(w, r)
	case r.Method == http.MethodGet:
		params, refused = t.readGet(r)
	default:
		w.Header().Set("Allow", "GET, POST")
		refused = &httpError{http.StatusMethodNotAllowed, "BAD_REQUEST", "use GET or POST"}
	}
	if refused != nil {
		who.blame(0)
		if media == "" {
			media = plainJSON
		}
		var stats db.Stats
		errs := gqlerror.List{refusal(refused.code, refused.message)}
		w.Header().Set("Server-Timing", timing(r.Context(), &stats))
		answer(w, form{media: media}, refused.status, &graphql.Response{Errors: errs})
		t.observe(r, &stats).ended(r.Context(), errs)
		return
	}
	t.run(w, r, params, media)
}

// An httpError refuses a request before an operation is run. Its message repeats
// nothing of the request.
type httpError struct {
	status        int
	code, message string
}

// longest is how long an operation may take that is no subscription. A statement may
// take half of it, and wait for a lock for a fifth; see db.
const longest = 10 * time.Second

var errTooLong = errors.New("the operation took too long: ask for less")

// run executes an operation and writes its answer, in a media type or, where
// there is none, as a stream of events.
func (t *transport) run(w http.ResponseWriter, r *http.Request, params *graphql.RawParams, media string) {
	streamed := media == "" // nothing else is accepted
	if streamed {
		media = graphqlResponse // for what is refused
	}
	collected := &db.Collected{Context: graphql.StartOperationTrace(r.Context())}
	ctx, stats, reads := context.Context(collected), &collected.Stats, &collected.Reads
	seen := t.observe(r, stats)
	defer t.rescue(ctx, w, media, seen)
	seen.text = params.Query
	params.Headers = r.Header
	as := form{media: media}
	reply := func(status int, response *graphql.Response) {
		w.Header()["Server-Timing"] = []string{timing(ctx, stats)}
		answer(w, as, status, response)
		seen.ended(ctx, response.Errors)
	}
	refuseBusy := func() {
		w.Header().Set("Retry-After", "5")
		reply(http.StatusServiceUnavailable, &graphql.Response{Errors: gqlerror.List{refusal("UNAVAILABLE", errBusy.Error())}})
	}
	leave, ok := t.crowd.enter()
	if !ok {
		refuseBusy()
		return
	}
	defer leave()
	op, errs := t.executor.CreateOperationContext(ctx, params)
	seen.op = op
	if len(errs) > 0 {
		status := http.StatusOK
		if media == graphqlResponse {
			status = statusOf(errs[0])
		}
		reply(status, t.executor.DispatchError(graphql.WithOperationContext(ctx, op), errs))
		return
	}
	if op.Operation.Operation == ast.Subscription && r.Method == http.MethodPost && acceptsEvents(r.Header.Get("Accept")) {
		leave()
		w.Header().Set("Server-Timing", timing(ctx, stats)) // until the first event
		seen.look(ctx, (&subscription{t.executor, ctx, op}).stream(w, r)).log(ctx)
		return
	}
	if refused := unfit(op.Operation.Operation, r.Method, streamed); refused != nil {
		if refused.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", http.MethodPost)
		}
		reply(refused.status, &graphql.Response{Errors: gqlerror.List{refusal(refused.code, refused.message)}})
		return
	}
	done, err := t.executor.turns.wait(ctx, op)
	if errors.Is(err, errBusy) {
		refuseBusy()
		return
	} else if err != nil {
		return // the client is gone
	}
	seen.isRun = true
	if op.Operation.Operation == ast.Query {
		ctx = db.WithStandbys(ctx)
		as.packed = acceptsGzip(r.Header["Accept-Encoding"])
	}
	ctx, cancel := context.WithTimeoutCause(ctx, t.longest, errTooLong)
	defer cancel()
	response, ctx := t.executor.respond(ctx, op, done)
	if response == nil && errors.Is(context.Cause(ctx), errTooLong) {
		reply(http.StatusOK, &graphql.Response{Errors: gqlerror.List{t.executor.present(ctx, errTooLong)}, Data: json.RawMessage("null")})
		return
	}
	if response == nil {
		return // the client is gone
	}
	if err := t.executor.recordReads(ctx, op, reads); err != nil {
		response = &graphql.Response{Errors: gqlerror.List{t.executor.present(ctx, err)}, Data: json.RawMessage("null")}
	}
	t.executor.extend(ctx, op, response, stats)
	auth.VisitFrom(ctx).WriteCookie(w)
	leave() // whoever reads slowly keeps nobody out
	reply(http.StatusOK, response)
	compile.GiveBack(response.Data)
}

// unfit says why an operation is not answered in the way in which it is asked for, which may
// be a stream of events alone; nil where it is.
func unfit(operation ast.Operation, method string, streamed bool) *httpError {
	switch {
	case method == http.MethodGet && operation != ast.Query:
		return &httpError{http.StatusMethodNotAllowed, "BAD_REQUEST", "GET answers queries only"}
	case operation == ast.Subscription:
		return &httpError{http.StatusNotAcceptable, "BAD_REQUEST", "subscriptions are answered over a WebSocket, or by POST to whoever accepts " + eventStream}
	case streamed:
		return &httpError{http.StatusNotAcceptable, "BAD_REQUEST", eventStream + " is for subscriptions"}
	}
	return nil
}

// respond runs an operation whose turn it is.
func (e *executor) respond(ctx context.Context, op *graphql.OperationContext, done func()) (*graphql.Response, context.Context) {
	defer done()
	respond, ctx := e.DispatchOperation(ctx, op)
	return respond(ctx), ctx
}

// recordReads puts into the audit what an operation read, which must be there before
// anybody is told.
func (e *executor) recordReads(ctx context.Context, op *graphql.OperationContext, reads *db.Reads) error {
	return e.db.RecordReads(ctx, reads, e.policy.walked(op.Operation).read(ctx, op.Variables))
}

// rescue answers in the place of what panicked outside of the fields. The server
// would log what it panicked with, which may hold anything.
func (t *transport) rescue(ctx context.Context, w http.ResponseWriter, media string, seen *observer) {
	if value := recover(); value != nil {
		errs := gqlerror.List{t.executor.present(ctx, recovered(ctx, value))}
		w.Header().Set("Server-Timing", timing(ctx, seen.stats))
		answer(w, form{media: media}, http.StatusInternalServerError, &graphql.Response{Errors: errs})
		seen.ended(ctx, errs)
	}
}

// observe begins to look at an operation, for whoever is to be told of it.
func (t *transport) observe(r *http.Request, stats *db.Stats) *observer {
	return &observer{tell: operationOf(r.Context()).tell, executor: t.executor, stats: stats}
}

// statusOf returns the HTTP status of an operation that was not run.
func statusOf(e *gqlerror.Error) int {
	switch e.Extensions["code"] {
	case "UNAUTHENTICATED":
		return http.StatusUnauthorized
	case "FORBIDDEN", "DOCUMENT_NOT_TRUSTED":
		return http.StatusForbidden
	}
	return http.StatusBadRequest
}

// Refuse answers a request that does not get as far as its document.
func Refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	media := negotiate(r.Header.Get("Accept"))
	if media == "" {
		media = plainJSON
	}
	w.Header()["Cache-Control"], w.Header()["Vary"] = noStore, varies
	err := refusal(code, message)
	if code == "UNAVAILABLE" {
		err.Extensions["operationId"] = operationID(r.Context())
	}
	answer(w, form{media: media}, status, &graphql.Response{Errors: gqlerror.List{err}})
}

// ForBrowsers leads whoever opens the address of the API in a browser to the playground.
func ForBrowsers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		accept := r.Header.Get("Accept")
		if r.Method == http.MethodGet && negotiate(accept) == "" && strings.Contains(accept, "text/html") {
			http.Redirect(w, r, "/playground", http.StatusSeeOther)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// parseMedia is mime.ParseMediaType, which takes its time for those without parameters too.
func parseMedia(text string) (media string, parameters map[string]string, err error) {
	switch text {
	case graphqlResponse, plainJSON, "*/*":
		return text, nil, nil
	}
	return mime.ParseMediaType(text)
}

func (t *transport) readPost(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *httpError) {
	if !isJSON(r.Header.Get("Content-Type")) {
		return nil, &httpError{http.StatusUnsupportedMediaType, "BAD_REQUEST", "Content-Type must be application/json in UTF-8"}
	}
	body := takeBuffer()
	defer giveBack(body)
	if refused := readBody(w, r, body); refused != nil {
		return nil, refused
	}
	p, err := readParams(body.Bytes())
	if err != nil {
		return nil, &httpError{http.StatusBadRequest, "BAD_REQUEST", `the body must be one JSON object with a text "query" or "documentId"`}
	}
	return t.executor.documents.find(p)
}

// isJSON says whether a Content-Type is that of JSON in UTF-8.
func isJSON(contentType string) bool {
	if contentType == plainJSON {
		return true
	}
	media, parameters, err := mime.ParseMediaType(contentType)
	return err == nil && media == plainJSON && (parameters["charset"] == "" || strings.EqualFold(parameters["charset"], "utf-8"))
}

func (t *transport) readGet(r *http.Request) (*graphql.RawParams, *httpError) {
	if limit := bodyLimit(r); len(r.URL.RawQuery) > limit {
		return nil, tooLarge("query", limit)
	}
	q := r.URL.Query()
	p := &params{RawParams: graphql.RawParams{Query: q.Get("query"), OperationName: q.Get("operationName")}, DocumentID: q.Get("documentId")}
	for name, target := range map[string]*map[string]any{"variables": &p.Variables, "extensions": &p.Extensions} {
		if text := q.Get(name); text != "" {
			decoder := json.NewDecoder(strings.NewReader(text))
			decoder.UseNumber()
			if decoder.Decode(target) != nil {
				return nil, &httpError{http.StatusBadRequest, "BAD_REQUEST", name + " must be a JSON object"}
			}
		}
	}
	return t.executor.documents.find(p)
}

// negotiate returns the media type to answer in, or "" when none is acceptable.
// Whoever names none gets the older one.
func negotiate(accept string) string {
	if strings.TrimSpace(accept) == "" {
		return plainJSON
	}
	best, quality := "", 0.0
	for part := range strings.SplitSeq(accept, ",") {
		media, parameters, err := parseMedia(strings.TrimSpace(part))
		if err != nil || parameters["charset"] != "" && !strings.EqualFold(parameters["charset"], "utf-8") {
			continue
		}
		q := 1.0
		if weight, given := parameters["q"]; given {
			if f, err := strconv.ParseFloat(weight, 64); err == nil {
				q = f
			}
		}
		offer := ""
		switch media {
		case graphqlResponse:
			offer = graphqlResponse
		case plainJSON, "*/*", "application/*":
			offer = plainJSON
		}
		if offer != "" && q > quality {
			best, quality = offer, q
		}
	}
	return best
}
