package graph_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
)

const signOut = `mutation { signOut { viewer { id } } }`

func TestSession(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	for _, role := range auth.Roles {
		newUser(t, d, strings.ToLower(string(role)), role)
	}
	t.Run("is a cookie that no script and no other site gets", func(t *testing.T) {
		v := anybody.in(t).another()
		response, text := v.post(signIn, variables{"name": "doctor", "password": password})
		cookies := response.Cookies()
		if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode || cookies[0].Path != "/" || cookies[0].Domain != "" {
			t.Fatalf("%s sets %v", text, response.Header.Values("Set-Cookie"))
		}
		if age := cookies[0].MaxAge; age < 12*3600-60 || age > 12*3600 {
			t.Errorf("the browser keeps it for %d s", age)
		}
		if strings.Contains(text, cookies[0].Value) {
			t.Error("scripts can read it in the answer")
		}
	})
	t.Run("is kept as its hash only", func(t *testing.T) {
		v := anybody.in(t).signedIn("doctor")
		token := v.session()
		bits, err := base64.RawURLEncoding.DecodeString(token[4:])
		if err != nil || len(bits) != 32 {
			t.Fatalf("%d bytes (%v)", len(bits), err)
		}
		tables := everything(t, d)
		if in := holding(tables, token, token[4:], hex.EncodeToString([]byte(token)), hex.EncodeToString(bits), base64.StdEncoding.EncodeToString(bits)); len(in) > 0 {
			t.Errorf("the token stands in %v", in)
		}
		_, hash, _ := auth.HashToken(token)
		if in := holding(tables, hex.EncodeToString(hash)); !slices.Equal(in, []string{"sessions"}) {
			t.Errorf("its hash stands in %v", in)
		}
	})
	t.Run("tells who one is", func(t *testing.T) {
		for _, role := range auth.Roles {
			name := strings.ToLower(string(role))
			if got := anybody.in(t).signedIn(name).who(); got != name+" "+string(role) {
				t.Errorf("the server takes %s for %s", name, got)
			}
		}
		if got := anybody.in(t).who(); got != "nobody" {
			t.Errorf("the server takes nobody for %s", got)
		}
	})
	t.Run("is another after each sign-in, and the old one ends", func(t *testing.T) {
		v := anybody.in(t).signedIn("doctor")
		before := v.copied()
		v.signIn("nurse", password)
		if v.session() == before.session() {
			t.Error("the token is the same")
		}
		if got := before.who(); got != "UNAUTHENTICATED" {
			t.Errorf("the old one is %s", got)
		}
		if got := v.who(); got != "nurse NURSE" {
			t.Errorf("the new one is %s", got)
		}
	})
	t.Run("is not one that somebody planted", func(t *testing.T) {
		v := anybody.in(t).another()
		planted, _ := auth.NewToken(auth.SessionToken)
		v.jar.SetCookies(v.address(), []*http.Cookie{{Name: "clinicql_session", Value: planted}})
		if got := v.tries("doctor", password); got != "UNAUTHENTICATED" || v.session() != "" {
			t.Errorf("got %s", got)
		}
		if v.signIn("doctor", password); v.session() == planted {
			t.Error("a planted token is taken")
		}
	})
	t.Run("ends after 15 minutes in which nothing is done", func(t *testing.T) {
		v := anybody.in(t).signedIn("doctor")
		late := v.copied()
		_, hash, _ := auth.HashToken(v.session())
		v.change("UPDATE sessions SET last_used_at = now() - interval '14 minutes 55 seconds' WHERE token_hash = $1", hash)
		if got := v.who(); got != "doctor DOCTOR" {
			t.Errorf("before, it is %s", got)
		}
		if n := v.count(fmt.Sprintf(`SELECT count(*) FROM sessions WHERE last_used_at > now() - interval '10 seconds' AND token_hash = '\x%x'`, hash)); n != 1 {
			t.Error("its use is not noted")
		}
		v.change("UPDATE sessions SET last_used_at = now() - interval '15 minutes 1 second' WHERE token_hash = $1", hash)
		if got := late.who(); got != "UNAUTHENTICATED" {
			t.Errorf("after it, it is %s", got)
		}
		if got := v.who(); got != "UNAUTHENTICATED" || v.session() != "" {
			t.Errorf("after it, it is %s, and the browser keeps %q", got, v.session())
		}
		if got := v.who(); got != "nobody" {
			t.Errorf("the browser without its cookie is %s", got)
		}
	})
	t.Run("ends after twelve hours whatever is done", func(t *testing.T) {
		v := anybody.in(t).signedIn("doctor")
		if n := v.count("SELECT count(*) FROM sessions WHERE extract(epoch FROM expires_at - created_at) NOT BETWEEN 12 * 3600 - 10 AND 12 * 3600 + 10"); n != 0 {
			t.Errorf("%d sessions are as long as another time", n)
		}
		v.change("UPDATE sessions SET expires_at = now(), last_used_at = now() WHERE ended_at IS NULL")
		if got := v.who(); got != "UNAUTHENTICATED" {
			t.Errorf("it is %s", got)
		}
	})
	t.Run("lists where one is signed in", func(t *testing.T) {
		v := anybody.in(t).another()
		v.header.Set("User-Agent", "Firefox/150")
		v.signIn("receptionist", password)
		v.signedIn("receptionist")
		got := v.ask(`{ viewer { sessions { totalCount nodes { isCurrent userAgent address endedAt user { displayName } } } } }`, nil)
		want := `{"viewer":{"sessions":{"nodes":[` +
			`{"address":"127.0.0.1","endedAt":null,"isCurrent":false,"user":{"displayName":"Display of receptionist"},"userAgent":"Go-http-client/1.1"},` +
			`{"address":"127.0.0.1","endedAt":null,"isCurrent":true,"user":{"displayName":"Display of receptionist"},"userAgent":"Firefox/150"},`
		if !strings.HasPrefix(asJSON(got), want) {
			t.Errorf("got %s", asJSON(got))
		}
		times := v.ask(`{ viewer { sessions(first: 1) { nodes { createdAt lastUsedAt idleExpiresAt expiresAt } } } }`, nil)
		at := func(name string) time.Time {
			when, err := time.Parse(time.RFC3339Nano, times.text("viewer.sessions.nodes.0."+name))
			if err != nil {
				t.Fatal(err)
			}
			return when
		}
		if idle := at("idleExpiresAt").Sub(at("lastUsedAt")); idle != 15*time.Minute {
			t.Errorf("idle after %v", idle)
		}
	})
	t.Run("is one's own to end, and an administrator's", func(t *testing.T) {
		const end = `mutation($id: ID!) { endSession(input: {sessionId: $id}) { session { endedAt isCurrent } } }`
		const first = `{ viewer { sessions(first: 1) { nodes { id } } } }`
		doctor, nurse, admin := anybody.in(t).signedIn("doctor"), anybody.in(t).signedIn("nurse"), anybody.in(t).signedIn("admin")
		own := variables{"id": doctor.ask(first, nil).text("viewer.sessions.nodes.0.id")}
		if got := nurse.does(end, own, nil); got != "NOT_FOUND" {
			t.Errorf("another's session: %s", got)
		}
		ended := admin.ask(end, own)
		if got := doctor.who(); got != "UNAUTHENTICATED" {
			t.Errorf("an ended one is %s", got)
		}
		if again := admin.ask(end, own); asJSON(again) != asJSON(ended) {
			t.Errorf("repeated: %s, first %s", asJSON(again), asJSON(ended))
		}
		if got := nurse.ask(end, variables{"id": nurse.ask(first, nil).text("viewer.sessions.nodes.0.id")}); got.at("endSession.session.isCurrent") != true {
			t.Errorf("got %s", asJSON(got))
		}
		if got := nurse.who(); got != "UNAUTHENTICATED" {
			t.Errorf("an ended one is %s", got)
		}
		recorded := events(t, d)
		if got := recorded[len(recorded)-2:]; !slices.Equal(got, []string{"admin SIGNED_OUT of doctor", "nurse SIGNED_OUT"}) {
			t.Errorf("the audit holds %q", got)
		}
	})
}

