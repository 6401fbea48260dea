package graph_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

const (
	changePassword = `mutation($old: String!, $new: String!) {
		changePassword(input: {currentPassword: $old, newPassword: $new}) { viewer { loginName } } }`
	createLink = `mutation($id: ID!, $reset: Boolean! = false) {
		createPasswordLink(input: {userId: $id, resetSecondFactor: $reset}) { passwordLink { token expiresAt } user { loginName } } }`
	useLink = `mutation($token: String!, $password: String!) {
		usePasswordLink(input: {token: $token, password: $password}) { viewer { loginName } challenge { token } } }`
	setUp = `mutation($token: String!, $name: String!, $password: String!) {
		setUpFirstAdministrator(input: {token: $token, loginName: $name, displayName: "The first", password: $password}) { viewer { loginName role } } }`

	otherPassword = "five words of nobody else"
)

// weak are passwords that are refused, with the code of each.
var weak = map[string]string{
	"":                       "TOO_SHORT",
	"eleven char":            "TOO_SHORT",
	"passwordpassword":       "TOO_COMMON",
	"Password1234":           "TOO_COMMON",
	"qwertyuiop[]":           "TOO_COMMON",
	strings.Repeat("ბ", 201): "TOO_LONG",
}

func (v *visitor) setsUp(token, name, password string) string {
	v.t.Helper()
	return v.does(setUp, variables{"token": token, "name": name, "password": password}, func(a answer) string {
		return a.text("setUpFirstAdministrator.viewer.loginName") + " " + a.text("setUpFirstAdministrator.viewer.role")
	})
}

// setUpLink returns what a server prints when it starts, "" for nothing.
func setUpLink(t testing.TB, d *db.DB) string {
	t.Helper()
	link, err := d.SetUpLink(acting(t))
	if err != nil {
		t.Fatal(err)
	}
	if link == nil {
		return ""
	}
	if age := time.Until(link.ExpiresAt); age < 14*time.Minute || age > 15*time.Minute {
		t.Errorf("the link is good for %v", age)
	}
	return link.Token
}

func TestSetUpFirstAdministrator(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	v := newVisitor(t, d)
	second := openDB(t, d.URL)
	const refused = "INVALID input.token WRONG_SECRET"
	links := atOnce(10, func(i int) string { return setUpLink(t, []*db.DB{d.DB, second}[i%2]) })
	delete(links, "")
	if len(links) != 1 {
		t.Fatalf("%d servers print a link", len(links))
	}
	token := ""
	for token = range links { //nolint:revive // there is one
	}
	if in := holding(everything(t, d), token, token[4:]); len(in) > 0 {
		t.Errorf("the link stands in %v", in)
	}
	_, hash, _ := auth.HashToken(token)
	if in := holding(everything(t, d), hex.EncodeToString(hash)); !slices.Equal(in, []string{"password_links"}) {
		t.Errorf("its hash stands in %v", in)
	}

	// What is wrong with the input leaves the link good.
	for password, code := range weak {
		if got := v.setsUp(token, "first", password); got != "INVALID input.password "+code {
			t.Errorf("with the password %q: %s", password, got)
		}
	}
	if got := v.setsUp(token, "tamar.beridze", "tamar.beridze1"); got != "INVALID input.password TOO_COMMON" {
		t.Errorf("with the name as a password: %s", got)
	}
	for _, name := range []string{"", "F", "First", "first administrator", "-first", strings.Repeat("f", 64)} {
		if got := v.setsUp(token, name, password); !strings.HasPrefix(got, "INVALID input.loginName ") {
			t.Errorf("as %q: %s", name, got)
		}
	}
	forged, _ := auth.NewToken(auth.LinkToken)
	session, _ := auth.NewToken(auth.SessionToken)
	for _, token := range []string{"", "x", forged, session, token[:len(token)-1], token + "A", strings.Repeat("c", 7_000)} {
		if got := v.setsUp(token, "first", password); got != refused {
			t.Errorf("with the token %.60q: %s", token, got)
		}
	}
	// Nobody can keep the two that hash busy with tokens that they made up.
	if got := atOnce(60, func(int) string { return v.another().setsUp(forged, "first", password) }); got[refused] != 60 {
		t.Errorf("60 forged tokens at once: %v", got)
	}
	if n := v.count("SELECT count(*) FROM users"); n != 0 {
		t.Fatalf("%d users", n)
	}

	// It is good once, however many use it.
	visitors := make([]*visitor, 8)
	got := atOnce(8, func(i int) string {
		visitors[i] = v.another()
		return strings.TrimLeft(visitors[i].setsUp(token, fmt.Sprintf("first%d", i), password), "first01234567")
	})
	if got[" ADMIN"] != 1 || got[refused] != 7 {
		t.Errorf("8 uses at once: %v", got)
	}
	if n := v.count("SELECT count(*) FROM users"); n != 1 {
		t.Errorf("%d users", n)
	}
	if got := v.setsUp(token, "second", password); got != refused {
		t.Errorf("used twice: %s", got)
	}
	var first string
	if err := d.SQL.Get(&first, "SELECT login_name FROM users"); err != nil {
		t.Fatal(err)
	}
	for i, v := range visitors {
		want := "nobody"
		if fmt.Sprintf("first%d", i) == first {
			want = first + " ADMIN"
		}
		if got := v.who(); got != want {
			t.Errorf("visitor %d is %s", i, got)
		}
	}
	v.signedIn(first)
	if got := setUpLink(t, second); got != "" {
		t.Error("a server prints a link when there is a user")
	}
	if got := events(t, d); !slices.Equal(got, []string{first + " SIGNED_IN", first + " SIGNED_IN"}) {
		t.Errorf("the audit holds %q", got)
	}
	if n := v.count("SELECT count(*) FROM audit_entries WHERE kind = 'CREATED' AND actor = 'system:set-up'"); n != 1 {
		t.Errorf("%d users made by it stand in the audit", n)
	}
	if in := holding(everything(t, d), token, password); len(in) > 0 {
		t.Errorf("secrets stand in %v", in)
	}
}

