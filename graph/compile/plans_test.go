package compile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/graph/compile"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// A query with more fields than a plan may have is left to the resolvers, as is one with a
// field that nothing is known of.
func TestPlans_areLimited(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { known: Int unknown: Int }"})
	plans := compile.NewPlans(schema, map[string]compile.Object{"Query": {"known": {}}})
	fields := func(n int) string {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, " f%d: known", i)
		}
		return text.String()
	}
	for name, of := range map[string]struct {
		fields    string
		isPlanned bool
	}{
		"as many fields as may be": {fields(compile.MaxFields), true},
		"one more":                 {fields(compile.MaxFields + 1), false},
		"one that is not known":    {"known unknown", false},
	} {
		doc := gqlparser.MustLoadQueryWithRules(schema, "{"+of.fields+"}", rules.NewDefaultRules())
		op := &graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: map[string]any{}}
		if plan := plans.For(op); (plan != nil) != of.isPlanned {
			t.Errorf("%s: the plan is %v", name, plan)
		}
	}
}
