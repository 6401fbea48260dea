package graph

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
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

// What an operation may cost, in points.
const (
	maxCost    = 10_000
	maxOwnCost = 40_000 // of a document of our own pages, which is reviewed
	maxItems   = 100_000
)

// What some fields cost whatever they answer.
const (
	costOfMutation      = 10
	costOfIntrospection = 100
)

// costs say what the fields of a schema cost; see @cost and @listSize.
type costs struct {
	weights map[coordinate]int
	sizes   map[coordinate]listSize
	sized   map[coordinate]bool // the lists whose size the field above knows
}

// A listSize says how many items a list has.
type listSize struct {
	assumed int
	by      []string // the arguments that are as long
	below   bool     // it is that of lists of the object
}

// mostItems are how many items lists can have together of which fewer are
// assumed: the columns of a calendar share its visits.
var mostItems = map[coordinate]int{
	{"Schedule", "columns"}:            1,
	{"ScheduleColumn", "appointments"}: db.MaxScheduleVisits,
}

// compileCosts reads the costs of a schema. It returns an error that names every
// list of objects whose size is not known.
func compileCosts(schema *ast.Schema) (*costs, error) {
	c := &costs{map[coordinate]int{}, map[coordinate]listSize{}, map[coordinate]bool{}}
	for _, d := range schema.Types {
		for _, f := range d.Fields {
			at, returned := coordinate{d.Name, f.Name}, f.Type.Name()
			if cost := f.Directives.ForName("cost"); cost != nil {
				c.weights[at] = number(cost, "weight")
			}
			if isPage(f) {
				c.sized[coordinate{returned, "nodes"}], c.sized[coordinate{returned, "edges"}] = true, true
			}
			size := f.Directives.ForName("listSize")
			if size == nil {
				continue
			}
			lists := words(size, "sizedFields")
			for _, list := range lists {
				c.sized[coordinate{returned, list}] = true
			}
			c.sizes[at] = listSize{number(size, "assumedSize"), words(size, "slicingArguments"), len(lists) > 0}
		}
	}
	return c, c.check(schema)
}

// check returns an error that names every list of objects whose size is not known.
func (c *costs) check(schema *ast.Schema) error {
	var problems []string
	for _, d := range schema.Types {
		if d.BuiltIn || strings.HasPrefix(d.Name, "__") || d.Kind != ast.Object && d.Kind != ast.Interface {
			continue
		}
		for _, f := range d.Fields {
			at, returned := coordinate{d.Name, f.Name}, schema.Types[f.Type.Name()]
			isKnown := c.sized[at] || c.sizes[at].assumed > 0
			isList := f.Type.Elem != nil && (returned.Kind == ast.Object || returned.Kind == ast.Interface || returned.Kind == ast.Union)
			if !strings.HasPrefix(f.Name, "__") && isList && !isKnown {
				problems = append(problems, at.String()+" is a list of which nobody says how long it is: give it @listSize")
			}
			if strings.HasSuffix(returned.Name, "Connection") && !isPage(f) {
				problems = append(problems, at.String()+" is a page without first")
			}
		}
	}
	slices.Sort(problems)
	var err error
	for _, problem := range problems {
		err = errors.Join(err, errors.New(problem))
	}
	return err
}

// isPage says whether a field answers a page, as long as its arguments say.
func isPage(f *ast.FieldDefinition) bool {
	return f != nil && strings.HasSuffix(f.Type.Name(), "Connection") && f.Arguments.ForName("first") != nil
}

// number returns an argument of a directive.
func number(d *ast.Directive, argument string) int {
	n, _ := strconv.Atoi(words(d, argument)[0])
	return n
}

// A price is what a part of an operation comes to, saturated: its cost, and how
// many items its lists hold when each is full.
type price struct{ cost, items int }

// enough is more than anything may come to, and can be multiplied.
const enough = 1 << 30

func (p price) plus(q price) price {
	return price{min(p.cost+q.cost, enough), min(p.items+q.items, enough)}
}

// A meter finds out what an operation costs. Fragments are looked at once for
// each size of the lists around them.
type meter struct {
	*costs
	variables map[string]any
	fragments map[sizedFragment]price
}