// How long sessions last is for whoever runs the server to say.
func TestSession_ofOtherLengths(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SessionIdle, d.SessionMax = 3*time.Minute, 2*time.Hour
	newUser(t, d, "nino", auth.Doctor)
	v := newVisitor(t, d).signedIn("nino")
	if n := v.count("SELECT count(*) FROM sessions WHERE extract(epoch FROM expires_at - created_at) BETWEEN 7190 AND 7210"); n != 1 {
		t.Error("the session does not last two hours")
	}
	v.change("UPDATE sessions SET last_used_at = now() - interval '2 minutes 50 seconds'")
	if got := v.who(); got != "nino DOCTOR" {
		t.Errorf("before 3 minutes it is %s", got)
	}
	v.change("UPDATE sessions SET last_used_at = now() - interval '3 minutes'")
	if got := v.who(); got != "UNAUTHENTICATED" {
		t.Errorf("after 3 minutes it is %s", got)
	}
	d.SessionIdle = 8 * time.Hour
	v.signIn("nino", password)
	v.change("UPDATE sessions SET last_used_at = now() - interval '61 seconds' WHERE ended_at IS NULL")
	if v.who(); v.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL AND last_used_at > now() - interval '30 seconds'") != 1 {
		t.Error("the last use is not noted to within a minute")
	}
}

