package graph

import (
	"context"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

// viewer returns who acts, with the mutations that they may use.
func (r *Resolver) viewer(ctx context.Context) (*db.Viewer, error) {
	v, err := r.DB.Viewer(ctx)
	if err != nil || v == nil {
		return nil, err
	}
	v.AllowedMutations = r.policy.mutations(v.Role)
	return v, nil
}

// welcome hands the browser the session that a sign-in began, and returns who
// is signed in; nil when a code is asked for first.
func (r *Resolver) welcome(ctx context.Context, s *db.SignedIn) *db.Viewer {
	if s.SessionToken == "" {
		return nil
	}
	auth.VisitFrom(ctx).SetSession(s.SessionToken, s.ExpiresAt)
	return &db.Viewer{User: s.User, Role: s.User.Role, AllowedMutations: r.policy.mutations(s.User.Role)}
}

// mutations returns the names of the mutations that a role may use.
func (p *policy) mutations(role auth.Role) []string {
	names := []string{}
	for _, f := range p.schema.Mutation.Fields {
		if p.sets[coordinate{p.schema.Mutation.Name, f.Name}]&bits[role] != 0 {
			names = append(names, f.Name)
		}
	}
	return names
}

// notEmpty returns text, or nil for none.
func notEmpty(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
