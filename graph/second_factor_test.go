package graph_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/pquerna/otp/totp"
)

const (
	enrolment    = `mutation($password: String!) { enrolSecondFactor(input: {password: $password}) { secret uri qrCode } }`
	confirmation = `mutation($code: String!) { confirmSecondFactor(input: {code: $code}) { recoveryCodes } }`
	verification = `mutation($token: String!, $code: String!) { verifySecondFactor(input: {token: $token, code: $code}) { viewer { loginName } } }`
	removal      = `mutation($password: String!) { removeSecondFactor(input: {password: $password}) { viewer { hasSecondFactor recoveryCodesLeft } } }`
)

// An app makes codes of a user's secret.
type app struct {
	secret   string
	recovery []string
}

// enrol has a user asked for codes, by a session that is ended again.
func enrol(t testing.TB, v *visitor, name string) *app {
	t.Helper()
	v = v.signedIn(name)
	a := &app{secret: v.ask(enrolment, variables{"password": password}).text("enrolSecondFactor.secret")}
	for _, code := range v.ask(confirmation, variables{"code": a.code(t, 0)}).at("confirmSecondFactor.recoveryCodes").([]any) {
		a.recovery = append(a.recovery, code.(string))
	}
	v.ask(`mutation { signOut { viewer { id } } }`, nil)
	return a
}

