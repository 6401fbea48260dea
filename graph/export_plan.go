package graph

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
)

// errNoList says that there is nothing in a query that could be exported.
var errNoList = errors.New("nothing to export: ask for a list of pages that is nested in no other list, with nodes, or edges and node, named in it and not in a fragment")

// exportPage is the name under which an export asks where a page lies.
const exportPage = "exportPage"

// An exportPlan is what is run for each page of an export: the query with one list
// left in it, whose first and after are variables.
type exportPlan struct {
	document     string
	variables    map[string]any
	first, after string   // the names of the variables
	path         []string // names in the answer that lead to the list
	rows, node   string   // names in the list: of nodes; or of edges, and of the node in each
	columns      []column
}

// planExport makes the plan of a query that is kept, with its variables, which are not nil. The list is
// the first one in the query that is nested in no other list; what stands beside it is
// left out, and so is where its page was to begin and how long it was to be.
func (e *executor) planExport(ctx context.Context, text string, variables map[string]any) (*exportPlan, *gqlerror.Error) {
	if err := e.documents.admit(text); err != nil {
		return nil, err
	}
	if errs := quiet(e.cache.read(ctx, text, true)); len(errs) > 0 {
		return nil, errs[0]
	}
	doc, errs := parse(text) // anew, as it is changed
	if errs == nil {
		errs = validator.ValidateWithRules(e.schema, doc, plainRules)
	}
	if len(errs) > 0 {
		return nil, quiet(errs)[0]
	}
	op, plan := doc.Operations[0], &exportPlan{first: "exportFirst", after: "exportAfter"}
	left, path, list := findList(op.SelectionSet)
	if list == nil || !plan.narrow(list) {
		return nil, refusal("BAD_REQUEST", errNoList.Error())
	}
	op.SelectionSet, plan.path = left, path
	for op.VariableDefinitions.ForName(plan.first) != nil || op.VariableDefinitions.ForName(plan.after) != nil {
		plan.first, plan.after = plan.first+"_", plan.after+"_"
	}
	list.Arguments = slices.DeleteFunc(list.Arguments, func(a *ast.Argument) bool {
		return slices.Contains([]string{"first", "after", "last", "before"}, a.Name)
	})
	for name, variable := range map[string]string{"first": plan.first, "after": plan.after} {
		list.Arguments = append(list.Arguments, &ast.Argument{Name: name, Value: &ast.Value{Kind: ast.Variable, Raw: variable}})
	}
	slices.SortFunc(list.Arguments, func(a, b *ast.Argument) int { return strings.Compare(a.Name, b.Name) })
	op.VariableDefinitions = append(op.VariableDefinitions, &ast.VariableDefinition{Variable: plan.first, Type: ast.NamedType("Int", nil)},
		&ast.VariableDefinition{Variable: plan.after, Type: ast.NamedType("String", nil)})
	used := usedBy(doc, op)
	op.VariableDefinitions = slices.DeleteFunc(op.VariableDefinitions, func(d *ast.VariableDefinition) bool { return !used.variables[d.Variable] })
	doc.Fragments = slices.DeleteFunc(doc.Fragments, func(f *ast.FragmentDefinition) bool { return !used.fragments[f.Name] })
	plan.variables = maps.Clone(variables)
	maps.DeleteFunc(plan.variables, func(name string, _ any) bool { return !used.variables[name] })
	var b strings.Builder
	formatter.NewFormatter(&b, formatter.WithIndent(" ")).FormatQueryDocument(doc)
	plan.document = b.String()
	return plan, nil
}

// findList returns the first list of pages in a set of selections, the names that lead
// to it, and what is left of the set: the way there.
func findList(set ast.SelectionSet) (left ast.SelectionSet, path []string, list *ast.Field) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			switch {
			case isPage(s.Definition) && s.Definition.Arguments.ForName("after") != nil:
				return ast.SelectionSet{s}, []string{s.Alias}, s
			case s.Definition.Type.Elem != nil:
				continue // the lists in it are several
			}
			if left, path, list = findList(s.SelectionSet); list != nil {
				s.SelectionSet = left
				return ast.SelectionSet{s}, append([]string{s.Alias}, path...), list
			}
		case *ast.InlineFragment:
			if left, path, list = findList(s.SelectionSet); list != nil {
				s.SelectionSet = left
				return ast.SelectionSet{s}, path, list
			}
		}
	}
	return nil, nil, nil
}