type sizedFragment struct {
	name string
	size int
}

// set returns the price of what is selected of an object, some of whose lists have
// a size that the field above said.
func (m *meter) set(set ast.SelectionSet, size int) price {
	var total price
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			one, inner := m.field(s, size)
			if len(s.SelectionSet) > 0 && !strings.HasPrefix(s.Name, "__") {
				one = m.list(s, m.set(s.SelectionSet, inner), size).plus(one)
			}
			total = total.plus(one)
		case *ast.InlineFragment:
			total = total.plus(m.set(s.SelectionSet, size))
		case *ast.FragmentSpread:
			of := sizedFragment{s.Name, size}
			known, ok := m.fragments[of]
			if !ok {
				known = m.set(s.Definition.SelectionSet, size)
				m.fragments[of] = known
			}
			total = total.plus(known)
		}
	}
	return total
}

// field returns what a field costs besides what it answers, and the size of the
// lists of the object that it answers.
func (m *meter) field(f *ast.Field, size int) (price, int) {
	at := coordinateOf(f)
	weight := m.weights[at]
	switch {
	case f.Name == "__schema" || f.Name == "__type":
		weight = costOfIntrospection
	case at.of == "Mutation" && f.Name != "__typename":
		weight += costOfMutation
	case isPage(f.Definition):
		return price{cost: weight + 1}, m.pageSize(f)
	case m.sizes[at].below:
		return price{cost: weight}, m.length(f, m.sizes[at])
	}
	return price{cost: weight}, size
}

// list returns the price of the objects that a field answers, each with what is
// selected below.
func (m *meter) list(f *ast.Field, below price, size int) price {
	at, n := coordinateOf(f), 1
	isList := m.sized[at]
	if isList {
		n = size
	} else if s, ok := m.sizes[at]; ok && !s.below {
		n, isList = m.length(f, s), true
	}
	one := price{min(n*(below.cost+1), enough), below.items}
	if most, ok := mostItems[at]; ok {
		n = most
	}
	if isList {
		one.items = min(n*(below.items+1), enough)
	}
	return one
}

func coordinateOf(f *ast.Field) coordinate {
	if f.ObjectDefinition == nil {
		return coordinate{name: f.Name}
	}
	return coordinate{f.ObjectDefinition.Name, f.Name}
}

// pageSize returns how many items a page can have. A size out of range is refused
// elsewhere, and counts as the largest here.
func (m *meter) pageSize(f *ast.Field) int {
	for _, a := range f.Arguments {
		if a.Name != "first" && a.Name != "last" {
			continue
		}
		if value, given := plain(a.Value, m.variables); given && value != nil {
			if n, err := strconv.Atoi(fmt.Sprint(value)); err == nil && n > 0 && n < db.MaxPageSize {
				return n
			}
			return db.MaxPageSize
		}
	}
	return db.DefaultPageSize
}

// length returns how many items a list has.
func (m *meter) length(f *ast.Field, s listSize) int {
	n := 0
	for _, a := range f.Arguments {
		if !slices.Contains(s.by, a.Name) {
			continue
		}
		if value, given := plain(a.Value, m.variables); given && value != nil {
			if v := reflect.ValueOf(value); v.Kind() == reflect.Slice {
				n += v.Len()
			} else {
				n++ // one stands for a list of one
			}
		}
	}
	if n == 0 {
		n = s.assumed
	}
	return min(n, maxListLength*max(1, len(s.by)))
}

// costliest leads to the list that makes most of what is selected.
func (m *meter) costliest(set ast.SelectionSet, size int) (path ast.Path, cost int) {
	for _, s := range set {
		var way ast.Path
		var one int
		switch s := s.(type) {
		case *ast.Field:
			_, inner := m.field(s, size)
			total := m.set(ast.SelectionSet{s}, size)
			below, _ := m.costliest(s.SelectionSet, inner)
			_, isList := m.sizes[coordinateOf(s)]
			if one = total.cost; below != nil || isList || isPage(s.Definition) {
				way = append(ast.Path{ast.PathName(s.Alias)}, below...)
			}
		case *ast.InlineFragment:
			way, one = m.costliest(s.SelectionSet, size)
		case *ast.FragmentSpread:
			way, one = m.costliest(s.Definition.SelectionSet, size)
		}
		if way != nil && one >= cost {
			path, cost = way, one
		}
	}
	return path, cost
}

