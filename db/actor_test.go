package db_test

import (
	"context"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

// acting returns a context in which the server itself acts.
func acting(t testing.TB) context.Context {
	return auth.WithActor(t.Context(), auth.SystemActor("test"))
}
