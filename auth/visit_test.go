package auth_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// visit sends a request through a gate to do, and returns what it answers.
func visit(g *auth.Gate, r *http.Request, do func(*auth.Visit)) *http.Response {
	w := httptest.NewRecorder()
	g.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := auth.VisitFrom(r.Context())
		do(v)
		v.WriteCookie(w)
	})).ServeHTTP(w, r)
	return w.Result()
}

func TestVisit(t *testing.T) {
	t.Parallel()
	inAnHour := func() time.Time { return time.Now().Add(time.Hour + time.Second/2) }
	start := func(v *auth.Visit) { v.SetSession("cqs_secret", inAnHour()) }
	for name, c := range map[string]struct {
		behind bool // a proxy that speaks https
		url    string
		do     func(*auth.Visit)
		want   string
	}{
		"asks for nothing":          {url: "http://clinic.example/", do: func(*auth.Visit) {}},
		"gives a session by http":   {url: "http://clinic.example/", do: start, want: "clinicql_session=cqs_secret; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict"},
		"gives a session by https":  {url: "https://clinic.example/", do: start, want: "__Host-clinicql_session=cqs_secret; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Strict"},
		"gives it behind a proxy":   {behind: true, url: "http://clinic.example/", do: start, want: "__Host-clinicql_session=cqs_secret; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Strict"},
		"takes a session":           {url: "http://clinic.example/", do: (*auth.Visit).EndSession, want: "clinicql_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"},
		"takes a session by https":  {url: "https://clinic.example/", do: (*auth.Visit).EndSession, want: "__Host-clinicql_session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict"},
		"does what was asked last":  {url: "http://clinic.example/", do: func(v *auth.Visit) { start(v); v.EndSession() }, want: "clinicql_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"},
		"gives no session that was": {url: "http://clinic.example/", do: func(v *auth.Visit) { v.SetSession("cqs_secret", time.Now()) }, want: "clinicql_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := visit(&auth.Gate{Secure: c.behind}, httptest.NewRequest("POST", c.url, nil), c.do).Header.Values("Set-Cookie")
			if strings.Join(got, "\n") != c.want {
				t.Errorf("the answer sets %q", got)
			}
		})
	}
}

func TestVisitFrom(t *testing.T) {
	t.Parallel()
	if v := auth.VisitFrom(t.Context()); v == nil || v.Address.IsValid() || v.UserAgent != "" {
		t.Errorf("without a request the visit is %v", v)
	}
	for sent, want := range map[string]string{
		"":                               "",
		"Firefox/150":                    "Firefox/150",
		"\xff\xfeFirefox":                "\uFFFDFirefox",
		strings.Repeat("ბ", 200):         strings.Repeat("ბ", 200),
		strings.Repeat("ბ", 201):         strings.Repeat("ბ", 200),
		strings.Repeat("Firefox", 10000): strings.Repeat("Firefox", 28) + "Fire",
	} {
		r := httptest.NewRequest("POST", "/", nil)
		r.Header.Set("User-Agent", sent)
		visit(&auth.Gate{}, r, func(v *auth.Visit) {
			if v.UserAgent != want {
				t.Errorf("%.30q is kept as %q", sent, v.UserAgent)
			}
		})
	}
}
