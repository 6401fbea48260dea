// Package compile answers queries by plans: what a document selects is worked out once, and
// each request then runs through the rows and writes JSON as it goes. What a field is, the
// same resolvers and verbs say that gqlgen's executor calls; generated functions, one for
// each object, call them here (graph/exec/compiled.generated.go).
package compile

import (
	"errors"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
)

// TypeName is the number of the field __typename of every object.
const TypeName = -1

// MaxFields is how many fields a plan may have.
const MaxFields = 2000

// What ends a run; the resolvers are then asked instead.
var (
	ErrNull   = errors.New("a value that must be there is not")
	ErrNotRun = errors.New("the query was not run")
)

// An Object says which fields of an object there are functions for.
type Object map[string]Declared

// Declared is a field of an object.
type Declared struct {
	Number   int
	Variable string // the field of its Go struct, if it is one
}

// A Plan is what one operation selects.
type Plan struct {
	Root  *Selection
	slots int
	size  atomic.Int64 // of the last answer, in bytes
}

// A Selection is the fields that are asked for of one object, in their order.
type Selection struct {
	Fields []*Field
}

// A Field is one field that is asked for.
type Field struct {
	Number int
	Of     *Selection // of the object that it is

	as        map[string]*Selection // of each object that it may be
	collected graphql.CollectedField
	object    string
	key       string // as JSON, with its colon
	slot      int
	columns   *db.Columns // which alone are read of the rows that it is
}

// As returns what is asked for when the field is an object of this name.
func (f *Field) As(object string) *Selection { return f.as[object] }

// A planner makes one plan.
type planner struct {
	op     *graphql.OperationContext
	schema *ast.Schema
	known  map[string]Object
	fields int
}

// newPlan returns the plan of an operation as its variables have it included and skipped; nil
// where there is none.
func newPlan(op *graphql.OperationContext, schema *ast.Schema, known map[string]Object) *Plan {
	p := &planner{op: op, schema: schema, known: known}
	if op.Operation.Operation == ast.Mutation {
		return p.payloads()
	}
	root, ok := p.selection(op.Operation.SelectionSet, schema.Query)
	if !ok {
		return nil
	}
	return &Plan{Root: root, slots: p.fields}
}

// selection plans what is asked for of an object.
func (p *planner) selection(set ast.SelectionSet, object *ast.Definition) (*Selection, bool) {
	s := &Selection{}
	satisfies := []string{object.Name}
	for _, abstract := range p.schema.Implements[object.Name] {
		satisfies = append(satisfies, abstract.Name)
	}
	for _, collected := range graphql.CollectFields(p.op, set, satisfies) {
		f, ok := p.field(collected, object)
		if !ok {
			return nil, false
		}
		s.Fields = append(s.Fields, f)
	}
	return s, true
}

func keyOf(alias string) string { return `"` + alias + `":` }

// isOther says whether a directive does more than include or skip.
func isOther(d *ast.Directive) bool { return d.Name != "include" && d.Name != "skip" }

func (p *planner) field(collected graphql.CollectedField, object *ast.Definition) (*Field, bool) {
	f := &Field{Number: TypeName, collected: collected, object: object.Name, key: keyOf(collected.Alias), slot: p.fields}
	if p.fields++; p.fields > MaxFields || collected.IsDeferred() || slices.ContainsFunc(collected.Directives, isOther) {
		return nil, false
	}
	if collected.Name == "__typename" {
		return f, true
	}
	declared, ok := p.known[object.Name][collected.Name]
	if !ok {
		return nil, false
	}
	f.Number = declared.Number
	return f, p.below(f, object)
}

// below plans what is asked for of what a field is, and says whether that can be run.
func (p *planner) below(f *Field, object *ast.Definition) (ok bool) {
	collected := f.collected
	result := p.schema.Types[collected.Definition.Type.Name()]
	switch {
	case result.IsAbstractType():
		f.as = map[string]*Selection{}
		for _, possible := range p.schema.GetPossibleTypes(result) {
			if f.as[possible.Name], ok = p.selection(collected.Selections, possible); !ok {
				return false
			}
		}
	case result.IsCompositeType():
		if f.Of, ok = p.selection(collected.Selections, result); !ok {
			return false
		}
	}
	if db.HandsOn(object.Name, collected.Name) {
		f.columns = &db.Columns{}
		p.need(f, result, f.columns)
	}
	return true
}

// need adds to columns those of the rows that f is, or that are on the list that it is.
func (p *planner) need(f *Field, result *ast.Definition, columns *db.Columns) {
	switch {
	case f.as != nil:
		for name, s := range f.as {
			p.needOf(name, s, columns)
		}
	case f.Of != nil:
		p.needOf(result.Name, f.Of, columns)
	}
}

func (p *planner) needOf(object string, s *Selection, columns *db.Columns) {
	if _, isRow := db.KindNamed(object); isRow {
		for _, f := range s.Fields {
			if f.Number != TypeName {
				columns.Add(object, f.collected.Name, p.known[object][f.collected.Name].Variable)
				columns.AddReference(object, f.collected.Name, f.collected.Definition.Type.Name(), f.columns)
			}
		}
		columns.Add(object, "", "ID")
		return
	}
	if !strings.HasSuffix(object, "Connection") && !strings.HasSuffix(object, "Edge") {
		return
	}
	for _, f := range s.Fields {
		if f.collected.Name == "pageInfo" {
			columns.AddPageInfo()
		} else if f.Of != nil || f.as != nil {
			p.need(f, p.schema.Types[f.collected.Definition.Type.Name()], columns)
		}
	}
}
