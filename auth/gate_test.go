package auth_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

// A door is a gate with one session and one API token that are live, and two
// that the database fails on.
type door struct {
	auth.Gate
	session, token, brokenSession, brokenToken string
}

func newDoor() *door {
	live, broken := map[string]auth.Actor{}, map[string]bool{}
	add := func(kind auth.TokenKind, name string) string {
		token, hash := auth.NewToken(kind)
		live[string(hash)], broken[string(hash)] = auth.Actor{Name: name, Role: auth.Nurse}, name == ""
		return token
	}
	d := &door{
		session: add(auth.SessionToken, "nino"), token: add(auth.APIToken, "importer"),
		brokenSession: add(auth.SessionToken, ""), brokenToken: add(auth.APIToken, ""),
	}
	d.Find = func(_ context.Context, _ auth.TokenKind, hash []byte) (auth.Actor, error) {
		actor, ok := live[string(hash)]
		switch {
		case !ok:
			return auth.Actor{}, fmt.Errorf("find a session: %w", auth.ErrUnknownToken)
		case broken[string(hash)]:
			return auth.Actor{}, errors.New("the database cannot be reached")
		}
		return actor, nil
	}
	d.Refuse = func(w http.ResponseWriter, _ *http.Request, status int, code, message string) {
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, "%s: %s", code, message)
	}
	return d
}

// ask sends a request; headers are names and values in turn. The answer is who
// came through, or why nobody did.
func (d *door) ask(method, url string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	if hosts, ok := r.Header["Host"]; ok {
		r.Host = hosts[0]
	}
	w := httptest.NewRecorder()
	d.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		actor, _ := auth.From(r.Context())
		_, _ = fmt.Fprint(w, actor.Name)
	})).ServeHTTP(w, r)
	return w
}

const (
	here        = "http://clinic.example/graphql"
	hereTLS     = "https://clinic.example/graphql"
	preflight   = "GraphQL-Require-Preflight"
	otherSite   = "BAD_REQUEST: requests from other sites are refused"
	twoWays     = "BAD_REQUEST: send a session cookie or an Authorization header, not both"
	noPreflight = "BAD_REQUEST: cookie sessions need the header GraphQL-Require-Preflight"
	signIn      = "UNAUTHENTICATED: sign in again: the session or token is not valid"
	down        = "UNAVAILABLE: sessions cannot be looked up at the moment"
)

