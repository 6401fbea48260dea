package graph_test

import (
	"fmt"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	v := newVisitor(t, d)
	newUser(t, d, "nino", auth.Doctor)
	for name, typed := range map[string]string{"as it is kept": "nino", "in capitals": "NINO", "with space around it": " Nino\n"} {
		t.Run("takes a login name "+name, func(t *testing.T) {
			if got := v.in(t).another().tries(typed, password); got != "nino" {
				t.Errorf("got %s", got)
			}
		})
	}
	t.Run("takes a password however a keyboard composed it", func(t *testing.T) {
		mustDo(t)(d.AddUser(acting(t), &db.User{LoginName: "tamar", DisplayName: "Tamar", Role: auth.Nurse}, "c\u0327ınar ag\u0306acı go\u0308lgesi"))
		if got := v.in(t).another().tries("tamar", "cınar agacı golgesi"); got != "UNAUTHENTICATED" {
			t.Errorf("a password of other letters: %s", got)
		}
		if got := v.in(t).another().tries("tamar", "çınar ağacı gölgesi"); got != "tamar" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("is asked for by POST only", func(t *testing.T) {
		response, err := v.another().browser.Get(v.server.URL + `?query=mutation{signIn(input:{loginName:"nino",password:"` + strings.ReplaceAll(password, " ", "%20") + `"}){viewer{loginName}}}`)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if response.StatusCode != 405 || response.Header.Get("Set-Cookie") != "" {
			t.Errorf("got %s", response.Status)
		}
	})
}

// Whoever may not sign in is answered in the same words, whatever the reason.
func TestSignIn_refusesAlike(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	asked := make(chan int64, 100) // statements of each operation, of which its client is told nothing
	gate := &auth.Gate{Find: d.Find, Refuse: graph.Refuse}
	server := httptest.NewServer(graph.Observed(gate.Handler(graph.Handler(d.DB, nil)), func(o *graph.Observation) { asked <- o.Statements }))
	t.Cleanup(server.Close)
	v := newVisitorAt(t, d, server)
	newUser(t, d, "known", auth.Doctor)
	invited, err := d.AddUser(acting(t), &db.User{LoginName: "invited", DisplayName: "Invited", Role: auth.Nurse}, "")
	if err != nil {
		t.Fatal(err)
	}
	former := newUser(t, d, "former", auth.Nurse)
	mustDo(t)(d.DeactivateUser(acting(t), former.ID, former.Version, "has left"))
	refused := newUser(t, d, "coded", auth.Nurse)
	enrol(t, v, refused.LoginName)
	for len(asked) > 0 {
		<-asked
	}
	want := ""
	for _, c := range []struct{ name, typed, password string }{
		{"a wrong password", "known", "five words of nobody else"},
		{"an unknown name", "unknown", password},
		{"an unknown name that is none", "'; DROP TABLE users; --", password},
		{"an unknown name of 7 KB", strings.Repeat("n", 7_000), password},
		{"an unknown name with odd letters", "nino\u202e\ufffd\ufeff😀", password},
		{"no name", "", password},
		{"no password", "known", ""},
		{"a user who has no password yet", "invited", ""},
		{"a user who is not active, with the right password", "former", password},
		{"a user with a second factor", "coded", "five words of nobody else"},
	} {
		response, body := v.another().post(signIn, variables{"name": c.typed, "password": c.password})
		got := fmt.Sprintln(response.StatusCode, response.Header.Get("Content-Type"), response.ContentLength, response.Header.Values("Set-Cookie"),
			<-asked, strings.Contains(response.Header.Get("Server-Timing"), "db;"), body)
		if want == "" {
			want = got
			if !strings.Contains(got, `200 application/json`) || !strings.Contains(got, `"code":"UNAUTHENTICATED"`) {
				t.Errorf("got %s", got)
			}
		}
		if got != want {
			t.Errorf("%s is answered\n%s, not\n%s", c.name, got, want)
		}
	}
	if n := v.count("SELECT count(*) FROM sessions WHERE user_id <> (SELECT id FROM users WHERE login_name = 'coded')"); n != 0 {
		t.Errorf("%d sessions were started", n)
	}
	if got := v.another().tries(invited.LoginName, password); got != "UNAUTHENTICATED" {
		t.Errorf("got %s", got)
	}
}

// Of many guesses at once, at two servers, no more are judged than of as many in a row.
func TestSignIn_32GuessesAtOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	v := newVisitor(t, d)
	servers := []*visitor{v, v.at(newReplica(t, openDB(t, d.URL)))}
	newUser(t, d, "nino", auth.Doctor)
	guesses := func(name string) map[string]int {
		return atOnce(32, func(i int) string { return servers[i%2].another().tries(name, fmt.Sprintf("guess number %d", i)) })
	}
	guesses("somebody else") // whom it is no matter: the connections are open now
	v.change("DELETE FROM sign_in_failures")
	start := time.Now()
	got := guesses("nino")
	judged, took := 5, time.Since(start)
	for wait := time.Second; took > wait; wait *= 2 { // which may be over
		took -= wait
		judged++
	}
	if got["UNAUTHENTICATED"] > judged || got["UNAUTHENTICATED"]+got["RATE_LIMITED"] != 32 || got["UNAUTHENTICATED"] == 0 {
		t.Errorf("got %v in %v", got, time.Since(start))
	}
	v.change("UPDATE sign_in_failures SET blocked_until = now()")
	v.signIn("nino", password)
}

func TestSignIn_slowsGuessesDown(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	v := newVisitor(t, d)
	newUser(t, d, "nino", auth.Doctor)
	wrong := func(t *testing.T, name string, times int) {
		t.Helper()
		for range times {
			if got := v.in(t).tries(name, "five words of nobody else"); got != "UNAUTHENTICATED" {
				t.Fatalf("got %s", got)
			}
		}
	}
	const over = "UPDATE sign_in_failures SET blocked_until = now()"
	for _, name := range []string{"nino", "nobody"} {
		t.Run("of "+name, func(t *testing.T) {
			var waits []int
			wrong(t, name, 4)
			for range 8 {
				wrong(t, name, 1)
				waits = append(waits, v.count("SELECT round(max(extract(epoch FROM blocked_until - last_at)))::int FROM sign_in_failures"))
				if last := waits[len(waits)-1]; last > 8 { // so that none is over on a slow machine
					got := v.in(t).refused(signIn, variables{"name": name, "password": password})[0]
					retry := got.Extensions.RetryAfter
					if got.Extensions.Code != "RATE_LIMITED" || retry > last || retry < last-8 || got.Message != fmt.Sprintf("too many tries: wait %d seconds", retry) {
						t.Errorf("got %s", asJSON(got))
					}
				}
				v.change(over)
			}
			if want := []int{1, 2, 4, 8, 16, 32, 60, 60}; !slices.Equal(waits, want) {
				t.Errorf("one waits %v seconds", waits)
			}
			v.change("DELETE FROM sign_in_failures") // of the address too
		})
	}
	t.Run("and locks nobody out for good", func(t *testing.T) {
		wrong(t, "nino", 1)
		v.change("UPDATE sign_in_failures SET failures = 1000000")
		wrong(t, "nino", 1)
		if got := v.in(t).refused(signIn, variables{"name": "nino", "password": password})[0].Extensions; got.Code != "RATE_LIMITED" || got.RetryAfter > 60 {
			t.Errorf("got %s", asJSON(got))
		}
		v.change(over)
		v.in(t).another().signIn("nino", password)
	})
	t.Run("and forgives whoever signs in", func(t *testing.T) {
		v.change("DELETE FROM sign_in_failures")
		for range 3 {
			wrong(t, "nino", 4)
			v.in(t).another().signIn("nino", password)
		}
	})
	t.Run("and forgets after an hour", func(t *testing.T) {
		v.change("DELETE FROM sign_in_failures")
		wrong(t, "nino", 5)
		v.change("UPDATE sign_in_failures SET blocked_until = now(), last_at = now() - interval '61 minutes'")
		wrong(t, "nino", 1)
		if n := v.count("SELECT max(failures) FROM sign_in_failures"); n != 1 {
			t.Errorf("%d failures", n)
		}
	})
	t.Run("and counts the name in capitals as the same", func(t *testing.T) {
		v.change("DELETE FROM sign_in_failures")
		for i := range 3 {
			wrong(t, []string{"nino", "NINO", " nino"}[i], 1)
		}
		if n := v.count("SELECT count(*) FROM sign_in_failures WHERE failures = 3"); n != 2 { // with the address
			t.Errorf("3 failures of %d", n)
		}
	})
	t.Run("of whoever is signed in and asked for their password", func(t *testing.T) {
		v.change("DELETE FROM sign_in_failures")
		v := v.in(t).signedIn("nino")
		change := variables{"old": "five words of nobody else", "new": "six words of nobody at all"}
		for range 5 {
			if got := v.does(changePassword, change, nil); got != "INVALID input.currentPassword WRONG_SECRET" {
				t.Errorf("got %s", got)
			}
		}
		v.change("UPDATE sign_in_failures SET blocked_until = blocked_until + interval '1 minute'")
		if got := v.does(changePassword, change, nil); got != "RATE_LIMITED" {
			t.Errorf("got %s", got)
		}
	})
}

// A whole clinic may sit behind an address, so that more is free there.
func TestSignIn_slowsAnAddressDown(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	newUser(t, d, "nino", auth.Doctor)
	open := newVisitor(t, d)
	behind := newVisitorAt(t, d, newReplica(t, openDB(t, d.URL), netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")))
	for name, test := range map[string]struct {
		at        *visitor
		addresses func(i int) string
		same      bool   // all of them are counted as one
		other     string // is counted as another; "" for none
	}{
		"whatever name is tried":                        {behind, func(int) string { return "192.0.2.7" }, true, "192.0.2.8"},
		"but not that of others":                        {behind, func(i int) string { return fmt.Sprintf("192.0.2.%d", i) }, false, ""},
		"of IPv6 with its network":                      {behind, func(i int) string { return fmt.Sprintf("2001:db8:0:7::%x", i) }, true, "2001:db8:0:8::1"},
		"whatever it says of itself, without a proxy":   {open, func(i int) string { return fmt.Sprintf("198.51.100.%d", i) }, true, ""},
		"that a client invents before a proxy names it": {behind, func(i int) string { return fmt.Sprintf("198.51.100.%d, 192.0.2.7", i) }, true, "198.51.100.1"},
	} {
		t.Run(name, func(t *testing.T) {
			d.SQL.MustExec("DELETE FROM sign_in_failures")
			v, n := test.at.in(t), 0
			guess := func() string {
				n++
				return v.from(test.addresses(n)).tries(fmt.Sprintf("name%d", n), password)
			}
			for range 3 {
				if got := guess(); got != "UNAUTHENTICATED" {
					t.Errorf("got %s", got)
				}
			}
			if got := v.count("SELECT max(failures) FROM sign_in_failures"); got != map[bool]int{true: 3, false: 1}[test.same] {
				t.Errorf("%d failures of one address", got)
			}
			if !test.same {
				return
			}
			d.SQL.MustExec("UPDATE sign_in_failures SET failures = 28 WHERE failures = 3") // of 30 that are free
			for range 2 {
				guess()
			}
			if got := v.count("SELECT round(max(extract(epoch FROM blocked_until - last_at)))::int FROM sign_in_failures"); got != 1 {
				t.Errorf("after 30 one waits %d s", got)
			}
			d.SQL.MustExec("UPDATE sign_in_failures SET blocked_until = blocked_until + interval '1 minute' WHERE failures = 30")
			if got := guess(); got != "RATE_LIMITED" {
				t.Errorf("the address gets %s", got)
			}
			if got := v.from(test.addresses(1)).tries("nino", password); got != "RATE_LIMITED" {
				t.Errorf("the address gets %s", got)
			}
			if test.other == "" {
				return
			}
			if got := v.from(test.other).tries("nino", password); got != "nino" {
				t.Errorf("another gets %s", got)
			}
		})
	}
	t.Run("by one try less for each success", func(t *testing.T) {
		d.SQL.MustExec("DELETE FROM sign_in_failures")
		v := behind.in(t).from("192.0.2.7")
		for i := range 3 {
			v.tries(fmt.Sprintf("name%d", i), password)
		}
		for range 3 {
			v.signIn("nino", password)
		}
		if got := v.count("SELECT max(failures) FROM sign_in_failures"); got != 3 {
			t.Errorf("%d failures of the address", got)
		}
	})
}

// Two passwords are hashed at once and twenty wait. A rush is told to come back,
// and is not taken for guesses.
func TestSignIn_40AtOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	v := newVisitorAt(t, d, newReplica(t, d.DB, netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")))
	newUser(t, d, "user0", auth.Nurse)
	for i := range 39 {
		u, err := d.AddUser(acting(t), &db.User{LoginName: fmt.Sprintf("user%d", i+1), DisplayName: "User", Role: auth.Nurse}, "")
		if err != nil {
			t.Fatal(err)
		}
		d.SQL.MustExec("INSERT INTO passwords (user_id, hash) SELECT $1, hash FROM passwords LIMIT 1", u.ID)
	}
	limited := make([]bool, 40)
	said := atOnce(40, func(i int) string {
		got := v.from(fmt.Sprintf("192.0.2.%d", i)).tries(fmt.Sprintf("user%d", i), password)
		limited[i] = got == "RATE_LIMITED"
		return strings.TrimRight(got, "0123456789")
	})
	if said["user"] < 22 || said["RATE_LIMITED"] == 0 || said["user"]+said["RATE_LIMITED"] != 40 {
		t.Errorf("got %v", said)
	}
	if n := v.count("SELECT coalesce(max(failures), 0) FROM sign_in_failures"); n != 0 {
		t.Errorf("somebody who knew their password is counted as guessing, %d times", n)
	}
	for i := range limited {
		if limited[i] {
			v.from(fmt.Sprintf("192.0.2.%d", i)).signIn(fmt.Sprintf("user%d", i), password)
		}
	}
}

// Who signed in, and who did not, stands in the audit, and no secret does.
func TestSignIn_audit(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	v := newVisitor(t, d)
	newUser(t, d, "nino", auth.Doctor)
	const typed, guess = "typed.by.mistake", "guess of a password"
	v.tries(typed, password)
	v.tries("nino", guess)
	v.signIn("nino", password)
	v.ask(`mutation { signOut { viewer { id } } }`, nil)
	want := []string{"anonymous SIGN_IN_FAILED", "nino SIGN_IN_FAILED", "nino SIGNED_IN", "nino SIGNED_OUT"}
	if got := events(t, d); !slices.Equal(got, want) {
		t.Errorf("the audit holds %q", got)
	}
	if n := v.count("SELECT count(*) FROM audit_log WHERE operation_id IS NULL AND action LIKE 'SIGN%'"); n != 0 {
		t.Errorf("%d entries name no request", n)
	}
	if in := holding(everything(t, d), typed, guess, password); len(in) > 0 {
		t.Errorf("what was typed stands in %v", in)
	}
	if in := holding(everything(t, d), "$argon2id$"); !slices.Equal(in, []string{"passwords"}) {
		t.Errorf("hashes of passwords stand in %v", in)
	}
}

// BenchmarkSignIn_knownAndUnknown refuses a known and an unknown name by turns,
// and reports the medians of both in milliseconds and their ratio, which is to
// be within 5 % of 1.
func BenchmarkSignIn_knownAndUnknown(b *testing.B) {
	d := dbtest.New(b)
	v := newVisitor(b, d)
	newUser(b, d, "known", auth.Doctor)
	times := map[string][]time.Duration{}
	names := []string{"known", "other"}
	for b.Loop() {
		slices.Reverse(names) // neither is always the one after the other
		for _, name := range names {
			d.SQL.MustExec("DELETE FROM sign_in_failures")
			start := time.Now()
			got := v.tries(name, "five words of nobody else")
			times[name] = append(times[name], time.Since(start))
			if got != "UNAUTHENTICATED" {
				b.Fatal(got)
			}
		}
	}
	median := func(name string) float64 {
		slices.Sort(times[name])
		return float64(times[name][len(times[name])/2]) / float64(time.Millisecond)
	}
	b.ReportMetric(median("known"), "ms-known")
	b.ReportMetric(median("other"), "ms-unknown")
	b.ReportMetric(median("known")/median("other"), "ratio")
}
