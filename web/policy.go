package web

import "net/http"

// What a page may load and do. Neither policy names an origin other than our own, and neither lets a script stand in
// the page itself.
const (
	strictPolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

	// The playground's editor writes style attributes and style elements, and its style sheet holds its fonts and
	// some of its images as data.
	playgroundPolicy = strictPolicy + "; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:"
)

// guarded gives every answer, also refusals, the strict policy; a page may set another.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", strictPolicy)
		next.ServeHTTP(w, r)
	})
}
