package graph

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
)

// A walk is all that an operation touches. It depends on the document alone, so
// that it is done once for each document that is kept.
type walk struct {
	policy    *policy
	operation *ast.OperationDefinition
	may       roleSet                // who may use all of it
	touched   map[coordinate]roleSet // who may use what
	clinical  []string               // the fields of charts that are selected or asked by, sorted
	variables []awaited
	seen      map[visit]bool
}

// An awaited is a variable whose values have policies of their own, and the type of
// its place; they are looked at with each request.
type awaited struct {
	name string
	of   *ast.Type
}

// A visit is a fragment on some types: it is looked at once, however often it is spread.
type visit struct{ fragment, types string }

// walked returns the walk of an operation of a document that is kept.
func (p *policy) walked(operation *ast.OperationDefinition) *walk {
	if known, ok := p.walks.Get(operation); ok {
		return known
	}
	w := p.walk(operation)
	p.walks.Add(operation, w)
	return w
}

// charts returns the sorted names of the fields of charts, and of the audit,
// that an operation with its variables selects, filters by or orders by.
func (w *walk) charts(variables map[string]any) []string {
	if len(w.variables) == 0 {
		return w.clinical
	}
	fields := slices.Concat(w.clinical, w.sent(variables).clinical)
	slices.Sort(fields)
	return slices.Compact(fields)
}

// sent looks at the values that came with a request.
func (w *walk) sent(variables map[string]any) *walk {
	request := &walk{policy: w.policy, may: w.may, touched: map[coordinate]roleSet{}}
	for _, v := range w.variables {
		if value, ok := variables[v.name]; ok {
			request.value(v.of, value)
		}
	}
	return request
}

// walk looks at everything that an operation selects, what @skip and @include
// leave out too, and at all arguments that stand in its document.
func (p *policy) walk(operation *ast.OperationDefinition) *walk {
	w := &walk{policy: p, operation: operation, may: everybody, touched: map[coordinate]roleSet{}, seen: map[visit]bool{}}
	root := "Query"
	switch operation.Operation {
	case ast.Mutation:
		root = "Mutation"
	case ast.Subscription:
		root = "Subscription"
	}
	if operation.Directives.ForName("asOf") != nil {
		w.touch(coordinate{"", "@asOf"}, everybody&^analyst) // there is no lens of both
	}
	w.selections(p.schema.PossibleTypes[root], operation.SelectionSet)
	slices.Sort(w.clinical)
	w.clinical, w.seen = slices.Compact(w.clinical), nil
	return w
}

