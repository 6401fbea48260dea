package compile

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

var (
	keptSchema = gqlparser.MustLoadSchema(&ast.Source{Input: "type Query { known: Int }"})
	keptKnown  = map[string]Object{"Query": {"known": {}}}
)

// operation reads a document with one operation.
func operation(document string, variables map[string]any) *graphql.OperationContext {
	doc := gqlparser.MustLoadQueryWithRules(keptSchema, document, rules.NewDefaultRules())
	return &graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: variables}
}

// Of one operation, which includes and skips in sixteen ways, and of operations with many
// fields only so many plans are kept, those of the operations that were used last; all are made.
func TestPlans_keepSoMany(t *testing.T) {
	t.Parallel()
	plans := NewPlans(keptSchema, keptKnown)
	op := operation("query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!) { known a: known @skip(if: $a) b: known @skip(if: $b) c: known @skip(if: $c) d: known @skip(if: $d) }", nil)
	for n := range 16 {
		op.Variables = map[string]any{"a": n&1 > 0, "b": n&2 > 0, "c": n&4 > 0, "d": n&8 > 0}
		if plans.For(op) == nil {
			t.Error("there is no plan")
		}
	}
	if kept, _ := plans.kept.Peek(op.Operation); len(kept.plans) != keptOfEach {
		t.Errorf("%d plans of one operation are kept", len(kept.plans))
	}
	var text strings.Builder
	for n := range MaxFields {
		fmt.Fprintf(&text, " f%d: known", n)
	}
	large := operation("{"+text.String()+"}", nil)
	for range keptFields/MaxFields + 3 {
		another := *large.Operation
		if large.Operation = &another; plans.For(large) == nil {
			t.Error("there is no plan")
		}
	}
	if kept := plans.kept.Len(); plans.fields != keptFields || kept != keptFields/MaxFields {
		t.Errorf("%d fields of %d operations are kept", plans.fields, kept)
	}
	if plans.kept.Contains(op.Operation) || !plans.kept.Contains(large.Operation) {
		t.Error("it is not the oldest that is dropped")
	}
}

// However plans are made and forgotten at the same time, the fields that are counted are
// those of the plans that are kept: were they more, room would be made for ever.
func TestPlans_countWhatIsKept(t *testing.T) {
	t.Parallel()
	plans := NewPlans(keptSchema, keptKnown)
	op := operation("query ($a: Boolean!) { known other: known @include(if: $a) }", nil)
	var all sync.WaitGroup
	for worker := range 4 {
		one := &graphql.OperationContext{Doc: op.Doc, Operation: op.Operation, Variables: map[string]any{"a": worker%2 == 0}}
		all.Go(func() {
			for range 2000 {
				if plans.For(one) == nil {
					t.Error("there is no plan")
				}
				plans.Forget(one.Operation)
			}
		})
	}
	all.Wait()
	if kept := plans.kept.Len(); plans.fields != 0 || kept != 0 {
		t.Errorf("%d fields are counted, of %d operations", plans.fields, kept)
	}
}
