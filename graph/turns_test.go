package graph_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph"
	"github.com/vektah/gqlparser/v2/ast"
)

// Some queries of a role are worked on at a time, and the next when one of them
// ended; other roles and changes wait for none of them.
func TestTurns(t *testing.T) {
	t.Parallel()
	turns := graph.NewTurns()
	as := func(role auth.Role) context.Context { return auth.WithActor(t.Context(), auth.Actor{Role: role}) }
	try := func(role auth.Role, of ast.Operation) (func(), bool) {
		t.Helper()
		ctx, stop := context.WithTimeout(as(role), 20*time.Millisecond)
		defer stop()
		leave, err := turns.Wait(ctx, of)
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		return leave, err == nil
	}
	var leaves []func()
	for leave, ok := try(auth.Analyst, ast.Query); ok; leave, ok = try(auth.Analyst, ast.Query) {
		if leaves = append(leaves, leave); len(leaves) > 1000 {
			t.Fatal("nobody waits")
		}
	}
	if len(leaves) < 2 {
		t.Errorf("%d queries are worked on at a time", len(leaves))
	}
	for _, role := range append(auth.Roles, "", auth.System) {
		if _, ok := try(role, ast.Query); ok != (role != auth.Analyst) {
			t.Errorf("a query of %q waits: %v", role, !ok)
		}
	}
	if _, ok := try(auth.Analyst, ast.Mutation); !ok {
		t.Error("a change waits")
	}
	waited := make(chan error, 1)
	go func() {
		_, err := turns.Wait(as(auth.Analyst), ast.Query)
		waited <- err
	}()
	leaves[0]()
	if err := <-waited; err != nil {
		t.Errorf("when one left the next was told %v", err)
	}
}
