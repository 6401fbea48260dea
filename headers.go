package main

import (
	"maps"
	"net/http"
)

// secured adds to every answer, refusals included, what keeps browsers from misusing
// it. Pages loosen the policy of contents for themselves (package web). Once a browser
// reached the server by https it never tries http there for a year.
func secured(next http.Handler, isHTTPS bool) http.Handler {
	secure := http.Header{
		"Content-Security-Policy":      {"default-src 'none'; frame-ancestors 'none'"},
		"Cross-Origin-Opener-Policy":   {"same-origin"},
		"Cross-Origin-Resource-Policy": {"same-origin"},
		"Referrer-Policy":              {"no-referrer"},
		"X-Content-Type-Options":       {"nosniff"},
	}
	if isHTTPS {
		secure.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), secure)
		next.ServeHTTP(w, r)
	})
}