func TestSetUpFirstAdministrator_inTime(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	v := newVisitor(t, d)
	late := setUpLink(t, d.DB)
	if got := setUpLink(t, d.DB); got != "" {
		t.Error("a second link while the first is good")
	}
	v.change("UPDATE password_links SET expires_at = now()")
	if got := v.setsUp(late, "first", password); got != "INVALID input.token WRONG_SECRET" {
		t.Errorf("after 15 minutes: %s", got)
	}
	next := setUpLink(t, d.DB)
	if next == "" {
		t.Fatal("no link in the place of one that is late")
	}
	newUser(t, d, "made.by.hand", auth.Admin)
	if got := v.setsUp(next, "first", password); got != "INVALID input.token WRONG_SECRET" {
		t.Errorf("after there is a user: %s", got)
	}
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	newUser(t, d, "nino", auth.Doctor)
	admin := newUser(t, d, "admin", auth.Admin)
	nino, err := d.UserNamed(acting(t), "nino")
	if err != nil {
		t.Fatal(err)
	}
	v, elsewhere := anybody.signedIn("nino"), anybody.signedIn("nino")
	for new, code := range weak {
		if got := v.does(changePassword, variables{"old": password, "new": new}, nil); got != "INVALID input.newPassword "+code {
			t.Errorf("to %q: %s", new, got)
		}
	}
	if got := v.does(changePassword, variables{"old": otherPassword, "new": otherPassword}, nil); got != "INVALID input.currentPassword WRONG_SECRET" {
		t.Errorf("with another password: %s", got)
	}
	if got := anybody.does(changePassword, variables{"old": password, "new": otherPassword}, nil); got != "UNAUTHENTICATED" {
		t.Errorf("by nobody: %s", got)
	}
	link := anybody.signedIn(admin.LoginName).ask(createLink, variables{"id": nino.ID}).text("createPasswordLink.passwordLink.token")
	before := v.copied()
	v.ask(changePassword, variables{"old": password, "new": otherPassword})
	for name, test := range map[string]struct{ got, want string }{
		"the session":                  {v.who(), "nino DOCTOR"},
		"its token from before":        {before.who(), "UNAUTHENTICATED"},
		"another session":              {elsewhere.who(), "UNAUTHENTICATED"},
		"the old password":             {anybody.another().tries("nino", password), "UNAUTHENTICATED"},
		"the new password":             {anybody.another().tries("nino", otherPassword), "nino"},
		"a link that was sent earlier": {anybody.another().does(useLink, variables{"token": link, "password": password}, nil), "INVALID input.token WRONG_SECRET"},
	} {
		if test.got != test.want {
			t.Errorf("afterwards %s is %s", name, test.got)
		}
	}
	if got := events(t, d); !slices.Contains(got, "nino SECURITY_CHANGED User.password") {
		t.Errorf("the audit holds %q", got)
	}
	if in := holding(everything(t, d), password, otherPassword); len(in) > 0 {
		t.Errorf("passwords stand in %v", in)
	}
	if in := holding(everything(t, d), "$argon2id$"); !slices.Equal(in, []string{"passwords"}) {
		t.Errorf("hashes stand in %v", in)
	}
}

