package graph

import (
	"context"
	"fmt"

	"github.com/clinicql/clinicql/db"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// checkKept returns an error that says all that is wrong with a document that is to be
// kept: one that fits the schema, is within the limits of documents, and holds one
// operation, a query. A nil text is none that is to be kept.
func (r *Resolver) checkKept(ctx context.Context, text *string) error {
	if text == nil {
		return nil
	}
	if code, message := db.CheckText(*text, db.MaxLength("SavedQuery", "document")); code != "" {
		return db.Invalid("document", code, message)
	}
	errs := quiet(r.cache.read(ctx, *text, true))
	if doc, ok := r.cache.Get(ctx, *text); ok && (len(doc.Operations) != 1 || doc.Operations[0].Operation != ast.Query) {
		return db.Invalid("document", db.NotAllowedNow, "must hold one operation, which is a query")
	}
	if len(errs) == 0 {
		return nil
	}
	invalid := &db.InvalidError{}
	for _, e := range errs[:min(len(errs), maxErrors)] {
		code, message := db.BadFormat, e.Message
		if limit := e.Extensions["limit"]; limit != nil {
			code, message = db.TooLong, fmt.Sprintf("is too large: %v allows %v", limit, e.Extensions["allowed"])
		}
		invalid.Problems = append(invalid.Problems, db.Problem{Path: []any{"document"}, Code: code, Message: where(e) + message})
	}
	return invalid
}

// where tells the place of a mistake, "line 3, column 5: ".
func where(e *gqlerror.Error) string {
	if len(e.Locations) == 0 {
		return ""
	}
	return fmt.Sprintf("line %d, column %d: ", e.Locations[0].Line, e.Locations[0].Column)
}
