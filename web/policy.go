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

// guarded adds to every answer, also to refusals, what keeps a browser from misusing it.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", strictPolicy)
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}
