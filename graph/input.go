package graph

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The limits of what an input may hold besides those of its fields.
const (
	maxListLength = 100
	maxJoined     = 10 // conditions in one and, or
	maxWhereDepth = 4  // of conditions within conditions
	maxText       = 20_000
)

// An inputCheck looks at all arguments of an operation before anything runs,
// and gathers all that is wrong with them. The parser stops at the first
// mistake, does not look into custom scalars, checks @oneOf in literals only and
// takes enum values in any case.
type inputCheck struct {
	schema    *ast.Schema
	variables map[string]any
	errors    gqlerror.List
	fragments map[string]bool // looked at already
	path      []*ast.Field    // to what is being looked at
	problems  []db.Problem    // of what is being looked at
}

// checkInput returns an INVALID error for the operation's directives, and one
// for each of its fields, whose arguments break a rule that needs no database.
func checkInput(schema *ast.Schema, operation *ast.OperationDefinition, variables map[string]any) gqlerror.List {
	c := &inputCheck{schema: schema, variables: variables, path: make([]*ast.Field, 0, maxDepth)}
	c.directives(operation.Directives)
	c.refuse(operation.Position)
	c.selections(operation.SelectionSet)
	return c.errors
}

func (c *inputCheck) selections(set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			c.path = append(c.path, s)
			c.field(s)
			c.selections(s.SelectionSet)
			c.path = c.path[:len(c.path)-1]
		case *ast.InlineFragment:
			c.selections(s.SelectionSet)
		case *ast.FragmentSpread:
			if !c.fragments[s.Name] && s.Definition != nil {
				if c.fragments == nil {
					c.fragments = map[string]bool{}
				}
				c.fragments[s.Name] = true
				c.selections(s.Definition.SelectionSet)
			}
		}
	}
}

func (c *inputCheck) field(f *ast.Field) {
	if f.Definition == nil {
		return
	}
	returns := f.Definition.Type.Name()
	for _, a := range f.Arguments {
		if definition := f.Definition.Arguments.ForName(a.Name); definition != nil {
			c.argument(place{path: []any{a.Name}, noun: strings.TrimSuffix(returns, "Connection"), name: a.Name}, definition.Type, a.Value)
		}
	}
	c.directives(f.Directives)
	c.refuse(f.Position)
}

func (c *inputCheck) directives(all ast.DirectiveList) {
	for _, d := range all {
		if d.Definition == nil {
			continue // the parser tells of it
		}
		for _, a := range d.Arguments {
			if definition := d.Definition.Arguments.ForName(a.Name); definition != nil {
				c.argument(place{path: []any{"@" + d.Name, a.Name}, noun: d.Name, name: a.Name}, definition.Type, a.Value)
			}
		}
	}
}

// refuse makes one error of the problems that were found in one place.
func (c *inputCheck) refuse(position *ast.Position) {
	if len(c.problems) == 0 {
		return
	}
	e := refusal("INVALID", (&db.InvalidError{Problems: c.problems}).Error())
	for _, f := range c.path {
		e.Path = append(e.Path, ast.PathName(f.Alias))
	}
	e.Extensions["fields"] = c.problems
	if position != nil {
		e.Locations = []gqlerror.Location{{Line: position.Line, Column: position.Column}}
	}
	c.errors = append(c.errors, e)
	c.problems = nil
}

func (c *inputCheck) argument(at place, t *ast.Type, literal *ast.Value) {
	if value, given := plain(literal, c.variables); given {
		c.value(at, t, value)
	}
}

// A place is where a value stands in the arguments of a field.
type place struct {
	path  []any
	noun  string // of the input type, or what the field returns
	name  string // of the argument or input field
	depth int    // of conditions
}

func (p place) in(step any) place {
	p.path = append(slices.Clone(p.path), step)
	return p
}

func (c *inputCheck) add(at place, code db.ProblemCode, message string) {
	c.problems = append(c.problems, db.Problem{Path: at.path, Code: code, Message: message})
}