// refused returns the sorted names of what somebody may not use of an operation
// with its variables; nil when they may use all of it.
func (w *walk) refused(as roleSet, variables map[string]any) []string {
	var values map[coordinate]roleSet
	may := w.may
	if len(w.variables) > 0 {
		request := w.sent(variables)
		may, values = request.may, request.touched
	}
	if may&as != 0 {
		return nil
	}
	names := map[string]bool{}
	for _, touched := range []map[coordinate]roleSet{w.touched, values} {
		for at, set := range touched {
			if set&as == 0 {
				names[at.String()] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func (w *walk) touch(at coordinate, set roleSet) {
	w.may &= set
	w.touched[at] = set
	if w.policy.isClinical(at) && w.policy.isCharted(at.of) {
		w.clinical = append(w.clinical, at.String())
	}
}

// isCharted says whether a type is a noun, or tells of one.
func (p *policy) isCharted(name string) bool {
	if d := p.schema.Types[name]; d != nil {
		if noun, ok := tells(d); ok {
			name = noun
		}
	}
	_, ok := db.KindNamed(name)
	return ok
}

// leadsToCharts says whether a field that stands in no chart reads charts all the
// same: one of the root that lists them, and one of an interface.
func (p *policy) leadsToCharts(types []*ast.Definition, f *ast.Field) bool {
	if len(types) == 1 {
		return types[0] == p.schema.Query && p.isClinical(coordinate{strings.TrimSuffix(f.Definition.Type.Name(), "Connection"), "id"})
	}
	return slices.ContainsFunc(types, func(t *ast.Definition) bool { return p.isClinical(coordinate{t.Name, f.Name}) })
}

// isClinical says whether something is of charts, or of the audit: for those
// who read charts and not for the front desk.
func (p *policy) isClinical(at coordinate) bool {
	set := p.sets[at]
	return set&doctor != 0 && set&receptionist == 0
}

// selections looks at what is selected of a value that is one of types.
func (w *walk) selections(types []*ast.Definition, set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			w.field(types, s)
		case *ast.InlineFragment:
			w.selections(w.narrow(types, s.TypeCondition), s.SelectionSet)
		case *ast.FragmentSpread:
			if s.Definition == nil {
				w.touch(coordinate{"fragment", s.Name}, 0)
				continue
			}
			inner := w.narrow(types, s.Definition.TypeCondition)
			at := visit{s.Name, typeNames(inner)}
			if !w.seen[at] {
				w.seen[at] = true
				w.selections(inner, s.Definition.SelectionSet)
			}
		}
	}
}

// narrow returns those of types that a fragment is about.
func (w *walk) narrow(types []*ast.Definition, condition string) []*ast.Definition {
	if condition == "" {
		return types
	}
	possible := w.policy.schema.PossibleTypes[condition]
	var inner []*ast.Definition
	for _, t := range types {
		if slices.Contains(possible, t) {
			inner = append(inner, t)
		}
	}
	return inner
}

func typeNames(types []*ast.Definition) string {
	var b strings.Builder
	for _, t := range types {
		b.WriteString(t.Name + " ")
	}
	return b.String()
}

// field looks at one field. It may be used by whoever may use it on at least
// one of the types that its value can be of; what answers an interface leaves
// out the others.
func (w *walk) field(types []*ast.Definition, f *ast.Field) {
	if f.Name == "__typename" {
		return
	}
	at := coordinate{name: f.Name}
	if f.ObjectDefinition != nil {
		at.of = f.ObjectDefinition.Name
	}
	if len(types) == 1 {
		at.of = types[0].Name
	}
	var set roleSet
	for _, t := range types {
		set |= w.policy.sets[coordinate{t.Name, f.Name}]
	}
	w.touch(at, set)
	if f.Definition == nil {
		return // it has no policy, and is refused
	}
	if w.policy.leadsToCharts(types, f) {
		w.clinical = append(w.clinical, at.String())
	}
	for _, a := range f.Arguments {
		definition := f.Definition.Arguments.ForName(a.Name)
		if definition == nil {
			w.touch(coordinate{at.of, argumentName(f.Name, a.Name)}, 0)
			continue
		}
		for _, t := range types {
			own := coordinate{t.Name, argumentName(f.Name, a.Name)}
			if set, ok := w.policy.sets[own]; ok {
				w.touch(own, set)
			}
		}
		w.value(definition.Type, literal(a.Value))
	}
	if !strings.HasPrefix(f.Name, "__") { // the schema is told whole or not at all
		w.selections(w.policy.schema.PossibleTypes[f.Definition.Type.Name()], f.SelectionSet)
	}
}

// A variable stands in the place of a value that comes with the request.
type variable string

// literal returns a value of a document as JSON would hold it, variables left open.
func literal(v *ast.Value) any {
	switch v.Kind {
	case ast.Variable:
		return variable(v.Raw)
	case ast.ListValue:
		items := make([]any, len(v.Children))
		for i, child := range v.Children {
			items[i] = literal(child.Value)
		}
		return items
	case ast.ObjectValue:
		fields := make(map[string]any, len(v.Children))
		for _, child := range v.Children {
			fields[child.Name] = literal(child.Value)
		}
		return fields
	}
	return v.Raw
}

// value looks at a value of an argument. What does not fit its type is left to
// the check of the input, which comes after.
func (w *walk) value(of *ast.Type, value any) {
	if !w.policy.holds[of.Name()] {
		return
	}
	switch value := value.(type) {
	case variable:
		w.variable(of, string(value))
	case map[string]any:
		w.object(w.policy.schema.Types[of.Name()], value)
	case string:
		d := w.policy.schema.Types[of.Name()]
		if d.Kind == ast.Enum && d.EnumValues.ForName(value) != nil {
			w.member(d, value)
		}
	default:
		w.list(of, reflect.ValueOf(value))
	}
}

// list looks at the items of a list. One that stands for a list of one was put
// into a list of its own type by the parser, which knows no []any.
func (w *walk) list(of *ast.Type, items reflect.Value) {
	if items.Kind() != reflect.Slice {
		return
	}
	if of.Elem != nil {
		of = of.Elem
	}
	for i := range items.Len() {
		w.value(of, items.Index(i).Interface())
	}
}

func (w *walk) object(d *ast.Definition, fields map[string]any) {
	for name, value := range fields {
		f := d.Fields.ForName(name)
		if f == nil {
			continue
		}
		if f.Type.Name() != d.Name {
			w.member(d, name)
		}
		w.value(f.Type, value)
	}
}

// member looks at a field of an input or a value of an enum.
func (w *walk) member(d *ast.Definition, name string) {
	at := coordinate{d.Name, name}
	set, ok := w.policy.sets[at]
	if _, needed := tells(d); ok || needed {
		w.touch(at, set)
	}
}

// variable looks at the default of a variable, and notes it for each request.
func (w *walk) variable(of *ast.Type, name string) {
	if slices.ContainsFunc(w.variables, func(s awaited) bool { return s.name == name && s.of.String() == of.String() }) {
		return
	}
	w.variables = append(w.variables, awaited{name, of})
	if d := w.operation.VariableDefinitions.ForName(name); d != nil && d.DefaultValue != nil {
		w.value(of, literal(d.DefaultValue))
	}
}