// narrow leaves in a list its rows and where the page lies, and notes what the rows are
// called and which columns they have. It returns false where there are none.
func (p *exportPlan) narrow(list *ast.Field) bool {
	rows := fieldOfSet(list.SelectionSet, "nodes")
	row := rows
	if rows == nil {
		if rows = fieldOfSet(list.SelectionSet, "edges"); rows == nil {
			return false
		}
		if row = fieldOfSet(rows.SelectionSet, "node"); row == nil {
			return false
		}
		rows.SelectionSet, p.node = ast.SelectionSet{row}, row.Alias
	}
	p.rows, p.columns = rows.Alias, columnsOf(row.SelectionSet)
	list.SelectionSet = ast.SelectionSet{rows, &ast.Field{
		Alias: exportPage, Name: "pageInfo",
		SelectionSet: ast.SelectionSet{&ast.Field{Alias: "hasNextPage", Name: "hasNextPage"}, &ast.Field{Alias: "endCursor", Name: "endCursor"}},
	}}
	return true
}

// fieldOfSet returns the field of a name that stands in a set itself.
func fieldOfSet(set ast.SelectionSet, name string) *ast.Field {
	for _, s := range set {
		if f, ok := s.(*ast.Field); ok && f.Name == name && len(f.Directives) == 0 {
			return f
		}
	}
	return nil
}

// used are the names that an operation uses of its document.
type used struct{ variables, fragments map[string]bool }

func usedBy(doc *ast.QueryDocument, op *ast.OperationDefinition) *used {
	u := &used{map[string]bool{}, map[string]bool{}}
	u.directives(op.Directives)
	u.set(doc, op.SelectionSet)
	return u
}

func (u *used) set(doc *ast.QueryDocument, set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			u.arguments(s.Arguments)
			u.directives(s.Directives)
			u.set(doc, s.SelectionSet)
		case *ast.InlineFragment:
			u.directives(s.Directives)
			u.set(doc, s.SelectionSet)
		case *ast.FragmentSpread:
			u.directives(s.Directives)
			if f := doc.Fragments.ForName(s.Name); f != nil && !u.fragments[s.Name] {
				u.fragments[s.Name] = true
				u.directives(f.Directives)
				u.set(doc, f.SelectionSet)
			}
		}
	}
}

func (u *used) directives(all ast.DirectiveList) {
	for _, d := range all {
		u.arguments(d.Arguments)
	}
}

func (u *used) arguments(all ast.ArgumentList) {
	for _, a := range all {
		u.value(a.Value)
	}
}

func (u *used) value(v *ast.Value) {
	if v.Kind == ast.Variable {
		u.variables[v.Raw] = true
	}
	for _, child := range v.Children {
		u.value(child.Value)
	}
}

// sizeOfPage returns how many rows a page of the plan may have at a time.
func (e *executor) sizeOfPage(ctx context.Context, p *exportPlan) (int, *gqlerror.Error) {
	if errs := quiet(e.cache.read(ctx, p.document, true)); len(errs) > 0 {
		return 0, errs[0]
	}
	doc, ok := e.cache.Get(ctx, p.document)
	if !ok {
		return 1, nil // too much is kept: what is too large is refused when it runs
	}
	variables := maps.Clone(p.variables)
	for size := db.MaxPageSize; size > 1; size /= 2 {
		variables[p.first] = size
		m := &meter{e.costs, variables, map[sizedFragment]price{}}
		if found := m.set(doc.Operations[0].SelectionSet, 0); found.cost <= maxCost && found.items <= maxItems {
			return size, nil
		}
	}
	return 1, nil
}