func (c *inputCheck) value(at place, t *ast.Type, value any) {
	if value == nil {
		if t.NonNull {
			c.add(at, db.Required, "must not be null")
		}
		return
	}
	if t.Elem != nil {
		c.list(at, t.Elem, value)
		return
	}
	switch definition := c.schema.Types[t.NamedType]; definition.Kind {
	case ast.Enum:
		name, _ := value.(string)
		if definition.EnumValues.ForName(name) == nil {
			c.add(at, db.BadFormat, "is not a value of "+definition.Name)
		}
	case ast.InputObject:
		c.object(at, definition, value)
	default:
		c.scalar(at, definition.Name, value)
	}
}

func (c *inputCheck) list(at place, of *ast.Type, value any) {
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
		// The parser puts a single value of a variable into a list of its own type.
		if v := reflect.ValueOf(value); v.IsValid() && v.Kind() == reflect.Slice {
			items = items[:0]
			for i := range v.Len() {
				items = append(items, v.Index(i).Interface())
			}
		}
	}
	limit := maxListLength
	if at.name == "and" || at.name == "or" {
		limit = maxJoined
	}
	switch {
	case len(items) > limit:
		c.add(at, db.TooLong, fmt.Sprintf("has more than %d items", limit))
		return
	case len(items) == 0 && at.name == "ids":
		c.add(at, db.TooShort, "has no item")
	}
	for i, item := range items {
		c.value(at.in(i), of, item)
	}
}

func (c *inputCheck) object(at place, definition *ast.Definition, value any) {
	fields, ok := value.(map[string]any)
	if !ok {
		c.add(at, db.BadFormat, "is not an object of the form "+definition.Name)
		return
	}
	isCondition := strings.HasSuffix(definition.Name, "Where") || strings.HasSuffix(definition.Name, "Filter")
	if strings.HasSuffix(definition.Name, "Where") {
		if at.depth++; at.depth > maxWhereDepth+1 {
			c.add(at, db.TooLong, fmt.Sprintf("nests more than %d deep", maxWhereDepth))
			return
		}
	}
	given := 0
	for _, f := range definition.Fields {
		v, present := fields[f.Name]
		isNeeded := f.Type.NonNull && f.DefaultValue == nil
		if !present && !isNeeded {
			continue
		}
		inner := at.in(f.Name)
		if definition.Name != "IdFilter" { // whose values are what its own field is named for
			inner.noun, inner.name = nounOf(definition.Name), f.Name
		}
		switch {
		case !present:
			c.add(inner, db.Required, "is needed")
			continue
		case v == nil && isCondition:
			c.add(inner, db.Required, "must not be null: ask with isNull")
		case v == nil && isChange.MatchString(definition.Name) && db.IsRequired(inner.noun, f.Name):
			c.add(inner, db.Required, "must not be null")
		default:
			c.value(inner, f.Type, v)
		}
		if v != nil {
			given++
		}
	}
	for name := range fields {
		if definition.Fields.ForName(name) == nil {
			if !aName.MatchString(name) {
				name = "?" // it may be anything
			}
			c.add(at.in(name), db.BadFormat, "is not a field of "+definition.Name)
		}
	}
	if definition.Directives.ForName("oneOf") != nil && (given != 1 || len(fields) != 1) {
		c.add(at, db.OutOfRange, "takes exactly one field")
	}
}

// isChange tells the inputs in which a field that is absent stays as it is.
var isChange = regexp.MustCompile(`^(Update|Amend)`)

// aName is what the schema's fields are called like.
var aName = regexp.MustCompile(`^[_A-Za-z][_0-9A-Za-z]*$`)

// readers are the scalars that know themselves how they are written.
var readers = map[string]func(any) error{
	"Date":          func(v any) error { return new(db.Date).UnmarshalGQL(v) },
	"DateTime":      func(v any) error { _, err := db.UnmarshalDateTime(v); return err },
	"LocalTime":     func(v any) error { return new(db.LocalTime).UnmarshalGQL(v) },
	"LocalDateTime": func(v any) error { return new(db.LocalDateTime).UnmarshalGQL(v) },
	"Duration":      func(v any) error { return new(db.Duration).UnmarshalGQL(v) },
	"EmailAddress":  func(v any) error { _, err := db.UnmarshalEmailAddress(v); return err },
	"PhoneNumber":   func(v any) error { _, err := db.UnmarshalPhoneNumber(v); return err },
	"JSON":          func(v any) error { return new(db.JSON).UnmarshalGQL(v) },
}

