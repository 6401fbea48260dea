package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/auth"
	"github.com/vektah/gqlparser/v2/ast"
)

// longestWait is how long a query waits for its turn.
const longestWait = 10 * time.Second

var errBusy = errors.New("the server has too much to do at the moment")

// turns let a few queries at a time be worked on for each role, and the others wait
// in the order in which they came. More of them would all be slower together, and
// with them whatever else the server is asked, its health before all. Roles wait
// for nobody but themselves, and changes, which are short and may wait for each
// other, for nobody.
type turns map[auth.Role]chan struct{}

// newTurns gives one turn for each processor and one more, for whoever waits for the
// database.
func newTurns() turns {
	t := turns{}
	for _, role := range append([]auth.Role{""}, auth.Roles...) {
		t[role] = make(chan struct{}, runtime.GOMAXPROCS(0)+1)
	}
	return t
}

// wait returns when it is the operation's turn, and what ends it. The error is
// errBusy, or that of the context.
func (t turns) wait(ctx context.Context, op *graphql.OperationContext) (leave func(), err error) {
	if op.Operation.Operation != ast.Query {
		return func() {}, nil
	}
	actor, _ := auth.From(ctx)
	turn, ok := t[actor.Role]
	if !ok {
		turn = t[""]
	}
	select {
	case turn <- struct{}{}: // nobody waits, or a free place would be theirs
		return func() { <-turn }, nil
	default:
	}
	longest := time.NewTimer(longestWait)
	defer longest.Stop()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, fmt.Errorf("%w: %w", errBusy, ctx.Err())
		}
		return nil, ctx.Err()
	case <-longest.C:
		return nil, errBusy
	}
}
