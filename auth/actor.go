// Package auth says who asks, and what they may be. It imports no other package
// of this module.
package auth

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Actor is whoever reads or writes.
type Actor struct {
	Name           string // stands in the audit: a login name, "system:…" or "anonymous"
	Role           Role
	UserID         uuid.UUID // nil for the server itself and before sign-in
	PractitionerID uuid.UUID // who they are among the practitioners; nil when they give no care
	SessionID      uuid.UUID // what they came with: a session,
	TokenID        uuid.UUID // or a token
	Glass          []Glass   // the charts that they broke the glass of
}

// Glass is a chart that is open to one user for a while, because they broke its glass.
type Glass struct {
	ID, PatientID uuid.UUID
	ClosesAt      time.Time
}

// Anonymous is whoever has not signed in.
var Anonymous = Actor{Name: "anonymous"}

// SystemActor is the server itself, doing the task.
func SystemActor(task string) Actor { return Actor{Name: "system:" + task, Role: System} }

// OpenGlass returns the glass that is broken now.
func (a Actor) OpenGlass() []Glass {
	now := time.Now()
	return slices.DeleteFunc(slices.Clone(a.Glass), func(g Glass) bool { return !now.Before(g.ClosesAt) })
}

type actorKey struct{}

// WithActor returns a context in which a acts.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, &a)
}

// From returns who acts in ctx, and whether anybody does.
func From(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(actorKey{}).(*Actor)
	if !ok {
		return Actor{}, false
	}
	return *a, a.Name != ""
}
