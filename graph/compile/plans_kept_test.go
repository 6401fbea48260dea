package compile

import (
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// However plans are made and forgotten at the same time, the fields that are counted are
// those of the plans that are kept: were they more, room would be made for ever.
func TestPlans_countWhatIsKept(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { known: Int }"})
	doc := gqlparser.MustLoadQueryWithRules(schema, "query ($a: Boolean!) { known other: known @include(if: $a) }", rules.NewDefaultRules())
	plans := NewPlans(schema, map[string]Object{"Query": {"known": {}}})
	var all sync.WaitGroup
	for worker := range 4 {
		op := &graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: map[string]any{"a": worker%2 == 0}}
		all.Go(func() {
			for range 2000 {
				if plans.For(op) == nil {
					t.Error("there is no plan")
				}
				plans.Forget(op.Operation)
			}
		})
	}
	all.Wait()
	if kept := plans.kept.Len(); plans.fields != 0 || kept != 0 {
		t.Errorf("%d fields are counted, of %d operations", plans.fields, kept)
	}
}
