package graph

import (
	"maps"
	"slices"
	"strings"

	"github.com/clinicql/clinicql/auth"
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
func (p *policy) Clinical(operation *ast.OperationDefinition) []string { return p.clinical(operation) }

// Refused lists what a may not use of an operation, which is looked at anew or,
// when it is kept, once.
func (p *policy) Refused(a auth.Actor, operation *ast.OperationDefinition, kept bool, variables map[string]any) []string {
	if kept {
		return p.walked(operation).refused(bitOf(a), variables)
	}
	return p.walk(operation).refused(bitOf(a), variables)
}
