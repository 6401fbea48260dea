package graph

import (
	"context"
	"net/http"
)

type discreetKey struct{}

// Discreet has next tell nobody of the schema. Otherwise it is told to whoever has
// signed in.
func Discreet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), discreetKey{}, true)))
	})
}

func isDiscreet(ctx context.Context) bool {
	is, _ := ctx.Value(discreetKey{}).(bool)
	return is
}

// isAboutSchema says whether an operation asks for the schema.
func (w *walk) isAboutSchema() bool {
	for at := range w.touched {
		if at.name == "__schema" || at.name == "__type" {
			return true
		}
	}
	return false
}