func (c *inputCheck) scalar(at place, name string, value any) {
	text, isText := value.(string)
	if isText && (strings.ContainsRune(text, 0) || !utf8.ValidString(text)) {
		c.add(at, db.BadFormat, "holds characters that cannot be written")
		return
	}
	switch name {
	case "ID":
		c.id(at, value)
	case "String":
		c.text(at, text, isText)
	case "Int":
		c.integer(at, value)
	case "Boolean":
		if _, ok := value.(bool); !ok {
			c.add(at, db.BadFormat, "is not true or false")
		}
	default:
		if read := readers[name]; read != nil {
			if err := read(value); err != nil {
				c.add(at, db.BadFormat, "is not read: "+err.Error())
			}
		}
	}
}

func (c *inputCheck) text(at place, text string, ok bool) {
	limit := db.MaxLength(at.noun, at.name)
	switch {
	case !ok:
		c.add(at, db.BadFormat, "is not a text")
	case at.noun == "idempotent" && (len(text) < 8 || len(text) > 128):
		c.add(at, db.OutOfRange, "has 8 to 128 characters")
	case limit > 0 && !strings.HasSuffix(at.noun, "Where"):
		if code, message := db.CheckText(text, limit); code != "" {
			c.add(at, code, message)
		}
	case len(text) > maxText:
		c.add(at, db.TooLong, fmt.Sprintf("is longer than %d characters", maxText))
	}
}

func (c *inputCheck) integer(at place, value any) {
	n, err := strconv.ParseInt(fmt.Sprint(value), 10, 64)
	if _, isText := value.(string); err != nil || isText || n < math.MinInt32 || n > math.MaxInt32 {
		c.add(at, db.BadFormat, "is not a whole number of 32 bits")
		return
	}
	if (at.name == "first" || at.name == "last") && (n < 1 || n > db.MaxPageSize) {
		c.add(at, db.OutOfRange, fmt.Sprintf("is a number from 1 to %d", db.MaxPageSize))
	}
}

// id checks the form of an id, and that it names what its place is for.
func (c *inputCheck) id(at place, value any) {
	id, err := db.UnmarshalID(value)
	if err != nil {
		c.add(at, db.BadFormat, "is not read: "+err.Error())
		return
	}
	noun := at.noun
	if at.name != "id" {
		noun = nounOf(strings.TrimSuffix(strings.ToUpper(at.name[:1])+at.name[1:], "Id"))
	}
	if kind, ok := db.KindNamed(noun); ok && kind != db.KindOf(id) {
		c.add(at, db.UnknownReference, "is not the id of "+article(noun)+noun)
	}
}

func article(noun string) string {
	if strings.ContainsRune("AEIOU", rune(noun[0])) {
		return "an "
	}
	return "a "
}

// nounOf returns the noun that a name of the schema ends in, leaving out what
// says how it is used: UpdatePatientInput, PatientWhere and primaryPractitioner
// tell of Patient, Patient and Practitioner.
func nounOf(name string) string {
	for _, use := range []string{"Input", "Where", "Key", "Filter"} {
		name = strings.TrimSuffix(name, use)
	}
	for i := range name {
		if _, ok := db.KindNamed(name[i:]); ok {
			return name[i:]
		}
	}
	return name
}

// plain returns the value of a literal with its variables filled in, and
// whether there is one: a variable that was not sent leaves its place absent.
func plain(v *ast.Value, variables map[string]any) (value any, given bool) {
	switch v.Kind {
	case ast.Variable:
		value, given = variables[v.Raw]
		if !given && v.VariableDefinition != nil && v.VariableDefinition.DefaultValue != nil {
			return plain(v.VariableDefinition.DefaultValue, nil)
		}
		return value, given
	case ast.ListValue:
		items := []any{}
		for _, child := range v.Children {
			item, _ := plain(child.Value, variables)
			items = append(items, item)
		}
		return items, true
	case ast.ObjectValue:
		fields := map[string]any{}
		for _, child := range v.Children {
			if field, ok := plain(child.Value, variables); ok {
				fields[child.Name] = field
			}
		}
		return fields, true
	case ast.IntValue, ast.FloatValue:
		return json.Number(v.Raw), true
	}
	value, err := v.Value(nil)
	return value, err == nil
}
