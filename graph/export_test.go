package graph

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph/compile"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// CompilePolicy reads the policies of a schema.
var CompilePolicy = compilePolicy

// Names are those of everything that has a policy, sorted.
func (p *policy) Names() []string {
	var names []string
	for at := range maps.Keys(p.sets) {
		names = append(names, at.String())
	}
	slices.Sort(names)
	return names
}

// May says whether a may use what is called so.
func (p *policy) May(a auth.Actor, name string) bool {
	of, name, _ := strings.Cut(name, ".")
	return p.may(a, of, name)
}

// Clinical lists the fields of charts that an operation selects.
func (p *policy) Clinical(operation *ast.OperationDefinition) []string {
	return p.walked(operation).charts(nil)
}

// Difference is what a version conflict tells a of.
func Difference(ctx context.Context, schema *ast.Schema, a auth.Actor, stale *db.VersionConflictError) map[string]any {
	p, err := compilePolicy(schema)
	if err != nil {
		panic(err)
	}
	return (&executor{schema: schema, policy: p}).difference(auth.WithActor(ctx, a), stale)
}

// Refused lists what a may not use of an operation, which is looked at anew or,
// when it is kept, once.
func (p *policy) Refused(a auth.Actor, operation *ast.OperationDefinition, kept bool, variables map[string]any) []string {
	if kept {
		return p.walked(operation).refused(bitOf(a), variables)
	}
	return p.walk(operation).refused(bitOf(a), variables)
}

// Broken is an API that panics at every request.
func Broken() http.Handler { return &transport{executor: &executor{}} }

// KeepDocuments has n documents read and walked, and returns how many are kept and
// as how many bytes they count.
func KeepDocuments(n int, document func(n int) string) (kept func() int, bytes int) {
	p, err := compilePolicy(described)
	if err != nil {
		panic(err)
	}
	c := newDocumentCache(described, nil, func(op *ast.OperationDefinition) { p.walks.Remove(op) })
	for i := range n {
		text := document(i)
		if errs := c.read(context.Background(), text, false); errs != nil {
			panic(errs)
		}
		doc, _ := c.Get(context.Background(), text)
		p.walked(doc.Operations[0])
	}
	return func() int { return min(c.kept.Len(), p.walks.Len()) }, c.bytes
}

// CostProblems says what lacks a cost in a schema.
func CostProblems(schema *ast.Schema) string {
	if _, err := compileCosts(schema); err != nil {
		return err.Error()
	}
	return ""
}

// Meter returns what finds out the cost of a document with its variables.
func Meter(text string) func(variables map[string]any) int {
	doc, errs := gqlparser.LoadQueryWithRules(described, text, plainRules)
	c, err := compileCosts(described)
	if errs != nil || err != nil {
		panic(errs)
	}
	return func(variables map[string]any) int {
		m := &meter{c, variables, map[sizedFragment]price{}}
		return m.set(doc.Operations[0].SelectionSet, 0).cost
	}
}

// CostOf is what a document costs.
func CostOf(text string, variables map[string]any) int { return Meter(text)(variables) }

// What documents and answers are measured by.
var (
	CheckExtent = checkExtent
	Objects     = compile.Objects
)

// SetClock has rates go by a clock.
func SetClock(r *Rates, now func() time.Time) {
	for _, p := range []*purses{r.users, r.addresses} {
		if p != nil {
			p.now = now
		}
	}
}

// SetDoor has rates hold so many requests at most, until something comes.
func SetDoor(r *Rates, most int64, after func(time.Duration) <-chan time.Time) {
	r.door.most, r.door.after = most, after
}

// Held is how many requests are held.
func Held(r *Rates) int64 { return r.door.held.Load() }

// Spend returns what takes a point from a user, and says how many are remembered.
func Spend(r *Rates) func(name string) (kept int) {
	return func(name string) int {
		r.users.wait(payer{name: name})
		r.users.mu.Lock()
		defer r.users.mu.Unlock()
		return r.users.kept.Len()
	}
}

// Turns are turns, of the operations of whoever acts in a context.
type Turns struct{ inner turns }

// NewTurns returns turns as a server has them.
func NewTurns() *Turns { return &Turns{newTurns()} }

// Wait waits for the turn of an operation.
func (t *Turns) Wait(ctx context.Context, of ast.Operation) (leave func(), err error) {
	return t.inner.wait(ctx, &graphql.OperationContext{Operation: &ast.OperationDefinition{Operation: of}})
}

// Impatient ends the operations of an API after some time.
func Impatient(api http.Handler, longest time.Duration) http.Handler {
	return &transport{executor: api.(*transport).executor, longest: longest}
}

// Panicking is an API that panics with a text where a field is read: there, or, when key
// is not "", where package db looks for what it keeps in contexts by a key of that name.
func Panicking(d *db.DB, object, field, key, text string) http.Handler {
	t := ByResolvers(Handler(d, nil)).(*transport)
	t.executor.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
		at := graphql.GetFieldContext(ctx)
		switch {
		case at.Object != object || at.Field.Name != field:
			return next(ctx)
		case key != "":
			return next(trap{ctx, key, text})
		}
		panic(text)
	})
	return t
}

// ByResolvers has an API answer nothing by plans.
func ByResolvers(api http.Handler) http.Handler {
	e := api.(*transport).executor
	e.compiled.plans = compile.NewPlans(e.schema, nil)
	return api
}

// RanByPlan returns how many queries and fields of payloads an API answered by plans, and how
// many not.
func RanByPlan(api http.Handler) (ran, others int64) {
	s := api.(*transport).executor.compiled
	return s.ran.Load(), s.others.Load()
}

// AfterEach has an API do something after each operation.
func AfterEach(api http.Handler, do func()) http.Handler {
	t := api.(*transport)
	t.executor.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		defer do()
		return next(ctx)
	})
	return t
}

// PanickingPlans is an API all of whose plans panic.
func PanickingPlans(d *db.DB) http.Handler {
	t := Handler(d, nil).(*transport)
	t.executor.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		return next(&onceTrap{Context: ctx})
	})
	return t
}

// A onceTrap is a context that panics when a plan first has package db look for the lens.
type onceTrap struct {
	context.Context
	isSprung atomic.Bool
}

func (c *onceTrap) Value(key any) any {
	if of := reflect.TypeOf(key); of.PkgPath() == reflect.TypeFor[db.DB]().PkgPath() && of.Name() == "lensKey" && bytes.Contains(debug.Stack(), []byte("exec.RunCompiled")) && !c.isSprung.Swap(true) {
		panic("PLANTED")
	}
	return c.Context.Value(key)
}

// A trap is a context that panics when package db looks for what it keeps by a key.
type trap struct {
	context.Context
	key, text string
}

func (c trap) Value(key any) any {
	if of := reflect.TypeOf(key); of.PkgPath() == reflect.TypeFor[db.DB]().PkgPath() && of.Name() == c.key {
		panic(c.text)
	}
	return c.Context.Value(key)
}

// ImpatientExports are exports of an API whose clients may take so long to read a page.
func ImpatientExports(api http.Handler, longest time.Duration, tell func(*Exported)) http.Handler {
	x := Exports(api, tell).(*exports)
	x.longer = longest
	return x
}
