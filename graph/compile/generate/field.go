package main

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
)

// writeField returns the statements that write what the field f of obj is.
func writeField(f *codegen.Field) string {
	if f.IsVariable() && !f.IsResolver {
		return value(f.TypeReference, "obj."+f.GoFieldName, 0)
	}
	var s strings.Builder
	switch {
	case len(f.Args) > 0:
		fmt.Fprintf(&s, "ctx, fc, err := compile.Begin(c, f, ec, %s)\nif err != nil { return err }\n", f.ArgsFunc())
	case f.MethodHasContext || f.IsResolver:
		s.WriteString("ctx := c.Context(f)\n")
	}
	call := "obj." + f.GoFieldName + "(" + f.CallArgs() + ")"
	if f.IsResolver {
		call = "ec.Resolvers." + f.ShortInvocation()
	}
	switch {
	case f.NoErr && !f.IsResolver:
		fmt.Fprintf(&s, "v := %s\n", call)
	case f.Object.Root:
		fmt.Fprintf(&s, "v, err := %s\nc.Keep(f, v, err)\nif err != nil { return err }\n", call)
	default:
		fmt.Fprintf(&s, "v, err := %s\nif err != nil { return err }\n", call)
	}
	s.WriteString(value(f.TypeReference, "v", 0))
	return s.String()
}

// value returns the statements that write the Go expression v of the type t.
func value(t *config.TypeReference, v string, depth int) string {
	null := "c.Null()"
	if t.GQL.NonNull {
		null = "return compile.ErrNull"
	}
	switch {
	case t.IsSlice():
		i := "i" + strconv.Itoa(depth)
		list := fmt.Sprintf("c.OpenList()\nfor %s := range %s {\nc.Next(%s)\n%s\n}\nc.CloseList()", i, v, i, value(t.Elem(), v+"["+i+"]", depth+1))
		if t.GQL.NonNull {
			return list
		}
		return fmt.Sprintf("if %s == nil { c.Null() } else {\n%s\n}", v, list)
	case t.IsNilable() && !t.IsMap():
		return fmt.Sprintf("if %s == nil { %s } else {\n%s\n}", v, null, present(t, v, null))
	}
	return present(t, v, null)
}

// present returns the statements that write a value that is not nil.
func present(t *config.TypeReference, v, null string) string {
	if t.Definition.IsLeafType() {
		return leaf(t, v, null)
	}
	if t.Definition.IsAbstractType() {
		return fmt.Sprintf("if err := compiled%s(c, ec, f, %s); err != nil { return err }", t.Definition.Name, v)
	}
	if !t.IsNilable() {
		v = "&" + v
	}
	return fmt.Sprintf("if err := compiled%s(c, ec, f.Of, %s); err != nil { return err }", t.Definition.Name, v)
}

// leaf returns the statements that write a scalar or the value of an enum as
// gqlgen does.
func leaf(t *config.TypeReference, v, null string) string {
	if t.IsPtr() {
		v = "*" + v
	}
	if goType := types.TypeString(t.GO, nil); t.IsMarshaler && strings.HasSuffix(strings.TrimPrefix(goType, "*"), "/db.Date") {
		return fmt.Sprintf("c.String(string(%s))", v) // which holds nothing to be escaped
	}
	if t.IsMarshaler && !t.IsContext {
		return fmt.Sprintf("(%s).MarshalGQL(c)", v)
	}
	if t.Marshaler == nil || t.HasEnumValues() {
		panic(fmt.Sprintf("compile: there is no way to write a %s", t.GQL))
	}
	if t.CastType != nil {
		v = templates.CurrentImports.LookupType(t.CastType) + "(" + v + ")"
	}
	switch name := t.Marshaler.FullName(); {
	case name == "github.com/99designs/gqlgen/graphql.MarshalString":
		return fmt.Sprintf("c.String(%s)", v)
	case name == "github.com/99designs/gqlgen/graphql.MarshalBoolean":
		return fmt.Sprintf("c.Boolean(%s)", v)
	case name == "github.com/99designs/gqlgen/graphql.MarshalInt32":
		return fmt.Sprintf("c.Int(%s)", v)
	case strings.HasSuffix(name, "/db.MarshalDateTime"):
		return fmt.Sprintf("c.DateTime(%s)", v)
	case strings.HasSuffix(name, "/db.MarshalID"):
		return fmt.Sprintf("if !c.ID(%s) { %s }", v, null)
	case t.IsContext:
		return fmt.Sprintf("if err := %s(%s).MarshalGQLContext(c.Context(f), c); err != nil { return err }", function(t), v)
	}
	return fmt.Sprintf("if !c.Marshal(%s(%s)) { %s }", function(t), v, null)
}

// function returns how the generated code calls the function that marshals t.
func function(t *config.TypeReference) string {
	return templates.CurrentImports.Lookup(t.Marshaler.Pkg().Path()) + "." + t.Marshaler.Name()
}
