package main

import (
	_ "embed"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:embed compiled.gotpl
var text string

// A plugin writes compiled.generated.go: a function for each object that a query can
// reach.
type plugin struct{}

// Name implements gqlgen's plugin.Plugin.
func (plugin) Name() string { return "compile" }

// GenerateCode implements gqlgen's plugin.CodeGenerator.
func (plugin) GenerateCode(d *codegen.Data) error {
	reached := reach(d.Schema)
	data := struct {
		Objects    []*codegen.Object
		Interfaces []*codegen.Interface
		InPayloads []*codegen.Object // are a field of what some mutation answers
	}{}
	inPayloads := payloads(d.Schema)
	for _, o := range d.Objects {
		if reached[o.Name] {
			data.Objects = append(data.Objects, o)
			if inPayloads[o.Name] {
				data.InPayloads = append(data.InPayloads, o)
			}
		}
	}
	for _, i := range d.Interfaces {
		if reached[i.Name] {
			data.Interfaces = append(data.Interfaces, i)
		}
	}
	slices.SortFunc(data.Interfaces, func(a, b *codegen.Interface) int { return strings.Compare(a.Name, b.Name) })
	return templates.Render(templates.Options{
		PackageName:     d.Config.Exec.Package,
		Filename:        filepath.Join(d.Config.Exec.DirName, "compiled.generated.go"),
		Data:            data,
		Template:        text,
		GeneratedHeader: true,
		Packages:        d.Config.Packages,
		PruneOptions:    d.Config.GetPruneOptions(),
		Funcs: map[string]any{
			"write":   writeField,
			"fields":  answered,
			"canBeOf": possibleOf,
		},
	})
}

// reach returns the types that a query can answer with, without those of introspection.
func reach(schema *ast.Schema) map[string]bool {
	reached := map[string]bool{}
	var visit func(*ast.Definition)
	visit = func(t *ast.Definition) {
		if t == nil || reached[t.Name] || strings.HasPrefix(t.Name, "__") {
			return
		}
		reached[t.Name] = true
		for _, f := range t.Fields {
			visit(schema.Types[f.Type.Name()])
		}
		if t.IsAbstractType() {
			for _, possible := range schema.GetPossibleTypes(t) {
				visit(possible)
			}
		}
	}
	visit(schema.Query)
	return reached
}

// payloads returns the types of the fields of what mutations answer.
func payloads(schema *ast.Schema) map[string]bool {
	found := map[string]bool{}
	for _, mutation := range schema.Mutation.Fields {
		for _, f := range schema.Types[mutation.Type.Name()].Fields {
			found[f.Type.Name()] = true
		}
	}
	return found
}

// answered returns the fields of o that are no introspection.
func answered(o *codegen.Object) []*codegen.Field {
	return slices.DeleteFunc(slices.Clone(o.Fields), func(f *codegen.Field) bool { return f.IsReserved() })
}

// A possible type of an interface. Its rows are pointers to a struct.
type possible struct{ Name, Go string }

func possibleOf(i *codegen.Interface) []possible {
	var all []possible
	for _, implementor := range i.Implementors {
		t := implementor.Type
		if pointer, ok := t.(*types.Pointer); ok {
			t = pointer.Elem()
		}
		p := possible{implementor.Name, templates.CurrentImports.LookupType(t)}
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}
