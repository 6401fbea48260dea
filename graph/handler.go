// Package graph is the API: the schema and its answers.
package graph

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	gqlexec "github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph/exec"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// An executor runs operations of the schema.
type executor struct {
	*gqlexec.Executor
	schema *ast.Schema
	policy *policy
	costs  *costs
	db     *db.DB

	documents *Documents
	cache     *documentCache
	compiled  *compiledSchema
	turns     turns
}

// Handler answers GraphQL over HTTP from d. Requests must carry an actor, and may
// name one of the documents, if there are any, instead of sending it.
func Handler(d *db.DB, documents *Documents) http.Handler {
	resolver := &Resolver{DB: d}
	config := exec.Config{Resolvers: resolver}
	config.Schema = described
	config.Directives.AsOf = asOf
	policy, err := compilePolicy(described)
	if err != nil {
		panic(err) // the schema is part of the program
	}
	resolver.policy = policy
	costs, err := compileCosts(described)
	if err != nil {
		panic(err)
	}
	compiled := newCompiledSchema(exec.NewExecutableSchema(config), described)
	e := &executor{Executor: gqlexec.New(compiled), schema: described, policy: policy, costs: costs, db: d, documents: documents, compiled: compiled, turns: newTurns()}
	e.SetErrorPresenter(e.present)
	e.SetRecoverFunc(recovered)
	e.SetParserTokenLimit(maxTokens)
	e.cache = newDocumentCache(described, documents, func(op *ast.OperationDefinition) {
		policy.walks.Remove(op)
		compiled.plans.Forget(op)
	})
	e.SetQueryCache(e.cache)
	resolver.cache, resolver.examples = e.cache, newLibrary(described, policy)
	e.AroundFields(idempotent)
	e.Use(extension.Introspection{})
	return &transport{executor: e, longest: longest}
}

// CreateOperationContext parses and validates an operation, looks whether the
// actor may use all that it asks for, and checks all of its arguments. Mistakes
// in arguments come back as INVALID errors that name every one of them; whoever
// may not run the operation is not told of them.
func (e *executor) CreateOperationContext(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	op, errs := e.look(ctx, params)
	if len(errs) > 0 && codeOf(errs) != "UNAUTHENTICATED" { // which an address may be that many share
		spenderOf(ctx).blame(costOfRefusal)
	}
	return op, errs
}

// look is CreateOperationContext that costs nothing.
func (e *executor) look(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	if err := e.documents.admit(params.Query); err != nil {
		return &graphql.OperationContext{}, gqlerror.List{err}
	}
	actor, _ := auth.From(ctx)
	as := bitOf(actor)
	op, errs := e.open(ctx, params, as)
	errs = quiet(errs)
	operation, others := op.Operation, gqlerror.List(nil)
	if len(errs) > 0 {
		if !slices.ContainsFunc(errs, isAboutValues) {
			return op, errs
		}
		others = slices.DeleteFunc(slices.Clone(errs), isAboutValues)
	}
	var w *walk
	if operation != nil {
		w = e.policy.walked(operation)
	} else if operation = e.reparse(params); operation != nil {
		w = e.policy.walk(operation)
	} else {
		return op, errs
	}
	if names := w.refused(as, params.Variables); len(names) > 0 {
		if len(others) > 0 {
			return op, others
		}
		return op, gqlerror.List{e.forbid(ctx, as, names)}
	}
	if isDiscreet(ctx) && w.isAboutSchema() {
		return op, gqlerror.List{refusal("FORBIDDEN", "this server does not tell of its schema")}
	}
	if found := checkInput(e.schema, operation, params.Variables); len(found) > 0 {
		return op, append(found, others...)
	}
	if len(errs) > 0 {
		return op, errs
	}
	if err := e.charge(ctx, op); err != nil {
		return op, gqlerror.List{err}
	}
	if operation.Operation == ast.Subscription {
		return op, checkSubscription(op)
	}
	return op, nil
}

// open reads the document of an operation, unless it or its variables are too large.
// Whoever has not signed in is told nothing of what they may have meant.
func (e *executor) open(ctx context.Context, params *graphql.RawParams, as roleSet) (*graphql.OperationContext, gqlerror.List) {
	if err := checkVariables(params.Variables); err != nil {
		return &graphql.OperationContext{}, gqlerror.List{err}
	}
	if errs := e.cache.read(ctx, params.Query, as != anonymous); len(errs) > 0 {
		return &graphql.OperationContext{}, errs
	}
	return e.Executor.CreateOperationContext(ctx, params)
}

// isAboutValues says whether an error is one of a value that does not fit its
// type, as a variable or as a literal.
func isAboutValues(e *gqlerror.Error) bool {
	return strings.HasPrefix(e.Rule, "ValuesOfCorrectType") || len(e.Path) > 0 && e.Path[0] == ast.PathName("variable")
}

// reparse reads a document whose values did not fit, so that they can be looked at.
func (e *executor) reparse(params *graphql.RawParams) *ast.OperationDefinition {
	doc, errs := parse(params.Query)
	if errs != nil {
		return nil
	}
	_ = validator.ValidateWithRules(e.schema, doc, rules.NewRules()) // only links fields to their definitions
	return doc.Operations.ForName(params.OperationName)
}
