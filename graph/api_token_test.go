package graph_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
)

const (
	createToken = `mutation($name: String!, $role: Role!, $expires: DateTime!) {
		createApiToken(input: {name: $name, role: $role, expiresAt: $expires}) { token apiToken { id name role lastUsedAt revokedAt user { displayName } } } }`
	revokeToken = `mutation($id: ID!) { revokeApiToken(input: {apiTokenId: $id}) { apiToken { id revokedAt } } }`
)

// tokenOf returns a token that the visitor makes, and its id.
func (v *visitor) tokenOf(role auth.Role) (token, id string) {
	v.t.Helper()
	got := v.ask(createToken, variables{"name": "report", "role": role, "expires": time.Now().Add(time.Hour)})
	return got.text("createApiToken.token"), got.text("createApiToken.apiToken.id")
}

func TestApiToken(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	people := map[auth.Role]*visitor{}
	for _, role := range auth.Roles {
		name := strings.ToLower(string(role))
		newUser(t, d, name, role)
		people[role] = anybody.signedIn(name)
	}
	t.Run("is shown once and kept as its hash", func(t *testing.T) {
		doctor := people[auth.Doctor].in(t)
		token, id := doctor.tokenOf(auth.Nurse)
		bits, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(token, "cqt_"))
		if err != nil || len(bits) != 32 {
			t.Fatalf("%d bytes (%v)", len(bits), err)
		}
		tables := everything(t, d)
		if in := holding(tables, token, token[4:], hex.EncodeToString(bits), hex.EncodeToString([]byte(token))); len(in) > 0 {
			t.Errorf("it stands in %v", in)
		}
		_, hash, _ := auth.HashToken(token)
		if in := holding(tables, hex.EncodeToString(hash)); !slices.Equal(in, []string{"api_tokens"}) {
			t.Errorf("its hash stands in %v", in)
		}
		_, text := doctor.post(`query($id: ID!) { viewer { apiTokens { nodes { id name role } } } node(id: $id) { ... on ApiToken { name expiresAt } } }`, variables{"id": id})
		if strings.Contains(text, token) || !strings.Contains(text, "report") {
			t.Errorf("it is listed as %s", text)
		}
	})
	t.Run("signs in a program without a cookie", func(t *testing.T) {
		token, id := people[auth.Nurse].in(t).tokenOf(auth.Nurse)
		program := anybody.in(t).bearing(token)
		response, text := program.post(`{ viewer { loginName role user { displayName } } patients { totalCount } }`, nil)
		if want := `{"data":{"viewer":{"loginName":"nurse","role":"NURSE","user":{"displayName":"Display of nurse"}},"patients":{"totalCount":0}}}`; text != want {
			t.Errorf("got %s", text)
		}
		if response.Header.Get("Set-Cookie") != "" {
			t.Error("it is given a cookie")
		}
		if used := people[auth.Nurse].in(t).ask(`query($id: ID!) { node(id: $id) { ... on ApiToken { lastUsedAt } } }`, variables{"id": id}).text("node.lastUsedAt"); used == "" {
			t.Error("its use is not noted")
		}
	})
	t.Run("may no more than its owner", func(t *testing.T) {
		may := map[auth.Role][]auth.Role{
			auth.Admin: {auth.Admin}, auth.Doctor: {auth.Doctor, auth.Nurse, auth.Receptionist}, auth.Nurse: {auth.Nurse, auth.Receptionist},
			auth.Receptionist: {auth.Receptionist}, auth.Analyst: {auth.Analyst},
		}
		for owner, v := range people {
			for _, role := range auth.Roles {
				got := v.in(t).does(createToken, variables{"name": "report", "role": role, "expires": time.Now().Add(time.Hour)}, func(a answer) string {
					return anybody.in(t).bearing(a.text("createApiToken.token")).who()
				})
				want := "INVALID input.role OUT_OF_RANGE"
				if slices.Contains(may[owner], role) {
					want = fmt.Sprintf("%s %s", strings.ToLower(string(owner)), role)
				}
				if got != want {
					t.Errorf("%s makes one of %s: %s", owner, role, got)
				}
			}
		}
	})
	t.Run("may what its role may, whatever its owner's does", func(t *testing.T) {
		token, _ := people[auth.Doctor].in(t).tokenOf(auth.Receptionist)
		program := anybody.in(t).bearing(token)
		program.ask(`{ patients { totalCount } }`, nil)
		if got := program.does(`{ medicalRecords { totalCount } }`, nil, nil); got != "FORBIDDEN" {
			t.Errorf("charts: %s", got)
		}
		if n := anybody.count("SELECT count(*) FROM audit_entries WHERE kind = 'DENIED' AND actor = 'doctor' AND role = 'RECEPTIONIST' AND token_id IS NOT NULL"); n != 1 {
			t.Errorf("%d entries name the token", n)
		}
	})
	t.Run("expires", func(t *testing.T) {
		v := people[auth.Doctor].in(t)
		for name, test := range map[string]struct {
			in   time.Duration
			want string
		}{
			"in the past":     {-time.Second, "INVALID input.expiresAt IN_THE_PAST"},
			"in 367 days":     {367 * 24 * time.Hour, "INVALID input.expiresAt IN_THE_FUTURE"},
			"in almost a day": {24*time.Hour - time.Minute, "made"},
			"in 365 days":     {365 * 24 * time.Hour, "made"},
		} {
			got := v.does(createToken, variables{"name": "report", "role": "DOCTOR", "expires": time.Now().Add(test.in)}, func(answer) string { return "made" })
			if got != test.want {
				t.Errorf("%s: %s", name, got)
			}
		}
		token, _ := v.tokenOf(auth.Doctor)
		program := anybody.in(t).bearing(token)
		_, hash, _ := auth.HashToken(token)
		v.change("UPDATE api_tokens SET expires_at = now() + interval '10 seconds' WHERE token_hash = $1", hash)
		if got := program.who(); got != "doctor DOCTOR" {
			t.Errorf("before, it is %s", got)
		}
		v.change("UPDATE api_tokens SET expires_at = now() WHERE token_hash = $1", hash)
		if got := program.who(); got != "UNAUTHENTICATED" {
			t.Errorf("after, it is %s", got)
		}
	})
	t.Run("is revoked by its owner or an administrator", func(t *testing.T) {
		doctor := people[auth.Doctor].in(t)
		for who, want := range map[*visitor]string{people[auth.Nurse].in(t): "NOT_FOUND", doctor: "revoked", people[auth.Admin].in(t): "revoked"} {
			token, id := doctor.tokenOf(auth.Doctor)
			program := anybody.in(t).bearing(token)
			if got := program.who(); got != "doctor DOCTOR" {
				t.Errorf("before, it is %s", got)
			}
			revoked := ""
			if got := who.does(revokeToken, variables{"id": id}, func(a answer) string { revoked = asJSON(a); return "revoked" }); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if got := program.who(); (got == "UNAUTHENTICATED") != (want == "revoked") {
				t.Errorf("after, it is %s", got)
			}
			if want == "revoked" {
				if again := asJSON(who.ask(revokeToken, variables{"id": id})); again != revoked {
					t.Errorf("repeated: %s, first %s", again, revoked)
				}
			}
		}
		if got, want := events(t, d), "admin SECURITY_CHANGED User.apiTokens report of doctor"; !slices.Contains(got, want) || !slices.Contains(got, "doctor SECURITY_CHANGED User.apiTokens report") {
			t.Errorf("the audit holds %q", got)
		}
	})
	t.Run("is nothing to change sign-in with", func(t *testing.T) {
		token, _ := people[auth.Admin].in(t).tokenOf(auth.Admin)
		program := anybody.in(t).bearing(token)
		own := program.ask(`{ viewer { id } }`, nil).text("viewer.id")
		for name, test := range map[string]struct {
			query string
			vars  variables
			want  string
		}{
			"a token":                   {createToken, variables{"name": "more", "role": "ADMIN", "expires": time.Now().Add(time.Hour)}, "INVALID input.name NOT_ALLOWED_NOW"},
			"the password":              {changePassword, variables{"old": password, "new": "five words of nobody else"}, "INVALID input.currentPassword NOT_ALLOWED_NOW"},
			"a link to set a password":  {createLink, variables{"id": own}, "INVALID input.userId NOT_ALLOWED_NOW"},
			"a user":                    {`mutation { createUser(input: {loginName: "ghost", displayName: "G", role: DOCTOR}) { passwordLink { token } } }`, nil, "INVALID input.loginName NOT_ALLOWED_NOW"},
			"a second factor":           {enrolment, variables{"password": password}, "INVALID input.password NOT_ALLOWED_NOW"},
			"a code of a second factor": {confirmation, variables{"code": "123456"}, "INVALID input.code NOT_ALLOWED_NOW"},
			"no second factor":          {removal, variables{"password": password}, "INVALID input.password NOT_ALLOWED_NOW"},
			"the session it has not":    {signOut, nil, "CONFLICT"},
		} {
			if got := program.does(test.query, test.vars, nil); got != test.want {
				t.Errorf("%s: %s", name, got)
			}
		}
		if got := program.who(); got != "admin ADMIN" {
			t.Errorf("after it, it is %s", got)
		}
		people[auth.Admin].in(t).ask(createLink, variables{"id": own}) // which people may
	})
	t.Run("is one when the mutation is repeated", func(t *testing.T) {
		doctor := people[auth.Doctor].in(t)
		const repeated = `mutation($expires: DateTime!) { createApiToken(input: {name: "repeated", role: NURSE, expiresAt: $expires}) @idempotent(key: "make-a-token") { token apiToken { id name } } }`
		vars := variables{"expires": time.Now().Add(time.Hour)}
		first, second := doctor.ask(repeated, vars), doctor.ask(repeated, vars)
		if second.at("createApiToken.token") != nil || first.text("createApiToken.token") == "" {
			t.Errorf("first %s, then %s", asJSON(first), asJSON(second))
		}
		if first.text("createApiToken.apiToken.id") != second.text("createApiToken.apiToken.id") || doctor.count("SELECT count(*) FROM api_tokens WHERE name = 'repeated'") != 1 {
			t.Errorf("first %s, then %s", asJSON(first), asJSON(second))
		}
		if in := holding(everything(t, d), first.text("createApiToken.token")); len(in) > 0 {
			t.Errorf("it stands in %v", in)
		}
	})
	t.Run("is seen by its owner and administrators", func(t *testing.T) {
		_, id := people[auth.Doctor].in(t).tokenOf(auth.Doctor)
		const look = `query($id: ID!) { node(id: $id) { id } }`
		for role, v := range people {
			if got := v.in(t).ask(look, variables{"id": id}).at("node") != nil; got != (role == auth.Doctor || role == auth.Admin) {
				t.Errorf("%s sees it: %t", role, got)
			}
		}
	})
}

