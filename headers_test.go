package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db/dbtest"
)

// Every answer, of whatever it is and whatever it says, holds the headers by which
// browsers keep it from other sites.
func TestSecured(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for _, public := range []string{"", "http://clinic.example", "https://clinic.example"} {
		routes := newServer(d.DB, d.URL, &ServeConfig{PublicURL: public}).routes()
		for path, policy := range map[string]string{
			"/":                         "default-src 'self'",
			"/sign-in":                  "default-src 'self'",
			"/nothing":                  "default-src 'self'",
			"/graphql":                  "default-src 'none'",
			"/graphql?query={viewer{id": "default-src 'none'",
			"/schema.graphql":           "default-src 'none'",
			"/health":                   "default-src 'none'",
			"/health/live":              "default-src 'none'",
			"/export/all.csv":           "default-src 'none'",
		} {
			w := httptest.NewRecorder()
			routes.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			want := map[string]string{
				"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
				"Strict-Transport-Security": map[bool]string{true: "max-age=31536000"}[strings.HasPrefix(public, "https:")],
			}
			for name, value := range want {
				if got := w.Header().Get(name); got != value {
					t.Errorf("%s %s is answered %d with %s %q", public, path, w.Code, name, got)
				}
			}
			got := w.Header().Get("Content-Security-Policy")
			if !strings.HasPrefix(got, policy+";") || !strings.Contains(got, "frame-ancestors 'none'") {
				t.Errorf("%s is answered with the policy %q", path, got)
			}
		}
	}
}