// costKey is where an operation keeps its cost.
const costKey = "cost"

// charge finds out what an operation costs, and refuses one that costs too much.
// Whoever sends it pays for it.
func (e *executor) charge(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	m := &meter{e.costs, op.Variables, map[sizedFragment]price{}}
	found, allowed := m.set(op.Operation.SelectionSet, 0), maxCost
	if e.cache.isOwn(op.RawQuery) {
		allowed = maxOwnCost
	}
	op.Stats.SetExtension(costKey, found.cost)
	if found.items <= maxItems && found.cost <= allowed {
		spenderOf(ctx).spend(found.cost)
		return nil
	}
	limit := "cost"
	if found.cost <= allowed {
		limit, allowed = "items", maxItems
	}
	refused := tooComplex(limit, allowed)
	refused.Path, _ = m.costliest(op.Operation.SelectionSet, 0)
	refused.Message = fmt.Sprintf("the operation is too large: ask for less of what the path leads to, with a smaller first or fewer ids, or for fewer fields below; it costs %d", found.cost)
	refused.Extensions["cost"] = found.cost
	return refused
}

// extend adds to an answer what it cost, and for those who tune queries how many
// statements it took and how long they ran.
func (e *executor) extend(ctx context.Context, op *graphql.OperationContext, response *graphql.Response, stats *db.Stats) {
	requested, ok := op.Stats.GetExtension(costKey).(int)
	if !ok {
		delete(response.Extensions, costKey)
		return
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	objects, isCounted := response.Extensions[costKey].(int)
	if !isCounted {
		objects = compile.Objects(response.Data)
	}
	actual, who := e.actual(op, requested, objects), spenderOf(ctx)
	if op.Operation.Operation == ast.Subscription {
		who.spend(actual) // for this event
	} else {
		who.spend(actual - requested) // which was paid before
	}
	response.Extensions[costKey] = &costTold{requested, actual, who.throttle()}
	if actor, _ := auth.From(ctx); stats != nil && bitOf(actor)&seesStatements != 0 {
		response.Extensions["sql"] = map[string]any{
			"statements": stats.Statements.Load(), "milliseconds": float64(stats.Duration.Load()/int64(10*time.Microsecond)) / 100,
		}
	}
}

// costTold is extensions.cost of an answer, in points.
type costTold struct {
	Requested int `json:"requestedQueryCost"` // at most
	Actual    int `json:"actualQueryCost"`

	Throttle *throttle `json:"throttleStatus,omitempty"`
}

// append writes it as encoding/json does: every answer has one.
func (c *costTold) append(to []byte) []byte {
	to = strconv.AppendInt(append(to, `{"requestedQueryCost":`...), int64(c.Requested), 10)
	to = strconv.AppendInt(append(to, `,"actualQueryCost":`...), int64(c.Actual), 10)
	if t := c.Throttle; t != nil {
		to = strconv.AppendInt(append(to, `,"throttleStatus":{"maximumAvailable":`...), int64(t.Maximum), 10)
		to = strconv.AppendInt(append(to, `,"currentlyAvailable":`...), int64(t.Available), 10)
		to = append(strconv.AppendInt(append(to, `,"restoreRate":`...), int64(t.Restored), 10), '}')
	}
	return append(to, '}')
}

// actual returns what an answer cost: the objects that are in it, and what its
// fields at the root cost besides.
func (e *executor) actual(op *graphql.OperationContext, requested, objects int) int {
	m := &meter{costs: e.costs}
	n := max(objects-1, 0) // the answer itself is none
	for _, s := range op.Operation.SelectionSet {
		if f, ok := s.(*ast.Field); ok {
			own, _ := m.field(f, 0)
			n += own.cost
		}
	}
	return min(n, requested)
}