// code returns the code of so many steps from now. The server takes those of the
// steps -1 to 1, in this order only.
func (a *app) code(t testing.TB, steps int) string {
	t.Helper()
	code, err := totp.GenerateCode(a.secret, time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// again has the server forget which code was used last, as if 90 seconds had passed.
func (v *visitor) again() {
	v.t.Helper()
	v.change("UPDATE second_factors SET last_step = 0")
}

// challenged returns the token of a sign-in that waits for a code.
func (v *visitor) challenged(name string) string {
	v.t.Helper()
	token := v.ask(signIn, variables{"name": name, "password": password}).text("signIn.challenge.token")
	if token == "" || v.session() != "" {
		v.t.Fatalf("%s is not asked for a code", name)
	}
	return token
}

// verifies returns what comes of a code.
func (v *visitor) verifies(token, code string) string {
	v.t.Helper()
	return v.does(verification, variables{"token": token, "code": code}, func(a answer) string { return a.text("verifySecondFactor.viewer.loginName") })
}

const wrongCode, endedChallenge = "INVALID input.code WRONG_SECRET", "INVALID input.token WRONG_SECRET"

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	anybody := newVisitor(t, d)
	newUser(t, d, "nino", auth.Doctor)
	var own *app
	t.Run("is enrolled with the password and a first code", func(t *testing.T) {
		v := anybody.in(t).signedIn("nino")
		if got := v.does(enrolment, variables{"password": "five words of nobody else"}, nil); got != "INVALID input.password WRONG_SECRET" {
			t.Errorf("with another password: %s", got)
		}
		if got := v.does(confirmation, variables{"code": "123456"}, nil); got != wrongCode {
			t.Errorf("before it is enrolled: %s", got)
		}
		abandoned := v.ask(enrolment, variables{"password": password}).text("enrolSecondFactor.secret")
		got := v.ask(enrolment, variables{"password": password})
		own = &app{secret: got.text("enrolSecondFactor.secret")}
		if uri := got.text("enrolSecondFactor.uri"); !strings.HasPrefix(uri, "otpauth://totp/ClinicQL:nino?") || !strings.Contains(uri, own.secret) {
			t.Errorf("the app is given %s", uri)
		}
		if !strings.HasPrefix(got.text("enrolSecondFactor.qrCode"), "data:image/png;base64,") {
			t.Error("there is no picture")
		}
		if got := v.does(confirmation, variables{"code": (&app{secret: abandoned}).code(t, 0)}, nil); got != wrongCode {
			t.Errorf("a code of a secret that was replaced: %s", got)
		}
		v.copied().signedIn("nino") // no code is asked for yet
		codes := v.ask(confirmation, variables{"code": own.code(t, 0)}).at("confirmSecondFactor.recoveryCodes").([]any)
		for _, code := range codes {
			own.recovery = append(own.recovery, code.(string))
		}
		if got := asJSON(v.ask(`{ viewer { hasSecondFactor recoveryCodesLeft } }`, nil)); len(codes) != 10 || got != `{"viewer":{"hasSecondFactor":true,"recoveryCodesLeft":10}}` {
			t.Errorf("%d codes; the viewer is %s", len(codes), got)
		}
		if got := v.does(enrolment, variables{"password": password}, nil); got != "CONFLICT" {
			t.Errorf("a second one: %s", got)
		}
		for _, code := range []string{own.code(t, 1), own.recovery[0], "123456"} {
			if got := v.does(confirmation, variables{"code": code}, nil); got != "CONFLICT" {
				t.Errorf("confirmed again: %s, which tells whether a code is right", got)
			}
		}
	})
	t.Run("is asked for after the password, and a code works once", func(t *testing.T) {
		v := anybody.in(t)
		v.again()
		token, code := v.another().challenged("nino"), own.code(t, 0)
		if got := v.another().bearing(token).who(); got != "UNAUTHENTICATED" {
			t.Errorf("the challenge opens the server to %s", got)
		}
		signedIn := v.another()
		if got := signedIn.verifies(token, code); got != "nino" {
			t.Fatalf("got %s", got)
		}
		if got := signedIn.who(); got != "nino DOCTOR" {
			t.Errorf("signed in is %s", got)
		}
		if got := v.another().verifies(token, own.code(t, 1)); got != endedChallenge {
			t.Errorf("the challenge again: %s", got)
		}
		if got := v.another().verifies(v.another().challenged("nino"), code); got != wrongCode {
			t.Errorf("the code again: %s", got)
		}
		if got := v.another().verifies(v.another().challenged("nino"), own.code(t, -1)); got != wrongCode {
			t.Errorf("the code before it: %s", got)
		}
		if got := v.another().verifies(v.another().challenged("nino"), own.code(t, 1)); got != "nino" {
			t.Errorf("the next code: %s", got)
		}
	})
	t.Run("is not asked for with less than the challenge", func(t *testing.T) {
		v := anybody.in(t)
		v.again()
		v.another().challenged("nino")
		session, _ := auth.NewToken(auth.SessionToken)
		forged, _ := auth.NewToken(auth.ChallengeToken)
		for _, token := range []string{"", "x", session, forged} {
			if got := v.another().verifies(token, own.code(t, 0)); got != endedChallenge {
				t.Errorf("%q: %s", token, got)
			}
		}
		late := v.another().challenged("nino")
		v.change("UPDATE sign_in_challenges SET expires_at = now()")
		if got := v.another().verifies(late, own.code(t, 0)); got != endedChallenge {
			t.Errorf("after five minutes: %s", got)
		}
		older, newer := v.another().challenged("nino"), v.another().challenged("nino")
		if got := v.another().verifies(older, own.code(t, 0)); got != endedChallenge {
			t.Errorf("with an older challenge: %s", got)
		}
		if got := v.another().verifies(newer, own.code(t, 0)); got != "nino" {
			t.Errorf("with the newest: %s", got)
		}
	})
	t.Run("ends the challenge after five wrong codes", func(t *testing.T) {
		v := anybody.in(t)
		v.again()
		token := v.another().challenged("nino")
		for i, want := range []string{wrongCode, wrongCode, wrongCode, wrongCode, wrongCode, endedChallenge} {
			if got := v.another().verifies(token, "000 00"); got != want {
				t.Errorf("wrong code %d: %s", i+1, got)
			}
		}
		if got := v.another().verifies(token, own.code(t, 0)); got != endedChallenge {
			t.Errorf("the right code after it: %s", got)
		}
		if got := v.another().verifies(v.another().challenged("nino"), own.code(t, 0)); got != "nino" {
			t.Errorf("with the password again: %s", got)
		}
	})
	t.Run("has recovery codes in its place, each good once", func(t *testing.T) {
		v := anybody.in(t)
		code := strings.ToUpper(strings.ReplaceAll(own.recovery[3], "-", " "))
		if got := v.another().verifies(v.another().challenged("nino"), code); got != "nino" {
			t.Errorf("a recovery code as it is written on paper: %s", got)
		}
		if got := v.another().verifies(v.another().challenged("nino"), own.recovery[3]); got != wrongCode {
			t.Errorf("again: %s", got)
		}
		in := v.another()
		if got := in.verifies(in.challenged("nino"), own.recovery[4]); got != "nino" {
			t.Errorf("another one: %s", got)
		}
		if got := in.ask(`{ viewer { recoveryCodesLeft } }`, nil).number("viewer.recoveryCodesLeft"); got != 8 {
			t.Errorf("%d are left", got)
		}
	})
	t.Run("lets one session in when a code comes ten times at once", func(t *testing.T) {
		for _, code := range []string{"of the app", own.recovery[5]} {
			v := anybody.in(t)
			v.again()
			token := v.another().challenged("nino")
			before := v.count("SELECT count(*) FROM sessions")
			if code == "of the app" {
				code = own.code(t, 0)
			}
			start := time.Now()
			got := atOnce(10, func(int) string { return v.another().verifies(token, code) })
			if got["nino"] != 1 || got["nino"]+got[wrongCode]+got[endedChallenge] != 10 {
				t.Errorf("got %v", got)
			}
			if n := v.count("SELECT count(*) FROM sessions") - before; n != 1 {
				t.Errorf("%d sessions", n)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("it took %v: they wait for each other", took)
			}
		}
	})
	t.Run("keeps guesses slowed down until a code was right", func(t *testing.T) {
		v := anybody.in(t)
		v.change("DELETE FROM sign_in_failures")
		for range 3 {
			v.another().challenged("nino")
		}
		if n := v.count("SELECT max(failures) FROM sign_in_failures"); n != 3 {
			t.Errorf("%d tries are counted: whoever knows the password tries codes for nothing", n)
		}
		v.again()
		if got := v.another().verifies(v.another().challenged("nino"), own.code(t, 0)); got != "nino" {
			t.Errorf("got %s", got)
		}
		if n := v.count("SELECT count(*) FROM sign_in_failures WHERE failures = 0"); n != 1 {
			t.Errorf("%d names are forgiven", n)
		}
	})
	t.Run("is not asked of somebody who was deactivated meanwhile", func(t *testing.T) {
		v := anybody.in(t)
		u := newUser(t, d, "leaver", auth.Nurse)
		theirs := enrol(t, v, "leaver")
		v.again()
		token := v.another().challenged("leaver")
		mustDo(t)(d.DeactivateUser(acting(t), u.ID, u.Version, "has left"))
		if got := v.another().verifies(token, theirs.code(t, 0)); got != endedChallenge {
			t.Errorf("got %s", got)
		}
	})
	t.Run("is removed with the password", func(t *testing.T) {
		v := anybody.in(t).another()
		v.again()
		v.verifies(v.challenged("nino"), own.code(t, 0))
		if got := v.does(removal, variables{"password": "five words of nobody else"}, nil); got != "INVALID input.password WRONG_SECRET" {
			t.Errorf("with another password: %s", got)
		}
		if got := asJSON(v.ask(removal, variables{"password": password})); got != `{"removeSecondFactor":{"viewer":{"hasSecondFactor":false,"recoveryCodesLeft":0}}}` {
			t.Errorf("got %s", got)
		}
		v.signedIn("nino")
	})
	t.Run("is in the audit, its secrets are not", func(t *testing.T) {
		recorded := events(t, d)
		n := map[string]int{}
		for _, e := range recorded {
			n[e]++
		}
		if n["nino SECURITY_CHANGED User.secondFactor"] != 2 || n["nino SIGN_IN_FAILED User.secondFactor"] < 5 {
			t.Errorf("the audit holds %q", recorded)
		}
		tables := everything(t, d)
		if in := holding(tables, append(own.recovery, own.secret)...); len(in) > 0 {
			t.Errorf("secrets of a factor that was removed stand in %v", in)
		}
	})
}

// While a second factor is there, its secret stands in one place, and codes in none.
func TestSecondFactor_isKept(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	v := newVisitor(t, d)
	newUser(t, d, "nino", auth.Doctor)
	own := enrol(t, v, "nino")
	v.again()
	token := v.challenged("nino")
	tables := everything(t, d)
	if in := holding(tables, own.secret); !slices.Equal(in, []string{"second_factors"}) {
		t.Errorf("the secret stands in %v", in)
	}
	if in := holding(tables, append(own.recovery, token)...); len(in) > 0 {
		t.Errorf("codes or the challenge stand in %v", in)
	}
	if got := v.verifies(token, own.code(t, 0)); got != "nino" {
		t.Errorf("got %s", got)
	}
}