func TestPasswordLink(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	newUser(t, d, "admin", auth.Admin)
	admin := anybody.signedIn("admin")
	const used = "INVALID input.token WRONG_SECRET"
	linkOf := func(t *testing.T, u *db.User) string {
		t.Helper()
		got := admin.in(t).ask(createLink, variables{"id": u.ID})
		expires, err := time.Parse(time.RFC3339Nano, got.text("createPasswordLink.passwordLink.expiresAt"))
		if age := time.Until(expires); err != nil || age < 47*time.Hour || age > 48*time.Hour {
			t.Errorf("it is good for %v (%v)", age, err)
		}
		return got.text("createPasswordLink.passwordLink.token")
	}
	uses := func(v *visitor, token, password string) string {
		v.t.Helper()
		return v.does(useLink, variables{"token": token, "password": password}, func(a answer) string {
			if a.text("usePasswordLink.challenge.token") != "" {
				return "a code is asked for"
			}
			return a.text("usePasswordLink.viewer.loginName")
		})
	}
	t.Run("lets a new user set a password, once", func(t *testing.T) {
		v := anybody.in(t)
		got := admin.in(t).ask(`mutation { createUser(input: {loginName: "tamar", displayName: "Tamar", role: NURSE}) { user { id isActive } passwordLink { token } } }`, nil)
		token := got.text("createUser.passwordLink.token")
		for password, code := range weak {
			if got := uses(v.another(), token, password); got != "INVALID input.password "+code {
				t.Errorf("with the password %q: %s", password, got)
			}
		}
		own := v.another()
		if got := uses(own, token, password); got != "tamar" {
			t.Errorf("got %s", got)
		}
		if got := own.who(); got != "tamar NURSE" {
			t.Errorf("signed in is %s", got)
		}
		if got := uses(v.another(), token, otherPassword); got != used {
			t.Errorf("used twice: %s", got)
		}
		v.signedIn("tamar")
	})
	t.Run("ends the sessions of its user", func(t *testing.T) {
		v := anybody.in(t)
		u := newUser(t, d, "levan", auth.Doctor)
		before := v.signedIn("levan")
		token := linkOf(t, u)
		if got := v.signedIn("levan").who() + before.who(); got != "levan DOCTORlevan DOCTOR" {
			t.Errorf("until it is used: %s", got)
		}
		own := v.another()
		if got := uses(own, token, otherPassword); got != "levan" {
			t.Errorf("got %s", got)
		}
		for name, test := range map[string]struct{ got, want string }{
			"whoever used it":      {own.who(), "levan DOCTOR"},
			"a session":            {before.who(), "UNAUTHENTICATED"},
			"the old password":     {v.another().tries("levan", password), "UNAUTHENTICATED"},
			"the new password":     {v.another().tries("levan", otherPassword), "levan"},
			"whoever asked for it": {admin.in(t).who(), "admin ADMIN"},
		} {
			if test.got != test.want {
				t.Errorf("afterwards %s is %s", name, test.got)
			}
		}
	})
	t.Run("still asks for a code", func(t *testing.T) {
		v := anybody.in(t)
		u := newUser(t, d, "coded", auth.Doctor)
		own := enrol(t, v, "coded")
		if got := uses(v.another(), linkOf(t, u), otherPassword); got != "a code is asked for" {
			t.Errorf("got %s", got)
		}
		if got := v.another().tries("coded", otherPassword); got != "a code is asked for" {
			t.Errorf("got %s", got)
		}
		link := admin.in(t).ask(createLink, variables{"id": u.ID, "reset": true}).text("createPasswordLink.passwordLink.token")
		if got := uses(v.another(), link, password); got != "coded" {
			t.Errorf("without the second factor, which an administrator took away: %s", got)
		}
		if in := holding(everything(t, d), own.secret); len(in) > 0 {
			t.Errorf("its secret stands in %v", in)
		}
		if got := events(t, d); !slices.Contains(got, "admin SECURITY_CHANGED User.passwordLink,User.secondFactor of coded") || !slices.Contains(got, "coded SECURITY_CHANGED User.password of coded") {
			t.Errorf("the audit holds %q", got)
		}
	})
	t.Run("is good once, however many use it", func(t *testing.T) {
		v := anybody.in(t)
		token := linkOf(t, newUser(t, d, "many", auth.Nurse))
		got := atOnce(8, func(i int) string { return uses(v.another(), token, fmt.Sprintf("%s, the %dth", otherPassword, i)) })
		if got["many"] != 1 || got[used] != 7 {
			t.Errorf("got %v", got)
		}
		if n := v.count("SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE login_name = 'many' AND ended_at IS NULL"); n != 1 {
			t.Errorf("%d sessions", n)
		}
	})
	t.Run("is no longer good", func(t *testing.T) {
		v := anybody.in(t)
		u := newUser(t, d, "late", auth.Nurse)
		token := linkOf(t, u)
		newer := linkOf(t, u)
		if got := uses(v.another(), token, otherPassword); got != used {
			t.Errorf("when there is a newer one: %s", got)
		}
		v.change("UPDATE password_links SET expires_at = now() WHERE user_id = $1", u.ID)
		if got := uses(v.another(), newer, otherPassword); got != used {
			t.Errorf("after 48 hours: %s", got)
		}
		token = linkOf(t, u)
		if got := v.another().setsUp(token, "first", otherPassword); got != used {
			t.Errorf("as the link of the first administrator: %s", got)
		}
		u, err := d.DeactivateUser(acting(t), u.ID, u.Version, "has left")
		if err != nil {
			t.Fatal(err)
		}
		if got := uses(v.another(), token, otherPassword); got != used {
			t.Errorf("for somebody who has left: %s", got)
		}
		if got := admin.in(t).does(createLink, variables{"id": u.ID}, nil); got != "INVALID input.userId INACTIVE" {
			t.Errorf("made for somebody who has left: %s", got)
		}
		mustDo(t)(d.ReactivateUser(acting(t), u.ID, u.Version))
		if got := uses(v.another(), token, otherPassword); got != used {
			t.Errorf("for somebody who came back: %s", got)
		}
		v.signedIn("late")
		forged, _ := auth.NewToken(auth.LinkToken)
		for _, token := range []string{"", "x", forged} {
			if got := uses(v.another(), token, otherPassword); got != used {
				t.Errorf("with the token %q: %s", token, got)
			}
		}
	})
	t.Run("is kept as its hash only", func(t *testing.T) {
		token := linkOf(t, newUser(t, d, "kept", auth.Nurse))
		_, hash, _ := auth.HashToken(token)
		tables := everything(t, d)
		if in := holding(tables, token, token[4:], password, otherPassword); len(in) > 0 {
			t.Errorf("secrets stand in %v", in)
		}
		if in := holding(tables, hex.EncodeToString(hash)); !slices.Equal(in, []string{"password_links"}) {
			t.Errorf("its hash stands in %v", in)
		}
	})
}

