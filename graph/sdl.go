package graph

import (
	"strings"
	"sync"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph/exec"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// described is the schema, in which whatever has a policy says whose it is. All
// executable schemas share it, so it is written on before anything reads it.
var described = describe(exec.NewExecutableSchema(exec.Config{}).Schema())

func describe(schema *ast.Schema) *ast.Schema {
	p, err := compilePolicy(schema)
	if err != nil {
		return schema // which no handler serves
	}
	for _, d := range schema.Types {
		for _, f := range d.Fields {
			at := coordinate{d.Name, f.Name}
			f.Description += whose(p.sets[at])
			if d.Kind == ast.Object {
				f.Description += sentences[p.seen[at]]
			}
		}
		for _, v := range d.EnumValues {
			v.Description += whose(p.sets[coordinate{d.Name, v.Name}])
		}
	}
	return schema
}

// whose tells who is in a set; nothing of an empty one.
func whose(set roleSet) string {
	var roles []string
	for _, role := range auth.Roles {
		if set&bits[role] != 0 {
			roles = append(roles, string(role))
		}
	}
	switch {
	case set == 0:
		return ""
	case set&anonymous != 0:
		return "\nFor everybody."
	case set&adminUnderGlass != 0 && set&admin == 0:
		roles = append(roles, "ADMIN under a broken glass")
	}
	return "\nFor " + strings.Join(roles, ", ") + "."
}

// SDL returns the whole schema as one document.
var SDL = sync.OnceValue(func() string {
	var b strings.Builder
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(described)
	return b.String()
})