func TestGate(t *testing.T) {
	t.Parallel()
	d := newDoor()
	behind := newDoor()
	behind.Secure = true
	unknownSession, _ := auth.NewToken(auth.SessionToken)
	unknownToken, _ := auth.NewToken(auth.APIToken)
	link, _ := auth.NewToken(auth.LinkToken)
	cookie := func(token string) string { return "theme=dark; clinicql_session=" + token }
	cookieTLS := func(token string) string { return "__Host-clinicql_session=" + token }
	cleared := "clinicql_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
	clearedTLS := "__Host-clinicql_session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict"

	for name, c := range map[string]struct {
		door    *door
		method  string
		url     string
		headers []string
		status  int
		answer  string
		cookie  string
	}{
		"lets nobody in as anonymous":   {d, "POST", here, nil, 200, "anonymous", ""},
		"lets a session in":             {d, "POST", here, []string{"Cookie", cookie(d.session), preflight, "1"}, 200, "nino", ""},
		"lets a session in by https":    {d, "POST", hereTLS, []string{"Cookie", cookieTLS(d.session), preflight, "1"}, 200, "nino", ""},
		"lets a session in by a proxy":  {behind, "POST", here, []string{"Cookie", cookieTLS(behind.session), preflight, "1"}, 200, "nino", ""},
		"lets a token in":               {d, "POST", here, []string{"Authorization", "Bearer " + d.token}, 200, "importer", ""},
		"knows bearer in small letters": {d, "GET", here, []string{"Authorization", "bearer " + d.token}, 200, "importer", ""},
		"lets a token open a WebSocket": {d, "GET", here, []string{"Authorization", "Bearer " + d.token, "Upgrade", "websocket", "Origin", "http://clinic.example"}, 200, "importer", ""},
		"lets a page open a WebSocket":  {d, "GET", here, []string{"Cookie", cookie(d.session), "Upgrade", "websocket", "Origin", "http://clinic.example"}, 200, "nino", ""},
		"lets its own page in":          {d, "POST", here, []string{"Sec-Fetch-Site", "same-origin", "Origin", "http://clinic.example"}, 200, "anonymous", ""},

		"looks for no __Host- cookie by http":      {d, "POST", here, []string{"Cookie", cookieTLS(d.session), preflight, "1"}, 200, "anonymous", ""},
		"looks for no plain cookie by https":       {d, "POST", hereTLS, []string{"Cookie", cookie(d.session), preflight, "1"}, 200, "anonymous", ""},
		"looks for no plain cookie behind proxies": {behind, "POST", here, []string{"Cookie", cookie(behind.session), preflight, "1"}, 200, "anonymous", ""},

		"refuses another site":                {d, "POST", here, []string{"Sec-Fetch-Site", "cross-site"}, 403, otherSite, ""},
		"refuses a neighbour":                 {d, "POST", here, []string{"Sec-Fetch-Site", "same-site", "Cookie", cookie(d.session), preflight, "1"}, 403, otherSite, ""},
		"refuses another site's old browser":  {d, "POST", here, []string{"Origin", "http://evil.example"}, 403, otherSite, ""},
		"refuses another site's WebSocket":    {d, "GET", here, []string{"Upgrade", "WebSocket", "Origin", "http://evil.example"}, 403, otherSite, ""},
		"refuses a WebSocket of nowhere":      {d, "GET", here, []string{"Upgrade", "websocket", "Origin", "null"}, 403, otherSite, ""},
		"refuses a WebSocket without origin":  {d, "GET", here, []string{"Upgrade", "h2c, websocket"}, 403, otherSite, ""},
		"refuses a WebSocket to nowhere":      {d, "GET", here, []string{"Upgrade", "websocket", "Host", ""}, 403, otherSite, ""},
		"refuses a WebSocket of another port": {d, "GET", here, []string{"Upgrade", "websocket", "Origin", "http://clinic.example:81"}, 403, otherSite, ""},

		"refuses two ways at once":         {d, "POST", here, []string{"Cookie", cookie(d.session), "Authorization", "Bearer " + d.token, preflight, "1"}, 400, twoWays, ""},
		"refuses a session without header": {d, "POST", here, []string{"Cookie", cookie(d.session)}, 403, noPreflight, ""},
		"refuses an empty header":          {d, "GET", here, []string{"Cookie", cookie(d.session), preflight, ""}, 403, noPreflight, ""},

		"refuses an unknown session":           {d, "POST", here, []string{"Cookie", cookie(unknownSession), preflight, "1"}, 401, signIn, cleared},
		"refuses an unknown session by https":  {d, "POST", hereTLS, []string{"Cookie", cookieTLS(unknownSession), preflight, "1"}, 401, signIn, clearedTLS},
		"refuses an unknown WebSocket session": {d, "GET", here, []string{"Cookie", cookie(unknownSession), "Upgrade", "websocket", "Origin", "http://clinic.example"}, 401, signIn, cleared},
		"refuses a truncated session":          {d, "POST", here, []string{"Cookie", cookie(d.session[:46]), preflight, "1"}, 401, signIn, cleared},
		"refuses a forged session":             {d, "POST", here, []string{"Cookie", cookie("nino"), preflight, "1"}, 401, signIn, cleared},
		"refuses an empty session":             {d, "POST", here, []string{"Cookie", cookie(""), preflight, "1"}, 401, signIn, cleared},
		"refuses a huge session":               {d, "POST", here, []string{"Cookie", cookie(strings.Repeat("A", 64<<10)), preflight, "1"}, 401, signIn, cleared},
		"refuses a token as a session":         {d, "POST", here, []string{"Cookie", cookie(d.token), preflight, "1"}, 401, signIn, cleared},

		"refuses an unknown token":       {d, "POST", here, []string{"Authorization", "Bearer " + unknownToken}, 401, signIn, ""},
		"refuses a truncated token":      {d, "POST", here, []string{"Authorization", "Bearer " + d.token[:46]}, 401, signIn, ""},
		"refuses a lengthened token":     {d, "POST", here, []string{"Authorization", "Bearer " + d.token + "A"}, 401, signIn, ""},
		"refuses a huge token":           {d, "POST", here, []string{"Authorization", "Bearer cqt_" + strings.Repeat("A", 64<<10)}, 401, signIn, ""},
		"refuses a session as a token":   {d, "POST", here, []string{"Authorization", "Bearer " + d.session}, 401, signIn, ""},
		"refuses a link as a token":      {d, "POST", here, []string{"Authorization", "Bearer " + link}, 401, signIn, ""},
		"refuses a token by itself":      {d, "POST", here, []string{"Authorization", d.token}, 401, signIn, ""},
		"refuses another scheme":         {d, "POST", here, []string{"Authorization", "Basic " + d.token}, 401, signIn, ""},
		"refuses an empty authorization": {d, "POST", here, []string{"Authorization", ""}, 401, signIn, ""},
		"refuses two tokens":             {d, "POST", here, []string{"Authorization", "Bearer " + d.token, "Authorization", "Bearer " + d.token}, 401, signIn, ""},

		"says when sessions cannot be looked up": {d, "POST", here, []string{"Cookie", cookie(d.brokenSession), preflight, "1"}, 503, down, ""},
		"says when tokens cannot be looked up":   {d, "POST", here, []string{"Authorization", "Bearer " + d.brokenToken}, 503, down, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := c.door.ask(c.method, c.url, c.headers...)
			if w.Code != c.status || w.Body.String() != c.answer || w.Header().Get("Set-Cookie") != c.cookie {
				t.Errorf("it answers %d %q and sets %q", w.Code, w.Body, w.Header().Get("Set-Cookie"))
			}
			if asks := w.Header().Get("WWW-Authenticate"); (asks == "Bearer") != (c.status == 401) {
				t.Errorf("it asks for %q", asks)
			}
		})
	}
}