// A token whose owner is given less than it may do stops working, and works
// again when they are given it back.
func TestApiToken_followsItsOwner(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	newUser(t, d, "admin", auth.Admin)
	u := newUser(t, d, "nino", auth.Doctor)
	owner := anybody.signedIn("nino")
	tokens := map[auth.Role]*visitor{}
	for _, role := range []auth.Role{auth.Doctor, auth.Nurse, auth.Receptionist} {
		token, _ := owner.tokenOf(role)
		tokens[role] = anybody.bearing(token)
	}
	admin := anybody.signedIn("admin")
	for i, step := range []struct {
		role  auth.Role
		works []auth.Role
	}{
		{auth.Nurse, []auth.Role{auth.Nurse, auth.Receptionist}},
		{auth.Receptionist, []auth.Role{auth.Receptionist}},
		{auth.Analyst, nil},
		{auth.Admin, nil},
		{auth.Doctor, []auth.Role{auth.Doctor, auth.Nurse, auth.Receptionist}},
	} {
		admin.ask(`mutation($id: ID!, $version: Int!, $role: Role!) { updateUser(input: {userId: $id, expectedVersion: $version, role: $role}) { user { version } } }`,
			variables{"id": u.ID, "version": i + 1, "role": step.role})
		for role, program := range tokens {
			want := "UNAUTHENTICATED"
			if slices.Contains(step.works, role) {
				want = "nino " + string(role)
			}
			if got := program.who(); got != want {
				t.Errorf("of a %s, the token of %s is %s", step.role, role, got)
			}
		}
	}
}
