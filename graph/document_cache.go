package graph

import (
	"context"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// How much is kept of documents that were parsed and validated.
const (
	cachedDocuments = 1000
	cachedBytes     = 16 << 20
)

// documentCache keeps documents that were parsed and validated, as long as there
// is room for them, the ones that were used last. It is safe for concurrent use.
type documentCache struct {
	schema *ast.Schema
	own    *Documents
	forget func(*ast.OperationDefinition) // drops what is kept of an operation elsewhere

	mu    sync.Mutex
	kept  *simplelru.LRU[string, keptDocument]
	bytes int
}

type keptDocument struct {
	*ast.QueryDocument
	id    string
	isOwn bool // of our own pages
	bytes int
}

func newDocumentCache(schema *ast.Schema, own *Documents, forget func(*ast.OperationDefinition)) *documentCache {
	c := &documentCache{schema: schema, own: own, forget: forget}
	kept, err := simplelru.NewLRU(cachedDocuments, c.dropped)
	if err != nil {
		panic(err) // the size is constant
	}
	c.kept = kept
	return c
}

// dropped is called under the lock.
func (c *documentCache) dropped(_ string, d keptDocument) {
	c.bytes -= d.bytes
	for _, op := range d.Operations {
		c.forget(op)
	}
}

// Get returns a document that is kept.
func (c *documentCache) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d, ok := c.kept.Get(text)
	return d.QueryDocument, ok
}

// Add keeps a document that is valid.
func (c *documentCache) Add(_ context.Context, text string, doc *ast.QueryDocument) {
	id := documentID(text)
	d := keptDocument{doc, id, c.own.has(id), weight(text)}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept.Remove(text)
	c.kept.Add(text, d)
	for c.bytes += d.bytes; c.bytes > cachedBytes; {
		c.kept.RemoveOldest()
	}
}

// idOf returns the id of a document, which of one that is kept is known. Where nothing is
// kept, c is nil.
func (c *documentCache) idOf(text string) string {
	if c == nil {
		return documentID(text)
	}
	c.mu.Lock()
	d, ok := c.kept.Peek(text)
	c.mu.Unlock()
	if ok {
		return d.id
	}
	return documentID(text)
}

// isOwn says whether a document that is kept is one of our own pages.
func (c *documentCache) isOwn(text string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	d, ok := c.kept.Peek(text)
	return ok && d.isOwn
}

// weight is what a document takes, at most: its text, and what was made of its
// tokens and found out of them.
func weight(text string) int {
	const perToken = 300
	l, tokens := lexer.New(&ast.Source{Input: text}), 1
	for token, err := l.ReadToken(); err == nil && token.Kind != lexer.EOF; token, err = l.ReadToken() {
		tokens++
	}
	return len(text) + len(text)/8 + perToken*tokens // memory comes in pieces of some sizes
}

// read parses, measures and validates a document that is not kept, and keeps it
// when nothing is wrong with it. Only what is small enough is validated.
func (c *documentCache) read(ctx context.Context, text string, suggesting bool) gqlerror.List {
	if _, ok := c.Get(ctx, text); ok {
		return nil
	}
	doc, errs := parse(text)
	if errs != nil {
		return errs
	}
	if err := checkExtent(doc); err != nil {
		return gqlerror.List{err}
	}
	errs = validator.ValidateWithRules(c.schema, doc, plainRules)
	if suggesting && len(errs) > 0 && len(errs) <= maxErrors { // for each of many it would take long to find out what was meant
		if doc, again := parse(text); again == nil {
			errs = validator.ValidateWithRules(c.schema, doc, suggestingRules)
		}
	}
	if len(errs) == 0 {
		c.Add(ctx, text, doc)
	}
	return coded(errs, errcode.ValidationFailed)
}

// parse reads a document with at least one operation.
func parse(text string) (*ast.QueryDocument, gqlerror.List) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, maxTokens)
	switch {
	case err != nil && strings.Contains(err.Error(), "exceeded token limit"): // the parser has no type for it
		return nil, gqlerror.List{tooComplex("tokens", maxTokens)}
	case err != nil:
		return nil, coded(gqlerror.List{gqlerror.WrapIfUnwrapped(err)}, errcode.ParseFailed)
	case len(doc.Operations) == 0:
		return nil, gqlerror.List{refusal(errcode.ValidationFailed, "no operation provided")}
	}
	return doc, nil
}

func coded(errs gqlerror.List, code string) gqlerror.List {
	for _, e := range errs {
		errcode.Set(e, code)
	}
	return errs
}

// The rules that documents are validated by. What a value may have been meant to
// be is never told: the value would be.
var plainRules, suggestingRules = withoutSuggestions(
	rules.FieldsOnCorrectTypeRuleWithoutSuggestions, rules.KnownArgumentNamesRuleWithoutSuggestions, rules.KnownTypeNamesRuleWithoutSuggestions,
	rules.ScalarLeafsRuleWithoutSuggestions, rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
), withoutSuggestions(rules.ValuesOfCorrectTypeRuleWithoutSuggestions)

// withoutSuggestions returns the rules of the specification, some of them as they are given.
func withoutSuggestions(instead ...core.Rule) *rules.Rules {
	all := rules.NewDefaultRules()
	for _, rule := range instead {
		all.RemoveRule(strings.TrimSuffix(rule.Name, "WithoutSuggestions"))
		all.AddRule(rule.Name, rule.RuleFunc)
	}
	return all
}