// Whoever is signing in with a password while it is changed, or while they are
// deactivated, gets no session that outlives the change.
func TestSignIn_duringAChange(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	// A success waits where its name is forgiven, until this test lets it go on.
	d.SQL.MustExec(`
		CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(4242); RETURN NEW; END $$;
		CREATE TRIGGER hold BEFORE UPDATE ON sign_in_failures FOR EACH ROW WHEN (NEW.failures < OLD.failures) EXECUTE FUNCTION hold()`)
	for name, test := range map[string]struct {
		change func(t *testing.T, u *db.User)
		coded  bool
		want   string
	}{
		"of the password": {func(t *testing.T, u *db.User) {
			if err := d.ResetPassword(acting(t), u, otherPassword, false); err != nil {
				t.Error(err)
			}
		}, false, "UNAUTHENTICATED"},
		"of the password, with a code": {func(t *testing.T, u *db.User) {
			if err := d.ResetPassword(acting(t), u, otherPassword, false); err != nil {
				t.Error(err)
			}
		}, true, "INVALID input.token WRONG_SECRET"},
		"that deactivates": {func(t *testing.T, u *db.User) {
			mustDo(t)(d.DeactivateUser(acting(t), u.ID, u.Version, "has left"))
		}, false, "UNAUTHENTICATED"},
	} {
		t.Run(name, func(t *testing.T) {
			v := anybody.in(t)
			u := newUser(t, d, "user"+strings.ReplaceAll(name[:5]+name[len(name)-4:], " ", "."), auth.Nurse)
			signsIn := func() string { return v.another().tries(u.LoginName, password) }
			if test.coded {
				own := enrol(t, v, u.LoginName)
				v.again()
				token := v.another().challenged(u.LoginName)
				signsIn = func() string { return v.another().verifies(token, own.code(t, 0)) }
			}
			gate := d.SQL.MustBegin()
			defer func() { _ = gate.Rollback() }()
			gate.MustExec("SELECT pg_advisory_xact_lock(4242)")
			said := make(chan string, 1)
			go func() { said <- signsIn() }()
			soon(t, "1", func() string {
				return fmt.Sprint(v.count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4242 AND NOT granted"))
			})
			test.change(t, u)
			_ = gate.Rollback()
			if got := <-said; got != test.want {
				t.Errorf("got %s", got)
			}
			if n := v.count(fmt.Sprintf("SELECT count(*) FROM sessions WHERE user_id = '%s' AND ended_at IS NULL", u.ID)); n != 0 {
				t.Errorf("%d sessions live on", n)
			}
		})
	}
}