func BenchmarkGate(b *testing.B) {
	d := newDoor()
	b.Run("anonymous", func(b *testing.B) { benchmark(b, d, 200) })
	b.Run("session", func(b *testing.B) {
		benchmark(b, d, 200, "Cookie", "clinicql_session="+d.session, preflight, "1")
	})
	b.Run("token", func(b *testing.B) { benchmark(b, d, 200, "Authorization", "Bearer "+d.token) })
}

func BenchmarkGate_refuses(b *testing.B) {
	d := newDoor()
	expired, _ := auth.NewToken(auth.APIToken)
	for name, token := range map[string]string{
		"expired": expired, "forged": "cqt_nino", "truncated": d.token[:40], "64 KB": "cqt_" + strings.Repeat("A", 64<<10),
	} {
		b.Run(name+" token", func(b *testing.B) { benchmark(b, d, 401, "Authorization", "Bearer "+token) })
		b.Run(name+" session", func(b *testing.B) {
			session := "cqs_" + strings.TrimPrefix(token, "cqt_")
			benchmark(b, d, 401, "Cookie", "clinicql_session="+session, preflight, "1")
		})
	}
}

// discard is an answer that nobody reads.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }

func benchmark(b *testing.B, d *door, status int, headers ...string) {
	r := httptest.NewRequest("POST", here, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	h := d.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) }))
	b.ReportAllocs()
	for b.Loop() {
		w := discard{header: http.Header{}}
		if h.ServeHTTP(&w, r); w.status != status {
			b.Fatal(w.status)
		}
	}
}
