package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// run writes the export of a saved query. It returns why it was refused or broke off.
func (e *export) run(id uuid.UUID) (status int, err *gqlerror.Error) {
	if err := e.prepare(id); err != nil {
		return statusOfExport(err), err
	}
	size, err := e.executor.sizeOfPage(e.ctx, e.plan)
	if err != nil {
		return statusOfExport(err), err
	}
	e.ctx = db.KeepStats(e.ctx)
	var after *string
	for {
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
		after = page.cursor
	}
	if err := e.record(""); err != nil {
		return 0, err
	}
	e.w.Header().Set(rowsTrailer, strconv.Itoa(e.rows))
	return 0, nil
}

// prepare reads the saved query, which must be the actor's to see, and makes the plan.
func (e *export) prepare(id uuid.UUID) *gqlerror.Error {
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
