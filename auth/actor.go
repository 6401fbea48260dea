// Package auth says who asks. It imports no other package of this module.
package auth

import "context"

// Actor is whoever reads or writes.
type Actor struct {
	Name string // stands in the audit; never empty
}

type actorKey struct{}

// WithActor returns a context in which a acts.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// From returns who acts in ctx, and whether anybody does.
func From(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(actorKey{}).(Actor)
	return a, ok && a.Name != ""
}