// What is no token of a live session is told nothing but that. How long it takes is
// in BenchmarkGate_refuses.
func TestSession_refuses(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	newUser(t, d, "nino", auth.Doctor)
	v := newVisitor(t, d)
	out, idle, good := v.signedIn("nino"), v.signedIn("nino"), v.signedIn("nino")
	ended, live := out.session(), good.session()
	out.ask(signOut, nil)
	expires := time.Now().Add(time.Hour)
	made := good.ask(createToken, variables{"name": "report", "role": "DOCTOR", "expires": expires})
	token := made.text("createApiToken.token")
	_, hash, _ := auth.HashToken(idle.session())
	v.change("UPDATE sessions SET last_used_at = now() - interval '1 hour' WHERE token_hash = $1", hash)
	forged, _ := auth.NewToken(auth.SessionToken)
	bearer, _ := auth.NewToken(auth.APIToken)
	want := ""
	for name, c := range map[string]struct{ cookie, authorization string }{
		"an idle session":                  {cookie: idle.session()},
		"an ended session":                 {cookie: ended},
		"a forged session":                 {cookie: forged},
		"a truncated session":              {cookie: live[:len(live)-1]},
		"a session with another end":       {cookie: live[:len(live)-4] + "AAAA"},
		"an empty cookie":                  {cookie: `""`},
		"a prefix":                         {cookie: "cqs_"},
		"a token in the cookie":            {cookie: token},
		"64 KB in the cookie":              {cookie: live + strings.Repeat("A", 64<<10-len(live))},
		"a forged token":                   {authorization: "Bearer " + bearer},
		"a truncated token":                {authorization: "Bearer " + token[:len(token)-1]},
		"a session as a token":             {authorization: "Bearer " + live},
		"64 KB of token":                   {authorization: "Bearer " + token + strings.Repeat("A", 64<<10-len(token))},
		"no token":                         {authorization: "Bearer"},
		"an empty token":                   {authorization: "Bearer "},
		"a token by another scheme":        {authorization: "Basic " + token},
		"a name and a password by another": {authorization: "Basic " + base64.StdEncoding.EncodeToString([]byte("nino:"+password))},
	} {
		sender := v.another()
		if c.cookie != "" {
			sender.header.Set("Cookie", "clinicql_session="+c.cookie)
		}
		if c.authorization != "" {
			sender.header.Set("Authorization", c.authorization)
		}
		response, text := sender.post(`mutation { setUpFirstAdministrator(input: {token: "", loginName: "", displayName: "", password: ""}) { viewer { id } } }`, nil)
		if got := fmt.Sprint(response.StatusCode, text); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%s is answered %s, another %s", name, got, want)
		}
		if tells := response.Header.Get("Set-Cookie"); (c.cookie != "") != strings.HasPrefix(tells, "clinicql_session=; Path=/; Max-Age=0;") {
			t.Errorf("%s is answered with the cookie %q", name, tells)
		}
	}
	if !strings.HasPrefix(want, "401") || !strings.Contains(want, `{"errors":[{"message":"sign in again: the session or token is not valid","extensions":{"code":"UNAUTHENTICATED"}}]}`) {
		t.Errorf("they are answered %s", want)
	}
	for name, c := range map[string]struct {
		header http.Header
		want   string
	}{
		"a session and a token":              {http.Header{"Cookie": {"clinicql_session=" + live}, "Authorization": {"Bearer " + token}, "Graphql-Require-Preflight": {"1"}}, "400 BAD_REQUEST"},
		"an ended session and a live token":  {http.Header{"Cookie": {"clinicql_session=" + ended}, "Authorization": {"Bearer " + token}, "Graphql-Require-Preflight": {"1"}}, "400 BAD_REQUEST"},
		"a session without the header":       {http.Header{"Cookie": {"clinicql_session=" + live}}, "403 BAD_REQUEST"},
		"a session sent by another site":     {http.Header{"Cookie": {"clinicql_session=" + live}, "Graphql-Require-Preflight": {"1"}, "Sec-Fetch-Site": {"cross-site"}}, "403 BAD_REQUEST"},
		"a session with the header":          {http.Header{"Cookie": {"clinicql_session=" + live}, "Graphql-Require-Preflight": {"1"}}, "200 nino"},
		"a token without the header":         {http.Header{"Authorization": {"Bearer " + token}}, "200 nino"},
		"a token, the scheme in small print": {http.Header{"Authorization": {"bearer " + token}}, "200 nino"},
	} {
		sender := v.another()
		sender.header = c.header
		response, text := sender.post(`{ viewer { loginName } }`, nil)
		got, rest := parse(t, text), ""
		if len(got.Errors) > 0 {
			rest = told(got.Errors)
		} else {
			rest = got.Data.text("viewer.loginName")
		}
		if said := fmt.Sprint(response.StatusCode, " ", rest); said != c.want {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// A change on one server holds on the others within a second, though they
// remember whom they know.
func TestSession_changesHoldOnAllServers(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	here := newVisitor(t, d)
	there := newReplica(t, openDB(t, d.URL))
	newUser(t, d, "admin", auth.Admin)
	admin := here.signedIn("admin")
	const (
		change  = `mutation($id: ID!, $role: Role!) { updateUser(input: {userId: $id, expectedVersion: 1, role: $role}) { user { role } } }`
		current = `{ viewer { sessions { nodes { id isCurrent } } apiTokens { nodes { id } } } }`
	)
	for i, test := range []struct {
		name string
		// It is done by the session itself, another of the user, or an administrator.
		do      func(own, other, admin *visitor, id string)
		session string // as whom the server takes it afterwards
		token   string
	}{
		{"signing out", func(own, _, _ *visitor, _ string) { own.ask(signOut, nil) }, "UNAUTHENTICATED", "DOCTOR"},
		{"ending a session", func(own, _, admin *visitor, _ string) {
			for _, s := range own.ask(current, nil).at("viewer.sessions.nodes").([]any) {
				if s := answer(s.(map[string]any)); s.at("isCurrent") == true {
					admin.ask(`mutation($id: ID!) { endSession(input: {sessionId: $id}) { session { id } } }`, variables{"id": s.text("id")})
				}
			}
		}, "UNAUTHENTICATED", "DOCTOR"},
		{"changing the password elsewhere", func(_, other, _ *visitor, _ string) {
			other.ask(changePassword, variables{"old": password, "new": "five words of nobody else"})
		}, "UNAUTHENTICATED", "DOCTOR"},
		{"using a password link", func(_, _, admin *visitor, id string) {
			link := admin.ask(createLink, variables{"id": id}).text("createPasswordLink.passwordLink.token")
			admin.another().ask(useLink, variables{"token": link, "password": "five words of nobody else"})
		}, "UNAUTHENTICATED", "DOCTOR"},
		{"deactivating the user", func(_, _, admin *visitor, id string) {
			admin.ask(`mutation($id: ID!) { deactivateUser(input: {userId: $id, expectedVersion: 1, reason: "has left"}) { user { isActive } } }`, variables{"id": id})
		}, "UNAUTHENTICATED", "UNAUTHENTICATED"},
		{"giving the user less of a role", func(_, _, admin *visitor, id string) {
			admin.ask(change, variables{"id": id, "role": "NURSE"})
		}, "NURSE", "UNAUTHENTICATED"},
		{"giving the user another role", func(_, _, admin *visitor, id string) {
			admin.ask(change, variables{"id": id, "role": "ADMIN"})
		}, "ADMIN", "UNAUTHENTICATED"},
		{"revoking the token", func(own, _, admin *visitor, _ string) {
			admin.ask(revokeToken, variables{"id": own.ask(current, nil).text("viewer.apiTokens.nodes.0.id")})
		}, "DOCTOR", "UNAUTHENTICATED"},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := fmt.Sprintf("user%d", i)
			here, id := here.in(t), newUser(t, d, name, auth.Doctor).ID.String()
			own, other := here.signedIn(name), here.signedIn(name)
			program := here.bearing(other.ask(createToken, variables{"name": "report", "role": "DOCTOR", "expires": time.Now().Add(time.Hour)}).text("createApiToken.token"))
			known := own.copied() // as a browser forgets the cookie of a session that has ended
			roleOf := func(who *visitor) func() string {
				return func() string { return strings.TrimPrefix(who.copied().who(), name+" ") }
			}
			session, token, sessionThere, tokenThere := roleOf(known), roleOf(program), roleOf(known.at(there)), roleOf(program.at(there))
			for _, role := range []func() string{session, token, sessionThere, tokenThere} {
				if got := role(); got != "DOCTOR" { // both servers remember both now
					t.Fatalf("before, it is %s", got)
				}
			}
			test.do(own, other, admin.in(t), id)
			if got := session(); got != test.session {
				t.Errorf("where it was done, the session is %s", got)
			}
			if got := token(); got != test.token {
				t.Errorf("where it was done, the token is %s", got)
			}
			soon(t, test.session, sessionThere)
			soon(t, test.token, tokenThere)
		})
	}
}
